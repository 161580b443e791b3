"""What the bot says to moderators about essays that start, or were held back."""

from dataclasses import dataclass

from bot.core.phrases.kinds import Counted, Plural, PluralButton, Text


@dataclass(frozen=True)
class Starting:
    """What the bot says to moderators about essays that start, or were held back."""

    discussed_here: Text = "It is discussed here: {url}"
    it_waits: Text = "It waits: {reason}"
    thread_stays_deleted: Text = "Its thread was deleted, and a deleted thread stays deleted."
    held_back: Plural = Counted(
        "One essay would start a thread in {channel} now, and has not. Start it now, or put it on "
        "the shelf, from where `/discuss` starts it.",
        "{count} essays would start a thread in {channel} at once, so none has. Start them all "
        "now, or put them on the shelf, from where `/discuss` starts one.",
    )
    held_elsewhere: Text = (
        "Essays are discussed in another channel here by now, so nothing was done. `/discuss` "
        "starts one there."
    )
    start_held: PluralButton = Counted("Start it", "Start all {count}")
    shelve_held: PluralButton = Counted("Put it on the shelf", "Put them on the shelf")
    held_started: Plural = Counted(
        "Starting one essay, as {moderator} decided.",
        "Starting {count} essays, as {moderator} decided.",
    )
    held_shelved: Plural = Counted(
        "On the shelf: one essay, as {moderator} decided.",
        "On the shelf: {count} essays, as {moderator} decided.",
    )
