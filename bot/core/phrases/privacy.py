"""What the bot says about what it keeps of a reader."""

from dataclasses import dataclass

from bot.core.phrases.kinds import Button, Counted, Placeholder, Plural, Text


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
    privacy_nothing_here: Text = "Nothing that you wrote here is kept."
    privacy_count: Text = "Kept of you: {here} here, {everywhere} in all."
    privacy_hand_over: Button = "Hand it to me"
    privacy_here: Button = "Delete mine here"
    privacy_everywhere: Button = "Delete mine everywhere"
    privacy_each: Button = "See each of them"
    privacy_back: Button = "Back"
    privacy_choose: Placeholder = "Delete one of them"
    privacy_one: Button = "Delete it"
    privacy_drafts: Plural = Counted(
        "One answer that you began and did not send.",
        "{count} answers that you began and did not send.",
    )
    privacy_choices: Plural = Counted(
        "Once you chose what is done with your words.",
        "{count} times you chose what is done with your words.",
    )
    privacy_acts: Plural = Counted(
        "One thing that you did as an author or a moderator. It stays done, without your id.",
        "{count} things that you did as an author or a moderator. They stay done, without your id.",
    )
    privacy_retention: Plural = Counted(
        "What you write here is deleted after one day.",
        "What you write here is deleted after {count} days.",
    )
    privacy_owed: Text = (
        "Since {since}, something that readers deleted or changed is still being overwritten."
    )
    privacy_would_here: Text = "**This would be deleted here:**"
    privacy_would_everywhere: Text = "**This would be deleted everywhere:**"
    privacy_would_one: Text = "**This would be deleted:**"
    privacy_would_hide: Plural = Counted(
        "One of them is shown in its thread, and is taken out.",
        "{count} of them are shown in their threads, and are taken out.",
    )
    privacy_would_unquote: Plural = Counted(
        "One of them may be quoted on the blog; it leaves with the blog's next build.",
        "{count} of them may be quoted on the blog; they leave with the blog's next build.",
    )
    privacy_not_reached: Text = (
        "**This does not reach** your messages in Discord, which you delete there; files that the "
        "author exported before, until the author prunes them; backups that the operator keeps "
        "elsewhere; and what others wrote about you."
    )
    privacy_sure: Text = "Delete this for good? Nobody can bring it back."
    privacy_forgotten: Text = (
        "Being deleted: {count}. Nobody finds it any more. This message says when it is "
        "overwritten, too, or what that waits for."
    )
    privacy_done: Text = (
        "Deleted: {count}. It has left the file, its log, its index and the copies beside it."
    )
    privacy_threads_wait: Plural = Counted(
        "In one thread an answer may still stand; it is removed as soon as Discord lets the bot.",
        "In {count} threads answers may still stand; they are removed as soon as Discord lets the "
        "bot.",
    )
    privacy_waits_reading: Text = (
        "It is not overwritten yet: another program reads the database, and the bot waits for it."
    )
    privacy_waits_copy: Text = (
        "It is not overwritten yet: a copy beside the database cannot be changed now. The operator "
        "finds in the log which."
    )
    privacy_waits_disk: Text = (
        "It is not overwritten yet: the disk takes nothing now. It is tried again each minute."
    )
    privacy_says_later: Text = "`/privacy` says whether that is still to be done."
    state_message: Text = "kept, a message in the thread"
    state_shown: Text = "kept, shown in the thread"
    state_private: Text = "kept, not shown in the thread"
    state_sealed: Text = "kept, shown with all others {when}"
    state_waiting: Text = "kept, waits for a moderator"
    state_declined: Text = "kept, not shown: a moderator declined it"
    state_hidden: Text = "kept, hidden by a moderator"
    state_quotable: Text = "may be published on the blog without your name"
    state_quotable_by_name: Text = "may be published on the blog with your name"
    not_deleted_yet: Text = (
        "Nothing is deleted yet: the database is busy. It is tried again for some minutes, and "
        "this message says when it is done."
    )
    not_deleted: Text = "Nothing could be deleted. Please try again later."
