"""What stands in a message, as a line for a terminal or a caption."""

import re

ADDRESS = re.compile(r"\[([^]]*)\]\([^)]*\)")
HEADING = re.compile(r"^### (.*)$", re.MULTILINE)
INTRODUCED = re.compile(r"([^:.?!\n])\n> ")
QUOTE = re.compile(r"^> (.*)$", re.MULTILINE)


def plain(text: str) -> str:
    """Return a text of Discord's on one line: quotes in quotation marks, and no other markup."""
    text = HEADING.sub(r"\1.", ADDRESS.sub(r"\1", text))
    text = QUOTE.sub(r"“\1”", INTRODUCED.sub(r"\1:\n> ", text))
    return " ".join(text.replace("*", "").replace("-# ", "").split())
