from pathlib import Path

from bot.blog.files.reading import read_folder
from bot.blog.summary import summarise
from tests.blog.conftest import write

ENGLISH = "This is the text of an essay that was written in English, and it is not very long. " * 3
TURKISH = "Bu bir denemenin metni ve çok uzun değil, ama daha kısa da olmadı; bu kadar için. " * 3


def test_a_blog_is_summed_up(tmp_path: Path) -> None:
    files = {
        "a.md": f"---\ntitle: A\ndate: 2026-01-01\ntags: [AI, Ai]\n---\n{ENGLISH}\n\nAnd you?\n",
        "a.tr.md": f"---\ntitle: A\ndate: 2026-01-01\ntags: [dil]\n---\n{TURKISH}\n",
        "b.md": f"---\ntitle: B\ndraft: true\ntags: [ai, Café]\n---\n{TURKISH}\n",
        "c.md": f"---\ntitle: C\ndate: 2026-01-01\ntags: [cafe]\n---\n```\n{TURKISH}\n```\n"
        + ENGLISH,
        "about.md": "About me",
    }
    write(tmp_path, files)
    contents = read_folder(tmp_path)
    told: list[tuple[int, int]] = []
    summary = summarise(tmp_path, contents, lambda done, of: told.append((done, of)))
    assert summary.essays == 3
    assert summary.languages == (("en", 3), ("tr", 1))
    assert (summary.with_questions, summary.pages) == (1, 1)
    assert (summary.drafts, summary.undated) == (1, 1)
    assert summary.untranslated == ("b.md", "c.md")
    assert summary.in_other_language == (("b.md", "tr"),)
    assert summary.alike_tags == (("AI", "ai"), ("Café", "cafe"))
    assert told[-1] == (4, 4)
