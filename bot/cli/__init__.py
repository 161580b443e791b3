"""What an operator or an author types: `afterword`, or `python -m bot`.

Exit status: 0 is success, 1 faults found, 2 wrong usage, settings or environment. Answers go to
standard output, progress and everything else to standard error.
"""

import io
import sys
import traceback
from importlib import import_module
from keyword import iskeyword
from types import TracebackType

import click

from bot.cli.terminal.program_name import pasteable, program_name
from bot.core.errors import AfterwordError
from bot.core.text.control_characters import visible

COMMANDS = {
    "demo": "Try the bot with a small Discord on this machine.",
    "run": "Run the bot on Discord.",
    "sandbox": "Run only the small Discord.",
    "check": "List every fault in a folder of posts.",
    "posts": "List the posts and the questions they end on.",
    "preview": "Show what would be sent to Discord.",
    "ask": "Show the passage that answers a question.",
    "related": "List essays that read well together.",
    "dream": "Show which texts from different essays speak to each other.",
    "responses": "Show what readers wrote.",
    "report": "Write a page of what was asked and answered.",
    "export": "Give the blog what may be quoted, or write out all that is kept.",
    "import": "Take in what was exported.",
    "purge": "List what earlier exports must lose, and prune them.",
    "settings": "Show or set what /setup sets.",
    "desk": "Open the database in Datasette.",
    "encrypt": "Encrypt the database, or give it another key.",
    "decrypt": "Make an encrypted database a plain one again.",
    "doctor": "Check settings, permissions and database, and say what to do.",
}
"""Each command with what it does; it is the function of that name in the module of that name.

What Python keeps for itself, as `import`, has an underscore behind it there.
"""


class Commands(click.Group):
    """Commands whose modules are imported when they are called.

    `posts` does not wait for discord.py, which takes longer to import than posts to read.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names, in the order in which people meet them."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command; None if there is none of that name."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        name = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        command: click.Command = getattr(import_module(f"bot.cli.{name}"), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing any."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="afterword")
def cli() -> None:
    """Discuss a blog's essays in Discord, and keep what readers answer.

    To try it without a token, type: afterword demo
    """


def main() -> None:
    """Run the command line; a refusal is its sentence on standard error and exit status 2."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # whatever the locale, and whatever is written
            stream.reconfigure(encoding="utf-8", errors="replace", newline="\n")
    sys.excepthook = _write_traceback
    try:
        cli(prog_name=program_name())
    except AfterwordError as error:
        click.echo(f"afterword: {visible(pasteable(str(error)))}", err=True)
        sys.exit(2)


def _write_traceback(
    kind: type[BaseException], error: BaseException, where: TracebackType | None
) -> None:
    """Write a fault of ours as Python does, with control characters in it seen."""
    click.echo(visible("".join(traceback.format_exception(kind, error, where))), err=True, nl=False)
