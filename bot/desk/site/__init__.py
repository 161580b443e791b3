"""What goes back to the blog: a data file for each post, and feeds.

In come posts with what may be quoted (`bot.store.desk.site`); out go names of files and bytes, the
same for the same rows. `files` brings a folder up to date with them.
"""
