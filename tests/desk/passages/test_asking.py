"""A question finds the passage that answers it, however it is put; or nothing."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import pytest
from sqlite_utils import Database

from bot.core.post import Post
from bot.core.text.stems import terms
from bot.desk.passages.asking import Verdict, ask
from bot.store.content.posts import record_posts
from bot.store.file.migrations import migrations
from bot.store.passages.index import IndexedPassage, IndexedPost, index_posts

Asker = Callable[..., Verdict]

ESSAYS = {
    ("en", "Keeping bees"): [
        ("The hive", "A queen lays two thousand eggs a day at the height of summer."),
        ("The hive", "The first hive stood behind the shed, where the morning sun falls."),
        ("Winter", "In winter the bees form a cluster and shiver to keep the queen warm."),
        ("Winter", "I feed them sugar syrup in autumn because the heather gives little nectar."),
    ],
    ("en", "A bakery at night"): [
        ("Dough", "The sourdough starter came from Ljubljana, in a jam jar, in 2011."),
        ("Dough", "Salt is weighed last, since it slows the yeast."),
        ("The oven", "The oven reaches 260 degrees and the stone keeps the heat until noon."),
    ],
    ("tr", "Arıcılık"): [
        ("Kovan", "Kraliçe arı yazın günde iki bin yumurta bırakır."),
        ("Kış", "Kışın arılar bir küme oluşturur ve titreyerek kraliçeyi ısıtır."),
        ("Kış", "Düşüncelerimi bir deftere yazdım, çünkü unutuyordum."),
    ],
}


@pytest.fixture
def asked() -> Asker:
    """Asks essays about bees and bread."""
    db = Database(memory=True)
    migrations.apply(db)
    posts = [
        Post(f"{at}.md", lang, f"essay-{at}", title, f"essay-{at}", digest="1")
        for at, (lang, title) in enumerate(ESSAYS)
    ]
    with db.conn:
        stored = record_posts(db, posts, datetime(2026, 3, 1, tzinfo=UTC)).posts
        index_posts(
            db,
            [
                _indexed(post, ESSAYS[post.lang, post.title])
                for post in stored
                if post.id is not None
            ],
        )
    ids = {post.slug: post.id for post in stored}

    def ask_it(question: str, *slugs: str) -> Verdict:
        among = {ids[slug] for slug in slugs or ids}
        found = ask(db, question, ("en", "tr"), {one for one in among if one is not None})
        names = {number: int(slug[-1]) for slug, number in ids.items()}
        return found._replace(
            hits=tuple(hit._replace(post_id=names[hit.post_id]) for hit in found.hits)
        )

    return ask_it


def _indexed(post: Post, passages: Sequence[tuple[str, str]]) -> IndexedPost:
    assert post.id is not None
    return IndexedPost(
        post.id,
        "1",
        terms(post.title, post.lang),
        "",
        tuple(
            IndexedPassage(terms(heading, post.lang), terms(text, post.lang))
            for heading, text in passages
        ),
        (),
    )


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("How many eggs does a queen lay in a day?", (0, 0)),
        ("Where did the sourdough starter come from?", (1, 0)),
        ("wher did the sourdogh startr from Ljubljna come", (1, 0)),
        ("sourdough starter Ljubljana", (1, 0)),
        ("Kraliçe günde kaç yumurta bırakır?", (2, 0)),
        ("dusuncelerimi nereye yazdim", (2, 2)),
    ],
)
def test_the_passage_that_answers_comes_first(
    question: str, place: tuple[int, int], asked: Asker
) -> None:
    verdict = asked(question)
    post, position = place
    assert verdict.hits[0].post_id == post
    assert position in verdict.hits[0].places
    assert verdict.nearest is not None
    assert 0.5 <= verdict.hits[0].score <= 1


@pytest.mark.parametrize(
    "question",
    [
        "Which airline flies to Reykjavik on Sundays?",
        "Who was Napoleon's second wife?",
        "En hızlı tren hangi şehirler arasında çalışıyor?",
        "",
        "?!",
    ],
)
def test_what_no_passage_says_is_not_answered(question: str, asked: Asker) -> None:
    assert asked(question).hits == ()


def test_only_the_posts_that_may_be_quoted_are(asked: Asker) -> None:
    assert {hit.post_id for hit in asked("sourdough starter Ljubljana", "essay-0").hits} == set()
    assert 2 in asked("How do bees spend the winter?", "essay-0").hits[0].places


def test_two_letters_of_a_word_that_only_asks_may_change_places(asked: Asker) -> None:
    assert asked("teh cluster fo bees").words == ("cluster", "bees")
