"""The tree that Markdown and raw HTML are both read into."""

from dataclasses import dataclass, field
from typing import Literal

from bot.core.markup.runs import Mark, MarkKind, Run, RunKind

NodeKind = Literal[
    "document", "group", "paragraph", "heading", "list", "item", "quote", "code", "table", "row",
    "cell", "caption", "term", "rule", "notes", "footnote",
]  # fmt: skip

_DEEPEST = 50
"""Blocks in blocks of HTML and marks in marks; what lies deeper is text of the one around it."""

_HOLDS_LINES: frozenset[NodeKind] = frozenset({"paragraph", "heading", "term", "caption"})
"""Nodes that hold text only: a block that begins ends them."""


@dataclass(slots=True)
class Node:
    """A block of the essay.

    Attributes:
        level: Of a heading, or the number that a list starts with.
        is_ordered: Whether a list counts its items.
        is_right: Whether a cell's text stands at its right end, as numbers do.
        code: The text of a fence.
        language: Of a fence.
        line: Of the source, from 1.
        element: The HTML element it was read from; "" if it was read from Markdown.
        depth: How many marks were open when it began.
    """

    kind: NodeKind
    children: list["Node | Run"] = field(default_factory=list)
    level: int = 0
    is_ordered: bool = False
    is_right: bool = False
    code: str = ""
    language: str = ""
    line: int | None = None
    element: str = ""
    depth: int = 0

    def nodes(self) -> list["Node"]:
        """The blocks among its children."""
        return [child for child in self.children if isinstance(child, Node)]

    def runs(self) -> list[Run]:
        """All text in it and below it, in order."""
        found: list[Run] = []
        for child in self.children:
            if isinstance(child, Run):
                found.append(child)
            else:
                found += [Run("\n"), *child.runs(), Run("\n")]
        if self.code:
            found.append(Run(self.code, kind="code"))
        return found


class Builder:
    """Grows the tree from whatever opens and closes, in Markdown or in HTML.

    HTML closes only what HTML opened since the last Markdown block began, so that a stray
    ``</div>`` can end no list item.
    """

    def __init__(self) -> None:
        self.root = Node("document")
        self.line: int | None = None
        self._open = [self.root]
        self._marks: list[Mark] = []
        self._links = 0

    @property
    def current(self) -> Node:
        """The innermost open block."""
        return self._open[-1]

    @property
    def starts_item(self) -> bool:
        """Whether a list item has begun and nothing stands in it yet."""
        block = self.current
        if block.kind == "paragraph" and len(self._open) > 1 and not block.children:
            item = self._open[-2]
            return item.kind == "item" and len(item.children) == 1
        return False

    def open(self, node: Node) -> None:
        """Begin a block inside the innermost open one."""
        while self.current.kind in _HOLDS_LINES and self.current.element:
            self._pop()
        node.line = node.line or self.line
        node.depth = len(self._marks)
        if node.element and len(self._open) > _DEEPEST and not node.code:
            self.begin_piece()
            return
        self.current.children.append(node)
        self._open.append(node)

    def close(self, kind: NodeKind) -> None:
        """End the innermost Markdown block of a kind, and all that HTML left open in it."""
        while self.current.kind != kind or self.current.element:
            self._pop()
        self._pop()

    def close_element(self, *elements: str, within: frozenset[str] = frozenset()) -> None:
        """End the innermost block read from one of these elements, if there is one in reach.

        Args:
            within: Elements that bound the reach, such as the list of an item.
        """
        for node in reversed(self._open):
            if node.element in elements:
                while self.current is not node:
                    self._pop()
                self._pop()
                return
            if not node.element or node.element in within:
                return

    def add(self, text: str, kind: RunKind = "text", address: str = "") -> None:
        """Add text with the marks that are open."""
        if text or kind == "image":
            self.current.children.append(Run(text, tuple(self._marks), kind, address))

    def add_link(self, text: str, address: str, *, preview: bool = False) -> None:
        """Add a text that leads somewhere."""
        self.mark("link", address, preview=preview)
        self.add(text)
        self.unmark("link")

    def add_block(self, node: Node, text: str = "") -> None:
        """Add a block that holds a text and nothing else."""
        self.open(node)
        self.add(text)
        self.close_element(node.element)

    def begin_piece(self) -> None:
        """Keep what comes now apart from text that stands before it outside any paragraph."""
        block = self.current
        if (
            block.kind not in _HOLDS_LINES
            and block.children
            and isinstance(block.children[-1], Run)
        ):
            block.children.append(Node("group"))

    def mark(self, kind: MarkKind, address: str = "", *, preview: bool = False) -> None:
        """Open a mark; the same mark inside itself counts once."""
        if len(self._marks) >= _DEEPEST:
            return
        if kind == "link":
            self._links += 1
        number = self._links if kind == "link" else 0
        self._marks.append(Mark(kind, address, number, preview))

    def unmark(self, kind: MarkKind) -> None:
        """Close the innermost mark of a kind that was opened in this block."""
        for index in range(len(self._marks) - 1, self.current.depth - 1, -1):
            if self._marks[index].kind == kind:
                del self._marks[index]
                return

    def _pop(self) -> None:
        node = self._open.pop()
        del self._marks[node.depth :]
