"""The server's process: a sandbox that can also send events as fast as a client takes them."""

import asyncio
import random
import time

from bot.sandbox import Message, Sandbox, default_world, serialisation
from bot.sandbox.actions.interactions import invocations
from bot.sandbox.state.request_log import Request
from bot.sandbox.world import World
from tests.bench.gateway_events import FIRST_SEQUENCE, Talk
from tests.bench.worker import JSON, serve

CHUNK = 64
"""Frames in one write."""
HIGH_WATER = 1 << 20
"""Bytes that wait for the client before the server pauses."""
PAUSE = 0.001
SLOT = 0.005
PATIENCE = 30.0
ASKS = "aw:answer"
"""What the custom_id of a prompt's button begins with (bot.core.custom_ids)."""
ANSWERED = "/interactions/{interaction_id}/{token}/callback"


class Server:
    """A small world, a thread in it, and somebody who types."""

    def __init__(self) -> None:
        self.sandbox = Sandbox(watch=False)
        self._world: World | None = None
        self._thread = 0
        self._prompt: JSON = {}
        self._frames: list[bytes] = []

    @property
    def world(self) -> World:
        """The guild and its people."""
        if self._world is None:
            raise RuntimeError("Open the server first.")
        return self._world

    async def open(self) -> JSON:
        """Start to listen; return what a bot needs to know."""
        await self.sandbox.open()
        self._world = default_world(self.sandbox.state)
        return {
            "api": self.sandbox.api,
            "gateway": self.sandbox.gateway,
            "token": self.sandbox.token,
            "channel": self.world.essays.id,
        }

    async def start_thread(self) -> None:
        """Have a reader start the thread that no bot starts, with something to reply to."""
        people = await self.sandbox.people(self.world.guild)
        thread = await people["Ada"].start_thread(self.world.essays, "What the map forgets")
        said = await people["Ada"].say(thread, "What do you keep that is of no use to anyone?")
        self._talk_about(thread.id, said.raw)

    async def await_thread(self) -> None:
        """Wait until the bot has started its thread and asked its questions there."""

        async def asked() -> tuple[int, JSON] | None:
            for thread in await self.sandbox.threads_in(self.world.essays):
                for message in await self.sandbox.messages_in(thread):
                    if message.id != thread.id and _asks(message):
                        return thread.id, message.raw
            return None

        self._talk_about(*await self.sandbox.until(asked, timeout=PATIENCE))

    def _talk_about(self, thread: int, prompt: JSON) -> None:
        left_out = ("message_reference", "referenced_message", "guild_id", "member", "nonce")
        self._thread = thread
        self._prompt = {name: prompt[name] for name in prompt if name not in left_out}

    def _talk(self) -> Talk:
        ada = self.world.people["Ada"]
        return Talk(
            guild=self.world.guild.id,
            thread=self._thread,
            prompt=self._prompt,
            first=self.sandbox.state.clock.snowflake(),
            author=serialisation.user(ada.user),
            member=serialisation.member(ada, with_user=False),
        )

    async def prepare(self, events: int) -> JSON:
        """Write so many events; return what they leave behind, and the last one's number."""
        talk = self._talk()
        self._frames = talk.frames(events)
        last = FIRST_SEQUENCE + events - 1
        return {"events": events, "last": last, "counts": talk.expected.counts()}

    async def flood(self) -> JSON:
        """Send what was prepared as fast as the client takes it; return when that began."""
        transport, sent = self._transport(), 0
        began = time.monotonic()
        while sent < len(self._frames):
            has_room = transport.get_write_buffer_size() < HIGH_WATER
            if has_room:
                transport.write(b"".join(self._frames[sent : sent + CHUNK]))
                sent += CHUNK
            await asyncio.sleep(0 if has_room else PAUSE)
        return {"began": began}

    async def type(self, texts: list[str], rate: float, seconds: float, seed: int) -> JSON:
        """Have Ada type at random moments while the thread is lively.

        Args:
            texts: What has been typed at each of her keystrokes.
            rate: Events a second.

        Returns:
            The seconds from each keystroke to its answer.
        """
        frames = self._talk().frames(int(rate * seconds))
        asked: dict[str, float] = {}
        waited: list[float] = []
        done = asyncio.Event()

        def answered(request: Request) -> None:
            ident = request.path.split("/")[2]
            if request.route == ANSWERED and ident in asked:
                waited.append(time.monotonic() - asked[ident])
                if len(waited) == len(texts):
                    done.set()

        self.sandbox.requests.listeners.append(answered)
        began = time.monotonic()
        talking = asyncio.create_task(self._talk_evenly(frames, began, rate))
        ada, state = self.world.people["Ada"], self.sandbox.state
        moments = sorted(random.Random(seed).uniform(0, seconds) for _ in texts)  # noqa: S311  # not for secrets
        for moment, text in zip(moments, texts, strict=True):
            await asyncio.sleep(max(0.0, began + moment - time.monotonic()))
            pressed = time.monotonic()
            interaction = invocations.autocomplete(
                state, ada, self.world.essays, "post", "slug", text, {}
            )
            asked[str(interaction.id)] = pressed
        async with asyncio.timeout(PATIENCE):
            await done.wait()
            await talking
        self.sandbox.requests.listeners.remove(answered)
        return {"waited": waited}

    async def _talk_evenly(self, frames: list[bytes], began: float, rate: float) -> None:
        transport, sent = self._transport(), 0
        while sent < len(frames):
            due = min(len(frames), int((time.monotonic() - began) * rate))
            transport.write(b"".join(frames[sent:due]))
            sent = due
            await asyncio.sleep(SLOT)

    def _transport(self) -> asyncio.Transport:
        """Return the socket of the client that identified last."""
        connected = self.sandbox.sockets.connections
        return next(
            each.transport
            for each in reversed(connected)
            if each.session is not None and each.transport is not None
        )

    async def close(self) -> None:
        """Stop listening."""
        await self.sandbox.close()


def _asks(message: Message) -> bool:
    return any(str(each.get("custom_id", "")).startswith(ASKS) for each in message.components)


async def main() -> None:
    """Serve until nobody asks any more."""
    server = Server()
    verbs = (
        server.open,
        server.start_thread,
        server.await_thread,
        server.prepare,
        server.flood,
        server.type,
    )
    try:
        await serve({verb.__name__: verb for verb in verbs})
    finally:
        await server.close()


if __name__ == "__main__":
    asyncio.run(main())
