"""Checks whether Discord accepts an address in embeds and buttons.

It refuses the whole message for one that it does not, so these are left out
(docs/discord-facts.md#hosts-without-a-dot).
"""

import re
from collections.abc import Iterable

from yarl import URL

from bot.core.markup.shortening import shorten
from bot.core.post import Post

MOST_IN_EMBED = 2048
MOST_ON_BUTTON = 512
LONGEST_SHOWN = 80

_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)", re.IGNORECASE)
_PLAIN = re.compile(r"(?:[\w/.~!$&'()*+,;=:@?#-]|%[0-9a-f]{2})+", re.ASCII | re.IGNORECASE)


def encoded(address: str) -> str:
    """Return a whole address with all that is no character of an address percent-encoded.

    What is encoded already stays as it is, and so does an address that nothing can be made of.
    """
    if _PLAIN.fullmatch(address):
        return address
    try:
        return str(URL(address))
    except ValueError:
        return address


def embed_link(address: str | None) -> str | None:
    """Return `address` as an embed can hold it; None if Discord would refuse it."""
    return _taken(address, MOST_IN_EMBED)


def button_link(address: str | None) -> str | None:
    """Return `address` as a button can lead to; None if Discord would refuse it."""
    return _taken(address, MOST_ON_BUTTON)


def left_out(posts: Iterable[Post]) -> str:
    """Return in a sentence which addresses of essays are not sent, and why; "" if all are."""
    lacking: list[str] = []
    covers: list[str] = []
    for post in posts:
        if post.kind != "essay":
            continue
        if post.url and button_link(post.url) is None:
            lacking.append(post.url)
        elif post.cover and embed_link(post.cover) is None:
            covers.append(post.cover)
    if lacking:
        refused = _refusal(lacking[0], MOST_ON_BUTTON)
        which = _of(len(lacking), "essay is", "essays are")
        return (
            f"{which} sent without address, cover and button, as Discord takes no link "
            f"such as {_shown(lacking[0])}: {refused}. Set AFTERWORD_SITE to the blog's address."
        )
    if covers:
        which = _of(len(covers), "essay is", "essays are")
        why = f"{_shown(covers[0])}: {_refusal(covers[0], MOST_IN_EMBED)}"
        return f"{which} sent without cover, as Discord takes no link such as {why}."
    return ""


def _taken(address: str | None, longest: int) -> str | None:
    if not address or _refusal(address, longest):
        return None
    return encoded(address)


def _refusal(address: str, longest: int) -> str:
    """Return why `address` is not used; "" if it can be."""
    try:
        url = URL(address)
        host = url.raw_host or ""
    except ValueError:
        return "it cannot be read"
    is_number = ":" in host  # IPv6
    labels = host.removesuffix(".").split(".")
    reasons = {
        "it does not begin with http:// or https://": url.scheme not in {"http", "https"},
        "it holds a name or password": url.user is not None or url.password is not None,
        "its host has no dot": len(labels) == 1 and not is_number,
        "its host is no name that there can be": not (
            is_number or all(map(_LABEL.fullmatch, labels))
        ),
        f"it is longer than {longest} characters": len(encoded(address)) > longest,
    }
    return next((reason for reason, is_so in reasons.items() if is_so), "")


def _of(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def _shown(address: str) -> str:
    """Return an address for display: short, and without a password."""
    at = re.sub(r"(?<=://)[^/@\s]*@", "…@", address)
    return shorten(at, LONGEST_SHOWN)
