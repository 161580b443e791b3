"""`check`, `posts` and `preview` on folders, good and bad."""

import json
import os
from datetime import datetime
from pathlib import Path

import pytest

from bot.cli.diagnosis.checks import check_content, read_or_fail
from bot.settings import read_settings
from tests.cli.conftest import Type, essay, write

POST_KEYS = ["path", "kind", "lang", "slug", "title", "date", "draft", "tags", "description", "url",
             "translations", "questions"]  # fmt: skip


def test_posts_have_the_keys_that_were_promised(type_in: Type, blog: Path) -> None:
    ran = type_in("posts", "--json", blog)
    rain = next(post for post in ran.lines if post["path"] == "content/posts/rain.md")
    assert ran.status == 0
    assert ran.err == ""
    assert all(list(post) == POST_KEYS for post in ran.lines)
    assert rain == {
        "path": "content/posts/rain.md",
        "kind": "essay",
        "lang": "en",
        "slug": "rain",
        "title": "Rain",
        "date": "2026-01-02T00:00:00+00:00",
        "draft": False,
        "tags": ["weather"],
        "description": "On Rain.",
        "url": "https://example.org/posts/rain/",
        "translations": ["content/posts/rain.tr.md"],
        "questions": ["What do you hear in it?"],
    }


@pytest.mark.parametrize(("configuration", "title"), [("hugo.toml", ""), ("x.txt", "On rain")])
def test_a_title_that_is_made_up_is_empty_in_json_only_where_hugo_has_none(
    type_in: Type, tmp_path: Path, configuration: str, title: str
) -> None:
    write(tmp_path, configuration, "baseURL = 'https://example.org/'\n")
    write(tmp_path, "content/posts/on-rain.md", "---\ndate: 2026-01-02\n---\nText.\n")
    (post,) = type_in("posts", "--json", tmp_path).lines
    assert post["title"] == title
    assert "On rain" in type_in("posts", tmp_path).out


def test_dates_in_json_bear_an_offset(type_in: Type, blog: Path) -> None:
    dates = [post["date"] for post in type_in("posts", "--json", blog).lines]
    assert all(datetime.fromisoformat(date).utcoffset() is not None for date in dates)


def test_json_is_utf_8_as_it_is_written_and_never_wrapped(type_in: Type, tmp_path: Path) -> None:
    title = "Yağmur " * 100
    write(tmp_path, "posts/a.md", essay(title.strip(), "2026-01-02", "Why?"))
    ran = type_in("posts", "--json", tmp_path / "posts")
    assert len(ran.out.splitlines()) == 1
    assert title.strip() in ran.out


def test_format_json_is_the_same_as_json(type_in: Type, blog: Path) -> None:
    assert type_in("posts", "--format", "json", blog).out == type_in("posts", "--json", blog).out


@pytest.mark.parametrize("length", [20, 50, 60, 90, 118, 119, 130, 200])
def test_a_slug_stands_whole_on_a_line_however_long_it_is(
    type_in: Type, tmp_path: Path, length: int
) -> None:
    slug = "-".join(["can-ai-dream"] * length)[:length].strip("-")
    text = essay(
        "A title of many words, " * 5, "2026-01-02", f"Why {'so ' * 30}?", f"slug: {slug}\n"
    )
    write(tmp_path, "posts/a.md", text)
    write(tmp_path, "posts/b.md", essay("Rain", "2026-01-02", "What do you hear in it?"))
    ran = type_in("posts", tmp_path / "posts")
    named = [line for line in ran.out.splitlines() if f"en:{slug}" in line]
    assert len(named) == 1
    assert len(named[0]) <= 120 or named == [f"en:{slug}"]
    assert "2026-01-02" in ran.out
    assert ran.status == 0


def test_where_a_table_is_too_wide_each_post_has_a_block(type_in: Type, tmp_path: Path) -> None:
    slug = "can-ai-dream-" * 9 + "again"
    end = "Why so?\n\nWhat do you hear in it?"
    write(tmp_path, "posts/a.md", essay("Rain", "2026-01-02", end, f"slug: {slug}\n"))
    write(tmp_path, "posts/b.md", "---\ntitle: Snow\nslug: snow\n---\nIt fell.\n")
    lines = type_in("posts", tmp_path / "posts").out.splitlines()
    assert [line.rstrip() for line in lines] == [
        f"en:{slug}",
        "  Date: 2026-01-02",
        "  Title: Rain",
        "  Ends on: Why so?",
        "  What do you hear in it?",
        "",
        "en:snow",
        "  Title: Snow",
    ]


def test_posts_as_csv_disarm_formulas(type_in: Type, tmp_path: Path) -> None:
    write(
        tmp_path,
        "posts/a.md",
        essay('"=1+1"', "2026-01-02", "What do you make of it?", "draft: true\n"),
    )
    ran = type_in("posts", "--format", "csv", tmp_path / "posts")
    row = ran.rows[0]
    assert list(row) == POST_KEYS
    assert (row["title"], row["draft"], row["questions"]) == (
        "'=1+1",
        "true",
        "What do you make of it?",
    )


def test_the_table_tells_pages_and_drafts_apart(type_in: Type, blog: Path) -> None:
    write(blog, "content/search.md", "---\ntitle: Search\nlayout: search\n---\n")
    ran = type_in("posts", blog)
    assert "Search (page)" in ran.out
    assert "Fog (draft)" in ran.out
    assert "\x1b" not in ran.out


def test_settings_count_as_they_do_for_the_bot(
    type_in: Type, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "posts/a.md", essay("Rain", "2026-01-02T01:00:00", "Why?"))
    monkeypatch.setenv("AFTERWORD_SITE", "https://example.org")
    monkeypatch.setenv("AFTERWORD_TIMEZONE", "Europe/Istanbul")
    monkeypatch.setenv("AFTERWORD_LANGUAGE", "tr")
    monkeypatch.setenv("AFTERWORD_CONTENT", str(tmp_path / "posts"))
    [post] = type_in("posts", "--json").lines
    assert (post["lang"], post["date"]) == ("tr", "2026-01-02T01:00:00+03:00")
    assert post["url"].startswith("https://example.org/")


def test_a_setting_that_cannot_be_used_is_named(
    type_in: Type, blog: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AFTERWORD_PACE", "hourly")
    ran = type_in("posts", blog)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("afterword: AFTERWORD_PACE: ")


@pytest.mark.parametrize("command", ["check", "posts", "preview"])
def test_an_empty_folder_is_a_fault_that_says_what_to_set(
    type_in: Type, tmp_path: Path, command: str
) -> None:
    (tmp_path / "empty").mkdir()
    ran = type_in(command, tmp_path / "empty")
    assert ran.status == 1
    assert "The folder holds no posts" in ran.out + ran.err
    assert "AFTERWORD_CONTENT" in ran.out + ran.err


@pytest.mark.parametrize("command", ["check", "posts", "preview"])
def test_a_folder_that_is_not_there_is_a_matter_of_usage(type_in: Type, command: str) -> None:
    typed, set_up = type_in(command, "nowhere"), type_in(command)
    assert (typed.status, typed.out) == (2, "")
    assert "'nowhere' does not exist" in typed.err
    assert (set_up.status, set_up.out) == (2, "")
    assert "There is no folder content. Set AFTERWORD_CONTENT" in set_up.err


@pytest.mark.parametrize("command", ["check", "posts", "preview"])
def test_a_format_that_a_command_does_not_have_is_a_matter_of_usage(
    type_in: Type, blog: Path, command: str
) -> None:
    ran = type_in(command, "--format", "yaml", blog)
    assert (ran.status, ran.out) == (2, "")
    assert "'yaml' is not one of" in ran.err


@pytest.mark.skipif(os.name == "nt", reason="names are Unicode there")
def test_a_name_that_is_not_unicode_stops_no_other_post(type_in: Type, tmp_path: Path) -> None:
    name = os.fsdecode(b"snow\xff.md")
    for path in ("posts/rain.md", f"posts/{name}"):
        write(tmp_path, path, essay("Rain", "2026-01-02", "Why?"))
    ran = type_in("posts", "--json", tmp_path / "posts")
    assert "rain.md" in {post["path"] for post in ran.lines}
    assert "Rain" in type_in("posts", tmp_path / "posts").out


def test_preview_shows_card_body_and_prompts_in_this_order(type_in: Type, blog: Path) -> None:
    ran = type_in("preview", "--json", blog, "rain")
    [shown] = ran.lines
    assert ran.status == 0
    assert list(shown) == ["path", "lang", "slug", "messages"]
    assert (shown["lang"], shown["slug"]) == ("en", "rain")
    assert [message["kind"] for message in shown["messages"]] == ["card", "body", "prompt"]
    assert all(
        list(message) == ["kind", "content", "embeds", "components"]
        for message in shown["messages"]
    )
    card, body, prompt = shown["messages"]
    assert card["embeds"][0]["title"] == "Rain"
    assert card["embeds"][0]["url"] == "https://example.org/posts/rain/"
    assert body["content"] == "It began early.\n\nA second paragraph."
    assert prompt["content"] == "**What do you hear in it?**"
    [row] = prompt["components"]
    assert row["type"] == 1
    assert {button["type"] for button in row["components"]} == {2}


def test_preview_finds_a_post_in_the_language_that_is_asked_for(type_in: Type, blog: Path) -> None:
    [shown] = type_in("preview", "--json", blog, "tr:rain").lines
    assert (shown["lang"], shown["path"]) == ("tr", "content/posts/rain.tr.md")


def test_preview_follows_wikilinks_and_notes_those_that_lead_nowhere(
    type_in: Type, blog: Path
) -> None:
    end = "See [[rain|the rain]] and [[nobody]]."
    write(blog, "content/posts/wiki.md", essay("Wiki", "2026-01-05", end))
    [shown] = type_in("preview", "--json", blog, "wiki").lines
    link = "[the rain](<https://example.org/posts/rain/>)"
    assert any(f"See {link} and nobody." in one["content"] for one in shown["messages"])
    assert "is called “nobody”" in type_in("preview", blog, "wiki").out


def test_preview_shows_all_essays_without_a_post(type_in: Type, blog: Path) -> None:
    paths = [shown["path"] for shown in type_in("preview", "--json", blog).lines]
    assert paths == [f"content/posts/{name}.md" for name in ("fog", "rain", "rain.tr", "snow")]


def test_preview_shows_its_author_a_draft(type_in: Type, blog: Path) -> None:
    assert type_in("preview", "--json", blog, "fog").lines[0]["slug"] == "fog"


@pytest.mark.parametrize("name", ["rian", "tr:rian", "xx:rain"])
def test_an_unknown_post_gets_near_misses(type_in: Type, blog: Path, name: str) -> None:
    ran = type_in("preview", blog, name)
    assert (ran.status, ran.out) == (2, "")
    assert f"“{name}”" in ran.err
    assert "Did you mean" in ran.err
    assert "`rain`" in ran.err


def test_preview_of_one_post_speaks_of_its_own_faults_only(type_in: Type, blog: Path) -> None:
    write(blog, "content/posts/broken.md", "---\ntitle: [broken\n---\nBody.\n")
    one, other = type_in("preview", blog, "rain"), type_in("preview", blog, "broken")
    assert (one.status, one.err) == (0, "")
    assert other.status == 1
    assert "content/posts/broken.md:3: " in other.err


def test_preview_in_a_terminal_says_what_was_changed_and_where(type_in: Type, blog: Path) -> None:
    write(
        blog, "content/posts/film.md", essay("Film", "2026-01-02", "A [link](ftp://example.org/x).")
    )
    ran = type_in("preview", blog, "film")
    assert "Changed on the way to Discord:" in ran.out
    assert "  content/posts/film.md:12: " in ran.out


def test_preview_shows_markup_of_ours_and_of_others_as_text(type_in: Type, blog: Path) -> None:
    end = "A [bold]word[/bold] and an array[1].\n\nIs it [red]?"
    write(blog, "content/posts/rich.md", essay("'[link=x]'", "2026-01-02", end))
    ran = type_in("preview", blog, "rich")
    assert "[bold]word[/bold]" in ran.out.replace("\\", "")
    assert "[ Answer ]" in ran.out


def test_embeds_and_components_are_plain_json(type_in: Type, blog: Path) -> None:
    for line in type_in("preview", "--json", blog).out.splitlines():
        json.loads(line, parse_constant=pytest.fail)


@pytest.mark.parametrize("address", ["http://localhost:1313", "http://blog", "https://u:p@a.org"])
def test_an_address_that_discord_refuses_is_told_once(
    type_in: Type, blog: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AFTERWORD_SITE", address)
    told = "sent without address, cover and button, as Discord takes no link such as "
    assert type_in("check", blog).out.count(told) == 1
    assert type_in("preview", blog).err.count(told) == 1
    monkeypatch.setenv("AFTERWORD_CONTENT", str(blog))
    found = check_content(read_or_fail(read_settings()))
    assert [one.state for one in found if told in one.text] == ["note"]
    one = type_in("preview", "--json", blog, "rain")
    assert one.err.count(f"1 essay is {told}") == 1
    [message] = [each for each in one.lines[0]["messages"] if each["embeds"]]
    assert not {"url", "image"} & message["embeds"][0].keys()
    assert address not in str(one.lines[0]["messages"][0]["components"])
