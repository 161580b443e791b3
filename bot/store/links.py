"""Which prompt a reply answers: through its parent, and its parent's parent, in any order.

A link goes from a prompt's message, or from a shown answer, to the replies to it and on to the
replies to those. It goes through messages that were deleted too: their tombstones keep what they
replied to, and nothing else.
"""

from sqlite_utils import Database


def prompt_of(db: Database, thread_id: int, parent_id: int | None) -> int | None:
    """Return the prompt that a reply's parent asks, shows or answers itself; None if unsure.

    Args:
        thread_id: Where the reply stands; a parent in another publication's thread proves nothing.
        parent_id: What it replies to.
    """
    if parent_id is None:
        return None
    row = db.execute(
        "select prompts.id from ("
        "select prompt_id from messages where message_id = :parent and kind in ('prompt', 'answer')"
        " union all select prompt_id from responses where source_id = :parent"
        " union all select prompt_id from tombstones where source_id = :parent"
        ") as parents join prompts on prompts.id = parents.prompt_id "
        "join threads on threads.publication_id = prompts.publication_id "
        "where threads.id = :thread limit 1",
        {"parent": parent_id, "thread": thread_id},
    ).fetchone()
    return int(row[0]) if row else None


def link_replies(db: Database, message_id: int, prompt_id: int) -> None:
    """Link the replies that came before the message they reply to, and the replies to those."""
    parents = [message_id]
    while parents:
        values = {"parent": parents.pop(), "prompt": prompt_id}
        linked = db.execute(
            "update responses set prompt_id = :prompt where parent_id = :parent "
            "and prompt_id is null and publication_id = "
            "(select publication_id from prompts where id = :prompt) returning source_id",
            values,
        ).fetchall()
        linked += db.execute(
            "update tombstones set prompt_id = :prompt where parent_id = :parent "
            "and prompt_id is null returning source_id",
            values,
        ).fetchall()
        parents.extend(row[0] for row in linked)
