"""File names for slugs, which are data."""

from hypothesis import given
from hypothesis import strategies as st

from bot.desk.site.names import LONGEST, file_names


def test_a_plain_slug_is_its_name() -> None:
    slugs = ["can-ai-dream", "düşünmek", "夢", "v1.2_final"]
    assert file_names(slugs) == {slug: slug for slug in slugs}


def test_what_could_be_a_path_is_encoded() -> None:
    assert file_names(["../../etc/passwd", "a/b", "a\\b", "..", ".hidden", "end.", "con", ""]) == {
        "../../etc/passwd": "%2E.%2F..%2Fetc%2Fpasswd",
        "a/b": "a%2Fb",
        "a\\b": "a%5Cb",
        "..": "%2E%2E",
        ".hidden": "%2Ehidden",
        "end.": "end%2E",
        "con": "%63on",
        "": "%00",
    }


def test_names_that_differ_only_in_case_are_told_apart() -> None:
    names = file_names(["Dream", "dream"])
    assert len({name.casefold() for name in names.values()}) == len(names)
    assert names["Dream"] == "Dream"


@given(st.lists(st.text(max_size=300), max_size=8))
def test_every_name_is_safe_and_belongs_to_one_slug(slugs: list[str]) -> None:
    names = file_names(slugs)
    assert set(names) == set(slugs)
    assert len({name.casefold() for name in names.values()}) == len(names)
    for name in names.values():
        assert 0 < len(name) <= LONGEST
        assert len(name.encode()) <= 200
        assert not set(name) & set('/\\:*?"<>|\0\n ')
        assert name[0] != "."
        assert name[-1] != "."
