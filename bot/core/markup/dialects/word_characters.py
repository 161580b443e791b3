"""The characters around a mark, which decide whether it is one."""

import unicodedata


def is_latin_word(sign: str) -> bool:
    """Return whether a sign belongs to a word of a script that puts spaces between words.

    Chinese and Japanese put none: there a mark may stand right beside a word.
    """
    return sign == "_" or (sign.isalnum() and unicodedata.east_asian_width(sign) not in "WF")
