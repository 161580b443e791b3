"""The files that an export keeps in the folder of a site: only what changed is written."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.core.errors import AfterwordError

JEKYLL = ("_config.yml", "_config.yaml", "_config.toml")
HUGO = ("hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "config.toml", "config.yaml", "config")
ASTRO = ("astro.config.mjs", "astro.config.js", "astro.config.ts", "astro.config.mts")

OURS = (b'{\n  "post":', b"post:")
"""How a file of ours begins; no other is ever removed."""

BUILD_DUE = ".afterword-build-due"
"""Stands in a site's folder from the first change until its build has succeeded."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What there is to do: files with their new content, and files to remove."""

    written: Mapping[Path, bytes]
    removed: tuple[Path, ...]
    unchanged: int

    def __bool__(self) -> bool:
        return bool(self.written or self.removed)


def data_folder(site: Path) -> Path:
    """Return where a site's build finds our data: Jekyll reads no other folder than `_data`."""
    is_jekyll = _has(site, JEKYLL) and not _has(site, HUGO)
    return site / ("_data" if is_jekyll else "data") / "afterword"


def public_folder(site: Path) -> Path:
    """Return the folder whose files a site serves as they are."""
    if _has(site, ASTRO):
        return site / "public"
    return site / "static" if _has(site, HUGO) or (site / "static").is_dir() else site


def changes(site: Path, wanted: Mapping[Path, bytes]) -> Changes:
    """Return how the files of a site differ from those that are wanted.

    Args:
        wanted: Every file of ours that shall be there, with its content.

    Raises:
        AfterwordError: A file would leave the site's folder by a link, or cannot be read.
    """
    home = site.resolve()
    written: dict[Path, bytes] = {}
    try:
        for path, content in wanted.items():
            if not path.resolve().is_relative_to(home):
                raise AfterwordError(f"{path} leads out of {site}: remove the link in its path.")
            if not path.is_file() or path.read_bytes() != content:
                written[path] = content
        removed = tuple(path for path in _ours(data_folder(site)) if path not in wanted)
    except OSError as error:
        raise _refusal(site, error) from error
    return Changes(written, removed, len(wanted) - len(written))


def apply(site: Path, wanted: Changes) -> Iterator[int]:
    """Write and remove files, each whole or not at all; yield how many are done.

    Raises:
        AfterwordError: One cannot be written; those before it are, and the next export goes on.
    """
    try:
        for number, (path, content) in enumerate(wanted.written.items(), 1):
            path.parent.mkdir(parents=True, exist_ok=True)
            unfinished = path.with_name(f".{path.name}.unfinished")
            unfinished.write_bytes(content)
            unfinished.replace(path)
            yield number
        for number, path in enumerate(wanted.removed, len(wanted.written) + 1):
            path.unlink(missing_ok=True)
            yield number
    except OSError as error:
        raise _refusal(site, error) from error


def mark_build_due(site: Path) -> None:
    """Remember that the site has to be built, until `forget_build_due`.

    Raises:
        AfterwordError: The folder cannot be written.
    """
    try:
        (site / BUILD_DUE).touch()
    except OSError as error:
        raise _refusal(site, error) from error


def is_build_due(site: Path) -> bool:
    """Return whether an earlier export changed files, and no build has succeeded since."""
    return (site / BUILD_DUE).exists()


def forget_build_due(site: Path) -> None:
    """Remember that the site was built."""
    (site / BUILD_DUE).unlink(missing_ok=True)


def _ours(folder: Path) -> Iterator[Path]:
    """Yield the data files that an export wrote, and what a crash left of one."""
    for path in sorted(folder.glob("*/*")):
        if path.is_symlink() or not path.is_file():
            continue
        if path.name.startswith(".") and path.name.endswith(".unfinished"):
            yield path
        elif path.suffix in {".json", ".yaml"}:
            with path.open("rb") as file:
                if file.read(len(OURS[0])).startswith(OURS):
                    yield path


def _has(site: Path, names: tuple[str, ...]) -> bool:
    return any((site / name).exists() for name in names)


def _refusal(site: Path, error: OSError) -> AfterwordError:
    return AfterwordError(
        f"{error.filename or site} cannot be written or read ({error.strerror}): get the right to "
        "do so, or free space, and export again."
    )
