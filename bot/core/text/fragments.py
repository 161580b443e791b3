"""Addresses that open a page at a place."""

from urllib.parse import quote


def with_fragment(url: str, text: str) -> str:
    """Return an address that opens the page where a text begins."""
    return f"{url}#:~:text={quote(' '.join(text.split()[:6]), safe='')}"
