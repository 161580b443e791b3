"""What a card says of other essays fits beside the rest of it, and shows titles as they are."""

from bot.core.phrases import phrases
from bot.core.post import Post, Question
from bot.desk.passages.related import Named
from bot.discussion.messages.private import Standing, post_card

SAY = phrases("en")
HERE = Standing(1)


def other(title: str = "Maps", url: str | None = "https://blog.example/maps/") -> Named:
    return Named(Post("maps.md", "en", "maps", title, "maps", url=url), 0.5, ("coast", "map*"))


def content(*related: Named, question: str = "Why?") -> str:
    post = Post("a.md", "en", "a", "A", "a", questions=(Question(question),))
    return post_card(post, HERE, (), SAY, related).content or ""


def test_an_essay_is_linked_and_its_words_are_shown_as_they_are() -> None:
    said = r"- [Maps](<https://blog.example/maps/>): both turn on *coast*, *map\**"
    assert said in content(other())


def test_a_title_is_no_markup_and_stays_on_its_line() -> None:
    assert "- \\[x]\u200b(y) \\*z: both" in content(other("[x](y)\n*z", url=None))


def test_an_address_that_discord_would_refuse_or_that_is_too_long_is_left_out() -> None:
    for url in ("http://localhost/maps/", f"https://blog.example/{'m' * 300}"):
        assert "- Maps: both" in content(other(url=url))


def test_without_words_an_essay_is_only_named() -> None:
    assert "- Maps\n" in content(other(url=None)._replace(because=()))


def test_where_there_is_no_room_what_readers_can_do_stays() -> None:
    full = content(*[other("M" * 300)] * 3, question="Why? " * 360)
    assert "Reads well" not in full
    assert full.endswith(SAY.on_the_shelf)
    assert len(full) <= 2000
    assert "Reads well" in content(*[other("M" * 300)] * 3, question="Why? " * 100)
