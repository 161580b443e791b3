"""Asking an essay, or the whole blog, something.

In: a question, by command or by a mention. Out: the passage that answers, to who asked alone; and
to everybody only if they show it. No question is kept or logged.
"""
