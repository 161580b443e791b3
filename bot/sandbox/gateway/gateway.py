"""The gateway: sessions, their replay, and which events each of them gets."""

from __future__ import annotations

import asyncio
import logging
import secrets
from functools import partial
from typing import TYPE_CHECKING

import orjson
from aiohttp import WSMsgType, web

from bot.sandbox import serialisation
from bot.sandbox.gateway.sessions import Connection, Session
from bot.sandbox.state.json_types import JSON
from bot.sandbox.state.state import GUILD_MEMBERS, MESSAGE_CONTENT

if TYPE_CHECKING:
    from bot.sandbox.faults.faults import Faults
    from bot.sandbox.state.models import Channel
    from bot.sandbox.state.request_log import RequestLog
    from bot.sandbox.state.state import Event, State

_log = logging.getLogger(__name__)

HEARTBEAT, IDENTIFY, PRESENCE, VOICE, RESUME = 1, 2, 3, 4, 6
RECONNECT, INVALID, HELLO, ACK = 7, 9, 10, 11
HEARTBEAT_MS = 41250
SESSIONS = 16
"""How many sessions, dead ones too, are kept."""
LONGEST = 4096
"""Bytes of the longest payload a client may send (docs/discord-facts.md#gateway-limits)."""
ENDS_SESSION = frozenset({1000, 1001})
KNOWN_INTENTS = (1 << 26) - 1
PRIVILEGED = GUILD_MEMBERS | 1 << 8 | MESSAGE_CONTENT
GUILDS, GUILD_MODERATION = 1 << 0, 1 << 2
GUILD_MESSAGES, GUILD_MESSAGE_REACTIONS = 1 << 9, 1 << 10
DECODE_ERROR, NOT_AUTHENTICATED, BAD_TOKEN, ALREADY_AUTHENTICATED = 4002, 4003, 4004, 4005
RATE_LIMITED, INVALID_INTENTS, DISALLOWED_INTENTS = 4008, 4013, 4014
UNFILTERED = frozenset({"CHANNEL_CREATE", "CHANNEL_UPDATE", "CHANNEL_DELETE"})
"""A bot hears of channels that it cannot see, as GUILD_CREATE lists them."""


def intent_for(name: str) -> int:
    """Return the intent that an event takes, 0 for none (docs/discord-facts.md#intents)."""
    if name.startswith("MESSAGE_REACTION_"):
        return GUILD_MESSAGE_REACTIONS
    if name.startswith("MESSAGE_"):
        return GUILD_MESSAGES
    if name.startswith("GUILD_BAN_"):
        return GUILD_MODERATION
    if name.startswith(("GUILD_MEMBER_", "THREAD_MEMBERS_")):
        return GUILD_MEMBERS
    return 0 if name == "INTERACTION_CREATE" else GUILDS


class Gateway:
    """Accepts sockets and tells their sessions what the bot may know."""

    def __init__(self, state: State, faults: Faults, requests: RequestLog) -> None:
        self.sessions: dict[str, Session] = {}
        self.connections: list[Connection] = []
        self._state = state
        self._faults = faults
        self._requests = requests
        state.listeners.append(self.tell)

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        """Serve one socket until it closes."""
        socket = web.WebSocketResponse(max_msg_size=LONGEST * 16)
        await socket.prepare(request)
        connection = Connection(socket, request.transport)
        self.connections.append(connection)
        writer = asyncio.create_task(connection.write())
        connection.put(HELLO, {"heartbeat_interval": HEARTBEAT_MS, "_trace": []})
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    await self._receive(connection, message.data)
        finally:
            self._leave(connection)
            connection.outbox.put_nowait(None)
            await writer
        return socket

    async def close(self) -> None:
        """Close every socket, so that clients may resume elsewhere or later."""
        for connection in tuple(self.connections):
            await connection.socket.close(code=1001)

    def drop(self) -> int:
        """Cut every socket without a word; sessions can be resumed. Return how many."""
        cut = self._identified()
        for connection in cut:
            self._faults.happened["drop"] += 1
            if connection.transport is not None:
                connection.transport.abort()
        return len(cut)

    def reconnect(self) -> int:
        """Ask every client to reconnect and resume (op 7)."""
        told = self._identified()
        for connection in told:
            self._faults.happened["reconnect"] += 1
            connection.put(RECONNECT, None)
        return len(told)

    def invalidate(self, *, resumable: bool = False) -> int:
        """End every session (op 9), unless it may be resumed."""
        told = self._identified()
        for connection in told:
            self._faults.happened["invalidate"] += 1
            if not resumable and connection.session is not None:
                self.sessions.pop(connection.session.id, None)
            connection.put(INVALID, resumable)
        return len(told)

    def tell(self, event: Event) -> None:
        """Send an event to every session that may have it."""
        if not self.sessions or not event.to_bot or not self._may_know(event):
            return
        wanted = [each for each in self.sessions.values() if self._wants(each, event)]
        for session in wanted:
            data = self._data(session, event)
            self._faults.pass_on(event.name, partial(session.send, event.name, data))

    def _identified(self) -> list[Connection]:
        return [each for each in self.connections if each.session is not None]

    def _may_know(self, event: Event) -> bool:
        state = self._state
        bot_id = state.application.user.id
        bot = event.guild.members.get(bot_id)
        if event.name == "GUILD_DELETE":
            return event.gone is not None and bot_id in event.gone
        if bot is None or event.guild.unavailable:
            return False
        if event.channel is None or event.name in UNFILTERED:
            return True
        if event.gone is not None:
            return bot_id in event.gone
        return state.sees(bot, event.channel)

    def _wants(self, session: Session, event: Event) -> bool:
        needed = intent_for(event.name)
        if needed == GUILD_MEMBERS and self._is_own(event):
            needed = GUILDS if event.name == "THREAD_MEMBERS_UPDATE" else 0
        return session.intents & needed == needed

    def _is_own(self, event: Event) -> bool:
        """Return whether it tells of the bot itself, which takes no members intent."""
        bot = str(self._state.application.user.id)
        if event.name == "THREAD_MEMBERS_UPDATE":
            added = [each["user_id"] for each in event.data.get("added_members", [])]
            return bot in added
        return event.name == "GUILD_MEMBER_UPDATE" and bool(event.data["user"]["id"] == bot)

    def _data(self, session: Session, event: Event) -> JSON:
        message, channel = event.message, event.channel
        if message is None:
            if event.name in UNFILTERED and channel is not None and self._hides(channel):
                return serialisation.hidden_channel(channel)
            return event.data
        bot, body = self._state.application.user, event.data
        full = session.intents & MESSAGE_CONTENT or message.author is bot
        if not full and bot not in message.mentions:
            body = serialisation.censored(body)
        return serialisation.without_missing(body, self._state.missing)

    def _hides(self, channel: Channel) -> bool:
        bot = self._state.bot_in(channel.guild)
        return self._state.hides_channels and not self._state.sees(bot, channel)

    async def _receive(self, connection: Connection, text: str) -> None:
        try:
            body = orjson.loads(text)
            op, data = body["op"], body.get("d")
        except (orjson.JSONDecodeError, KeyError, TypeError):
            await connection.socket.close(code=DECODE_ERROR)
            return
        if connection.is_too_fast():
            await connection.socket.close(code=RATE_LIMITED)
        elif len(text.encode()) > LONGEST:
            await connection.socket.close(code=DECODE_ERROR)
        elif op == HEARTBEAT:
            connection.put(ACK, None)
        elif op == IDENTIFY:
            await self._identify(connection, data)
        elif op == RESUME:
            await self._resume(connection, data)
        elif connection.session is None:
            await connection.socket.close(code=NOT_AUTHENTICATED)
        elif op not in {PRESENCE, VOICE}:
            self._requests.miss(f"gateway opcode {op}")

    async def _identify(self, connection: Connection, data: JSON) -> None:
        code = self._refusal(connection, data)
        if code is not None:
            await connection.socket.close(code=code)
            return
        session = Session(secrets.token_hex(16), int(data["intents"]))
        if "shard" in data:
            self._requests.miss("gateway shards")
        self._join(connection, session)
        state = self._state
        bot = state.application.user
        mine = [guild for guild in state.guilds.values() if bot.id in guild.members]
        session.send(
            "READY",
            {
                "v": 10,
                "user": serialisation.user(bot) | {"verified": True, "mfa_enabled": False},
                "guilds": [serialisation.unavailable_guild(guild) for guild in mine],
                "session_id": session.id,
                "session_type": "normal",
                "resume_gateway_url": state.address.replace("http", "ws", 1) + "/",
                "shard": [0, 1],
                "application": {
                    "id": str(state.application.id),
                    "flags": serialisation.intent_flags(state),
                },
            },
        )
        for guild in mine if session.intents & GUILDS else ():
            if guild.unavailable:
                session.send("GUILD_DELETE", serialisation.unavailable_guild(guild))
            else:
                created = serialisation.guild_create(guild, guild.members[bot.id], state)
                session.send("GUILD_CREATE", created)

    def _refusal(self, connection: Connection, data: JSON) -> int | None:
        intents = data.get("intents")
        asked = intents if isinstance(intents, int) else -1
        if connection.session is not None:
            return ALREADY_AUTHENTICATED
        if data.get("token") != self._state.application.token:
            return BAD_TOKEN
        if not 0 <= asked <= KNOWN_INTENTS:
            return INVALID_INTENTS
        if asked & PRIVILEGED & ~self._state.application.privileged:
            return DISALLOWED_INTENTS
        return None

    async def _resume(self, connection: Connection, data: JSON) -> None:
        if data.get("token") != self._state.application.token:
            await connection.socket.close(code=BAD_TOKEN)
            return
        session = self.sessions.get(data.get("session_id", ""))
        seen = int(data.get("seq") or 0)
        oldest = session.replay[0][0] if session and session.replay else 1
        if session is None or seen < oldest - 1 or seen > session.sequence:
            connection.put(INVALID, data=False)
            return
        missed = [frame for number, frame in session.replay if number > seen]
        self._join(connection, session)
        for frame in missed:
            connection.outbox.put_nowait(frame)
        session.send("RESUMED", {"_trace": []})

    def _join(self, connection: Connection, session: Session) -> None:
        connection.session = session
        session.outbox = connection.outbox
        self.sessions[session.id] = session
        idle = [each for each in self.sessions.values() if each.outbox is None]
        for each in idle[: max(0, len(self.sessions) - SESSIONS)]:
            del self.sessions[each.id]
        _log.debug("A client has a session; there are %s", len(self.sessions))

    def _leave(self, connection: Connection) -> None:
        self.connections.remove(connection)
        session = connection.session
        if session is None or session.outbox is not connection.outbox:
            return
        session.outbox = None
        if connection.socket.close_code in ENDS_SESSION:
            self.sessions.pop(session.id, None)
