"""An essay is taken apart into paragraphs and lists, each under its heading."""

from hypothesis import given
from hypothesis import strategies as st

from bot.core.reading.passages import MOST, Passage, passages, told_together

ESSAY = """\
We *forget* [maps](https://example.org).

## The [map](/m)

- One
- Two

  with more
  - Deeper

> Somebody said so.

```python
code()
```

| a | b |
|---|---|
| c | d |

![A picture](a.png)

### Below

Last
words.[^1]

[^1]: A note.
"""


def test_paragraphs_and_lists_have_their_headings() -> None:
    assert passages(ESSAY) == [
        Passage("", "We forget maps."),
        Passage("The map", "One\nTwo\nwith more\nDeeper"),
        Passage("The map", "Somebody said so."),
        Passage("Below", "Last words."),
    ]


def test_what_says_nothing_is_no_passage() -> None:
    assert passages("***\n\n…\n\n## Only a heading\n") == []


def test_a_body_has_no_more_than_are_kept() -> None:
    assert len(passages("a\n\n" * (MOST + 5))) == MOST


@given(st.text(alphabet="ab \n-#>*`[]()!1.{}%<", max_size=300))
def test_any_body_has_passages_that_say_something(body: str) -> None:
    for passage in passages(body):
        assert passage.text.strip()


def test_the_line_that_leads_into_a_list_is_one_with_it() -> None:
    body = "## A\n\nThere are two:\n\n- rye\n- wheat\n\nNot this.\n\n- oats\n\n## B\n\n- spelt\n"
    assert passages(body) == [
        ("A", "There are two:\nrye\nwheat"),
        ("A", "Not this."),
        ("A", "oats"),
        ("B", "spelt"),
    ]


def test_passages_that_are_told_together_stay_paragraphs() -> None:
    found = [Passage("", text) for text in ("One.", "Two.", "Three.")]
    assert told_together(found, range(1, 3)) == "Two.\n\nThree."
