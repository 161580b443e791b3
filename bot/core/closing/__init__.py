"""Closing questions: what an essay asks its readers at its end, and nothing that it does not.

`questions` is the way in. A body is cut into `blocks`, and these into `sentences`. For each one
that ends as a question does, `features` says where it stands and of which words it is, and `model`
how likely it is put to readers, by weights that were learned from labelled endings.
"""
