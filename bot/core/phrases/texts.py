"""Which texts the bot has, in whatever language."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrases:
    """Every text of the bot in one language; braces are filled in by name.

    Attributes:
        permissions: What Discord's settings call each, by its name in the API.
    """

    ends_by_asking: str
    invitation: str
    notice: str
    notice_buttons_only: str
    minutes: str
    answer: str
    answer_too: str
    edit: str
    withdraw: str
    read: str
    on_the_blog: str
    open_thread: str
    share: str
    discuss: str
    newer: str
    older: str
    page: str
    choose_a_question: str
    choose_an_essay: str
    modal_title: str
    modal_answer: str
    modal_show: str
    modal_quote: str
    modal_named: str
    answered: str
    kept_and_shown: str
    kept_privately: str
    not_shown: str
    handed_back: str
    withdrawn: str
    not_yours: str
    gone: str
    responses_none: str
    responses_one: str
    responses_many: str
    on_the_shelf: str
    tag_heading: str
    discussed: str
    is_shown: str
    is_not_shown: str
    may_be_quoted: str
    no_tag: str
    no_tag_but: str
    privacy: str
    privacy_nothing: str
    privacy_count: str
    privacy_hand_over: str
    privacy_here: str
    privacy_everywhere: str
    privacy_sure: str
    privacy_forgotten: str
    apology: str
    not_shown_here: str
    may_not_send: str
    is_locked: str
    is_timed_out: str
    is_slow: str
    shared: str
    taken_back: str
    kept: str
    empty: str
    not_a_response: str
    continues: str
    not_yet: str
    not_kept_now: str
    kept_newer: str
    shown_later: str
    not_kept_yet: str
    withdrawn_soon: str
    not_withdrawn_yet: str
    not_withdrawn: str
    not_deleted_yet: str
    not_deleted: str
    no_thread_yet: str
    cannot_check: str
    out_of_sight: str
    tag_required: str
    invalid_form: str
    title_blocked: str
    channel_gone: str
    no_access: str
    wrong_kind: str
    no_permission: str
    two_factor: str
    no_history: str
    thread_locked: str
    too_many_threads: str
    content_blocked: str
    link_blocked: str
    too_fast: str
    thread_asleep: str
    overloaded: str
    refused: str
    lacking: str
    no_answer: str
    unshowable: str
    other_name: str
    moderated_tags: str
    tags_missing: str
    nearly_full: str
    gap_heading: str
    gap_line: str
    gap_outage: str
    gap_removed: str
    gap_hidden: str
    gap_permissions: str
    waits_heading: str
    waits_line: str
    permissions: Mapping[str, str]
