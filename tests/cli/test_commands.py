"""The command line itself: help, usage, pipes, what is imported."""

import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from bot.cli import COMMANDS, cli
from tests.cli.conftest import AFTERWORD, Start, Type, essay, write


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_that_describes_each_option(type_in: Type, name: str) -> None:
    ran = type_in(name, "--help")
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith(f"Usage: afterword {name} ")
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.help
            assert max(option.opts, key=len) in ran.out


def test_the_list_of_commands_says_what_each_does(type_in: Type) -> None:
    ran = type_in("--help")
    for name, summary in COMMANDS.items():
        assert re.search(rf"^  {name} +{re.escape(summary)}$", ran.out, re.MULTILINE)


def test_an_unknown_command_or_option_is_a_matter_of_usage(type_in: Type) -> None:
    for arguments in (("publish",), ("posts", "--colour"), ("sandbox", "--port", "many")):
        ran = type_in(*arguments)
        assert (ran.status, ran.out) == (2, "")
        assert "Error: " in ran.err


def test_the_version_is_told(type_in: Type) -> None:
    assert re.fullmatch(r"afterword, version \d+\.\d+\.\d+\S*\n", type_in("--version").out)


@pytest.mark.parametrize(
    "name", ["check", "posts", "responses", "export", "import_", "purge", "settings"]
)
def test_what_needs_no_discord_imports_none(name: str) -> None:
    code = f"import sys, bot.cli.{name}; sys.exit('discord' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603  # ours


def test_help_imports_no_command() -> None:
    code = (
        "import sys, bot.cli; sys.argv = ['afterword', '--help']\n"
        "try: bot.cli.main()\n"
        "finally: assert not {f'bot.cli.{one}' for one in bot.cli.COMMANDS} & set(sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603  # ours


def test_python_m_bot_is_the_same(start: Start, blog: Path) -> None:
    done = subprocess.run(  # noqa: S603  # ours
        [sys.executable, "-m", "bot", "posts", "--json", blog],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        check=True,
    )
    assert done.stdout.decode() == start("posts", "--json", blog).out


def test_a_reader_that_stops_reading_ends_it_quietly(tmp_path: Path) -> None:
    for number in range(120):
        text = essay("Rain " * 200, "2026-01-02", "What do you hear in it?")
        write(tmp_path, f"posts/{number}.md", text)
    for arguments in (["posts", "--json"], ["posts"], ["preview"]):
        with subprocess.Popen(  # noqa: S603  # ours
            [AFTERWORD, *arguments, tmp_path / "posts"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdout.readline()
            process.stdout.close()
            assert process.stderr.read() == b""


def test_output_is_utf_8_whatever_the_locale(start: Start, blog: Path) -> None:
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    ran = start("posts", "--format", "csv", blog, **plain)
    assert ran.status == 0
    assert "Yağmur" in [row["title"] for row in ran.rows]
    assert ran.out.count("\ufeff") == 1
    assert "Yağmur" in start("posts", blog, **plain).out


@pytest.mark.skipif(sys.platform == "win32", reason="there is no pty")
def test_a_terminal_gets_colours_and_progress_and_a_pipe_neither(blog: Path, clean: Path) -> None:
    import pty  # noqa: PLC0415  # Unix has it

    main, side = pty.openpty()
    environment = os.environ | {"TERM": "xterm-256color", "COLUMNS": "100"}
    environment.pop("NO_COLOR", None)
    done = subprocess.run(  # noqa: S603  # ours
        [AFTERWORD, "posts", blog], stdout=side, stderr=side, cwd=clean, env=environment, check=True
    )
    os.close(side)
    shown = os.read(main, 100_000).decode(errors="replace")
    os.close(main)
    assert done.returncode == 0
    assert "\x1b[1m" in shown
    assert "Reading" in shown
