"""Follows the links between posts of one blog: from an address in a body to the post it means."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from urllib.parse import unquote, urljoin, urlsplit

from bot.blog.wikilinks import Wikilinks
from bot.core.markup.dialects.obsidian import WIKILINK
from bot.core.post import Post
from bot.core.site import Site

_FILE = re.compile(r"\.(?:md|mdx|markdown|qmd|rmd)$", re.IGNORECASE)
_ENDING = re.compile(r"(?:/index)?\.html?$|/index$|\.(?:md|mdx|markdown|qmd|rmd)$", re.IGNORECASE)
_ANYWHERE = "https://here.invalid"
"""Where a site is whose own address is unknown."""


class OwnLinks:
    """The posts of a blog by their addresses, as links in bodies write them."""

    def __init__(self, posts: Sequence[Post], site: Site, wikilinks: Wikilinks) -> None:
        self._wikilinks = wikilinks
        self._by_essay: dict[str, list[Post]] = {}
        self._by_path: dict[str, list[Post]] = {}
        self._by_end: dict[str, list[Post]] = {}
        self._hosts = {_host(_ANYWHERE), _host(site.address or "")}
        for post in posts:
            self._by_essay.setdefault(post.essay, []).append(post)
            self._hosts.add(_host(post.url or ""))
            for path in {_key(urlsplit(one).path) for one in _addresses(post)}:
                self._by_path.setdefault(path, []).append(post)
            for end in names_of(post):
                self._by_end.setdefault(end, []).append(post)
        self._hosts.discard("")

    def target(self, post: Post, address: str) -> Post | None:
        """Return the post that a link in another's body leads to, in that one's language.

        An address of a translation counts as one of the essay. None for other sites, for what is
        no post, and for the post itself.

        Args:
            post: Where the link stands.
            address: As it is written there; see `bot.core.reading.own_links`.
        """
        if address.startswith(WIKILINK):
            found = self._wikilinks.post_of(post, address.removeprefix(WIKILINK))
        else:
            found = self._at(post, address)
        if found is None or found.essay == post.essay:
            return None
        if found.lang == post.lang:
            return found
        return next((one for one in self._by_essay[found.essay] if one.lang == post.lang), found)

    def _at(self, post: Post, address: str) -> Post | None:
        try:
            base = post.url or urljoin(_ANYWHERE, post.route or f"/{post.slug}/")
            parts = urlsplit(urljoin(base, address.removeprefix("@")))
        except ValueError:
            return None
        if parts.scheme not in {"http", "https"} or _host(parts.geturl()) not in self._hosts:
            return None
        file = _FILE.search(parts.path) and address.partition("#")[0].removeprefix("@")
        if file and (named := self._wikilinks.post_of(post, unquote(file))):
            return named
        path = _key(parts.path)
        choose = partial(_nearest, post)
        end = path.rpartition("/")[2]
        return choose(self._by_path.get(path, ())) or choose(self._by_end.get(end, ()))


def names_of(post: Post) -> Iterator[str]:
    """Yield what the last part of a post's address may be, as `OwnLinks` compares it.

    An address that ends otherwise never leads to it.
    """
    names = {_key(urlsplit(one).path).rpartition("/")[2] for one in (*_addresses(post), post.path)}
    yield from sorted({*names, _key(post.slug).rpartition("/")[2]} - {""})


def _addresses(post: Post) -> Iterator[str]:
    yield from (one for one in (post.url, post.route, *post.aliases) if one)


def _key(path: str) -> str:
    return _ENDING.sub("", unquote(path).casefold()).strip("/")


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _nearest(post: Post, found: Iterable[Post]) -> Post | None:
    """Return which of several posts at one address is meant; None if there is none."""
    return min(found, key=lambda one: (one.lang != post.lang, one.kind, one.path), default=None)
