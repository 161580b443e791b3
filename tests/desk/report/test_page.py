"""The page as a browser reads it: sentences with what they cite, few and many, hostile texts."""

import hashlib
import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest

from bot.desk.report import sections
from bot.desk.report.page import report
from tests.desk.report.conftest import Discussion

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style></title><iframe src=https://example.org></iframe>",
    "\u202eoverride\u202c \x1b[31mred \x00",
    "w" * 5000,
    "{{ 7 * 7 }} {% raw %}",
    "# head\n\n[link](javascript:alert(1))",
    "سؤال 🧭👩‍🔬",
)
VOID = {"meta", "br", "rect", "line", "circle"}


@dataclass
class Element:
    """An element of a page, with the text in it."""

    tag: str
    attributes: dict[str, str | None]
    inside: list["Element | str"] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(one if isinstance(one, str) else one.text for one in self.inside)

    def all(self, tag: str = "", **attributes: str) -> list["Element"]:
        return [one for one in self.walk() if tag in {"", one.tag} and all(
            (one.attributes.get(name.rstrip("_")) or "") == value
            for name, value in attributes.items()
        )]  # fmt: skip

    def walk(self) -> Iterator["Element"]:
        yield self
        for one in self.inside:
            if isinstance(one, Element):
                yield from one.walk()


class Reader(HTMLParser):
    """Reads a page into a tree, and refuses one whose tags do not match."""

    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        one = Element(tag, dict(attrs))
        self.open[-1].inside.append(one)
        if tag not in VOID:
            self.open.append(one)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].inside.append(Element(tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


def read(html: str) -> Element:
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert len(reader.open) == 1
    return reader.open[0]


def page_of(discussion: Discussion) -> Element:
    return read(report(discussion.material))


@pytest.fixture
def lively(discussion: Discussion) -> Discussion:
    """Two essays, one of them in two languages; four readers."""
    first, second = discussion.thread(1, "Why?", "Who?", title="Maps", opened=7)
    discussion.thread(1, "Neden?", "Kim?", lang="tr", title="Haritalar")
    (only,) = discussion.thread(2, "What do you think?", kind=True, title="Clocks")
    for reader in range(1, 5):
        discussion.say(f"Because {reader}.", first, reader=reader, hours=reader)
    discussion.say("Nobody, I think.", second, reader=2, hours=30, is_highlighted=True)
    discussion.say("Ada's own clock is late.", only, reader=1, hours=40, name="Ada", url=None)
    discussion.say("By the way: thanks.", reader=3, hours=50, source="message")
    return discussion


def test_each_sentence_cites_one_exactly_quoted_response(lively: Discussion) -> None:
    lively.say("A long answer " * 40, lively.asked[0].id, reader=4, hours=900)
    page = page_of(lively)
    texts = {" ".join(one.text.split()) for one in lively.said}
    claims = page.all(class_="row claim")
    assert [claim.all("p")[0].text for claim in claims] == [
        "4 readers wrote 8 responses to 2 essays, from 2 March to 8 April 2026.",
        "No question was answered by more readers than “Why?”: 4 readers.",
        "Half of all responses came within 17 hours of their thread’s start.",
        "1 of 4 readers wrote about more than one essay.",
        "1 response is highlighted.",
    ]  # fmt: skip
    cited = [claim.all("blockquote")[0].text.strip() for claim in claims]
    assert len(set(cited)) == len(claims)
    for quote in cited:
        begun = quote.removesuffix("… (shortened)")
        assert any(text == begun or (begun != quote and text.startswith(begun)) for text in texts)
    assert cited[0].endswith("… (shortened)")
    assert all(claim.all(role="note") for claim in claims)


def test_few_responses_stand_in_full_under_their_questions(lively: Discussion) -> None:
    page = page_of(lively)
    (asked,) = page.all("section", id="asked")
    maps, clocks = asked.all("article")
    assert maps.all("h3")[0].text == "Maps · Haritalar"
    heads = [head.text for head in maps.all("h4")]
    assert heads == ["Why?Neden?", "Who?Kim?", "Without a question"]
    assert [quote.text.strip() for quote in maps.all("blockquote")] == [
        "Because 1.", "Because 2.", "Because 3.", "Because 4.", "Nobody, I think.",
        "By the way: thanks.",
    ]  # fmt: skip
    assert "4 responses by 4 readers, the first after 1 hour" in maps.text
    assert "not shown in the thread" in clocks.text
    (highlights,) = page.all("section", id="highlights")
    assert [quote.text.strip() for quote in highlights.all("blockquote")] == ["Nobody, I think."]
    links = {link.attributes["href"] for link in maps.all("ol")[0].all("a")}
    assert links == {one.url for one in lively.said[:4]}


def test_unanswered_questions_lead_to_their_thread(lively: Discussion) -> None:
    lively.thread(3, "Anyone?", "And now?", title="Rain")
    lively.thread(4, "Too late?", title="Over", is_over=True)
    page = page_of(lively)
    (waiting,) = page.all("section", id="unanswered")
    assert [link.text for link in waiting.all("a")] == ["Anyone?", "And now?"]
    assert waiting.all("a")[0].attributes["href"] == lively.asked[-3].url


def test_of_many_responses_the_newest_stand_and_the_page_says_how_to_read_all(
    lively: Discussion, monkeypatch: pytest.MonkeyPatch
) -> None:
    prompt = lively.asked[0].id
    for number in range(400):
        lively.say(f"Answer {number}", prompt, reader=number, hours=100 + number)
    monkeypatch.setattr(sections, "ROOM", 12_000)
    html = report(lively.material)
    (asked,) = read(html).all("section", id="asked")
    shown = [quote.text.strip() for quote in asked.all("blockquote")]
    assert shown[:2] == ["Answer 399", "Answer 398"]
    assert "Answer 300" not in shown
    assert "404 responses by" in asked.text
    assert "afterword responses en:essay-1" in asked.text
    assert len(html) < 60_000


def test_a_page_without_room_names_fewer_essays(
    discussion: Discussion, monkeypatch: pytest.MonkeyPatch
) -> None:
    for essay in range(30):
        (prompt,) = discussion.thread(essay, "Why?")
        discussion.say("Because", prompt, reader=essay)
    monkeypatch.setattr(sections, "ROOM", 6_000)
    (asked,) = page_of(discussion).all("section", id="asked")
    count = len(asked.all("article"))
    assert 0 < count < 30
    assert f"{30 - count} older essays with responses are left out" in asked.text


def test_what_two_readers_are_behind_has_no_plots(discussion: Discussion) -> None:
    (prompt,) = discussion.thread(1, "Why?", opened=5)
    for reader in (1, 2, 1, 2):
        discussion.say("Yes", prompt, reader=reader)
    page = page_of(discussion)
    assert "Withheld: fewer than 3 readers responded" in page.text
    assert "fewer than 3 readers answered through a form" in page.text
    assert "Half of all" not in page.text
    assert page.all("figure") == []
    assert "There is too little to compare yet." in page.text


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_are_inert_wherever_they_stand(discussion: Discussion, text: str) -> None:
    for essay in (1, 2):
        prompts = discussion.thread(
            essay, text, text, title=text, slug=text, address="javascript:alert(1)", opened=3
        )
        for reader in range(5):
            discussion.say(text, prompts[0], reader=reader, name=text, is_highlighted=True)
    html = report(discussion.material)
    page = read(html)
    assert not {one.tag for one in page.walk()} & {"script", "img", "iframe", "h5", "object"}
    names = {name for one in page.walk() for name in one.attributes}
    assert not [name for name in names if name.startswith("on") or name in {"src", "style"}]
    for link in page.all("a"):
        assert (link.attributes["href"] or "").startswith(("https://discord.com/", "#"))
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066\u2067]", html)
    assert "49" not in page.all("h3")[0].text
    assert len(page.all("style")) == 1


def test_the_page_asks_for_nothing_and_runs_nothing(lively: Discussion) -> None:
    html = report(lively.material)
    page = read(html)
    (policy,) = page.all("meta", http_equiv="Content-Security-Policy") or [
        one for one in page.all("meta") if "http-equiv" in one.attributes
    ]
    (style,) = page.all("style")
    digest = b64encode(hashlib.sha256(style.text.encode()).digest()).decode()
    assert policy.attributes["content"] == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
    assert "url(" not in style.text
    assert "@import" not in style.text
    assert not [one for one in page.walk() if one.tag in {"script", "link", "img"}]
    assert not [one for one in page.walk() if "style" in one.attributes]


def test_texts_keep_their_language_and_direction(lively: Discussion) -> None:
    page = page_of(lively)
    assert page.all("html")[0].attributes["lang"] == "en"
    assert {one.attributes["lang"] for one in page.all("h3")[0].all("bdi")} == {"en", "tr"}
    assert all(one.attributes["dir"] == "auto" for one in page.all("blockquote"))
    assert all(one.attributes["lang"] for one in page.all("blockquote"))


def test_plots_are_named_and_their_numbers_stand_beneath(lively: Discussion) -> None:
    html = report(lively.material)
    drawings = [ET.fromstring(one) for one in re.findall(r"<svg.*?</svg>", html, re.DOTALL)]  # noqa: S314  # our own
    page = read(html)
    assert len(drawings) == 2 * len(page.all("figure")) == 2 * len(page.all("table"))
    ids = [one.attributes["id"] for one in page.walk() if "id" in one.attributes]
    assert len(ids) == len(set(ids))
    for drawing in drawings:
        assert drawing.get("role") == "img"
        named = drawing.get("aria-labelledby", "").split()
        assert len(named) == 2
        assert set(named) <= set(ids)
        assert all(part.text for part in drawing[:2])
        assert "fill=" not in ET.tostring(drawing[2]).decode()
    soon = page.all("figure")[0]
    rows = [[cell.text for cell in row.inside if isinstance(cell, Element)] for row in
            soon.all("tbody")[0].all("tr")]  # fmt: skip
    assert rows == [["under 1 hour", "0"], ["1 to 6 hours", "4"], ["6 to 24 hours", "0"],
                    ["1 to 3 days", "3"]]  # fmt: skip
    assert soon.all("desc")[0].text == (
        "Half of all responses came within 4 hours. Most, 4 of 7, came 1 to 6 hours after it."
    )


def test_the_same_data_gives_the_same_bytes(lively: Discussion) -> None:
    assert report(lively.material) == report(lively.material)
    assert "2026-03-02T10:00+00:00" in report(lively.material)


def test_a_database_without_responses_has_a_page_too(discussion: Discussion) -> None:
    assert "Nobody has responded yet." in page_of(discussion).text
    discussion.thread(1, "Why?", title="Maps")
    page = page_of(discussion)
    assert "Nobody has responded yet." in page.text
    assert [link.text for link in page.all("section", id="unanswered")[0].all("a")] == ["Why?"]


def test_one_essay_bears_its_title(discussion: Discussion) -> None:
    (prompt,) = discussion.thread(1, "Why?", title="Haritalar", lang="tr")
    discussion.say("Çünkü.", prompt)
    page = page_of(discussion)
    assert page.all("h1")[0].text == "Haritalar"
    assert page.all("h1")[0].all("bdi")[0].attributes["lang"] == "tr"
    assert page.all("p", class_="lead") == []


def test_two_threads_in_one_language_are_one_edition(discussion: Discussion) -> None:
    discussion.thread(1, "Why?", title="Maps", is_over=True)
    (prompt,) = discussion.thread(1, "Why?", title="Maps")
    page = page_of(discussion)
    (waiting,) = page.all("section", id="unanswered")
    assert [link.attributes["href"] for link in waiting.all("a")] == [discussion.asked[1].url]
    discussion.say("Because", prompt)
    page = page_of(discussion)
    (article,) = page.all("article")
    assert article.all("h3")[0].text == "Maps"
    assert article.all("h4")[0].text == "Why?"
    assert len(article.all("div", class_="row essay")[0].all("a")) == 2


def test_it_is_told_how_far_the_page_is(lively: Discussion) -> None:
    told: list[tuple[int, int]] = []
    report(lively.material, lambda done, total: told.append((done, total)))
    assert told == [(0, 2), (1, 2), (2, 2)]
