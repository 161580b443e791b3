"""Writes the tree as blocks of Discord's markup. A `Node` comes in, `Block`s go out."""
