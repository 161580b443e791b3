"""Which essays of a blog the demo shows, and what it leaves out."""

import shlex
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from bot.blog.files.reading import Contents
from bot.core.errors import AfterwordError
from bot.core.phrases import LANGUAGES
from bot.core.post import Post
from bot.core.publishing.due import due_for_thread, plan_first_run


class Reason(NamedTuple):
    """Why files are no essays to show: one of them, many, and what to do about it."""

    one: str
    many: str
    advice: str


LEFT_OUT = {
    "draft": Reason("draft", "drafts", "Take `draft: true` out of one"),
    "early": Reason("dated in the future", "dated in the future", "Give one an earlier date"),
    "over": Reason("expired", "expired", "Give one a later expiry date"),
    "page": Reason("other page", "other pages", "Name the folder that holds the essays"),
    "faulty": Reason(
        "file with a fault", "files with faults", "`afterword check {folder}` says what is wrong"
    ),
}


class NothingToShowError(AfterwordError):
    """A folder has no essay that readers would see."""


@dataclass(frozen=True, slots=True)
class Selection:
    """The essays that the demo shows.

    Attributes:
        lang: The language whose essays are discussed.
        is_default: Whether that is the site's, which `/setup` takes unless told otherwise.
        essays: The public ones in it: those that end on a question first, then the newest.
        starts: The one that gets its thread by itself; None if none has a date.
        elsewhere: How many public essays there are in other languages.
        left_out: How many files are not shown, by reason: the keys of `LEFT_OUT`.
        faults: How many faults the folder has.
    """

    lang: str
    is_default: bool
    essays: tuple[Post, ...]
    starts: Post | None
    elsewhere: int
    left_out: Counter[str]
    faults: int

    @property
    def asking(self) -> int:
        """How many essays end on a question."""
        return sum(bool(post.questions) for post in self.essays)

    @property
    def opener(self) -> Post:
        """The essay that the demo opens with: the one that starts, unless only others ask."""
        best = self.essays[0]
        return best if self.starts is None or not self.starts.questions else self.starts


def select(folder: Path, contents: Contents, now: datetime) -> Selection:
    """Return what the demo shows of a folder.

    The language is the site's, or, if no essay is in it, the one of most essays.

    Raises:
        NothingToShowError: The folder holds no essay that is public.
    """
    langs = {post.lang for post in contents.posts}
    public = {lang: tuple(due_for_thread(contents.posts, lang, (), now)) for lang in sorted(langs)}
    left_out = _left_out(contents, now)
    default = contents.site.language
    most = max(public, key=lambda lang: len(public[lang]), default="")
    lang = default if public.get(default) else most
    if not public.get(lang):
        raise NothingToShowError(_nothing(folder, left_out))
    starts = plan_first_run(public[lang], 1).start
    elsewhere = sum(len(posts) for posts in public.values()) - len(public[lang])
    first = starts[0] if starts else None
    return Selection(
        lang, lang == default, public[lang], first, elsewhere, left_out, len(contents.faults)
    )


def introduction(folder: Path, selection: Selection) -> Iterator[str]:
    """Yield what is published, the opening essay with its questions, and what is left out."""
    count, asking = len(selection.essays), selection.asking
    essays = f"{count} {'essay' if count == 1 else 'essays'} in {selection.lang}"
    more = f", {selection.elsewhere} in other languages" if selection.elsewhere else ""
    yield f"It discusses {folder}: {essays}{more}; {asking or 'none'} with closing questions."
    opener = selection.opener
    if opener.questions:
        yield f"It opens with “{opener.title}”, which ends by asking:"
        yield from (f"  {question.text}" for question in opener.questions)
    else:
        yield f"It opens with “{opener.title}”; readers are asked what stays with them."
    if selection.lang.partition("-")[0] not in LANGUAGES:
        *most, last = sorted(LANGUAGES)
        known = f"{', '.join(most)} and {last}"
        yield f"Around the essays Afterword speaks English: it knows {known}, not {selection.lang}."
    if selection.left_out:
        yield f"Not shown: {_counted(selection.left_out)}."
    if selection.faults:
        has = "One fault was" if selection.faults == 1 else f"{selection.faults} faults were"
        yield f"{has} found there: `afterword check {shlex.quote(str(folder))}` says where."


def _left_out(contents: Contents, now: datetime) -> Counter[str]:
    faulty = {fault.path for fault in contents.faults if fault.path}
    unread = faulty - {post.path for post in contents.posts}
    reasons = [_reason(post, faulty, now) for post in contents.posts]
    return Counter(reason for reason in (*reasons, *("faulty" for _ in unread)) if reason)


def _reason(post: Post, faulty: Collection[str], now: datetime) -> str | None:
    if post.kind != "essay":
        return "page"
    if post.draft:  # as is a post whose front matter cannot be read
        return "faulty" if post.path in faulty else "draft"
    if post.due is not None and post.due > now:
        return "early"
    return "over" if post.expires is not None and post.expires <= now else None


def _nothing(folder: Path, left_out: Counter[str]) -> str:
    another = "name another folder with --content, or leave it out to see our own essays."
    if not left_out:
        return f"There is no post in {folder}: Afterword reads Markdown files. So {another}"
    (first, _), *_ = left_out.most_common()
    advice = LEFT_OUT[first].advice.format(folder=shlex.quote(str(folder)))
    return f"{folder} has no essay to show, only {_counted(left_out)}. {advice}; or {another}"


def _counted(left_out: Counter[str]) -> str:
    return ", ".join(
        f"{count} {LEFT_OUT[reason].one if count == 1 else LEFT_OUT[reason].many}"
        for reason, count in left_out.most_common()
    )
