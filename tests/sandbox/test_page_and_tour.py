"""What the page is served, and what a tour shows on it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import aiohttp
import pytest

from bot.sandbox import ControlError, Sandbox
from bot.sandbox.page.serving import STATIC
from bot.sandbox.page.tour import Caption

if TYPE_CHECKING:
    from tests.sandbox.probe_bot import Place


async def test_the_root_is_the_page_and_its_policy_lets_nothing_else_run(
    sandbox: Sandbox, session: aiohttp.ClientSession
) -> None:
    async with session.get(sandbox.url) as reply:
        policy = reply.headers["Content-Security-Policy"]
        assert reply.content_type == "text/html"
        assert "unsafe" not in policy
        assert "default-src 'none'" in policy
        assert "script-src 'self'" in policy
        assert "require-trusted-types-for 'script'" in policy
        assert reply.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("name", sorted(path.name for path in STATIC.iterdir()))
async def test_every_file_of_the_page_is_served_with_its_type(
    sandbox: Sandbox, name: str, session: aiohttp.ClientSession
) -> None:
    if name == "index.html":
        return
    kinds = {"js": "text/javascript", "css": "text/css", "svg": "image/svg+xml"}
    async with session.get(f"{sandbox.url}/page/{name}") as reply:
        assert reply.status == 200
        assert reply.content_type == kinds[name.rsplit(".", 1)[1]]


@pytest.mark.parametrize("name", ["absent.js", "..%2f__init__.py", "serving.py", "index.html"])
async def test_nothing_but_the_page_s_files_is_served(
    sandbox: Sandbox, name: str, session: aiohttp.ClientSession
) -> None:
    async with session.get(f"{sandbox.url}/page/{name}") as reply:
        assert reply.status == 404


async def test_the_files_hold_no_inline_script_style_or_markup_from_strings() -> None:
    for path in STATIC.iterdir():
        text = path.read_text(encoding="utf-8")
        for sink in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
            assert sink not in text, path.name
    page = (STATIC / "index.html").read_text(encoding="utf-8")
    assert "style=" not in page
    assert page.count("<script") == page.count('<script type="module" src="/page/')


async def test_an_attachment_is_saved_and_never_shown_as_a_page(
    sandbox: Sandbox, session: aiohttp.ClientSession
) -> None:
    sandbox.state.files[7] = ("text/html", b"<script>alert(1)</script>")
    async with session.get(f"{sandbox.url}/attachments/7/a.html") as reply:
        assert "sandbox" in reply.headers["Content-Security-Policy"]
        assert reply.headers["Content-Disposition"] == "attachment"


async def test_a_caption_reaches_pages_that_are_open_and_pages_that_open_later(
    sandbox: Sandbox, place: Place, session: aiohttp.ClientSession
) -> None:
    async with session.ws_connect(f"{sandbox.url}/control/events?as={place.ada.id}") as socket:
        assert (await socket.receive_json())["type"] == "HELLO"
        sandbox.tour.tell(Caption("Ada reads.", step=1, steps=2, person=str(place.ada.id)))
        change = await socket.receive_json()
    assert change["type"] == "CAPTION"
    assert change["data"]["caption"]["text"] == "Ada reads."
    later = await sandbox.get("tour")
    assert later["touring"]
    assert later["caption"]["person"] == str(place.ada.id)
    assert not later["stored"]


async def test_a_viewer_ends_the_tour(sandbox: Sandbox) -> None:
    await sandbox.post("stop_tour")
    assert not sandbox.tour.is_stopped  # there is none to end
    sandbox.tour.tell(Caption("It begins."))
    await sandbox.post("stop_tour")
    assert sandbox.tour.is_stopped
    assert not (await sandbox.get("tour"))["touring"]


async def test_time_to_read_passes_only_while_somebody_watches(
    sandbox: Sandbox, place: Place, session: aiohttp.ClientSession
) -> None:
    loop = asyncio.get_running_loop()
    await asyncio.wait_for(sandbox.tour.pause(60), 30)
    assert not await sandbox.tour.until_watched(0.01)
    async with session.ws_connect(f"{sandbox.url}/control/events?as={place.ada.id}"):
        assert await sandbox.tour.until_watched(5)
        began = loop.time()
        await sandbox.tour.pause(0.05)
        assert loop.time() - began >= 0.04
        sandbox.tour.tell(Caption("It begins."))
        reading = asyncio.create_task(sandbox.tour.pause(60))
        await sandbox.post("stop_tour")
        await asyncio.wait_for(reading, 30)


async def test_what_is_stored_is_read_anew_each_time(sandbox: Sandbox) -> None:
    assert await sandbox.get("stored") == {}
    rows = [{"text": "first"}]
    sandbox.tour.offer_stored(lambda: {"responses": rows})
    assert (await sandbox.get("tour"))["stored"]
    assert await sandbox.get("stored") == {"responses": [{"text": "first"}]}
    rows.append({"text": "second"})
    assert len((await sandbox.get("stored"))["responses"]) == 2


async def test_a_report_is_written_anew_each_time_and_nothing_runs_in_it(
    sandbox: Sandbox, session: aiohttp.ClientSession
) -> None:
    async with session.get(f"{sandbox.url}/report") as reply:
        assert reply.status == 404
    assert not (await sandbox.get("tour"))["report"]
    pages = [b"<h1>first</h1>", b"<h1>second</h1>", None]
    sandbox.tour.offer_report(lambda: pages.pop(0))
    assert (await sandbox.get("tour"))["report"]
    for wanted in (b"<h1>first</h1>", b"<h1>second</h1>"):
        async with session.get(f"{sandbox.url}/report") as reply:
            assert (reply.status, reply.content_type) == (200, "text/html")
            assert await reply.read() == wanted
            assert "default-src 'none'" in reply.headers["Content-Security-Policy"]
            assert "script-src" not in reply.headers["Content-Security-Policy"]
            assert reply.headers["Cache-Control"] == "no-store"
    async with session.get(f"{sandbox.url}/report") as reply:
        assert reply.status == 404


async def test_history_is_paged_in_both_directions(sandbox: Sandbox, place: Place) -> None:
    said = [await place.ada.say(place.channel, str(number)) for number in range(9)]

    async def texts(**fields: object) -> list[str]:
        page = await sandbox.get(
            "messages",
            channel=str(place.channel.id),
            limit=3,
            **{"as": str(place.ada.id)},
            **fields,
        )
        return [each["content"] for each in page]

    assert await texts() == ["6", "7", "8"]
    assert await texts(before=said[6].id) == ["3", "4", "5"]
    assert await texts(after=0) == ["0", "1", "2"]
    assert await texts(after=said[2].id) == ["3", "4", "5"]
    assert await texts(after=said[8].id) == []
    assert await texts(around=said[4].id) == ["3", "4", "5"]


async def test_a_forum_s_list_has_the_starter_of_each_post(sandbox: Sandbox, place: Place) -> None:
    await place.ada.start_post(place.forum, "One", "the first lines")
    fields = {"channel": str(place.forum.id), "as": str(place.ada.id)}
    assert [each["content"] for each in await sandbox.get("starters", **fields)] == [
        "the first lines"
    ]
    said = await place.ada.say(place.channel, "in a text channel")
    await place.ada.start_thread(place.channel, "Two", on=said)
    fields["channel"] = str(place.channel.id)
    assert [each["id"] for each in await sandbox.get("starters", **fields)] == [str(said.id)]
    await sandbox.allow(place.channel, place.guild, deny=1 << 16)
    assert await sandbox.get("starters", **fields) == []
    await sandbox.allow(place.channel, place.guild, deny=1 << 10)
    with pytest.raises(ControlError) as caught:
        await sandbox.get("starters", **fields)
    assert caught.value.code == 50001
