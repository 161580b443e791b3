from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.core.post import Post
from bot.core.reading.hugo.cascades import cascades
from bot.core.reading.posts import read_post
from bot.core.reading.reader import slugify
from bot.core.site import Language, Site

HUGO = Site(generator="hugo")


def read(text: str, path: str = "posts/a.md", site: Site | None = None) -> Post:
    reading = read_post(path, text.encode(), site or Site())
    assert reading.post is not None
    return reading.post


def test_a_post_is_read_with_all_its_fields() -> None:
    post = read(
        "---\ntitle: 'Can it dream?'\ndate: 2026-03-01T01:27:00+03:00\nslug: can-it-dream\n"
        "tags: [AI, ai, Mind]\ncategories: Essays\ndescription: On dreams\nauthor: {name: Ada}\n"
        "cover: {image: /a.png}\naliases: [/old/]\nexpiryDate: 2030-01-01\nlastmod: 2026-04-01\n"
        "---\nText.\n",
        site=Site(address="https://example.org"),
    )
    assert post.title == "Can it dream?"
    assert post.date == datetime(2026, 2, 28, 22, 27, tzinfo=UTC)
    assert post.slug == post.essay == "can-it-dream"
    assert post.tags == ("AI", "Mind", "Essays")
    assert post.description == "On dreams"
    assert post.authors == ("Ada",)
    assert post.cover == "https://example.org/a.png"
    assert post.url == "https://example.org/posts/can-it-dream/"
    assert post.aliases == ("/old/",)
    assert post.expires == datetime(2030, 1, 1, tzinfo=UTC)
    assert post.updated == datetime(2026, 4, 1, tzinfo=UTC)
    assert (post.draft, post.kind, post.minutes, post.lang) == (False, "essay", 1, "en")


@pytest.mark.parametrize("line", ["draft: true", "DRAFT: yes", "published: false", "status: draft"])
def test_a_draft_is_known_by_many_signs(line: str) -> None:
    assert read(f"---\ntitle: A\n{line}\n---\n").draft


def test_a_date_under_published_is_a_date() -> None:
    post = read("---\ntitle: A\npublished: 2020-01-02\n---\n")
    assert (post.date, post.draft) == (datetime(2020, 1, 2, tzinfo=UTC), False)


def test_a_later_publishing_date_is_when_the_post_is_due() -> None:
    post = read("---\ntitle: A\ndate: 2020-01-02\npublishDate: 2020-02-02\n---\n")
    assert post.date == datetime(2020, 1, 2, tzinfo=UTC)
    assert post.due == datetime(2020, 2, 2, tzinfo=UTC)


def test_naive_dates_are_in_the_time_zone_of_the_site() -> None:
    post = read("---\ndate: 2020-01-02\n---\n", site=Site(timezone="Europe/Istanbul"))
    assert post.date == datetime(2020, 1, 1, 21, tzinfo=UTC)


def test_an_impossible_date_is_a_fault_with_its_line() -> None:
    (fault,) = read_post("a.md", b"---\ntitle: A\ndate: 2020-02-30\n---\n", Site()).faults
    assert (fault.line, "no calendar and clock" in fault.message) == (3, True)


def test_broken_front_matter_keeps_the_post_as_a_draft() -> None:
    reading = read_post("posts/a.md", b"---\ntitle: a: b\nslug: x\n---\nWhy?\n", Site())
    assert reading.post is not None
    assert (reading.post.title, reading.post.slug, reading.post.draft) == ("a: b", "x", True)
    assert reading.faults[0].line == 2


@pytest.mark.parametrize(
    ("path", "lang", "slug"),
    [
        ("posts/a.md", "en", "a"),
        ("posts/a.tr.md", "tr", "a"),
        ("posts/a.pt-BR.md", "pt-br", "a"),
        ("posts/bundle/index.md", "en", "bundle"),
        ("posts/bundle/index.de.md", "de", "bundle"),
        ("posts/2020-01-02-a.b.md", "en", "a.b"),
        ("posts/Ğ “Quote”!.md", "en", "ğ-quote"),
        ("posts/v1.2.md", "en", "v1.2"),
    ],
)
def test_the_path_gives_language_and_slug(path: str, lang: str, slug: str) -> None:
    post = read("Text", path)
    assert (post.lang, post.slug) == (lang, slug)


def test_the_folder_gives_the_language() -> None:
    site = Site(
        address="https://example.org",
        languages=(Language("en", "content/en"), Language("tr", "content/tr", "/tr")),
        generator="hugo",
    )
    post = read("---\ntitle: A\n---\n", "content/tr/posts/a.md", site)
    assert (post.lang, post.url) == ("tr", "https://example.org/tr/posts/a/")


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("slug: 'a/../b c'", "b-c"),
        ("permalink: /2020/01/x/", "x"),
        ("slug: '...'", "a"),
        ("url: /x/y.html", "y"),
    ],
)
def test_a_slug_is_safe_in_a_path(text: str, slug: str) -> None:
    assert read(f"---\n{text}\n---\n").slug == slug


def test_tags_are_a_list_a_string_or_a_taxonomy() -> None:
    assert read("---\ntags: a, b\n---\n").tags == ("a", "b")
    assert read("---\ntags: 2024\n---\n").tags == ("2024",)
    assert read("+++\n[taxonomies]\ntags = ['a', 'b']\n+++\n").tags == ("a", "b")
    assert read("---\nkeywords: [a]\n---\n").tags == ("a",)


def test_the_text_above_more_is_the_description() -> None:
    assert read("Some *fine* text.\n\n<!--more-->\n\nMore.").description == "Some fine text."


@pytest.mark.parametrize("line", ["layout: archives", "layout: search", "layout: 404"])
def test_pages_are_told_from_essays(line: str) -> None:
    assert read(f"---\ntitle: A\n{line}\n---\n").kind == "page"


def test_the_questions_in_front_matter_win() -> None:
    stated = read("---\nquestions:\n  - What do you think?\n  - Why so?\n---\nText. Who are you?\n")
    assert [(one.text, one.generic) for one in stated.questions] == [
        ("What do you think?", True),
        ("Why so?", False),
    ]


@pytest.mark.parametrize("none", ["[]", "none", "false", "no", ""])
def test_front_matter_can_say_that_there_are_no_questions(none: str) -> None:
    assert read(f"---\nquestions: {none}\n---\nText.\n\nWhat do you think?\n").questions == ()


def test_questions_can_be_left_for_later() -> None:
    data = b"---\ntitle: A\n---\nText.\n\nWhat do you think?\n"
    reading = read_post("a.md", data, Site(), questions=False)
    assert reading.pending
    assert reading.post is not None
    assert reading.post.questions == ()


def test_what_is_too_long_or_binary_is_refused() -> None:
    for data in (b"x" * 10_000_000, b"\x89PNG\0\0"):
        reading = read_post("a.md", data, Site())
        assert reading.post is None
        assert len(reading.faults) == 1


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_other_encodings_are_read(encoding: str) -> None:
    reading = read_post("a.md", "---\ntitle: Été\n---\n".encode(encoding), Site())
    assert reading.post is not None
    assert reading.post.title == "Été"
    assert bool(reading.faults) == (encoding == "cp1252")


def test_a_slug_keeps_letters_of_every_script() -> None:
    assert slugify("İstanbul’da Bir Gün") == "istanbul-da-bir-gün"
    assert slugify("../..") == ""


def test_a_date_that_hugo_does_not_read_is_when_the_essay_was_meant_to_appear() -> None:
    reading = read_post("posts/a.md", b"---\ntitle: A\ndate: 2020-1-5 10:00\n---\n", HUGO)
    assert reading.post is not None
    assert (reading.post.date, reading.post.kind) == (None, "essay")
    assert reading.post.due == datetime(2020, 1, 5, 10, tzinfo=UTC)
    assert [(fault.line, "Hugo takes" in fault.message) for fault in reading.faults] == [(3, True)]


@pytest.mark.parametrize(
    "line", ["status: private", "publish: false", "isdraft: true", "build: {list: never}"]
)
def test_what_an_author_withholds_without_hugos_knowing_is_not_discussed(line: str) -> None:
    post = read(f"---\ntitle: A\ndate: 2020-01-05\n{line}\n---\n", "posts/a.md", HUGO)
    assert (post.kind, post.draft) == ("page", False)


@pytest.mark.parametrize(
    "cascade", [5, [5], {"_target": 5}, {"_target": {"path": "{[", "kind": "["}, "title": "B"}]
)
def test_a_cascade_that_makes_no_sense_gives_nothing(cascade: object) -> None:
    site = replace(HUGO, cascades=tuple(cascades(cascade, "", "")))
    assert read("---\ntitle: A\n---\n", "posts/a.md", site).title == "A"
    assert read("Text", "posts/a.md", site).titled is False


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("my cover.png", "https://example.org/posts/a/my%20cover.png"),
        ("/images/my cover (2).jpg", "https://example.org/images/my%20cover%20(2).jpg"),
        ("images/kapak görseli.webp", "https://example.org/images/kapak%20g%C3%B6rseli.webp"),
        ("'/a/\"quoted\".png'", "https://example.org/a/%22quoted%22.png"),
        ("https://cdn.example.com/a b.png?w=1", "https://cdn.example.com/a%20b.png?w=1"),
        ("'![A map](/a/the map.png)'", "https://example.org/a/the%20map.png"),
        ("'![A map](</a/the map.png>)'", "https://example.org/a/the%20map.png"),
        ("'![A map](/a/map.png \"The title\")'", "https://example.org/a/map.png"),
        ("'![A map](/a/map_(2).png)'", "https://example.org/a/map_(2).png"),
        ("already%20there.png", "https://example.org/posts/a/already%20there.png"),
        ("A photo of a door. Nobody knows whose.", None),
        ("{image: 'my cover.png', alt: 'A door.'}", "https://example.org/posts/a/my%20cover.png"),
    ],
)
def test_a_cover_with_any_name_has_an_address(written: str, address: str | None) -> None:
    post = read(f"---\ntitle: A\ncover: {written}\n---\n", site=Site(address="https://example.org"))
    assert post.cover == address


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Q&amp;A", "Q&A"),
        ("It&#8217;s a caf&eacute;", "It’s a café"),
        ("Fish&nbsp;&#x26; chips", "Fish & chips"),
        ("AT&T, R&D & co; &c", "AT&T, R&D & co; &c"),
        ("&copy 2026 &notanentity; &#;", "&copy 2026 &notanentity; &#;"),
        ("&amp;lt;b&amp;gt;", "&lt;b&gt;"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;", "<script>alert(1)</script>"),
    ],
)
def test_character_references_are_read_as_a_site_shows_them(written: str, said: str) -> None:
    post = read(
        f"---\ntitle: '{written}'\ndescription: '{written}'\ntags: ['{written}', '{written}']\n"
        f"author: '{written}'\nquestions: ['{written}?']\n---\n"
    )
    assert (post.title, post.description) == (said, said)
    assert post.tags == (said,)
    assert post.authors == (said,)
    assert [one.text for one in post.questions] == [f"{said}?"]


def test_tags_and_categories_that_are_shown_alike_are_one() -> None:
    post = read("---\ntitle: A\ntags: ['Q&amp;A', 'Q&A', B]\ncategories: ['q&#38;a', b, C]\n---\n")
    assert post.tags == ("Q&A", "B", "C")
