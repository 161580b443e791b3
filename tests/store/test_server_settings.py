"""Settings that are saved whole, with who changed what; drafts of them."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.core.errors import AfterwordError
from bot.core.phrases import phrases
from bot.store.audit import entries
from bot.store.ledger import channels, server_settings, setup_drafts
from bot.store.ledger.channels import Channel
from bot.store.ledger.server_settings import ServerSettings

SAY = phrases("en")
CHANGES = {
    "language": "tr",
    "pace": "weekly",
    "quiet": "22-7",
    "tags_in": "maps",
    "tags_out": "private",
    "from": "2026-01-01",
    "body": "card",
    "sealed": "7",
    "forum_tags": "maps:5",
    "default_tag": "6",
    "keeping": "opt_in",
    "approval": "on",
    "requests": "on",
    "retention": "365",
    "author": "7",
    "notices": "8",
    "log": "9",
    "digest": "weekly",
    "digest_channel": "10",
    "dreams": "off",
}


def default(world: Any, **values: Any) -> Channel:
    kept = Channel(0, world.guild, is_forum=False, lang="en", pace="each", body="auto")
    return replace(kept, **values)


def change(world: Any, changes: dict[str, str]) -> dict[str, str]:
    before = server_settings.settings_of(world.db, default(world))
    after = before.changed(changes, SAY)
    return server_settings.save(world.db, before, after, "Readers", 77, world.now)


def test_all_that_is_saved_is_read_back_and_written_down(world: Any) -> None:
    assert change(world, CHANGES) == CHANGES
    found = server_settings.settings_of(world.db, default(world))
    assert found.texts() == {"channel": str(world.channel), **CHANGES}
    assert found.channel.quiet == (22, 7)
    assert found.channel.from_date == date(2026, 1, 1)
    acts = entries(world.db, world.guild, 100)
    assert {(one.actor_id, one.act) for one in acts} == {(77, "set up")}
    assert [one.detail for one in reversed(acts)] == [
        f"{key}: {text}" for key, text in found.texts().items() if key in CHANGES
    ]
    assert change(world, CHANGES) == {}
    assert len(entries(world.db, world.guild, 100)) == len(CHANGES)


def test_another_channel_takes_over_all_but_the_map_of_tags(world: Any) -> None:
    change(world, CHANGES)
    assert change(world, {"channel": "21"}) == {
        "channel": "21",
        "forum_tags": "none",
        "default_tag": "none",
    }
    [used] = channels.channels(world.db, world.guild)
    assert (used.id, used.pace, used.quiet, used.tags_in) == (21, "weekly", (22, 7), ("maps",))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"tags_in": "a,b", "tags_out": "B"}, "`b` cannot be both in and out."),
        ({"author": "10"}, "Everybody has the role @everyone"),
        ({"channel": "none"}, "No channel is chosen yet"),
    ],
)
def test_what_does_not_go_together_is_refused(
    world: Any, changes: dict[str, str], sentence: str
) -> None:
    with pytest.raises(AfterwordError, match=sentence):
        change(world, changes)


def test_a_server_without_a_channel_keeps_what_is_the_server_s(world: Any) -> None:
    new = default(world, guild_id=99)
    before = server_settings.settings_of(world.db, new)
    after = before.changed({"keeping": "opt_in"}, SAY)
    server_settings.save(world.db, before, after, "New", 77, world.now)
    assert server_settings.settings_of(world.db, new) == ServerSettings(
        replace(channels.get_guild(world.db, 99), keeping="opt_in"), new
    )


def test_a_draft_is_one_server_s_and_over_after_a_day(world: Any) -> None:
    first = setup_drafts.open_draft(world.db, world.guild, world.now)
    setup_drafts.change_draft(world.db, first, {"pace": "daily", "body": "card"}, world.now)
    setup_drafts.change_draft(world.db, first, {"pace": None, "log": "5"}, world.now)
    assert setup_drafts.get_draft(world.db, first, world.guild) == {"body": "card", "log": "5"}
    assert setup_drafts.get_draft(world.db, first, 99) is None
    later = world.now + setup_drafts.KEPT + timedelta(seconds=1)
    second = setup_drafts.open_draft(world.db, world.guild, later)
    assert setup_drafts.get_draft(world.db, first, world.guild) is None
    setup_drafts.change_draft(world.db, first, {"pace": "daily"}, later)
    setup_drafts.clear_draft(world.db, second, later)
    assert setup_drafts.get_draft(world.db, second, world.guild) == {}
