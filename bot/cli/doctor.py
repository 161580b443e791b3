"""`afterword doctor`: what is wrong with token, intents, permissions, database or content."""

import sys
from dataclasses import asdict

import click
from rich.text import Text

from bot.cli.alive import check_alive
from bot.cli.calling import pasteable
from bot.cli.output import format_options, write_json, write_table
from bot.settings import read_settings

COLOURS = {"ok": "green", "fault": "bold red", "note": "yellow"}


@click.command()
@click.option(
    "--alive", is_flag=True, help="Only check whether a bot runs on this database (health check)."
)
@format_options("table", "json")
def doctor(how: str, *, alive: bool) -> None:
    """Say what is wrong with token, intents, permissions, database or content, and what to do.

    It changes and posts nothing, and works while the bot runs. The exit status is 1 if something
    is wrong.
    """
    settings = read_settings()
    if alive:
        findings = list(check_alive(settings))
    else:
        from bot.cli.findings import check_all  # noqa: PLC0415  # a health check is quick

        findings = check_all(settings)
    if how == "json":
        write_json(asdict(one) for one in findings)
    else:
        rows = [
            {
                "about": one.about,
                "state": Text(one.state, COLOURS[one.state]),
                "text": pasteable(one.text),
            }
            for one in findings
        ]
        write_table(rows, {"about": "About", "state": "State", "text": "What was found"})
    if any(one.state == "fault" for one in findings):
        sys.exit(1)
