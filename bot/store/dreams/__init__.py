"""The dream journal: nights, their connections, what was decided, and the messages about them.

In: connections that were found, or a decision. Out: what is to be said, as it may be said now.
"""
