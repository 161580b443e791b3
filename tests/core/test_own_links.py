"""The addresses that an essay links to are found in every dialect."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.reading.own_links import MOST, linked_addresses


@pytest.mark.parametrize(
    ("body", "address"),
    [
        ("[maps](/posts/maps/)", "/posts/maps/"),
        ("[maps](../maps.md 'A title')", "../maps.md"),
        ('[maps]({{< relref "essays/maps.md" >}})', "/essays/maps/"),
        ("[maps][1]\n\n[1]: https://example.org/maps", "https://example.org/maps"),
        ("[[Maps|the maps]]", "wikilink:Maps"),
        ("- one\n- [two](/two/)", "/two/"),
        ("> [quoted](/quoted/)", "/quoted/"),
        ('<p>See <a class="x" href="/html/">here</a>.</p>', "/html/"),
        ('See <a href="/inline/">here</a>.', "/inline/"),
        ("<https://example.org/auto>", "https://example.org/auto"),
        ("| a |\n|---|\n| [b](/cell/) |", "/cell/"),
    ],
)
def test_a_link_is_found(body: str, address: str) -> None:
    assert linked_addresses(body) == [address]


@pytest.mark.parametrize("body", ["`[a](/b)`", "```\n[a](/b)\n```", "![a](/b.png)", "a [b] (c)"])
def test_what_is_no_link_is_not_found(body: str) -> None:
    assert linked_addresses(body) == []


def test_an_address_is_found_once_and_so_many_at_most() -> None:
    assert linked_addresses("[a](/x) [b](/x)") == ["/x"]
    many = " ".join(f"[a](/{number})" for number in range(MOST + 5))
    assert len(linked_addresses(many)) == MOST


@given(st.text(alphabet="ab [](){}<>|:/!`%\n", max_size=200))
def test_any_body_can_be_looked_through(body: str) -> None:
    linked_addresses(body)
