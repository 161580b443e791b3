"""A member of a guild who acts by hand, through the control API."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.control.client.objects import Answer, Channel, Form, Ident, Message, ident
from bot.sandbox.state.json_types import JSON, Value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.sandbox.control.client.connection import ControlClient


class Person:
    """Somebody in a guild; every method raises ControlError where Discord would say no.

    Attributes:
        raw: The member object.
        name: What others see.
    """

    def __init__(self, remote: ControlClient, raw: JSON) -> None:
        self._remote = remote
        self.raw = raw
        self.name = str(raw["name"])
        self.guild_id = int(raw["guild_id"])

    @property
    def id(self) -> int:
        """The user's id."""
        return int(self.raw["user"]["id"])

    @property
    def locale(self) -> str:
        """The language that their client is set to."""
        return str(self.raw["locale"])

    @property
    def mention(self) -> str:
        """What mentions them in a text."""
        return f"<@{self.id}>"

    def __repr__(self) -> str:
        return f"<Person {self.name}>"

    async def say(
        self,
        channel: Ident,
        text: str,
        *,
        reply_to: Ident | None = None,
        mention: bool = True,
        files: Sequence[str] = (),
        missing: Sequence[str] = (),
    ) -> Message:
        """Write a message; a reply pings whom it answers unless ``mention`` is off.

        ``files`` are names of small pictures to attach. The bot gets it without the keys in
        ``missing``: see :meth:`Remote.drop_keys`.
        """
        fields: JSON = {"channel": ident(channel), "content": text, "mention": mention}
        fields |= {"files": list(files), "missing": list(missing)}
        if reply_to is not None:
            fields["reply_to"] = ident(reply_to)
        return self._remote.keep(await self._post("say", **fields))

    async def say_all(self, channel: Ident, texts: Sequence[str], *, every: float = 0) -> list[int]:
        """Write many messages at once, ten thousand in about a second; return their ids.

        ``every`` moves the clock by so many seconds after each, so that their ids lie apart.
        """
        fields = {"channel": ident(channel), "contents": list(texts), "every": every}
        return [int(each) for each in (await self._post("say_all", **fields))["ids"]]

    async def edit(self, message: Message, text: str) -> Message:
        """Edit one's own message; its words may go where a file stays."""
        return self._remote.keep(await self._post("edit", **_place(message), content=text))

    async def delete(self, message: Message) -> None:
        """Delete a message: one's own, or as a moderator."""
        await self._post("delete", **_place(message))

    async def delete_many(self, messages: Sequence[Message]) -> None:
        """Delete messages of one channel at once, as a moderator."""
        ids = [ident(each) for each in messages]
        await self._post("delete_many", channel=str(messages[0].channel_id), messages=ids)

    async def forward(self, message: Message, to: Ident) -> Message:
        """Forward a message to a channel."""
        raw = await self._post("forward", **_place(message), to=ident(to))
        return self._remote.keep(raw)

    async def react(self, message: Message, emoji: str) -> None:
        """React to a message with an emoji."""
        await self._post("react", **_place(message), emoji=emoji)

    async def unreact(self, message: Message, emoji: str) -> None:
        """Take one's own reaction to a message back."""
        await self._post("unreact", **_place(message), emoji=emoji)

    async def clear_reactions(self, message: Message, emoji: str | None = None) -> None:
        """Take all reactions to a message away as a moderator, or all with one emoji."""
        await self._post("clear_reactions", **_place(message), emoji=emoji)

    async def pin(self, message: Message) -> None:
        """Pin a message."""
        await self._post("pin", **_place(message))

    async def hide_embeds(self, message: Message) -> None:
        """Hide the embeds of a message."""
        await self._post("suppress", **_place(message))

    async def ban(self, other: Ident, *, reason: str | None = None) -> None:
        """Ban somebody from the guild, as a moderator."""
        fields = {"guild": str(self.guild_id), "user": ident(other)}
        await self._post("ban", reason=reason, **fields)

    async def unban(self, other: Ident) -> None:
        """Lift somebody's ban, as a moderator."""
        await self._post("unban", guild=str(self.guild_id), user=ident(other))

    async def dismiss(self, message: Message) -> None:
        """Dismiss an ephemeral message."""
        await self._post("dismiss", **_place(message))

    async def start_thread(
        self, channel: Ident, name: str, *, on: Message | None = None
    ) -> Channel:
        """Start a thread in a text channel, on a message if one is given."""
        fields = {"channel": ident(channel), "name": name}
        if on is not None:
            fields["message"] = ident(on)
        return Channel(await self._post("start_thread", **fields))

    async def start_post(
        self, forum: Ident, name: str, text: str, *, tags: Sequence[int] = ()
    ) -> Channel:
        """Start a post in a forum."""
        fields = {"channel": ident(forum), "name": name, "content": text}
        return Channel(await self._post("start_post", tags=[str(each) for each in tags], **fields))

    async def start_all(self, channel: Ident, names: Sequence[str]) -> list[int]:
        """Start many threads at once, or posts in a forum; return their ids."""
        fields = {"channel": ident(channel), "names": list(names)}
        return [int(each) for each in (await self._post("start_all", **fields))["ids"]]

    async def change_thread(self, thread: Ident, **changes: object) -> Channel:
        """Change a thread: ``name``, ``archived``, ``locked``, ``rate_limit_per_user`` ..."""
        raw = await self._post("change_thread", channel=ident(thread), changes=changes)
        return Channel(raw)

    async def archive(self, thread: Ident) -> Channel:
        """Archive a thread."""
        return await self.change_thread(thread, archived=True)

    async def unarchive(self, thread: Ident) -> Channel:
        """Wake a thread."""
        return await self.change_thread(thread, archived=False)

    async def lock(self, thread: Ident, *, locked: bool = True) -> Channel:
        """Lock a thread, or unlock it."""
        return await self.change_thread(thread, locked=locked)

    async def rename(self, thread: Ident, name: str) -> Channel:
        """Rename a thread."""
        return await self.change_thread(thread, name=name)

    async def delete_thread(self, thread: Ident) -> None:
        """Delete a thread."""
        await self._post("delete_thread", channel=ident(thread))

    async def command(self, channel: Ident, name: str, /, **options: object) -> Answer:
        """Run a slash command and wait for what comes of it; ``thread close`` is a subcommand."""
        fields = {"channel": ident(channel), "name": name, "options": options}
        return await self._ask("command", **fields)

    async def complete(
        self, channel: Ident, name: str, option: str, text: str, /, **options: object
    ) -> list[tuple[str, Value]]:
        """Type into an option of a command; return the names and values that are offered."""
        fields = {"channel": ident(channel), "name": name, "option": option, "text": text}
        answer = await self._ask("complete", options=options, **fields)
        return answer.choices

    async def menu(self, message: Message, name: str) -> Answer:
        """Use a message command."""
        return await self._ask("menu", **_place(message), name=name)

    async def click(
        self,
        message: Message,
        *,
        label: str | None = None,
        custom_id: str | None = None,
        client: str | None = None,
    ) -> Answer:
        """Press a button, by its label or custom_id; ``client`` as for :meth:`use_client`."""
        fields = {"label": label, "custom_id": custom_id, "client": client}
        return await self._ask("click", **_place(message), **fields)

    async def select(
        self,
        message: Message,
        values: Sequence[str],
        *,
        custom_id: str | None = None,
        client: str | None = None,
    ) -> Answer:
        """Choose in the message's select, or in the one with that custom_id."""
        fields = {"values": list(values), "custom_id": custom_id, "client": client}
        return await self._ask("select", **_place(message), **fields)

    async def submit(self, modal: Form | Answer | None, values: JSON | None = None) -> Answer:
        """Send a form; ``values`` by label or custom_id, what is left out keeps its default."""
        form = modal.modal if isinstance(modal, Answer) else modal
        if form is None:
            raise ValueError("There is no form: the bot did not open one.")
        fields = {"interaction": str(form.interaction_id), "values": values or {}}
        return await self._ask("submit", **fields)

    async def messages(self, channel: Ident, *, limit: int = 100) -> list[Message]:
        """Return what they see in a channel or thread, oldest first, ephemeral ones too."""
        page = await self._get("messages", channel=ident(channel), limit=limit)
        return [self._remote.keep(each) for each in page]

    async def threads(self, channel: Ident, *, archived: bool = True) -> list[Channel]:
        """Return the threads they see in a channel or forum, oldest first."""
        every = await self._get("threads", channel=ident(channel), archived=int(archived))
        return [Channel(each) for each in every]

    async def channels(self) -> list[Channel]:
        """Return the channels and forums that they see."""
        every = await self._get("channels", guild=str(self.guild_id))
        return [Channel(each) for each in every]

    async def commands(self, channel: Ident) -> list[str]:
        """Return the names of the commands that they are offered in a channel."""
        return [each["name"] for each in await self.offered(channel)]

    async def offered(self, channel: Ident) -> list[JSON]:
        """Return the commands that they are offered in a channel, in their locale.

        What their client shows is in ``name_localized`` and ``description_localized``, of options
        and choices too.
        """
        found: list[JSON] = await self._get("commands", channel=ident(channel))
        return found

    async def leave(self) -> None:
        """Leave the guild."""
        await self._remote.post("remove_member", guild=str(self.guild_id), member=str(self.id))

    async def time_out(self, seconds: float) -> None:
        """Be put into a timeout by the guild; 0 ends it."""
        await self._change(timeout=seconds)

    async def use_client(self, client: str) -> None:
        """Use Discord in the ``web``, on a ``phone``, or on the ``desktop``.

        The first two wake an archived thread before they send a press; where they may not, the
        press raises ControlError and never reaches the bot.
        """
        await self._change(client=client)

    async def set_roles(self, roles: Sequence[Ident]) -> None:
        """Be given exactly these roles."""
        await self._change(roles=[ident(each) for each in roles])

    async def set_nick(self, nick: str | None) -> None:
        """Take a nick, or drop it."""
        await self._change(nick=nick)

    async def _change(self, **changes: object) -> None:
        fields = {"guild": str(self.guild_id), "member": str(self.id)}
        self.raw = await self._remote.post("change_member", **fields, **changes)
        self.raw["guild_id"] = str(self.guild_id)
        self.name = str(self.raw["name"])

    async def _post(self, endpoint: str, **fields: object) -> Value:
        return await self._remote.post(endpoint, **fields, **{"as": str(self.id)})

    async def _get(self, endpoint: str, **fields: object) -> Value:
        return await self._remote.get(endpoint, **fields, **{"as": str(self.id)})

    async def _ask(self, endpoint: str, **fields: object) -> Answer:
        return await self._remote.answer(await self._post(endpoint, **fields))


def _place(message: Message) -> dict[str, str]:
    return {"channel": str(message.channel_id), "message": str(message.id)}
