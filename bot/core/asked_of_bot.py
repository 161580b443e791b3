"""Telling a question that somebody puts to the bot from what they say about an essay."""

import re
import tomllib
from collections.abc import Collection
from functools import cache
from pathlib import Path

from bot.core.closing.sentences import ends_in_question_mark, sentences

WORDS = Path(__file__).with_name("question_words.toml")

LONGEST = 300
"""Code points of a question; who writes more says something, and it is kept."""

THANKS = 2
"""So many words may stand behind a question ("Thank you!")."""

_BETWEEN = " \t\n,.:;–—-"


def asked_of_bot(text: str, names: Collection[str]) -> str:
    """Return the question that a message puts to the bot; "" if it puts none.

    A message speaks to the bot if it begins or ends with a mention of it. It asks if it ends in a
    question mark, or begins with the mention and a question word and is one sentence. When in
    doubt it is none: what is taken for a question is not kept as a response.

    Args:
        text: As it was written.
        names: How the bot can be mentioned, such as ``<@1>``.
    """
    text = text.strip()
    first = next((name for name in names if text.startswith(name)), "")
    last = next((name for name in names if text.endswith(name)), "")
    if not first and not last:
        return ""
    said = text[len(first) : max(len(first), len(text) - len(last))].strip().lstrip(_BETWEEN)
    if not said or len(said) > LONGEST:
        return ""
    return said if _asks(said, is_first=bool(first)) else ""


def _asks(said: str, *, is_first: bool) -> bool:
    found = sentences(said)
    while len(found) > 1 and len(found[-1].split()) <= THANKS:
        del found[-1]
    if not found:
        return False
    if ends_in_question_mark(found[-1]):
        return True
    return is_first and len(found) == 1 and _question_words().search(found[0]) is not None


@cache
def _question_words() -> re.Pattern[str]:
    """Return what a question begins or ends with in the languages that the bot speaks."""
    words = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    starts = "|".join(re.escape(word) for each in words["starts"].values() for word in each)
    ends = "|".join(re.escape(word) for each in words["ends"].values() for word in each)
    return re.compile(rf"^\W*(?:{starts})(?!\w)|(?<!\w)(?:{ends})\W*$", re.IGNORECASE)
