"""A night's connections: texts of different essays that speak to each other."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, tzinfo
from functools import lru_cache, partial

from sqlite_utils import Database

from bot.blog.catalog import Catalog
from bot.core.connection import Connection, End
from bot.core.dreams import end_of
from bot.core.post import Post
from bot.core.text.folding import fold
from bot.core.text.stems import term_of, words_and_stems
from bot.desk.dreams import open_questions, pairs
from bot.desk.dreams.best import Best, Found
from bot.desk.dreams.bridges import ROUNDED, Bridge, Bridges
from bot.desk.dreams.corpus import Corpus, Said
from bot.desk.passages.related import Relating
from bot.store.dreams.material import answered_questions, written

MOST = 60
"""Connections of a night that are returned."""

LOOKED_AT = 300
"""Connections of which it is looked whether their essays have anything to do with each other."""

BRIDGES, QUESTIONS = 1.9, 0.8
"""What the score of a bridge, and of a question, counts beside that of a pair: the greatest that
chance brings are then about the same.
"""

RARE_TAG = 0.05
"""The greatest share of essays that have a tag which says what they are about."""

ALIKE = 0.2
"""How well two essays read together (`desk.passages.related`) for a connection to be no news."""

TEXTS_AT_HAND = 10_000
"""Responses whose texts are kept while pairs are looked for."""

WORDS = 3
"""Words that are given for each end of a connection."""


def dream(
    db: Database,
    posts: Sequence[Post],
    guild_id: int,
    night: date,
    zone: tzinfo,
    since: datetime | None = None,
) -> list[Connection]:
    """Return the connections of a guild's night, the best first.

    No response is in two of them. Nothing is kept, and nothing is inferred about anybody.

    Args:
        posts: The blog's, with ids.
        night: The one after this day: what was written by its end is looked at.
        since: From when on a response is new; one of two ends is. None if all are.
    """
    until = end_of(night, zone)
    corpus = Corpus(db, written(db, guild_id, since, until))
    best = Best(LOOKED_AT)
    _pairs(db, corpus, best)
    _bridges(db, corpus, best)
    catalog = Catalog(posts)
    public = [
        post
        for post in catalog.posts
        if post.kind == "essay" and post.id is not None and catalog.is_public(post, until)
    ]
    asked = open_questions.open_questions(corpus, public, answered_questions(db, guild_id))
    _questions(db, corpus, asked, best)
    return list(_chosen(best.found(), _Strangers(db, catalog, until)))


def _chosen(found: Iterable[Found], strangers: "_Strangers") -> Iterator[Connection]:
    """Yield the best, each text in one of them, of essays that have nothing else in common."""
    taken: set[End] = set()
    count = 0
    for one in found:
        if one.a in taken or one.b in taken or not strangers.are(one.a.post_id, one.b.post_id):
            continue
        taken |= {one.a, one.b}
        count += 1
        yield Connection(one.kind, one.a, one.b, one.words(), one.through, one.score)
        if count == MOST:
            return


def _pairs(db: Database, corpus: Corpus, best: Best) -> None:
    text = lru_cache(TEXTS_AT_HAND)(partial(_text, db))
    for place, one in enumerate(corpus.said):
        if not one.is_new:
            continue
        for other in pairs.candidates(corpus, place, _may_pair):
            second = corpus.said[other]
            tie = pairs.tie(corpus, one, second, text)
            if tie.words or tie.fields:
                words = partial(_pair_words, db, corpus, (one, second), tie)
                best.take(Found("pair", _end(one), _end(second), words, None, round(tie.score, 3)))


def _bridges(db: Database, corpus: Corpus, best: Best) -> None:
    essays = {}

    def may_meet(one: Said, other: Said, post_id: int) -> bool:
        if post_id not in essays:
            row = db.execute("select essay_id from posts where id = ?", [post_id]).fetchone()
            essays[post_id] = row[0] if row else None
        return _may_pair(one, other) and essays[post_id] not in {one.essay_id, other.essay_id}

    found_in = Bridges(db, corpus, may_meet, LOOKED_AT)
    for place, one in enumerate(corpus.said):
        if not one.is_new:
            continue
        for found in found_in.of(place, (best.least - ROUNDED) / BRIDGES).values():
            second = corpus.said[found.other]
            words = partial(_bridge_words, db, corpus, (one, second), found)
            through = End(found.passage.post_id, None, found.passage.position)
            score = round(BRIDGES * found.score, 3)
            best.take(Found("bridge", _end(one), _end(second), words, through, score))


def _questions(
    db: Database, corpus: Corpus, asked: Iterator[open_questions.Asked], best: Best
) -> None:
    for one in asked:
        position = None
        for found in open_questions.spoken_to(corpus, one):
            score = round(QUESTIONS * found.score, 3)
            if score < best.least or not found.words:
                continue
            said = corpus.said[found.place]
            if position is None:
                position = open_questions.place_of(db, one.post)
            if position is not None:
                question = End(one.post.id or 0, None, position)
                words = partial(_in_words, db, corpus, said, found.words)
                best.take(Found("question", question, _end(said), words, None, score))


def _may_pair(one: Said, other: Said) -> bool:
    """Return whether two responses are in one language, of different essays and people."""
    return (
        one.essay_id != other.essay_id
        and one.reader_id != other.reader_id
        and one.lang == other.lang
    )


def _end(said: Said) -> End:
    return End(said.post_id, said.id, None)


def _text(db: Database, response_id: int) -> str:
    row = db.execute("select text from responses where id = ?", [response_id]).fetchone()
    return str(row[0]) if row else ""


def _pair_words(
    db: Database, corpus: Corpus, ends: tuple[Said, Said], tie: pairs.Tie
) -> tuple[str, ...]:
    """Return the words that tie two responses: those that both have, then those of one field."""
    words = list(_in_words(db, corpus, ends[0], tie.words))
    for name in tie.fields[:1]:
        for said in ends:
            own = [n for n in corpus.fields(said)[name] if n not in tie.words]
            own.sort(key=lambda number: (-corpus.weights[number], number))
            words += _in_words(db, corpus, said, tuple(own))[: WORDS - 1]
    return tuple(dict.fromkeys(words))


def _bridge_words(
    db: Database, corpus: Corpus, ends: tuple[Said, Said], bridge: Bridge
) -> tuple[str, ...]:
    """Return the words that each of two responses shares with the passage between them."""
    here, there = ends
    return (
        *_in_words(db, corpus, here, bridge.here),
        *_in_words(db, corpus, there, bridge.there),
    )


def _in_words(db: Database, corpus: Corpus, said: Said, numbers: Sequence[int]) -> tuple[str, ...]:
    """Return stems as a response has them in words; at most `WORDS`."""
    written_as: dict[str, str] = {}
    for word, stem in words_and_stems(_text(db, said.id), said.lang):
        written_as.setdefault(term_of(stem, said.lang), word)
    found = (written_as.get(corpus.terms[number]) for number in numbers)
    return tuple([word for word in found if word][:WORDS])


class _Strangers:
    """Tells of essays whether they have nothing to do with each other, as far as anybody knows."""

    def __init__(self, db: Database, catalog: Catalog, now: datetime) -> None:
        self._db = db
        self._catalog = catalog
        self._relating = Relating(catalog)
        self._now = now
        counts = Counter((post.lang, fold(tag)) for post in catalog.posts for tag in post.tags)
        totals = Counter(post.lang for post in catalog.posts)
        self._rare = {
            key for key, count in counts.items() if count <= max(2, RARE_TAG * totals[key[0]])
        }
        self._near: dict[int, set[int]] = {}

    def are(self, one_id: int, other_id: int) -> bool:
        """Return whether two essays are not alike, nor linked, and share no rare tag."""
        one, other = self._catalog.by_id(one_id), self._catalog.by_id(other_id)
        if one is None or other is None or self._tags(one) & self._tags(other):
            return False
        return other_id not in self._nearest(one) and one_id not in self._nearest(other)

    def _tags(self, post: Post) -> set[tuple[str, str]]:
        return {(post.lang, fold(tag)) for tag in post.tags} & self._rare

    def _nearest(self, post: Post) -> set[int]:
        key = post.id or 0
        if key not in self._near:
            found = self._relating.related(self._db, post, self._now)
            self._near[key] = {one.post.id or 0 for one in found if one.score >= ALIKE}
        return self._near[key]
