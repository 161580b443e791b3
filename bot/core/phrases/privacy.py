"""What the bot says about what it keeps of a reader."""

from dataclasses import dataclass

from bot.core.phrases.kinds import Button, Text


@dataclass(frozen=True)
class Privacy:
    """What the bot says about what it keeps of a reader."""

    privacy: Text = (
        "**What is kept.** What you write in an essay's thread and what you answer through its "
        "buttons: your text, your name and id, when, and which question it answers. It is kept "
        "for the essay's author, who reads and may export it. It is published on the blog only "
        "if you agreed to be quoted, and with your name only if you chose that. Nothing is used "
        "to train anything.\n"
        "**What you can do.** Edit or delete your message, and the copy follows. Have everything "
        "handed to you or deleted with the buttons below. Messages stay in Discord until you "
        "delete them there; what is deleted here is not collected again."
    )
    privacy_nothing: Text = "Nothing of yours is kept, here or elsewhere."
    privacy_count: Text = "Kept of you: {here} here, {everywhere} in all."
    privacy_hand_over: Button = "Hand it to me"
    privacy_here: Button = "Delete mine here"
    privacy_everywhere: Button = "Delete mine everywhere"
    privacy_sure: Text = "Delete {count} for good? Nobody can bring this back."
    privacy_forgotten: Text = "Deleted: {count}. Answers that were shown here are being removed."
    not_deleted_yet: Text = (
        "Nothing is deleted yet: the database is busy. It is tried again for some minutes, and "
        "this message says when it is done."
    )
    not_deleted: Text = "Nothing could be deleted. Please try again later."
