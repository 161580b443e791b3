"""Refusals that a person can act on."""


class AfterwordError(Exception):
    """A refusal whose text is a sentence fit for the person who caused it, saying what to do next."""
