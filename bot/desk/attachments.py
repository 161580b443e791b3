"""Responses as a file that an author is handed in Discord: a CSV, or Markdown for an essay."""

import codecs
import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from bot.core.response import Response
from bot.core.text.control_characters import visible
from bot.desk.export import KEYS, as_csv, as_markdown, record

Form = Literal["csv", "markdown"]

_UNSAFE = re.compile(r"[^a-z0-9]+")
_LONGEST_NAME = 60


class Attachment(NamedTuple):
    """A file.

    Attributes:
        name: Of ASCII letters, digits and hyphens, with its ending.
    """

    name: str
    content: bytes


def attachment(responses: Sequence[Response], form: Form, slug: str = "") -> Attachment:
    """Return responses as a file, the same as `afterword responses --format` writes.

    Args:
        slug: The essay's, if all are about one; whatever it holds, the name is no path.
    """
    named = _UNSAFE.sub("-", slug.lower())[:_LONGEST_NAME].strip("-")
    stem = f"responses-{named}" if named else "responses"
    if form == "csv":
        text = as_csv([record(one) for one in responses], KEYS)
        return Attachment(f"{stem}.csv", codecs.BOM_UTF8 + visible(text).encode(errors="replace"))
    text = visible(as_markdown(responses))
    return Attachment(f"{stem}.md", text.encode(errors="replace"))
