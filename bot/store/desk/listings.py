"""The responses that an author asked for, by the page or all of them."""

from dataclasses import replace
from typing import NamedTuple

from sqlite_utils import Database

from bot.core.listing import Listing
from bot.core.response import Response
from bot.store.desk.naming import prompts_alike
from bot.store.responses import queries
from bot.store.responses.queries import Filter


class Page(NamedTuple):
    """A page of responses.

    Attributes:
        number: Counted from 0.
        total: How many responses there are on all pages.
    """

    responses: list[Response]
    number: int
    total: int


def begin(db: Database, guild_id: int, listing: Listing) -> Listing:
    """Return a listing that ends with what is kept now, so that its pages hold still."""
    return replace(listing, until_id=queries.newest(db, guild_id))


def read_page(db: Database, guild_id: int, listing: Listing, number: int, size: int) -> Page:
    """Return a page of a guild's responses, or the nearest that there is."""
    return Page(*queries.page(db, _filter(db, guild_id, listing), number, size))


def read_all(db: Database, guild_id: int, listing: Listing) -> list[Response]:
    """Return all of a guild's responses that a listing asks for."""
    return queries.listing(db, _filter(db, guild_id, listing))


def _filter(db: Database, guild_id: int, listing: Listing) -> Filter:
    return Filter(
        guild_id=guild_id,
        essay_id=listing.essay or None,
        prompts=prompts_alike(db, listing.prompt) if listing.prompt else None,
        readers=(listing.reader,) if listing.reader else None,
        since=listing.since,
        after_id=listing.after_id or None,
        until_id=listing.until_id or None,
        highlighted=listing.highlighted,
    )
