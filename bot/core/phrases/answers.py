"""What the bot says to readers who answer."""

from dataclasses import dataclass

from bot.core.phrases.kinds import Button, Label, Text


@dataclass(frozen=True)
class Answers:
    """What the bot says to readers who answer."""

    answer: Button = "Answer"
    answer_too: Button = "Answer too"
    edit: Button = "Edit"
    withdraw: Button = "Withdraw"
    choose_a_question: Text = "Which question do you want to answer?"
    modal_title: Label = "Your answer"
    modal_answer: Label = "Your answer"
    modal_show: Label = "Show it in the thread"
    modal_quote: Label = "May be quoted on the blog"
    modal_named: Label = "If quoted, with my name"
    answered: Text = "{reader} answers"
    kept_and_shown: Text = "Kept for the author, and shown in the thread."
    kept_privately: Text = "Kept for the author. It is not shown in the thread."
    not_shown: Text = "Kept for the author, but not shown: {reason}"
    handed_back: Text = (
        "Your answer could not be kept just now. Here is your text, so that nothing is lost; "
        "please try again in a minute."
    )
    withdrawn: Text = "Withdrawn: nothing of it is kept. Here is your text, in case you want it."
    not_yours: Text = "Only its writer can do that. Use *Answer too* to write your own."
    may_not_send: Text = "you may not write in this thread."
    is_locked: Text = "this thread is locked."
    is_timed_out: Text = "you are timed out here."
    is_slow: Text = "this thread is in slow mode; edit your answer in {seconds} s to show it."
    kept: Text = "Kept for the author."
    empty: Text = "There is no text in it, so nothing was kept."
    not_a_response: Text = "Only messages in an essay's thread can be kept."
    not_yet: Text = "It is not kept yet: the database is busy. This message says so when it is."
    not_kept_now: Text = "It could not be kept just now. Please try again in a minute."
    kept_newer: Text = "A newer answer of yours to this question is kept."
    shown_later: Text = (
        "Kept for the author. It is shown in the thread as soon as Discord allows it."
    )
    not_kept_yet: Text = (
        "Your answer is not kept yet: the database is busy. This message says so when it is. "
        "Here is your text, in case it never is."
    )
    withdrawn_soon: Text = (
        "Withdrawn: it is no longer kept, and its message in the thread goes within minutes. "
        "Here is your text, in case you want it."
    )
    not_withdrawn_yet: Text = (
        "Your answer is not withdrawn yet: the database is busy. It is tried again for some "
        "minutes, and this message says when it is done."
    )
    not_withdrawn: Text = (
        "Your answer could not be withdrawn, and is still kept. Please try again later."
    )
    no_thread_yet: Text = "This essay's thread has not started yet. Please answer when it has."
    cannot_check: Text = (
        "Discord does not say whether you may write there; edit your answer to try again."
    )
