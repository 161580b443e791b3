"""Ways in which a folder of essays, or a part of it, is taken over by another one.

Each makes a folder that holds an essay "On a" and returns it with what swaps it; then it holds "On
b" too.
"""

import shutil
import time
from collections.abc import Callable
from pathlib import Path

Swap = Callable[[], object]


def release(folder: Path, *names: str) -> Path:
    """Make a folder with these essays."""
    folder.mkdir(parents=True)
    for name in names:
        (folder / f"{name}.md").write_text(f"# On {name}\n\nText of {name}.\n")
    return folder


def releases(root: Path, below: str = "") -> None:
    """Make a first folder with an essay, and a second one with another essay too."""
    release(root / "1" / below, "a")
    release(root / "2" / below, "a", "b")


def renamed(*moves: tuple[Path, Path]) -> Swap:
    """Return what renames one folder after another."""
    return lambda: [source.rename(target) for source, target in moves]


def point(link: Path, target: Path | str) -> None:
    """Let a link lead elsewhere, as deploy scripts do: no moment is without one."""
    new = link.with_name(f"{link.name}_new")
    new.symlink_to(target)
    new.replace(link)


def relative_link(root: Path) -> tuple[Path, Swap]:
    releases(root)
    point(root / "content", "1")
    return root / "content", lambda: point(root / "content", "2")


def absolute_link(root: Path) -> tuple[Path, Swap]:
    releases(root)
    point(root / "content", root / "1")
    return root / "content", lambda: point(root / "content", root / "2")


def link_above(root: Path) -> tuple[Path, Swap]:
    releases(root / "releases", "content")
    point(root / "current", "releases/1")
    return root / "current" / "content", lambda: point(root / "current", "releases/2")


def link_to_a_link(root: Path) -> tuple[Path, Swap]:
    releases(root / "releases", "posts")
    point(root / "current", "releases/1")
    point(root / "content", "current/posts")
    return root / "content", lambda: point(root / "current", "releases/2")


def another_folder_renamed_into_its_place(root: Path) -> tuple[Path, Swap]:
    content = release(root / "content", "a")
    new = release(root / "new", "a", "b")
    return content, renamed((content, root / "old"), (new, content))


def another_folder_above_it(root: Path) -> tuple[Path, Swap]:
    content = release(root / "blog" / "content", "a")
    release(root / "new" / "content", "a", "b")
    return content, renamed((root / "blog", root / "old"), (root / "new", root / "blog"))


def removed_and_made_again(root: Path, seconds: float = 0) -> tuple[Path, Swap]:
    content = release(root / "content", "a")

    def swap() -> None:
        shutil.rmtree(content)
        time.sleep(seconds)
        release(content, "a", "b")

    return content, swap


def gone_for_a_while(root: Path) -> tuple[Path, Swap]:
    return removed_and_made_again(root, 0.5)


def a_link_that_leads_nowhere_for_a_while(root: Path) -> tuple[Path, Swap]:
    release(root / "release-1", "a")
    point(root / "content", "release-1")

    def swap() -> None:
        point(root / "content", "release-2")
        time.sleep(0.3)
        release(root / "release-2", "a", "b")

    return root / "content", swap


def config_map(root: Path) -> tuple[Path, Swap]:
    """As Kubernetes mounts one: all files are links through a link that is swapped."""
    content = root / "content"
    release(content / "..1", "a")
    release(content / "..2", "a", "b")
    point(content / "..data", "..1")
    point(content / "a.md", "..data/a.md")

    def swap() -> None:
        point(content / "..data", "..2")
        point(content / "b.md", "..data/b.md")
        shutil.rmtree(content / "..1")

    return content, swap


def config_map_of_the_same_names(root: Path) -> tuple[Path, Swap]:
    content = root / "content"
    release(content / "..1", "a")
    release(content / "..2", "a")
    (content / "..2" / "a.md").write_text("# On b\n")
    point(content / "..data", "..1")
    point(content / "a.md", "..data/a.md")
    return content, lambda: point(content / "..data", "..2")


def link_to_a_folder_inside(root: Path) -> tuple[Path, Swap]:
    content = root / "content"
    releases(content / ".store")
    point(content / "posts", ".store/1")
    return content, lambda: point(content / "posts", ".store/2")


def folder_inside_renamed(root: Path) -> tuple[Path, Swap]:
    content = root / "content"
    posts = release(content / "posts", "a")
    new = release(content / ".new", "a", "b")
    return content, renamed((posts, root / "old"), (new, posts))


def folder_moved_in(root: Path) -> tuple[Path, Swap]:
    content = release(root / "content", "a")
    new = release(root / "new", "b")
    return content, lambda: new.rename(content / "posts")


def folder_made_inside(root: Path) -> tuple[Path, Swap]:
    content = release(root / "content", "a")
    return content, lambda: release(content / "posts" / "2026", "b")


REPLACED = [
    relative_link,
    absolute_link,
    link_above,
    link_to_a_link,
    another_folder_renamed_into_its_place,
    another_folder_above_it,
    removed_and_made_again,
    gone_for_a_while,
    a_link_that_leads_nowhere_for_a_while,
]
INSIDE = [
    config_map,
    config_map_of_the_same_names,
    link_to_a_folder_inside,
    folder_inside_renamed,
    folder_moved_in,
    folder_made_inside,
]
