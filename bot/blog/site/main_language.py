"""The language of a site whose configuration names none: that of most of its posts."""

import os
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from zlib import crc32

from bot.core.reading.frontmatter.fields import TITLES, Fields
from bot.core.reading.frontmatter.splitting import FrontMatterError, split
from bot.core.reading.paths import read_path
from bot.core.site import Site
from bot.core.text.language_detection import sure_language, words_in
from bot.core.text.languages import is_language, normal_code

MOST_READ = 100
"""Posts that are asked what language they are in: with two thirds in one, .9996 of the times that
one has most of them."""

_FIRST_BYTES = 16_000
_KEPT_WORDS = 200  # characters, of a post that is too short to tell by itself


@dataclass(frozen=True, slots=True)
class Sample:
    """What one post says of its language.

    Attributes:
        state: Of its file: time of change, size and number.
        stated: The language that it names.
        guessed: The one that its words are surely in.
        words: Its words, where they do not tell.
    """

    state: tuple[int, int, int]
    stated: str = ""
    guessed: str = ""
    words: str = ""


def with_language(
    root: Path, paths: Collection[str], site: Site, known: dict[str, Sample] | None = None
) -> Site:
    """Return the site in the language of most of its posts, if its configuration names none.

    A hundred posts are asked, always the same as long as they are there. Those that name their own
    language count only where all do: the site's language is for the others.

    Args:
        known: The posts that were asked before; changed to those that were asked now, so that
            nothing is read twice.
    """
    if not site.guesses_language or len(site.languages) != 1:
        return site
    known = {} if known is None else known
    asked = {path: _sample(root, path, known.get(path)) for path in _drawn(paths, site)}
    known.clear()
    known.update({path: sample for path, sample in asked.items() if sample is not None})
    code = _most(known.values()) or site.language
    return replace(site, languages=(site.languages[0]._replace(code=code),))


def _drawn(paths: Iterable[str], site: Site) -> list[str]:
    """Return the paths of the posts to ask: a new file takes the place of one other at most."""
    drawn = sorted(paths, key=lambda path: crc32(path.encode(errors="surrogatepass")))
    chosen: list[str] = []
    for path in drawn:
        if len(chosen) == MOST_READ:
            break
        place = read_path(path, site)
        if not place.is_section and place.language.code == site.language:
            chosen.append(path)  # else its name or folder says another language
    return chosen


def _sample(root: Path, path: str, before: Sample | None) -> Sample | None:
    """Return what the post at `path` says of its language; None if it cannot be read."""
    try:
        with (root / path).open("rb") as file:
            status = os.fstat(file.fileno())
            state = status.st_mtime_ns, status.st_size, status.st_ino
            if before is not None and before.state == state:
                return before
            data = file.read(_FIRST_BYTES)
    except OSError:
        return None
    text = data.decode("utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8", "ignore")
    try:
        parts = split(text)
    except FrontMatterError as error:
        parts = error.rest
    fields = Fields(parts.metadata)
    stated = normal_code(fields.text("lang", "language", "locale"))
    if is_language(stated):
        return Sample(state, stated=stated)
    words = f"{words_in(fields.text(*TITLES))} {words_in(parts.body)}".strip()
    found = sure_language(words) or ""
    if is_language(found):
        return Sample(state, guessed=found)
    return Sample(state, words=words[:_KEPT_WORDS])


def _most(samples: Collection[Sample]) -> str:
    """Return the language of most; "" if nothing is sure."""
    votes = Counter(sample.guessed for sample in samples if sample.guessed)
    short = [sample.words for sample in samples if sample.words]
    together = sure_language(" ".join(short)) or ""
    if is_language(together):  # what each is too short for, all may tell
        votes[together] += len(short)
    elif len(short) > votes.total():
        return ""
    votes = votes or Counter(sample.stated for sample in samples if sample.stated)
    return min(votes, key=lambda code: (-votes[code], code != "en", code), default="")
