"""What the bot says to authors who read responses."""

from dataclasses import dataclass

from bot.core.phrases.kinds import Button, Placeholder, Text


@dataclass(frozen=True)
class Desk:
    """What the bot says to authors who read responses."""

    is_shown: Text = "shown in the thread"
    is_not_shown: Text = "not shown in the thread"
    may_be_quoted: Text = "may be quoted"
    by_name: Text = "by name"
    is_highlighted: Text = "★ highlighted"
    found: Text = "Responses: {count}"
    written_since: Text = "since {since}"
    no_match: Text = "No response matches that. Leave a filter out to find more."
    no_question: Text = "Without a question"
    news_since: Text = "### New since {since}"
    news_first: Text = "### New to you"
    news_count: Text = "Responses: {count}. Essays: {essays}."
    news_none: Text = (
        "Nothing is new since {since}. `/responses` with an essay, or with `since: 7d`, shows "
        "what was there before."
    )
    choose_news: Placeholder = "Read what is new about an essay"
    question_unknown: Text = (
        "No question that was asked here reads “{text}”. Type a word of it in `question`, and "
        "choose one that is offered."
    )
    question_unclear: Text = "“{text}” may be one of several questions. Choose one that is offered:"
    reader_unknown: Text = (
        "Nobody called “{text}” has responded here. Type a part of the name in `reader`, and "
        "choose one that is offered."
    )
    reader_unclear: Text = (
        "“{text}” may be one of several readers. Choose one that is offered, or type the number:"
    )
    since_unclear: Text = (
        "“{text}” is no day. Write it as `2026-03-01`, or `7d` or `2w` for so long ago."
    )
    file_too_big: Text = (
        "That file would have {size} MB; Discord takes {most}. Filter the responses, or export "
        "them with `afterword responses`."
    )
    only_highlighters: Text = (
        "Only authors and moderators can highlight responses. Somebody who manages the server "
        "names the authors' role with `/setup`."
    )
    highlight_on: Text = (
        "Highlighted, for authors only. `/responses` with `highlighted` lists it. *Highlight* "
        "again takes the mark away."
    )
    highlight_off: Text = "No longer highlighted."
    highlight_nothing: Text = (
        "Only a reader's response in an essay's thread can be highlighted, as far as it is kept."
    )
    digest_heading: Text = "### What readers said since {since}"
    digest_unanswered: Text = "**Nobody has answered yet**"
    digest_highlights: Text = "**Highlighted: {count}**"
    digest_read: Button = "Read what is new"
    digest_set: Text = "Digest: `{digest}`, in {channel}."
    digest_is_off: Text = "Digest: `off`."
    digest_lacks: Text = (
        "The digest for authors cannot be sent to {channel}: allow Afterword {names} there (Edit "
        "Channel > Permissions). It comes as soon as it can."
    )
    digest_homeless: Text = (
        "The digest for authors has no channel that Afterword can see: name one with `/setup`, "
        "option `digest_channel`."
    )
