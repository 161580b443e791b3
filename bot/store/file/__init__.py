"""The file itself: opening it, its schema, its one owner, and overwriting what was deleted."""
