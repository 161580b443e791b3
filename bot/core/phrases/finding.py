"""What the bot says to readers who look for something, follow it, or ask for it."""

from dataclasses import dataclass

from bot.core.phrases.kinds import Counted, Placeholder, Plural, Text


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
