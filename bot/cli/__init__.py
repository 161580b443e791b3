"""What an operator or an author types: `afterword`, or `python -m bot`.

Exit status: 0 well, 1 faults found, 2 usage, settings or environment. What a command answers goes
to standard output; progress and all else to standard error.
"""

import sys

import click

from bot.cli.content import check, posts, preview
from bot.cli.demo import demo
from bot.cli.doctor import doctor
from bot.cli.responses import responses
from bot.cli.run import run
from bot.cli.sandbox import sandbox
from bot.core.errors import AfterwordError


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="afterword")
def cli() -> None:
    """Discuss a blog's essays in Discord, and keep what readers answer.

    To see it at work without a token, type: afterword demo
    """


for command in (demo, run, sandbox, check, posts, preview, responses, doctor):
    cli.add_command(command)


def main() -> None:
    """Run the command line; a refusal is its sentence on standard error and exit status 2."""
    try:
        cli(prog_name="afterword")
    except AfterwordError as error:
        click.echo(f"afterword: {error}", err=True)
        sys.exit(2)
