"""How often the form of a prompt was opened. Nobody's name is kept with it."""

from datetime import datetime

from sqlite_utils import Database

from bot.store.times import to_text


def count_opened(db: Database, prompt_id: int, at: datetime) -> None:
    """Count that somebody opened a prompt's form, and keep when the counting began.

    Args:
        at: Aware, by Discord's clock as the times of answers: those that came before are not of a
            form that was counted.
    """
    db.execute(
        "insert into forms_opened (prompt_id, count, since) "
        "select id, 1, ? from prompts where id = ? "
        "on conflict (prompt_id) do update set count = count + 1",
        [to_text(at), prompt_id],
    )
