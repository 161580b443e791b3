"""Which responses stand in their threads, and which may leave the desk: the one place for both.

A view of a migration cannot follow a change here: it is dropped and made anew by a new migration.
"""

OPEN = "(responses.review is null or responses.review = 'approved') and responses.sealed = 0"
"""No moderator has to look at it first or declined it, and its day has come."""

STANDS = f"responses.shown = 1 and responses.hidden_at is null and {OPEN}"
"""It stands in its thread, or is to be shown there."""

MAY_LEAVE = f"responses.hidden_at is null and responses.text <> '' and {OPEN}"
"""What its reader agreed to may be done with it outside of the desk, such as quoting it."""
