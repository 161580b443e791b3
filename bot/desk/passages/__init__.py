"""What essays say: which of them read well together, and which passage answers a question."""
