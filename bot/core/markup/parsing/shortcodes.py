"""Turns shortcodes, Liquid tags and components into what they stand for."""

from collections import Counter
from collections.abc import Set as AbstractSet

from bot.core.markup.dialects.box_names import FOLDS, NOTICES, QUOTES, by_name, names
from bot.core.markup.dialects.templates import END, Tag
from bot.core.markup.parsing.html import watched_at
from bot.core.markup.tree import Builder, Node

_PICTURES = names(
    "asset_img figure gatsbyimage image image-gallery imgproc img nextimage picture "
    "responsive-image static_img"
)
_FILMS = by_name(
    {
        "https://www.youtube.com/watch?v={}": "youtube youtubelite lite-youtube",
        "https://vimeo.com/{}": "vimeo",
        "https://www.instagram.com/p/{}/": "instagram",
        "https://twitter.com/{}": "tweet twitter x",
        "https://github.com/{}": "github",
        "https://gist.github.com/{}": "gist",
        "https://www.bilibili.com/video/{}": "bilibili",
        "https://codepen.io/{}": "codepen",
        "{}": "video audio iframe embed",
    }
)
_TWEETS = names("tweet twitter x")
_LINKS = names("a button link linkbutton nextlink")
_NOTES = names("fn footnote marginnote sidenote")
_SILENT = names(
    "assign block br break capture case center centered content cycle decrement div elsif "
    "else extends font for fragment if increment kbd layout lead macro mark "
    "more mdx paginate param raw rawhtml row column columns render set small span sub sup "
    "tabs tablerow toc u unless verbatim when with"
)


class ShortcodeReader:
    """Feeds a builder from tags.

    Args:
        closed: Names of the tags that some tag of the essay closes; any other stands alone.
    """

    def __init__(self, builder: Builder, closed: AbstractSet[str]) -> None:
        self.unknown: list[tuple[int | None, str]] = []
        self._builder = builder
        self._closed = closed
        self._authors: list[str] = []
        self._opened: list[str] = []
        self._counts = Counter[str]()
        self._strange = 0

    @property
    def keeps_lines(self) -> bool:
        """Whether a tag that nobody knows is open: its lines may be commands, or verse."""
        return self._strange > 0

    def read(self, tag: Tag) -> None:
        """Read one tag."""
        if tag.kind == "close":
            self._close(self._ended_by(tag.name))
        elif tag.name in _PICTURES:
            self._add_picture(tag)
        elif tag.name in _FILMS:
            self._add_film(tag)
        elif tag.kind == "open" and not self._closed.isdisjoint({tag.name, END}):
            self._open(tag)
        elif tag.name in {"ref", "relref"} or not tag.name or tag.name in _SILENT:
            return
        else:
            self.unknown.append((self._builder.line, tag.name))
            self._add_words(tag)

    def _ended_by(self, name: str) -> str:
        """Return the name of the tag that a closing one ends, with all that stands open in it."""
        if name == END:
            name = self._opened[-1] if self._opened else ""
        ended = ""
        while self._counts[name] and ended != name:
            ended = self._opened.pop()
            self._counts[ended] -= 1
            self._strange -= _is_strange(ended)
        return name

    def _open(self, tag: Tag) -> None:
        builder = self._builder
        self._opened.append(tag.name)
        self._counts[tag.name] += 1
        self._strange += _is_strange(tag.name)
        if tag.name in _LINKS:
            builder.mark("link", tag.first("href", "url", "link", "to") or " ".join(tag.words[:1]))
        elif tag.name in _NOTES:
            builder.add(" (")
        elif tag.name in QUOTES:
            builder.open(Node("quote", element=tag.name))
            self._authors.append(tag.first("author", "cite", "by", "source") or " ".join(tag.words))
        elif tag.name in NOTICES:
            builder.open(Node("quote", element=tag.name))
            self._add_title(tag.first("title") or _kind_of_notice(tag))
        elif tag.name in FOLDS:
            builder.open(Node("group", element=tag.name))
            self._add_title(tag.first("summary", "title", "label", "name") or " ".join(tag.words))
        elif _is_strange(tag.name):
            self.unknown.append((self._builder.line, tag.name))

    def _close(self, name: str) -> None:
        if name in _LINKS:
            self._builder.unmark("link")
        elif name in _NOTES:
            self._builder.add(")")
        elif name in QUOTES:
            author = self._authors.pop() if self._authors else ""
            if author and self._builder.current.kind != "document":
                self._builder.add_block(Node("paragraph", element="author"), "— " + author)
            self._builder.close_element(name)
        elif name:
            self._builder.close_element(name)

    def _add_words(self, tag: Tag) -> None:
        """Keep what a tag says that holds nothing: its title, and where that leads."""
        title = tag.first("title", "label") if tag.kind == "void" else ""
        if title:
            address = tag.first("href", "url", "to", "link")
            self._builder.begin_piece()
            self._builder.add_link(title, address)

    def _add_title(self, title: str) -> None:
        if title:
            self._builder.add_block(Node("term", element="title"), title)

    def _add_picture(self, tag: Tag) -> None:
        paths = [n for n, word in enumerate(tag.words) if "/" in word or "." in word][:1]
        said = [word for n in paths for word in tag.words[n + 1 :] if not word.isdecimal()]
        address = tag.first("src", "url", "link", "path", "image_path")
        address = address or "".join(tag.words[n] for n in paths)
        caption = tag.first("caption", "description", "title") or " ".join(said)
        shown = tag.first("alt") or caption
        self._builder.begin_piece()
        self._builder.add(shown, "image", address)
        if caption and caption != shown:
            self._builder.add_block(Node("caption", element="figcaption"), caption)

    def _add_film(self, tag: Tag) -> None:
        named = tag.first("id", "videoid", "src", "url", "repo")
        words = [tag.first("user"), named, *tag.words[:2]]
        which = ("/status/" if tag.name in _TWEETS else "/").join(filter(None, words))
        if tag.name in _TWEETS and "/" not in which:
            which = f"i/status/{which}"
        is_address = which.startswith(("http:", "https:", "//", "/"))
        address = watched_at(which if is_address else _FILMS[tag.name].format(which))
        self._builder.begin_piece()
        self._builder.add_link(tag.first("title") or address, address, preview=True)


def _is_strange(name: str) -> bool:
    known = (_LINKS, _NOTES, QUOTES, NOTICES, FOLDS, _SILENT)
    return not any(name in names for names in known)


def _kind_of_notice(tag: Tag) -> str:
    kind = tag.first("type", "kind", "variant") or (tag.words[0] if tag.words else tag.name)
    return kind if " " in kind else kind.capitalize()
