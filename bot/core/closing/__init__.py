"""Closing questions: what an essay asks its readers at its end, and nothing that it does not.

`questions` is the way in. A body is cut into `blocks`; `trailing` says what follows an essay
without belonging to it, `endings` where its ending begins. In that ending, `sentences` are told
apart, and `judging` decides about each: `addressing` and `wording` speak for a question to readers,
`unasked` against it. `tongues` guesses the language that all of this depends on.
"""
