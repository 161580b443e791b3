"""What readers wrote, and how sure we are that we heard all of it."""
