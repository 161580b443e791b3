"""What `afterword doctor` finds in the content, the database and on Discord."""

import asyncio
import logging
from collections.abc import Iterator

from sqlite_utils import Database

from bot.cli.diagnosis.discord_access import check_discord
from bot.cli.diagnosis.encryption import check_encryption
from bot.cli.diagnosis.liveness import Finding
from bot.cli.terminal.content_argument import Content, read_content
from bot.core.errors import AfterwordError
from bot.core.links import left_out
from bot.discussion.messages.gap_report import reason
from bot.settings import Settings
from bot.store.content.posts import count_missing
from bot.store.file import scrubbing
from bot.store.file.database import open_for_reading
from bot.store.file.owner import current_holder
from bot.store.file.scrubbing import SCRUB_AFTER
from bot.store.ledger import channels, notices, prompts, publications
from bot.store.responses import gaps


def check_all(settings: Settings) -> list[Finding]:
    """Return what is found about everything."""
    logging.getLogger("discord").setLevel(logging.CRITICAL)  # what it logs is among the findings
    content = read_or_fail(settings)
    posts = content.contents.posts if isinstance(content, Content) else ()
    on_discord = asyncio.run(check_discord(settings, posts))
    at_rest = check_encryption(settings)
    return [*check_content(content), *check_database(settings), *at_rest, *on_discord]


def read_or_fail(settings: Settings) -> Content | AfterwordError:
    """Return the posts, or what keeps them from being read."""
    try:
        return read_content(None, settings)
    except AfterwordError as error:
        return error


def check_content(content: Content | AfterwordError) -> Iterator[Finding]:
    """Yield what is found about the posts."""
    if isinstance(content, AfterwordError):
        yield Finding("content", "fault", str(content))
        return
    contents = content.contents
    essays = len({post.essay for post in contents.posts if post.kind == "essay"})
    are = "essay is" if essays == 1 else "essays are"
    yield Finding("content", "ok", f"{essays} {are} in {content.name}.")
    if unsent := left_out(contents.posts):
        yield Finding("content", "note", unsent)
    if contents.faults:
        count = len(contents.faults)
        has = "One fault is" if count == 1 else f"{count} faults are"
        text = f"{has} in the posts: `afterword check` says where."
        yield Finding("content", "fault", text)


def check_database(settings: Settings) -> Iterator[Finding]:
    """Yield what is found about the database, and what the bot waits for according to it."""
    path = settings.database
    if not path.exists():
        folder = path.resolve().parent
        if folder.is_dir():
            yield Finding("database", "note", f"{path} is made when the bot first runs.")
        else:
            text = f"The folder {folder} does not exist: make it, or set AFTERWORD_DATABASE."
            yield Finding("database", "fault", text)
        return
    try:
        db = open_for_reading(path)
    except AfterwordError as error:
        yield Finding("database", "fault", str(error))
        return
    holder = current_holder(path)
    if holder is not None:
        yield Finding("database", "note", f"{path} is owned by {holder}.")
    with db:
        yield Finding("database", "ok", f"{path} keeps {db.table('responses').count} responses.")
        yield from _check_posts(db)
        yield from _check_publishing(db)
        yield from _check_gaps(db)
        yield from _check_deletions(db)


def _check_posts(db: Database) -> Iterator[Finding]:
    if count := count_missing(db):
        were = "One post that was there before is" if count == 1 else f"{count} posts are"
        text = (
            f"{were} missing since many were gone at once; what is in Discord of them was left as "
            "it is. Put the files back; if they are gone for good, confirm that under the notice "
            "that moderators got, or with `/publish list`."
        )
        yield Finding("content", "note", text)


def _check_publishing(db: Database) -> Iterator[Finding]:
    for waiting in publications.waiting(db):
        yield Finding("publishing", "fault", f"{waiting.post} waits: {waiting.reason}")
    for path, question in prompts.withdrawn(db):
        text = (
            f"“{question}” was deleted in its thread and is not asked there any more. To make that "
            f"permanent, list the questions to keep under `questions:` in {path}."
        )
        yield Finding("publishing", "note", text)
    for channel in channels.channels(db):
        size = channels.shelf_size(db, channel.id)
        text = f"{size} essays are on the shelf of channel {channel.id}."
        yield Finding("publishing", "note", text)
        for held in channels.holds(db, channel.id):
            text = f"{len(held.essays)} essays are held: type /setup in Discord to decide."
            yield Finding("publishing", "fault", text)


def _check_gaps(db: Database) -> Iterator[Finding]:
    """Yield the threads that cannot be read, and what moderators have to decide."""
    for gap in gaps.open_gaps(db):
        since = f"{gap.since:%Y-%m-%d %H:%M} UTC"
        text = f"The thread of {gap.post} cannot be read since {since}: {reason(gap.lacking)}"
        yield Finding("reading", "fault", f"{text} What is written there is read afterwards.")
    for notice in notices.standing(db):
        yield Finding("reading", "note", f"Moderators were told: {notice.text}")


def _check_deletions(db: Database) -> Iterator[Finding]:
    """Yield whether words that were deleted may still stand in the file or its log."""
    owed = scrubbing.debt(db)
    if owed is not None:
        text = (
            f"Words that were deleted since {owed.since:%Y-%m-%d %H:%M} UTC may still stand in the "
            "database, its log or a copy beside it. The bot removes them within "
            f"{SCRUB_AFTER.seconds // 60} minutes, unless a program that keeps one of these files "
            "open, such as Datasette or a backup, keeps it from doing so: close that. Its log "
            "names a copy that it cannot change."
        )
        yield Finding("database", "note", text)
