"""What is said, in public and in private, as values: nothing here sends, reads or waits.

In: a post, its text, prompts and answers, and a language. Out: `Outgoing` messages.
"""
