"""A map from the blog's tags to a forum's, proposed from the essays' own tags."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.core.text.folding import fold

MOST = 20
"""Tags that a forum may have (docs/discord-facts.md#channel-limits)."""

LONGEST_NAME = 20
"""Characters of a forum tag's name."""

COMMON = 4
"""A tag on more than one of so many essays says too little about any."""

PLURALS = (("", "s"), ("", "es"), ("y", "ies"), ("", "lar"), ("", "ler"), ("e", "en"),
           ("", "en"), ("u", "ux"), ("l", "is"), ("ao", "oes"), ("m", "ns"))  # fmt: skip
"""How folded words end in the singular and in the plural, in the languages that the bot speaks."""

LEAST_STEM = {"s": 3, "en": 5}
"""Letters before an ending; four where it is not named. "Men" is no plural of "m"."""


@dataclass(frozen=True, slots=True)
class Group:
    """Spellings of one tag, and the forum's tag for them.

    Attributes:
        name: The forum tag's name, which it has or would get.
        spellings: The blog's tags, folded, the most used one first.
        essays: How many essays have one of them.
        tag_id: The forum's tag; None if it would have to be made.
    """

    name: str
    spellings: tuple[str, ...]
    essays: int
    tag_id: int | None = None

    @property
    def key(self) -> str:
        """What it is called in a menu."""
        return self.spellings[0]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Which tags a forum could have.

    Attributes:
        groups: Those that the forum has first, then those to make; the most used first.
        common: Names of tags that are on too many essays.
        too_long: Names of tags that Discord would not take.
        full: How many more there would be if the forum had room.
    """

    groups: tuple[Group, ...] = ()
    common: tuple[str, ...] = ()
    too_long: tuple[str, ...] = ()
    full: int = 0


def propose(essays: Iterable[Sequence[str]], existing: Mapping[int, str]) -> Proposal:
    """Return a proposal.

    Args:
        essays: The tags of each essay.
        existing: Names of the forum's tags by their ids.
    """
    listed = [list(dict.fromkeys(tags)) for tags in essays]
    spelt = Counter(tag for tags in listed for tag in tags if fold(tag))
    groups = sorted(_grouped(spelt, listed), key=lambda group: (-group.essays, group.key))
    there = {_plain(fold(name)): tag_id for tag_id, name in existing.items()}
    known, new, common, too_long = [], [], [], []
    used: set[int] = set()
    for group in groups:
        tag_id = next((there[one] for one in _names(group, there) if one in there), None)
        if tag_id is not None and tag_id not in used:
            used.add(tag_id)
            known.append(Group(existing[tag_id], group.spellings, group.essays, tag_id))
        elif tag_id is not None:
            continue
        elif group.essays > max(1, len(listed) / COMMON):
            common.append(group.name)
        elif len(group.name) > LONGEST_NAME:
            too_long.append(group.name)
        else:
            new.append(group)
    room = max(0, MOST - len(existing))
    return Proposal((*known, *new[:room]), tuple(common), tuple(too_long), len(new[room:]))


def _names(group: Group, there: Mapping[str, int]) -> list[str]:
    """Return what a forum's tag for a group may be called: its spellings, or their other number."""
    plain = [_plain(one) for one in group.spellings]
    return [*plain, *(name for name in there if any(_same(name, one) for one in plain))]


def _grouped(spelt: Mapping[str, int], listed: Sequence[Sequence[str]]) -> list[Group]:
    by_fold: dict[str, list[str]] = defaultdict(list)
    for tag in spelt:
        by_fold[fold(tag)].append(tag)
    plain: dict[str, set[str]] = defaultdict(set)
    for folded in by_fold:
        plain[_plain(folded)].add(folded)
    roots = {one: _root(one, plain) for one in plain}
    merged: dict[str, set[str]] = defaultdict(set)
    for one, folded_tags in plain.items():
        merged[roots[one]] |= folded_tags
    count: Counter[str] = Counter()
    for tags in listed:
        count.update({roots[_plain(fold(tag))] for tag in tags if fold(tag)})
    return [_group(root, merged[root], by_fold, spelt, count) for root in merged]


def _group(
    root: str,
    folded: Iterable[str],
    by_fold: Mapping[str, Sequence[str]],
    spelt: Mapping[str, int],
    count: Mapping[str, int],
) -> Group:
    def uses(one: str) -> int:
        return sum(spelt[tag] for tag in by_fold[one])

    ordered = sorted(folded, key=lambda one: (-uses(one), len(one), one))
    name = max(by_fold[ordered[0]], key=lambda tag: (spelt[tag], tag[:1].isupper(), tag))
    return Group(" ".join(name.split()), tuple(ordered), count[root])


def _plain(folded: str) -> str:
    """Return a folded tag with spaces for what joins words."""
    return " ".join(folded.replace("-", " ").replace("_", " ").split()) or folded


def _root(tag: str, known: Mapping[str, object]) -> str:
    """Return the singular of a tag if that is a tag too, and so on; else the tag itself."""
    for singular in _singulars(tag):
        if singular in known:
            return _root(singular, known)
    return tag


def _singulars(tag: str) -> list[str]:
    found = []
    for one, many in PLURALS:
        stem = tag.removesuffix(many)
        if stem != tag and len(stem.split(" ")[-1]) >= LEAST_STEM.get(many, 4) - len(one):
            found.append(f"{stem}{one}")
    return found


def _same(one: str, other: str) -> bool:
    return one == other or one in _singulars(other) or other in _singulars(one)
