"""What the bot says about essays: their cards, their lists, their pages."""

from dataclasses import dataclass

from bot.core.phrases.kinds import Button, Counted, Placeholder, Plural, Text


@dataclass(frozen=True)
class Essays:
    """What the bot says about essays: their cards, their lists, their pages."""

    ends_by_asking: Text = "It ends by asking:"
    invitation: Text = "What stays with you after reading this?"
    notice: Text = (
        "Replies in the thread are kept for the author. See, delete or refuse that with `/privacy`."
    )
    notice_buttons_only: Text = (
        "Answers through the button are kept for the author; so is a message on which you choose "
        "Apps > Keep this response. See, delete or refuse that with `/privacy`."
    )
    minutes: Text = "{minutes} min read"
    read: Button = "Read"
    on_the_blog: Button = "On the blog"
    open_thread: Button = "Open thread"
    share: Button = "Share here"
    shared: Text = "shared by {reader}"
    discuss: Button = "Discuss"
    newer: Button = "Back"
    older: Button = "On"
    page: Text = "Page {page} of {pages}"
    more: Text = "… and {count} more"
    choose_an_essay: Placeholder = "Open an essay"
    responses_none: Text = "Nobody has responded yet."
    responses: Plural = Counted("One response so far.", "{count} responses so far.")
    reads_well: Text = "Reads well with it:"
    reads_well_because: Text = "{essay}: both turn on {words}"
    on_the_shelf: Text = "On the shelf: it can be read, and has no thread here."
    tag_heading: Text = "Essays about {tag}"
    discussed: Text = "discussed"
    no_tag: Text = "No essay is about “{tag}”. Type a letter to see the blog's tags."
    no_tag_but: Text = "No essay is about “{tag}”. Did you mean {near}?"
    taken_back: Text = "Its author has taken this essay back. What was said about it stays."
    continues: Text = "Continues below"
    not_shown_here: Text = "This essay cannot be shown in Discord. Please read it on the blog."
    gone: Text = "That is not here any more. `/post` finds the essay again."
    apology: Text = (
        "Something went wrong on our side; it has been noted. Please try again in a minute."
    )
