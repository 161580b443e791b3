"""What the commands share: their output, their log, and the folder that they read."""
