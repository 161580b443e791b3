"""A connection: two texts from different essays that share something specific."""

from typing import Literal, NamedTuple

Kind = Literal["pair", "bridge", "question"]
"""Two responses; two responses through a passage of a third essay; or an open question and what
speaks to it.
"""


class End(NamedTuple):
    """A text that is one end of a connection, or its third.

    Attributes:
        post_id: The essay that it is from, or that it was written about.
        response_id: The response; None if it is the essay's own text.
        position: The place of the passage in the essay; None if it is a response.
    """

    post_id: int
    response_id: int | None
    position: int | None


class Connection(NamedTuple):
    """Two texts that speak to each other.

    Attributes:
        because: The words that tie them, as they are written.
        through: What both meet, if they do not meet each other.
    """

    kind: Kind
    a: End
    b: End
    because: tuple[str, ...]
    through: End | None
    score: float
