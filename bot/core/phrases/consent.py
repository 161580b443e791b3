"""What the bot says about readers' choices: what is kept of them, and what may be quoted."""

from dataclasses import dataclass

from bot.core.phrases.kinds import Button, Counted, Placeholder, Plural, Text


@dataclass(frozen=True)
class Consent:
    """What the bot says about readers' choices.

    A change of what readers agree to is a new version of it (`bot.core.consent`).
    """

    notice_opt_in: Text = (
        "Replies in the thread are kept for the author only if their writer has said yes: "
        "`/privacy` > *Change my choices*."
    )
    change_choices: Button = "Change my choices"
    choices_heading: Text = "### Your choices in this server"
    choice_keep: Text = "What I write in the threads of essays may be kept for their author."
    choice_keep_yes: Button = "Yes, keep what I write"
    choice_keep_no: Button = "No, keep nothing of mine"
    choice_keep_sure: Plural = Counted(
        "From now on, nothing that you write in these threads is kept, and no answer through a "
        "form is taken. What was kept of you in this server is deleted at once: one response. "
        "Nobody can bring it back. Are you sure?",
        "From now on, nothing that you write in these threads is kept, and no answer through a "
        "form is taken. What was kept of you in this server is deleted at once: {count} "
        "responses. Nobody can bring them back. Are you sure?",
    )
    choice_quote: Text = "What I write from now on may be quoted on the blog."
    choose_quote: Placeholder = "May what you write from now on be quoted?"
    quote_by_name: Button = "Yes, by name"
    quote_without_name: Button = "Yes, without name"
    quote_no: Button = "No"
    choice_made: Text = "{choice} · since {at} · you read, in version {version}: “{wording}”"
    kept_until_no: Text = "Nothing chosen: what you write is kept until you say no."
    kept_after_yes: Text = (
        "Nothing chosen: what you write is not kept until you say yes. An answer through a form "
        "is kept, since you hand it in."
    )
    quoted_if_asked: Text = (
        "Nothing chosen: you may only be quoted where you agree, answer by answer."
    )
    choice_is_noted: Text = "Your choice is noted, and holds from now on."
    quotable_now: Plural = Counted(
        "One response of yours in this server may be quoted now.",
        "{count} responses of yours in this server may be quoted now.",
    )
    withdraw_quotes: Button = "Withdraw all quotes of mine here"
    quotes_withdrawn: Plural = Counted(
        "One response may no longer be quoted. It leaves the blog when that is built next.",
        "{count} responses may no longer be quoted. They leave the blog when it is built next.",
    )
    forget_choices: Button = "Forget what I chose"
    choices_are_forgotten: Text = (
        "What you chose here is forgotten. What is kept, and what may be quoted already, stays so."
    )
    nothing_is_kept_now: Text = (
        "Nothing that you write in these threads is kept from now on. `/privacy` > *Change my "
        "choices* is the way back."
    )
    not_chosen_yet: Text = (
        "Your choice is not written yet: the database is busy. It is tried again for some "
        "minutes, and this message says when it is done."
    )
    not_chosen: Text = "Your choice could not be written. Please try again later."
    you_refused: Text = (
        "You chose that nothing you write in this server is kept, so nothing was kept now. "
        "`/privacy` > *Change my choices* changes that."
    )
    quote_asked: Text = (
        "May this response be quoted on the blog? Only its writer can answer, and nobody is told."
    )
    quote_is_asked: Text = (
        "Its writer is asked, silently, below it in the thread. They are asked once; what they "
        "answer shows in `/responses`."
    )
    quote_is_asked_later: Text = (
        "Discord did not confirm it. Its writer is asked as soon as Discord says more; there is "
        "no need to ask again."
    )
    only_askers: Text = (
        "Only authors and moderators can ask to quote a response. Somebody who manages the "
        "server names the authors' role with `/setup`."
    )
    nothing_to_quote: Text = (
        "Only a reader's response in an essay's thread can be quoted, as far as it is kept."
    )
    asked_before: Text = "Its writer was asked before. Nobody is asked twice about a response."
    may_be_quoted_already: Text = "Its writer has agreed already: it may be quoted."
    cannot_ask: Text = (
        "Afterword may not write in that thread. Allow it Send Messages in Threads (Edit Channel "
        "> Permissions), or unlock the thread; then ask again."
    )
    only_writer: Text = "Only the writer of that response can answer this."
    quote_is_gone: Text = "That response is not kept any more, so there is nothing to quote."
    quote_recorded: Text = (
        "Noted: **{choice}**. `/privacy` > *Change my choices* shows what may be quoted, and "
        "takes it back."
    )
