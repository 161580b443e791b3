"""Checks of the body that makes a role."""

from __future__ import annotations

from bot.sandbox.validation.body import Check, anything, maybe, number, snowflake, text, truth

ROLE: dict[str, Check] = {
    "name": maybe(text(100, 1)),
    "permissions": maybe(snowflake),  # a number, in a string or not
    "color": maybe(number(0, 0xFFFFFF)),
    "colors": anything,
    "hoist": maybe(truth),
    "mentionable": maybe(truth),
    "icon": anything,
    "unicode_emoji": maybe(text(100)),
}
