"""What the bot says to readers who look for something, follow it, or ask for it."""

from dataclasses import dataclass

from bot.core.phrases.kinds import Button, Counted, Placeholder, Plural, Text


@dataclass(frozen=True)
class Finding:
    """What the bot says to readers who look for something, follow it, or ask for it."""

    questions_heading: Text = "Open questions"
    questions_about: Text = "Open questions about {tag}"
    questions_none: Text = "No question is open here now. `/post` shows the blog's essays."
    questions_none_about: Text = (
        "No question about “{tag}” is open here now. `/questions` without a tag shows all."
    )
    answers_none: Text = "nobody has answered"
    answers: Plural = Counted("one answer", "{count} answers")
    choose_to_answer: Placeholder = "Answer one of these questions"
    search_heading: Text = "What was found"
    search_essays: Text = "Essays"
    search_responses: Text = "Responses"
    search_none: Text = (
        "Nothing that you can see here has all of these words: {words}. Leave one out, or type "
        "only the beginning of a word."
    )
    search_no_words: Text = "Type a word or two to search for."
    ask_for_thread: Button = "Ask for its thread"
    asked_by: Plural = Counted("one reader asks", "{count} readers ask")
    request_counted: Plural = Counted(
        "Counted: you are the first to ask for its thread. A moderator decides.",
        "Counted: {count} readers ask for its thread now. A moderator decides.",
    )
    request_known: Plural = Counted(
        "You have asked for its thread already, as the only one so far.",
        "You have asked for its thread already; {count} readers have.",
    )
    request_enough: Text = (
        "You have asked for {most} threads within a day, which is as many as are counted. Please "
        "ask again tomorrow."
    )
    request_closed: Text = (
        "Readers cannot ask for threads here now. Who may manage threads can start one with "
        "`/discuss`."
    )
    request_started: Text = "Its thread is there already, or about to be: `/post` shows where."
    request_notice: Plural = Counted(
        "One reader asks for a thread about **{title}**.",
        "{count} readers ask for a thread about **{title}**.",
    )
    request_later: Button = "Not now"
    request_put_off: Plural = Counted(
        "Not now: a thread about **{title}**, for which one reader asked. `/discuss` starts it "
        "whenever you like.",
        "Not now: a thread about **{title}**, for which {count} readers asked. `/discuss` starts "
        "it whenever you like.",
    )
    request_discussed: Text = "Readers asked for it, and it is discussed: {url}"
    request_gone: Text = "That essay is not on the blog any more, or is discussed elsewhere now."
    only_moderators_decide: Text = (
        "Only who may manage threads can decide that. Ask a moderator of this server."
    )
