import pytest

from bot.core.reading.frontmatter.splitting import FrontMatterError, split


def test_yaml_scalars_stay_as_they_were_written() -> None:
    parts = split("---\ntitle: 12:30:00\nslug: no\ntags: [2024, yes, 1.10]\n---\nBody\n")
    assert parts.metadata == {"title": "12:30:00", "slug": "no", "tags": ["2024", "yes", "1.10"]}
    assert (parts.body, parts.line) == ("Body\n", 6)


def test_toml_is_read_by_python_itself() -> None:
    parts = split("+++\nTitle = 'A'\ndraft = true\n[params]\nversion = 1.10\n+++\nBody")
    assert parts.metadata == {"title": "A", "draft": True, "params": {"version": "1.10"}}
    assert (parts.body, parts.line) == ("Body", 7)


def test_json_ends_where_its_braces_do() -> None:
    parts = split('{\n  "title": "A } B",\n  "tags": [1]\n}\n\nBody')
    assert parts.metadata == {"title": "A } B", "tags": ["1"]}
    assert (parts.body, parts.line) == ("\nBody", 5)


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff---\ntitle: A\n---\nBody",
        "---\r\ntitle: A\r\n---\r\nBody",
        "---\rtitle: A\r---\rBody",
        "---\ntitle: A\n...\nBody",
        "---  \ntitle: A\n--- \t\nBody",
        "\n\n---\nTITLE: A\n---\nBody",
    ],
)
def test_marks_and_line_ends_do_not_hide_front_matter(text: str) -> None:
    parts = split(text)
    assert parts.metadata == {"title": "A"}
    assert parts.body == "Body"


def test_an_indented_code_block_keeps_its_indentation() -> None:
    assert split("---\ntitle: A\n---\n    code\n").body == "    code\n"


@pytest.mark.parametrize(
    "text", ["Just text", "{{< shortcode >}}\ntext", "---\n\nA break over an essay.\n", "", "---"]
)
def test_a_file_without_front_matter_is_all_body(text: str) -> None:
    parts = split(text)
    assert parts.metadata == {}
    assert parts.body == text


@pytest.mark.parametrize(
    ("text", "line", "title"),
    [
        ("---\ndate: 2026-01-01\ntitle: a: b\n---\nBody", 3, "a: b"),
        ("---\ntitle: 'x\n---\nBody", 2, "x"),
        ("---\ntitle: @x\n---\nBody", 2, "@x"),
        ("---\ntitle: {{ x }}\n---\nBody", 2, "{{ x }}"),
        ("---\ntitle: A\n\nBody", 1, "A"),
        ("+++\ntitle = 'A'\ndate = \n+++\nBody", 3, "A"),
        ("+++\ntitle = 'A'\n\nBody", 1, "A"),
    ],
)
def test_broken_front_matter_names_its_line_and_saves_what_it_can(
    text: str, line: int, title: str
) -> None:
    with pytest.raises(FrontMatterError) as raised:
        split(text)
    assert raised.value.line == line
    assert raised.value.rest.metadata["title"] == title
    assert raised.value.rest.body == "Body"


def test_text_between_two_thematic_breaks_is_a_fault_and_stays_in_the_body() -> None:
    with pytest.raises(FrontMatterError) as raised:
        split("---\nOnce upon a time\n---\nMore")
    assert raised.value.rest.body == "---\nOnce upon a time\n---\nMore"


def test_an_alias_bomb_is_refused() -> None:
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
    for level in range(1, 9):
        bomb += f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 9)}]\n"
    with pytest.raises(FrontMatterError, match="aliases multiply"):
        split(f"---\n{bomb}---\nBody")


@pytest.mark.parametrize("nest", ["[" * 100_000, "- " * 50_000, "? " * 50_000])
def test_deep_nesting_is_refused(nest: str) -> None:
    with pytest.raises(FrontMatterError, match="nested"):
        split(f"---\na:\n {nest}\n---\nBody")


@pytest.mark.parametrize("depth", [40, 2_000, 30_000])
@pytest.mark.parametrize(
    ("before", "opening", "inside", "closing", "after"),
    [
        ("+++\na = ", "[", "", "]", "\n+++\nBody"),
        ("+++\na = ", "{b = ", "1", "}", "\n+++\nBody"),
        ("+++\n", "a.", "a = 1", "", "\n+++\nBody"),
        ('{"a": ', "[", "", "]", "}\n\nBody"),
        ("", '{"a": ', "1", "}", "\n\nBody"),
        ("", '{"a": ', "", "", ""),
    ],
)
def test_deep_nesting_in_toml_and_json_is_refused(
    before: str, opening: str, inside: str, closing: str, after: str, depth: int
) -> None:
    with pytest.raises(FrontMatterError, match="nested more than 32 deep"):
        split(before + opening * depth + inside + closing * depth + after)


@pytest.mark.parametrize(
    "text",
    [
        "+++\ntitle = '" + "[" * 99 + "'\n# " + "[" * 99 + "\n+++\nBody",
        '+++\ntitle = """\n" ' + "[" * 99 + '"""\n+++\nBody',
        '{"title": "\\" ' + "[" * 99 + '"}\n\nBody ' + "[" * 99,
    ],
)
def test_brackets_in_texts_and_comments_do_not_nest(text: str) -> None:
    assert "[" * 99 in split(text).metadata["title"]


def test_merge_keys_and_aliases_are_followed() -> None:
    text = "---\nbase: &b {lang: tr, draft: no}\nmore:\n  <<: *b\n  draft: yes\n---\n"
    assert split(text).metadata["more"] == {"lang": "tr", "draft": "yes"}


def test_the_line_of_a_key_is_known() -> None:
    parts = split("---\ntitle: A\nDate: x\n---\n")
    assert (parts.line_of("date"), parts.line_of("slug")) == (3, None)
