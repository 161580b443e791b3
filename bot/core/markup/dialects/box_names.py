"""The names of boxes, for shortcodes, components and lines of colons alike."""


def names(text: str) -> frozenset[str]:
    """Return the names in a list with spaces between them."""
    return frozenset(text.split())


NOTICES = names(
    "abstract admonition alert aside attention bug callout caution check danger error example "
    "failure faq hint important info message note notice question seealso success summary tip tldr "
    "todo warn warning"
)
QUOTES = names("blockquote cite epigraph pullquote quote")
FOLDS = names(
    "accordion accordionitem card collapse collapsible details expand fold spoiler tab tabitem "
    "toggle"
)
