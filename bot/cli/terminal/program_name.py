"""How this program was called, so that printed hints can be copied and pasted."""

import shlex
import shutil
import sys
from functools import cache
from pathlib import Path

NAME = "afterword"


@cache
def program_name() -> str:
    """Return what to type for this program: its name, the path it was called by, or a module."""
    program = Path(sys.argv[0])
    if program.name == "__main__.py":
        return f"{shlex.quote(sys.orig_argv[0])} -m bot"
    if program.stem != NAME:  # a test, or a program of somebody else's
        return NAME
    found = shutil.which(NAME)
    is_on_path = program.is_absolute() and found is not None and program.samefile(found)
    return NAME if is_on_path else shlex.quote(str(program))


def pasteable(text: str) -> str:
    """Return a text whose hints in backticks call this program as it was called."""
    return text.replace(f"`{NAME} ", f"`{program_name()} ")
