"""An essay about rivers, and how readers ask it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.journeys.stage import Stage, message_of

if TYPE_CHECKING:
    from bot.sandbox import Channel, Message, Person


RIVERS = "A river keeps its name though none of its water stays. We call that memory."
PARTS = f"""## Water

{RIVERS}

## Stone

A mountain forgets slowly: every winter takes a little of its edge.
"""


KEEPS_WATER = "What does a river keep though none of its water stays?"


def named(stage: Stage) -> str:
    """What mentions the bot in a text."""
    assert stage.bot.user is not None
    return stage.bot.user.mention


def described(message: Message) -> str:
    return str(message.embeds[0]["description"])


async def indexed(stage: Stage) -> None:
    await stage.sandbox.until(lambda: stage.bot.discussion.indexer.is_done)


async def rivers(stage: Stage) -> Channel:
    """Start a thread about rivers, in a site whose address is known."""
    stage.settings["site"] = "https://blog.example/"
    thread = await stage.publish("rivers", title="Rivers", text=PARTS)
    await indexed(stage)
    return thread


async def ask(who: Person, place: Channel, question: str, **options: object) -> Message:
    """Ask, and return the private answer."""
    page = message_of(await who.command(place, "ask", question=question, **options))
    assert page.ephemeral
    return page


async def shown_by(stage: Stage, thread: Channel) -> list[Message]:
    """Return the messages in a thread that show a passage."""
    found = await stage.sandbox.messages_in(thread)
    return [each for each in found if each.by_bot and "asked" in each.content]


async def show(stage: Stage, who: Person, thread: Channel, question: str = KEEPS_WATER) -> Message:
    """Ask in a thread and show the answer there; return the message that shows it."""
    page = await ask(who, thread, question)
    await who.click(page, label="Show it here")
    await stage.sandbox.until(lambda: "Show it here" not in page.buttons)

    async def find() -> Message | None:
        found = await shown_by(stage, thread)
        return found[-1] if found else None

    message: Message = await stage.sandbox.until(find)
    return message


async def offered_to(stage: Stage, place: Channel) -> Message:
    """Wait for the reply to a question; return it."""

    async def find() -> Message | None:
        found = await stage.sandbox.messages_in(place)
        return next((each for each in found if "Show the answer" in each.buttons), None)

    message: Message = await stage.sandbox.until(find)
    return message


async def rewrite(stage: Stage, **essay: str) -> None:
    """Write the essay about rivers anew, and wait until it can be asked as it is now."""

    def digests() -> set[str]:
        return {post.digest for post in stage.bot.blog.catalog.posts}

    before = digests()
    stage.write("rivers", **essay)
    await stage.rounds.run()
    await stage.sandbox.until(lambda: digests() != before and stage.bot.discussion.indexer.is_done)
