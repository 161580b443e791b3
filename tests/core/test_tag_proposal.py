"""The map of tags that is proposed from the essays."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.server_settings.tag_proposal import LONGEST_NAME, MOST, Proposal, propose
from bot.core.text.folding import fold


def blog(*tags: Sequence[str], others: int = 40) -> list[Sequence[str]]:
    """Return the tags of some essays, and of so many others that nothing is too common."""
    return [*tags, *[[] for _ in range(others)]]


def named(proposal: Proposal) -> dict[str, tuple[str, ...]]:
    return {group.name: group.spellings for group in proposal.groups}


@pytest.mark.parametrize(
    ("spellings", "name"),
    [
        (["Essay", "Essay", "essays"], "Essay"),
        (["essays", "essays", "Essay"], "essays"),
        (["memory", "Memories"], "memory"),
        (["Düşler", "düşler", "dusler"], "Düşler"),
        (["rüya", "Rüya", "rüyalar"], "Rüya"),
        (["Frage", "Frage", "Fragen"], "Frage"),
        (["tradição", "tradição", "tradições"], "tradição"),
        (["pop culture", "pop culture", "pop-culture", "Pop_Culture"], "pop culture"),
        (["İstanbul", "istanbul", "İstanbul", "ISTANBUL"], "İstanbul"),
    ],
)
def test_spellings_of_one_tag_are_one_group(spellings: list[str], name: str) -> None:
    proposal = propose(blog(*[[one] for one in spellings]), {})
    assert [group.name for group in proposal.groups] == [name]
    assert set(proposal.groups[0].spellings) == {fold(one) for one in spellings}
    assert proposal.groups[0].essays == len(spellings)


@pytest.mark.parametrize(
    ("one", "other"), [("men", "m"), ("India", "Indian"), ("bus", "bu"), ("new", "renew")]
)
def test_tags_that_only_look_alike_stay_apart(one: str, other: str) -> None:
    assert len(propose(blog([one], [other]), {}).groups) == 2


def test_a_tag_on_more_than_a_quarter_of_the_essays_is_left_out() -> None:
    essays = [["AI", "rare"], ["ai"], ["AI"], *[[]] * 9]
    assert named(propose(essays, {})) == {"AI": ("ai",), "rare": ("rare",)}
    proposal = propose(essays[:-1], {})
    assert named(proposal) == {"rare": ("rare",)}
    assert proposal.common == ("AI",)


def test_an_essay_counts_once_however_often_it_spells_a_tag() -> None:
    assert propose(blog(["Essay", "essays", "essay"]), {}).groups[0].essays == 1


def test_tags_that_the_forum_has_are_matched_first_and_never_made_again() -> None:
    proposal = propose(blog(["maps"], ["maps"], ["memories"]), {7: "Memory", 8: "Other"})
    assert [(each.name, each.tag_id) for each in proposal.groups] == [("Memory", 7), ("maps", None)]


def test_there_are_never_more_than_twenty_with_those_of_the_forum() -> None:
    essays = blog(*[[f"topic {number:02}x"] for number in range(30)], others=200)
    existing = {number: f"own {number}" for number in range(5)}
    proposal = propose(essays, existing)
    assert len(proposal.groups) == 15
    assert proposal.full == 15
    assert propose(essays, {number: f"own {number}" for number in range(20)}).groups == ()


def test_a_name_that_discord_does_not_take_is_left_out() -> None:
    long = "x" * (LONGEST_NAME + 1)
    assert propose(blog([long]), {}).too_long == (long,)


TAGS = st.lists(st.lists(st.sampled_from(["Essay", "essays", "AI", "ai", "çay", "Cay", ""])))


@given(TAGS, st.dictionaries(st.integers(1, 30), st.sampled_from(["essay", "Çay", "b"])))
def test_any_proposal_fits_and_names_each_spelling_once(
    essays: list[list[str]], existing: dict[int, str]
) -> None:
    proposal = propose(essays, existing)
    new = [group for group in proposal.groups if group.tag_id is None]
    assert len(existing) + len(new) <= max(MOST, len(existing))
    spellings = [one for group in proposal.groups for one in group.spellings]
    assert len(spellings) == len(set(spellings))
    assert all(0 < len(group.name) <= LONGEST_NAME for group in new)
