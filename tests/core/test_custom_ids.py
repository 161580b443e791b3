"""What buttons are called: they fit, they are read back, and they name one thing only."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import custom_ids
from bot.core.custom_ids import CustomId, short
from bot.core.listing import Listing, listing_of
from bot.core.publishing.publication import Kind

LARGEST = 2**63 - 1
LATEST = datetime(9999, 12, 31, tzinfo=UTC)
LONGEST = Listing(LARGEST, LARGEST, LARGEST, LATEST, LARGEST, LARGEST, highlighted=True)

EXAMPLES = [
    (
        custom_ids.DREAM,
        custom_ids.DREAM(LARGEST, "dismissed"),
        {"connection": str(LARGEST), "decision": "dismissed"},
    ),
    (
        custom_ids.SECOND,
        custom_ids.SECOND(LARGEST, "asked"),
        {"question": str(LARGEST), "decision": "asked"},
    ),
    (custom_ids.WHY, custom_ids.WHY(LARGEST), {"message": str(LARGEST)}),
    (custom_ids.ANSWER, custom_ids.ANSWER(LARGEST), {"prompt": str(LARGEST)}),
    (custom_ids.LOOK, custom_ids.LOOK(LARGEST), {"notice": str(LARGEST)}),
    (custom_ids.NEXT, custom_ids.NEXT(LARGEST), {"after": str(LARGEST)}),
    (
        custom_ids.DECIDE,
        custom_ids.DECIDE(LARGEST, "decline", "The tickets."),
        {
            "response": str(LARGEST),
            "decision": "decline",
            "text": custom_ids.digest("The tickets."),
        },
    ),
    (custom_ids.APPROVE_ALL, custom_ids.APPROVE_ALL(1_795_858_506_123), {"until": "1795858506123"}),
    (custom_ids.PICK, custom_ids.PICK(LARGEST), {"publication": str(LARGEST)}),
    (
        custom_ids.CARD,
        custom_ids.CARD(LARGEST, "düşler"),
        {"publication": str(LARGEST), "essay": custom_ids.digest("düşler")},
    ),
    (custom_ids.EDIT, custom_ids.EDIT(LARGEST, 5), {"response": str(LARGEST), "reader": "5"}),
    (
        custom_ids.WITHDRAW,
        custom_ids.WITHDRAW(LARGEST, LARGEST),
        {"response": str(LARGEST), "reader": str(LARGEST)},
    ),
    (custom_ids.READ, custom_ids.READ(7, 0), {"post": "7", "page": "0"}),
    (custom_ids.SHOW, custom_ids.SHOW(7), {"post": "7"}),
    (custom_ids.SHARE, custom_ids.SHARE(7), {"post": "7"}),
    (custom_ids.DISCUSS, custom_ids.DISCUSS(7), {"post": "7"}),
    (custom_ids.ASK, custom_ids.ASK(7), {"post": "7"}),
    (custom_ids.REQUEST, custom_ids.REQUEST(7, "later"), {"request": "7", "decision": "later"}),
    (custom_ids.FOLLOW, custom_ids.FOLLOW(), {}),
    (custom_ids.TAG, custom_ids.TAG("ai", 3), {"tag": custom_ids.digest("ai"), "page": "3"}),
    (custom_ids.OPEN, custom_ids.OPEN("ai"), {"tag": custom_ids.digest("ai")}),
    (
        custom_ids.QUESTIONS,
        custom_ids.QUESTIONS("", 3),
        {"tag": custom_ids.digest(""), "page": "3"},
    ),
    (custom_ids.FOUND, custom_ids.FOUND(3), {"page": "3"}),
    (
        custom_ids.ASKED,
        custom_ids.ASKED(2, 3, 4),
        {"reader": "2", "publication": "3", "question": "4"},
    ),
    (
        custom_ids.PASSAGE,
        custom_ids.PASSAGE(6, "7", "A passage."),
        {"post": "6", "places": "7", "text": custom_ids.digest("A passage.")},
    ),
    (
        custom_ids.PASSAGE,
        custom_ids.PASSAGE(6, "7-9", "A passage."),
        {"post": "6", "places": "7-9", "text": custom_ids.digest("A passage.")},
    ),
    (custom_ids.TAKE_AWAY, custom_ids.TAKE_AWAY(5), {"reader": "5"}),
    (custom_ids.RESPONSES, custom_ids.RESPONSES(7, 3), {"essay": "7", "page": "3"}),
    (
        custom_ids.LISTING,
        custom_ids.LISTING("7", "3", "a", "b", "c", "d", "e", 1),
        {
            "essay": "7",
            "page": "3",
            "prompt": "a",
            "reader": "b",
            "since": "c",
            "after": "d",
            "until": "e",
            "highlighted": "1",
        },
    ),
    (
        custom_ids.NEWS,
        custom_ids.NEWS("0", "a", "b", "c"),
        {"page": "0", "after": "a", "until": "b", "seen": "c"},
    ),
    (custom_ids.UNREAD, custom_ids.UNREAD("a", "b"), {"after": "a", "until": "b"}),
    (custom_ids.TOLD, custom_ids.TOLD(7), {"digest": "7"}),
    (custom_ids.CHOICES, custom_ids.CHOICES(), {}),
    (custom_ids.KEEP, custom_ids.KEEP("no", 1), {"choice": "no", "sure": "1"}),
    (custom_ids.DEFAULT, custom_ids.DEFAULT(), {}),
    (custom_ids.UNQUOTE, custom_ids.UNQUOTE(), {}),
    (custom_ids.UNCHOOSE, custom_ids.UNCHOOSE(), {}),
    (
        custom_ids.QUOTE,
        custom_ids.QUOTE(LARGEST, "without_name"),
        {"response": str(LARGEST), "choice": "without_name"},
    ),
    (custom_ids.FORGET, custom_ids.FORGET("here", 1), {"scope": "here", "sure": "1"}),
    (
        custom_ids.FORGET,
        custom_ids.FORGET("everywhere", 0),
        {"scope": "everywhere", "sure": "0"},
    ),
    (custom_ids.KEPT, custom_ids.KEPT(), {}),
    (custom_ids.PRIVACY, custom_ids.PRIVACY(), {}),
    (custom_ids.MINE, custom_ids.MINE(3), {"page": "3"}),
    (custom_ids.CHOOSE_MINE, custom_ids.CHOOSE_MINE(3), {"page": "3"}),
    (custom_ids.ERASE, custom_ids.ERASE(LARGEST), {"response": str(LARGEST)}),
    (custom_ids.RELEASE, custom_ids.RELEASE(7, "start"), {"hold": "7", "decision": "start"}),
    (custom_ids.SETUP, custom_ids.SETUP(7, "tags"), {"draft": "7", "page": "tags"}),
    (
        custom_ids.SETUP_CHOOSE,
        custom_ids.SETUP_CHOOSE(7, "place", "channel"),
        {"draft": "7", "page": "place", "key": "channel"},
    ),
    (
        custom_ids.SETUP_SWITCH,
        custom_ids.SETUP_SWITCH(7, "people", "approval", "on"),
        {"draft": "7", "page": "people", "key": "approval", "value": "on"},
    ),
    (custom_ids.SETUP_TAKE, custom_ids.SETUP_TAKE(7, "all"), {"draft": "7", "how": "all"}),
    (
        custom_ids.SETUP_FORM,
        custom_ids.SETUP_FORM(7, "essays", "quiet"),
        {"draft": "7", "page": "essays", "form": "quiet"},
    ),
    (
        custom_ids.SETUP_MODAL,
        custom_ids.SETUP_MODAL(7, "people", "age"),
        {"draft": "7", "page": "people", "form": "age"},
    ),
    (
        custom_ids.SETUP_APPLY,
        custom_ids.SETUP_APPLY(LARGEST, "reports", "x" * 500),
        {"draft": str(LARGEST), "page": "reports", "shown": custom_ids.digest("x" * 500)},
    ),
    (
        custom_ids.SETUP_DISCARD,
        custom_ids.SETUP_DISCARD(7, "tags"),
        {"draft": "7", "page": "tags"},
    ),
    (custom_ids.SETUP_PREVIEW, custom_ids.SETUP_PREVIEW(7), {"draft": "7"}),
    (custom_ids.PLAN, custom_ids.PLAN(2), {"page": "2"}),
    (custom_ids.CUT, custom_ids.CUT("a1", "show"), {"cut": "a1", "deed": "show"}),
    (
        custom_ids.AUDIT,
        custom_ids.AUDIT(1, "a", "b", "c1"),
        {"page": "1", "until": "a", "who": "b", "act": "c1"},
    ),
    (custom_ids.LOGGED, custom_ids.LOGGED(7), {"entry": "7"}),
    (custom_ids.UNHIDE, custom_ids.UNHIDE(7), {"response": "7"}),
    (custom_ids.LINK, custom_ids.LINK(7), {"response": "7"}),
    (custom_ids.MODAL, custom_ids.MODAL(7, 9), {"prompt": "7", "response": "9"}),
    (custom_ids.MODAL, custom_ids.MODAL(7, 0), {"prompt": "7", "response": "0"}),
]

KINDS = {name: value for name, value in vars(custom_ids).items() if isinstance(value, CustomId)}


@pytest.mark.parametrize(("kind", "custom_id", "parts"), EXAMPLES)
def test_a_custom_id_is_read_back_by_its_own_kind_and_no_other(
    kind: CustomId, custom_id: str, parts: dict[str, str]
) -> None:
    matches = {name: p.fullmatch(custom_id) for name, p in KINDS.items()}
    found = {name: match.groupdict() for name, match in matches.items() if match}
    assert list(found.values()) == [parts]
    assert KINDS[next(iter(found))] is kind
    assert custom_id.startswith(f"{custom_ids.PREFIX}:")


def test_every_kind_has_an_example() -> None:
    assert {kind for kind, _, _ in EXAMPLES} == set(KINDS.values())


@pytest.mark.parametrize("values", [(7,), (7, "sometimes"), ("seven", "start"), (7, "start", 1)])
def test_no_custom_id_is_made_that_would_not_be_recognised(values: tuple[int | str, ...]) -> None:
    with pytest.raises(ValueError, match=r"zip|aw:release"):
        custom_ids.RELEASE(*values)


def test_the_longest_custom_id_is_as_long_as_the_docstring_says() -> None:
    longest = [
        custom_ids.EDIT(LARGEST, LARGEST),
        custom_ids.WITHDRAW(LARGEST, LARGEST),
        custom_ids.CARD(LARGEST, "x" * 500),
        custom_ids.TAG("x" * 500, LARGEST),
        custom_ids.RESPONSES(LARGEST, 10**6),
        custom_ids.MODAL(LARGEST, LARGEST),
        LONGEST.custom_id(36**4 - 1),
        custom_ids.NEWS(*[short(LARGEST)] * 4),
        custom_ids.UNREAD(*[short(LARGEST)] * 2),
    ]
    assert max(len(custom_id) for custom_id in longest) == 96


@given(first=st.integers(0, 2000), count=st.integers(1, 5))
def test_places_are_read_back_from_a_span(first: int, count: int) -> None:
    places = range(first, first + count)
    custom_id = custom_ids.PASSAGE(6, custom_ids.span(places), "A passage.")
    match = custom_ids.PASSAGE.fullmatch(custom_id)
    assert match is not None
    assert custom_ids.places_in(match["places"]) == places


@given(st.integers(0, 2**64 - 1))
def test_a_short_number_is_read_back(number: int) -> None:
    assert int(custom_ids.short(number), 36) == number
    assert len(custom_ids.short(number)) <= 13


IDS = st.integers(0, LARGEST)


@given(
    st.builds(
        Listing,
        IDS,
        IDS,
        IDS,
        st.none() | st.datetimes(timezones=st.just(UTC)),
        IDS,
        IDS,
        st.booleans(),
    ),
    st.integers(0, 36**4 - 1),
)
def test_a_listing_is_read_back_from_its_button(listing: Listing, page: int) -> None:
    custom_id = listing.custom_id(page)
    assert len(custom_id) <= 100
    match = custom_ids.LISTING.fullmatch(custom_id)
    assert match is not None
    assert int(match["page"], 36) == page
    found = listing_of(match)
    assert replace(found, since=None) == replace(listing, since=None)
    if listing.since is None:
        assert found.since is None
    elif 1971 < listing.since.year < 6000:
        assert found.since == listing.since.replace(second=0, microsecond=0)
    else:
        assert found.since is not None


def test_an_old_button_of_responses_is_none_of_a_listing() -> None:
    assert custom_ids.LISTING.fullmatch(custom_ids.RESPONSES(7, 3)) is None
    assert custom_ids.RESPONSES.fullmatch(LONGEST.custom_id(3)) is None


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2090, 1, 1)),  # noqa: DTZ001  # made aware below
    st.integers(0, 2**80),
)
def test_a_minted_id_fits_an_integer_column(moment: datetime, entropy: int) -> None:
    assert 0 <= custom_ids.mint(moment.replace(tzinfo=UTC), entropy) <= LARGEST


def test_minted_ids_sort_by_time_whatever_their_entropy() -> None:
    now = datetime(2026, 3, 1, 12, 0, 0, 123_000, tzinfo=UTC)
    later = now + timedelta(milliseconds=1)
    assert custom_ids.mint(now, 2**22 - 1) < custom_ids.mint(later, 0)


def test_a_clock_before_the_epoch_mints_no_negative_id() -> None:
    assert custom_ids.mint(datetime(1970, 1, 1, tzinfo=UTC), 5) == 5


@given(st.integers(1, LARGEST), st.sampled_from(list(Kind)), st.integers(0, LARGEST))
def test_a_nonce_fits_and_depends_on_its_step_alone(
    publication: int, kind: Kind, position: int
) -> None:
    nonce = custom_ids.nonce(publication, kind, position)
    assert len(nonce) == 24
    assert nonce == custom_ids.nonce(publication, kind.value, position)
    assert nonce != custom_ids.nonce(publication, kind, position + 1)
    assert nonce != custom_ids.nonce(publication + 1, kind, position)
