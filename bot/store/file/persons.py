"""Where the database has a person's id, apart from the readers and what they wrote.

Whoever has everything of theirs deleted is in none of these places afterwards, and whoever adds a
column for such an id adds its place here: tests/meta holds it.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A column that has the id of a person.

    Attributes:
        keys: The row's primary key.
        guild: SQL for the guild of a row.
        stays: Whether the row stays without them, as what a moderator did stays done, by nobody;
            else it goes with them.
    """

    table: str
    column: str
    keys: tuple[str, ...]
    guild: str
    stays: bool

    @property
    def change(self) -> str:
        """SQL that forgets the persons of the rows that a condition after it chooses."""
        if self.stays:
            return f"update {self.table} set {self.column} = 0"  # noqa: S608  # our own names
        return f"delete from {self.table}"  # noqa: S608  # the same

    @property
    def forget(self) -> str:
        """SQL that forgets ``:person`` here, in ``:guild`` or, if that is null, everywhere."""
        where = f"{self.column} = :person and (:guild is null or ({self.guild}) = :guild)"
        return f"{self.change} where {where}"


_OF_CHANNEL = "select guild_id from channels where channels.id = {table}.channel_id"
_OF_PROMPT = """
select guild_id from prompts join publications on publications.id = publication_id
join channels on channels.id = channel_id where prompts.id = drafts.prompt_id
"""

PLACES = (
    Place("choices", "reader_id", ("id",), "guild_id", stays=False),
    Place("drafts", "reader_id", ("reader_id", "prompt_id"), _OF_PROMPT, stays=False),
    Place("nicknames", "reader_id", ("guild_id", "reader_id"), "guild_id", stays=False),
    Place("author_visits", "author_id", ("guild_id", "author_id"), "guild_id", stays=False),
    Place("responses", "linked_by", ("id",), "guild_id", stays=True),
    Place("responses", "hidden_by", ("id",), "guild_id", stays=True),
    Place("responses", "reviewed_by", ("id",), "guild_id", stays=True),
    Place(
        "highlights",
        "highlighted_by",
        ("response_id",),
        "select guild_id from responses where responses.id = highlights.response_id",
        stays=True,
    ),
    Place(
        "quote_requests",
        "asked_by",
        ("response_id",),
        "select guild_id from threads where threads.id = quote_requests.thread_id",
        stays=True,
    ),
    Place(
        "publications",
        "asked_by",
        ("id",),
        _OF_CHANNEL.format(table="publications"),
        stays=True,
    ),
    Place("holds", "decided_by", ("id",), _OF_CHANNEL.format(table="holds"), stays=True),
    Place(
        "decisions",
        "decided_by",
        ("channel_id", "essay_id"),
        _OF_CHANNEL.format(table="decisions"),
        stays=True,
    ),
    Place("audit", "actor_id", ("id",), "guild_id", stays=True),
    Place("audit", "subject_id", ("id",), "guild_id", stays=True),
    Place("follow_roles", "made_by", ("guild_id", "kind", "folded"), "guild_id", stays=True),
)
