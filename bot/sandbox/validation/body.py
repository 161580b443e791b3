"""Checks of a JSON body that collect every fault, as Discord's 50035 reports them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from bot.sandbox.state.errors import DiscordError
from bot.sandbox.state.json_types import JSON

Path = tuple[str | int, ...]
UNKNOWN_FIELD = "SANDBOX_UNKNOWN_FIELD"
"""Not Discord's: it ignores a misspelt field in silence, the sandbox does not."""


@dataclass(slots=True)
class Form:
    """Collects the faults of one body.

    Attributes:
        unknown: Paths of fields that Discord does not have.
    """

    errors: JSON = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)

    def fail(self, path: Path, code: str, message: str) -> None:
        """Add a fault at a path."""
        node = self.errors
        for step in path:
            node = node.setdefault(str(step), {})
        node.setdefault("_errors", []).append({"code": code, "message": message})

    def finish(self) -> None:
        """Raise Discord's 50035 if there was any fault."""
        if self.errors:
            names = ", ".join(self.unknown)
            message = f"Invalid Form Body: no such field: {names}" if names else None
            unknown = tuple(self.unknown)
            raise DiscordError(50035, message=message, errors=self.errors, unknown=unknown)


Check = Callable[[object, Path, Form], None]


def text(longest: int, shortest: int = 0) -> Check:
    """Check a string's length, in code points."""

    def check(value: object, path: Path, form: Form) -> None:
        if not isinstance(value, str):
            form.fail(path, "STRING_TYPE_CONVERT", "Could not interpret as string.")
        elif len(value) > longest and shortest:
            limits = f"Must be between {shortest} and {longest} in length."
            form.fail(path, "BASE_TYPE_BAD_LENGTH", limits)
        elif len(value) > longest:
            limits = f"Must be {longest} or fewer in length."
            form.fail(path, "BASE_TYPE_MAX_LENGTH", limits)
        elif shortest and not value.strip():
            form.fail(path, "BASE_TYPE_REQUIRED", "This field is required")
        elif len(value) < shortest:
            limits = f"Must be between {shortest} and {longest} in length."
            form.fail(path, "BASE_TYPE_BAD_LENGTH", limits)

    return check


def number(least: float | None = None, most: float | None = None) -> Check:
    """Check an integer's range."""

    def check(value: object, path: Path, form: Form) -> None:
        if isinstance(value, bool) or not isinstance(value, int):
            form.fail(path, "NUMBER_TYPE_COERCE", f'Value "{value}" is not int.')
        elif least is not None and value < least:
            limits = f"int value should be greater than or equal to {least}."
            form.fail(path, "NUMBER_TYPE_MIN", limits)
        elif most is not None and value > most:
            limits = f"int value should be less than or equal to {most}."
            form.fail(path, "NUMBER_TYPE_MAX", limits)

    return check


def one_of(*values: object) -> Check:
    """Check that a value is one of a few."""

    def check(value: object, path: Path, form: Form) -> None:
        if value not in values or isinstance(value, bool):
            names = ", ".join(str(each) for each in values)
            form.fail(path, "BASE_TYPE_CHOICES", f"Value must be one of {{{names}}}.")

    return check


def truth(value: object, path: Path, form: Form) -> None:
    """Check a boolean."""
    if not isinstance(value, bool):
        form.fail(path, "BOOLEAN_TYPE_PARSE", "Must be either true or false.")


def snowflake(value: object, path: Path, form: Form) -> None:
    """Check an id: digits, in a string or not."""
    is_id = isinstance(value, int) or (isinstance(value, str) and value.isdigit())
    if not is_id or isinstance(value, bool):
        form.fail(path, "NUMBER_TYPE_COERCE", f'Value "{value}" is not snowflake.')


def link(value: object, path: Path, form: Form) -> None:
    """Check an address that a reader may be led to: http, https or discord, a host with a dot.

    Without a dot Discord refuses the whole message (docs/discord-facts.md#hosts-without-a-dot).
    """
    if not isinstance(value, str) or not value.startswith(("http://", "https://", "discord://")):
        scheme = "Scheme must be one of ('http', 'https', 'discord')."
        form.fail(path, "URL_TYPE_INVALID_SCHEME", scheme)
    elif not value.startswith("discord://") and not _has_dot(value):
        form.fail(path, "URL_TYPE_INVALID_URL", "Not a well formed URL.")


def _has_dot(address: str) -> bool:
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return False
    return "." in host.strip(".") or ":" in host


def maybe(inner: Check) -> Check:
    """Allow null as well."""

    def check(value: object, path: Path, form: Form) -> None:
        if value is not None:
            inner(value, path, form)

    return check


def listed(inner: Check, most: int, least: int = 0) -> Check:
    """Check a list's length and each of its items."""

    def check(value: object, path: Path, form: Form) -> None:
        if not isinstance(value, list):
            form.fail(path, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
            return
        if not least <= len(value) <= most:
            limits = f"Must be between {least} and {most} in length."
            form.fail(path, "BASE_TYPE_BAD_LENGTH", limits)
        for index, item in enumerate(value):
            inner(item, (*path, index), form)

    return check


def any_record(value: object, path: Path, form: Form) -> None:
    """Check that a value is an object; what is in it is checked elsewhere."""
    if not isinstance(value, dict):
        form.fail(path, "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType")


def anything(_value: object, _path: Path, _form: Form) -> None:
    """Check nothing: the sandbox has no use for the field."""


def check_body(body: object, fields: Mapping[str, Check], required: tuple[str, ...] = ()) -> None:
    """Check a whole body.

    Raises:
        DiscordError: 50035 with every fault.
    """
    form = Form()
    record(fields, required)(body, (), form)
    form.finish()


def record(fields: Mapping[str, Check], required: tuple[str, ...] = ()) -> Check:
    """Check an object's fields; one that is not named here is a fault."""

    def check(value: object, path: Path, form: Form) -> None:
        any_record(value, path, form)
        if not isinstance(value, dict):
            return
        for name in required:
            if name not in value:
                form.fail((*path, name), "BASE_TYPE_REQUIRED", "This field is required")
        for name, item in value.items():
            inner = fields.get(name)
            if inner is None:
                dotted = ".".join(str(step) for step in (*path, name))
                form.unknown.append(dotted)
                form.fail((*path, name), UNKNOWN_FIELD, f"Discord has no field {dotted} here.")
            else:
                inner(item, (*path, name), form)

    return check
