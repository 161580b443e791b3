"""From Discord's threads to the store: events, catching up on what was missed, and sweeping.

In: gateway events (`collector`) and pages of history (`thread_reader`). Out: rows of responses,
edits, deletions and gaps. `backfill` decides when threads are read again, and `deletion_checks`
what counts as deleted.
"""
