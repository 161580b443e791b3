"""Making and changing a sandbox's world from outside: guilds, channels, roles, people, the bot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.control.client.connection import ControlClient
from bot.sandbox.control.client.objects import Channel, Guild, Ident, Message, Role, ident
from bot.sandbox.control.client.person import Person
from bot.sandbox.state.models import OUTAGE, ChannelType
from bot.sandbox.state.permissions import INVITED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.sandbox.state.json_types import Value


class WorldClient(ControlClient):
    """Makes a world and changes it, and looks at all of it."""

    async def guild(
        self, name: str = "Essays", *, locale: str = "en-US", bot: bool = True
    ) -> Guild:
        """Make a guild, with the bot in it unless told otherwise."""
        return Guild(await self.post("create_guild", name=name, locale=locale, bot=bot))

    async def channel(self, guild: Ident, name: str, *, category: Ident | None = None) -> Channel:
        """Make a text channel; in a category it starts with the category's overwrites."""
        return await self._channel(guild, name, ChannelType.TEXT, category)

    async def forum(
        self, guild: Ident, name: str, tags: Sequence[str] = (), *, category: Ident | None = None
    ) -> Channel:
        """Make a forum."""
        return await self._channel(guild, name, ChannelType.FORUM, category, tags=list(tags))

    async def category(self, guild: Ident, name: str) -> Channel:
        """Make a category."""
        return await self._channel(guild, name, ChannelType.CATEGORY, None)

    async def _channel(
        self, guild: Ident, name: str, kind: ChannelType, category: Ident | None, **fields: object
    ) -> Channel:
        parent = None if category is None else ident(category)
        fields |= {"guild": ident(guild), "name": name, "type": int(kind), "parent": parent}
        return Channel(await self.post("create_channel", **fields))

    async def change_channel(self, channel: Ident, **changes: object) -> Channel:
        """Change a channel as PATCH /channels/{id} does: ``flags``, ``parent_id`` ..."""
        raw = await self.post("change_channel", channel=ident(channel), changes=changes)
        return Channel(raw)

    async def delete_channel(self, channel: Ident) -> None:
        """Delete a channel; a category leaves its channels behind."""
        await self.post("delete_channel", channel=ident(channel))

    async def allow(self, channel: Ident, target: Ident, *, allow: int = 0, deny: int = 0) -> None:
        """Set what a channel allows and denies a role or member; @everyone has the guild's id.

        Without bits the overwrite is taken away. On a category it reaches its synced channels.
        """
        fields = {"channel": ident(channel), "target": ident(target)}
        await self.post("allow", allow=allow, deny=deny, **fields)

    async def deny_bot(self, channel: Ident, permissions: int) -> None:
        """Deny the bot some permissions in a channel, by an overwrite of its own; 0 ends it."""
        await self.allow(channel, int((await self.get("bot"))["id"]), deny=permissions)

    async def permit_bot(self, guild: Ident, permissions: int = INVITED) -> None:
        """Set what the bot's own role permits in a guild; @everyone's permissions stay."""
        await self.post("permit_bot", guild=ident(guild), permissions=permissions)

    async def invite_bot(
        self, guild: Ident, permissions: int = INVITED, *, as_available: bool = False
    ) -> None:
        """Invite the bot; ``as_available`` makes discord.py call it available and not joined."""
        fields = {"guild": ident(guild), "permissions": permissions}
        await self.post("add_bot", as_available=as_available, **fields)

    async def remove_bot(self, guild: Ident) -> None:
        """Remove the bot from a guild."""
        await self.post("remove_bot", guild=ident(guild))

    async def hide_channels(self, *, hidden: bool = True) -> None:
        """Give the bot no more than the ids of channels that it cannot view.

        Discord announced it for all bots from 2026-11-16 on.
        """
        await self.post("hide_channels", hidden=hidden)

    async def begin_outage(self, guild: Ident, *, refusal: int = OUTAGE) -> None:
        """Make a guild unavailable; REST answers with ``refusal``, a status or Discord's code."""
        fields = {"guild": ident(guild), "refusal": refusal}
        await self.post("set_unavailable", unavailable=True, **fields)

    async def end_outage(self, guild: Ident) -> None:
        """Make a guild available again."""
        await self.post("set_unavailable", guild=ident(guild), unavailable=False)

    async def time_out_bot(self, guild: Ident, seconds: float) -> None:
        """Put the bot into a timeout; 0 ends it."""
        await self._change_bot(guild, timeout=seconds)

    async def set_bot_roles(self, guild: Ident, roles: Sequence[Ident]) -> None:
        """Give the bot exactly these roles besides its own."""
        own = [int(each["id"]) for each in await self.get("roles", guild=ident(guild))
               if each["managed"]]  # fmt: skip
        await self._change_bot(guild, roles=[ident(each) for each in [*own, *roles]])

    async def _change_bot(self, guild: Ident, **changes: object) -> None:
        bot = await self.get("bot")
        await self.post("change_member", guild=ident(guild), member=bot["id"], **changes)

    async def role(self, guild: Ident, name: str, permissions: int = 0) -> Role:
        """Make a role."""
        fields = {"guild": ident(guild), "name": name, "permissions": permissions}
        return Role(await self.post("create_role", **fields))

    async def permit(self, guild: Ident, role: Ident, permissions: int) -> None:
        """Set what a role permits; @everyone has the guild's id."""
        fields = {"guild": ident(guild), "role": ident(role)}
        await self.post("change_role", permissions=permissions, **fields)

    async def delete_role(self, guild: Ident, role: Ident) -> None:
        """Delete a role and take it from everybody."""
        await self.post("delete_role", guild=ident(guild), role=ident(role))

    async def member(
        self,
        guild: Ident,
        name: str,
        *,
        locale: str = "en-US",
        nick: str | None = None,
        permissions: int | None = None,
        roles: Sequence[int] = (),
        client: str | None = None,
    ) -> Person:
        """Let somebody new join; ``permissions`` gives them a role of their own with these bits.

        ``client`` is what they use Discord with: see :meth:`Person.use_client`.
        """
        raw = await self.post(
            "add_member",
            guild=ident(guild),
            name=name,
            locale=locale,
            nick=nick,
            permissions=permissions,
            roles=[str(each) for each in roles],
            client=client,
        )
        await self.watch_if_wanted()
        return Person(self, raw)

    async def people(self, guild: Ident) -> dict[str, Person]:
        """Return the members of a guild by the name that is shown, the bot left out."""
        every = await self.get("members", guild=ident(guild))
        await self.watch_if_wanted()
        return {
            each["name"]: Person(self, each | {"guild_id": ident(guild)})
            for each in every
            if not each["user"]["bot"]
        }

    async def messages_in(self, channel: Ident, limit: int = 100) -> list[Message]:
        """Return the messages of a channel or thread that are not ephemeral, oldest first."""
        page = await self.get("messages", channel=ident(channel), limit=limit)
        return [self.keep(each) for each in page]

    async def threads_in(self, channel: Ident) -> list[Channel]:
        """Return the threads of a channel, archived ones too, oldest first."""
        return [Channel(each) for each in await self.get("threads", channel=ident(channel))]

    async def unfurl(self, message: Message, title: str = "A page") -> None:
        """Let Discord show a link's preview below a message: an update that is no edit."""
        fields = {"channel": str(message.channel_id), "message": str(message.id)}
        await self.post("unfurl", title=title, **fields)

    async def advance(self, seconds: float) -> Value:
        """Move the clock forward: timeouts end, idle threads are archived. Return the time."""
        return (await self.post("advance", seconds=seconds))["now"]
