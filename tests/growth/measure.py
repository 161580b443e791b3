"""Prints what texts of every construct cost to read and to show, and what twice the length costs.

Run as ``python -m tests.growth.measure``; ``--only WORDS,WORDS`` takes the constructs whose
names have one of these, ``--sizes 100,200,400`` other lengths. Each text has a process of its own.
"""

import argparse
import resource
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import pairwise

from bot.core.markup import excerpt, pages, render, split
from bot.core.reading.posts import read_post
from bot.core.site import Site
from tests.growth.constructs import CONSTRUCTS

MOST = 2.3
"""What a doubled text may cost: work grows with the text, never with its square."""

LIMIT = 120
"""Seconds of processor time for one text; then it is given up."""

LITTLE = 0.05
"""Seconds under which a ratio says nothing."""

TRIES = 3
"""So often a text is measured again whose growth seems too much: the machine does other things."""


def show(text: str) -> None:
    """Read, render and split `text` as publishing does."""
    reading = read_post("posts/a.md", text.encode(), Site())
    omit = reading.post.closing if reading.post else None
    rendered = render(reading.body, address="https://blog.example/a/", omit=omit)
    split(rendered)
    pages(rendered)
    excerpt(rendered)


def seconds(name: str, size: int) -> float:
    """Return the processor time that a text of `size` characters takes, in a process of its own.

    Infinity if it takes longer than `LIMIT`, or fails.
    """
    arguments = [sys.executable, "-m", "tests.growth.measure", "--one", name, str(size)]
    done = subprocess.run(arguments, capture_output=True, text=True, check=False)  # noqa: S603
    return float(done.stdout) if done.returncode == 0 else float("inf")


def times(sizes: list[int], name: str) -> list[float]:
    """Return the least time for each of the sizes, measured again while it grows too much."""
    took = [seconds(name, size) for size in sizes]
    for _ in range(TRIES):
        if growth(took) <= MOST:
            break
        took = [min(one, seconds(name, size)) for one, size in zip(took, sizes, strict=True)]
    return took


def growth(took: list[float]) -> float:
    """Return the most that a doubled text cost, of those that take long enough to tell."""
    return max((twice / once for once, twice in pairwise(took) if twice > LITTLE), default=1.0)


def main() -> None:
    """Print a line for each construct, and the worst last; exit 1 if one grows too much."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="50,100,200", help="in thousands of characters")
    parser.add_argument("--only", default="", help="constructs whose names have one of these words")
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        _measure_one(options.one[0], int(options.one[1]))
        return
    sizes = [int(size) * 1000 for size in options.sizes.split(",")]
    wanted = options.only.split(",")
    names = [name for name in CONSTRUCTS if any(words in name for words in wanted)]
    _say("| construct |" + "".join(f" {size // 1000} kB |" for size in sizes) + " growth |")
    _say("|---|" + "---:|" * (len(sizes) + 1))
    found: list[tuple[str, list[float]]] = []
    with ThreadPoolExecutor(2) as pool:
        for name, took in zip(names, pool.map(partial(times, sizes), names), strict=True):
            found.append((name, took))
            _say(f"| {name} |" + "".join(f" {t:.2f} |" for t in took) + f" {growth(took):.2f} |")
    worst, took = max(found, key=lambda one: growth(one[1]))
    slowest, slow = max(found, key=lambda one: one[1][-1])
    _say(f"\nThe worst growth is {growth(took):.2f} ({worst}); {MOST} is allowed.")
    _say(f"The slowest text of {sizes[-1] // 1000} kB takes {slow[-1]:.1f} s ({slowest}).")
    sys.exit(growth(took) > MOST)


def _measure_one(name: str, size: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (LIMIT, LIMIT))
    show(CONSTRUCTS[name](1_000))  # what is set up once does not count
    text = CONSTRUCTS[name](size)
    start = time.process_time()
    show(text)
    _say(str(time.process_time() - start))


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
