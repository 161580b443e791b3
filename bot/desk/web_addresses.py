"""Addresses to which a page that we write may lead."""

import re

WEB_ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)


def web_address(address: str | None) -> str | None:
    """Return an address if a page may link to it; None for others, which may be a program."""
    return address if address is not None and WEB_ADDRESS.fullmatch(address) else None
