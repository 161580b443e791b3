"""Somebody's words in a terminal: with a bar beside them, and below them where they stand."""

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from bot.core.text.control_characters import visible, visible_line

BAR = "  │ "


def write_quotation(show: Console, text: str, place: str, url: str | None = None) -> None:
    """Write a text between bars and margin, wrapped at words.

    Args:
        place: Where it stands, in words.
        url: Its address, which is never wrapped, since people copy it.
    """
    width = max(20, show.width - len(BAR))
    for line in Text(visible(text)).wrap(show, width):
        line.rstrip()
        show.print(Text.assemble(BAR, line), soft_wrap=True)
    show.print(Padding(Text(visible_line(place), style="bold"), (0, 0, 0, 2), expand=False))
    if url:
        show.print(Text(f"  {visible_line(url)}", style="cyan"), soft_wrap=True)
