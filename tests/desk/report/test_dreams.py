"""The dream journal in the report: both ends as it quotes elsewhere, and what helped."""

from dataclasses import replace
from datetime import date, timedelta

from bot.desk.report.dreams import journal
from bot.desk.report.page import report
from bot.store.desk.dreams import AskedAgain, Dreams, Dreamt, Ending
from bot.store.desk.report import Material
from bot.store.dreams.second_questions import SecondDecision
from tests.desk.report.conftest import BEGAN, Discussion

NIGHT = date(2026, 3, 2)
ESSAY = Ending(None, "Roads", "en", "https://example.org/roads")


def ending(number: int) -> Ending:
    return Ending(number, "Maps", "en", None)


def dreamt(a: Ending, b: Ending, **changes: object) -> Dreamt:
    found = Dreamt(NIGHT, "pair", a, b, None, ("ferry", "fog"), None)
    return found._replace(**changes)  # type: ignore[arg-type]  # fields of it


def with_dreams(discussion: Discussion, *connections: Dreamt, left_out: int = 0) -> Material:
    return replace(discussion.material, dreams=Dreams(connections, left_out))


def said(discussion: Discussion) -> tuple[int, int]:
    discussion.thread(1, "What?")
    discussion.thread(2, "Why?")
    first = discussion.say("The <b>ferry</b>.", 100, name="Ada")
    second = discussion.say("A ferry road.", 200, name="Bora", reader=2)
    return first.id, second.id


def test_a_connection_shows_both_ends_its_bridge_and_what_was_decided(
    discussion: Discussion,
) -> None:
    a, b = said(discussion)
    pair = dreamt(ending(a), ending(b), decision="asked")
    page = report(with_dreams(discussion, pair))
    assert '<li><a href="#dreams">The dream journal</a></li>' in page
    section = page[page.index('<section id="dreams">') : page.index('<section id="asked">')]
    assert "The night of 2 March 2026" in section
    assert "The &lt;b&gt;ferry&lt;/b&gt;." in section
    assert "A ferry road." in section
    assert "Ada" in section
    assert "What ties them: “ferry” and “fog”. A moderator had it asked in the threads." in section


def test_an_essay_s_own_text_and_a_third_text_are_named_and_linked(discussion: Discussion) -> None:
    a, b = said(discussion)
    pair = dreamt(ending(a), ending(b), kind="bridge", through=ESSAY)
    page = report(with_dreams(discussion, pair, left_out=3))
    assert "Both meet a third text, by “ferry” and “fog”:" in page
    assert '<a href="https://example.org/roads"><bdi lang="en">Roads</bdi></a>' in page
    assert "3 older connections more" in page


def test_without_a_dream_there_is_no_section(discussion: Discussion) -> None:
    said(discussion)
    assert 'id="dreams"' not in report(discussion.material)


def again(discussion: Discussion, readers: int) -> tuple[str, ...]:
    """Have one thread asked again, which so many readers answer, and one left alone."""
    discussion.thread(1, "What?")
    discussion.thread(2, "Why?")
    decided: list[tuple[int, SecondDecision]] = [(100, "asked"), (200, "left_alone")]
    discussion.say("Before.", 100, reader=90, hours=-3)
    for reader in range(readers):
        discussion.say("After.", 100, reader=reader, hours=5 + reader)
    rows = tuple(AskedAgain(prompt, one, BEGAN + timedelta(hours=1)) for prompt, one in decided)
    found = replace(discussion.material, dreams=Dreams((), 0, rows))
    return journal(found, {one.publication: one for one in found.threads}).again


def test_what_came_of_asking_again_stands_beside_what_was_left_alone(
    discussion: Discussion,
) -> None:
    assert again(discussion, 3) == (
        "In 1 silent thread, a question was asked again. 1 of these were answered afterwards.",
        "In 1 silent thread, one was left alone, to compare. 0 of these were answered afterwards.",
    )


def test_how_many_were_answered_is_withheld_where_few_readers_are_behind_it(
    discussion: Discussion,
) -> None:
    first, second = again(discussion, 2)
    assert "withheld" in first
    assert second.endswith("0 of these were answered afterwards.")
