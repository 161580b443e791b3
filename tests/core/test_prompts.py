# ruff: noqa: RUF001  # the question marks of other scripts are meant
import pytest

from bot.core.post import Question
from bot.core.publishing.prompts import prompts


def _texts(*questions: Question) -> list[list[str]]:
    return [[one.text for one in prompt.questions] for prompt in prompts(questions)]


def test_a_generic_lead_in_joins_the_question_it_leads_to() -> None:
    lead = Question("What do you think?", generic=True)
    assert _texts(lead, Question("Can it dream?")) == [["What do you think?", "Can it dream?"]]


def test_an_or_joins_the_question_it_continues() -> None:
    assert _texts(Question("Is it so?"), Question("Or not at all?")) == [
        ["Is it so?", "Or not at all?"]
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Oder doch?",
        "Ou bien non ?",
        "¿O quizá no?",
        "Yoksa hayır mı?",
        "Или нет?",
        "それとも違いますか？",
        "还是不是？",
    ],
)
def test_an_or_is_known_in_many_languages(text: str) -> None:
    assert len(prompts([Question("A?"), Question(text)])) == 1


def test_two_questions_of_their_own_are_two_prompts() -> None:
    assert _texts(Question("Why?"), Question("Orders from whom?")) == [
        ["Why?"],
        ["Orders from whom?"],
    ]


def test_a_generic_question_at_the_end_stands_alone() -> None:
    assert _texts(Question("Is it so?"), Question("Thoughts?", generic=True)) == [
        ["Is it so?"],
        ["Thoughts?"],
    ]


def test_a_lead_in_takes_only_one_question_with_its_alternatives() -> None:
    lead = Question("What do you think?", generic=True)
    asked = _texts(lead, Question("A?"), Question("Or B?"), Question("C?"))
    assert asked == [["What do you think?", "A?", "Or B?"], ["C?"]]


def test_no_questions_make_no_prompts() -> None:
    assert prompts([]) == ()
