"""A starter with followers still fits a message, and mentions them only when it is sent."""

from __future__ import annotations

from dataclasses import replace

from bot.core.post import Post, Question
from bot.discussion.messages.compose import MESSAGE, starter
from bot.store.ledger.follow_roles import MOST_MENTIONED
from bot.store.ledger.prompts import Asked

ROLES = tuple(10**19 + number for number in range(MOST_MENTIONED))


def test_the_longest_starter_fits_with_all_its_followers() -> None:
    post = Post("a.md", "en", "a", "A", "a", description="word " * 400)
    asked = [Asked(n, 1, n, f"Is {'that ' * 200}so?") for n in range(5)]
    for lang in ("en", "tr"):
        message = starter(replace(post, lang=lang), 1, asked, hears_messages=False, followers=ROLES)
        assert len(message.content) <= MESSAGE
        assert all(f"<@&{role}>" in message.content for role in ROLES)


def test_only_sending_mentions_them() -> None:
    post = Post("a.md", "en", "a", "A", "a", questions=(Question("So?"),))
    message = starter(post, 1, [Asked(1, 1, 0, "So?")], followers=(5, 6))
    allowed = message.arguments()["allowed_mentions"].to_dict()
    assert allowed == {"parse": [], "roles": [5, 6]}
    assert "allowed_mentions" not in message.changes()
    assert "allowed_mentions" not in starter(post, 1, [Asked(1, 1, 0, "So?")]).arguments()
