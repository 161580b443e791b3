"""From Discord's threads to the store: events, catching up on what was missed, and sweeping.

In: events and pages of history. Out: rows of responses, edits, deletions and gaps, a batch at a
time. What counts as gone is decided in `existence` alone.
"""
