"""What code and documents refer to is in the repository."""

import re
from pathlib import Path

import pytest

from tests.meta.documents import ROOT, documents, is_there, prose, python_files

CITED = re.compile(r"(?<![`\w:./-])([\w./-]+\.md)\b(?:#([\w-]+))?")
"""A document in a comment or docstring; a file of a blog stands in backticks there."""

ELSEWHERE = re.compile(r"\((?:design|facts?)\b[:,. ][^)]*\)")
"""Notes that are not in the repository."""

LINK = re.compile(r"\]\((?!\w+:|/)([^)#\s]*)(?:#([^)\s]*))?\)")
NAMED = re.compile(r"`(docs/[\w/-]+\.md)(?:#([\w-]+))?`")


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_code_cites_documents_and_headings_that_there_are() -> None:
    missing = []
    for path in python_files():
        code = path.read_text(encoding="utf-8")
        if ".md" not in code and not ELSEWHERE.search(code):
            continue
        for text in prose(code):
            found = [one for one in CITED.finditer(text) if not is_there(ROOT / one[1], one[2])]
            missing += [f"{name(path)}: {one[0]}" for one in (*found, *ELSEWHERE.finditer(text))]
    assert missing == []


@pytest.mark.parametrize("document", documents(), ids=name)
def test_documents_lead_to_files_and_headings_that_there_are(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    targets = [
        (document.parent / file if file else document, heading)
        for file, heading in LINK.findall(text)
    ]
    targets += [(ROOT / file, heading) for file, heading in NAMED.findall(text)]
    assert [target for target in targets if not is_there(*target)] == []


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("(docs/nowhere.md)", ["docs/nowhere.md"]),
        ("as docs/a.md#b says", ["docs/a.md#b"]),
        ("the page `index.md`, or ``a.tr.md``", []),
        ("https://example.org/docs/a.md", []),
    ],
)
def test_a_citation_is_told_from_a_file_of_a_blog(text: str, cited: list[str]) -> None:
    assert [one[0] for one in CITED.finditer(text)] == cited
