"""How often readers reacted to a response, by emoji; who did is never kept.

What a message says of itself, whenever it is read, counts; between two readings each event adds or
takes away one. An event that came twice or never is right again after the next reading
(docs/discord-facts.md#reactions).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import orjson
from sqlite_utils import Database


@dataclass(frozen=True, slots=True)
class Reacted:
    """Somebody reacted to a message, or took it back."""

    message_id: int
    emoji: str
    is_added: bool


@dataclass(frozen=True, slots=True)
class ReactionsCleared:
    """A moderator took all reactions with an emoji from a message, or all of them."""

    message_id: int
    emoji: str | None = None


@dataclass(frozen=True, slots=True)
class ReactionsSeen:
    """The reactions of some messages as they were read: how many by emoji, by message."""

    counts: Mapping[int, Mapping[str, int]]


ReactionEvent = Reacted | ReactionsCleared | ReactionsSeen

SHOWN_AS = """
select id, source_id as message_id from responses
where source <> 'answer' and source_id in ({messages})
union all
select response_id, message_id from messages
where response_id is not null and deleted_at is null and message_id in ({messages})
"""
"""The responses that some messages are or show."""

OF_ONE = f"select id from ({SHOWN_AS.format(messages=':message')})"  # noqa: S608  # no value in it

ADD = f"""
insert into reactions (response_id, emoji, count) select id, :emoji, 1 from ({OF_ONE}) where true
on conflict (response_id, emoji) do update set count = count + 1
"""  # noqa: S608  # the same

TAKE_LAST = f"""
delete from reactions where response_id in ({OF_ONE}) and emoji = :emoji and count = 1
"""  # noqa: S608

TAKE_ONE = f"""
update reactions set count = count - 1 where response_id in ({OF_ONE}) and emoji = :emoji
"""  # noqa: S608
"""After `TAKE_LAST`, which leaves no count of one."""

CLEAR = f"""
delete from reactions where response_id in ({OF_ONE}) and emoji = coalesce(:emoji, emoji)
"""  # noqa: S608

OF_MANY = SHOWN_AS.format(messages="select cast(key as integer) from json_each(:counts)")

FORGET_MANY = f"delete from reactions where response_id in (select id from ({OF_MANY}))"  # noqa: S608

SET_MANY = f"""
insert into reactions (response_id, emoji, count)
select shown.id, emoji.key, emoji.value from ({OF_MANY}) as shown
join json_each(:counts) as message on cast(message.key as integer) = shown.message_id
join json_each(message.value) as emoji where emoji.value > 0
"""  # noqa: S608


def record_reactions(db: Database, events: Sequence[ReactionEvent]) -> None:
    """Apply what happened to the reactions of messages, in its order.

    Messages that are no responses have none, nor do those that were deleted.
    """
    for event in events:
        match event:
            case Reacted(message_id, emoji, is_added):
                values = {"message": message_id, "emoji": emoji}
                for statement in (ADD,) if is_added else (TAKE_LAST, TAKE_ONE):
                    db.execute(statement, values)
            case ReactionsCleared(message_id, emoji):
                db.execute(CLEAR, {"message": message_id, "emoji": emoji})
            case ReactionsSeen(counts):
                _set(db, counts)


def _set(db: Database, counts: Mapping[int, Mapping[str, int]]) -> None:
    text = orjson.dumps(counts, option=orjson.OPT_NON_STR_KEYS).decode()
    for statement in (FORGET_MANY, SET_MANY):
        db.execute(statement, {"counts": text})
