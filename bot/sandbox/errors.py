"""Discord's refusals, with its own codes and texts."""

from bot.sandbox.wire import JSON

TEXTS: dict[int, tuple[int, str]] = {
    10002: (404, "Unknown Application"),
    10003: (404, "Unknown Channel"),
    10004: (404, "Unknown Guild"),
    10007: (404, "Unknown Member"),
    10008: (404, "Unknown Message"),
    10011: (404, "Unknown Role"),
    10013: (404, "Unknown User"),
    10014: (404, "Unknown Emoji"),
    10015: (404, "Unknown Webhook"),
    10062: (404, "Unknown interaction"),
    10063: (404, "Unknown application command"),
    20016: (429, "This action cannot be performed due to slowmode rate limit"),
    30003: (400, "Maximum number of pins reached (250)"),
    30013: (400, "Maximum number of server channels reached (500)"),
    30010: (400, "Maximum number of reactions reached (20)"),
    30032: (400, "Maximum number of application commands reached (100)"),
    30047: (400, "Maximum number of pinned threads in a forum channel has been reached"),
    30048: (400, "Maximum number of tags reached (20)"),
    40060: (400, "Interaction has already been acknowledged."),
    40067: (400, "A tag is required to create a forum post in this channel"),
    50001: (403, "Missing Access"),
    50005: (403, "Cannot edit a message authored by another user"),
    50006: (400, "Cannot send an empty message"),
    50008: (400, "Cannot send messages in a non-text channel"),
    50013: (403, "Missing Permissions"),
    50016: (400, "Provided too few or too many messages to delete."),
    50021: (403, "Cannot execute action on a system message"),
    50024: (400, "Cannot execute action on this channel type"),
    50027: (401, "Invalid Webhook Token"),
    50034: (400, "A message provided was too old to bulk delete"),
    50035: (400, "Invalid Form Body"),
    50083: (400, "Thread is archived"),
    50132: (400, "Ownership cannot be transferred to a bot user"),
    50109: (400, "The request body contains invalid JSON."),
    160002: (400, "Cannot reply without permission to read message history"),
    160004: (400, "A thread has already been created for this message"),
    160005: (400, "Thread is locked"),
    160006: (400, "Maximum number of active threads reached"),
}
"""Status and text of each JSON error code (discord-api-docs, opcodes-and-status-codes)."""


class DiscordError(Exception):
    """A refusal as Discord words it.

    Attributes:
        status: Of the HTTP answer.
        code: Discord's JSON error code; 0 where it has none.
        errors: The nested object of code 50035, by field.
        retry_after: Seconds, for a 429.
        scope: Whose rate limit a 429 is: the ``user``'s, ``global`` or ``shared``.
        unknown: Fields that Discord does not have, which is a mistake in the client.
    """

    def __init__(
        self,
        code: int,
        *,
        status: int | None = None,
        message: str | None = None,
        errors: JSON | None = None,
        retry_after: float | None = None,
        unknown: tuple[str, ...] = (),
        scope: str = "user",
    ) -> None:
        known_status, known_text = TEXTS.get(code, (400, "400: Bad Request"))
        self.status = status or known_status
        self.code = code
        self.message = message or known_text
        self.errors = errors
        self.retry_after = retry_after
        self.unknown = unknown
        self.scope = scope
        super().__init__(f"{self.message} ({self.code})")

    def payload(self) -> JSON:
        """Return the body of the answer."""
        body: JSON = {"message": self.message, "code": self.code}
        if self.errors is not None:
            body["errors"] = self.errors
        if self.retry_after is not None:
            body |= {"retry_after": self.retry_after, "global": self.scope == "global"}
        return body


class RefusedError(Exception):
    """What a member tried is something that Discord's client would not let them do."""
