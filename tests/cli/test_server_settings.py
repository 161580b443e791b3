"""`afterword settings`: shown, set, refused."""

import subprocess
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from bot.store.file.owner import Ownership
from bot.store.ledger import channels
from tests.cli.conftest import AFTERWORD, GUILD, NOW, Ran, Type

OTHER = GUILD + 5
EVERYTHING = [
    "pace=daily",
    "quiet=22-7",
    "tags_in=Maps, memory",
    "tags_out=private",
    "from=2026-01-01",
    "body=card",
    "sealed=7",
    "forum_tags=maps:5",
    "default_tag=6",
    "keeping=opt_in",
    "approval=on",
    "requests=on",
    "retention=365",
    "author=7",
    "notices=8",
    "log=9",
    "digest=weekly",
    "digest_channel=10",
]


@pytest.fixture
def typed(type_in: Type, database: Path) -> Type:
    """Type the command about the database with a channel."""

    def run(*arguments: str | Path) -> Ran:
        return type_in("settings", "--database", database, *arguments)

    return run


def rows(database: Path, query: str) -> list[tuple[Any, ...]]:
    db = Database(database)
    found = db.execute(query).fetchall()
    db.close()
    return found


def another_server(database: Path) -> None:
    db = Database(database)
    with db.atomic():
        channels.join_guild(db, OTHER, "Writers", NOW)
    db.close()


def test_every_setting_is_shown_with_its_value(typed: Type) -> None:
    [record] = typed("--json").lines
    assert record["guild"] == str(GUILD)
    assert (record["name"], record["channel"], record["language"]) == ("Readers", "20", "en")
    assert (record["pace"], record["quiet"], record["retention"]) == ("each", "off", "never")
    table = typed().out
    for key in record.keys() - {"guild", "name"}:
        assert key in table
    assert f"Readers ({GUILD})" in table


def test_everything_that_is_shown_can_be_set_and_set_again(typed: Type, database: Path) -> None:
    ran = typed(*EVERYTHING)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.splitlines()[:3] == [
        "pace: each → daily", "quiet: off → 22-7", "tags_in: all → maps,memory"
    ]  # fmt: skip
    assert len(ran.out.splitlines()) == len(EVERYTHING)
    [record] = typed("--json").lines
    pairs = [f"{key}={text}" for key, text in record.items() if key not in {"guild", "name"}]
    again = typed(*pairs)
    assert (again.status, again.out) == (0, "")
    assert again.err == "Nothing is to be changed: it is set like that already.\n"
    assert typed("--json").lines == [record]
    assert rows(database, "select quiet_from, quiet_until, tags_in, from_date from channels") == [
        (22, 7, '["maps","memory"]', "2026-01-01")
    ]


def test_each_change_is_written_down_as_the_operator_s(typed: Type, database: Path) -> None:
    typed("pace=daily", "retention=30", "--yes")
    assert rows(database, "select guild_id, actor_id, act, detail from audit order by id") == [
        (GUILD, 0, "set up", "pace: daily"),
        (GUILD, 0, "set up", "retention: 30"),
    ]


def test_a_period_is_set_only_once_it_is_confirmed(typed: Type, database: Path) -> None:
    command = [
        str(AFTERWORD),
        "settings",
        "--database",
        str(database),
        "pace=daily",
        "retention=30",
    ]
    for said, days in ((b"n\n", None), (b"y\n", 30)):
        asked = subprocess.run(  # noqa: S603  # ours
            command, input=said, capture_output=True, check=False
        )
        assert b"3 responses are older and will be deleted for good. Go on?" in asked.stderr
        assert asked.returncode == (1 if days is None else 0)
        assert rows(database, "select retention_days from guilds") == [(days,)]
    assert rows(database, "select count(*) from audit") == [(2,)]
    again = typed("retention=30", "pace=each")
    assert (again.status, again.err) == (0, "")


def test_a_channel_of_a_blog_with_several_languages_is_set_with_one(
    typed: Type, database: Path
) -> None:
    another_server(database)
    chosen = "channel=30", "--guild", str(OTHER)
    db = Database(database)
    with db.atomic():
        db.execute("update posts set lang = 'tr' where slug = 'snow'")
    db.close()
    ran = typed(*chosen)
    assert (ran.status, ran.out) == (2, "")
    assert "The blog has essays in several languages (en, tr): say which" in ran.err
    assert rows(database, "select id from channels") == [(20,)]
    assert typed(*chosen, "language=tr").status == 0
    assert rows(database, "select id, lang from channels order by id") == [(20, "en"), (30, "tr")]
    assert typed("channel=31", "--guild", str(OTHER)).status == 0


def test_words_for_none_take_values_away(typed: Type) -> None:
    typed(*EVERYTHING)
    gone = (
        "quiet=off",
        "tags_in=all",
        "tags_out=none",
        "from=any",
        "sealed=off",
        "retention=never",
    )
    typed(*gone, "forum_tags=none", "default_tag=none", "author=none", "log=none")
    [record] = typed("--json").lines
    assert [record[key] for key in ("quiet", "tags_in", "from", "author", "log", "forum_tags")] == [
        "off", "all", "any", "none", "none", "none"
    ]  # fmt: skip


def test_a_channel_is_chosen_by_its_id_and_takes_over_what_was_set(
    typed: Type, database: Path
) -> None:
    typed("pace=weekly", "forum_tags=maps:5")
    typed("channel=21")
    assert rows(database, "select id, pace, forum_tags from channels where closed_at is null") == [
        (21, "weekly", "{}")
    ]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ("pase=daily", "There is no setting “pase”. There is `pace`."),
        ("pace=dayly", "`pace` is one of `each`, `daily`, `weekly`, not “dayly”."),
        ("language=fr", "The blog has no essays in `fr`; it has en."),
        (f"author={GUILD}", "Everybody has the role @everyone"),
        ("tags_in=x\x1b[31m,private", "`private` cannot be both in and out."),
    ],
)
def test_what_cannot_be_set_is_a_sentence_and_changes_nothing(
    typed: Type, database: Path, change: str, sentence: str
) -> None:
    ran = (
        typed("tags_out=private", "pace=weekly", change) if "pace" not in change else typed(change)
    )
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(f"afterword: {sentence}")
    assert "\x1b" not in ran.err
    assert rows(database, "select pace from channels") == [("each",)]
    assert rows(database, "select * from audit") == []


def test_of_several_servers_one_is_named_to_be_set(typed: Type, database: Path) -> None:
    another_server(database)
    assert [one["name"] for one in typed("--json").lines] == ["Readers", "Writers"]
    refused = typed("approval=on")
    assert refused.status == 2
    assert f"Name the server with --guild ID. There is {GUILD} (Readers), " in refused.err
    done = typed("approval=on", "--guild", str(OTHER), "--json")
    assert [(one["name"], one["approval"]) for one in done.lines] == [("Writers", "on")]
    unknown = typed("--guild", "4")
    assert "The bot is in no server with the id 4." in unknown.err
    none = typed("pace=daily", "--guild", str(OTHER))
    assert "No channel is chosen yet" in none.err
    elsewhere = typed("channel=20", "--guild", str(OTHER))
    assert f"The channel 20 is in another server, {GUILD}." in elsewhere.err
    assert (none.status, elsewhere.status) == (2, 2)


def test_without_a_database_or_a_server_it_says_what_to_do(type_in: Type, tmp_path: Path) -> None:
    ran = type_in("settings", "--database", tmp_path / "none.db", "pace=daily")
    assert ran.status == 2
    assert "run the bot once" in ran.err
    assert not (tmp_path / "none.db").exists()


def test_a_running_bot_is_read_and_not_disturbed(database: Path) -> None:
    ownership = Ownership(database)
    ownership.take()
    try:
        shown, refused = (
            subprocess.run(  # noqa: S603  # ours; another process
                [AFTERWORD, "settings", "--json", "--database", database, *more],
                capture_output=True, check=False,
            )
            for more in ([], ["pace=daily"])
        )  # fmt: skip
    finally:
        ownership.release()
    assert shown.returncode == 0
    assert refused.returncode == 2
    assert b"is in use by another Afterword (process " in refused.stderr
    assert b"Stop that one, and set it again." in refused.stderr
    assert rows(database, "select pace from channels") == [("each",)]
