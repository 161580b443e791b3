import json
import os
import time
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.closing.questions import closing_questions
from bot.core.post import Post
from bot.core.reading.frontmatter.splitting import FrontMatterError, split
from bot.core.reading.hugo.cascades import cascades
from bot.core.reading.posts import read_post
from bot.core.site import HUGO_DATES, Language, Site

EXAMPLES = int(os.environ.get("AFTERWORD_FUZZ", "1000")) // 4
"""Per test; `make fuzz` sets AFTERWORD_FUZZ to a hundred thousand."""

SECOND = 1.0
many = settings(
    max_examples=EXAMPLES,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

SITES = [
    Site(),
    Site(address="https://example.org", timezone="Europe/Istanbul", generator="jekyll"),
    Site(
        address="https://example.org/b",
        generator="hugo",
        languages=(Language("en", "en"), Language("tr", "tr", "/tr")),
        permalinks=(("posts", "/:year/:sections[1:]/:slug/"),),
    ),
    Site(
        base="/b",
        generator="hugo",
        languages=(Language("en", timezone="Asia/Tokyo"), Language("tr", "", "/tr", ugly=True)),
        permalinks=(("posts", "/:06/:Jan/:title/"),),
        dates=(":filename", "x", *HUGO_DATES, ":filemodtime"),
        cascades=tuple(cascades({"_target": {"path": "/posts/{a,b}**"}, "x": "2020"}, "", "")),
    ),
]
KEYS = (
    "title", "date", "slug", "tags", "draft", "questions", "url", "cover", "author", "lang", "x",
    "published", "lastmod", "_build", "headless", "params",
)  # fmt: skip
scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=20),
    st.sampled_from(
        ["2020-02-30", "no", "12:30:00", "{{ x }}", "@x", "a: b", "&a *a", "../..", "?"]
    ),
)
values = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=12,
)
pieces = st.sampled_from(
    [
        *("---\n", "+++\n", "...\n", "{", "}", "title: ", "tags:\n", "- ", "[", "]", "&a ", "*a"),
        *("<<: ", "'", '"', "\t", "\r\n", "\ufeff", "\0", "\ud800", "# H\n", "> ", "```\n", "\n\n"),
        *("What do you think?", "\uff1f", "\u061f", "(", "\u201c", "<p>", "</div>", "<!--", "{{<"),
        *("%}", "[^1]", "* * *\n", "| a |\n", "![", "](", "_", "**", "\\", "&#63;", "<br>", "=\n"),
    ]
)


def read(data: bytes) -> None:
    for site in SITES:
        started = time.process_time()
        reading = read_post("posts/a.tr.md", data, site)
        assert time.process_time() - started < SECOND
        assert reading.post is None or isinstance(reading.post, Post)
        if reading.post is None:
            assert reading.faults
        else:
            assert reading.post.slug
            assert "/" not in reading.post.slug
            assert reading.post.minutes >= 1
        for fault in reading.faults:
            assert fault.path == "posts/a.tr.md"
            assert fault.message.endswith(".")
            assert fault.advice.endswith(".")
            assert "\n" not in fault.message


@many
@given(st.binary(max_size=2_000))
def test_any_bytes_are_read_or_are_a_fault(data: bytes) -> None:
    read(data)


@many
@given(st.lists(st.one_of(pieces, st.text(max_size=8)), max_size=40))
def test_any_mixture_of_marks_is_read_or_is_a_fault(parts: list[str]) -> None:
    text = "".join(parts)
    read(text.encode("utf-8", "surrogatepass"))
    read(f"---\n{text}\n---\n{text}".encode("utf-8", "surrogatepass"))


@many
@given(st.dictionaries(st.sampled_from(KEYS), values, max_size=8), st.text(max_size=40))
def test_any_values_under_known_keys_are_read(metadata: dict[str, Any], body: str) -> None:
    read(json.dumps(metadata).encode() + b"\n" + body.encode("utf-8", "replace"))


@many
@given(st.lists(st.one_of(pieces, st.text(max_size=12)), max_size=60))
def test_questions_are_single_lines_that_stand_in_the_body(parts: list[str]) -> None:
    body = "".join(parts)
    started = time.process_time()
    closing = closing_questions(body)
    assert time.process_time() - started < SECOND
    for question in closing.questions:
        assert question.text == " ".join(question.text.split())
        assert any(char.isalnum() for char in question.text)
    if closing.lines is not None:
        start, end = closing.lines
        assert 0 <= start < end <= len(body.split("\n"))


@pytest.mark.parametrize(
    "text",
    [
        "[" * 50_000 + "?",
        "> " * 20_000 + "What?",
        "- " * 20_000 + "What?",
        "*a_ " * 20_000 + "?",
        "`" * 50_000 + "?",
        "![" * 20_000 + "?",
        "<" * 50_000 + "?",
        "(" * 50_000 + "?",
        "“" * 50_000 + "?",
        "{{<" * 20_000 + "?",
        "{% " * 20_000 + "?",
        "?" * 100_000,
        "a? " * 50_000,
        "<div>" * 20_000 + "?",
        "&" * 50_000 + "?",
        "| a " * 20_000 + "?\n| - \n",
        "[a](" * 20_000 + "?",
        "\n" * 100_000 + "?",
        "x" * 200_000 + "?",
        "what do you " * 20_000 + "?",
        "thanks to " * 20_000 + "?",
        "the " * 20_000 + "is a writer?",
    ],
)
def test_no_pattern_of_marks_makes_it_slow(text: str) -> None:
    started = time.process_time()
    closing_questions(text)
    assert time.process_time() - started < SECOND


@pytest.mark.parametrize("size", [100_000, 1_900_000])
def test_long_front_matter_is_read_or_refused_soon(size: int) -> None:
    for text in (
        "---\ntitle: " + "x " * (size // 2) + "\n---\n",
        "---\ntags: [" + "a, " * (size // 3) + "]\n---\n",
        "---\n" + "".join(f"k{n}: v\n" for n in range(size // 10)) + "---\n",
        "+++\n" + "".join(f"k{n} = 1\n" for n in range(size // 10)) + "+++\n",
    ):
        started = time.process_time()
        with suppress(FrontMatterError):
            split(text)
        assert time.process_time() - started < SECOND
