import json
from array import array
from math import log

import pytest

from bot.core.closing import model
from bot.core.closing.blocks import blocks_at_end
from bot.core.closing.features import (
    FARTHEST,
    GROUPS,
    MOST,
    READ,
    Place,
    candidates,
    features,
    length,
    run_on,
    said_in,
)
from bot.core.closing.model import SCALE, Model, slot
from bot.core.closing.questions import chosen, closing_questions, doubtful, is_generic
from tests.eval import labelled, train
from tests.eval.fitting import to_json
from tests.eval.labelled import HELD_OUT, Case, bare, examples, written

BODY = "## Over to you\n\nIt rained for a week. Tell me: what do you keep? I keep tickets.\n"


def found(body: str) -> list[set[str]]:
    """Return the features of each sentence that may ask."""
    blocks = blocks_at_end(body)
    said = said_in(blocks)
    return [features(Place(blocks, said, number)) for number in candidates(said)]


def test_a_sum_of_weights_is_a_probability() -> None:
    size = 1 << 8
    weights = array("b", bytes(size))
    index, sign = slot("asks word:keep", size)
    weights[index] = sign * SCALE
    learned = Model(-SCALE, weights)
    assert learned.probability([]) == pytest.approx(1 / (1 + 2.718281828))
    assert learned.probability(["asks word:keep"]) == 0.5


def test_places_never_change_while_the_version_is_the_same() -> None:
    assert [slot(one, 1 << 16) for one in ("asks word:keep", "kind is item", "run size 0")] == [
        (24451, -1),
        (33718, 1),
        (1842, 1),
    ]


def test_weights_of_another_version_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "VERSION", model.VERSION + 1)
    with pytest.raises(ValueError, match="make train"):
        model._read("asked")


def test_what_is_written_is_read_again() -> None:
    names = {"asked": model.asked(), "generic": model.generic()}
    text = to_json(names)
    assert text == train.WEIGHTS.read_text(encoding="utf-8")
    assert json.loads(text)["version"] == model.VERSION
    assert len(text) < 60_000


def test_a_feature_is_of_a_group_that_is_told() -> None:
    (one,) = found(BODY)
    assert {feature.partition(" ")[0] for feature in one} == GROUPS.keys()
    assert {
        "asks word:keep",
        "next here keep",
        "before raine",
        "kind is paragraph",
        "after words>0",
        "run in all 1",
        "form words>3",
    } <= one
    assert "after words>3" not in one


def test_only_the_last_words_of_an_essay_are_looked_at() -> None:
    near, far = "word " * FARTHEST, "word " * (FARTHEST + 1)
    assert len(found(f"Why so?\n\n{near}\n")) == 1
    assert found(f"Why so?\n\n{far}\n") == []
    assert len(found("What do you keep? " * (MOST + 9))) == MOST


def test_of_a_long_paragraph_its_last_words_are_read() -> None:
    said = said_in(blocks_at_end("Five words make a sentence. " * 200))
    assert READ < sum(length(one.text) for one in said) <= READ + 5
    assert (said[-1].place, said[-1].left) == (199, 0)


def test_questions_with_nothing_between_them_run_on() -> None:
    said = said_in(blocks_at_end("Is it? Was it?\n\nWill it?\n\nYes. Is it?\n"))
    assert run_on(said, candidates(said)) == [False, True, True, False]


def test_a_box_is_told_by_its_looks() -> None:
    (boxed,) = found("Text.\n\n> [!tip]\n> What do you keep?\n")
    (plain,) = found("Text.\n\nWhat do you keep?\n")
    assert {"kind boxed"} == {one for one in boxed - plain if one.startswith("kind boxed")}


def test_what_is_below_the_threshold_is_not_asked_but_told_to_its_author() -> None:
    sure, (low, high) = model.asked().sure, model.asked().unsure
    assert low < sure < high
    unsure = 0
    for case in written():
        asked = [one.text for one in closing_questions(case.body).questions]
        said = doubtful(case.body)
        unsure += bool(said)
        if said:
            assert [one.text for one in said if one.is_asked] == asked
            assert all(one.is_asked or one.probability >= low for one in said)
            assert any(low <= one.probability < high for one in said)
    assert unsure


def test_beside_a_sure_question_a_likely_one_is_asked_too() -> None:
    likely = [0.6, 0.9, 0.6, 0.4, 0.6, 0.6]
    together = [False, True, True, True, True, False]
    assert chosen(likely, together, sure=0.8, beside=0.5) == [True, True, True, False, False, False]
    assert chosen([0.6, 0.6, 0.9], [False, True, True], 0.8, 0.5) == [True] * 3
    assert chosen([], [], 0.8, 0.5) == []


@pytest.mark.parametrize(
    ("text", "generic"),
    [
        ("What do you think?", True),
        ("Thoughts on this?", True),
        ("Und was denkt ihr darüber?", True),
        ("Peki siz ne diyorsunuz?", True),
        ("What do you keep?", False),
        ("What do you think about a bridge that opens at noon?", False),
        ("Peki siz hangisini kullanıyorsunuz?", False),
    ],
)
def test_what_only_asks_for_an_opinion_is_generic(text: str, generic: bool) -> None:  # noqa: FBT001
    assert is_generic(text) is generic


def test_held_out_endings_are_judged_as_well_as_the_readme_says() -> None:
    cases = [case for case in written() if case.source == HELD_OUT]
    right = wrong = 0
    for case in cases:
        found = {bare(one.text) for one in closing_questions(case.body).questions}
        right += len(found & set(map(bare, case.asks)))
        wrong += len(found - set(map(bare, (*case.asks, *case.either))))
    assert len(cases) > 100
    assert right / (right + wrong) >= 0.85
    assert right / sum(len(case.asks) for case in cases) >= 0.6


@pytest.mark.skipif(not labelled.REAL.exists(), reason="the real endings are not here")
@pytest.mark.timeout(300)
def test_the_weights_are_those_that_training_gives() -> None:
    """Another processor may round a weight in the other direction, and so move a few by one."""
    for name, trained in train.trained().items():
        stored = model._read(name)
        assert trained.sure == stored.sure
        assert tuple(trained.unsure) == tuple(stored.unsure)
        moved = [
            abs(one - other) for one, other in zip(trained.weights, stored.weights, strict=True)
        ]
        assert abs(trained.bias - stored.bias) <= SCALE // 16
        assert max(moved) <= 2
        assert sum(map(bool, moved)) < len(moved) // 100


def test_the_last_of_two_alike_questions_is_the_one_that_is_asked() -> None:
    case = Case(
        "x", is_real=False, lang="en", level="easy", body="Why?\n\nSo.\n\nWhy? How?\n",
        asks=("Why?",), either=("How?",),
    )  # fmt: skip
    assert [(one.text, one.label) for one in examples([case])] == [
        ("Why?", "not"),
        ("Why?", "asked"),
        ("How?", "either"),
    ]


def test_a_weight_is_a_share_of_a_logarithm() -> None:
    assert Model(round(SCALE * log(3)), array("b", b"\0")).probability([]) == pytest.approx(
        0.75, abs=0.01
    )
