"""From a form to a kept answer: writing what a reader asks for, and telling them what became of it.

In: an interaction and what was entered. Out: a row in the store and a private reply.
"""
