"""Datasette on the live file: what an author finds, and what the bot is not kept from."""

import asyncio
from html import unescape
from typing import Any

import pytest
from datasette.app import Datasette

from bot.core.errors import AfterwordError
from bot.desk.datasette.application import desk, loopback_only
from bot.desk.datasette.columns import described_views
from bot.desk.datasette.metadata import STYLE
from bot.store.desk.canned import QUERIES
from bot.store.file.scrubbing import cut_log
from bot.store.responses.answers import forget_reader
from tests.desk.datasette.conftest import ZENOBIA, Said
from tests.store.conftest import NOW, written


async def rows(application: Datasette, address: str, **parameters: str) -> list[dict[str, Any]]:
    asked = {"_shape": "array", **parameters}
    answer = await application.client.get(f"/afterword/{address}.json", params=asked)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()
    return found


async def test_the_queries_answer_what_they_are_called(held_back: Datasette) -> None:
    answers = {name: await rows(held_back, name) for name in QUERIES}
    (unanswered,) = [one for one in answers["unanswered_questions"] if one["post"] == "dreams"]
    assert (unanswered["question"], unanswered["position"], unanswered["questions"]) == (
        "What would you give up?",
        2,
        2,
    )
    assert {one["text"] for one in answers["newest_responses"]} == {
        "An owl in the attic",
        "Quote me by name",
        "Quote me without",
    }
    assert answers["one_discussion"] == answers["search_words"] == []
    assert {one["name"] for one in answers["agreed_to_be_quoted"]} == {None, "Named Nora"}
    assert len(answers["what_moderators_did"]) == 4
    for slug in ("dreams", "en:dreams"):
        assert len(await rows(held_back, "one_discussion", slug=slug)) == 3
    (found,) = await rows(held_back, "search_words", words="OWL attíc")
    assert found["text"] == "An owl in the attic"


@pytest.mark.parametrize(
    "words", ['"', "", " ", "NEAR(", "a* OR b", "text:owl", "-", "'; --", "\x00", "🦉", "(", "*"]
)
async def test_any_words_can_be_searched(held_back: Datasette, words: str) -> None:
    assert await rows(held_back, "search_words", words=words) == []
    typed = await rows(held_back, "all_responses", _search=words)
    assert len(typed) in {0, 3}


async def test_a_view_is_searched_filtered_and_explained(held_back: Datasette) -> None:
    page = await held_back.client.get("/afterword/all_responses?_search=owl")
    assert 'id="_search"' in page.text
    assert 'value="owl"' in page.text
    assert "An owl in the attic" in page.text
    assert "Quote me" not in page.text
    everything = await held_back.client.get("/afterword/all_responses.json?_size=1")
    facets = everything.json()["facet_results"]
    assert set(facets) == {"lang", "post", "source", "highlighted", "may_quote"}
    described = described_views()["all_responses"].columns["shown"]
    assert described.partition(";")[0] in page.text
    assert "Held back: start afterword desk with --identities" in page.text
    home = await held_back.client.get("/afterword")
    assert all(query.title in unescape(home.text) for query in QUERIES.values())
    assert "attached" not in home.text
    definition = await held_back.client.get("/afterword/all_responses")
    assert "left join prompts on" in definition.text


async def test_its_style_is_served(held_back: Datasette) -> None:
    page = await held_back.client.get("/afterword/all_responses")
    assert f'href="{STYLE}"' in page.text
    style = await held_back.client.get(STYLE)
    assert (style.status_code, style.headers["content-type"]) == (200, "text/css")


async def test_what_is_written_and_deleted_shows_at_once(held_back: Datasette, said: Said) -> None:
    assert len(await rows(held_back, "all_responses")) == 3
    with said.db.atomic():
        said.world.collect(written(881_000_000_000_000_500, "Just now"))
    assert "Just now" in {one["text"] for one in await rows(held_back, "all_responses")}
    with said.db.atomic():
        forget_reader(said.db, ZENOBIA, None, NOW)
    left = await rows(held_back, "all_responses")
    assert "An owl in the attic" not in {one["text"] for one in left}
    assert await rows(held_back, "search_words", words="owl") == []


@pytest.mark.parametrize("identities", [False, True])
async def test_nothing_keeps_deleted_words_in_the_log(said: Said, identities: bool) -> None:  # noqa: FBT001
    application = desk(said.path, identities=identities)
    application.max_returned_rows = 1
    await application.invoke_startup()
    endless = "with recursive n(i) as (select 1 union all select i + 1 from n) select max(i) from n"
    asked = [
        ("/afterword.json", {"sql": "select * from all_responses"}),
        ("/afterword.json", {"sql": "select * from all_responses where json(text)"}),
        ("/afterword.json", {"sql": endless, "_timelimit": "20"}),
        ("/afterword/all_responses", {"_search": "owl"}),
        ("/afterword/all_responses.csv", {"_stream": "on"}),
    ]
    for address, parameters in asked:
        await application.client.get(address, params=parameters)
        with said.db.atomic():
            said.db.execute("update responses set text = text || '.'")
        assert cut_log(said.db), address
    application.executor.shutdown()
    application.get_database("afterword").close()
    application.get_database("_internal").close()


async def test_a_schema_that_changes_meanwhile_is_not_read(
    held_back: Datasette, said: Said
) -> None:
    await rows(held_back, "all_responses")
    said.db.execute("create table more (name text)")
    answer = await held_back.client.get("/afterword.json?sql=select+name+from+more")
    assert answer.status_code != 200
    assert "start it again" in answer.text


async def test_nobody_writes_through_it(held_back: Datasette) -> None:
    with pytest.raises(AfterwordError, match="only reads"):
        held_back.get_database("afterword").connect(write=True)


async def test_a_fault_in_a_query_is_told_in_the_page_alone(
    held_back: Datasette, capfd: pytest.CaptureFixture[str]
) -> None:
    await held_back.client.get("/afterword.csv?sql=select+Zenobia")
    for form in ("", ".json"):
        answer = await held_back.client.get(f"/afterword{form}?sql=select+Zenobia")
        assert "no such column: Zenobia" in answer.text
    assert "Zenobia" not in "".join(capfd.readouterr())


async def test_only_requests_to_this_machine_are_answered(held_back: Datasette) -> None:
    application = loopback_only(held_back.app(), 8001)

    async def status(*hosts: bytes) -> tuple[int, dict[bytes, bytes]]:
        sent: list[Any] = []

        async def send(message: Any) -> None:
            sent.append(message)
            await asyncio.sleep(0)

        async def receive() -> Any:
            return {"type": "http.request", "body": b""}

        scope = {
            "type": "http",
            "method": "GET",
            "path": "/",
            "raw_path": b"/",
            "query_string": b"",
            "headers": [(b"host", host) for host in hosts],
        }
        await application(scope, receive, send)
        return sent[0]["status"], dict(sent[0]["headers"])

    for host in (b"127.0.0.1:8001", b"localhost:8001"):
        code, headers = await status(host)
        assert code == 200
        assert headers[b"cache-control"] == b"no-store"
    for host in (b"evil.example:8001", b"evil.example", b"127.0.0.1:80", b"127.0.0.1.evil:8001"):
        assert (await status(host))[0] == 403
    assert (await status())[0] == 403
    assert (await status(b"127.0.0.1:8001", b"evil.example"))[0] == 403
