from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.reading.frontmatter import yaml_text
from bot.core.reading.frontmatter.yaml_text import YamlError, read_yaml

scalars = st.one_of(
    st.text("abzAB019 :-_'\"#,[]{}&*!|>%@`.?~/\\\t\u00e9\u0131\u2028\x85\ufeff", max_size=12),
    st.sampled_from(
        ["no", "~", "null", "2024-01-01", "12:30:00", "a: b", "'it''s'", '"a"', "[a, 'b']"]
    ),
)
lines = st.one_of(
    st.builds("{}: {}".format, st.sampled_from(["a", "b", "Title", "c d", "0x"]), scalars),
    st.builds("{}- {}".format, st.sampled_from(["", " ", "  "]), scalars),
    st.builds("{}:".format, st.sampled_from(["a", "tags"])),
    st.sampled_from(["", " ", "# c", "  more", "...", "---"]),
)


def by_yaml(text: str) -> object:
    try:
        return read_yaml("# a comment, which the short cut leaves to YAML\n" + text)
    except YamlError:
        return "refused"


@settings(max_examples=500)
@given(st.lists(lines, max_size=6))
def test_the_short_cut_reads_no_line_otherwise_than_yaml_does(parts: list[str]) -> None:
    text = "\n".join(parts)
    simple = yaml_text._simple(text)
    if simple is not None:
        assert simple == by_yaml(text)


def test_the_short_cut_takes_what_nearly_all_front_matter_is() -> None:
    text = (
        '\ntitle: "Why: a \'study\'"\ndate: 2026-03-01T01:27:00+03:00\nslug: x\ntags: ["A b", c]\n'
    )
    assert yaml_text._simple(text + "list:\n  - one\n  - 'two'\nempty:\n") == {
        "title": "Why: a 'study'",
        "date": "2026-03-01T01:27:00+03:00",
        "slug": "x",
        "tags": ["A b", "c"],
        "list": ["one", "two"],
        "empty": None,
    }
