"""A blog of any size, the same each time: Hugo, two languages, essays as long as real ones."""

import random
from pathlib import Path

CONFIGURATION = """\
baseURL = "https://essays.example.org/"
title = "Essays"
defaultContentLanguage = "en"
timeZone = "Europe/Istanbul"

[languages.en]
languageName = "English"
weight = 1

[languages.tr]
languageName = "Türkçe"
weight = 2
"""

NOUNS = (
    "map", "memory", "dream", "machine", "street", "reader", "clock", "sentence", "mirror",
    "garden", "letter", "silence", "bridge", "window", "number", "shadow", "kitchen", "border",
)  # fmt: skip
VERBS = ("forgets", "keeps", "repairs", "answers", "measures", "translates", "follows", "hides")
SENTENCES = (
    "A cartographer once told me that her trade is mostly *deletion*.",
    "The driver who trusts the drawing still arrives, and never asks what was left out.",
    "We speak of forgetting as a leak; I have come to think of it as drafting.",
    "By the evening I have lost nearly everything that I saw today.",
    "Engineers have discovered [the same thing](https://example.org/a) from the other side.",
    "What is left is not a poor copy of the day but a usable one, and that is **enough**.",
)
PARAGRAPHS = 13
"""About 4,200 characters, the median of the blog that it was first made for."""
TAGS = 453
ASKS = (
    "What do you keep that is of no use to anyone?",
    "Who taught you to read a map, and what did they leave out?",
)


def write_blog(folder: Path, posts: int) -> Path:
    """Write a site with so many posts, half of them translations; return its folder."""
    draw = random.Random(posts)  # noqa: S311  # the same blog each time, not a secret
    content = folder / "content" / "posts"
    content.mkdir(parents=True)
    (folder / "hugo.toml").write_text(CONFIGURATION, encoding="utf-8")
    (folder / "config.toml").symlink_to("hugo.toml")  # what a Hugo before 0.110 reads
    for number in range((posts + 1) // 2):
        text = _post(draw, number)
        (content / f"essay-{number}.md").write_text(text, encoding="utf-8")
        if number * 2 + 1 < posts:
            (content / f"essay-{number}.tr.md").write_text(text, encoding="utf-8")
    return folder


def titles(count: int, seed: int) -> list[str]:
    """Return what readers have typed at so many keystrokes: the beginnings of words of titles."""
    draw = random.Random(seed)  # noqa: S311  # the same each time
    words = (*NOUNS, *VERBS)
    return [(word := draw.choice(words))[: draw.randint(0, len(word))] for _ in range(count)]


def _post(draw: random.Random, number: int) -> str:
    title = f"The {draw.choice(NOUNS)} {draw.choice(VERBS)} the {draw.choice(NOUNS)} {number}"
    tags = [f"Tag {draw.randrange(TAGS)}" for _ in range(draw.randint(0, 4))]
    if draw.random() < 0.79:  # the share of the first blog's commonest tag
        tags.append("Memory")
    paragraphs = [
        " ".join(draw.choice(SENTENCES) for _ in range(5))
        for _ in range(max(2, round(draw.gauss(PARAGRAPHS, PARAGRAPHS / 4))))
    ]
    closing = list(ASKS[: draw.choice((0, 0, 1, 1, 2))])
    front = (
        f'---\ntitle: "{title}"\n'
        f"date: 20{10 + number % 16}-{1 + number % 12:02}-{1 + number % 28:02}T08:15:00+03:00\n"
        f'slug: "essay-{number}"\ntags: {tags}\n'
        f'description: "On what the {draw.choice(NOUNS)} {draw.choice(VERBS)}."\n---\n'
    )
    return front + "\n" + "\n\n".join([*paragraphs, *closing]) + "\n"
