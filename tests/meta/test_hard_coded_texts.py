"""What people read in Discord comes from the catalogue: no English stands in the code that says it.

A string with two words is taken for English in the rooms that speak to people in Discord; what
they hand to a log is not, nor a docstring. Below them, a refusal's sentence is. Texts of the
terminal and of logs stay English (CONTRIBUTING.md).
"""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import get_args

from bot.store.audit import Act

BOT = Path(__file__).parents[2] / "bot"
SPEAKING = ("cogs", "client", "discussion")
BELOW = ("core", "blog", "store")

TWO_WORDS = re.compile(r"[^\W\d_]{2,}[,;:.’'`*)]* [(`*“]*[^\W\d_]{2,}")
CODE = re.compile(r"`[^`]+`")
WORD = re.compile(r"[^\W\d_]{2,}")

SHOWN = {"content", "label", "title", "placeholder"}
"""Arguments that Discord shows, in which one word is a text."""

SAYING = {"AfterwordError", "Button", "send", "send_message", "reply", "edit_message"}
"""Calls whose first arguments are shown, or say something."""


ACTS = frozenset(get_args(Act))
"""What the audit keeps is no text: each act has its own in `bot.core.phrases.moderation`."""

NOT_READ = {
    "discussion/publishing/threads.py": {"is no thread.": "a bug's", r"^In name\b": "Discord's"},
    "discussion/reviewing/reviews.py": {
        "Discord has yet to answer.": "a wait's without an obstacle: `review_approved_soon` is told"
    },
    "discussion/scheduling/guilds.py": {"no server yet: invite it": "a log's"},
}
"""Strings that nobody reads in Discord, by their file, each with whose it is."""

OF_THE_TERMINAL = {
    "core/markup/errors.py": "`afterword check` and logs show it; Discord has `not_shown_here`",
    "store/desk/importing.py": "`afterword import`",
    "store/desk/old_threads.py": "`afterword import`",
}
"""Files whose refusals only the command line shows, each with what does."""


def trees(rooms: tuple[str, ...]) -> Iterator[tuple[str, ast.Module]]:
    for room in rooms:
        for path in sorted((BOT / room).rglob("*.py")):
            name = path.relative_to(BOT).as_posix()
            if not name.startswith("core/phrases/"):
                yield name, ast.parse(path.read_text(encoding="utf-8"))


def strings(tree: ast.AST) -> Iterator[str]:
    """Return the strings of a tree that are values: no docstring, and nothing that a log takes."""
    if isinstance(tree, ast.Constant) and isinstance(tree.value, str):
        yield CODE.sub("", tree.value)
    for child in ast.iter_child_nodes(tree):
        is_docstring = isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)
        if not is_docstring and not is_elsewhere(child):
            yield from strings(child)


def is_elsewhere(node: ast.AST) -> bool:
    """Return whether a node hands texts to a log, or makes a command of its name and text.

    discord.py takes the English of commands from the code, and so does `tests.meta.catalogue`.
    """
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    is_log = isinstance(node.func.value, ast.Name) and node.func.value.id == "log"
    return is_log or node.func.attr in {"ContextMenu", "Group"}


def test_rooms_that_speak_in_discord_hold_no_english() -> None:
    found = {
        (name, text.strip())
        for name, tree in trees(SPEAKING)
        for text in strings(tree)
        if TWO_WORDS.search(text) and text not in ACTS
    }
    known = listed(NOT_READ)
    assert found - known == set(), "a text is a field in bot/core/phrases"
    assert known - found == set(), "an exception that nothing needs"


def test_not_even_one_word_is_shown_that_the_catalogue_does_not_have() -> None:
    found = {
        (name, text)
        for name, tree in trees(SPEAKING)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        for argument in shown(node)
        for text in strings(argument)
        if WORD.search(text)
    }
    assert found == set()


def listed(exceptions: Mapping[str, Iterable[str]]) -> set[tuple[str, str]]:
    return {(name, text) for name, texts in exceptions.items() for text in texts}


def shown(call: ast.Call) -> Iterator[ast.expr]:
    """Return the arguments of a call that Discord shows: texts themselves, not what makes them."""
    function = call.func
    called = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    arguments = [each.value for each in call.keywords if each.arg in SHOWN]
    arguments += call.args[:1] if called in SAYING else []
    return (each for each in arguments if isinstance(each, (ast.Constant, ast.JoinedStr)))


def test_refusals_below_take_their_sentence_from_the_catalogue() -> None:
    found = {
        name
        for name, tree in trees(BELOW)
        for node in ast.walk(tree)
        if refuses(node) and any(TWO_WORDS.search(text) for text in strings(node))
    }
    assert found == set(OF_THE_TERMINAL)


def refuses(node: ast.AST) -> bool:
    """Return whether a node makes a refusal, or is how one of its kinds is made."""
    if isinstance(node, ast.ClassDef):
        bases = {base.id for base in node.bases if isinstance(base, ast.Name)}
        return "AfterwordError" in bases
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
        return False
    return node.func.id == "AfterwordError"
