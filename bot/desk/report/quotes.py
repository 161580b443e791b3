"""Responses as the page quotes them: exactly, and if cut, at the end alone and marked."""

import re
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from bot.core.markup.shortening import ELLIPSIS, shorten
from bot.core.text.control_characters import visible
from bot.core.text.language_detection import sure_language, words_in
from bot.store.desk.report import Said, Thread

NOTE = 170
"""Characters of a quote in a side note, at most."""

EXCERPT = 320
"""The same where a question has more responses than there is room for."""


_PARAGRAPH_END = re.compile(r"\n\s*\n")


class Quote(NamedTuple):
    """A response as the page shows it.

    Attributes:
        text: What its reader wrote, or the beginning of it.
        is_cut: Whether more follows in the response.
        lang: Of the text, as far as it can be told; else that of the essay.
    """

    text: str
    is_cut: bool
    lang: str
    said: Said
    thread: Thread

    @property
    def marks(self) -> list[str]:
        """Words for how the response stands: is it shown, and may it be quoted elsewhere."""
        quotable = "may be quoted by name" if self.said.named else "may be quoted without a name"
        return [
            *(["not shown in the thread"] if self.said.url is None else []),
            *([quotable] if self.said.may_quote else []),
        ]


def quote(said: Said, thread: Thread, most: int | None = None) -> Quote:
    """Return a response as it is quoted.

    Args:
        most: Characters, if it is to be cut; then it has one paragraph, too.
    """
    whole = visible(said.text).strip()
    shown = whole if most is None else _beginning(whole, most)
    lang = sure_language(words_in(whole)) or thread.lang
    return Quote(shown, shown != whole, lang, said, thread)


def _beginning(text: str, most: int) -> str:
    """Return a text if it is short, or how it begins."""
    first, *more = _PARAGRAPH_END.split(text, maxsplit=1)
    shown = shorten(first, most)
    return shown.removesuffix(ELLIPSIS) if more or shown != first else text


def pick(said: Iterable[Said], used: Collection[int]) -> Said | None:
    """Return the response that speaks best for all of these; None if all are used.

    That is one that is highlighted, or else the longest that a side note has room for.

    Args:
        used: Ids of those that are quoted already.
    """
    left = [one for one in said if one.id not in used]
    marked = [one for one in left if one.is_highlighted]
    fitting = [one for one in marked or left if len(one.text) <= NOTE]
    return max(fitting or left, key=lambda one: (min(len(one.text), NOTE), -one.id), default=None)


def newest(said: Sequence[Said], count: int) -> list[Said]:
    """Return the newest of responses that are in order of time, newest first."""
    return list(reversed(said[len(said) - count :])) if count else []
