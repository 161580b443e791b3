"""What readers chose holds for every way in: nothing is kept that its writer refused."""

import hashlib
import sqlite3
from datetime import timedelta

import pytest

from bot.core.consent import VERSION, Wording
from bot.store import recovery
from bot.store.desk.site import site_posts
from bot.store.ledger.channels import join_guild
from bot.store.recovery import Found, FoundAnswer
from bot.store.responses import (
    answers,
    choices,
    collected,
    keeping,
    quote_requests,
    refusals,
)
from bot.store.responses.answer_forms import get_form
from bot.store.responses.collected import collect
from bot.store.responses.queries import listing
from bot.store.responses.refusals import KEY, RefusedError
from tests.store.conftest import GUILD, NOW, World

READ = Wording("May it be kept? Yes")
ADA, BORA = 500, 501
MINUTE = timedelta(minutes=1)


def refuse(world: World, reader: int = ADA, guild: int = GUILD) -> choices.Refused:
    return choices.refuse(world.db, guild, reader, Wording("No"), NOW)


def kept(world: World) -> list[str]:
    return [row[0] for row in world.db.execute("select text from responses order by source_id")]


def opt(world: World, mode: str = "opt_in") -> None:
    world.db.execute("update guilds set keeping = ?", [mode])


def test_a_refusal_deletes_what_was_kept_and_keeps_nothing_that_comes(world: World) -> None:
    world.answer(9000, "an answer", may_quote=True)
    world.collect(world.message(3000, "before"), world.message(3001, "bora's", reader=BORA))
    choices.choose_quote(world.db, GUILD, ADA, "by_name", READ, NOW)
    publication = world.first.publication
    assert refuse(world) == (2, [publication, publication])
    world.collect(
        world.message(3000, "edited", edited=1),
        world.message(3002, "after"),
        world.message(3003, "bora again", reader=BORA),
    )
    assert kept(world) == ["bora's", "bora again"]
    for table in ("consents", "choices", "nicknames"):
        assert world.db.table(table).count == 0
    assert [row["id"] for row in world.db.table("readers").rows] == [BORA]
    assert refuse(world) == (0, [])  # once more changes nothing
    assert world.db.table("refusals").count == 1


def test_a_message_that_comes_twice_at_once_has_one_consent(world: World) -> None:
    choices.choose_quote(world.db, GUILD, ADA, "by_name", READ, NOW)
    later = world.message(3000, "by an event")._replace(created_at=NOW + MINUTE)
    world.collect(later, later)
    assert world.db.table("consents").count == 1


def test_high_water_marks_move_past_what_is_not_kept(world: World) -> None:
    refuse(world)
    collect(world.db, [world.message(3000, "after")], {world.first.thread: 3000}, NOW)
    assert kept(world) == []
    marks = world.db.execute("select seen_id from threads where id = ?", [world.first.thread])
    assert marks.fetchone() == (3000,)


def test_nothing_in_the_file_names_who_refused(world: World) -> None:
    other = 77
    join_guild(world.db, other, "Elsewhere", NOW)
    refuse(world)
    refuse(world, guild=other)
    rows = list(world.db.table("refusals").rows)
    assert len({row["digest"] for row in rows}) == 2
    keys = world.db.execute("select value from notes where key like ?", [f"{KEY}%"]).fetchall()
    [(key,)] = keys
    expected = hashlib.blake2b(b"10:500", key=bytes.fromhex(key), digest_size=32).hexdigest()
    assert expected in {row["digest"] for row in rows}
    assert {row["refused_at"] for row in rows} == {"2026-03-01T00:00:00.000+00:00"}
    assert "500" not in str([(row["wording"], row["version"]) for row in rows])


def test_neither_a_form_nor_a_request_keeps_what_a_refuser_writes(world: World) -> None:
    refuse(world)
    with pytest.raises(RefusedError):
        world.answer(9000, "an answer")
    with pytest.raises(RefusedError):
        collected.keep_message(world.db, world.message(3000, "keep me"))
    assert kept(world) == []
    assert world.db.table("readers").count == 0
    form = get_form(world.db, world.first.prompts[0], ADA)
    assert form is not None
    assert form.is_refused


def test_an_answer_of_a_refuser_is_not_recovered_from_its_message(world: World) -> None:
    refuse(world)
    publication, prompt = world.first.publication, world.first.prompts[0]
    world.db.execute("update threads set deleted_at = 'x', deleted_because = 'concluded'")
    mention = f"to <@{ADA}>"
    shown = [
        FoundAnswer(1, prompt, 9001, ADA, "Ada", "shown", NOW),
        FoundAnswer(2, prompt, 9002, BORA, "Bora", mention, NOW),
    ]
    found = Found(publication, world.first.thread, world.first.thread, NOW, answers=shown)
    assert recovery.reopen(world.db, world.first.thread, GUILD, found, NOW)
    assert kept(world) == ["to @someone"]


def test_a_yes_holds_from_its_time_on_and_for_that_guild_alone(world: World) -> None:
    refuse(world)
    choices.agree(world.db, GUILD, ADA, READ, NOW)
    early = world.message(3000, "during")._replace(created_at=NOW - MINUTE)
    world.collect(early, world.message(3001, "since"))
    assert kept(world) == ["since"]
    found = choices.choices_of(world.db, GUILD, ADA)
    assert found.refusal is None
    assert found.keep is not None
    assert (found.keep.at, found.keep.wording) == (NOW, READ)
    answers.forget_reader(world.db, ADA, GUILD, NOW)  # takes the yes away, and not the boundary
    assert world.db.table("choices").count == 0
    world.collect(early, world.message(3002, "later"))
    assert kept(world) == ["later"]


@pytest.mark.parametrize(
    ("mode", "chooses_at", "written_at", "is_kept"),
    [
        ("opt_out", None, 0, True),
        ("opt_out", 5, 0, True),  # a yes takes nothing away
        ("opt_in", None, 0, False),
        ("opt_in", 5, 0, False),
        ("opt_in", 5, 5, True),
        ("opt_in", 5, 9, True),
    ],
)
def test_each_mode_keeps_what_it_says(
    world: World, mode: str, chooses_at: int | None, written_at: int, *, is_kept: bool
) -> None:
    if mode != "opt_out":
        opt(world, mode)
    if chooses_at is not None:
        choices.agree(world.db, GUILD, ADA, READ, NOW + chooses_at * MINUTE)
        choices.agree(world.db, GUILD, ADA, READ, NOW + 30 * MINUTE)  # again: the first counts
    world.collect(world.message(3000)._replace(created_at=NOW + written_at * MINUTE))
    assert kept(world) == (["hello"] if is_kept else [])


def test_what_was_kept_before_may_still_be_edited_when_the_mode_changes(world: World) -> None:
    world.collect(world.message(3000, "kept"))
    opt(world)
    world.collect(world.message(3000, "edited", edited=1), world.message(3001, "new"))
    assert kept(world) == ["edited"]


def test_nothing_of_a_time_of_opt_in_is_taken_when_that_is_over(world: World) -> None:
    opt(world)
    opt(world, "opt_out")
    (since,) = world.db.execute("select keeping_since from guilds").fetchone()
    old = world.message(3000, "then")
    new = world.message(3001, "now")._replace(created_at=NOW.replace(year=2999))
    world.collect(old, new)
    assert since.endswith("+00:00")
    assert kept(world) == ["now"]


def test_a_change_of_the_mode_has_the_notices_of_threads_changed(world: World) -> None:
    world.settle()
    assert world.unfinished() == []
    opt(world)
    assert set(world.unfinished()) == {world.first.publication, world.second.publication}


def test_mentions_of_a_refuser_leave_the_words_of_others(world: World) -> None:
    text = f"<@{ADA}> and <@!{ADA}>, not <@{ADA}0> nor <@{BORA}>"
    clean = f"@someone and @someone, not <@{ADA}0> nor <@{BORA}>"
    world.collect(world.message(3000, text, reader=BORA))
    answer = world.answer(9000, f"to <@{ADA}>", reader=BORA)
    world.db.execute("delete from pending_answers")
    assert refuse(world) == (0, [world.first.publication])
    assert kept(world) == [clean, "to @someone"]
    pending = world.db.execute("select response_id from pending_answers").fetchall()
    assert pending == [(answer,)]  # what is shown is brought up to date
    world.collect(world.message(3000, f"{text}!", reader=BORA, edited=1))
    assert kept(world)[0] == f"{clean}!"
    world.answer(9001, f"again <@{ADA}>", reader=BORA)
    assert kept(world)[1] == "again @someone"
    found = world.db.execute("select rowid from responses_fts where responses_fts match 'someone'")
    assert len(found.fetchall()) == 2


def test_a_default_becomes_the_consent_of_what_is_written_since(world: World) -> None:
    choices.choose_quote(world.db, GUILD, ADA, "by_name", READ, NOW + MINUTE)
    choices.choose_quote(world.db, GUILD, BORA, "no", READ, NOW)
    at = NOW + 2 * MINUTE
    world.collect(
        world.message(3000, "before"),
        world.message(3001, "since")._replace(created_at=at),
        world.message(3002, "bora's", reader=BORA)._replace(created_at=at),
    )
    query = "select text, granted, named, wording, version, given_at from consents join responses"
    rows = world.db.execute(f"{query} on responses.id = response_id").fetchall()
    given = "2026-03-01T12:01:00.000+00:00"
    assert rows == [("since", 1, 1, READ.text, VERSION, given)]
    assert choices.withdraw_quotes(world.db, GUILD, ADA, READ, at) == 1
    world.collect(world.message(3001, "edited", edited=5)._replace(created_at=at))
    assert world.db.execute("select 1 from quotable_responses").fetchall() == []
    assert choices.withdraw_quotes(world.db, GUILD, ADA, READ, at) == 0


def test_a_message_whose_writer_agreed_is_quoted_on_the_blog(world: World) -> None:
    world.collect(world.message(3000, "by name"), world.message(3001, "nothing said"))
    ask(world, 3000)
    [request] = quote_requests.unfinished(world.db)
    read = ("Asked?", "Yes, by name")
    quote_requests.answer(world.db, request.response_id, GUILD, ADA, 4000, "by_name", read, NOW)
    posts = site_posts(world.db)
    quotes = [quote for post in posts for quote in post.quotes]
    assert [(one.text, one.by) for one in quotes] == [("by name", "reader 500")]
    asked = {one.text: one.was_asked for one in listing(world.db)}
    assert asked == {"by name": True, "nothing said": False}


def test_the_newest_default_counts_whatever_its_id(world: World) -> None:
    choices.choose_quote(world.db, GUILD, ADA, "no", READ, NOW + MINUTE)
    choices.choose_quote(world.db, GUILD, ADA, "by_name", READ, NOW)  # came from another database
    world.collect(world.message(3000)._replace(created_at=NOW + 2 * MINUTE))
    assert world.db.table("consents").count == 0
    assert keeping.quote_default(world.db, GUILD, ADA) == "no"


@pytest.mark.parametrize("has_rules", [False, True])
def test_a_batch_is_a_handful_of_statements(world: World, *, has_rules: bool) -> None:
    if has_rules:
        opt(world)
        refuse(world)
        for reader in range(1000, 1300):
            choices.agree(world.db, GUILD, reader, READ, NOW)
            choices.choose_quote(world.db, GUILD, reader, "by_name", READ, NOW)
    world.collect(world.message(4999, reader=4999))  # begins a transaction
    counts = []
    for first, size in ((5000, 1), (6000, 300)):
        batch = [
            world.message(first + n, f"<@{ADA}> and <@{n}>", reader=1000 + n) for n in range(size)
        ]
        said: list[str] = []
        world.db.conn.set_trace_callback(said.append)
        world.collect(*batch)
        world.db.conn.set_trace_callback(None)
        ours = [one for one in said if not one.startswith("--") and "responses_fts" not in one]
        counts.append(len(set(ours)))  # a trigger makes its statement be told of again
    assert counts[0] == counts[1] < 20
    assert len(kept(world)) == (301 if has_rules else 302)


def ask(world: World, message: int, by: int = 900) -> quote_requests.Request | str:
    return quote_requests.intend(world.db, GUILD, message, by, message, NOW)


def test_a_writer_is_asked_once_and_never_about_what_is_not_kept(world: World) -> None:
    world.collect(world.message(3000))
    assert ask(world, 3001) == "nothing"
    assert quote_requests.intend(world.db, 99, 3000, 900, 0, NOW) == "nothing"
    request = ask(world, 3000)
    assert isinstance(request, quote_requests.Request)
    assert (request.is_wanted, request.lang, request.home.guild) == (True, "en", GUILD)
    assert ask(world, 3000, by=901) == "asked"
    assert quote_requests.unfinished(world.db) == [request]
    quote_requests.sent(world.db, request, 4000, NOW)
    quote_requests.sent(world.db, request, 4000, NOW)
    assert quote_requests.unfinished(world.db) == []
    acts = world.db.execute("select act, actor_id, subject_id from audit").fetchall()
    assert acts == [("asked to quote a response", 900, request.response_id)]
    answer = world.answer(9000, may_quote=True)
    world.show(answer or 0, 7000)
    assert ask(world, 7000) == "quotable"


def test_only_the_writer_answers_in_their_guild(world: World) -> None:
    world.collect(world.message(3000))
    request = ask(world, 3000)
    assert isinstance(request, quote_requests.Request)
    number = request.response_id

    def press(response: int, guild: int, reader: int) -> str:
        read = ("Asked?", "Yes")
        return quote_requests.answer(world.db, response, guild, reader, 4000, "by_name", read, NOW)

    assert press(number, GUILD, BORA) == "not_yours"
    assert press(number, 99, ADA) == "gone"
    assert press(number + 1, GUILD, ADA) == "gone"
    assert press(number, GUILD, ADA) == "recorded"
    [left] = quote_requests.unfinished(world.db)
    assert (left.message_id, left.is_wanted) == (4000, False)
    quote_requests.removed(world.db, number, NOW)
    assert quote_requests.unfinished(world.db) == []
    assert ask(world, 3000) == "quotable"
    choices.withdraw_quotes(world.db, GUILD, ADA, READ, NOW)
    assert ask(world, 3000) == "asked"


def test_a_question_about_what_is_gone_is_left_to_be_removed(world: World) -> None:
    world.collect(world.message(3000), world.message(3001, "hidden"))
    first, second = ask(world, 3000), ask(world, 3001)
    assert isinstance(first, quote_requests.Request)
    assert isinstance(second, quote_requests.Request)
    for request, message in ((first, 4000), (second, 4001)):
        quote_requests.sent(world.db, request, message, NOW)
    refuse(world)
    left = quote_requests.unfinished(world.db)
    assert [(one.message_id, one.is_wanted) for one in left] == [(4000, False), (4001, False)]
    for one in left:
        quote_requests.removed(world.db, one.response_id, NOW)
    assert world.db.table("quote_requests").count == 0


@pytest.mark.parametrize("change", ["review = 'waiting'", "review = 'declined'", "sealed = 1"])
def test_nobody_is_asked_about_what_may_not_leave(world: World, change: str) -> None:
    world.collect(world.message(3000))
    world.db.execute(f"update responses set {change}")  # noqa: S608  # our own
    assert ask(world, 3000) == "nothing"


def test_a_question_goes_when_its_answer_is_declined_and_stays_while_it_waits(world: World) -> None:
    world.collect(world.message(3000))
    request = ask(world, 3000)
    assert isinstance(request, quote_requests.Request)
    quote_requests.sent(world.db, request, 4000, NOW)
    world.db.execute("update responses set review = 'waiting'")
    assert quote_requests.unfinished(world.db) == []
    world.db.execute("update responses set review = 'declined'")
    assert [one.is_wanted for one in quote_requests.unfinished(world.db)] == [False]


def test_who_asked_can_have_that_forgotten(world: World) -> None:
    world.collect(world.message(3000))
    ask(world, 3000)
    answers.forget_reader(world.db, 900, GUILD, NOW)
    assert world.db.execute("select asked_by from quote_requests").fetchall() == [(0,)]


def test_refusals_of_two_databases_both_hold(world: World) -> None:
    refuse(world)
    other = bytes(range(32))
    digest = hashlib.blake2b(b"10:501", key=other, digest_size=32).hexdigest()
    name = f"{KEY}{hashlib.blake2b(other, digest_size=4).hexdigest()}"
    assert refusals.is_key(name, other.hex())
    assert not refusals.is_key(name, "00" * 32)
    assert not refusals.is_key(name, "no key")
    world.db.execute("insert into notes values (?, ?)", [name, other.hex()])
    world.db.execute("insert into refusals values (?, '', '1', ?, null)", [digest, str(NOW)])
    world.collect(
        world.message(3000), world.message(3001, reader=BORA), world.message(3002, reader=502)
    )
    assert world.db.execute("select reader_id from responses").fetchall() == [(502,)]
    choices.agree(world.db, GUILD, BORA, READ, NOW)
    assert not refusals.refuses(world.db, GUILD, BORA)
    assert refusals.refuses(world.db, GUILD, ADA)


def test_the_database_takes_no_other_purpose_or_choice(world: World) -> None:
    values = [GUILD, ADA, "train", "yes", "", "1", "now"]
    query = (
        "insert into choices (guild_id, reader_id, purpose, choice, wording, version, chosen_at)"
    )
    with pytest.raises(sqlite3.IntegrityError):
        world.db.execute(f"{query} values (?, ?, ?, ?, ?, ?, ?)", values)
