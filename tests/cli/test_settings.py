"""What an operator sets, and what they are told when it cannot be used."""

from datetime import date
from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from bot.core.database_key import KeyedPath
from bot.settings import Settings, SettingsError, read_settings, variable
from bot.store.file.database import open_database
from tests.store.encryption import KEY


@pytest.fixture(autouse=True)
def nothing_is_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for field in Settings.model_fields:
        monkeypatch.delenv(variable(field), raising=False)
    monkeypatch.chdir(tmp_path)


def refusal_of(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> str:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as refusal:
        read_settings()
    return str(refusal.value)


def test_everything_but_the_token_has_a_default() -> None:
    settings = Settings()
    assert settings.model_dump() == {
        "token": None,
        "token_file": None,
        "content": "content",
        "database": Path("afterword.db"),
        "database_key": None,
        "database_key_file": None,
        "channel": None,
        "language": None,
        "first_run": 1,
        "pace": "each",
        "body": "auto",
        "site": None,
        "timezone": None,
        "message_content": True,
        "recheck": 14,
        "api": None,
        "gateway": None,
    }


def test_every_field_is_read_from_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    values = {
        "DISCORD_TOKEN": "secret",
        "DISCORD_TOKEN_FILE": "/run/token",
        "AFTERWORD_CONTENT": "posts",
        "AFTERWORD_DATABASE": "other.db",
        "AFTERWORD_DATABASE_KEY": KEY.raw.hex(),
        "AFTERWORD_CHANNEL": "123",
        "AFTERWORD_LANGUAGE": "pt_BR",
        "AFTERWORD_FIRST_RUN": "none",
        "AFTERWORD_PACE": "daily",
        "AFTERWORD_BODY": "card",
        "AFTERWORD_SITE": "https://example.org/blog/",
        "AFTERWORD_TIMEZONE": "Europe/Istanbul",
        "AFTERWORD_MESSAGE_CONTENT": "off",
        "AFTERWORD_RECHECK": "3",
        "AFTERWORD_API": "http://127.0.0.1:1/api/v10/",
        "AFTERWORD_GATEWAY": "ws://127.0.0.1:1/",
    }
    both = {variable(field) for field in Settings.model_fields}
    assert both - {"AFTERWORD_DATABASE_KEY_FILE"} == set(values)
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    settings = read_settings()
    assert settings.read_token() == "secret"
    assert settings.model_dump(exclude={"token", "token_file"}) == {
        "database_key": SecretStr(KEY.raw.hex()),
        "database_key_file": None,
        "content": "posts",
        "database": Path("other.db"),
        "channel": 123,
        "language": "pt-br",
        "first_run": "none",
        "pace": "daily",
        "body": "card",
        "site": "https://example.org/blog",
        "timezone": "Europe/Istanbul",
        "message_content": False,
        "recheck": 3,
        "api": "http://127.0.0.1:1/api/v10",
        "gateway": "ws://127.0.0.1:1/",
    }


def test_arguments_win_over_the_environment_and_that_over_the_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text(
        "AFTERWORD_PACE=weekly\nAFTERWORD_BODY=card\nAFTERWORD_RECHECK=7\nOTHER=1\n"
    )
    monkeypatch.setenv("AFTERWORD_BODY", "full")
    monkeypatch.setenv("AFTERWORD_RECHECK", "8")
    settings = read_settings(recheck=9, content=Path("here"))
    assert (settings.pace, settings.body, settings.recheck) == ("weekly", "full", 9)
    assert settings.content == "here"
    assert read_settings(_env_file=None).pace == "each"


def test_an_empty_variable_is_no_value(monkeypatch: pytest.MonkeyPatch) -> None:
    for field in Settings.model_fields:
        monkeypatch.setenv(variable(field), "")
    assert read_settings() == read_settings(_env_file=None)


@pytest.mark.parametrize(
    ("text", "value"),
    [("none", "none"), (" NONE ", "none"), ("0", 0), ("12", 12), ("2026-03-01", date(2026, 3, 1))],
)
def test_the_first_run_is_none_or_a_number_or_a_day(
    monkeypatch: pytest.MonkeyPatch, text: str, value: object
) -> None:
    monkeypatch.setenv("AFTERWORD_FIRST_RUN", text)
    assert read_settings().first_run == value
    assert read_settings(first_run=value).first_run == value


@pytest.mark.parametrize(
    ("name", "value", "advice"),
    [
        ("AFTERWORD_FIRST_RUN", "soon", "use none, a number of essays, or a date"),
        ("AFTERWORD_FIRST_RUN", "-1", "use none, a number of essays, or a date"),
        ("AFTERWORD_FIRST_RUN", "²", "use none, a number of essays, or a date"),
        ("AFTERWORD_CHANNEL", "general", "valid integer"),
        ("AFTERWORD_CHANNEL", "0", "greater than 0"),
        ("AFTERWORD_PACE", "hourly", "'each', 'daily' or 'weekly'"),
        ("AFTERWORD_BODY", "half", "'auto', 'full', 'excerpt' or 'card'"),
        ("AFTERWORD_TIMEZONE", "Mars/Olympus", "use a name such as Europe/Istanbul"),
        ("AFTERWORD_TIMEZONE", "Europe", "use a name such as Europe/Istanbul"),
        ("AFTERWORD_TIMEZONE", "../etc/localtime", "use a name such as Europe/Istanbul"),
        ("AFTERWORD_SITE", "example.org", "begins with http:// or https://"),
        ("AFTERWORD_RECHECK", "-1", "greater than or equal to 0"),
        ("AFTERWORD_MESSAGE_CONTENT", "perhaps", "valid boolean"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named_with_what_to_do(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, advice: str
) -> None:
    said = refusal_of(monkeypatch, name, value)
    assert said.startswith(f"{name}: ")
    assert advice in said
    assert said.endswith(".")
    assert "\n" not in said


def test_every_fault_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AFTERWORD_PACE", "hourly")
    monkeypatch.setenv("AFTERWORD_GATEWAY", "http://127.0.0.1:1/")
    said = refusal_of(monkeypatch, "AFTERWORD_API", "127.0.0.1")
    assert [line.split(":")[0] for line in said.splitlines()] == [
        "AFTERWORD_PACE",
        "AFTERWORD_API",
        "AFTERWORD_GATEWAY",
    ]
    assert "ws:// or wss://" in said


@pytest.mark.parametrize("name", ["AFTERWORD_API", "AFTERWORD_GATEWAY"])
def test_one_end_of_another_discord_is_not_enough(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    scheme = "http" if name == "AFTERWORD_API" else "ws"
    said = refusal_of(monkeypatch, name, f"{scheme}://127.0.0.1:1/")
    assert said == (
        "AFTERWORD_API and AFTERWORD_GATEWAY go together: set both, or neither for Discord."
    )


def test_a_token_never_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "very-secret")
    assert "very-secret" not in repr(read_settings())
    assert "very-secret" not in refusal_of(monkeypatch, "AFTERWORD_PACE", "hourly")
    with pytest.raises(SettingsError) as refusal:
        read_settings(token=["very-secret"])
    assert "very-secret" not in str(refusal.value)


def test_a_token_may_come_from_a_file_with_its_line_end(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text("  secret\n")
    assert Settings(token_file=file).read_token() == "secret"
    assert read_settings(token=" \n", token_file=file).read_token() == "secret"
    assert read_settings(token=" given\n", token_file=file).read_token() == "given"


def test_a_missing_token_is_asked_for_and_the_demo_is_offered() -> None:
    with pytest.raises(SettingsError, match="afterword demo"):
        Settings().read_token()


def test_a_token_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="FileNotFoundError"):
        Settings(token_file=tmp_path / "missing").read_token()
    with pytest.raises(SettingsError, match="IsADirectoryError"):
        Settings(token_file=tmp_path).read_token()
    binary, empty = tmp_path / "binary", tmp_path / "empty"
    binary.write_bytes(b"\xff\xfe")
    empty.write_text("\n")
    with pytest.raises(SettingsError, match="UnicodeDecodeError"):
        Settings(token_file=binary).read_token()
    with pytest.raises(SettingsError, match="is empty"):
        Settings(token_file=empty).read_token()


def test_settings_are_values_that_nobody_changes() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        setattr(Settings(), "pace", "daily")  # noqa: B010  # mypy knows that it is frozen


def test_what_is_given_as_none_is_not_set() -> None:
    given = read_settings(site=None, timezone=None, language=None, api=None, gateway=None)
    assert given == Settings()


def test_the_database_has_the_key_that_is_set(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert not isinstance(read_settings().database, KeyedPath)
    monkeypatch.setenv("AFTERWORD_DATABASE_KEY", KEY.raw.hex())
    keyed = [read_settings().database]
    monkeypatch.delenv("AFTERWORD_DATABASE_KEY")
    for name, content in (("raw", KEY.raw), ("text", KEY.raw.hex().encode() + b"\n")):
        (tmp_path / name).write_bytes(content)
        keyed.append(read_settings(database_key_file=tmp_path / name).database)
    assert [isinstance(one, KeyedPath) and one.key() for one in keyed] == [KEY] * 3


def test_a_key_that_is_none_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    said = refusal_of(monkeypatch, "AFTERWORD_DATABASE_KEY", "passphrase of mine")
    assert "AFTERWORD_DATABASE_KEY: use 64 hex digits, or base64 of 32 random bytes" in said
    assert "passphrase" not in said


def test_a_key_is_shown_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AFTERWORD_DATABASE_KEY", KEY.raw.hex())
    settings = read_settings()
    for shown in (repr(settings), str(settings), str(settings.model_dump())):
        assert KEY.raw.hex() not in shown


def test_only_one_key_can_be_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("AFTERWORD_DATABASE_KEY", KEY.raw.hex())
    said = refusal_of(monkeypatch, "AFTERWORD_DATABASE_KEY_FILE", str(tmp_path / "key"))
    assert said == "set AFTERWORD_DATABASE_KEY or AFTERWORD_DATABASE_KEY_FILE, not both."


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, r"cannot be read \(FileNotFoundError\): make it a readable file"),
        (b"", "holds no key: put 64 hex digits"),
        (b"\xff" * 31, "or 32 random bytes as they are"),
        (b"secret", "holds no key"),
    ],
)
def test_a_key_file_is_refused_when_the_database_is_opened(
    tmp_path: Path, content: bytes | None, sentence: str
) -> None:
    if content is not None:
        (tmp_path / "key").write_bytes(content)
    database = read_settings(database_key_file=tmp_path / "key").database
    with pytest.raises(SettingsError, match=sentence) as refusal:
        open_database(database)
    assert "AFTERWORD_DATABASE_KEY_FILE names" in str(refusal.value)
    assert "secret" not in str(refusal.value)
