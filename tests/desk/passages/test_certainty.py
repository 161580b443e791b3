"""How sure it is that any of the passages that were found answers a question."""

from bot.desk.passages.asking import Candidate, certainty, evidence
from bot.desk.passages.likelihood import Features
from bot.desk.passages.question import Concept, Question
from bot.store.passages.finding import FoundPassage, Place


def _question(words: int, unknown: int = 0, rarity: float = 0.8, asked: str = "what") -> Question:
    """Return a question of so many words, the last so many of which no essay has."""
    concepts = tuple(
        Concept(f"word{at}", {}, {}, rarity, is_known=at < words - unknown, is_name=False)
        for at in range(words)
    )
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


def test_a_rare_word_that_is_missing_speaks_against_it_most_if_the_blog_has_it() -> None:
    known, unknown = _question(2), _question(2, unknown=1)
    common = _question(2, rarity=0.3)
    all_there, blog_has, none_has, is_common = (
        certainty([_found(question, 1, 0, 1.0, reach)])
        for question, reach in ((known, 1.0), (known, 0.0), (unknown, 0.0), (common, 0.0))
    )
    assert all_there > is_common > none_has > blog_has


def test_a_question_for_a_reason_is_answered_sooner_than_one_for_a_fact() -> None:
    why, who = (_found(_question(2, asked=one), 1, 0, 1.0, 0.5) for one in ("whi", "who"))
    assert why.question.asks("reason")
    assert certainty([why]) > certainty([who])
