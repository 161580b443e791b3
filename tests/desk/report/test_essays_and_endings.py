"""Essays joined with their translations, and what their endings drew, by hand-made examples."""

from datetime import timedelta

from bot.desk.report.endings import endings
from bot.desk.report.essays import discussed
from bot.desk.report.forms import FEW, INVITATION, forms
from tests.desk.report.conftest import BEGAN, Discussion


def test_translations_that_ask_equally_often_are_one_essay(discussion: Discussion) -> None:
    first, second = discussion.thread(7, "Why?", "Who?")
    _, kim = discussion.thread(7, "Neden?", "Kim?", lang="tr", began=BEGAN + timedelta(hours=2))
    discussion.say("Ada", second, reader=1, hours=5)
    discussion.say("Bora", kim, reader=2, hours=4)
    discussion.say("Ada again", kim, reader=1, hours=6)
    (essay,) = discussed(discussion.material).essays
    assert [thread.lang for thread in essay.threads] == ["en", "tr"]
    assert not essay.stands_apart
    why, who = essay.asked
    assert [variant.text for variant in why.variants] == ["Why?", "Neden?"]
    assert why.variants[0].url.endswith(f"/{first}")
    assert (why.said, why.first_after) == ((), None)
    assert [one.text for one in who.said] == ["Bora", "Ada", "Ada again"]
    assert (who.readers, who.first_after) == (2, timedelta(hours=2))


def test_translations_that_ask_otherwise_stand_apart(discussion: Discussion) -> None:
    discussion.thread(7, "Why?", "Who?")
    discussion.thread(7, "Neden?", lang="tr")
    discussion.thread(8, "What?")
    found = discussed(discussion.material).essays
    assert [(essay.title, essay.stands_apart, len(essay.asked)) for essay in found] == [
        ("Essay-7", True, 2), ("Essay-7", True, 1), ("Essay-8", False, 1),
    ]  # fmt: skip


def test_what_is_asked_no_more_is_kept_if_it_was_answered(discussion: Discussion) -> None:
    gone, silent = discussion.thread(1, "Before?", "Never?", is_living=False)
    discussion.say("I did", gone)
    discussion.say("Beside")
    (essay,) = discussed(discussion.material).essays
    assert (essay.asked, len(essay.former)) == ((), 1)
    assert essay.former[0].variants[0].text == "Before?"
    assert [one.text for one in essay.said] == ["I did", "Beside"]
    assert silent


def test_a_thread_begins_with_the_first_that_is_kept_of_it(discussion: Discussion) -> None:
    (prompt,) = discussion.thread(1, "Why?")
    early = discussion.say("From before the bot", hours=-3)
    late = discussion.say("Now", prompt, hours=1)
    delays = discussed(discussion.material).delays
    assert delays == {early.id: timedelta(0), late.id: timedelta(hours=4)}


def several(discussion: Discussion, count: int, answered: int, kind: bool, **more: int) -> None:  # noqa: FBT001
    """Add essays with one question each, of which so many are answered by another reader."""
    for number in range(count):
        (prompt,) = discussion.thread(1000 * more["of"] + number, "Q?", kind=kind)
        if number < answered:
            discussion.say("Yes", prompt, reader=number)


def test_few_endings_are_too_few_to_say(discussion: Discussion) -> None:
    several(discussion, 8, 3, kind=True, of=1)
    several(discussion, 8, 5, kind=False, of=2)
    kinds, places, counts = endings(discussed(discussion.material).essays).comparisons
    assert [(one.units, one.answered) for one in kinds.groups] == [(8, 3), (8, 5)]
    assert kinds.verdict == "Too few to say which draws more: the ranges overlap."
    assert kinds.ahead is None
    assert [group.units for group in places.groups] == [0, 0]
    assert places.verdict == counts.verdict == "Nothing to compare yet: all are of one kind."


def test_a_difference_that_is_no_chance_is_told_and_not_explained(discussion: Discussion) -> None:
    several(discussion, 40, 6, kind=True, of=1)
    several(discussion, 40, 30, kind=False, of=2)
    found = endings(discussed(discussion.material).essays)
    kinds = found.comparisons[0]
    assert kinds.ahead is kinds.groups[1]
    assert kinds.verdict.startswith("Questions of the essay’s own drew more")
    assert "Why, no count can tell" in kinds.verdict
    generic, specific = (one.estimate for one in kinds.groups)
    assert generic
    assert specific
    assert (found.shown(generic.value), found.shown(specific.value)) == ("15%", "75%")


def test_where_nearly_all_is_answered_readers_are_counted(discussion: Discussion) -> None:
    for essay in range(6):
        first, second = discussion.thread(essay, "A?", "B?")
        for reader in range(10 + essay):
            discussion.say("Yes", first, reader=reader)
        for reader in range(1 + essay % 2):
            discussion.say("No", second, reader=reader + essay)
    found = endings(discussed(discussion.material).essays)
    _, places, _ = found.comparisons
    assert found.is_busy
    assert [one.estimate for one in places.groups] == [(12.5, 10, 15), (1.5, 1, 2)]
    assert places.ahead is places.groups[0]


def test_what_two_readers_are_behind_is_withheld(discussion: Discussion) -> None:
    several(discussion, 9, 2, kind=True, of=1)
    several(discussion, 9, 3, kind=False, of=2)
    kinds = endings(discussed(discussion.material).essays).comparisons[0]
    generic, specific = kinds.groups
    assert (generic.answered, generic.estimate) == (None, None)
    assert specific.answered == 3
    assert kinds.verdict == "Withheld: fewer than 3 readers answered one of the two."


def test_our_own_invitation_counts_by_itself(discussion: Discussion) -> None:
    for essay in range(4):
        (ours,) = discussion.thread(essay, "What stays with you?", ours=True, kind=True)
        discussion.say("A line", ours, reader=essay)
    discussion.thread(9)  # a thread that was imported, to which nobody was invited
    found = endings(discussed(discussion.material).essays)
    assert [group.units for one in found.comparisons for group in one.groups] == [0] * 6
    assert found.invitation is not None
    assert (found.invitation.units, found.invitation.answered) == (4, 4)


def test_forms_are_compared_with_answers_since_they_are_counted(discussion: Discussion) -> None:
    discussion.since = BEGAN + timedelta(hours=1)
    (prompt,) = discussion.thread(1, "Why?", opened=9)
    for reader, hours in enumerate((0, 1, 2, 3, 4)):
        discussion.say("Yes", prompt, reader=reader, hours=hours)
    discussion.say("In the thread", prompt, reader=8, source="reply")
    found = forms(discussed(discussion.material).essays, discussion.asked)
    assert [(row.name, row.opened, len(row.answers)) for row in found.rows] == [("Why?", 9, 4)]
    assert (found.opened, found.answered) == (9, 4)


def test_forms_that_few_answered_go_together_or_are_withheld(discussion: Discussion) -> None:
    one, other = discussion.thread(1, "A?", "B?", opened=5)
    (ours,) = discussion.thread(2, "What stays?", ours=True, opened=4)
    for reader in (1, 2):
        discussion.say("Yes", one, reader=reader)
    found = forms(discussed(discussion.material).essays, discussion.asked)
    assert found.rows == ()
    discussion.say("Yes", other, reader=3)
    for reader in (1, 2, 3):
        discussion.say("Yes", ours, reader=reader)
    found = forms(discussed(discussion.material).essays, discussion.asked)
    assert [(row.name, row.opened, len(row.answers)) for row in found.rows] == [
        (INVITATION, 4, 3), (FEW, 10, 3),
    ]  # fmt: skip
