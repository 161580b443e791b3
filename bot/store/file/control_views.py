"""The views that changed when answers could wait: for a moderator, or to be shown together."""

from bot.store.file.views import ALL_RESPONSES, QUOTABLE_RESPONSES

OPEN = "(responses.review is null or responses.review = 'approved') and responses.sealed = 0"

REVIEWED_VIEWS = {
    "all_responses": ALL_RESPONSES.replace(
        "iif(responses.shown and responses.hidden_at is null, 1, 0) as shown",
        f"iif(responses.shown and responses.hidden_at is null and {OPEN}, 1, 0) as shown",
    ),
    "quotable_responses": QUOTABLE_RESPONSES.replace(
        "responses.text <> '' and not exists", f"responses.text <> '' and {OPEN} and not exists"
    ),
}
"""What each of them selects, by its name."""
