"""A publication on its way: loaded at once, taken from step to step, and left in a known state.

One transaction records what Discord confirmed last and what is tried next, so that a process may
die between any two of them and find its way from the ledger.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlite_utils import Database

from bot.core.post import Post, Prompt
from bot.core.publishing.forum_tags import SAME_NAMES, TagMap
from bot.core.publishing.publication import Done, Kind, Publication, Step, Wait
from bot.store.content.posts import removed_post
from bot.store.ledger import decisions, notices, pending_answers, prompts, publications
from bot.store.ledger.channels import Body, Keeping, get_channel, get_guild
from bot.store.ledger.notices import Notice
from bot.store.ledger.prompts import Asked
from bot.store.responses import sealing
from bot.store.responses.answers import Answer, get_answer, shown_answers

Change = Callable[[Database, int], object]
"""Writes one thing about a publication to the ledger."""

Next = Step | Wait | Done

Decide = Callable[[Publication], tuple[Next, Sequence[Change]]]
"""Returns what comes next, and what is to be written before it is tried."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """All that the store knows of a publication.

    Attributes:
        post_id: Of the post that it discusses.
        removed: The post as it was, if its file is gone.
        body: How much of the essay its channel shows.
        tag_map: Which of the forum's tags it gets there.
        prompts: What the essay asks, also what was withdrawn from the thread.
        answers: The answers that are to be shown.
        followers: The roles that the starter mentions.
        answer_id: The one answer that this is about; None if it is about everything.
        change_id: The newest change of that answer (see `bot.store.ledger.pending_answers`).
        keeping: Whether its server keeps messages before their writers agree.
        decision: What a moderator decided about the essay, while that is in force.
    """

    publication: Publication
    post_id: int
    removed: Post | None
    body: Body
    tag_map: TagMap
    prompts: tuple[Asked, ...]
    answers: tuple[Answer, ...]
    followers: tuple[int, ...] = ()
    answer_id: int | None = None
    change_id: int = 0
    keeping: Keeping = "opt_out"
    decision: decisions.Kind | None = None


def load(db: Database, publication_id: int) -> Loaded | None:
    """Return a publication to work on, with everything that is to be shown of it.

    What is changed from now on unsettles it again, so that `finish` does not take it for done.
    """
    pending_answers.clear(db, publication_id)
    publication = publications.begin(db, publication_id)
    if publication is None:
        return None
    asked = tuple(prompts.living(db, publication_id))
    return _loaded(db, publication, asked, tuple(shown_answers(db, publication_id)))


def peek(db: Database, publication_id: int) -> Loaded | None:
    """Return a publication without working on it, and without what is shown of it."""
    publication = publications.get_publication(db, publication_id)
    return None if publication is None else _loaded(db, publication, (), ())


def load_answer(db: Database, publication_id: int, answer_id: int) -> Loaded | None:
    """Return a publication as far as it is about one answer, however many others it has.

    Returns:
        None if there is no thread yet in which the answer could be shown.
    """
    publication = publications.get_publication(db, publication_id, answer_id)
    if publication is None or publication.is_over or publication.thread_id is None:
        return None
    starter = publication.find((Kind.STARTER, 0))
    if starter is None or starter.message_id is None:
        return None
    answer = get_answer(db, answer_id)
    shown = (answer,) if answer is not None and answer.is_shown else ()
    loaded = _loaded(db, publication, (), shown)
    change_id = pending_answers.newest(db, answer_id)
    return replace(loaded, answer_id=answer_id, change_id=change_id)


def _loaded(
    db: Database,
    publication: Publication,
    asked: tuple[Asked, ...],
    answers: tuple[Answer, ...],
) -> Loaded:
    post_id = publications.post_of(db, publication.id) or 0
    channel = get_channel(db, publication.channel_id)
    body = channel.body if channel else "auto"
    tag_map = channel.tag_map if channel else SAME_NAMES
    removed = removed_post(db, post_id)
    keeping = get_guild(db, channel.guild_id).keeping if channel else "opt_out"
    decision = decisions.decision_on(db, publication.id)
    return Loaded(
        publication,
        post_id,
        removed,
        body,
        tag_map,
        asked,
        answers,
        publications.followers(db, publication.id),
        keeping=keeping,
        decision=decision,
    )


def ask_anew(
    db: Database, publication_id: int, post: Post, wanted: Sequence[Prompt], now: datetime
) -> tuple[list[Asked], list[Answer]]:
    """Bring a publication's prompts up to date with its essay.

    Returns:
        What is asked now, and the answers that are to be shown: more, if their day was moved.
    """
    prompts.record_prompts(db, publication_id, post, wanted, now)
    sealing.open_due(db, now)
    return prompts.asked(db, publication_id), shown_answers(db, publication_id)


def record(
    db: Database,
    publication_id: int,
    answer_id: int | None,
    confirmed: Sequence[Change],
    decide: Decide,
) -> tuple[Publication, Next]:
    """Record what Discord confirmed, decide what is next, and record that it will be tried.

    Args:
        answer_id: As in `Loaded`.
        decide: Is called inside the transaction: it waits for nothing.

    Raises:
        LookupError: There is no such publication.
    """
    for change in confirmed:
        change(db, publication_id)
    publication = _get(db, publication_id, answer_id)
    step, intended = decide(publication)
    for change in intended:
        change(db, publication_id)
    return (_get(db, publication_id, answer_id) if intended else publication), step


def _get(db: Database, publication_id: int, answer_id: int | None) -> Publication:
    publication = publications.get_publication(db, publication_id, answer_id)
    if publication is None:
        raise LookupError(publication_id)
    return publication


def finish(
    db: Database,
    publication_id: int,
    waits: Wait | None,
    notice: Notice | None,
    settled: str | None,
    now: datetime,
) -> bool:
    """Record why a publication stopped; return whether it waits for something new.

    Args:
        notice: What moderators are to be told; None if nothing is in the way any more.
        settled: The digest of the post that Discord shows now; None if it does not.
    """
    is_new = publications.wait_for(db, publication_id, waits)
    if notice is None:
        notices.resolve_notice(db, publications.notice_key(publication_id))
    else:
        notices.raise_notice(db, notice, now)
    if settled is not None:
        publications.settle(db, publication_id, settled)
    return is_new


def finish_answer(db: Database, loaded: Loaded, waits: Wait | None) -> bool:
    """Record what came of one answer; return whether its publication waits for something new.

    Nothing is said about the rest of the publication, nor about a newer change of the answer. An
    answer that waits is gone on with when the whole publication is.
    """
    if waits is not None:
        return publications.wait_for(db, loaded.publication.id, waits)
    pending_answers.remove(db, loaded.answer_id or 0, loaded.change_id)
    return False
