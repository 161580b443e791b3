"""Which of a forum's tags an essay gets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.core.text.folding import fold

FORUM_TAGS = 5
"""Tags that a forum post may have (docs/discord-facts.md#channel-limits)."""


@dataclass(frozen=True, slots=True)
class TagMap:
    """Which of the forum's tags stands for which of the blog's.

    Attributes:
        ids: Ids of the forum's tags, by the blog's folded tags. A tag that is not in it gets the
            forum's tag of the same name.
        default: The id of the forum's tag for an essay that would have none.
    """

    ids: Mapping[str, int] = field(default_factory=dict, hash=False)
    default: int | None = None


SAME_NAMES = TagMap()


def tags_of(tags: Sequence[str], there: Mapping[int, str], tag_map: TagMap) -> list[int]:
    """Return the ids of the forum's tags that an essay gets, at most five, in the essay's order.

    Args:
        tags: The essay's.
        there: Names of the forum's tags that may be used, by their ids; a tag of the map that is
            not among them was deleted, or is only for moderators.
    """
    named = {fold(name): tag_id for tag_id, name in there.items()}
    found: list[int] = []
    for tag in map(fold, tags):
        mapped = tag_map.ids.get(tag)
        tag_id = mapped if mapped in there else named.get(tag)
        if tag_id is not None and tag_id not in found:
            found.append(tag_id)
    if not found and tag_map.default in there and tag_map.default is not None:
        return [tag_map.default]
    return found[:FORUM_TAGS]
