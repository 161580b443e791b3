"""Autocompletion while a thread is lively, and the memory that a large blog takes."""

from contextlib import ExitStack
from pathlib import Path

from tests.bench.corpus import titles, write_blog
from tests.bench.scale import Scale, in_turn, percentile, say
from tests.bench.table import Row
from tests.bench.worker import JSON, Worker

NO_PROC = "not measured: this system has no /proc"


def looking_up(scale: Scale, folder: Path, rate: float) -> list[Row]:
    """Measure what readers wait for the offers, and what the bot holds at rest.

    Each client has a server of its own, so that both stay connected and one rests while the other
    works.

    Args:
        rate: Events a second meanwhile.
    """
    blog = write_blog(folder / "library", scale.posts)
    with ExitStack() as stack:
        servers: dict[str, Worker] = {}
        kilobytes: dict[str, int | None] = {}
        for name in ("baseline_client", "bot_client"):
            servers[name] = stack.enter_context(Worker("server"))
            client = stack.enter_context(Worker(name))
            client.ask("start", **_settings(servers[name].ask("open"), blog, folder / "library.db"))
            servers[name].ask("start_thread" if name == "baseline_client" else "await_thread")
            kilobytes[name] = client.ask("memory")["kilobytes"]
        ratios: list[float] = []
        for number in range(scale.runs):
            waited = {name: _type(servers[name], scale, rate, number) for name in in_turn(number)}
            ratios.append(waited["bot_client"] / waited["baseline_client"])
            alone = waited["baseline_client"] * 1000
            say(f"  p99 {waited['bot_client'] * 1000:.1f} ms, alone {alone:.1f} ms")
    memory: list[float] = []
    mine, theirs = kilobytes["bot_client"], kilobytes["baseline_client"]
    if mine and theirs:
        memory.append(mine / theirs)
        say(f"  memory {mine / 1024:.1f} MB, alone {theirs / 1024:.1f} MB")
    what = f"{scale.posts:,} posts"
    busy = f"autocomplete over {what} at {rate:,.0f} events a second, p99"
    return [
        Row(busy, "discord.py alone", ratios, 2, 1.2),
        Row(f"memory at {what}, idle", "discord.py alone", memory, 1.7, 1.5, why_not=NO_PROC),
    ]


def _type(server: Worker, scale: Scale, rate: float, number: int) -> float:
    """Return the seconds within which 99 of 100 keystrokes are answered."""
    texts = titles(scale.keystrokes, number)
    answer = server.ask("type", texts=texts, rate=rate, seconds=scale.seconds, seed=number)
    return percentile(answer["waited"], 0.99)


def _settings(given: JSON, blog: Path, database: Path) -> JSON:
    return given | {"database": str(database), "content": str(blog)}
