"""What readers look for: the questions that are open, and the responses that may be shown."""
