# ruff: noqa: RUF001  # the question marks of other scripts are meant
import pytest

from bot.core.post import Question
from bot.core.publishing.prompts import prompts

LEAD_IN = Question("What do you think?", generic=True)
"""A question that only leads to the next one."""


@pytest.mark.parametrize(
    ("asked", "together"),
    [
        ([LEAD_IN, "Can it dream?"], [["What do you think?", "Can it dream?"]]),
        (["Is it so?", "Or not at all?"], [["Is it so?", "Or not at all?"]]),
        (["Why?", "Orders from whom?"], [["Why?"], ["Orders from whom?"]]),
        (["Is it so?", LEAD_IN], [["Is it so?"], ["What do you think?"]]),
        ([LEAD_IN, "A?", "Or B?", "C?"], [["What do you think?", "A?", "Or B?"], ["C?"]]),
        ([], []),
    ],
)
def test_a_lead_in_takes_one_question_and_a_question_its_alternatives(
    asked: list[Question | str], together: list[list[str]]
) -> None:
    questions = [Question(one) if isinstance(one, str) else one for one in asked]
    found = [[one.text for one in prompt.questions] for prompt in prompts(questions)]
    assert found == together


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
