"""Every key that can be set for a server and its channel, in the order in which they are shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Literal

from bot.core.errors import AfterwordError
from bot.core.phrases import Phrases
from bot.core.server_settings.values import (
    LONGEST,
    Choice,
    Day,
    Days,
    Hours,
    Id,
    Kind,
    Language,
    Switch,
    TagIds,
    Tags,
    short,
)

NEAR = 3
"""So many keys are offered for one that is misspelt."""


@dataclass(frozen=True, slots=True)
class Key:
    """Something that can be set.

    Attributes:
        name: As people type it.
        scope: Whether it is the server's, or the channel's in which essays are discussed.
        field: What the store calls it.
    """

    name: str
    scope: Literal["server", "channel"]
    field: str
    kind: Kind

    def read(self, text: str, say: Phrases) -> Any:  # noqa: ANN401  # each kind has its own type
        """Return the value that a text means.

        Raises:
            AfterwordError: It means none.
        """
        if len(text) > LONGEST:
            raise AfterwordError(say.setting_too_long.format(key=self.name, most=LONGEST))
        return self.kind.read(text, self.name, say)


ALL = (
    Key("channel", "channel", "id", Id()),
    Key("language", "channel", "lang", Language()),
    Key("pace", "channel", "pace", Choice(("each", "daily", "weekly"))),
    Key("quiet", "channel", "quiet", Hours()),
    Key("tags_in", "channel", "tags_in", Tags("all")),
    Key("tags_out", "channel", "tags_out", Tags("none")),
    Key("from", "channel", "from_date", Day()),
    Key("body", "channel", "body", Choice(("auto", "full", "excerpt", "card"))),
    Key("sealed", "channel", "sealed_days", Days(365, "off")),
    Key("forum_tags", "channel", "forum_tags", TagIds()),
    Key("default_tag", "channel", "default_forum_tag_id", Id()),
    Key("keeping", "server", "keeping", Choice(("opt_out", "opt_in"))),
    Key("approval", "server", "approval", Switch()),
    Key("requests", "server", "requests", Switch()),
    Key("retention", "server", "retention_days", Days(36_500, "never")),
    Key("author", "server", "author_role_id", Id()),
    Key("notices", "server", "notices_channel_id", Id()),
    Key("log", "server", "log_channel_id", Id()),
    Key("digest", "server", "digest", Choice(("off", "daily", "weekly"))),
    Key("digest_channel", "server", "digest_channel_id", Id()),
    Key("dreams", "server", "dreams", Switch()),
)

KEYS = {key.name: key for key in ALL}


def key_called(name: str, say: Phrases) -> Key:
    """Return the key of a name.

    Raises:
        AfterwordError: There is none; the sentence offers near misses, or all.
    """
    wanted = name.strip().lower().replace("-", "_")
    if wanted in KEYS:
        return KEYS[wanted]
    near = get_close_matches(wanted, KEYS, n=NEAR) or list(KEYS)
    raise AfterwordError(
        say.setting_unknown.format(text=short(name), near=", ".join(f"`{one}`" for one in near))
    )


def read_pairs(pairs: Iterable[str], say: Phrases) -> dict[str, str]:
    """Return what ``KEY=VALUE`` pairs set, each value as its key writes it.

    Raises:
        AfterwordError: A pair is none, a key is unknown or twice there, or a value is wrong.
    """
    changes: dict[str, str] = {}
    for pair in pairs:
        name, sign, text = pair.partition("=")
        if not sign:
            raise AfterwordError(say.setting_no_pair.format(text=short(pair)))
        key = key_called(name, say)
        if key.name in changes:
            raise AfterwordError(say.setting_twice.format(key=key.name))
        changes[key.name] = key.kind.write(key.read(text, say))
    return changes
