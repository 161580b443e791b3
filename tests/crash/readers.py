"""What three readers and a moderator do in the thread."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tests.crash.claims import SAY, Claim, claim_of
from tests.crash.history import Attempt, Forgotten
from tests.crash.lifecycle import Lifecycle

if TYPE_CHECKING:
    from bot.sandbox import Answer, Message, Person

HOLD = 0.03
"""Seconds until an event that was caused has surely reached the bot."""

PICTURE = "map.png"
NOT_NOW = 12
"""So many looks into history fail while an answer is in doubt."""


class Readers(Lifecycle):
    """Writes, edits, deletes, answers, withdraws."""

    def who(self, reader: str) -> Person:
        """Return a reader by number."""
        return self.place.readers[int(reader)]

    async def _say(
        self, reader: str, parent: Message | None = None, *, file: str = "", missing: str = ""
    ) -> None:
        thread = await self.thread()
        if thread is None:
            return
        message = await self.who(reader).say(
            thread,
            self.history.new_text(),
            reply_to=parent,
            files=[file] if file else [],
            missing=missing.split(),
        )
        self.history.said(message, parent)
        if missing:
            self.history.spoilt[message.id] = False
            self.history.ever_spoilt.add(message.id)

    async def _see_said(self) -> None:
        """Wait until what was said or edited last is kept, and with it all that was told before."""
        kept = "select 1 from responses where source_id = ? and text = ?"
        await self.until(lambda: self.rows(kept, *self.history.last), self.patience)

    async def _burst(self, reader: str) -> None:
        await asyncio.gather(*(self._say(reader) for _ in range(8)))

    async def _say_file(self, reader: str) -> None:
        await self._say(reader, file=PICTURE)

    async def _say_unreadable(self, reader: str, keys: str) -> None:
        """Write what the bot gets without some keys."""
        await self._say(reader, missing=keys)

    async def _reply(self, reader: str, prompt: str) -> None:
        prompts = self.history.prompts_among(await self.messages())
        if prompts:
            await self._say(reader, prompts[int(prompt) % len(prompts)])

    async def _reply_answer(self, reader: str) -> None:
        shown = self.history.shown_among(await self.messages())
        if shown:
            await self._say(reader, shown[-1])

    async def _reply_reader(self, reader: str) -> None:
        said = [each for each in await self.messages() if not each.by_bot]
        if said:
            await self._say(reader, self.chance.choice(said))

    async def own(self, reader: str) -> list[Message]:
        """Return what a reader wrote in the thread."""
        mine = self.who(reader).id
        return [each for each in await self.messages() if each.author_id == mine]

    async def _edit(self, reader: str) -> None:
        own = await self.own(reader)
        if own:
            await self._change(reader, self.chance.choice(own), self.history.new_text())

    async def _empty(self, reader: str) -> None:
        """Edit the words away and leave the picture."""
        own = [each for each in await self.own(reader) if each.raw["attachments"]]
        if own:
            await self._change(reader, self.chance.choice(own), "")

    async def _change(self, reader: str, message: Message, text: str) -> None:
        await self.who(reader).edit(message, text)
        self.history.texts[message.id] = text
        self.history.last = message.id, text

    async def _delete(self, reader: str) -> None:
        own = await self.own(reader)
        if own:
            message = self.chance.choice(own)
            await self.who(reader).delete(message)
            self.history.texts.pop(message.id, None)
            self.history.deleted[message.id] = self.history.lives

    async def _see_deletions(self) -> None:
        """What was deleted while the bot listened is gone at once, whatever the order of events."""
        if not self.can_act:
            return
        here = {each for each, life in self.history.deleted.items() if life == self.history.lives}
        for message in here & self.kept_ids():
            self.history.wrong.append(f"message {message} was deleted and is kept")

    async def _client(self, reader: str, kind: str) -> None:
        await self.who(reader).use_client(kind)

    async def _answer(self, reader: str, prompt: str) -> None:
        prompts = self.history.prompts_among(await self.messages())
        if not prompts or not self.is_alive:
            return
        message = prompts[int(prompt) % len(prompts)]
        who, text = self.who(reader), self.history.new_text()
        custom_id = self.history.button(message, "answer")
        opened = await who.click(message, custom_id=custom_id)
        if opened.modal is None:
            return
        attempt = self.history.of(who.id, int(str(custom_id).rpartition(":")[2])).tried(text)
        self._heard(await who.submit(opened, {"text": text, "show": True}), attempt)

    async def _withdraw(self, reader: str) -> None:
        who = self.who(reader)
        shown = self.history.shown_among(await self.messages())
        own = [each for each in shown if f":{who.id}" in str(self.history.button(each, "withdraw"))]
        if not own or not self.is_alive:
            return
        prompt = int(str(self.history.button(own[-1], "answer")).rpartition(":")[2])
        attempt = self.history.of(who.id, prompt).tried(None)
        custom_id = self.history.button(own[-1], "withdraw")
        self._heard(await who.click(own[-1], custom_id=custom_id), attempt)

    async def _forget(self, reader: str, scope: str) -> None:
        """Have everything deleted that is kept of a reader."""
        if not self.is_alive:
            return
        who = self.who(reader)
        label = SAY.privacy_here if scope == "here" else SAY.privacy_everywhere
        told = await who.command(self.channel, "privacy")
        if told.message is None or label not in told.message.buttons:
            return
        sure = await who.click(told.message, label=label)
        if sure.message is None or sure.failed:
            return
        kept = self.kept_ids()
        own = {each.id for each in await self.own(reader)}
        attempts = [given.tried(None) for given in self.history.of_reader(who.id)]
        done = await who.click(sure.message, label=label)
        self._heard(done, *attempts)
        self.history.forgotten.append(Forgotten(own & kept, own - kept, done))

    def _heard(self, answer: Answer, *attempts: Attempt) -> None:
        """Remember what a reader was told, which may change later."""
        self.history.told.append(answer)
        for attempt in attempts:
            attempt.answer = answer
        if claim_of(answer) is Claim.DONE:
            self.history.answers.append(answer)

    async def _doubt(self, reader: str, prompt: str, kind: str, how: str) -> None:
        """Answer without a confirmation of its showing, and take it back while that is in doubt."""
        thread = await self.thread()
        if thread is None:
            return
        path = f"/channels/{thread.id}/messages$"
        await self.remote.fault(kind, method="POST", path=path, seconds=HOLD)
        await self.remote.fault(
            "error_before_commit", method="GET", path=path, status=503, times=NOT_NOW
        )
        await self._answer(reader, prompt)
        match how:
            case "withdraw":
                await self._withdraw(reader)
            case "forget":
                await self._forget(reader, "everywhere")
            case "edit":
                await self._answer(reader, prompt)

    async def _archive(self, locked: str = "") -> None:
        thread = await self.thread()
        if thread:
            if locked:
                await self.place.moderator.lock(thread)
            await self.place.moderator.archive(thread)

    async def _remove_answer(self) -> None:
        shown = self.history.shown_among(await self.messages())
        if not shown:
            return
        await self.place.moderator.delete(shown[-1])
        if not self.rows("select 1 from messages where message_id = ?", shown[-1].id):
            self.history.cannot_come_back(shown[-1])  # the database was lost, and now this too

    async def _remove_prompt(self) -> None:
        for message in self.history.prompts_among(await self.messages()):
            if self.rows("select 1 from messages where message_id = ?", message.id):
                await self.place.moderator.delete(message)
                self.history.removed_prompts.append(message.content)
                return

    async def _wake(self) -> None:
        """Unlock and wake what moderators put to sleep."""
        for thread in await self.remote.threads_in(self.channel):
            await self.place.moderator.unarchive(thread)
            if self.essay.is_public:
                await self.place.moderator.lock(thread, locked=False)
