"""What is known of a sentence that may be a closing question: its place and its words.

A feature is a string, "<group> <what>": it is there or not. No word is listed here; which words
matter, and how much, is learned (`model`). Where something is counted, there is a feature for each
step that the count exceeds.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from bot.core.closing.blocks import Block
from bot.core.closing.sentences import may_ask, sentences

LONGEST = 1_000
"""Characters of a question: what goes on for longer was never told apart, and asks nothing."""

MOST = 24
"""Questions of an essay's end that are looked at."""

FARTHEST = 120
"""Words that may follow a question; of 2,075 that were labelled, none has more."""

READ = 240
"""Words of an essay's end that are read: those that may follow a question, and as many more."""

_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_WORD = re.compile(r"[^\W\d_]+")
_SPEECH = "—–―-"
_ENDS = 160  # characters of a question that are read: its beginning and its end


class Sentence(NamedTuple):
    """A sentence of an essay's end.

    Attributes:
        text: As readers see it, on one line.
        block: Which of the blocks it stands in.
        place: Its number in the block.
        left: How many follow it there.
        may_ask: Whether it ends as a question does, and is not somebody else's.
    """

    text: str
    block: int
    place: int
    left: int
    may_ask: bool


def said_in(blocks: Sequence[Block]) -> list[Sentence]:
    """Return the last sentences of paragraphs and list items: `READ` words, the first one whole."""
    said: list[Sentence] = []
    words = 0
    for index in range(len(blocks) - 1, -1, -1):
        if blocks[index].kind not in {"paragraph", "item"}:
            continue
        texts = sentences(blocks[index].text)
        for place in range(len(texts) - 1, -1, -1):
            if words > READ:
                return said[::-1]
            text, left = texts[place], len(texts) - place - 1
            said.append(Sentence(text, index, place, left, may_ask(text)))
            words += length(text)
    return said[::-1]


def candidates(said: Sequence[Sentence]) -> list[int]:
    """Return the numbers of the sentences that may be closing questions, in order."""
    found: list[int] = []
    after = 0
    for number in range(len(said) - 1, -1, -1):
        one = said[number]
        if not one.may_ask:
            after += length(one.text)
        elif len(one.text) <= LONGEST:
            found.append(number)
        if after > FARTHEST or len(found) == MOST:
            break
    return found[::-1]


def run_on(said: Sequence[Sentence], numbers: Sequence[int]) -> list[bool]:
    """Return of each of some sentences whether it is asked right after the one before it."""
    return [number > 0 and _go_on(said[number - 1], said[number]) for number in numbers]


class Place(NamedTuple):
    """Where a sentence stands.

    Attributes:
        blocks: Those of the essay's end.
        said: All of their sentences (`said_in`).
        number: Which of these it is.
    """

    blocks: Sequence[Block]
    said: Sequence[Sentence]
    number: int

    @property
    def one(self) -> Sentence:
        """The sentence."""
        return self.said[self.number]

    @property
    def block(self) -> Block:
        """The block that it stands in."""
        return self.blocks[self.one.block]

    @property
    def below(self) -> Sequence[Block]:
        """The blocks after it."""
        return self.blocks[self.one.block + 1 :]


def features(place: Place) -> set[str]:
    """Return the features of a sentence, of all `GROUPS`."""
    return {f"{group} {one}" for group, found in GROUPS.items() for one in found(place)}


def asked_words(text: str) -> Iterator[str]:
    """Yield what a question's words are, and how it begins and ends."""
    text = text.lower()
    if len(text) > _ENDS:
        text = f"{text[:70]} {text[-90:]}"
    yield from _grams(text, 3, 4)
    words = _WORD.findall(text)
    yield from (f"word:{word}" for word in words)
    yield from (f"pair:{one} {two}" for one, two in zip(["^", *words], [*words, "$"], strict=True))
    beginning, end = re.sub(r"^\W+", "", text), re.sub(r"\W+$", "", text)
    yield from (f"^{beginning[:size]}" for size in (6, 10, 15))
    yield from (f"{end[-size:]}$" for size in (5, 8))


def length(text: str) -> int:
    """Return the number of words; two ideographs count as one."""
    return len(text.split()) + len(_WIDE.findall(text)) // 2


def _above(name: str, count: int, *steps: int) -> Iterator[str]:
    """Yield a feature for each step that a count exceeds."""
    return (f"{name}>{step}" for step in steps if count > step)


def _grams(text: str, shortest: int, longest: int) -> Iterator[str]:
    """Yield the runs of characters in a text, figures as zeros."""
    text = f" {re.sub(r'[0-9]', '0', text.lower())} "
    for size in range(shortest, longest + 1):
        yield from (text[start : start + size] for start in range(len(text) - size + 1))


def _words(text: str) -> Iterator[str]:
    """Yield each word's first five letters, and each two words or signs that stand side by side.

    Of scripts without spaces, runs of two or three characters stand for words.
    """
    text = text.lower()
    for word in _WORD.findall(text):
        if _WIDE.search(word):
            yield from (word[start : start + 2] for start in range(len(word) - 1))
            yield from (word[start : start + 3] for start in range(len(word) - 2))
        else:
            yield word[:5]
    words = re.findall(r"\w+|[^\w\s]", text)
    yield from (f"{one} {two}" for one, two in pairwise(words) if not _WIDE.search(one + two))


def _form(place: Place) -> Iterator[str]:
    """How long it is, and whether it is a line of dialogue."""
    yield from _above("words", length(place.one.text), 1, 2, 3, 5, 8, 13, 20, 30, 50)
    if place.one.text[0] in _SPEECH:
        yield "speech"


def _kind(place: Place) -> Iterator[str]:
    """The kinds of its block and of those beside it."""
    one, block = place.one, place.block
    before = place.blocks[one.block - 1].kind if one.block else "start"
    after = place.below[0].kind if place.below else "end"
    yield from (f"is {block.kind}", f"before {before}", f"after {after}")
    yield f"{block.kind} then {after}"
    yield f"{before} then {block.kind}{' set off' * block.is_set_off} then {after}"
    looks = {"linked": block.is_linked, "set off": block.is_set_off, "boxed": block.is_boxed}
    yield from (look for look, is_so in looks.items() if is_so)
    yield f"place {min(one.place, 3)}"
    yield f"left {min(one.left, 4)}"


def _after(place: Place) -> Iterator[str]:
    """How much follows it, and of which kinds."""
    one = place.one
    rest = [each for each in place.said[place.number + 1 :] if not each.may_ask]
    words = sum(length(each.text) for each in rest)
    yield from _above("words", words, 0, 3, 6, 10, 15, 22, 30, 45, 70, 110)
    here = sum(length(each.text) for each in rest if each.block == one.block)
    yield from _above("words here", here, 0, 4, 10, 20, 40)
    kinds = [block.kind for block in place.below]
    yield from _above("paragraphs", kinds.count("paragraph"), 0, 1, 2, 3, 5, 8)
    yield from _above("items", kinds.count("item"), 0, 2, 5)
    for kind in ("heading", "aside", "picture", "quote", "rule"):
        yield from _above(kind, kinds.count(kind), 0, 1, 3)
    if any(block.is_linked for block in place.below):
        yield "links"
    paragraphs = min(kinds.count("paragraph"), 3)
    yield f"left {min(one.left, 3)} place {min(one.place, 2)} paragraphs {paragraphs}"


def _run(place: Place) -> Iterator[str]:
    """Other questions beside it."""
    said, number = place.said, place.number
    first, last = number, number
    while first and _go_on(said[first - 1], said[first]):
        first -= 1
    while last + 1 < len(said) and _go_on(said[last], said[last + 1]):
        last += 1
    yield f"size {min(last - first, 4)}"
    yield f"place {min(number - first, 3)}"
    yield f"left {min(last - number, 3)}"
    after = [each for each in said[last + 1 :] if not each.may_ask]
    words = sum(length(each.text) for each in after)
    here = sum(length(each.text) for each in after if each.block == said[last].block)
    yield from _above("words after", words, 0, 5, 12, 25, 45, 90)
    yield from _above("words after here", here, 0, 6, 15, 35)
    asking = [each.may_ask for each in said]
    yield from _above("after", sum(asking[number + 1 :]), 0, 1, 2, 4)
    runs = sum(a and not b for a, b in pairwise([*asking[last + 1 :], False]))
    yield f"runs after {min(runs, 2)}"
    yield f"in all {min(sum(asking), 6)}"
    yield f"share {round(6 * sum(asking) / len(asking))}"
    for name, beside in (("before", number - 1), ("next", number + 1)):
        if 0 <= beside < len(said):
            near = "here " * (said[beside].block == place.one.block)
            yield f"{name} {near}{said[beside].may_ask}"


def _go_on(one: Sentence, two: Sentence) -> bool:
    """Return whether two sentences are questions side by side."""
    return one.may_ask and two.may_ask and two.block - one.block <= 1


def _asks(place: Place) -> Iterator[str]:
    """Its own words."""
    return asked_words(place.one.text)


def _next(place: Place) -> Iterator[str]:
    """The words of the sentence after it, unless that is a question."""
    for following in place.said[place.number + 1 :][:1]:
        if not following.may_ask:
            where = "here" if following.block == place.one.block else "below"
            yield from (f"{where} {word}" for word in _words(following.text[:45]))


def _later(place: Place) -> Iterator[str]:
    """The words of those that follow."""
    after = place.said[place.number + 1 :]
    for each in [each for each in after[1:] if not each.may_ask][:4]:
        yield from _words(each.text[:40])
    for each in after[:6]:
        yield from (f"word:{word}" for word in _WORD.findall(each.text[:60].lower()))
    for block in place.below[:8]:
        words = _WORD.findall(block.text[:60].lower())[:2]
        yield from (f"^{' '.join(words[:size])}" for size in range(1, len(words) + 1))


def _before(place: Place) -> Iterator[str]:
    """The words of the sentences before it."""
    one, before = place.one, place.said[: place.number]
    if before and before[-1].block == one.block:
        yield from (f"last {word}" for word in _words(before[-1].text[-45:]))
    near = [each for each in before if not each.may_ask and each.block >= one.block - 1]
    for each in near[-2:]:
        yield from _words(each.text[-50:])


GROUPS: dict[str, Callable[[Place], Iterable[str]]] = {
    "form": _form,
    "kind": _kind,
    "after": _after,
    "run": _run,
    "asks": _asks,
    "next": _next,
    "later": _later,
    "before": _before,
}
"""`make eval` shows what each is worth."""
