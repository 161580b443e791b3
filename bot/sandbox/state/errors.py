"""Discord's refusals, with its own codes and texts."""

from bot.sandbox.state.json_types import JSON

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
    10026: (404, "Unknown Ban"),
    10062: (404, "Unknown interaction"),
    10063: (404, "Unknown application command"),
    20009: (400, "Explicit content cannot be sent to the desired recipient(s)"),
    20016: (429, "This action cannot be performed due to slowmode rate limit"),
    20022: (429, "This message cannot be edited due to announcement rate limits"),
    20028: (429, "The write action you are performing on the channel has hit the write rate limit"),
    20029: (429, "The write action you are performing on the server has hit the write rate limit"),
    20031: (400, "Channel names contain words that are not allowed"),
    30003: (400, "Maximum number of pins reached (250)"),
    30005: (400, "Maximum number of server roles reached (250)"),
    30010: (400, "Maximum number of reactions reached (20)"),
    30013: (400, "Maximum number of server channels reached (500)"),
    30015: (400, "Maximum number of attachments in a message reached (10)"),
    30032: (400, "Maximum number of application commands reached (100)"),
    30033: (400, "Maximum number of thread participants has been reached (1000)"),
    30034: (400, "Maximum number of daily application command creates has been reached (200)"),
    30046: (429, "Maximum number of edits to messages older than 1 hour reached. Try again later"),
    30047: (400, "Maximum number of pinned threads in a forum channel has been reached"),
    30048: (400, "Maximum number of tags reached (20)"),
    30061: (400, "The channels for this guild are too large"),
    40001: (401, "Unauthorized. Provide a valid token and try again"),
    40004: (403, "Send messages has been temporarily disabled"),
    40005: (413, "Request entity too large. Try sending something smaller in size"),
    40006: (403, "This feature has been temporarily disabled server-side"),
    40007: (403, "The user is banned from this guild"),
    40058: (400, "Cannot send a message in a forum channel"),
    40060: (400, "Interaction has already been acknowledged."),
    40062: (429, "Service resource is being rate limited"),
    40066: (400, "There are no tags available that can be set by non-moderators"),
    40067: (400, "A tag is required to create a forum post in this channel"),
    50001: (403, "Missing Access"),
    50005: (403, "Cannot edit a message authored by another user"),
    50006: (400, "Cannot send an empty message"),
    50007: (403, "Cannot send messages to this user"),
    50008: (400, "Cannot send messages in a non-text channel"),
    50009: (403, "Channel verification level is too high for you to gain access"),
    50013: (403, "Missing Permissions"),
    50016: (400, "Provided too few or too many messages to delete."),
    50021: (403, "Cannot execute action on a system message"),
    50024: (400, "Cannot execute action on this channel type"),
    50027: (401, "Invalid Webhook Token"),
    50028: (400, "Invalid role"),
    50034: (400, "A message provided was too old to bulk delete"),
    50035: (400, "Invalid Form Body"),
    50045: (413, "File uploaded exceeds the maximum size"),
    50068: (400, "Invalid message type"),
    50083: (400, "Thread is archived"),
    50109: (400, "The request body contains invalid JSON."),
    50132: (400, "Ownership cannot be transferred to a bot user"),
    60003: (401, "Two factor is required for this operation"),
    130000: (503, "API resource is currently overloaded. Try again a little later"),
    160002: (400, "Cannot reply without permission to read message history"),
    160004: (400, "A thread has already been created for this message"),
    160005: (400, "Thread is locked"),
    160006: (400, "Maximum number of active threads reached"),
    160007: (400, "Maximum number of active announcement threads reached"),
    160014: (403, "You cannot forward a message whose content you cannot read"),
    200000: (400, "Message was blocked by automatic moderation"),
    200001: (400, "Title was blocked by automatic moderation"),
    240000: (400, "Message blocked by harmful links filter"),
    400001: (403, "Access to file uploads has been limited for this guild"),
}
"""Status and text of each JSON error code (docs/discord-facts.md#error-codes)."""


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


def outage(refusal: int) -> DiscordError:
    """Return what is answered for a guild during its outage: by HTTP status, or Discord's code."""
    if refusal in TEXTS:
        return DiscordError(refusal)
    return DiscordError(0, status=refusal, message=f"{refusal}: Service Unavailable")


class RefusedError(Exception):
    """What a member tried is something that Discord's client would not let them do."""
