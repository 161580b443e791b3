"""Queries that an author asks again and again. Datasette offers them under these names."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Query:
    """One query.

    Attributes:
        sql: Its parameters are named, and any text is safe as a value.
    """

    title: str
    description: str
    sql: str


WITH_WORDS = "id in (select value from json_each(ids_with_words(:{name})))"
"""Whether a row of a view is a response with words; the name is that of a parameter."""

QUERIES = {
    "unanswered_questions": Query(
        "Unanswered questions",
        "Questions that are asked in a thread and that nobody has answered, the newest first.",
        """select post, lang, question, position, questions, generic, asked_at, forms_opened, url
from asked_questions
where responses = 0 and still_asked and question is not null
order by asked_at desc""",
    ),
    "newest_responses": Query(
        "Newest responses",
        "The last hundred responses.",
        """select created_at, post, lang, question, reader_name, text, source, highlighted, url
from all_responses
order by created_at desc
limit 100""",
    ),
    "one_discussion": Query(
        "One essay's discussion",
        "What was said about an essay, by question. slug is the essay's slug, or lang:slug.",
        """select question, reader_name, text, created_at, source, url
from responses_by_question
where :slug in (post, lang || ':' || post)""",
    ),
    "agreed_to_be_quoted": Query(
        "Readers who agreed to be quoted",
        "What may be quoted on the blog, with the name of who chose to be named: the last five "
        "hundred. quotable_responses has all.",
        """select agreed_at, name, text, question, post, lang, url
from quotable_responses
order by agreed_at desc
limit 500""",
    ),
    "what_moderators_did": Query(
        "What moderators did",
        "Threads started, held essays decided about, responses highlighted, answers, questions "
        "and threads taken away, the last first.",
        """select at, act, who, post, lang, question, thread, response
from moderator_acts
order by at desc""",
    ),
    "search_words": Query(
        "Search words",
        "Responses with all of these words, whatever their case and accents: the newest two "
        "hundred. all_responses finds all.",
        f"""select created_at, post, lang, question, reader_name, text, url
from all_responses
where {WITH_WORDS.format(name="words")}
order by created_at desc
limit 200""",  # noqa: S608  # no value in it
    ),
}
"""The queries, by their names."""
