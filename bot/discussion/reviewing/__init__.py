"""Answers that wait for a moderator: telling them in one message, and doing what they decide.

In: a guild in which something changed, or a decision. Out: a message, or an answer in its thread.
"""
