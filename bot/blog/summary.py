"""A blog in numbers, with all that its author should look at."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from bot.blog.files.discovery import unread_kinds
from bot.blog.files.layout import Layout, layout
from bot.blog.files.reading import Contents, read_file
from bot.core.links import embed_link, left_out
from bot.core.markup import CannotShowError, excerpt, pages, render, split
from bot.core.post import Fault, Post
from bot.core.reading.posts import Reading
from bot.core.text.folding import fold
from bot.core.text.language_detection import sure_language, words_in

_CERTAIN = 0.9
_LEAST = 200  # characters of words: a quotation does not make an essay one in another language
_ALIKE = (
    {"da", "nb", "nn", "no", "sv"},
    {"ru", "uk", "bg", "sr", "be", "mk"},
    {"ar", "fa", "ur"},
    {"bs", "hr", "sr", "sl"},
    {"cs", "sk"},
    {"gl", "pt"},
    {"id", "ms"},
)
"""Languages that are not told apart with any certainty."""


@dataclass(frozen=True, slots=True)
class Summary:
    """A blog in numbers.

    Attributes:
        essays: Translations of one another counted once.
        languages: Pairs of language and number of its essays, most first.
        with_questions: Essays that end on a question in at least one of their languages.
        pages: What is no essay.
        drafts: Essays that are drafts.
        undated: Essays without a date, which only a moderator can start a thread for.
        untranslated: Paths of essays that lack one of the blog's languages.
        in_other_language: Pairs of path and the language that the text seems to be in, a guess.
        left_out: Which addresses Discord does not take, in a sentence; "" if it takes all.
        guessed: The site's language, if that is a guess; else "".
        layout: What of the folder is read, and what is not.
        untitled: Paths of essays whose title is their first heading, or made from their name.
        dated_by_git: Paths of essays whose date is that of their first commit.
        unshowable: A fault for each essay that cannot be shown in Discord.
        alike_tags: Groups of tags that differ only in case or accents.
        unread: Pairs of ending and number of files that the site's generator builds pages of and
            that are not read here, most first.
        is_without_address: Whether the site's configuration names no address to link to.
    """

    essays: int
    languages: tuple[tuple[str, int], ...]
    with_questions: int
    pages: int
    drafts: int
    undated: int
    untranslated: tuple[str, ...]
    in_other_language: tuple[tuple[str, str], ...]
    alike_tags: tuple[tuple[str, ...], ...]
    guessed: str = ""
    left_out: str = ""
    layout: Layout = field(default_factory=Layout)
    untitled: tuple[str, ...] = ()
    dated_by_git: tuple[str, ...] = ()
    unshowable: tuple[Fault, ...] = ()
    unread: tuple[tuple[str, int], ...] = ()
    is_without_address: bool = False


def summarise(
    root: Path, contents: Contents, progress: Callable[[int, int], None] | None = None
) -> Summary:
    """Return the summary of `contents`, which were read from `root` with their questions.

    Each essay is read once more, to see what language it is in, and shown.
    """
    site = contents.site
    essays = [post for post in contents.posts if post.kind == "essay"]
    groups: dict[str, list[Post]] = defaultdict(list)
    for post in essays:
        groups[post.essay].append(post)
    languages = Counter(post.lang for post in essays)
    found = _Readings()
    for number, post in enumerate(essays, 1):
        found.add(post, read_file(root, post.path, site, questions=False))
        if progress is not None:
            progress(number, len(essays))
    return Summary(
        essays=len(groups),
        languages=tuple(languages.most_common()),
        with_questions=sum(any(post.questions for post in group) for group in groups.values()),
        pages=len(contents.posts) - len(essays),
        drafts=sum(post.draft for post in essays),
        undated=sum(post.due is None for post in essays),
        untranslated=_untranslated(groups.values(), len(languages)),
        in_other_language=tuple(found.in_other_language),
        alike_tags=_alike_tags(essays),
        left_out=left_out(essays),
        layout=layout(root, site, {post.path for post in contents.posts}),
        untitled=tuple(post.path for post in essays if not post.titled),
        dated_by_git=tuple(found.dated_by_git),
        unshowable=tuple(found.unshowable),
        guessed=site.language if site.guesses_language else "",
        unread=tuple(unread_kinds(root, site).most_common()),
        is_without_address=not site.follows("no_address")
        and site.address is None
        and not any(language.address for language in site.languages),
    )


class _Readings:
    """What is found by reading each essay once more."""

    def __init__(self) -> None:
        self.in_other_language: list[tuple[str, str]] = []
        self.dated_by_git: list[str] = []
        self.unshowable: list[Fault] = []

    def add(self, post: Post, reading: Reading) -> None:
        """Note what an essay's file says that its post does not."""
        if post.date is not None and reading.post is not None and reading.post.date is None:
            self.dated_by_git.append(post.path)
        if fault := _rendering_fault(post, reading):
            self.unshowable.append(fault)
        if lang := _other_language(reading.body, post.lang):
            self.in_other_language.append((post.path, lang))


def _rendering_fault(post: Post, reading: Reading) -> Fault | None:
    """Render an essay as publishing does; return why it cannot be, with its place in the file."""
    try:
        rendered = render(reading.body, address=embed_link(post.url), omit=post.closing)
        for show in (split, pages, excerpt):
            show(rendered)
    except CannotShowError as error:
        line = None if error.line is None else reading.line + error.line - 1
        message = f"The essay cannot be shown in Discord ({error.reason})."
        advice = "Change what stands there; until then it gets no thread, and the others do."
        return Fault(post.path, line, message, advice)
    return None


def _untranslated(essays: Iterable[list[Post]], languages: int) -> tuple[str, ...]:
    """Return the paths of the essays that lack one of the blog's languages."""
    lacking = (group for group in essays if len({post.lang for post in group}) < languages)
    return tuple(sorted(group[0].path for group in lacking))


def _other_language(body: str, lang: str) -> str | None:
    """Return the language of the words in `body` if that is surely another than `lang`."""
    words = words_in(body)
    stated = lang.partition("-")[0]
    found = sure_language(words, _CERTAIN) if len(words) >= _LEAST else None
    if found in {None, stated} or any({found, stated} <= alike for alike in _ALIKE):
        return None
    return found


def _alike_tags(essays: list[Post]) -> tuple[tuple[str, ...], ...]:
    """Return the groups of tags within a language that fold to one."""
    spellings: dict[tuple[str, str], set[str]] = defaultdict(set)
    for post in essays:
        for tag in post.tags:
            spellings[post.lang, fold(tag)].add(tag)
    return tuple(tuple(sorted(group)) for _, group in sorted(spellings.items()) if len(group) > 1)
