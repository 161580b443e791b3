from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.blog.catalog import Catalog, UnknownPostError
from bot.core.post import Post
from bot.core.site import Language, Site

NOW = datetime(2026, 6, 1, tzinfo=UTC)
SITE = Site(languages=(Language("en"), Language("tr", "", "/tr")))


def post(slug: str, lang: str = "en", day: int = 1, **fields: object) -> Post:
    values: dict[str, object] = {
        "path": f"{lang}/{slug}.md",
        "title": slug.replace("-", " ").title(),
        "essay": slug,
        "date": datetime(2026, 1, day, tzinfo=UTC),
        **fields,
    }
    return Post(lang=lang, slug=slug, **values)  # type: ignore[arg-type]  # fields by name


CATALOG = Catalog(
    [
        post("dream", tags=("AI", "Mind")),
        post("dream", "tr", title="Düş", tags=("YZ",)),
        post("istanbul", day=2, title="İstanbul'da", tags=("ai",), aliases=("/old/path/",)),
        post("daydream", day=3, tags=("AI",)),
        post("draft", draft=True, tags=("Secret",)),
        post("future", date=datetime(2027, 1, 1, tzinfo=UTC)),
        post("expired", expires=datetime(2026, 2, 1, tzinfo=UTC)),
        post("undated", date=None),
        post("about", kind="page", day=4),
    ],
    SITE,
)


@pytest.mark.parametrize("text", ["dream", "Dream", "DREAM", "en:dream", "en/dream.md"])
def test_a_post_is_found_by_slug_title_and_path(text: str) -> None:
    assert CATALOG.find(text, now=NOW).name == "en:dream"


def test_the_language_of_the_one_who_asks_comes_first() -> None:
    assert CATALOG.find("dream", "tr", now=NOW).lang == "tr"
    assert CATALOG.find("dream", ["de", "tr-TR"], now=NOW).lang == "tr"
    assert CATALOG.find("tr:dream", "en", now=NOW).lang == "tr"
    assert CATALOG.find("düş", "en", now=NOW).lang == "tr"


def test_a_post_is_found_by_its_old_address() -> None:
    assert CATALOG.find("/old/path/", now=NOW).slug == "istanbul"
    assert CATALOG.find("ıstanbul'da", now=NOW).slug == "istanbul"


def test_an_offered_choice_names_a_post_by_its_id() -> None:
    catalog = Catalog([post("dream", id=7)], SITE)
    assert catalog.find("#7", now=NOW).slug == "dream"
    with pytest.raises(UnknownPostError):
        catalog.find("#8", now=NOW)


def test_an_unknown_name_is_refused_with_near_misses() -> None:
    with pytest.raises(UnknownPostError, match=r"Did you mean .*istanbul"):
        CATALOG.find("istambul", now=NOW)
    with pytest.raises(UnknownPostError, match="No essay is called “zzzzqq”"):
        CATALOG.find("zzzzqq", now=NOW)


@pytest.mark.parametrize("typed", ["can-ai-drem", "neurosciense perspektive", "can ai deram"])
def test_a_misspelt_part_of_a_name_finds_it(typed: str) -> None:
    title = "Can AI Dream? A Neuroscience Perspective"
    dream = post("can-ai-dream-neuroscience-perspective", title=title)
    catalog = Catalog([dream, post("what-the-map-forgets", title="What the Map Forgets")])
    with pytest.raises(UnknownPostError, match=r"Did you mean “Can AI Dream[^”]*” \(`[\w-]*`\)\?$"):
        catalog.find(typed, now=NOW)


@pytest.mark.parametrize("slug", ["draft", "future", "expired"])
def test_what_is_not_public_is_not_found(slug: str) -> None:
    with pytest.raises(UnknownPostError):
        CATALOG.find(slug, now=NOW)


def test_a_future_post_is_found_once_its_day_has_come() -> None:
    later = datetime(2027, 1, 2, tzinfo=UTC)
    assert CATALOG.complete_posts("future", now=NOW) == []
    assert CATALOG.find("future", now=later).slug == "future"
    assert [one.slug for one in CATALOG.complete_posts("future", now=later)] == ["future"]


def test_nothing_typed_offers_the_newest_essays_once_each() -> None:
    assert [one.name for one in CATALOG.complete_posts("", "tr", now=NOW)] == [
        "en:daydream",
        "en:istanbul",
        "tr:dream",
        "en:undated",
    ]


def test_the_beginning_of_a_word_comes_before_its_middle() -> None:
    found = [one.slug for one in CATALOG.complete_posts("DRE", now=NOW)]
    assert found == ["dream", "daydream"]


def test_a_translation_is_offered_where_only_it_matches() -> None:
    assert [one.name for one in CATALOG.complete_posts("dus", "en", now=NOW)] == ["tr:dream"]


def test_tags_fold_and_count() -> None:
    assert [one.slug for one in CATALOG.tagged("Ai", now=NOW)] == ["daydream", "istanbul", "dream"]
    assert CATALOG.tags(now=NOW) == (("AI", 3), ("Mind", 1))
    assert CATALOG.tags("tr", now=NOW) == (("AI", 2), ("YZ", 1))
    assert CATALOG.complete_tags("m", now=NOW) == [("Mind", 1)]
    assert CATALOG.complete_tags("", now=NOW, limit=1) == [("AI", 3)]


TAGS = ("Machine Learning", "Memory", "AI", "Go", "Philosophy", "Işık", "mind")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("memroy", ["Memory"]),
        ("memories", ["Memory"]),
        ("machine-learning", ["Machine Learning"]),
        ("lerning", ["Machine Learning"]),
        ("filosophy", ["Philosophy"]),
        ("ışıkk", ["Işık"]),
        ("machine", ["Machine Learning"]),
        ("all about the mind", ["mind"]),
        ("good food", []),
        ("cooking", []),
        ("?", []),
    ],
)
def test_a_misspelt_tag_is_near_what_was_meant(typed: str, meant: list[str]) -> None:
    catalog = Catalog([post("essay", tags=TAGS)], SITE)
    assert catalog.near_tags(typed, "en", now=NOW) == meant
    assert Catalog().near_tags(typed, now=NOW) == []


@pytest.mark.parametrize("typed", ["", " ", "a", "no such thing"])
def test_a_blog_without_tags_or_essays_offers_none(typed: str) -> None:
    for catalog in (Catalog(), Catalog([post("untagged")])):
        assert catalog.complete_tags(typed, now=NOW) == []
    assert Catalog().complete_posts(typed, now=NOW) == []
    with pytest.raises(UnknownPostError, match="No essay is called"):
        Catalog().find(typed, now=NOW)


def test_translations_are_the_same_essay_in_other_languages() -> None:
    english = CATALOG.find("en:dream", now=NOW)
    assert [one.name for one in CATALOG.translations(english)] == ["tr:dream"]
    assert CATALOG.translations(CATALOG.find("istanbul", now=NOW)) == ()


def test_pages_are_found_and_not_offered() -> None:
    assert CATALOG.find("about", now=NOW).kind == "page"
    assert CATALOG.complete_posts("about", now=NOW) == []


def test_a_text_that_changed_is_found_wherever_the_old_one_was() -> None:
    CATALOG.shelf("en", now=NOW)
    changed = post("dream", tags=("AI", "Mind"), digest="new", description="Otherwise.")
    catalog = CATALOG.with_posts({changed.path: changed})
    assert catalog.find("dream", now=NOW) is changed
    assert changed in catalog.posts
    assert catalog.at(changed.path) is changed
    assert changed in catalog.tagged("mind", now=NOW)
    assert catalog.complete_posts("dre", now=NOW)[0] is changed
    assert changed in catalog.translations(catalog.find("tr:dream", now=NOW))
    assert CATALOG.find("dream", now=NOW).digest == ""


@pytest.mark.parametrize(
    "fields", [{"title": "Nightmare"}, {"tags": ("Night",)}, {"draft": True}, {"date": None}]
)
def test_a_post_that_is_found_otherwise_now_is_sorted_in_again(fields: dict[str, object]) -> None:
    changed = replace(post("dream", tags=("AI", "Mind")), **fields)  # type: ignore[arg-type]
    catalog = CATALOG.with_posts({changed.path: changed})
    again = Catalog([changed if one.path == changed.path else one for one in CATALOG.posts], SITE)
    assert catalog.posts == again.posts
    for typed in ("", "dream", "night"):
        assert catalog.complete_posts(typed, now=NOW) == again.complete_posts(typed, now=NOW)
    assert catalog.tags(now=NOW) == again.tags(now=NOW)


def test_a_time_zone_that_nobody_knows_counts_as_utc() -> None:
    assert Catalog(site=Site(timezone="Mars/Olympus")).zone == UTC
    assert str(Catalog(site=Site(timezone="Europe/Istanbul")).zone) == "Europe/Istanbul"
