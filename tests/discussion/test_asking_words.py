"""By which beginnings of words responses are found that go with a question."""

from __future__ import annotations

import pytest

from bot.discussion.asking.questions import beginnings


@pytest.mark.parametrize(
    ("words", "langs", "found"),
    [
        (("memory",), ("en",), ("memory", "memor")),
        (("Rivers", "keeps"), ("en",), ("rivers", "river", "keeps", "keep")),
        (("nehirler",), ("tr", "en"), ("nehirler", "nehir", "nehirl")),
        (("of",), ("en",), ("of",)),
        ((), ("en",), ()),
    ],
)
def test_words_are_cut_where_they_may_change(
    words: tuple[str, ...], langs: tuple[str, ...], found: tuple[str, ...]
) -> None:
    assert beginnings(words, langs) == found
