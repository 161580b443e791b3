"""Sites of one rule of Hugo's each, held against `hugo list all`."""

import pytest

from tests.blog.conftest import BASE, TWO, Agree, page


def dated(folder: str = "content/posts") -> dict[str, str]:
    return {
        f"{folder}/plain.md": page("Plain"),
        f"{folder}/alias.md": page("Alias", pubdate="2026-06-07"),
        f"{folder}/dated.md": page("Dated", date="2026-03-01T23:30:00-05:00"),
        f"{folder}/2026-02-03-in-the-name.md": page("Named"),
        f"{folder}/2026-02-03-both.md": page("Both", date="2026-01-05"),
        f"{folder}/2026-02-03-slug/index.md": page("Slug", slug="own", lastmod="2026-04-05"),
        f"{folder}/published.md": page("Published", publishDate="2026-05-06", mine="2020-02-02"),
        f"{folder}/deep/er/below.md": page("Below", date="2026-03-02"),
    }


CASCADES = {
    "of a section, the nearest first": {
        "config.toml": BASE + "[permalinks]\nposts = '/:year/:slug'\n",
        "content/posts/_index.md": "---\ncascade: {draft: true, date: 2018-08-08, title: T}\n---\n",
        "content/posts/deep/_index.md": "+++\n[cascade]\ndate = 2017-07-07\nslug = 's'\n+++\n",
        "content/posts/none.md": "No front matter.\n",
        "content/posts/deep/none.md": "---\nDraft: false\n---\n",
        "content/notes/none.md": "No front matter.\n",
    },
    "of the home page": {
        "config.toml": BASE,
        "content/_index.md": "---\ncascade:\n- draft: true\n- lastmod: 2018-08-08\n---\n",
        "content/about.md": page("About"),
    },
    "by path, kind and language": {
        "config.toml": BASE + TWO,
        "content/posts/_index.md": (
            "---\ncascade:\n- _target: {path: '/posts/deep/**'}\n  title: Deep\n"
            "- _target: {path: '/posts/*.md'}\n  date: 2019-01-01\n"
            "- _target: {path: '/posts/{a,b}*'}\n  draft: true\n"
            "- _target: {kind: '{page,home}'}\n  slug: paged\n"
            "- _target: {kind: section}\n  url: /never/\n"
            "- _target: {path: '/posts/n[ou]ne.??'}\n  type: x\n  publishDate: 2016-01-01\n---\n"
        ),
        "content/posts/none.md": "Text",
        "content/posts/apple.md": "Text",
        "content/posts/none.tr.md": "Text",
        "content/posts/deep/none.md": "Text",
    },
    "of the configuration": {
        "config.toml": BASE + TWO + "[[languages.tr.cascade]]\ndate = 2015-05-05\n[[cascade]]\n"
        "draft = true\n[cascade._target]\npath = '/POSTS/**'\n[[cascade]]\ndate = 2016-05-05\n"
        "[cascade._target]\nenvironment = 'production'\n[[cascade]]\ntitle = 'Never'\n"
        "[cascade._target]\nenvironment = 'staging'\n",
        "content/a.tr.md": "Text",
        "content/a.md": "Text",
    },
}

BUILDS = {
    "unlisted, and without an address": {
        "config.toml": BASE,
        "content/never.md": page(_build="{list: never}"),
        "content/local.md": page(_build="{list: local}"),
        "content/false.md": page(_build="{List: false, render: link}"),
        "content/always.md": page(_build="{list: always}"),
        "content/hidden.md": page("Hidden", _build="{render: never}"),
        "content/link.md": page("Link", _build="{render: link}"),
        "content/headless/index.md": page(headless="true"),
        "content/single.md": page(headless="true"),
        "content/section/_index.md": "---\ncascade: {_build: {list: never}}\n---\n",
    },
    "drafts": {
        "config.toml": BASE,
        **{
            f"content/{number}.md": page(f"{number}", **keys)
            for number, keys in enumerate(
                [{"draft": one} for one in ("true", "yes", "T", "1", "on", "no", "maybe", "False")]
                + [{"published": "false"}, {"published": "false", "draft": "false"}]
                + [{"status": "draft"}, {"isdraft": "true"}, {"published": "2026-01-01"}]
            )
        },
        "content/_drafts/a.md": page(),
        "content/params.md": page(params="{draft: true, slug: other, title: T, url: /x}"),
    },
}

LANGUAGES = {
    "outside their folders": {
        "hugo.toml": BASE + "[languages.en]\ncontentDir = 'content/en'\nweight = 1\n"
        "[languages.tr]\ncontentDir = './content/tr/'\nweight = 2\n",
        "content/en/a.md": page(),
        "content/tr/a.md": page(),
        "content/about.md": page(),
        "content/fr/posts/a.md": page(),
    },
    "that are not built": {
        "config.toml": BASE + "disableLanguages = ['de']\n" + TWO + "disabled = true\n"
        "[languages.de]\nweight = 3\n[languages.fr]\nweight = 4\n",
        **{f"content/a.{code}.md": page() for code in ("tr", "de", "fr", "en", "es")},
        **{f"content/b/index.{code}.md": page() for code in ("tr", "de", "fr", "en")},
    },
    "alone": {
        "config.toml": BASE
        + "defaultContentLanguageInSubdir = true\n[languages.en]\ntitle = 'x'\n",
        "content/a.md": page(),
    },
    "alone and told by its code": {
        "config.toml": BASE + "languageCode = 'tr'\n",
        "content/a.tr.md": page(),
        "content/b.en.md": page(),
    },
    "with settings of their own": {
        "config.toml": BASE + "[permalinks]\nposts = '/all/:slug'\nnotes = '/n/:slug'\n"
        "[languages.en]\nweight = 1\ntimeZone = 'America/New_York'\n[languages.tr]\nweight = 2\n"
        "timeZone = 'Asia/Tokyo'\nuglyURLs = true\n"
        "[languages.tr.permalinks]\nposts = '/t/:title'\n",
        **{
            f"content/{section}/a{code}.md": page("A title", date="2026-03-01")
            for section in ("posts", "notes")
            for code in ("", ".tr")
        },
    },
    "in capitals and with an underscore": {
        "config.toml": BASE + "defaultContentLanguage = 'en'\n[languages.en]\nweight = 1\n"
        "[languages.pt_br]\nweight = 2\n[languages.zh-TW]\nweight = 3\n[languages.x-pirate]\n",
        **{
            f"content/{n}.{code}.md": page(code)
            for n, code in enumerate(("pt_br", "pt-br", "zh-TW", "zh-tw", "EN", "x-pirate"))
        },
    },
    "twice the same page": {
        "config.toml": BASE + TWO,
        "content/a.md": page("Plain"),
        "content/a.en.md": page("Named"),
        "content/b/index.md": page("Plain"),
        "content/b/index.en.md": page("Named"),
        "content/c/index.md": page("Plain"),
        "content/c/index.zz.md": page("Unknown"),
        "content/Case.md": page("Upper"),
        "content/case.md": page("Lower"),
        "content/two.md": page("md"),
        "content/two.markdown": page("markdown"),
    },
    "with sections of their own": {
        "config.toml": BASE + "[permalinks]\np = '/:sections/:filename'\n"
        "[languages.en]\ncontentDir = 'content/en'\n[languages.tr]\ncontentDir = 'content/tr'\n",
        "content/en/p/a/b/_index.md": page(),
        "content/en/p/a/b/x.md": page(),
        "content/en/p/a/x.md": page(),
        "content/tr/p/a/b/x.md": page(),
    },
}

CONFIGURATIONS = {
    "the environment over the default": {
        "config/_default/config.toml": BASE + "[permalinks]\nposts = '/p/:slug'\nx = '/x/:slug'\n",
        "config/production/hugo.toml": "baseURL = 'https://example.com/'\n",
        "config/production/permalinks.toml": "posts = '/production/:slug'\n",
        "config/development/config.toml": "baseURL = 'https://never.example/'\n",
        "content/x/a.md": page(),
    },
    "the folder over the root": {
        "config.toml": "baseURL = 'https://root.example/'\n[permalinks]\nposts = '/r/:slug'\n",
        "config/_default/config.yaml": "baseURL: https://folder.example/\nuglyURLs: true\n",
        "config/_default/hugo.yaml": "baseURL: https://later.example/\n",
        "config/_default/languages.toml": "[en]\nweight = 2\n",
        "config/_default/languages.tr.toml": "weight = 1\n",
        "content/a.tr.md": page(),
    },
    "hugo over config in the root": {
        "hugo.toml": BASE,
        "config.toml": "baseURL = 'https://never.example/'\n",
    },
    "no address": {"hugo.toml": "title = 'x'\n"},
    "a path for an address": {"config.toml": "baseURL = '/blog/'\n"},
    "an address in capitals": {"config.toml": "baseURL = 'HTTPS://example.org/Ünï/'\n"},
    "ignored files": {
        "config.toml": BASE + "ignoreFiles = ['plain\\\\.md$', '/deep$', 'slug/']\n",
    },
    "ugly sections": {"config.toml": BASE + "[uglyURLs]\nposts = true\n", "content/a.md": page()},
    "mounts": {
        "config.toml": BASE + "[[module.mounts]]\nsource = 'text'\ntarget = 'content'\n"
        "[[module.mounts]]\nsource = 'more'\ntarget = 'content/more'\n",
        **dated("text/posts"),
        **dated("more/here"),
    },
    "content at the top": {"config.toml": BASE + "contentDir = '.'\n", "README.md": page()},
}

DATES = {
    name: {
        "config.toml": BASE + f"[frontmatter]\ndate = {handlers}\n"
        "[permalinks]\nposts = '/:year/:month/:day/:slug'\nnotes = '/:filename'\n",
        **dated("content/posts"),
        **dated("content/notes"),
        "content/posts/2026-02-03.md": page(),
        "content/posts/2026-02-03--two.md": page(),
        "content/posts/2026-02-03T10-00-t.md": page(),
        "content/posts/2026-02-30-bad.md": page(),
        "content/posts/2026-2-3-short.md": page(),
        "content/posts/2026-02-03-x.html.md": page(),
    }
    for name, handlers in {
        "names first": "[':filename', ':default']",
        "names last": "[':default', ':Filename']",
        "names alone, as a word": "':filename'",
        "a key of its own": "['mine', ':default']",
        "one key alone": "['lastmod']",
        "the other way round": "['publishDate', 'date']",
        "the file's time": "['date', ':fileModTime']",
        "none": "[]",
    }.items()
}


@pytest.mark.parametrize("name", CASCADES)
def test_cascades_reach_pages_as_in_hugo(agree: Agree, name: str) -> None:
    assert agree(dated() | CASCADES[name])


@pytest.mark.parametrize("name", BUILDS)
def test_what_is_listed_and_what_is_a_draft_are_as_in_hugo(agree: Agree, name: str) -> None:
    assert agree(BUILDS[name])


@pytest.mark.parametrize("name", LANGUAGES)
def test_languages_are_as_in_hugo(agree: Agree, name: str) -> None:
    assert agree(LANGUAGES[name])


@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_configurations_count_as_in_hugo(agree: Agree, name: str) -> None:
    assert agree(dated() | CONFIGURATIONS[name])


@pytest.mark.parametrize("name", DATES)
def test_dates_come_from_where_hugo_takes_them(agree: Agree, name: str) -> None:
    assert agree(DATES[name])
