"""Prompts: closing questions that are asked together."""

import re
from collections.abc import Iterable

from bot.core.post import Prompt, Question

_CONTINUES = re.compile(
    r"[¿\W]*(?:or|oder|ou|o|u|of|veya|ya da|yoksa|или|либо|albo|lub|eller"
    r"|أو|أم|یا|ή|या|atau|або|чи)\b"
    r"|\W*(?:それとも|あるいは|还是|或者|抑或|還是|아니면|혹은)",
    re.IGNORECASE,
)


def prompts(questions: Iterable[Question]) -> tuple[Prompt, ...]:
    """Return the prompts that `questions` make, in order.

    A generic lead-in ("What do you think?") joins the question it leads to, and an "Or ...?" the
    one that it continues. A generic question at the end stands alone.
    """
    groups: list[list[Question]] = []
    for question in questions:
        is_led = bool(groups) and all(one.generic for one in groups[-1])
        if groups and (continues(question.text) or is_led):
            groups[-1].append(question)
        else:
            groups.append([question])
    return tuple(Prompt(tuple(group)) for group in groups)


def continues(text: str) -> bool:
    """Return whether a question begins with "or" in one of many languages."""
    return _CONTINUES.match(text) is not None
