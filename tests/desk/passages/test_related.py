"""Essays that read well with one: those that share rare words, own links first."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.blog.files.reading import read_folder
from bot.blog.indexed import indexed_post
from bot.core.post import Post
from bot.core.text.stems import terms
from bot.desk.passages.opening import OpenIndex, open_index
from bot.desk.passages.related import Related, Relating, named
from bot.store.passages.index import index_posts

NOW = datetime(2026, 6, 1, tzinfo=UTC)

FORGETTING = "Forgetting keeps a map small. Whoever forgets a street draws the coast again."
MAPS = "A map forgets on purpose. The coast it draws is a street of what was forgotten."
BREAD = "Sourdough rises in the kitchen overnight, and the oven waits for flour."
OTHERS = {
    f"other{number}": f"The {one} has a {two}, and nobody in the {three} asked why it was there."
    for number, (one, two, three) in enumerate(
        [
            ("garden", "fence", "village"),
            ("engine", "valve", "workshop"),
            ("letter", "stamp", "office"),
            ("river", "ferry", "harbour"),
            ("choir", "tenor", "church"),
            ("ladder", "rung", "attic"),
            ("goat", "bell", "meadow"),
        ]
    )
}

Write = Callable[..., None]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def essay(name: str, text: str, **fields: object) -> None:
        given = {"title": name.capitalize(), "date": "2026-01-01", **fields}
        front = "\n".join(f"{key}: {value}" for key, value in given.items())
        (tmp_path / f"{name}.md").write_text(f"---\n{front}\n---\n\n{text}\n", encoding="utf-8")

    for name, text in OTHERS.items():
        essay(name, text)
    return essay


def opened(folder: Path) -> OpenIndex:
    contents = read_folder(folder, questions=False)
    return open_index(contents.posts, contents.site, folder, NOW)


def related(folder: Path, slug: str) -> list[Related]:
    index = opened(folder)
    post = index.catalog.find(slug, now=NOW)
    return Relating(index.catalog).related(index.db, post, NOW)


def slugs(found: list[Related]) -> list[str]:
    return [one.post.slug for one in found]


def test_an_essay_about_the_same_comes_first_and_one_that_shares_no_word_is_not_named(
    tmp_path: Path, write: Write
) -> None:
    write("forgetting", FORGETTING)
    write("bread", BREAD)
    write("maps", MAPS)
    found = slugs(related(tmp_path, "forgetting"))
    assert found[0] == "maps"
    assert "bread" not in found


def test_the_words_that_tie_are_words_as_people_write_them(tmp_path: Path, write: Write) -> None:
    write("forgetting", FORGETTING)
    write("maps", MAPS)
    index = opened(tmp_path)
    post = index.catalog.find("forgetting", now=NOW)
    found = Relating(index.catalog).related(index.db, post, NOW)
    words = named(post, found, [one.text for one in index.passages(post)])[0].because
    assert set(words) <= {"map", "street", "coast", "draws", "forgets"}
    assert len(words) == 3


@pytest.mark.parametrize("which", ["forgetting", "bread"])
def test_essays_that_link_to_each_other_come_first_in_both_directions(
    tmp_path: Path, write: Write, which: str
) -> None:
    write("forgetting", f"{FORGETTING} See [this](bread.md).")
    write("maps", MAPS)
    write("bread", BREAD)
    found = related(tmp_path, which)
    other = {"forgetting": "bread", "bread": "forgetting"}[which]
    assert found[0].post.slug == other
    assert found[0].score >= 1
    assert all(one.score < 1 for one in found[1:])


def test_a_translation_is_never_related_even_if_it_is_linked(tmp_path: Path, write: Write) -> None:
    write("forgetting", f"{FORGETTING} [Türkçe](forgetting.tr.md)", lang="en", translationKey="f")
    write("forgetting.tr", FORGETTING, translationKey="f")
    write("maps", MAPS)
    assert slugs(related(tmp_path, "en:forgetting"))[0] == "maps"
    assert "forgetting" not in slugs(related(tmp_path, "en:forgetting"))


def test_an_essay_in_another_language_is_not_related(tmp_path: Path, write: Write) -> None:
    write("forgetting", f"{FORGETTING} See [this](maps.tr.md).")
    write("maps.tr", MAPS)
    assert all(one.post.lang == "en" for one in related(tmp_path, "forgetting"))


@pytest.mark.parametrize(
    "hidden",
    [{"draft": "true"}, {"date": "2026-07-01"}, {"expiryDate": "2026-05-01"}, {"layout": "search"}],
)
def test_what_readers_cannot_see_is_never_named(
    tmp_path: Path, write: Write, hidden: dict[str, str]
) -> None:
    write("forgetting", f"{FORGETTING} See [this](maps.md).")
    write("maps", MAPS, **hidden)
    assert "maps" not in slugs(related(tmp_path, "forgetting"))


def test_of_two_alike_the_earlier_and_the_nearer_one_comes_first(
    tmp_path: Path, write: Write
) -> None:
    write("early", MAPS, date="2025-01-01")
    write("asked", FORGETTING, date="2025-06-01")
    write("late", MAPS, date="2026-05-01")
    assert slugs(related(tmp_path, "asked"))[:2] == ["early", "late"]


def test_an_essay_that_is_not_indexed_yet_has_none(tmp_path: Path, write: Write) -> None:
    write("forgetting", FORGETTING)
    write("maps", MAPS)
    index = opened(tmp_path)
    post = index.catalog.find("forgetting", now=NOW)
    index.db.execute("delete from passages")
    index.db.execute("delete from post_links")
    index.db.execute("delete from indexed_posts")
    assert Relating(index.catalog).related(index.db, post, NOW) == []


def test_an_essay_without_a_text_has_none(tmp_path: Path, write: Write) -> None:
    write("forgetting", "")
    assert related(tmp_path, "forgetting") == []


def test_counts_are_asked_again_when_the_index_has_grown(tmp_path: Path, write: Write) -> None:
    write("forgetting", FORGETTING)
    write("maps", MAPS)
    index = opened(tmp_path)
    post, maps = (index.catalog.find(slug, now=NOW) for slug in ("forgetting", "maps"))
    assert maps.id is not None
    index_posts(index.db, [], [maps.id])
    relating = Relating(index.catalog)
    assert "maps" not in slugs(relating.related(index.db, post, NOW))
    index_posts(index.db, [indexed_post(maps, MAPS)])
    first = relating.related(index.db, post, NOW)[0]
    assert (first.post.slug, "en_coast" in first.ties) == ("maps", True)


def words(ties: str, lang: str, text: str) -> tuple[str, ...]:
    post = Post("asked.md", lang, "asked", "", "asked")
    found = [Related(post, 0.5, tuple(terms(ties, lang).split()))]
    return named(post, found, [text])[0].because


@pytest.mark.parametrize(
    ("text", "lang", "word"),
    [
        ("Maps are small. The map forgets. A map is drawn.", "en", "map"),
        ("Istanbul is here. In Istanbul it rains.", "en", "Istanbul"),
        ("Unutmak zor. Bir şehri unutmak ayıptır.", "tr", "unutmak"),
    ],
)
def test_a_stem_is_given_in_the_form_that_people_write_most(
    text: str, lang: str, word: str
) -> None:
    assert words(word, lang, text) == (word,)


def test_numbers_and_letters_tie_nothing() -> None:
    assert words("2026 x map", "en", "In 2026, x was a map.") == ("map",)


def test_three_words_are_enough() -> None:
    assert words("coast map street road", "en", "A road, a street, a map, a coast.") == (
        "coast",
        "map",
        "street",
    )


def test_words_that_begin_alike_are_given_once() -> None:
    text = "Infinity and the infinite, on a map."
    assert words("infinity infinite map", "en", text) == ("Infinity", "map")


def test_words_that_only_hold_a_sentence_together_are_not_given() -> None:
    assert words("before without map", "en", "Before, without: a map.") == ("map",)
    assert words("önce gibi harita", "tr", "Önce, gibi; harita.") == ("harita",)


def test_what_much_of_the_blog_has_ties_nothing(tmp_path: Path, write: Write) -> None:
    write("forgetting", FORGETTING + "\n\nA lantern was lit." * 4)
    write("maps", MAPS + "\n\nA lantern was lit." * 4)
    first = related(tmp_path, "forgetting")[0]
    assert first.post.slug == "maps"
    assert "en_coast" in first.ties
    assert "en_lantern" not in first.ties
