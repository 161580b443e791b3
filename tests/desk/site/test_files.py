"""Files in somebody else's folder: ours change at once and if need be, all others never."""

import os
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import pytest

from bot.core.errors import AfterwordError
from bot.desk.site.files import Folder
from bot.desk.site.posts import as_json, as_yaml

DATA, FEED = PurePosixPath("data/afterword"), PurePosixPath("static/afterword.atom")
RAIN, SNOW = DATA / "en/rain.json", DATA / "en/snow.json"


def ours(text: str) -> bytes:
    return as_json({"post": text, "made_by": "afterword export --site"})


def bring_up_to_date(root: Path, wanted: dict[PurePosixPath, bytes]) -> int:
    folder = Folder(root, (DATA,), (FEED,))
    plan = folder.plan(wanted)
    folder.apply(plan, lambda *_: None)
    return plan.count


def everything(root: Path) -> dict[str, tuple[bytes, int]]:
    """Return what stands in a folder: content and time of change, by path."""
    return {
        path.relative_to(root).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in root.rglob("*")
        if path.is_file()
    }


def test_what_is_wanted_is_written_and_written_once(tmp_path: Path) -> None:
    wanted = {RAIN: ours("rain"), SNOW: ours("snow")}
    assert bring_up_to_date(tmp_path, wanted) == 2
    before = everything(tmp_path)
    assert {path: data for path, (data, _) in before.items()} == {
        path.as_posix(): data for path, data in wanted.items()
    }
    assert bring_up_to_date(tmp_path, wanted) == 0
    assert everything(tmp_path) == before
    assert bring_up_to_date(tmp_path, wanted | {RAIN: ours("more rain")}) == 1
    assert everything(tmp_path)[SNOW.as_posix()] == before[SNOW.as_posix()]


def test_a_file_is_readable_like_any_other_that_is_made(tmp_path: Path) -> None:
    (tmp_path / "other").write_text("")
    bring_up_to_date(tmp_path, {RAIN: ours("rain")})
    assert (tmp_path / RAIN).stat().st_mode == (tmp_path / "other").stat().st_mode


def test_what_is_not_wanted_any_more_is_removed_with_its_folder(tmp_path: Path) -> None:
    bring_up_to_date(tmp_path, {RAIN: ours("rain"), DATA / "tr/kar.json": ours("kar")})
    in_yaml = as_yaml({"post": "snow", "made_by": "afterword export --site"})
    (tmp_path / SNOW).with_suffix(".yaml").write_bytes(in_yaml)
    (tmp_path / DATA / "en/.rain.json.unfinished").write_bytes(b"half")
    assert bring_up_to_date(tmp_path, {RAIN: ours("rain")}) == 3
    assert list(everything(tmp_path)) == [RAIN.as_posix()]
    assert not (tmp_path / DATA / "tr").exists()


def test_files_of_others_are_left_alone(tmp_path: Path) -> None:
    others = {
        "data/afterword/en/notes.json": b'{"post": "made_by: afterword"}',
        "data/afterword/readme.txt": b"",
        "data/authors.json": b"{}",
        "static/afterword.atom": b"<feed><title>Somebody's</title></feed>",
        "data/afterword/en/deep/rain.json": ours("rain"),
    }
    for name, data in others.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    before = everything(tmp_path)
    bring_up_to_date(tmp_path, {RAIN: ours("rain")})
    bring_up_to_date(tmp_path, {})
    assert everything(tmp_path) == before


@pytest.mark.parametrize("found", [b"{}", b"", b'{"text": "\\"made_by\\": \\"afterword\\""}'])
def test_a_file_of_somebody_elses_is_not_replaced(tmp_path: Path, found: bytes) -> None:
    (tmp_path / RAIN).parent.mkdir(parents=True)
    (tmp_path / RAIN).write_bytes(found)
    with pytest.raises(AfterwordError, match="was not written by `afterword export --site`"):
        bring_up_to_date(tmp_path, {RAIN: ours("rain"), SNOW: ours("snow")})
    assert {path: data for path, (data, _) in everything(tmp_path).items()} == {
        RAIN.as_posix(): found
    }


@pytest.mark.parametrize("link", ["data", "data/afterword", "data/afterword/en", RAIN.as_posix()])
def test_no_link_is_followed_out_of_the_site(tmp_path: Path, link: str) -> None:
    site, outside = tmp_path / "site", tmp_path / "outside"
    (site / link).parent.mkdir(parents=True)
    kept = outside / "afterword/en/rain.json"
    for file in (kept, outside / "en/rain.json", outside / "rain.json"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(ours("kept"))
    (site / link).symlink_to(outside / "rain.json" if link == RAIN.as_posix() else outside)
    before = everything(outside)
    with pytest.raises(AfterwordError, match="is a link"):
        bring_up_to_date(site, {RAIN: ours("rain")})
    bring_up_to_date(site, {})
    assert everything(outside) == before


def test_a_folder_that_cannot_be_written_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file, where a folder belongs")
    with pytest.raises(AfterwordError, match=r"cannot be brought up to date .*export again"):
        bring_up_to_date(tmp_path, {RAIN: ours("rain")})


def test_a_disk_that_is_full_half_way_leaves_whole_files(
    tmp_path: Path, full_after: Callable[[int], None]
) -> None:
    old = {RAIN: ours("rain"), SNOW: ours("snow"), DATA / "en/fog.json": ours("fog")}
    bring_up_to_date(tmp_path, old)
    full_after(1)
    new = {RAIN: ours("rain 2"), SNOW: ours("snow 2")}
    with pytest.raises(AfterwordError, match="free space"):
        bring_up_to_date(tmp_path, new)
    found = {path: data for path, (data, _) in everything(tmp_path).items()}
    assert found == {RAIN.as_posix(): new[RAIN], SNOW.as_posix(): old[SNOW]}


@pytest.fixture
def full_after(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Lets the disk be full after so many files."""

    def fill(count: int) -> None:
        sync, left = os.fsync, iter(range(count))

        def fail(descriptor: int) -> None:
            if next(left, None) is None:
                raise OSError(28, "No space left on device")
            sync(descriptor)

        monkeypatch.setattr(os, "fsync", fail)

    return fill
