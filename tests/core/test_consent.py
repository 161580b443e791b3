"""What readers agree to has a version, and a changed wording has another one."""

import hashlib
import json

from bot.core.consent import VERSION, read_choice
from bot.core.phrases import Counted, Phrases, phrases

WORDINGS = (
    "modal_quote",
    "modal_named",
    "choice_keep",
    "choice_keep_yes",
    "choice_keep_no",
    "choice_keep_sure",
    "choice_quote",
    "quote_by_name",
    "quote_without_name",
    "quote_no",
    "withdraw_quotes",
    "quote_asked",
)
"""The texts that say what a reader agrees to; one that joins them is a new version, too."""

DIGESTS = {"1": "a4cfdf6a622d5dcb"}
"""By version. A digest that was released is never changed: a new wording is a new version."""


def english(name: str) -> list[str]:
    text: str | Counted = getattr(Phrases(), name)
    return [text] if isinstance(text, str) else [text.one, text.many]


def test_a_changed_wording_is_a_new_version() -> None:
    said = json.dumps([english(name) for name in WORDINGS])
    digest = hashlib.blake2b(said.encode(), digest_size=8).hexdigest()
    assert DIGESTS[VERSION] == digest, (
        "What readers agree to has changed: raise VERSION in bot.core.consent, and add its "
        f"digest here, {digest}."
    )
    assert max(DIGESTS, key=int) == VERSION


def test_what_was_read_is_the_question_with_its_answer() -> None:
    say = phrases("en")
    read = read_choice(say.choice_quote, say.quote_by_name)
    assert read.text == "What I write from now on may be quoted on the blog. Yes, by name"
    assert read.version == VERSION
