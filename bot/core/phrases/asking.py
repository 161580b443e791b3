"""What the bot says to readers who ask an essay, or the whole blog, something."""

from dataclasses import dataclass

from bot.core.phrases.kinds import Button, Counted, Description, Label, Plural, Text


@dataclass(frozen=True)
class Asking:
    """What the bot says to readers who ask an essay, or the whole blog, something."""

    ask_whole_blog: Description = "The whole blog"
    ask_essay_silent: Text = "The essay does not say."
    ask_blog_silent: Text = "The blog does not say."
    ask_nearest: Text = "The nearest that it comes to is “{heading}”, in {title}."
    ask_nearest_untitled: Text = "The nearest that it comes to is a passage of {title}."
    ask_read_there: Button = "Read it there"
    ask_also: Text = "It also says"
    ask_readers_said: Text = "What readers said"
    ask_no_words: Text = "Ask in a few words what you would like to know, such as `why maps`."
    ask_not_readable: Text = (
        "That is no essay that can be read on the blog now. Choose one that is offered."
    )
    ask_not_shown: Text = "Not shown: {reason}"
    ask_slow: Text = "This thread is in slow mode. Press again in {seconds} s."
    ask_cannot_look: Text = (
        "Afterword may not read messages here. `/ask` answers you; nobody else sees it."
    )
    ask_not_read_yet: Plural = Counted(
        "The essays are still being read so that they can be asked: one is left of {total}. Ask "
        "again in a moment.",
        "The essays are still being read so that they can be asked: {count} are left of {total}. "
        "Ask again in a moment.",
    )
    ask_not_all_read: Plural = Counted(
        "One of {total} essays is not read for this yet.",
        "{count} of {total} essays are not read for this yet.",
    )
    ask_too_often: Plural = Counted(
        "You have asked much within a minute. Ask again in a second.",
        "You have asked much within a minute. Ask again in {count} seconds.",
    )
    ask_show_here: Button = "Show it here"
    ask_shown: Text = "**{reader}** asked: {question}"
    ask_shown_unquoted: Text = "**{reader}** asked, and the essay says:"
    ask_shown_already: Text = "It is shown here already."
    ask_passage_changed: Text = "The essay has changed since. Ask again: the answer may be another."
    ask_take_away: Button = "Take away"
    ask_not_yours_to_take: Text = (
        "Only who asked can take it away, or who may manage messages or threads here."
    )
    ask_mentioned: Text = "Only who asked can see the answer."
    ask_show_answer: Button = "Show the answer"
    ask_not_your_question: Text = (
        "Only who asked can see this answer. `/ask` answers you; nobody else sees it."
    )
    ask_question_gone: Text = "The question was deleted, or asks nothing any more. Ask again."
    act_took_down_a_passage: Label = "took down a passage"
    """As the audit calls it (`bot.store.audit`)."""
