"""Each folder in tests/dialects is a dialect: what an author wrote, and what Discord shows."""

from pathlib import Path

import pytest

from bot.core.markup import render
from bot.core.markup.preprocessing.hidden import without_hidden
from bot.core.markup.preprocessing.mdx import without_expressions
from bot.core.reading.posts import read_post
from bot.core.site import Site

DIALECTS = sorted(Path(__file__).parents[2].glob("dialects/*/input.md*"))


@pytest.mark.parametrize("file", DIALECTS, ids=lambda file: file.parent.name)
def test_a_dialect_is_shown_as_its_generator_would_show_it(file: Path) -> None:
    body = read_post(file.name, file.read_bytes(), Site()).body
    assert render(body).text + "\n" == file.with_name("expected.txt").read_text()


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("a %%x%% b", "a  b"),
        ("word%%x%% b", "word b"),
        ("> %%q%% a\n> b", ">  a\n> b"),
        ("- a %%h%%\n    %%k%%", "- a \n    "),
        ("say %%one\n\ntwo%% three", "say \n\n three"),
        ("%%a note%% b", " b"),
        ("printf %%d and %%s", "printf %%d and %%s"),
        ("50%%-60%% off", "50%%-60%% off"),
        ("[a](x%%1%%) b", "[a](x%%1%%) b"),
        ("\\%%not%%", "\\%%not%%"),
        ("~~~\n%%x%%\n~~~\n%%c%%", "~~~\n%%x%%\n~~~\n"),
        ("text\n\n    %%code%%", "text\n\n    %%code%%"),
    ],
)
def test_a_hidden_comment_is_taken_out_and_nothing_else(written: str, left: str) -> None:
    assert without_hidden(written) == left


def test_a_hidden_question_is_not_asked() -> None:
    data = b"---\ntitle: A\n---\nAn essay.\n\n%%\nWhat do you think of SECRET?\n%%\n"
    post = read_post("a.md", data, Site()).post
    assert post is not None
    assert post.questions == ()


def test_a_post_is_read_without_what_its_author_hid() -> None:
    hidden = "%%\n" + "SECRET word " * 2_000 + "\n%%\n"
    data = f"---\ntitle: A\ndate: 2024-01-01\n---\nSaid. %%SECRET%%\n<!--more-->\n{hidden}"
    reading = read_post("a.md", data.encode(), Site())
    assert reading.post is not None
    assert "SECRET" not in reading.body
    assert "SECRET" not in reading.post.description
    assert reading.post.minutes == 1


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("a {b.c} d", "a  d"),
        ("a{' '}b {\"c\"} {`d`}", "a b c d"),
        ("{a.map((b) => (\n  <li>{b}</li>\n))}", "\n\n"),
        ("<A b={c} d={{e: 1}}>f {g}</A>", "<A b={c} d={{e: 1}}>f </A>"),
        ("`{a}` \\{b\\} $\\frac{a}{b}$ # A {#b}", "`{a}` \\{b\\} $\\frac{a}{b}$ # A {#b}"),
        ("```js\n{a}\n```\n{b}", "```js\n{a}\n```\n"),
        (":::a{b}\n:c[d]{e} {/* more */}", ":::a{b}\n:c[d]{e} {/* more */}"),
        ("{a {b} c", "{a  c"),
    ],
)
def test_an_expression_is_taken_out_and_nothing_else(written: str, left: str) -> None:
    assert without_expressions(written) == left


@pytest.mark.parametrize("sign", ["{", "{a ", "{`", "{/* ", "<A b={", "$$ {", "`` {", "```\n{\n"])
def test_expressions_without_end_are_read_within_the_time_that_any_test_has(sign: str) -> None:
    text = sign * (400_000 // len(sign))
    assert len(without_expressions(text)) <= len(text)


def test_a_question_in_mdx_is_asked_without_its_expressions() -> None:
    data = b'---\ntitle: A\n---\nAn essay.\n\nWhat do you{" "}think of {it}this?\n\n{footer}\n'
    post = read_post("a.mdx", data, Site()).post
    assert post is not None
    assert [one.text for one in post.questions] == ["What do you think of this?"]


@pytest.mark.parametrize("sign", ["%%", "%% ", "a %% b\n\n", "`%%", "{# ", "x%%Y-", "%%a"])
def test_signs_without_end_are_read_within_the_time_that_any_test_has(sign: str) -> None:
    text = sign * (2_000_000 // len(sign))
    assert len(without_hidden(text)) <= len(text)
