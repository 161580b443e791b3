"""What the bot says to moderators about what they do and did."""

from dataclasses import dataclass

from bot.core.phrases.kinds import Button, Counted, Description, Label, Placeholder, Plural, Text


@dataclass(frozen=True)
class Moderation:
    """What the bot says to moderators about what they do and did."""

    only_moderators: Text = (
        "Only who may manage threads here can do that. Ask a moderator of this server."
    )
    only_managers: Text = (
        "Only who may manage this server can do that. Ask its owner or somebody who runs it."
    )
    hide_nothing: Text = (
        "Only a reader's response in an essay's thread can be hidden, as far as it is kept."
    )
    hidden_message: Text = (
        "Hidden: it is in no list, export or quote any more. The message itself stays in Discord "
        "until its writer or a moderator deletes it there. *Hide* again shows it again."
    )
    hidden_answer: Text = (
        "Hidden: it leaves the thread, and is in no list, export or quote any more. Its writer "
        "still finds it under `/privacy`."
    )
    show_again: Button = "Show it again"
    shown_again: Text = "Shown again: it counts in lists, exports and quotes as before."
    not_hidden: Text = "That is not hidden any more, or its writer has deleted it."
    link_nothing: Text = (
        "Only a reader's response in an essay's thread can be linked to a question, as far as it "
        "is kept."
    )
    link_choose: Text = (
        "Which question does it answer? What you choose stays, and the replies to it follow "
        "unless somebody chose for them."
    )
    link_placeholder: Placeholder = "Choose a question"
    link_none: Description = "It answers none of them"
    link_now: Text = "Now it answers: {question}"
    linked: Text = "Linked: it answers “{question}”, and so do the replies to it."
    linked_none: Text = "Unlinked: it answers none of the questions, nor do the replies to it."
    link_gone: Text = (
        "That response or that question is gone, so nothing was changed. Use *Link to question* "
        "again."
    )
    thread_elsewhere: Text = (
        "Type it in the thread of an essay, or name the essay: choose one that is offered."
    )
    thread_lacks: Text = (
        "Afterword may not do that in {channel}: allow it Manage Threads there (Edit Channel > "
        "Permissions), and try again."
    )
    thread_gone: Text = "That thread is gone, or Afterword cannot see it."
    thread_refused: Text = "Nothing was changed. {reason}"
    thread_closed: Text = (
        "Closed: the thread is archived. Whoever writes in it opens it again, unless it is locked; "
        "`/thread reopen` does so, too."
    )
    thread_reopened: Text = "Open: it is neither archived nor locked."
    thread_locked_now: Text = (
        "Locked: only who may manage threads can write in it. It stays locked, whatever becomes "
        "of its essay, until `/thread reopen`."
    )
    thread_as_it_is: Text = "It is so already, so nothing was changed."
    no_channel: Text = (
        "No channel is set up here. Somebody who manages the server can type `/setup`."
    )
    essay_unknown: Text = (
        "No essay here is called “{text}”. Type a part of its title, and choose one that is "
        "offered."
    )
    skipped: Text = (
        "Skipped: {essay} does not start by itself until its text changes. `/publish retry` takes "
        "that back, and `/discuss` starts it now."
    )
    skip_has_thread: Text = (
        "{essay} has a thread already, so there is nothing to skip. `/publish withdraw` ends it."
    )
    withdrawn_essay: Text = (
        "Withdrawn: {essay} is taken out of its thread, which is locked; what was said stays. It "
        "comes back when the essay's text changes, or with `/publish retry`."
    )
    withdraw_waits: Text = "{essay} is withdrawn as soon as Discord lets it be. {reason}"
    withdraw_no_thread: Text = (
        "{essay} has no thread here, so there is nothing to withdraw. `/publish skip` keeps it "
        "from starting."
    )
    essay_over: Text = "The thread of {essay} was deleted, and a deleted thread stays deleted."
    essay_withdrawn: Text = "A moderator withdrew {essay}. `/publish retry` brings it back."
    retried: Text = "{essay} is discussed here: {url}"
    retried_waits: Text = "{essay} still waits: {reason}"
    retried_due: Text = "{essay} starts by itself again, when its turn comes."
    plan_heading: Text = "### Essays for {channel}"
    plan_empty: Text = "Nothing is due, waits, or is on the shelf."
    plan_failed: Text = "Needs you"
    plan_waiting: Text = "Waiting"
    plan_held: Text = "Held"
    plan_next: Text = "Next"
    plan_later: Text = "Planned"
    plan_skipped: Text = "Skipped"
    plan_withdrawn: Text = "Withdrawn"
    plan_shelf: Text = "Shelf"
    plan_soon: Text = "within a minute"
    plan_asked: Text = "a moderator decides, where they were asked or with `/setup`"
    plan_file_gone: Text = "its file is gone, or a draft again"
    plan_by: Text = "by {who}"
    somebody: Text = "somebody"
    cut_asked: Plural = Counted(
        "One of {before} posts is gone from the blog at once, so that {after} are left. Nothing "
        "was done about its thread.",
        "{count} of {before} posts are gone from the blog at once, so that {after} are left. "
        "Nothing was done about their threads.",
    )
    cut_ask: Text = (
        "If the folder or its name is wrong, put that right. If they were removed on purpose, "
        "confirm it: exactly these are withdrawn, their threads are locked, and what was said "
        "stays. A file that comes back brings its thread back."
    )
    cut_elsewhere: Text = (
        "If the folder or its name is wrong, put that right. Other servers have threads of them "
        "too, so that only Afterword's operator can confirm that they were removed on purpose: "
        "`afterword settings --confirm-cut`."
    )
    cut_confirm: Button = "Withdraw them"
    cut_show: Button = "Show all"
    cut_done: Plural = Counted(
        "One post was withdrawn, as {who} confirmed. Before it were {before} posts, now {after}.",
        "{count} posts were withdrawn, as {who} confirmed. Before there were {before}, now "
        "{after}.",
    )
    cut_changed: Text = (
        "Something else is missing now than this says, so nothing was done. If there is still "
        "something to confirm, you are asked anew."
    )
    link_taken: Text = (
        "Its writer has another answer to that question, and there is one for each. Nothing was "
        "changed."
    )
    audit_heading: Text = "### What was done here"
    audit_empty: Text = "Nothing was done yet that this asks for."
    audit_unknown: Text = "There is no such kind of act. Choose one that is offered."
    audit_bot: Text = "Afterword"
    audit_more: Button = "Audit"
    audit_show_again: Placeholder = "Show a hidden response again"
    log_lacks: Text = (
        "What moderators do cannot be logged in {channel}: allow Afterword {names} there (Edit "
        "Channel > Permissions). It is logged as soon as it can be."
    )
    log_homeless: Text = (
        "The channel for the log of what moderators do is gone, or Afterword cannot see it: "
        "choose another with `/setup`."
    )
    act_set_up: Label = "set up"
    act_started_a_thread: Label = "started a thread"
    act_decided_about_held_essays: Label = "decided about held essays"
    act_highlighted_a_response: Label = "highlighted a response"
    act_removed_a_highlight: Label = "removed a highlight"
    act_hid_a_response: Label = "hid a response"
    act_showed_a_response_again: Label = "showed a response again"
    act_linked_a_response: Label = "linked a response"
    act_asked_to_quote_a_response: Label = "asked to quote a response"
    act_approved_an_answer: Label = "approved an answer"
    act_declined_an_answer: Label = "declined an answer"
    act_held_answers: Label = "held answers"
    act_took_answers_down: Label = "took answers down"
    act_closed_a_thread: Label = "closed a thread"
    act_reopened_a_thread: Label = "reopened a thread"
    act_locked_a_thread: Label = "locked a thread"
    act_skipped_an_essay: Label = "skipped an essay"
    act_retried_an_essay: Label = "retried an essay"
    act_withdrew_an_essay: Label = "withdrew an essay"
    act_confirmed_a_cut: Label = "confirmed a cut"
    act_made_a_role: Label = "made a role"
    act_removed_a_role: Label = "removed a role"
    act_deleted_old_responses: Label = "deleted old responses"

    def act(self, name: str) -> str:
        """Return what an act of the audit is called, by its name there."""
        called: str = getattr(self, f"act_{name.replace(' ', '_')}")
        return called
