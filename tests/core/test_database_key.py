"""What is a key, and what shows one."""

import base64
import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.database_key import DatabaseKey, KeyedPath, key_from_file, key_from_text
from tests.store.encryption import KEY, encrypted

KEYS = st.binary(min_size=32, max_size=32)


@given(raw=KEYS, end=st.sampled_from(["", "\n", "\r\n", " \n"]))
def test_a_key_is_read_in_each_form(raw: bytes, end: str) -> None:
    standard, url_safe = base64.b64encode(raw).decode(), base64.urlsafe_b64encode(raw).decode()
    forms = (raw.hex(), raw.hex().upper(), standard, url_safe, standard.rstrip("="))
    for text in (form + end for form in forms):
        assert key_from_text(text) == DatabaseKey(raw)
        assert key_from_file(text.encode()) == DatabaseKey(raw)


def test_a_file_may_hold_the_bytes_themselves() -> None:
    assert key_from_file(KEY.raw) == KEY


@pytest.mark.parametrize(
    "text",
    ["", "secret", "a" * 32, "a" * 42, "a" * 63, "a" * 65, "g" * 64, "=" * 44],
)
def test_no_other_text_is_a_key(text: str) -> None:
    assert key_from_text(text) is None
    assert key_from_file(text.encode()) is None


@given(data=st.binary(max_size=100))
def test_whatever_a_file_holds_makes_32_bytes_or_no_key(data: bytes) -> None:
    key = key_from_file(data)
    assert key is None or len(key.raw) == 32


@pytest.mark.parametrize("size", [0, 31, 33, 64])
def test_bytes_of_another_number_are_no_key(size: int) -> None:
    assert key_from_file(b"\xff" * size) is None


def test_neither_a_key_nor_its_path_shows_it() -> None:
    path = encrypted(Path("/tmp/afterword.db"))  # noqa: S108  # nothing is opened
    for shown in (repr(KEY), str(KEY), repr(path), str(path), f"{path}"):
        assert KEY.raw.hex() not in shown.lower()
        assert repr(KEY.raw) not in shown
    assert KEY.raw not in pickle.dumps(path)


def test_a_path_with_a_key_is_the_same_path() -> None:
    path = encrypted(Path("folder/afterword.db"))
    assert path.key() == KEY
    assert path == Path("folder/afterword.db")
    assert isinstance(path.parent, KeyedPath)
    assert path.parent.key() is path.with_name("other.db").key() is path.resolve().key() is None
