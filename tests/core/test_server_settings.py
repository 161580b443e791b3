"""What can be set for a server, and what is said about a value that cannot."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.errors import AfterwordError
from bot.core.phrases import phrases
from bot.core.server_settings.keys import KEYS, key_called, read_pairs
from bot.core.server_settings.values import NOTHING, Kind, Tags
from bot.core.text.folding import fold

SAY = phrases("en")

TAG = st.one_of(st.sampled_from(sorted(NOTHING)), st.text(max_size=20)).map(fold).filter(bool)


@pytest.mark.parametrize(
    ("pair", "text"),
    [
        ("pace=Daily", "daily"),
        ("quiet=22-7", "22-7"),
        ("quiet=22:00 – 07:00", "22-7"),  # people type that dash
        ("quiet=24-6", "0-6"),
        ("quiet=off", "off"),
        ("tags_in= Maps ,MEMORY, maps", "maps,memory"),
        ("tags-out=none", "none"),
        ('tags_in="Paris, Texas",b', '"paris, texas",b'),
        ('tags_in="All"', '"all"'),
        ('tags_out="-"', '"-"'),
        ("tags_in=off", "all"),
        ("tags_in=off,none", "off,none"),
        ("from=2026-01-01", "2026-01-01"),
        ("from=", "any"),
        ("retention=365", "365"),
        ("retention=never", "never"),
        ("sealed=7", "7"),
        ("keeping=opt_in", "opt_in"),
        ("approval=yes", "on"),
        ("requests=off", "off"),
        ("author=<@&123>", "123"),
        ("channel=<#456>", "456"),
        ("log=none", "none"),
        ("forum_tags=Maps:12, memory:3", "maps:12,memory:3"),
        ("default_tag=5", "5"),
        ("language=pt_BR", "pt-br"),
    ],
)
def test_a_value_is_read_and_written_in_one_form(pair: str, text: str) -> None:
    [(name, found)] = read_pairs([pair], SAY).items()
    assert found == text
    assert read_pairs([f"{name}={text}"], SAY) == {name: text}


@pytest.mark.parametrize(
    ("pairs", "sentence"),
    [
        (["pase=daily"], "There is no setting “pase”. There is `pace`."),
        (["xyzzy=1"], "There is no setting “xyzzy”. There is `channel`, `language`"),
        (["pace"], "“pace” sets nothing: write a setting and its value as `pace=daily`."),
        (["pace=daily", "pace=weekly"], "`pace` is there twice: write it once."),
        (["pace=dayly"], "`pace` is one of `each`, `daily`, `weekly`, not “dayly”."),
        (["quiet=22"], "`quiet` is two different hours"),
        (["quiet=7-7"], "`quiet` is two different hours"),
        (["quiet=0-24"], "`quiet` is two different hours"),
        (["quiet=25-3"], "`quiet` is two different hours"),
        (["from=2026-02-30"], "`from` is a day such as"),
        (["from=yesterday"], "`from` is a day such as"),
        (["retention=0"], "`retention` is a number of days from 1 to 36500, or `never`"),
        (["retention=1e9"], "`retention` is a number of days"),
        (["sealed=366"], "`sealed` is a number of days from 1 to 365, or `off`"),
        (["approval=maybe"], "`approval` is one of `on`, `off`, not “maybe”."),
        (["author=Ada"], "`author` is an id of Discord's"),
        (["channel=99999999999999999999"], "`channel` is an id of Discord's"),
        (["forum_tags=maps"], "`forum_tags` is pairs"),
        (["forum_tags=maps:0"], "`forum_tags` is pairs"),
        (["language=!"], "`language` is the code of a language"),
        ([f"tags_in={','.join(map(str, range(51)))}"], "`tags_in` takes at most 50 tags"),
        (["tags_in=None"], "“None” would mean the opposite in `tags_in`: write `all`"),
        (["tags_out=all"], "“all” would mean the opposite in `tags_out`: write `none`"),
        ([f"tags_in={'x' * 101}"], "`tags_in` takes at most 50 tags of at most 100 characters"),
        ([f"tags_in={'x' * 5000}"], "`tags_in` takes at most 4000 characters."),
    ],
)
def test_a_wrong_value_is_a_sentence_that_says_what_to_type(
    pairs: list[str], sentence: str
) -> None:
    with pytest.raises(AfterwordError) as refusal:
        read_pairs(pairs, SAY)
    assert str(refusal.value).startswith(sentence)
    assert len(str(refusal.value)) < 400


@given(st.sampled_from(list(KEYS)), st.text(max_size=80))
def test_any_text_is_read_or_refused(name: str, text: str) -> None:
    key = key_called(name, SAY)
    try:
        value = key.read(text, SAY)
    except AfterwordError:
        return
    written = key.kind.write(value)
    assert key.kind.write(key.read(written, SAY)) == written


@pytest.mark.parametrize("kind", [KEYS["tags_in"].kind, KEYS["tags_out"].kind, Tags("")])
@given(st.lists(TAG, max_size=5, unique=True))
def test_tags_that_are_written_are_read_back(kind: Kind, tags: list[str]) -> None:
    assert kind.read(kind.write(tuple(tags)), "tags_in", SAY) == tuple(tags)


def test_a_day_is_a_day() -> None:
    assert KEYS["from"].read("2026-01-01", SAY) == date(2026, 1, 1)
