"""How the tour tells on one line what stands in a message."""

import pytest

from bot.cli.tour.plain import plain


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (
            "### Two readers\n**Maps** [↗](https://a.b/c)\n> A *road*.",
            "Two readers. Maps ↗: “A road.”",
        ),
        (
            "Ada wrote:\n> One.\n> Two.\nWhat ties them: *maps*.",
            "Ada wrote: “One.” “Two.” What ties them: maps.",
        ),
        ("**Bora** asked: Why?\n> So.\n-# Maps · Roads", "Bora asked: Why? “So.” Maps · Roads"),
    ],
)
def test_markup_becomes_words_on_one_line(written: str, told: str) -> None:
    assert plain(written) == told
