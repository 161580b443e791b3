"""Reads the signs that generators and note apps add to Markdown, each dialect in a module."""

from markdown_it import MarkdownIt

from bot.core.markup.dialects.admonitions import admonitions_plugin
from bot.core.markup.dialects.attributes import attributes_plugin
from bot.core.markup.dialects.containers import containers_plugin
from bot.core.markup.dialects.definitions import definitions_plugin
from bot.core.markup.dialects.formulas import formulas_plugin
from bot.core.markup.dialects.highlights import highlights_plugin
from bot.core.markup.dialects.obsidian import obsidian_plugin
from bot.core.markup.dialects.superscripts import superscripts_plugin
from bot.core.markup.dialects.tags import tags_plugin

CORE_RULES = (
    "last_line",
    "preserved",
    "admonitions",
    "attributes",
    "containers",
    "callouts",
    "block_ids",
)
"""The rules of the dialects that change text before, or blocks after they are read."""


def dialects_plugin(md: MarkdownIt) -> None:
    """Teach a parser every dialect."""
    for plugin in (
        definitions_plugin,
        formulas_plugin,
        obsidian_plugin,
        admonitions_plugin,
        containers_plugin,
        attributes_plugin,
        highlights_plugin,
        superscripts_plugin,
        tags_plugin,
    ):
        md.use(plugin)
