"""Writes superscripts and subscripts in characters that any font has."""

import re

_DIGITS = "0123456789+-=()"
_HIGH = str.maketrans(_DIGITS + "\u2212ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾⁻ⁿⁱ")
_LOW = str.maketrans(_DIGITS + "\u2212", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎₋")
_ALL_HIGH = re.compile(r"(?=.*\d)[\d+\-\u2212=()ni]+|[+\-\u2212ni]")
_ALL_LOW = re.compile(r"[\d+\-\u2212=()]+")
_SYMBOL = re.compile(r"[^\W\d_]")
_TERM = re.compile(
    r"[+\-\u2212]?\d+[a-z]|[\w(][\w().]*(?:[+\-\u2212*/=][\w(][\w().]*)+", re.IGNORECASE
)
_INDEX = re.compile(r"[^\W_]{1,10}(?:,[^\W_]{1,3})*")


def raised(text: str) -> str:
    """Return a superscript: ``²``, ``ⁿ⁺¹``, ``^x``; what is no formula (``1st``) stays."""
    if _ALL_HIGH.fullmatch(text):
        return text.translate(_HIGH)
    if _SYMBOL.fullmatch(text):
        return "^" + text
    if _TERM.fullmatch(text):
        return f"^({text})"
    return text.translate(str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻"))


def lowered(text: str, before: str) -> str:
    """Return a subscript: ``₂``, ``_i``, ``_max``; small print, right behind nothing, stays."""
    if not (before.isalnum() or before in {")", "]"}):
        return text
    if _ALL_LOW.fullmatch(text):
        return text.translate(_LOW)
    if _TERM.fullmatch(text):
        return f"_({text})"
    return "_" + text if _INDEX.fullmatch(text) else text
