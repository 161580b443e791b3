"""Sets the page: one HTML file that needs nothing besides itself, and runs nothing."""

import hashlib
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TypeVar

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bot.core.text.control_characters import visible
from bot.core.text.languages import language_name
from bot.desk.report import charts, wording
from bot.desk.report.dreams import journal
from bot.desk.report.endings import endings
from bot.desk.report.essays import Essay, discussed
from bot.desk.report.figures import LEAST_READERS, are_enough
from bot.desk.report.forms import Forms, forms
from bot.desk.report.plots import Plot
from bot.desk.report.sections import (
    extent,
    highlights,
    sections,
    unanswered,
)
from bot.desk.report.story import Told, story
from bot.desk.web_addresses import web_address
from bot.store.desk.report import Material

FOLDER = Path(__file__).parent / "templates"

T = TypeVar("T")
Tell = Callable[[int, int], None]
"""Called with how much is done, and of how much."""


def report(material: Material, tell: Tell = lambda *_: None) -> str:
    """Return the page. The same material gives the same text, on whatever day.

    Args:
        material: What the database holds about all essays, or about one.
        tell: Told of the essays that are set.
    """
    essays, delays = discussed(material)
    said, threads = material.said, {one.publication: one for one in material.threads}
    found, opened = endings(essays), forms(essays, material.asked)
    told = Told(essays, said, delays, threads, found)
    shown = extent(essays)
    setting = {
        "title": _title(essays),
        "essays": essays,
        "said": said,
        "sentences": story(told),
        "plots": _plots(told, opened),
        "endings": found,
        "forms": opened,
        "highlights": highlights(said, threads),
        "unanswered": unanswered(essays),
        "journal": journal(material, threads),
        "extent": shown,
        "sections": _followed(sections(shown, threads), len(shown.essays), tell),
    }
    return _environment().get_template("report.html").render(setting)


def _title(essays: tuple[Essay, ...]) -> str | None:
    """Return the title of the only essay there is; None for many."""
    return essays[0].title if len({essay.threads[0].essay for essay in essays}) == 1 else None


def _plots(told: Told, opened: Forms) -> dict[str, Plot | None]:
    """Return the plots; None where there is nothing to show, or too few are behind it."""
    is_shown = are_enough(told.said)
    return {
        "essays": charts.most_discussed(told.essays),
        "soon": charts.how_soon(told.said, told.delays) if is_shown else None,
        "unfolding": charts.how_it_unfolded(told.said) if is_shown else None,
        "endings": charts.which_endings(told.endings),
        "forms": charts.forms_and_answers(opened),
    }


def _followed(items: Iterable[T], count: int, tell: Tell) -> Iterator[T]:
    """Yield items, and tell how many of them are done."""
    for number, item in enumerate(items):
        tell(number, count)
        yield item
    tell(count, count)


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_inert,
    )
    style = Markup((FOLDER / "report.css").read_text(encoding="utf-8"))  # noqa: S704  # our own
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    made.globals.update(
        style=style,
        style_digest=digest,
        least_readers=LEAST_READERS,
        language_name=language_name,
        web_address=web_address,
        **{name: getattr(wording, name) for name in (
            "counted", "day", "lasting", "listed", "minute", "span",
        )},
    )  # fmt: skip
    return made


def _inert(value: object) -> object:
    """Make control characters visible in whatever is not markup of our own."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value
