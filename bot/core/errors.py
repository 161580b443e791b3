"""Refusals that a person can act on."""


class AfterwordError(Exception):
    """A refusal: its text is a sentence for the person who caused it, and says what to do next."""
