"""Refusals that a person can act on."""

from bot.core.phrases import Phrases


class AfterwordError(Exception):
    """A refusal: its text is a sentence for the person who caused it, and says what to do next."""

    def sentence(self, say: Phrases) -> str:  # noqa: ARG002  # others have it in every language
        """Return its text in a language; most are raised in that of who reads them already."""
        return str(self)
