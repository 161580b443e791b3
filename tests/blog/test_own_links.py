"""Links between posts of one blog are followed in every form that generators know."""

import pytest

from bot.blog.catalog import Catalog
from bot.core.post import Post
from bot.core.reading.own_links import linked_addresses
from bot.core.site import Site


def post(slug: str, lang: str = "en", **values: object) -> Post:
    url = f"https://example.org/{lang}/posts/{slug}/"
    path = f"content/{lang}/posts/2024-05-06-{slug}.md"
    given = {"title": slug.title(), "essay": slug, "url": url, **values}
    return Post(path=path, lang=lang, slug=slug, **given)  # type: ignore[arg-type]


ASKED = post("asked")
RAIN = post("rain", aliases=("/old-rain/",))
RAIN_TR = post("rain", "tr")
CATALOG = Catalog([ASKED, RAIN, RAIN_TR], Site(address="https://example.org"))


@pytest.mark.parametrize(
    "link",
    [
        "[x](/en/posts/rain/)",
        "[x](/en/posts/rain)",
        "[x](/en/posts/rain/index.html#wet)",
        "[x](https://example.org/en/posts/rain/?from=here)",
        "[x](https://www.example.org/en/posts/rain/)",
        "[x](../rain/)",
        "[x](2024-05-06-rain.md)",
        "[x](/posts/rain/)",
        "[x](/old-rain/)",
        '[x]({{< relref "posts/rain.md" >}})',
        "[x]({% post_url 2024-05-06-rain %})",
        "[x]({{ site.baseurl }}{% link content/en/posts/2024-05-06-rain.md %})",
        "[[rain|the rain]]",
        "[x](@/posts/rain.md)",
        '<a href="/en/posts/rain/">x</a>',
        "[x](/tr/posts/rain/)",
    ],
)
def test_a_link_is_followed_to_the_essay_in_the_language_of_who_links(link: str) -> None:
    found = [CATALOG.own_links.target(ASKED, one) for one in linked_addresses(f"See {link}.")]
    assert RAIN in found


@pytest.mark.parametrize(
    "link",
    [
        "[x](https://other.example/en/posts/rain/)",
        "[x](/en/posts/snow/)",
        "[x](mailto:rain@example.org)",
        "[x](#rain)",
        "[x](/en/posts/asked/)",
        "[x](/)",
        "[x](https://[rain/)",
    ],
)
def test_other_addresses_lead_to_no_essay(link: str) -> None:
    found = [CATALOG.own_links.target(ASKED, one) for one in linked_addresses(f"See {link}.")]
    assert not any(found)


def test_a_link_is_followed_where_no_address_is_known() -> None:
    here, there = post("here", url=None), post("there", url=None)
    links = Catalog([here, there]).own_links
    assert links.target(here, "/posts/there/") == there
    assert links.target(here, "../there/") == there


def test_an_essay_that_has_no_translation_is_found_in_the_other_language() -> None:
    only = post("only", "tr")
    links = Catalog([ASKED, only], Site(address="https://example.org")).own_links
    assert links.target(ASKED, "/tr/posts/only/") == only
