"""Playing a schedule: a sandbox, a bot that dies, readers who go on writing."""

from __future__ import annotations

import asyncio
import random
import signal
import sqlite3
import time
from contextlib import closing, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import aiohttp

from bot.sandbox import Channel, Message, Person, Remote
from bot.sandbox.remote import ControlError
from tests.crash.board import NAMES, Board
from tests.crash.essay import Essay
from tests.crash.memory import Memory
from tests.crash.zygote import TOKEN

if TYPE_CHECKING:
    from pathlib import Path

    from bot.sandbox import Guild
    from tests.crash.draw import Act, Schedule
    from tests.crash.zygote import Zygote

MODERATES = 1 << 34 | 1 << 13 | 1 << 5
"""Manage threads, messages and the server (discord-facts.md, 6)."""

PATIENCE = 15.0
SETTLED = 2.0
"""Seconds that a settled bot is waited for in the middle of a schedule."""

LOOK_AGAIN = 0.006
HOLD = 0.03
"""Seconds until an event that was caused has surely reached the bot."""

ANSWERED = 1.2
"""Seconds until an interaction has failed: Discord's three would be most of a life."""

UNFINISHED = """
select count(*) from publications join posts on posts.id = post_id
where over_at is null and (settled <> posts.digest or settled = '' or waiting_for is not null)
"""

Refused = (ControlError, TimeoutError, aiohttp.ClientError)


@dataclass
class Player:
    """Plays one schedule; `memory` is then what happened, to be compared with what is kept."""

    zygote: Zygote
    schedule: Schedule
    folder: Path
    without: str | None = None
    memory: Memory = field(default_factory=Memory)
    spent: dict[str, int] = field(default_factory=dict)
    pid: int = 0

    async def play(self) -> None:
        """Play it to the end: caught up, swept, settled."""
        sandbox_pid, address = self.zygote.start_sandbox(self.folder)
        try:
            async with Remote(address) as self.remote:
                await self._set_the_stage(address)
                for kind, status, seconds, skip, times in self.schedule.faults:
                    await self.remote.fault(
                        kind, status=status, seconds=seconds, skip=skip, times=times
                    )
                self._start()
                for act in self.schedule.acts:
                    await self._live_on()
                    await self._do(act)
                await self._finish()
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

    async def _set_the_stage(self, address: str) -> None:
        remote = self.remote
        await remote.post("set_limits", first_response=ANSWERED)
        self.guild: Guild = await remote.guild()
        if self.schedule.is_forum:
            self.channel: Channel = await remote.forum(self.guild, "essays", ["maps", "memory"])
        else:
            self.channel = await remote.channel(self.guild, "essays")
        names = ("Ada", "Bora", "Chen")
        self.readers: list[Person] = [await remote.member(self.guild, name) for name in names]
        self.mo: Person = await remote.member(self.guild, "Mo", permissions=MODERATES)
        content = self.folder / "posts"
        content.mkdir()
        self.essay = Essay(content)
        self.essay.write()
        self.board = Board(self.folder / "board")
        self.database = self.folder / "afterword.db"
        self.settings = {
            "token": TOKEN,
            "content": str(content),
            "database": str(self.database),
            "channel": self.channel.id,
            "body": "full",
            "api": f"{address}/api/v10",
            "gateway": f"{address.replace('http', 'ws', 1)}/",
        }
        self.kills = list(self.schedule.kills)
        self.chance = random.Random(self.schedule.seed)  # noqa: S311  # a schedule, not a secret
        self.asleep = 0
        self.is_watched = False

    # -- the bot's lives

    def _start(self, *, last: bool = False) -> None:
        for name in NAMES:
            if name in {"publishing", "catching_up", "sweeping"}:
                self.spent[name] = self.spent.get(name, 0) + self.board[name]
            self.board[name] = 0
        self.board["kill_at"] = self.kills.pop(0) if self.kills and not last else 0
        self.board["may_sweep"] = int(not self.schedule.sweeps_late and not last)
        self.board["is_busy"] = 1
        self.memory.lives += 1
        self.pid = self.zygote.start_bot(
            folder=str(self.folder), settings=self.settings, without=self.without
        )

    @property
    def is_alive(self) -> bool:
        """Whether the bot runs; a death is remembered."""
        if self.pid and self.zygote.status(self.pid) is not None:
            self._die()
        return bool(self.pid)

    def _die(self) -> None:
        self.pid = 0
        self.memory.kills += 1
        self.memory.is_down = True
        self.asleep = self.chance.randint(0, 3)

    async def _live_on(self) -> None:
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
        self._start()
        self.memory.is_down = False

    async def _end(self, number: int = signal.SIGKILL) -> None:
        if self.is_alive:
            has_begun = self.board["lives"] > 0
            allowed = {0, -signal.SIGKILL} if self.board["kill_at"] else {0}
            status = self.zygote.kill(self.pid, number)
            if number == signal.SIGTERM and has_begun and status not in allowed:
                self.memory.wrong.append(f"SIGTERM ended the bot with {status}")
            self._die()

    async def _finish(self) -> None:
        """Let the bot come back for good, catch up, settle and sweep; then stop it."""
        await self.remote.post("clear_faults")
        for thread in await self.remote.threads_in(self.channel):
            with suppress(ControlError):
                await self.mo.unarchive(thread)
        if self.is_alive:
            await self._end(signal.SIGTERM)
            self.memory.kills -= 1
        self._start(last=True)
        self.memory.is_down = False
        await self._until(lambda: self.board["lives"] > 0 and self._is_settled())
        self.memory.kept_before_sweep = self._kept_ids()
        self.board["may_sweep"] = 1
        await self._until(lambda: self.board["swept"] > 0 and self._is_settled())
        await self._until_quiet()
        for name in ("publishing", "catching_up", "sweeping"):
            self.spent[name] = self.spent.get(name, 0) + self.board[name]
        await self._end(signal.SIGTERM)
        self.memory.kills -= 1

    async def _until_quiet(self) -> None:
        """Wait until nothing was busy for a while, files and events included."""
        await asyncio.sleep(0.25)  # the watcher of files gathers changes for a moment
        quiet, end = 0, time.monotonic() + PATIENCE
        while quiet < 10 and time.monotonic() < end:
            quiet = quiet + 1 if self._is_settled() else 0
            await asyncio.sleep(LOOK_AGAIN)

    async def _until(self, holds: Any, patience: float = PATIENCE) -> bool:
        end = time.monotonic() + patience
        while not holds():
            if not self.is_alive:
                return False
            if time.monotonic() > end:
                if patience == PATIENCE:
                    self.memory.wrong.append("the bot did not come to rest")
                return False
            await asyncio.sleep(LOOK_AGAIN)
        return True

    def _is_settled(self) -> bool:
        board = self.board
        if board["is_busy"] or board["behind"]:
            return False
        rows = self.rows(UNFINISHED)
        counted = "publications" if self.essay.is_public else "channels where opened_at is not null"
        there = self.rows(f"select count(*) from {counted}")  # noqa: S608  # one of two
        return bool(rows and there and rows[0][0] == 0 and there[0][0] > 0)

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Read the database as another program would; nothing while there is none."""
        try:
            with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as db:
                return db.execute(query, values).fetchall()
        except sqlite3.Error:
            return []

    def _kept_ids(self) -> set[int]:
        return {row[0] for row in self.rows("select source_id from responses")}

    # -- acts

    async def _do(self, act: Act) -> None:
        verb, *values = act
        with suppress(*Refused):
            await getattr(self, f"_{verb}")(*values)

    async def _settle(self) -> None:
        await asyncio.sleep(HOLD)
        await self._until(self._is_settled, SETTLED)

    async def _revise(self, *how: str) -> None:
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
        await self._end()
        self.asleep = int(asleep) if asleep else self.asleep
        self.is_watched = bool(asleep)

    async def _wait_for_life(self) -> None:
        await self._until(lambda: self.board["is_busy"] == 0, SETTLED)

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
        await self._until(lambda: not here & self._kept_ids(), SETTLED)
        for message in here & self._kept_ids():
            self.memory.wrong.append(f"message {message} was deleted and is kept")

    async def _stop(self) -> None:
        await self._end(signal.SIGTERM)

    async def _gateway(self, what: str) -> None:
        resumable = what == "resumable"
        await self.remote.post(
            "gateway", what="invalidate" if resumable else what, resumable=resumable
        )

    async def _events(self, kind: str, times: str) -> None:
        await self.remote.post("event_fault", kind=kind, times=int(times), seconds=0.08)

    async def _lose(self) -> None:
        """Lose the database while the threads are still there."""
        await self._end()
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
        if shown:
            await self.mo.delete(shown[-1])
            self.memory.removed.add(shown[-1].id)

    async def _remove_prompt(self) -> None:
        for message in self.memory.prompts_among(await self._messages()):
            if self.rows("select 1 from messages where message_id = ?", message.id):
                await self.mo.delete(message)
                self.memory.removed_prompts.append(message.content)
                return
