"""Finds, reads and watches the files of a blog. A folder comes in, `Contents` go out."""
