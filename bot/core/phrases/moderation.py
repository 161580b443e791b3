"""What the bot says to moderators about what they do and did."""

from dataclasses import dataclass

from bot.core.phrases.kinds import Button, Description, Placeholder, Text


@dataclass(frozen=True)
class Moderation:
    """What the bot says to moderators about what they do and did."""

    only_moderators: Text = (
        "Only who may manage threads here can do that. Ask a moderator of this server."
    )
    only_managers: Text = (
        "Only who may manage this server can do that. Ask its owner or somebody who runs it."
    )
    hide_nothing: Text = (
        "Only a reader's response in an essay's thread can be hidden, as far as it is kept."
    )
    hidden_message: Text = (
        "Hidden: it is in no list, export or quote any more. The message itself stays in Discord "
        "until its writer or a moderator deletes it there. *Hide* again shows it again."
    )
    hidden_answer: Text = (
        "Hidden: it leaves the thread, and is in no list, export or quote any more. Its writer "
        "still finds it under `/privacy`."
    )
    show_again: Button = "Show it again"
    shown_again: Text = "Shown again: it counts in lists, exports and quotes as before."
    not_hidden: Text = "That is not hidden any more, or its writer has deleted it."
    link_nothing: Text = (
        "Only a reader's response in an essay's thread can be linked to a question, as far as it "
        "is kept."
    )
    link_choose: Text = (
        "Which question does it answer? What you choose stays, and the replies to it follow "
        "unless somebody chose for them."
    )
    link_placeholder: Placeholder = "Choose a question"
    link_none: Description = "It answers none of them"
    link_now: Text = "Now it answers: {question}"
    linked: Text = "Linked: it answers “{question}”, and so do the replies to it."
    linked_none: Text = "Unlinked: it answers none of the questions, nor do the replies to it."
    link_gone: Text = (
        "That response or that question is gone, so nothing was changed. Use *Link to question* "
        "again."
    )
    thread_elsewhere: Text = (
        "Type it in the thread of an essay, or name the essay: choose one that is offered."
    )
    thread_lacks: Text = (
        "Afterword may not do that in {channel}: allow it Manage Threads there (Edit Channel > "
        "Permissions), and try again."
    )
    thread_gone: Text = "That thread is gone, or Afterword cannot see it."
    thread_refused: Text = "Nothing was changed. {reason}"
    thread_closed: Text = (
        "Closed: the thread is archived. Whoever writes in it opens it again, unless it is locked; "
        "`/thread reopen` does so, too."
    )
    thread_reopened: Text = "Open: it is neither archived nor locked."
    thread_locked_now: Text = (
        "Locked: only who may manage threads can write in it. It stays locked, whatever becomes "
        "of its essay, until `/thread reopen`."
    )
    thread_as_it_is: Text = "It is so already, so nothing was changed."
    link_taken: Text = (
        "Its writer has another answer to that question, and there is one for each. Nothing was "
        "changed."
    )
