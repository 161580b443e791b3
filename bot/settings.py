"""What an operator sets: environment variables, a `.env` file and secret files, read once."""

import os
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.core.database_key import (
    FORMS,
    MOST_BYTES,
    DatabaseKey,
    KeyedPath,
    key_from_file,
    key_from_text,
)
from bot.core.errors import AfterwordError

Pace = Literal["each", "daily", "weekly"]
Body = Literal["auto", "full", "excerpt", "card"]

VARIABLES = {"token": "DISCORD_TOKEN", "token_file": "DISCORD_TOKEN_FILE"}
"""Fields whose variable is not ``AFTERWORD_`` and the field's name."""


class SettingsError(AfterwordError):
    """A setting that cannot be used; the text names its variable."""


class Settings(BaseSettings):
    """Everything that can be set, as values.

    Each field is read from ``AFTERWORD_`` and its name; the token from ``DISCORD_TOKEN`` or from
    the file that ``DISCORD_TOKEN_FILE`` names. Keyword arguments win over the environment, and
    the environment over ``.env``; ``_env_file=None`` leaves ``.env`` unread.
    """

    model_config = SettingsConfigDict(
        env_prefix="AFTERWORD_",
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        populate_by_name=True,
        validate_default=False,
        hide_input_in_errors=True,
    )

    token: SecretStr | None = Field(default=None, validation_alias="DISCORD_TOKEN")
    token_file: Path | None = Field(default=None, validation_alias="DISCORD_TOKEN_FILE")
    content: str = "content"
    database: Path = Path("afterword.db")
    database_key: SecretStr | None = None
    database_key_file: Path | None = None
    channel: Annotated[int, Field(gt=0)] | None = None
    language: str | None = None
    first_run: Literal["none"] | Annotated[int, Field(ge=0)] | date = 1
    pace: Pace = "each"
    body: Body = "auto"
    site: str | None = None
    timezone: str | None = None
    message_content: bool = True
    recheck: Annotated[int, Field(ge=0, le=3650)] = 14
    api: str | None = None
    gateway: str | None = None

    @field_validator("content", mode="before")
    @classmethod
    def _accept_a_path(cls, value: object) -> object:
        return str(value) if isinstance(value, Path) else value

    @field_validator("first_run", mode="before")
    @classmethod
    def _read_first_run(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        text = value.strip().lower()
        if text == "none" or text.isdecimal():
            return int(text) if text.isdecimal() else text
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise ValueError("use none, a number of essays, or a date such as 2026-03-01") from None

    @field_validator("language")
    @classmethod
    def _fold_language(cls, value: str | None) -> str | None:
        return value.lower().replace("_", "-") if value else None

    @field_validator("timezone")
    @classmethod
    def _know_the_timezone(cls, value: str | None) -> str | None:
        if value is None:
            return None
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError):  # "Europe" is a folder
            raise ValueError("use a name such as Europe/Istanbul or UTC") from None
        return value

    @field_validator("site", "api")
    @classmethod
    def _want_http(cls, value: str | None) -> str | None:
        return _address(value, ("http://", "https://"))

    @field_validator("gateway")
    @classmethod
    def _want_a_websocket(cls, value: str | None) -> str | None:
        return _address(value, ("ws://", "wss://"))

    @model_validator(mode="after")
    def _want_both_ends(self) -> "Settings":
        if (self.api is None) != (self.gateway is None):
            raise ValueError(
                "AFTERWORD_API and AFTERWORD_GATEWAY go together: set both, or neither for Discord"
            )
        return self

    @field_validator("database_key")
    @classmethod
    def _know_the_key(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and key_from_text(value.get_secret_value()) is None:
            raise ValueError(f"use {FORMS}; `afterword encrypt --make-key FILE` makes a key")
        return value

    @model_validator(mode="after")
    def _give_the_database_its_key(self) -> "Settings":
        if self.database_key is not None and self.database_key_file is not None:
            raise ValueError("set AFTERWORD_DATABASE_KEY or AFTERWORD_DATABASE_KEY_FILE, not both")
        # the model is frozen for those who have it; here it is still being made
        self.__dict__["database"] = self.with_key(self.database)
        return self

    def with_key(self, path: Path) -> Path:
        """Return the path of a database as those who open it want it: with the key, if one is set.

        The key is read when the database is opened.
        """
        if self.database_key is None and self.database_key_file is None:
            return path
        return KeyedPath.of(path, self._read_database_key)

    def _read_database_key(self) -> DatabaseKey:
        if self.database_key_file is not None:
            return read_key_file(self.database_key_file, variable("database_key_file"))
        text = "" if self.database_key is None else self.database_key.get_secret_value()
        key = key_from_text(text)
        if key is None:
            raise SettingsError(f"AFTERWORD_DATABASE_KEY: use {FORMS}.")
        return key

    def read_token(self) -> str:
        """Return the bot's token, without the white space that files end on.

        Raises:
            SettingsError: There is none, or its file cannot be read.
        """
        if self.token is not None and self.token.get_secret_value().strip():
            return self.token.get_secret_value().strip()
        if self.token_file is None:
            raise SettingsError(
                "There is no token: set DISCORD_TOKEN, or DISCORD_TOKEN_FILE to a file that holds "
                "it (Discord Developer Portal > your application > Bot > Reset Token). "
                "To try Afterword without one, run `afterword demo`."
            )
        try:
            token = self.token_file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(
                f"DISCORD_TOKEN_FILE names {self.token_file}, which cannot be read "
                f"({error.__class__.__name__}): make it a readable file that holds the token."
            ) from error
        if not token:
            raise SettingsError(
                f"DISCORD_TOKEN_FILE names {self.token_file}, which is empty: put the token in it."
            )
        return token


def read_key_file(file: Path, named_by: str) -> DatabaseKey:
    """Return the key in a file.

    Args:
        named_by: The setting or option that names the file, for a refusal.

    Raises:
        SettingsError: It cannot be read, or holds no key.
    """
    try:
        with file.open("rb") as opened:
            data = opened.read(MOST_BYTES)
    except OSError as error:
        raise SettingsError(
            f"{named_by} names {file}, which cannot be read ({error.__class__.__name__}): make it "
            "a readable file that holds the database's key."
        ) from error
    key = key_from_file(data)
    if key is None:
        raise SettingsError(
            f"{named_by} names {file}, which holds no key: put {FORMS} into it, or 32 random bytes "
            "as they are."
        )
    return key


def variable(field: str) -> str:
    """Return the environment variable that sets a field."""
    return VARIABLES.get(field, f"AFTERWORD_{field.upper()}")


def child_environment() -> dict[str, str]:
    """Return the environment for a program that this process starts: its own, without secrets.

    The token and the key are no other program's business, nor is the password in the address of a
    repository.
    """
    secrets = {variable(name) for name, field in Settings.model_fields.items() if _is_secret(field)}
    content = variable("content")
    return {
        name: value
        for name, value in os.environ.items()
        if name.upper() not in secrets  # settings are read in any case
        and not (name.upper() == content and "@" in value)
    }


def _is_secret(field: FieldInfo) -> bool:
    return SecretStr in get_args(field.annotation)


def read_settings(**given: object) -> Settings:
    """Return the settings of this process, with what was given on the command line on top.

    Raises:
        SettingsError: One sentence for each setting that cannot be used.
    """
    try:
        return Settings(**given)  # type: ignore[arg-type]  # checked by pydantic, field by field
    except ValidationError as error:
        raise SettingsError("\n".join(_sentences(error))) from error


def _sentences(error: ValidationError) -> list[str]:
    seen: dict[str, str] = {}
    for one in error.errors(include_url=False, include_input=False):
        place = str(one["loc"][0]) if one["loc"] else ""
        name = place if place.isupper() or not place else variable(place)
        message = one["msg"].removeprefix("Value error, ")
        seen.setdefault(name, f"{name}: {message}." if name else f"{message}.")
    return list(seen.values())


def _address(value: str | None, schemes: tuple[str, ...]) -> str | None:
    if value is None:
        return None
    if not value.lower().startswith(schemes):
        raise ValueError(f"use an address that begins with {' or '.join(schemes)}")
    return value.rstrip("/") if schemes[0] == "http://" else value
