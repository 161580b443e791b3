"""What stands in Discord and in databases since the first release: none of it may change unseen.

A digest that changes makes the bot edit every such message in every thread; a custom_id, a nonce or
a key that changes makes it forget what it sent. `golden_values.json` holds them as they are.
"""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.blog.files.reading import Text, read_body, read_folder
from bot.core import custom_ids
from bot.core.post import Post, Question
from bot.core.publishing.publication import Kind, Publication, Sent
from bot.discussion.messages import compose
from bot.discussion.messages.outgoing import Outgoing
from bot.store import key_values
from bot.store.ledger.channels import Body
from bot.store.ledger.prompts import Asked
from bot.store.responses import absences
from bot.store.responses.answers import Answer

PROJECT = Path(__file__).parents[2]
GOLDEN = json.loads(Path(__file__).with_name("golden_values.json").read_text("utf-8"))
ESSAYS = ("content", "docs/essay", "tests/dialects/hidden")
DATE = datetime(2026, 3, 1, tzinfo=UTC)
BODIES: tuple[Body, ...] = ("auto", "full", "excerpt", "card")
ASKS = tuple(Question(f"Which of them is number {number}?") for number in range(1, 8))


def essays() -> list[tuple[Post, Text]]:
    """Return real essays with ids that are always the same."""
    found = []
    for folder in ESSAYS:
        contents = read_folder(PROJECT / folder)
        for number, post in enumerate(contents.posts, 100):
            text = read_body(PROJECT / folder, post, contents.site)
            date = DATE if folder.startswith("tests/") else post.date  # else it is Git's
            known = replace(post, id=number, essay_id=number + 1000, date=date)
            found.append((known, text))
    return found


def asked(post: Post) -> list[Asked]:
    prompts = enumerate(compose.prompts_for(post))
    return [Asked(place + 50, 7, place, one.text, is_ours=one.is_ours) for place, one in prompts]


def answers(post: Post) -> list[Answer]:
    given = ("I keep *the* key.", "https://example.org/\n> and more", "Uzun. " * 300)
    question = asked(post)[0].text
    return [
        Answer(place + 70, 7, 50, question, 11, "Ada *L*", text, is_shown=True, may_quote=False)
        for place, text in enumerate(given)
    ]


def outgrown() -> Publication:
    """Return the ledger of an essay whose body grew after its prompts were sent."""
    rows = [(Kind.STARTER, 0), (Kind.BODY, 0), (Kind.PROMPT, 0), (Kind.BODY, 1)]
    sent = [Sent(*key, "", number) for number, key in enumerate(rows, 900)]
    return Publication(7, 6, is_forum=True, thread_id=900, messages=tuple(sent))


def wanted(post: Post, text: Text) -> dict[str, list[Outgoing]]:
    """Return the messages of an essay, by the state in which it is shown."""
    prompts = asked(post)
    shown: dict[str, list[Outgoing]] = {
        "starter": [compose.starter(post, 7, prompts)],
        "starter without the right to texts": [
            compose.starter(post, 7, prompts, hears_messages=False)
        ],
        "taken back": [compose.withdrawn_starter(post, 7)],
        "prompts": compose.prompts(post, 7, prompts),
        "answers": [compose.shown_answer(post, answer) for answer in answers(post)],
    }
    for how in BODIES:
        for kind, is_forum in (("text", False), ("forum", True)):
            body = compose.body(post, text, how, is_forum=is_forum)
            shown[f"{how} in {kind}"] = body
            linked = compose.link_continuation(post, outgrown(), 5, body)
            shown[f"{how} in {kind}, outgrown"] = linked
    return shown


def digests() -> dict[str, dict[str, list[str]]]:
    post, text = essays()[0]
    many = replace(post, path="seven questions", questions=ASKS)
    return {
        f"{each.path} {each.lang}": {
            state: [f"{one.kind} {one.position} {one.digest}" for one in messages]
            for state, messages in wanted(each, its_text).items()
        }
        for each, its_text in [*essays(), (many, text)]
    }


def ids() -> list[str]:
    return [
        custom_ids.ANSWER(1),
        custom_ids.PICK(2),
        custom_ids.CARD(3, "essay/key"),
        custom_ids.EDIT(4, 5),
        custom_ids.WITHDRAW(4, 5),
        custom_ids.READ(6, 1),
        custom_ids.SHOW(6),
        custom_ids.SHARE(6),
        custom_ids.DISCUSS(6),
        custom_ids.TAG("tag", 2),
        custom_ids.OPEN("tag"),
        custom_ids.RESPONSES(7, 3),
        custom_ids.FORGET("here", 0),
        custom_ids.FORGET("everywhere", 1),
        custom_ids.KEPT(),
        custom_ids.RELEASE(8, "start"),
        custom_ids.MODAL(1, 0),
        custom_ids.MODAL(1, 4),
    ]


def nonces() -> list[str]:
    since = DATE.isoformat(timespec="milliseconds")
    keys = [(Kind.STARTER, 0), (Kind.BODY, 2), (Kind.PROMPT, -1), (Kind.ANSWER, 70)]
    return [custom_ids.nonce(7, *key, since) for key in keys]


def values() -> dict[str, Any]:
    return {
        "digests": digests(),
        "custom_ids": ids(),
        "nonces": nonces(),
        "kinds": [str(kind) for kind in Kind],
        "keys": [key_values.ALIVE, key_values.OWNER, absences.notice_key(9)],
    }


def test_nothing_changes_that_stands_in_discord_or_in_a_database() -> None:
    now = values()
    for name, known in GOLDEN.items():
        assert now[name] == known, name
    assert now.keys() == GOLDEN.keys()
