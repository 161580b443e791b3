"""Looking posts up: by name, by tag, and while somebody types."""

import re
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from datetime import UTC, datetime, tzinfo
from functools import cached_property

from bot.blog.essay_texts import EssayTexts
from bot.blog.own_links import OwnLinks
from bot.blog.public_essays import Shelf, is_public, newest_first
from bot.blog.wikilinks import Wikilinks
from bot.core.errors import AfterwordError
from bot.core.phrases import Phrases, phrases
from bot.core.post import Post, as_listed
from bot.core.reading.frontmatter.dates import time_zone
from bot.core.site import Site
from bot.core.text.folding import fold
from bot.core.text.languages import normal_code

MOST_OFFERED = 25
"""What Discord shows while somebody types (docs/discord-facts.md#choices-while-typing)."""

Langs = str | Sequence[str] | None
"""A language or several, the preferred first."""

NEAR_MISSES = 3
"""So many are offered for a name that is misspelt."""

_MOST_SHELVES = 16  # orders of languages that are kept ready; each takes a few megabytes
_LONGEST_SHOWN = 80


class UnknownPostError(AfterwordError):
    """No post is called that."""

    def __init__(self, name: str, near: Sequence[Post]) -> None:
        """Take what was typed, and posts that may be meant."""
        self.name = name
        self.near = near
        super().__init__(self.sentence(phrases("en")))

    def sentence(self, say: Phrases) -> str:
        """Return a sentence that offers the posts that may be meant."""
        if not self.near:
            return say.no_essay.format(name=self.name)
        near = ", ".join(f"“{post.title}” (`{post.slug}`)" for post in self.near)
        return say.no_essay_but.format(name=self.name, near=near)


class Catalog:
    """An immutable index over the posts of a site.

    Where a method takes `lang`, the site's own languages come after it, its default first. A region
    matches its language: a reader's ``en-US`` finds ``en``.
    Drafts, posts dated after `now` and those expired by then are left out, as far as the site
    does not build them; completion, tags and lists hold essays only.
    """

    def __init__(self, posts: Iterable[Post] = (), site: Site | None = None) -> None:
        self.site = site or Site()
        self.posts = tuple(newest_first(posts))
        self._by_name: dict[str, list[Post]] = {}
        self._by_essay: dict[str, list[Post]] = {}
        self._by_path = {post.path: post for post in self.posts}
        self._by_id = {post.id: post for post in self.posts if post.id is not None}
        for post in self.posts:
            self._by_essay.setdefault(post.essay, []).append(post)
            for name in _names(post):
                self._by_name.setdefault(name, []).append(post)
        known = [language.code for language in self.site.languages]
        others = sorted({post.lang for post in self.posts} - set(known))
        self._langs = tuple(known + others)
        self._shelves: dict[tuple[str, ...], Shelf] = {}

    def __len__(self) -> int:
        return len(self.posts)

    def at(self, path: str) -> Post | None:
        """Return the post in the file at `path`; None if there is none."""
        return self._by_path.get(path)

    def by_id(self, post_id: int) -> Post | None:
        """Return the post that is kept under an id; None if there is none any more."""
        return self._by_id.get(post_id)

    def with_posts(self, changed: Mapping[str, Post]) -> "Catalog":
        """Return a catalog with other posts at some paths, as they are called and listed now.

        That takes a tenth of the time, where nothing differs that a post is found or ordered by.
        """
        if any(as_listed(post) != as_listed(self._by_path[path]) for path, post in changed.items()):
            everyone = (changed.get(post.path, post) for post in self.posts)
            return Catalog(everyone, self.site)
        catalog = copy(self)
        catalog.__dict__.pop("texts", None)
        catalog._swap(changed)  # noqa: SLF001  # a catalog of our own
        return catalog

    def _swap(self, changed: Mapping[str, Post]) -> None:
        """Put posts in the places of others that are found and ordered alike."""
        self.posts = tuple(changed.get(post.path, post) for post in self.posts)
        self._by_path = {**self._by_path, **changed}
        self._by_id = {post.id: post for post in self.posts if post.id is not None}
        self._by_essay = dict(self._by_essay)
        self._by_name = dict(self._by_name)
        for post in changed.values():
            self._by_essay[post.essay] = _swapped(self._by_essay[post.essay], changed)
            for name in _names(post):
                self._by_name[name] = _swapped(self._by_name[name], changed)
        self._shelves = {order: one.with_posts(changed) for order, one in self._shelves.items()}

    @property
    def zone(self) -> tzinfo:
        """The site's time zone; one that is unknown counts as UTC, as where posts are read."""
        try:
            return time_zone(self.site.timezone)
        except ValueError:
            return UTC

    @cached_property
    def wikilinks(self) -> Wikilinks:
        """Where the wikilinks of its posts lead."""
        return Wikilinks(self.posts, self.site)

    @cached_property
    def own_links(self) -> OwnLinks:
        """Where links between its posts lead; it takes a moment to make, so ask off the loop."""
        return OwnLinks(self.posts, self.site, self.wikilinks)

    @cached_property
    def texts(self) -> EssayTexts:
        """What its posts are searched by; it takes a moment to make, so ask for it off the loop."""
        return EssayTexts(self.posts)

    def search(self, words: Sequence[str], lang: Langs = None, *, now: datetime) -> list[Post]:
        """Return the public essays that have words beginning with all of these, off the loop.

        Those whose titles have them come first, then the newest. Of translations that have them,
        the preferred one is returned.

        Args:
            words: Folded.
        """
        order = self.order(lang)
        found: dict[str, Post] = {}
        for post in self.texts.matching(words):
            if post.kind == "essay" and self.is_public(post, now):
                known = found.setdefault(post.essay, post)
                if order.index(post.lang) < order.index(known.lang):
                    found[post.essay] = post
        return list(found.values())

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that posts are in, those of the site first."""
        there = {post.lang for post in self.posts}
        return tuple(lang for lang in self._langs if lang in there)

    def is_public(self, post: Post, now: datetime) -> bool:
        """Return whether readers can see `post` on the blog at `now`."""
        return is_public(post, self.site, now)

    def find(self, text: str, lang: Langs = None, *, now: datetime) -> Post:
        """Return the post that `text` names: slug, ``lang:slug``, alias, title, path or ``#id``.

        The last is an offered choice, public or not.

        Raises:
            UnknownPostError: No public post is called that; its sentence offers near misses.
        """
        if re.fullmatch(r"#\d{1,19}", text) and (chosen := self.by_id(int(text[1:]))):
            return chosen
        wanted = text.strip()
        stated, colon, name = wanted.partition(":")
        if colon and normal_code(stated) in self._langs:
            exact = [post for post in self._named(name, now) if post.lang == normal_code(stated)]
            if exact:
                return exact[0]
        found = self._named(wanted, now)
        if not found:
            shown = wanted[:_LONGEST_SHOWN]
            raise UnknownPostError(shown, self._near_misses(shown, lang, now))
        order = self.order(lang)
        return min(found, key=lambda post: order.index(post.lang))

    def translations(self, post: Post) -> tuple[Post, ...]:
        """Return the same essay in other languages, the site's default first."""
        others = [one for one in self._by_essay.get(post.essay, ()) if one.lang != post.lang]
        return tuple(sorted(others, key=lambda one: self._langs.index(one.lang)))

    def named_translations(self, post: Post) -> tuple[tuple[str, Post], ...]:
        """Return the same essay in other languages, each with what its language is called."""
        others = self.translations(post)
        return tuple((self.site.language_name(other.lang), other) for other in others)

    def tagged(self, tag: str, lang: Langs = None, *, now: datetime) -> tuple[Post, ...]:
        """Return the essays with `tag`, however it is cased or accented, newest first."""
        return self.shelf(lang, now=now).tagged(tag)

    def tags(self, lang: Langs = None, *, now: datetime) -> tuple[tuple[str, int], ...]:
        """Return each tag in its commonest spelling with its number of essays, most first."""
        return self.shelf(lang, now=now).tags

    def near_tags(self, tag: str, lang: Langs = None, *, now: datetime) -> list[str]:
        """Return a few tags that may be meant by one that no essay has, the likeliest first."""
        return self.shelf(lang, now=now).near_tags(tag, NEAR_MISSES)

    def complete_posts(
        self, text: str, lang: Langs = None, *, now: datetime, limit: int = MOST_OFFERED
    ) -> list[Post]:
        """Return essays for what has been typed so far, the beginnings of words first.

        Nothing typed offers the newest. Of translations the preferred one that matches is offered.
        """
        return self.shelf(lang, now=now).complete_posts(text, limit)

    def complete_answered(
        self, answered: Sequence[int], lang: Langs = None, *, now: datetime
    ) -> list[Post]:
        """Return essays to offer before anything is typed: answered ones first, then the newest.

        Args:
            answered: The stored ids of essays with responses, in their order.
        """
        rank = {essay: number for number, essay in enumerate(answered)}
        shelf = self.shelf(lang, now=now)
        first = [post for post in shelf.posts if post.essay_id in rank]
        first.sort(key=lambda post: rank[post.essay_id or 0])
        newest = (post for post in shelf.posts[:MOST_OFFERED] if post.essay_id not in rank)
        return [*first, *newest][:MOST_OFFERED]

    def complete_tags(
        self, text: str, lang: Langs = None, *, now: datetime, limit: int = MOST_OFFERED
    ) -> list[tuple[str, int]]:
        """Return tags for what has been typed so far, with their numbers of essays."""
        return self.shelf(lang, now=now).complete_tags(text, limit)

    def shelf(self, lang: Langs = None, *, now: datetime) -> Shelf:
        """Return the public essays at `now`, each in the preferred of its languages."""
        order = self.order(lang)
        shelf = self._shelves.get(order)
        if shelf is None or not shelf.holds_at(now):
            shelf = Shelf(self.posts, self.site, order, now)
            self._shelves.pop(order, None)
            if len(self._shelves) >= _MOST_SHELVES:
                del self._shelves[next(iter(self._shelves))]
            self._shelves[order] = shelf
        return shelf

    def order(self, lang: Langs) -> tuple[str, ...]:
        """Return every language of the site, those in `lang` first."""
        asked = [lang] if isinstance(lang, str) else lang or ()
        order: dict[str, None] = {}
        for code in map(normal_code, asked):
            exact = [known for known in self._langs if known == code]
            alike = [one for one in self._langs if one.partition("-")[0] == code.partition("-")[0]]
            order |= dict.fromkeys(exact + alike)
        return tuple(order | dict.fromkeys(self._langs))

    def _named(self, name: str, now: datetime) -> list[Post]:
        """Return the public posts of that name: by slug, else essays before pages."""
        folded = fold(name.strip("/"))
        posts = [post for post in self._by_name.get(folded, ()) if self.is_public(post, now)]
        by_slug = [post for post in posts if fold(post.slug) == folded]
        return by_slug or sorted(posts, key=lambda post: post.kind != "essay")

    def _near_misses(self, wanted: str, lang: Langs, now: datetime) -> Sequence[Post]:
        shelf, name = self.shelf(lang, now=now), wanted.rpartition(":")[2]
        return shelf.complete_posts(name, NEAR_MISSES) or shelf.near(name, NEAR_MISSES)


def _swapped(posts: Iterable[Post], changed: Mapping[str, Post]) -> list[Post]:
    return [changed.get(post.path, post) for post in posts]


def _names(post: Post) -> set[str]:
    """Return everything that `post` may be called, folded."""
    names = {fold(post.slug), fold(post.title), fold(post.path)}
    for alias in post.aliases:
        names.add(fold(alias.strip("/")))
        names.add(fold(alias.rstrip("/").rpartition("/")[2]))
    return names - {""}
