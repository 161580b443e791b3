"""`report`: a page for its author alone, whole or not at all."""

import stat
from pathlib import Path

import pytest

from bot.store.file.database import open_database
from tests.cli.conftest import Type


@pytest.fixture
def report(type_in: Type, database: Path) -> Type:
    """Types `report` about the database."""
    return lambda *arguments: type_in("report", "--database", database, *arguments)


def test_a_page_is_written_for_nobody_else_to_read(report: Type, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    page.write_text("an older one", encoding="utf-8")
    ran = report("-o", page)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == f"The report is in {page}.\n"
    assert stat.S_IMODE(page.stat().st_mode) == 0o600
    written = page.read_bytes()
    assert b"Drums." in written
    assert report("-o", page).status == 0
    assert page.read_bytes() == written


def test_a_page_is_about_one_essay_if_asked(report: Type, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    assert report("-o", page, "en:rain").status == 0
    assert "<h1>" in page.read_text(encoding="utf-8")
    ran = report("-o", tmp_path / "other.html", "rian")
    assert (ran.status, "Did you mean rain?" in ran.err) == (2, True)
    assert not (tmp_path / "other.html").exists()


def test_the_page_can_go_to_standard_output(report: Type) -> None:
    ran = report("-o", "-")
    assert ran.status == 0
    assert ran.out.startswith("<!doctype html>")
    assert ran.out.endswith("</html>")


def test_the_database_is_never_written_over(report: Type, database: Path) -> None:
    before = database.read_bytes()
    ran = report("-o", database)
    assert ran.status == 2
    assert "is the database itself" in ran.err
    assert database.read_bytes() == before


def test_what_cannot_be_written_leaves_nothing_behind(report: Type, tmp_path: Path) -> None:
    ran = report("-o", tmp_path / "missing" / "report.html")
    assert ran.status == 2
    assert "cannot be written" in ran.err


def test_before_the_first_response_there_is_a_page_too(type_in: Type, tmp_path: Path) -> None:
    open_database(tmp_path / "new.db").close()
    page = tmp_path / "report.html"
    ran = type_in("report", "--database", tmp_path / "new.db", "-o", page)
    assert (ran.status, ran.err) == (0, "Nobody has responded yet.\n")
    assert "Nobody has responded yet." in page.read_text(encoding="utf-8")
