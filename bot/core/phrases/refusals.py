"""What the bot says when it does not do what somebody asks for."""

from dataclasses import dataclass

from bot.core.phrases.kinds import Text


@dataclass(frozen=True)
class Refusals:
    """What the bot says when it does not do what somebody asks for."""

    may_not_use: Text = "You may not use this here."
    may_not_write: Text = "You may not write here."
    only_authors: Text = (
        "Only authors can read all responses. Somebody who manages the server names the authors' "
        "role with `/setup`."
    )
    no_essay: Text = "No essay is called “{name}”. Type a word of its title to see suggestions."
    no_essay_but: Text = "No essay is called “{name}”. Did you mean {near}?"
    other_language: Text = "{channel} discusses essays in `{lang}`; this one is in `{other}`."
    not_public: Text = "That essay is not public on the blog, so it gets no thread."
    decided_already: Text = "That was decided already."
