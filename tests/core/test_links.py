from dataclasses import replace

import pytest

from bot.core.links import button_link, embed_link, encoded, left_out
from bot.core.post import Post
from bot.core.reading.posts import read_post
from bot.core.site import Site


def post_at(url: str | None, cover: str | None = None) -> Post:
    post = read_post("a.md", b"---\ntitle: A\ndate: 2026-01-02\n---\nText.", Site()).post
    assert post is not None
    return replace(post, url=url, cover=cover)


@pytest.mark.parametrize(
    ("address", "taken"),
    [
        ("https://example.org/a/", "https://example.org/a/"),
        ("http://example.org:8080/a?b=c%26#d", "http://example.org:8080/a?b=c%26#d"),
        ("http://127.0.0.1:1313/", "http://127.0.0.1:1313/"),
        ("http://nas.local/blog/", "http://nas.local/blog/"),
        ("https://xn--bcher-kva.example/", "https://xn--bcher-kva.example/"),
        ("https://bücher.example/ü/", "https://xn--bcher-kva.example/%C3%BC/"),
        ("https://straße.de/a b", "https://xn--strae-oqa.de/a%20b"),
    ],
)
def test_an_address_that_discord_takes_is_kept(address: str, taken: str) -> None:
    assert embed_link(address) == button_link(address) == taken


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("http://localhost:1313/a/", "its host has no dot"),
        ("http://localhost./a/", "its host has no dot"),
        ("http://blog/a/", "its host has no dot"),
        ("https://blog:8443", "its host has no dot"),
        ("https:///a/", "its host has no dot"),
        ("ftp://example.org/a", "it does not begin with http:// or https://"),
        ("example.org/a", "it does not begin with http:// or https://"),
        ("data:image/png;base64,AAAA", "it does not begin with http:// or https://"),
        ("javascript:alert(1)", "it does not begin with http:// or https://"),
        ("https://ada@example.org/", "it holds a name or password"),
        ("https://my blog.org/", "its host is no name that there can be"),
        ("https://my%20blog.org/", "its host is no name that there can be"),
        ("https://a..example.org/", "its host is no name that there can be"),
        ("https://-a.example.org/", "its host is no name that there can be"),
        ("http://example.org:99999/", "it cannot be read"),
        ("http://[::1/", "it cannot be read"),
        ("https://example.org/" + "a" * 2048, "it is longer than 512 characters"),
    ],
)
def test_an_address_that_discord_refuses_is_left_out_and_the_reason_told(
    address: str, reason: str
) -> None:
    assert embed_link(address) is None
    assert button_link(address) is None
    told = left_out([post_at(address), post_at("https://example.org/"), post_at(address)])
    assert told.startswith("2 essays are sent without address, cover and button, as Discord ")
    assert f": {reason}. Set AFTERWORD_SITE" in told


def test_a_button_takes_less_than_an_embed() -> None:
    address = "https://example.org/" + "ü" * 100
    assert embed_link(address) == "https://example.org/" + "%C3%BC" * 100
    assert button_link(address) is None


def test_a_cover_alone_may_be_left_out() -> None:
    fine = "https://example.org/"
    assert left_out([post_at(fine, "https://example.org/a.png"), post_at(None)]) == ""
    assert left_out([post_at(fine, "http://localhost/a.png")]) == (
        "1 essay is sent without cover, as Discord takes no link such as http://localhost/a.png: "
        "its host has no dot."
    )
    assert left_out([replace(post_at("http://localhost/"), kind="page")]) == ""


def test_no_password_is_told() -> None:
    assert "secret" not in left_out([post_at("https://ada:secret@example.org/")])
    assert embed_link(None) is None
    assert embed_link("") is None


@pytest.mark.parametrize(
    ("address", "whole"),
    [
        ("https://example.org/my cover (1).png", "https://example.org/my%20cover%20(1).png"),
        ("https://example.org/my%20cover.png", "https://example.org/my%20cover.png"),
        ("https://example.org/100%.png", "https://example.org/100%25.png"),
        ("https://example.org/\"a\"'b'.png", "https://example.org/%22a%22'b'.png"),
        (
            "https://example.org/ışık.png?v=é",
            "https://example.org/%C4%B1%C5%9F%C4%B1k.png?v=%C3%A9",
        ),
        ("http://[::1", "http://[::1"),
    ],
)
def test_an_address_is_encoded_once(address: str, whole: str) -> None:
    assert encoded(address) == encoded(encoded(address)) == whole
