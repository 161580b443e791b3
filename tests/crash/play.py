"""Playing a schedule: what the author, three readers and a moderator do, and what breaks."""

from __future__ import annotations

import asyncio
import signal
from contextlib import suppress
from typing import TYPE_CHECKING

import aiohttp

from bot.sandbox import Message, Remote
from bot.sandbox.remote import ControlError
from tests.crash.life import SETTLED, Lives

if TYPE_CHECKING:
    from bot.sandbox import Channel
    from tests.crash.draw import Act

NOTICED = 10.0
"""Seconds within which the bot has noticed that a file has changed, however busy the machine."""

READ = "select digest from posts order by id"
"""The essays as the bot has read them."""

HOLD = 0.03
"""Seconds until an event that was caused has surely reached the bot."""

Refused = (ControlError, TimeoutError, aiohttp.ClientError)


class Player(Lives):
    """Plays one schedule; `memory` is then what happened, to be compared with what is kept."""

    async def play(self) -> None:
        """Play it to the end: caught up, swept, settled."""
        sandbox_pid, address = self.zygote.start_sandbox(self.folder)
        try:
            async with Remote(address) as remote:
                await self.set_the_stage(remote, address)
                for kind, status, seconds, skip, times in self.schedule.faults:
                    await self.remote.fault(
                        kind, status=status, seconds=seconds, skip=skip, times=times
                    )
                self.start()
                for act in self.schedule.acts:
                    await self.live_on()
                    await self._do(act)
                await self.finish()
                await self.look()
        finally:
            if self.pid:
                self.zygote.kill(self.pid)
            self.zygote.kill(sandbox_pid)

    async def look(self) -> None:
        """Remember what Discord shows in the end."""
        memory, remote = self.memory, self.remote
        threads = await remote.threads_in(self.channel)
        memory.threads = [thread.id for thread in threads]
        memory.names = [thread.name for thread in threads]
        memory.starters = await remote.messages_in(self.channel)
        memory.messages = []
        for thread in threads:
            memory.messages += await remote.messages_in(thread)
        log = await remote.get("requests", limit=0)
        memory.unknown = log["unknown"]
        memory.faults = sum((await remote.get("faults")).values())

    async def live_on(self) -> None:
        """Start a bot that died, after readers have had some time without it."""
        if self.is_alive:
            return
        if self.asleep > 0:
            self.asleep -= 1
            if self.is_watched:  # the script says what happens meanwhile
                return
            reader = str(self.chance.randrange(3))
            verb = self.chance.choice(("say", "reply", "edit", "delete", "say"))
            await self._do((verb, reader, "0")[: 3 if verb == "reply" else 2])
            return
        self.start()
        self.memory.is_down = False

    async def _do(self, act: Act) -> None:
        verb, *values = act
        with suppress(*Refused):
            await getattr(self, f"_{verb}")(*values)

    async def _settle(self) -> None:
        await asyncio.sleep(HOLD)
        await self.until(self.is_settled, SETTLED)

    async def _see_revision(self) -> None:
        """Wait until the bot has read the essay as it was revised last."""
        await self.until(lambda: self.rows(READ) != self.read_before, NOTICED)

    async def _revise(self, *how: str) -> None:
        self.read_before = self.rows(READ)
        for each in how:
            self.essay.revise(each)
        self.essay.write()

    async def _take_back(self) -> None:
        self.essay.take_back()
        self.essay.write()

    async def _bring_back(self) -> None:
        self.essay.bring_back()
        self.essay.write()

    async def _kill(self, asleep: str = "") -> None:
        """Kill the bot, and let it sleep for so many acts, else for as many as chance has it."""
        await self.end()
        self.asleep = int(asleep) if asleep else self.asleep
        self.is_watched = bool(asleep)

    async def _wait_for_life(self) -> None:
        await self.until(lambda: self.board["is_busy"] == 0, SETTLED)

    async def _wait(self) -> None:
        await asyncio.sleep(5 * HOLD)

    async def _rest(self, kind: str, method: str, path: str, times: str) -> None:
        await self.remote.fault(kind, method=method, path=path, times=int(times))

    async def _see_deletions(self) -> None:
        """What was deleted while the bot listened is gone at once, whatever the order of events."""
        await asyncio.sleep(5 * HOLD)
        if not self.is_alive:
            return
        here = {each for each, life in self.memory.deleted.items() if life == self.memory.lives}
        await self.until(lambda: not here & self.kept_ids(), SETTLED)
        for message in here & self.kept_ids():
            self.memory.wrong.append(f"message {message} was deleted and is kept")

    async def _stop(self) -> None:
        await self.end(signal.SIGTERM)

    async def _gateway(self, what: str) -> None:
        resumable = what == "resumable"
        await self.remote.post(
            "gateway", what="invalidate" if resumable else what, resumable=resumable
        )

    async def _events(self, kind: str, times: str) -> None:
        await self.remote.post("event_fault", kind=kind, times=int(times), seconds=0.08)

    async def _lose(self) -> None:
        """Lose the database while the threads are still there."""
        await self.end()
        messages = await self._messages()
        self.memory.lose(messages)
        for path in self.folder.glob("afterword.db*"):
            path.unlink()

    async def _thread(self) -> Channel | None:
        threads = await self.remote.threads_in(self.channel)
        return threads[0] if threads else None

    async def _messages(self) -> list[Message]:
        thread = await self._thread()
        return await self.remote.messages_in(thread) if thread else []

    async def _archive(self) -> None:
        thread = await self._thread()
        if thread:
            await self.mo.archive(thread)

    async def _say(self, reader: str, parent: Message | None = None) -> None:
        thread = await self._thread()
        if thread is None:
            return
        who, text = self.readers[int(reader)], self.memory.new_text()
        message = await who.say(thread, text, reply_to=parent)
        self.memory.said(message, parent)

    async def _burst(self, reader: str) -> None:
        await asyncio.gather(*(self._say(reader) for _ in range(8)))

    async def _reply(self, reader: str, prompt: str) -> None:
        prompts = self.memory.prompts_among(await self._messages())
        if prompts:
            await self._say(reader, prompts[int(prompt) % len(prompts)])

    async def _reply_answer(self, reader: str) -> None:
        shown = self.memory.shown_among(await self._messages())
        if shown:
            await self._say(reader, shown[-1])

    async def _reply_reader(self, reader: str) -> None:
        said = [each for each in await self._messages() if not each.by_bot]
        if said:
            await self._say(reader, self.chance.choice(said))

    async def _own(self, reader: str) -> Message | None:
        own = [
            each
            for each in await self._messages()
            if each.author_id == self.readers[int(reader)].id
        ]
        return self.chance.choice(own) if own else None

    async def _edit(self, reader: str) -> None:
        message = await self._own(reader)
        if message:
            await self.readers[int(reader)].edit(message, self.memory.new_text())

    async def _delete(self, reader: str) -> None:
        message = await self._own(reader)
        if message:
            await self.readers[int(reader)].delete(message)
            self.memory.deleted[message.id] = self.memory.lives

    async def _answer(self, reader: str, prompt: str) -> None:
        prompts = self.memory.prompts_among(await self._messages())
        if not prompts or not self.is_alive:
            return
        message = prompts[int(prompt) % len(prompts)]
        who, text = self.readers[int(reader)], self.memory.new_text()
        custom_id = self.memory.button(message, "answer")
        opened = await who.click(message, custom_id=custom_id)
        if opened.modal is None:
            return
        of = self.memory.of(who.id, int(str(custom_id).rpartition(":")[2]))
        of.tried(text)
        done = await who.submit(opened, {"text": text, "show": True})
        if done.message is not None and "```" not in done.message.content:
            of.confirmed(text)

    async def _withdraw(self, reader: str) -> None:
        who = self.readers[int(reader)]
        shown = self.memory.shown_among(await self._messages())
        own = [each for each in shown if f":{who.id}" in str(self.memory.button(each, "withdraw"))]
        if not own or not self.is_alive:
            return
        prompt = int(str(self.memory.button(own[-1], "answer")).rpartition(":")[2])
        of = self.memory.of(who.id, prompt)
        of.tried(None)
        done = await who.click(own[-1], custom_id=self.memory.button(own[-1], "withdraw"))
        if done.message is not None and "```" in done.message.content:
            of.confirmed(None)

    async def _remove_answer(self) -> None:
        shown = self.memory.shown_among(await self._messages())
        if not shown:
            return
        await self.mo.delete(shown[-1])
        if not self.rows("select 1 from messages where message_id = ?", shown[-1].id):
            self.memory.cannot_come_back(shown[-1])  # the database was lost, and now this too

    async def _remove_prompt(self) -> None:
        for message in self.memory.prompts_among(await self._messages()):
            if self.rows("select 1 from messages where message_id = ?", message.id):
                await self.mo.delete(message)
                self.memory.removed_prompts.append(message.content)
                return
