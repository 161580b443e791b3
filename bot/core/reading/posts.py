"""Reading a post: from the bytes of a file to what they say."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime

from bot.core.closing.questions import closing_questions, has_mark
from bot.core.markup.preprocessing.emoji_names import with_emoji
from bot.core.markup.preprocessing.hidden import without_hidden
from bot.core.markup.preprocessing.mdx import without_expressions
from bot.core.post import Fault, Post
from bot.core.reading.frontmatter.splitting import Form, FrontMatter, FrontMatterError, split
from bot.core.reading.headings import without_title
from bot.core.reading.hugo.cascades import cascaded
from bot.core.reading.hugo.pages import HugoReader, is_unlisted
from bot.core.reading.paths import is_readme, read_path
from bot.core.reading.reader import Reader
from bot.core.site import Site

MAX_BYTES = 2_000_000
"""Of a file: the longest essay in a survey of 24,345 files is a tenth of it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading a file.

    Attributes:
        post: None if the file holds no post or none that can be trusted.
        body: Its Markdown, without the front matter.
        line: One-based number of the body's first line in the file.
        faults: What is wrong with it.
        pending: Whether its closing questions have yet to be looked for.
        form: What its front matter is written in.
    """

    post: Post | None
    body: str
    line: int = 1
    faults: tuple[Fault, ...] = ()
    pending: bool = False
    form: Form = ""


def read_post(
    path: str, data: bytes, site: Site, *, questions: bool = True, changed: datetime | None = None
) -> Reading:
    """Read the post in the file at `path`, which is relative to the content folder.

    A file whose front matter is broken is a draft with the fields that could be read, so that it
    is not taken for removed and not sent. A page that Hugo lists nowhere is no post.

    Args:
        questions: Whether to look for closing questions, which takes longer than all the rest;
            otherwise the reading says whether they are `pending`.
        changed: When the file was last changed, for sites that take this for a post's date.
    """
    if refusal := _refusal(path, data):
        return Reading(None, "", faults=(refusal,))
    faults: list[Fault] = []
    parts, is_broken = _parts(path, data, site, faults)
    place = read_path(path, site)
    is_about_folder = is_readme(place) and not parts.head and not site.is_hugo
    if site.cascades:
        parts = parts._replace(metadata={**cascaded(site, place), **parts.metadata})
    if is_about_folder or (site.is_hugo and is_unlisted(place, parts.metadata)):
        return Reading(None, parts.body, parts.line, tuple(faults))
    if not is_broken:
        parts = without_title(parts)
    reader = HugoReader if site.is_hugo else Reader
    digest = hashlib.blake2b(data, digest_size=12).hexdigest()
    post = reader(path, place, parts, site, faults, changed).post(digest, is_broken=is_broken)
    pending = "questions" not in parts.metadata and post.kind == "essay" and has_mark(parts.body)
    reading = Reading(post, parts.body, parts.line, tuple(faults), pending, parts.form)
    return ask(reading) if questions else reading


def _refusal(path: str, data: bytes) -> Fault | None:
    """Return why a file is not read at all."""
    if len(data) > MAX_BYTES:
        message = f"The file has {len(data):,} bytes; an essay has at most {MAX_BYTES:,}."
        return Fault(path, None, message, "Take what is not text out of it.")
    if b"\0" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Fault(path, None, "The file is binary, not text.", "Save it as UTF-8 text.")
    return None


def _parts(path: str, data: bytes, site: Site, faults: list[Fault]) -> tuple[FrontMatter, bool]:
    """Return the front matter with the body that readers see, and whether it is broken."""
    is_broken = False
    try:
        parts = split(_decode(path, data, faults), unfenced=site.follows("unfenced"))
    except FrontMatterError as error:
        faults.append(Fault(path, error.line, str(error), error.advice))
        parts, is_broken = error.rest, True
    for key, line in parts.repeated():
        message = f"The key “{key}” stands twice in the front matter; the last one counts here."
        faults.append(Fault(path, line, message, "Keep one: generators differ in which they take."))
    return parts._replace(body=_shown(parts.body, path, site)), is_broken


def _shown(body: str, path: str, site: Site) -> str:
    """Return what readers of the site see of a body, before anybody reads it as Markdown."""
    body = without_hidden(body)
    if path.lower().endswith(".mdx"):
        body = without_expressions(body)
    return with_emoji(body) if site.emoji else body


def ask(reading: Reading) -> Reading:
    """Return `reading` with its closing questions, if they are pending."""
    if reading.post is None or not reading.pending:
        return reading
    closing = closing_questions(reading.body)
    post = replace(reading.post, questions=closing.questions, closing=closing.lines)
    return replace(reading, post=post, pending=False)


def _decode(path: str, data: bytes, faults: list[Fault]) -> str:
    """Return `data` as text, by its byte order mark, as UTF-8, or as what Windows wrote before."""
    try:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            return data.decode("utf-16")
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        faults.append(Fault(path, line, "The file is not UTF-8.", "Save it as UTF-8."))
        return data.decode("cp1252", errors="replace")
