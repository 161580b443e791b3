"""What the bot says about connections that it found at night, and about questions asked again."""

from dataclasses import dataclass

from bot.core.phrases.kinds import Button, Label, Text


@dataclass(frozen=True)
class Dreams:
    """What the bot says about connections that it found at night, and about questions asked again.

    Those that begin with ``dream_asks`` stand in threads; readers see them.
    """

    name_dreams: Text = "Connections found at night"
    value_dreams_on: Text = "looked for, and drafted for moderators"
    value_dreams_off: Text = "not looked for"
    setup_dreams_on: Button = "Look for connections"
    setup_dreams_off: Button = "Look for no connections"
    dream_pair: Text = "### Two readers may be speaking of the same thing"
    dream_bridge: Text = "### Two readers may meet in a third essay"
    dream_question: Text = "### An open question, and what may speak to it"
    dream_side: Text = "**{title}** [↗]({url})"
    dream_side_unlinked: Text = "**{title}**"
    dream_because: Text = "What ties them: {words}."
    dream_through: Text = "Both meet {title}, and there {words}:"
    dream_ask: Button = "Ask in both threads"
    dream_ask_one: Button = "Ask in the thread"
    dream_dismiss: Button = "Not this one"
    dream_never: Button = "Never for “{title}”"
    dream_by_whom: Text = "-# {who}: {decision}"
    dream_asked: Text = "asked in the threads"
    dream_dismissed: Text = "not this one"
    dream_ruled_out: Text = "never again for “{title}”"
    dream_withdrawn: Text = (
        "A connection stood here. One of its texts was deleted, changed or hidden, so that there "
        "is nothing to ask any more."
    )
    dream_gone: Text = (
        "One of the two texts is not there any more, so there is nothing to ask. Nothing was sent."
    )
    dream_no_thread: Text = (
        "Neither essay has a thread in which to ask. `/discuss` starts one. Nothing was sent."
    )
    dream_thread_closed: Text = (
        "Nothing was sent: the thread {thread} is locked or gone. `/thread reopen` opens it again."
    )
    dream_thread_lacks: Text = (
        "Nothing was sent: allow Afterword Send Messages in Threads and Read Message History in "
        "{channel} (Edit Channel > Permissions), and press again."
    )
    dream_decided_before: Text = "{who} decided before you: {decision}."
    dream_sent: Text = "Asked: {places}"
    dream_sent_later: Text = (
        "Noted. Discord has not taken every message yet; it is tried again each minute."
    )
    dream_noted: Text = "Noted."
    dream_not_now: Text = "Nothing was decided: the database is busy. Please try again in a minute."

    dream_asks_quote: Text = "{who} wrote in the thread of **{title}** [↗]({url}):"
    dream_asks_reader: Text = "A reader"
    dream_asks_passage: Text = "The essay **{title}** [↗]({url}) says:"
    dream_asks_question: Text = "The essay **{title}** [↗]({url}) asks:"
    dream_asks_link: Text = (
        "In the thread of **{title}**, a reader wrote something that may speak to this: [↗]({url})"
    )
    dream_asks_here: Text = "Does that meet what was said here [↗]({url})? What do you think?"
    dream_asks_here_essay: Text = "Does that meet what this essay says? What do you think?"
    dream_asks_here_question: Text = "Does that answer what this essay asks? What do you think?"
    dream_asks_why: Button = "Why this?"
    dream_why: Text = (
        "Afterword looked for texts in different threads that share something rare. A moderator "
        "of this server chose to ask about this one."
    )
    dream_why_gone: Text = "One of the two texts is not there any more."

    second_draft: Text = (
        "### A question that nobody answered\nThe thread of **{title}** [↗]({url}) had been silent "
        "for a week:"
    )
    second_ask: Button = "Ask it again"
    second_dismiss: Button = "Not this one"
    second_asked: Text = "asked again"
    second_dismissed: Text = "not asked again"
    second_gone: Text = (
        "That question is not asked any more, or its thread is gone. Nothing was sent."
    )
    second_answered: Text = "Somebody has answered it meanwhile. Nothing was sent."
    second_asks: Text = "Nobody has answered this yet. What would you say?"
    second_why: Text = (
        "This thread was silent for a week, and nobody had answered this question. A moderator of "
        "this server chose to ask it again, which happens once in a thread."
    )
    act_asked_in_two_threads: Label = "asked in two threads"
    act_dismissed_a_connection: Label = "dismissed a connection"
    act_left_out_an_essay: Label = "left out an essay"
    act_asked_a_question_again: Label = "asked a question again"
    act_left_a_question_alone: Label = "left a question alone"
