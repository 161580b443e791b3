"""What a step of the tour expects to see, and how it says that it did not."""

from bot.sandbox.control.client.objects import Answer, Message

STRING_SELECT = 3
"""Discord's number for a menu of texts."""


class TourError(Exception):
    """A step did not show what it should."""


class NotShownError(Exception):
    """A blog has nothing that a step could show; its text says what it lacks."""


def expect(shown: bool, otherwise: str) -> None:  # noqa: FBT001  # reads as a sentence
    """Raise if something is not as it should be.

    Raises:
        TourError: With what should have been.
    """
    if not shown:
        raise TourError(otherwise)


def custom_id(message: Message, prefix: str) -> str | None:
    """Return the first custom_id of a message that begins so."""
    return next((one for one in custom_ids(message) if one.startswith(prefix)), None)


def custom_ids(message: Message) -> list[str]:
    """Return the custom_ids of a message's buttons and menus."""
    return [str(one["custom_id"]) for one in message.components if "custom_id" in one]


def first_option(message: Message) -> str | None:
    """Return the value of the first option in a message's first menu of texts; None without one."""
    menus = (one for one in message.components if one["type"] == STRING_SELECT)
    return next((str(menu["options"][0]["value"]) for menu in menus), None)


def message_of(answer: Answer) -> Message:
    """Return the message that the bot answered with.

    Raises:
        TourError: There is none.
    """
    if answer.message is None:
        raise TourError("The bot should have answered with a message.")
    return answer.message


def content_of(answer: Answer) -> str:
    """Return what the bot said to who asked."""
    return message_of(answer).content


def title_of(message: Message) -> str:
    """Return the title of a card."""
    return str(message.embeds[0].get("title", "")) if message.embeds else message.content


def required(message: Message | None) -> Message:
    """Return a message that an earlier step was to show.

    Raises:
        NotShownError: It did not.
    """
    if message is None:
        raise NotShownError("There is no answer in the thread.")
    return message
