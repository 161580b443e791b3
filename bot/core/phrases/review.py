"""What the bot says about answers that wait: for a moderator, for their day, or in a draft."""

from dataclasses import dataclass

from bot.core.phrases.kinds import Button, Counted, Plural, Text


@dataclass(frozen=True)
class Review:
    """What the bot says about answers that wait: for a moderator, for their day, or in a draft."""

    kept_waits: Text = "Kept. A moderator looks at it before it is shown."
    kept_waits_again: Text = (
        "Kept. A moderator looks at your change before it is shown; until then your answer is not "
        "in the thread."
    )
    kept_flood: Text = (
        "Kept. Many answers came within a minute, so a moderator looks at yours before it is shown."
    )
    kept_declined: Text = (
        "Kept for the author. A moderator decided not to show it; if you change its text, they "
        "look at it again."
    )
    kept_sealed: Text = "Kept. The answers to this question are shown together on {date}."
    kept_sealed_waits: Text = (
        "Kept. The answers to this question are shown together on {date}; a moderator looks at "
        "yours before."
    )
    sealed_prompt: Text = (
        "Answers are shown together on {date}. Please use the button: a reply in the thread is "
        "seen at once."
    )
    sealed_form: Text = "Answers are shown together on {date}."
    draft_in_form: Text = "Your draft from {date} is in the form."
    review_waits: Plural = Counted(
        "**One answer waits for a moderator before it is shown.**",
        "**{count} answers wait for a moderator before they are shown.**",
    )
    review_flood: Plural = Counted(
        "One answer came when many did within a minute; it is kept, and waits for you.",
        "{count} answers came within a minute; they are kept, and wait for you.",
    )
    review_essay: Text = "{essay}: {count}, the oldest {since}"
    review_over: Text = "No answer waits for a moderator any more."
    review_moved: Text = "Answers that wait for a moderator are told of in {channel} now."
    review_look: Button = "Look"
    review_approve: Button = "Approve"
    review_decline: Button = "Decline"
    review_next: Button = "Next"
    review_approve_all: Button = "Approve all {count}"
    review_approve_oldest: Button = "Approve the oldest {count}"
    review_none: Text = "No answer waits for a moderator here."
    review_place: Text = "{place} of {count} · {essay} · {since}"
    review_because_flood: Text = "It was held because many answers came within a minute."
    review_sealed: Text = "If approved, it is shown with the others on {date}."
    review_approved: Text = "Approved: it is shown in the thread."
    review_approved_sealed: Text = "Approved: it is shown with the others on its day."
    review_approved_later: Text = "Approved. It is shown as soon as Discord allows it: {reason}"
    review_approved_soon: Text = "Approved. It is shown as soon as Discord allows it."
    review_declined: Text = "Declined: it stays kept for the author, and is not shown."
    review_before_approve: Text = "{who} has approved it before you."
    review_before_decline: Text = "{who} has declined it before you."
    review_somebody: Text = "Somebody"
    review_changed: Text = "Its reader has changed it since you looked; nothing was decided."
    review_gone: Text = (
        "That answer does not wait any more: its reader took it back, or it was hidden."
    )
    review_all: Plural = Counted(
        "One answer is approved.", "{count} answers are approved; they are shown one by one."
    )
    review_not_now: Text = (
        "Nothing was decided: the database is busy. Please try again in a minute."
    )
    review_lacks: Text = (
        "Answers that wait for a moderator cannot be told of in {channel}: allow Afterword {names} "
        "there (Edit Channel > Permissions). Until then `/review` lists them."
    )
    review_homeless: Text = (
        "No channel tells moderators of answers that wait: name one with `/setup`, option "
        "`notices`. Until then `/review` lists them."
    )
    only_reviewers: Text = (
        "Only who may manage threads can decide about answers. Ask a moderator of this server."
    )
