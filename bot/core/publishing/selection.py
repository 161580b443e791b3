"""Which of a blog's essays a channel's moderators want to start by themselves."""

from dataclasses import dataclass
from datetime import date

from bot.core.post import Post
from bot.core.text.folding import fold


@dataclass(frozen=True, slots=True)
class Selection:
    """Which essays start by themselves; the others are read and discussed on request all the same.

    Attributes:
        tags_in: Folded; an essay needs one of them. Empty for all essays.
        tags_out: Folded; an essay with one of them is left out.
        from_date: Essays that bear an earlier day are left out; those without a date are not.
    """

    tags_in: tuple[str, ...] = ()
    tags_out: tuple[str, ...] = ()
    from_date: date | None = None

    def takes(self, post: Post) -> bool:
        """Return whether an essay may start by itself."""
        born = post.date or post.publish
        if self.from_date and born and born.date() < self.from_date:
            return False
        if not self.tags_in and not self.tags_out:
            return True
        tags = {fold(tag) for tag in post.tags}
        return tags.isdisjoint(self.tags_out) and (
            not self.tags_in or not tags.isdisjoint(self.tags_in)
        )


EVERY_ESSAY = Selection()
