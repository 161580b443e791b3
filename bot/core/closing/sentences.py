"""Taking text apart into sentences, in any script."""

import re
import unicodedata

QUESTION_MARKS = "?？؟⁇⁈⁉‽︖﹖՞"
_ENDS = re.compile(r"[.!?…。！？؟｡⁇⁈⁉‽︖﹖՞;;۔।]+")
TITLE = ("\ue000", "\ue001")
"""Private characters that stand around a title which ends in a question mark."""

_CLOSERS = "\"'”’»›)]}」』】）〉》*_`\ue001"
_WIDE = "。！？｡"
_QUOTED = re.compile(
    r"“[^”\n]{1,600}”|„[^“”\n]{1,600}[“”]|«[^»\n]{1,600}»|»[^«\n]{1,600}«|「[^」\n]{0,600}」|『[^』\n]{0,600}』"
    r"|(?<!\w)\"[^\"\n]{1,600}\"(?!\w)|(?<!\w)[‘'][^‘’'\n]{2,300}[’'](?!\w)|《[^》\n]{0,600}》|\ue000[^\ue001\n]{0,600}\ue001"
)
_BRACKETED = re.compile(r"\([^()\n]{1,600}\)|（[^（）\n]{1,600}）|\[[^\[\]\n]{1,600}\]")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"“])(?:\w|e\.g|i\.e|etc|vs|mrs?|ms|dr|prof|st|no|nr|approx|cf|z\.\s?b|d\.\s?h|bzw"
    r"|usw|vb|örn|sra?|p\.\s?ej|pp?|jr|inc|ltd|co|ca|resp|u\.s|a\.k\.a|fig|vol|ex|mme|т\.\s?[ед]|др|np|tzn|itp)$",
    re.IGNORECASE,
)
_LONGEST_ABBREVIATION = 16  # characters, with what stands before it
_UNMARKED = re.compile(r"(?:です|ます|ません|でした|ました)か[。.]?$")
"""How a question to somebody ends in Japanese where it bears no mark; others wonder aloud."""

_GREEK = re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]")
_EMOTICON = re.compile(
    r"(?::[a-z0-9_+-]{2,30}:|\[\^[^\]\s]{1,40}\]|[:;=8xX][-~^']?[)(DPpOo3*/\\|]+|\^_?\^|<3|¯\\_\(ツ\)_/¯)(?=\s|$)"
)  # the same


def sentences(text: str) -> list[str]:
    """Return the sentences of `text`, each on one line, in order.

    A mark inside quotation marks or brackets ends a sentence only where these end it too. What
    holds no letter or digit (an emoji, an emoticon) is no sentence.
    """
    found: list[str] = []
    for line in text.split("\n"):
        found.extend(_of_line(_EMOTICON.sub(" ", line)))
    return found


def is_quoted_end(sentence: str) -> bool:
    """Return whether the sentence's last mark stands inside quotation marks."""
    bare = sentence.rstrip()
    return any(
        match.end() >= len(bare.rstrip(".!,。")) and match.end() > len(bare.rstrip(_CLOSERS))
        for match in _QUOTED.finditer(bare)
    )


def without_title_marks(text: str) -> str:
    """Return `text` as its readers see it."""
    return text.replace(TITLE[0], "").replace(TITLE[1], "")


def ends_in_question_mark(sentence: str) -> bool:
    """Return whether the sentence ends in a question mark of its script, not in an aside's."""
    if any(
        aside.start() and aside.end() >= len(sentence) for aside in _BRACKETED.finditer(sentence)
    ):
        return False
    bare = sentence.rstrip().rstrip(_CLOSERS + " ")
    marks = re.search(r"[.!?…？！؟⁇⁈⁉‽︖﹖՞;;]+$", bare)
    if not marks:
        return False
    if any(mark in QUESTION_MARKS for mark in marks[0]):
        return True
    return marks[0][-1] in ";;" and len(_GREEK.findall(bare)) * 2 > len(bare) * 0.8  # Greek's own


def may_ask(sentence: str) -> bool:
    """Return whether the sentence ends as a question does, outside of quotation marks."""
    is_asking = ends_in_question_mark(sentence) or _UNMARKED.search(sentence.rstrip(_CLOSERS + " "))
    return bool(is_asking) and not is_quoted_end(sentence)


def _of_line(line: str) -> list[str]:
    quoted = [match.span() for match in _QUOTED.finditer(line)]
    bracketed = [match.span() for match in _BRACKETED.finditer(line)]
    is_greek = len(_GREEK.findall(line)) * 2 > len(line)
    found: list[str] = []
    start = 0
    for match in _ENDS.finditer(line):
        if match.start() < start:
            continue
        marks = match[0]
        if set(marks) <= set(";;") and not is_greek:  # a semicolon elsewhere
            continue
        end = match.end()
        while end < len(line) and line[end] in _CLOSERS:
            end += 1
        if _is_inside(match.start(), end, quoted + bracketed):
            continue
        if _is_boundary(line, match, end):
            found.append(line[start:end])
            start = end
    found.append(line[start:])
    return [text for text in map(_trimmed, found) if any(char.isalnum() for char in text)]


def _is_inside(at: int, end: int, spans: list[tuple[int, int]]) -> bool:
    """Return whether the mark at `at` stands in a span that goes on after `end`."""
    return any(first < at < last and last > end for first, last in spans)


def _is_boundary(line: str, match: re.Match[str], end: int) -> bool:
    marks = match[0]
    rest = line[end:]
    if not rest.strip():
        return True
    is_asking = any(mark in QUESTION_MARKS for mark in marks)
    is_closed = end > match.end()
    following = rest.lstrip()[0]
    if any(mark in _WIDE for mark in marks):
        return True
    if not rest[0].isspace():
        is_symbol = unicodedata.category(following)[0] == "S" or following in "¿¡"
        is_symbol = is_symbol or unicodedata.east_asian_width(following) == "W"
        return ("?" in marks or "!" in marks) and (
            is_symbol or (following.isupper() and len(rest) > 1 and not is_closed)
        )
    if is_asking and not is_closed:
        return True
    if following.islower():
        return False
    return not (
        marks == "."
        and _ABBREVIATION.search(line, max(0, match.start() - _LONGEST_ABBREVIATION), match.start())
    )


def _trimmed(text: str) -> str:
    """Return `text` on one line, without emoji, dashes and bullets around it."""
    text = " ".join(text.split())
    while text and (
        unicodedata.category(text[0]) in {"So", "Sk", "Mn", "Cf", "Pd"} or text[0] in "•·*>→"
    ):
        text = text[1:].lstrip()
    while text and unicodedata.category(text[-1]) in {"So", "Sk", "Mn", "Cf"}:
        text = text[:-1].rstrip()
    return text
