"""Parses an essay's Markdown, with the HTML and shortcodes in it, into one tree.

`markdown` is the way in. Text comes in, a `Node` goes out.
"""
