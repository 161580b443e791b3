"""The blog as the store remembers it: posts that keep their ids, and what was read of each file."""
