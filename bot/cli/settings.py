"""`afterword settings`: what is set for each server and its channel, shown and set."""

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
from sqlite_utils import Database

from bot.cli.terminal.database_option import database_option
from bot.cli.terminal.output import format_options, say_line, write_json, write_table
from bot.cli.terminal.owned_database import owned_database
from bot.core.errors import AfterwordError
from bot.core.phrases import phrases
from bot.core.server_settings.keys import read_pairs
from bot.settings import read_settings
from bot.store.audit import OF_THE_BOT
from bot.store.file.database import open_for_reading, refused_in_words
from bot.store.ledger import channels, server_settings
from bot.store.ledger.channels import Channel
from bot.store.ledger.cuts import Cut, confirm_cut, pending_cut
from bot.store.ledger.server_settings import ServerSettings
from bot.store.responses.queries import count_older

SAY = phrases("en")
NAMED = 5
"""So many servers are named in a sentence."""

COLUMNS = {"server": "Server", "setting": "Setting", "value": "Value"}
MISSING_COLUMNS = {"post": "Essay", "title": "Title"}


@dataclass(frozen=True, slots=True)
class Server:
    """A server that the bot is in."""

    id: int
    name: str
    settings: ServerSettings

    def record(self) -> dict[str, str]:
        """Return it as JSON has it: ids as text, values as they can be typed."""
        return {"guild": str(self.id), "name": self.name, **self.settings.texts()}


@click.command()
@click.argument("changes", nargs=-1, metavar="[KEY=VALUE]...")
@click.option("--guild", "guild_id", type=int, metavar="ID", help="Only this server, by its id.")
@click.option(
    "--confirm-cut",
    "is_cut",
    is_flag=True,
    help="List the posts that are missing, and withdraw exactly these, in every server.",
)
@click.option(
    "--yes",
    is_flag=True,
    help="Do not ask before posts are withdrawn, or responses deleted.",
)
@database_option("The file that holds the settings.")
@format_options("table", "json")
def settings(
    changes: Sequence[str],
    guild_id: int | None,
    database: Path,
    how: str,
    *,
    is_cut: bool,
    yes: bool,
) -> None:
    """Show what is set for each server and its channel, or set it, as /setup does.

    KEY=VALUE sets something: pace=daily, quiet=22-7, tags_in=maps,memory, from=2026-01-01,
    retention=365, keeping=opt_in, author=ROLE, channel=CHANNEL. Ids are Discord's. The words off,
    none, never, any and all take a value away.

    It shows while the bot runs. To set or confirm something, stop the bot first.
    """
    if not database.is_file():
        raise AfterwordError(
            f"There is no database at {database}: run the bot once, so that it knows its servers."
        )
    if is_cut and (changes or guild_id is not None):
        raise AfterwordError("A cut is confirmed alone, and in every server: name nothing else.")
    if is_cut:
        _confirm(database, how, yes=yes)
        return
    wanted = read_pairs(changes, SAY)
    if wanted:
        with owned_database(database, "set it again") as db:
            server = _one(_servers(db, guild_id))
            after = _changed(db, server, wanted)
            _confirm_age(_older(db, server, after), yes=yes)
            now = datetime.now(UTC)
            changed = server_settings.save(db, server.settings, after, server.name, OF_THE_BOT, now)
        _tell(server, after, changed, how)
        return
    with closing(open_for_reading(database)) as db, refused_in_words(database):
        servers = _servers(db, guild_id)
    _show(servers, how)


def _servers(db: Database, guild_id: int | None) -> list[Server]:
    """Return the servers that the bot is in, or the one with an id.

    Raises:
        AfterwordError: There is none.
    """
    rows = db.execute("select id, name from guilds where left_at is null order by id").fetchall()
    if not rows:
        raise AfterwordError(
            "The bot is in no server yet: invite it, and run it once, so that it knows its servers."
        )
    found = [row for row in rows if guild_id in {None, row[0]}]
    if not found:
        raise AfterwordError(f"The bot is in no server with the id {guild_id}. {_named(rows)}")
    lang = _languages(db)[0]
    return [Server(one, name, _settings_of(db, one, lang)) for one, name in found]


def _settings_of(db: Database, guild_id: int, lang: str) -> ServerSettings:
    chosen = read_settings()
    lang = chosen.language or lang
    default = Channel(0, guild_id, is_forum=False, lang=lang, pace=chosen.pace, body=chosen.body)
    return server_settings.settings_of(db, default)


def _languages(db: Database) -> list[str]:
    """Return the languages of the essays that the bot knows, the one of the most first."""
    rows = db.execute(
        "select lang from posts where removed_at is null group by lang order by count(*) desc, lang"
    ).fetchall()
    return [row[0] for row in rows] or ["en"]


def _one(servers: Sequence[Server]) -> Server:
    if len(servers) > 1:
        rows = [(server.id, server.name) for server in servers]
        raise AfterwordError(f"Name the server with --guild ID. {_named(rows)}")
    return servers[0]


def _named(rows: Sequence[tuple[int, str]]) -> str:
    names = ", ".join(f"{one} ({name})" for one, name in rows[:NAMED])
    return f"There is {names}{', …' if len(rows) > NAMED else ''}."


def _changed(db: Database, server: Server, wanted: Mapping[str, str]) -> ServerSettings:
    """Return the settings with other values; nothing is saved.

    Raises:
        AfterwordError: A value does not fit this server.
    """
    before, is_forum = server.settings, None
    known = ", ".join(_languages(db))
    if "language" in wanted and wanted["language"] not in _languages(db):
        raise AfterwordError(SAY.no_essays_in.format(lang=wanted["language"], langs=known))
    if wanted.get("channel", "none") != "none":
        known_as = channels.get_channel(db, int(wanted["channel"]))
        if known_as is not None and known_as.guild_id != server.id:
            raise AfterwordError(
                f"The channel {known_as.id} is in another server, {known_as.guild_id}."
            )
        is_forum = known_as is not None and known_as.is_forum  # the bot corrects it when it starts
        is_chosen = before.channel.id or "language" in wanted or read_settings().language
        if not is_chosen and len(_languages(db)) > 1:
            raise AfterwordError(
                f"The blog has essays in several languages ({known}): say which of them the "
                "channel is for, as in language=CODE, in the same command."
            )
    after = before.changed(wanted, SAY, is_forum=is_forum)
    if after.channel.id == 0 and after.channel != before.channel:
        raise AfterwordError(SAY.setting_no_channel_yet)
    return after


def _confirm_age(older: int, *, yes: bool) -> None:
    """Ask before a period is set by which responses are deleted once the bot runs."""
    if not older:
        return
    are = "One response is older and" if older == 1 else f"{older} responses are older and"
    if yes:
        say_line(f"{are} will be deleted for good.", err=True)
    else:
        click.confirm(f"{are} will be deleted for good. Go on?", abort=True, err=True)


def _older(db: Database, server: Server, after: ServerSettings) -> int:
    """Return how many responses a new period deletes once the bot runs."""
    days = after.guild.retention_days
    if days in {None, server.settings.guild.retention_days}:
        return 0
    return count_older(db, after.guild.id, datetime.now(UTC) - timedelta(days=days))


def _tell(server: Server, after: ServerSettings, changed: Mapping[str, str], how: str) -> None:
    if how == "json":
        write_json([Server(server.id, server.name, after).record()])
        return
    before = server.settings.texts()
    for key, text in changed.items():
        say_line(f"{key}: {before[key]} → {text}")
    if not changed:
        say_line("Nothing is to be changed: it is set like that already.", err=True)


def _show(servers: Sequence[Server], how: str) -> None:
    if how == "json":
        write_json(server.record() for server in servers)
        return
    rows = [
        {"server": f"{server.name} ({server.id})", "setting": key, "value": text}
        for server in servers
        for key, text in server.settings.texts().items()
    ]
    write_table(rows, COLUMNS, whole=("setting",))


def _confirm(database: Path, how: str, *, yes: bool) -> None:
    """Show which posts are missing, and withdraw these and no others if that is confirmed.

    Raises:
        AfterwordError: A bot uses the database, or others are missing since they were shown.
    """
    with closing(open_for_reading(database)) as db, refused_in_words(database):
        cut = pending_cut(db)
    if cut is None:
        say_line("No post is missing that waits for somebody to confirm it.", err=True)
        return
    _show_cut(cut, how)
    if not yes:
        before = len(cut.posts) + cut.left
        question = f"{_posts(len(cut.posts))} withdrawn, of {before}. Go on?"
        click.confirm(question, abort=True, err=True)
    with owned_database(database, "confirm it again") as db:
        confirmed = confirm_cut(db, datetime.now(UTC), cut=cut.digest)
    if confirmed is None:
        raise AfterwordError(
            "Other posts are missing now than were listed, so nothing was done. Look again."
        )
    say_line(
        f"{_posts(len(cut.posts))} withdrawn. Threads of theirs say so, and are locked, when the "
        "bot runs next; what was said stays. A file that comes back brings its thread back.",
        err=True,
    )


def _posts(count: int) -> str:
    return "One post is" if count == 1 else f"{count} posts are"


def _show_cut(cut: Cut, how: str) -> None:
    records = [{"post": post.name, "title": post.title} for post in cut.posts]
    if how == "json":
        write_json(records)
    else:
        write_table(records, MISSING_COLUMNS, whole=("post",))
