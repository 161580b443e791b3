"""What goes back to the blog: a data file for each post, and feeds.

In come posts with what may be quoted (`bot.store.desk.quotes`), out go paths and bytes.
"""
