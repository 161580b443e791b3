"""How sure it is that any of the passages that were found answers a question."""

from bot.desk.passages.asking import Candidate, certainty, evidence
from bot.desk.passages.likelihood import Features
from bot.desk.passages.question import Concept, Question
from bot.store.passages.finding import FoundPassage, Place


def _question(words: int, asked: str = "what") -> Question:
    return _weighed(*[0.8] * words, asked=asked)


def _weighed(*rarities: float, asked: str = "what") -> Question:
    """Return a question of words that are so rare."""
    concepts = tuple(Concept(f"word{at}", {}, {}, rarity) for at, rarity in enumerate(rarities))
    return Question("en", concepts, frozenset({asked}), 1.0)


def _found(question: Question, post: int, position: int, *reach: float) -> Candidate:
    features = Features(*(0.0 for _ in Features._fields))
    passage = FoundPassage(post, position, "", "", "", "")
    return Candidate(question, Place(post, position), passage, features, reach, 1.0)


def test_a_word_that_its_essay_has_elsewhere_makes_it_surer() -> None:
    question = _question(3)
    best = _found(question, 1, 0, 1.0, 1.0, 0.0)
    elsewhere = _found(question, 1, 7, 0.0, 0.0, 1.0)
    in_another = _found(question, 2, 7, 0.0, 0.0, 1.0)
    assert certainty([best, elsewhere]) > certainty([best, in_another]) == certainty([best])


def test_a_passage_of_the_same_number_in_another_language_is_not_beside_it() -> None:
    best = _found(_question(2), 1, 0, 1.0, 0.0)
    other = _found(_question(3), 1, 1, 1.0, 1.0, 1.0)
    assert evidence([best, other]) == evidence([best])


def test_a_word_that_is_missing_speaks_against_it_the_more_the_rarer_it_is() -> None:
    rare, common = _weighed(0.8, 0.8), _weighed(0.8, 0.3)
    all_there, without_rare, without_common = (
        certainty([_found(question, 1, 0, 1.0, reach)])
        for question, reach in ((rare, 1.0), (rare, 0.0), (common, 0.0))
    )
    assert all_there > without_common > without_rare


def test_several_words_that_are_there_make_it_surer_and_absent_ones_less() -> None:
    two, four, half = (
        certainty([_found(_question(len(reach)), 1, 0, *reach)])
        for reach in ((1.0, 1.0), (1.0,) * 4, (1.0, 1.0, 0.0, 0.0))
    )
    assert four > two > half


def test_common_words_that_are_absent_make_it_less_sure() -> None:
    both = _found(_weighed(0.8, 0.8), 1, 0, 1.0, 1.0)
    longer = _weighed(0.8, 0.8, 0.0, 0.0)
    best, elsewhere = _found(longer, 1, 0, 1.0, 1.0, 0.0, 0.0), _found(longer, 1, 7, 0, 0, 1.0, 1.0)
    assert certainty([both]) > certainty([best, elsewhere])


def test_words_that_stand_in_the_title_say_less() -> None:
    in_text = _found(_question(2), 1, 0, 1.0, 1.0)
    in_title = in_text._replace(features=in_text.features._replace(title=1.0))
    assert certainty([in_text]) > certainty([in_title])


def test_a_question_for_a_reason_is_answered_sooner_than_one_for_a_fact() -> None:
    why, who = (_found(_question(2, asked=one), 1, 0, 1.0, 0.5) for one in ("whi", "who"))
    assert why.question.asks("reason")
    assert certainty([why]) > certainty([who])
