"""What a site is given of many responses: how long it takes again, and that nothing is written."""

import os
import time
from contextlib import redirect_stdout
from pathlib import Path

from bot.cli.site.exporting import export_site
from tests.bench.scale import say
from tests.bench.table import Row

SECONDS = 10.0


def site_export(path: Path, responses: int, runs: int) -> list[Row]:
    """Measure `afterword export --site` on a site that is up to date."""
    site = path.with_suffix(".site")
    site.mkdir()
    took = _export(path, site)
    before = _files(site)
    taken = [_export(path, site) for _ in range(runs)]
    after = _files(site)
    same = [name for name, state in before.items() if after.get(name) == state]
    say(f"  the first export took {took:.2f} s and wrote {len(before)} files")
    what = f"export --site of {responses:,} responses, again"
    share = len(same) / max(len(before), len(after))
    return [
        Row(what, "", taken, SECONDS, unit="s"),
        Row(f"{what}: share of files left alone", "", [share], 1, is_rate=True),
    ]


def _export(path: Path, site: Path) -> float:
    began = time.monotonic()
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere, redirect_stdout(nowhere):
        export_site(path, site, feed=True)
    return time.monotonic() - began


def _files(site: Path) -> dict[str, tuple[int, int, int]]:
    found = (path for path in site.rglob("*") if path.is_file())
    return {
        str(path): (status.st_mtime_ns, status.st_ino, status.st_size)
        for path in found
        if (status := path.stat())
    }
