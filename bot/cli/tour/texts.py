"""What the tour's people write."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

TEXTS = Path(__file__).with_name("readers.toml")


@dataclass(frozen=True, slots=True)
class Texts:
    """What people write in a tour, by the keys of `readers.toml`."""

    answer: str
    better: str
    opinion: str
    edited: str
    reply: str
    aside: str
    withdrawn: str
    missed: str
    apart: str
    met: str
    asked: str = ""
    mentioned: str = ""
    silent: str = ""


def texts_about(slug: str) -> Texts:
    """Return what is said about an essay; about any, if nobody wrote something about that one."""
    every = tomllib.loads(TEXTS.read_text(encoding="utf-8"))
    return Texts(**every.get(slug, every["any"]))
