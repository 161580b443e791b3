"""Interactions, from the press to the last followup.

In comes what a member runs, presses, chooses or submits, and what the bot answers; out go the
INTERACTION_CREATE event, the messages that the answers make, and what the member sees of them.
"""
