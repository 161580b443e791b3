"""Sites of every form of page, held against `hugo list all`."""

import pytest

from tests.blog.conftest import Agree

FORMS = {
    "plain.md": "---\ntitle: Plain\ndate: 2026-03-01\n---\n",
    "Name With (Signs) & more, ok.md": "---\ntitle: Signs\ndate: 2026-03-01T10:00:00\n---\n",
    "İstanbul Şiiri é.md": "---\ntitle: Şiir\ndate: 2026-03-01 10:00:00 +0300\n---\n",
    "100% of it.md": "---\ntitle: Percent\n---\n",
    "a+b.md": "---\ntitle: Plus + minus\n---\n",
    "slug.md": "---\ntitle: Slug\nslug: Another Slug/deep\ndate: 2026-01-31T23:30:00-05:00\n---\n",
    "url.md": "---\ntitle: Address\nurl: /some/Where\n---\n",
    "url-relative.md": "---\ntitle: Address\nurl: some/where-else.html\n---\n",
    "title.md": "---\ntitle: 'C++ & C#: “quoted” — it''s 50% off? a/b'\ndate: 2026-02-03\n---\n",
    "toml.md": "+++\ntitle = 'TOML'\ndate = 2026-03-01\ndraft = true\n+++\n",
    "toml-local.md": "+++\ntitle = 'Local'\ndate = 2026-03-01T07:32:00\nweight = 3\n+++\n",
    "json.md": '{"title": "JSON", "date": "2026-03-01T07:32:00Z", "tags": ["a"]}\n\nText',
    "none.md": "No front matter at all.\n",
    "lastmod.md": "---\ntitle: Only lastmod\nlastmod: 2026-03-02\n---\n",
    "publish.md": "---\ntitle: Later\npublishDate: 2027-03-02\nexpiryDate: 2028-01-01\n---\n",
    "both.md": "---\ntitle: Both\ndate: 2026-01-02\npublishDate: 2026-03-02\n---\n",
    "spelt.md": "---\ntitle: Spelt\ndate: Mon, 02 Mar 2026 15:04:05 +0100\n---\n",
    "2026-01-05-dated.md": "---\ntitle: In the name\n---\n",
    "v1.2.3.md": "---\ntitle: Version\n---\n",
    "bundle/index.md": "---\ntitle: Bundle\ndate: 2026-03-01\n---\n",
    "bundle/inner.md": "---\ntitle: Inner\n---\n",
    "bundle/deep/inner.md": "---\ntitle: Deeper\n---\n",
    "section/_index.md": "---\ntitle: Section\n---\n",
    "section/inside.md": "---\ntitle: Inside\ndate: 2026-03-01\n---\n",
    "section/sub/inside.md": "---\ntitle: Inside\ndate: 2026-03-01\n---\n",
}

CONFIGURATIONS = {
    "plain": "baseURL = 'https://example.org/'\n",
    "below a path, in a time zone": (
        "baseURL = 'https://example.org/blog/'\ntimeZone = 'America/New_York'\n"
    ),
    "permalinks": (
        "baseURL = 'https://example.org'\n[permalinks]\nposts = '/:year/:month/:day/:slug/'\n"
        "notes = '/n/:title'\ndocs = '/:sections/:filename/:monthname/:yearday/:weekdayname'\n"
    ),
    "other permalinks": (
        "baseURL = 'https://example.org'\n[permalinks]\nposts = '/:section/:slugorfilename/'\n"
        "notes = '/:sections[1:]/:filename'\ndocs = '/x/:slug/:weekday'\n"
    ),
    "ugly": "baseURL = 'https://example.org'\nuglyURLs = true\n",
    "plain letters": "baseURL = 'https://example.org'\nremovePathAccents = true\n",
    "capitals": "baseURL = 'https://example.org'\ndisablePathToLower = true\n",
    "dates in names": (
        "baseURL = 'https://example.org'\n[frontmatter]\ndate = [':filename', ':default']\n"
    ),
}

LANGUAGES = {
    "folders": (
        "defaultContentLanguage = 'en'\n[languages.en]\ncontentDir = 'content/en'\nweight = 1\n"
        "[languages.tr]\ncontentDir = 'content/tr'\nweight = 2\n"
    ),
    "folders, all below a prefix": (
        "defaultContentLanguage = 'tr'\ndefaultContentLanguageInSubdir = true\n"
        "[languages.en]\ncontentDir = 'content/en'\n[languages.tr]\ncontentDir = 'content/tr'\n"
    ),
    "domains": (
        "defaultContentLanguage = 'en'\n[languages.en]\nbaseURL = 'https://example.org'\n"
        "contentDir = 'content/en'\n"
        "[languages.tr]\nbaseURL = 'https://example.com/x'\ncontentDir = 'content/tr'\n"
    ),
    "their own permalinks": (
        "defaultContentLanguage = 'en'\n"
        "[languages.en]\ncontentDir = 'content/en'\n[languages.en.permalinks]\nposts = '/e/:slug'\n"
        "[languages.tr]\ncontentDir = 'content/tr'\n[languages.tr.permalinks]\nposts = '/t/:slug'\n"
    ),
}


@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_every_page_is_as_hugo_lists_it(agree: Agree, name: str) -> None:
    files = {"config.toml": CONFIGURATIONS[name]}
    for section in ("", "posts/", "notes/", "docs/"):
        files |= {f"content/{section}{path}": text for path, text in FORMS.items()}
    assert len(agree(files)) >= 3 * len(FORMS)


@pytest.mark.parametrize("name", LANGUAGES)
def test_every_page_of_every_language_is_as_hugo_lists_it(agree: Agree, name: str) -> None:
    files = {"hugo.toml": "baseURL = 'https://example.org/'\n" + LANGUAGES[name]}
    for folder in ("en/posts/", "tr/posts/", "tr/"):
        files |= {f"content/{folder}{path}": text for path, text in FORMS.items()}
    assert len(agree(files)) >= 2 * len(FORMS)


def test_languages_in_file_names_are_as_hugo_reads_them(agree: Agree) -> None:
    files = {f"content/posts/{path}": text for path, text in FORMS.items()}
    for code in ("tr", "pt-br", "de"):
        files |= {
            f"content/posts/plain.{code}.md": f"---\ntitle: {code}\ndate: 2026-03-01\n---\n",
            f"content/posts/two/index.{code}.md": f"---\ntitle: {code} two\n---\n",
            f"content/posts/v1.{code}.md": f"---\ntitle: {code} dot\nslug: S {code}\n---\n",
        }
    files["config/_default/config.yaml"] = (
        "baseURL: https://example.org/\ndefaultContentLanguage: en\nlanguages:\n"
        "  en: {weight: 1}\n  tr: {weight: 2}\n  pt-br: {weight: 3}\n"
    )
    assert len(agree(files)) >= len(FORMS)
