"""What languages are called."""

import unicodedata

import pytest

from bot.core.site import Language, Site
from bot.core.text import languages
from bot.core.text.languages import is_language, language_name


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("tr", "Türkçe"),
        ("en", "English"),
        ("ZH_TW", "繁體中文"),
        ("pt-br", "Português (Brasil)"),
        ("de-ch", "Deutsch (CH)"),
        ("sr-latn", "Srpski"),
        ("qaa", "qaa"),
        ("qaa-fr", "qaa-fr"),
        ("", ""),
    ],
)
def test_a_language_is_called_what_its_readers_call_it(code: str, name: str) -> None:
    assert language_name(code) == name


def test_every_language_that_a_file_may_name_has_a_name() -> None:
    codes = languages._CODES.split()
    assert [code for code in codes if language_name(code) == code] == []


def test_names_are_of_one_form_and_tell_languages_apart() -> None:
    names = languages._names()
    assert [code for code in names if code != code.lower()] == []
    texts = list(names.values())
    assert [name for name in texts if unicodedata.normalize("NFC", name) != name.strip()] == []
    plain = [name for code, name in names.items() if not code.startswith("zh-")]
    assert len(set(plain)) == len(plain)
    assert is_language("pt-br")


def test_a_site_has_the_first_word() -> None:
    site = Site(languages=(Language("en", name="In English"), Language("tr")))
    assert site.language_name("en") == "In English"
    assert site.language_name("tr") == "Türkçe"
    assert site.language_name("de") == "Deutsch"
