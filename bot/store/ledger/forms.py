"""How often the form of a prompt was opened. Nobody's name is kept with it."""

from sqlite_utils import Database


def count_opened(db: Database, prompt_id: int) -> None:
    """Count that somebody opened a prompt's form."""
    db.execute(
        "insert into forms_opened (prompt_id, count) select id, 1 from prompts where id = ? "
        "on conflict (prompt_id) do update set count = count + 1",
        [prompt_id],
    )
