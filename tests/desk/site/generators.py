"""Small sites that real generators build with our snippets, from data files written by hand."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

SNIPPETS = Path(__file__).parents[3] / "docs" / "site"
LAYOUT = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{title}</title></head>
<body><main><h1>{title}</h1>
{content}
{snippet}
</main></body>
</html>
"""
HUGO = """baseURL = "https://blog.example/"
disableKinds = ["taxonomy", "term", "RSS", "sitemap", "home", "section", "404"]
[params.afterword]
thread = "Read it all"
[languages.en]
weight = 1
[languages.tr]
weight = 2
"""


@dataclass(frozen=True)
class Page:
    """A page of the site: its name is its title and its file's."""

    name: str
    slug: str
    lang: str = "en"

    def text(self, **more: str) -> str:
        fields = {"title": self.name, "slug": self.slug, "lang": self.lang, **more}
        lines = "".join(f"{key}: {json.dumps(value)}\n" for key, value in fields.items())
        return f"---\n{lines}---\nAn essay.\n"


Files = Mapping[str, Mapping[str, Any]]
"""A post's data by the file's place below the folder of the data, without its ending."""
Build = Callable[[Path, Sequence[Page], Files], dict[str, Path]]
"""Builds a site in a folder; returns each page that was built by its title."""


def write(root: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")


def write_data(folder: Path, data: Files) -> None:
    write(folder, {f"{name}.json": json.dumps(post) for name, post in data.items()})


def run(root: Path, *command: str) -> None:
    done = subprocess.run(  # noqa: S603  # the generator that was found, on files of this test
        command, cwd=root, capture_output=True, text=True, check=False, timeout=50
    )
    assert done.returncode == 0, done.stdout + done.stderr


def built(folder: Path) -> dict[str, Path]:
    titles = {
        path: re.search(r"<title>(.*)</title>", path.read_text(encoding="utf-8"))
        for path in folder.rglob("*.html")
    }
    return {found[1]: path for path, found in titles.items() if found}


def build_hugo(root: Path, pages: Sequence[Page], data: Files) -> dict[str, Path]:
    hugo = shutil.which("hugo")
    if hugo is None:
        pytest.skip("hugo is not installed")
    shutil.copytree(SNIPPETS / "hugo", root, dirs_exist_ok=True)
    layout = LAYOUT.format(
        title="{{ .Title }}", content="{{ .Content }}", snippet='{{ partial "afterword.html" . }}'
    )
    write(root, {"hugo.toml": HUGO, "layouts/_default/single.html": layout})
    write(root, {f"content/posts/{one.name}.{one.lang}.md": one.text() for one in pages})
    write_data(root / "data" / "afterword", data)
    run(root, hugo, "--minify")
    return built(root / "public")


def build_eleventy(
    root: Path, pages: Sequence[Page], data: Files, node_modules: Path
) -> dict[str, Path]:
    node = shutil.which("node")
    command = node_modules / "@11ty" / "eleventy" / "cmd.cjs"
    if node is None or not command.is_file():
        pytest.skip("Node or the npm package @11ty/eleventy is missing")
    shutil.copytree(SNIPPETS / "eleventy", root, dirs_exist_ok=True)
    layout = LAYOUT.format(
        title="{{ title }}",
        content="{{ content | safe }}",
        snippet='{% include "afterword.njk" %}',
    )
    words = '{"thread": "Read it all"}'
    write(root, {"_includes/post.njk": layout, "_data/afterwordWords.json": words})
    write(root, {f"posts/{one.name}.md": one.text(layout="post.njk") for one in pages})
    write_data(root / "data" / "afterword", data)
    run(root, node, str(command), "--quiet")
    return built(root / "_site")


def build_jekyll(root: Path, pages: Sequence[Page], data: Files) -> dict[str, Path]:
    jekyll = shutil.which("jekyll")
    if jekyll is None:
        pytest.skip("jekyll is not installed")
    shutil.copytree(SNIPPETS / "jekyll", root, dirs_exist_ok=True)
    layout = LAYOUT.format(
        title="{{ page.title }}", content="{{ content }}", snippet="{% include afterword.html %}"
    )
    config = "url: https://blog.example\nafterword:\n  thread: Read it all\n"
    write(root, {"_config.yml": config, "_layouts/post.html": layout})
    for one in pages:
        text = one.text(layout="post", permalink=f"/posts/{one.name}/")
        write(root, {f"_posts/2026-01-01-{one.name}.md": text})
    write_data(root / "_data" / "afterword", data)
    run(root, jekyll, "build", "--quiet", "--disable-disk-cache")
    return built(root / "_site")
