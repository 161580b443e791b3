"""Which answers wait for a moderator, and which do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.review import (
    MOST_ANSWERS,
    MOST_OF_READER,
    NOT_ASKED,
    Standing,
    is_flood,
    reviewed_as,
)

APPROVAL = Standing("waiting", "approval")
FLOOD = Standing("waiting", "flood")
APPROVED = Standing("approved", "approval")
DECLINED = Standing("declined", "approval")
STANDINGS = st.sampled_from([NOT_ASKED, APPROVAL, FLOOD, APPROVED, DECLINED])


def test_the_eleventh_answer_of_a_minute_is_held_and_the_fourth_of_one_reader() -> None:
    assert not is_flood(MOST_ANSWERS - 1, 0)
    assert is_flood(MOST_ANSWERS, 0)
    assert not is_flood(MOST_OF_READER - 1, MOST_OF_READER - 1)
    assert is_flood(MOST_OF_READER, MOST_OF_READER)


@pytest.mark.parametrize(
    ("before", "is_changed", "was_shown", "shown", "approval", "flood", "after"),
    [
        (NOT_ASKED, True, False, True, False, False, NOT_ASKED),
        (NOT_ASKED, True, False, True, True, False, APPROVAL),
        (NOT_ASKED, True, False, True, True, True, APPROVAL),
        (NOT_ASKED, True, False, True, False, True, FLOOD),
        (NOT_ASKED, True, False, False, True, True, NOT_ASKED),  # for the author alone
        (NOT_ASKED, False, True, True, True, False, NOT_ASKED),  # only a consent is another
        (NOT_ASKED, False, False, True, True, False, APPROVAL),  # into the thread after all
        (APPROVED, True, True, True, True, False, APPROVAL),
        (APPROVED, True, True, True, False, False, NOT_ASKED),  # nobody is asked any more
        (APPROVED, False, True, True, True, False, APPROVED),
        (APPROVED, False, True, False, True, False, APPROVED),
        (APPROVED, False, False, True, True, False, APPROVED),  # out of the thread and back
        (DECLINED, True, True, True, False, False, APPROVAL),
        (DECLINED, False, True, True, True, False, DECLINED),
        (DECLINED, True, True, False, True, False, DECLINED),
        (APPROVAL, True, True, True, False, False, APPROVAL),  # turned off releases nothing
        (FLOOD, True, True, True, False, False, FLOOD),
        (APPROVAL, True, True, False, True, False, NOT_ASKED),
    ],
)
def test_how_an_answer_stands_after_it_was_handed_in(
    before: Standing,
    after: Standing,
    *,
    is_changed: bool,
    was_shown: bool,
    shown: bool,
    approval: bool,
    flood: bool,
) -> None:
    found = reviewed_as(
        before,
        is_changed=is_changed,
        was_shown=was_shown,
        shown=shown,
        approval=approval,
        flood=flood,
    )
    assert found == after


@given(
    before=STANDINGS,
    is_changed=st.booleans(),
    was_shown=st.booleans(),
    shown=st.booleans(),
    flood=st.booleans(),
)
def test_with_approval_no_new_text_goes_into_a_thread_unseen(
    before: Standing, *, is_changed: bool, was_shown: bool, shown: bool, flood: bool
) -> None:
    found = reviewed_as(
        before,
        is_changed=is_changed,
        was_shown=was_shown,
        shown=shown,
        approval=True,
        flood=flood,
    )
    if is_changed and shown:
        assert found.review == "waiting"
    if found.review == "waiting":
        assert shown
