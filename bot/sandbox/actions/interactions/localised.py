"""What a client shows of a command in its locale (docs/discord-facts.md#command-locales)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.sandbox.state.json_types import JSON

FALLBACK = {"en-US": "en-GB", "en-GB": "en-US", "es-419": "es-ES"}
"""Which locale a client looks at next; after that it shows the default."""


def in_locale(thing: JSON, locale: str) -> JSON:
    """Return a command with what a client of a locale shows: of its options and choices, too."""
    shown = dict(thing)
    for what in ("name", "description"):
        if what in thing:
            known = thing.get(f"{what}_localizations") or {}
            fallback = known.get(FALLBACK.get(locale, ""))
            shown[f"{what}_localized"] = known.get(locale) or fallback or thing[what]
    for inside in ("options", "choices"):
        if thing.get(inside):
            shown[inside] = [in_locale(each, locale) for each in thing[inside]]
    return shown
