"""Writes the tree as blocks of Discord's markup."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from bot.core.markup.runs import Mark, Run, plain_text
from bot.core.markup.tree import Node
from bot.core.markup.writing.blocks import Block, BlockKind, Note
from bot.core.markup.writing.resolving import FindNote, Resolver, on_one_line
from bot.core.markup.writing.superscripts import raised
from bot.core.markup.writing.tables import is_grid, monospaced

DEEPEST_HEADING = 3
SECTION_BREAK = "⁂"
_LANGUAGE = re.compile(r"[a-z0-9-]{1,30}", re.IGNORECASE)
_LANGUAGES = {"c++": "cpp", "c#": "cs", "f#": "fsharp", "objective_c": "objectivec"}


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a block stands: what `Block` has of it, and how the blocks behind it stand.

    Attributes:
        bullet: What opens the item that holds the quote, if nothing has yet.
        tight: Whether its blocks stand without empty lines between them, as in a list.
    """

    lead: str = ""
    indent: str = ""
    quote: int = 0
    margin: str = ""
    bullet: str = ""
    gap: int = 2
    tight: bool = False

    def after_first(self) -> "_Place":
        """Where the next block stands, once this one is written."""
        gap = 1 if self.tight else 2
        if self.lead == self.indent and not self.bullet and self.gap == gap:
            return self
        return replace(self, lead=self.indent, bullet="", gap=gap)


class Writer:
    """Turns a tree into blocks, and notes what Discord cannot show.

    Attributes:
        line: Of the source, where it is.

    Args:
        address: The post's, for relative links; None leaves them out.
        find_note: Follows wikilinks; None leaves them out.
    """

    def __init__(self, address: str | None, find_note: FindNote | None = None) -> None:
        self.blocks: list[Block] = []
        self.line: int | None = None
        self._notes: list[Note] = []
        self._resolver = Resolver(address, find_note)
        self._quotes = 0

    @property
    def notes(self) -> list[Note]:
        """What was changed or dropped so far."""
        return self._notes + self._resolver.notes

    def write(self, root: Node) -> None:
        """Write a whole document."""
        self._write_children(root, _Place())

    def _write_children(self, node: Node, place: _Place) -> None:
        for child in _gathered(node.children):
            count = len(self.blocks)
            if isinstance(child, Node):
                self._write_node(child, place)
            else:
                self._write_text(child, node, place)
            if len(self.blocks) > count:
                place = place.after_first()

    def _write_node(self, node: Node, place: _Place) -> None:
        self.line = node.line or self.line
        match node.kind:
            case "heading":
                self._write_heading(node, place)
            case "list":
                self._write_list(node, place)
            case "quote":
                self._write_quote(node, place)
            case "code":
                self._write_code(node, place)
            case "table":
                self._write_table(node, place)
            case "rule":
                self._write_rule(node, place)
            case "term":
                self._write_heading(replace(node, level=DEEPEST_HEADING + 1), place)
            case "caption":
                self._write_text(node.runs(), node, place, kind="small")
            case "footnote":
                self._write_footnote(node, place)
            case _:
                self._write_children(node, place)

    def _write_text(
        self, runs: Iterable[Run], node: Node, place: _Place, kind: BlockKind = "text"
    ) -> None:
        resolved = self._resolver.resolve(runs, node.line)
        if not resolved:
            return
        if kind == "small":
            resolved = on_one_line(resolved)
            place = replace(place, lead=place.lead + "-# ", gap=1)
        elif place.lead != place.indent:
            kind = "item"
        self._add(Block(kind, tuple(resolved), line=node.line), place)

    def _add(self, block: Block, place: _Place) -> None:
        gap = place.gap
        before = self.blocks[-1] if self.blocks else None
        if before and (before.quote == place.quote) and block.kind != "heading":
            is_list = block.kind == "item" and before.kind == "text" and not before.indent
            if before.kind == "heading" or "code" in {before.kind, block.kind} or is_list:
                gap = 1
        self.blocks.append(
            replace(
                block,
                lead=place.lead,
                indent=place.indent,
                quote=place.quote,
                margin=place.margin,
                bullet=place.bullet,
                gap=gap,
            )
        )

    def _write_heading(self, node: Node, place: _Place) -> None:
        if place.indent:
            self._write_text(_strong(on_one_line(node.runs())), node, place)
            return
        runs = on_one_line(node.runs())
        if node.level > DEEPEST_HEADING:
            runs = _strong(runs)
            if node.kind == "heading":
                self._note(
                    node, "heading", "A heading is a bold line, because Discord has three levels."
                )
        else:
            place = replace(place, lead="#" * node.level + " ")
        if resolved := self._resolver.resolve(runs, node.line):
            if self.blocks and self.blocks[-1].kind == "rule":
                self.blocks.pop()  # the heading divides well enough
            self._add(Block("heading", tuple(resolved), line=node.line), place)

    def _write_list(self, node: Node, place: _Place) -> None:
        number = node.level
        for child in _gathered(node.children):
            if not isinstance(child, Node):
                self._write_text(child, node, place)
                continue
            if child.kind != "item":
                self._write_node(child, place)
                place = replace(place, gap=1) if child.kind == "term" else place
                continue
            marker = f"{number}. " if node.is_ordered else "- "
            indent = place.indent + " " * len(marker)
            inner = replace(place, lead=place.indent + marker, indent=indent, tight=True)
            self._write_children(child, inner)
            place = place if place.gap == 1 else replace(place, gap=1)
            number += 1

    def _write_quote(self, node: Node, place: _Place) -> None:
        if place.quote:
            self._note(node, "quote", "A quote in a quote is one, because Discord has one level.")
            self._write_children(node, place)
            return
        self._quotes += 1
        self._write_children(
            node,
            replace(
                place,
                quote=self._quotes,
                margin=place.indent,
                bullet=place.lead if place.lead != place.indent else "",
                lead="",
                indent="",
                tight=False,
            ),
        )

    def _write_code(self, node: Node, place: _Place) -> None:
        code = node.code.strip("\n").rstrip()
        if not code:
            return
        if "```" in code:
            code = code.replace("```", "`\u200b`\u200b`")
            self._note(
                node,
                "code",
                "Three backticks in code are kept apart, because Discord ends the block at them.",
            )
        language = _LANGUAGES.get(node.language.lower(), node.language)
        if not _LANGUAGE.fullmatch(language):
            language = ""
        self._add(Block("code", code=code, language=language, line=node.line), place)

    def _write_rule(self, node: Node, place: _Place) -> None:
        if self.blocks and self.blocks[-1].kind not in {"heading", "rule"}:
            self._add(Block("rule", (Run(SECTION_BREAK),), line=node.line), place)

    def _write_footnote(self, node: Node, place: _Place) -> None:
        runs = [Run(raised(str(node.level)) + " "), *node.runs()]
        self._write_text(runs, node, place, kind="small")

    def _write_table(self, node: Node, place: _Place) -> None:
        if not is_grid(node):
            self._write_children(node, place)
            return
        rows = [
            [self._resolver.resolve(cell.runs(), node.line) for cell in row.nodes()]
            for row in node.nodes()
        ]
        texts = [[plain_text(cell).replace("\n", " ") for cell in row] for row in rows]
        right = {n for row in node.nodes() for n, cell in enumerate(row.nodes()) if cell.is_right}
        drawn = None if _has_links(rows) else monospaced(texts, right)
        if drawn is not None:
            self._add(Block("code", code=drawn, line=node.line), place)
            return
        self._note(node, "table", "A wide table is shown as a list, because Discord has no tables.")
        head, *body = rows
        for row in body:
            lead = place.indent + "- "
            for number, cell in enumerate(row):
                title = head[number] if number < len(head) else []
                runs = [*title, Run(": "), *cell] if title else cell
                if cell:
                    inner = replace(place, lead=lead, indent=place.indent + "  ")
                    self._add(Block("item", tuple(on_one_line(runs)), line=node.line), inner)
                    place = replace(place, gap=1)
                    lead = inner.indent

    def _note(self, node: Node, subject: str, message: str) -> None:
        self._notes.append(Note(node.line, subject, message))


def _gathered(children: Iterable[Node | Run]) -> Iterator[Node | list[Run]]:
    """Yield the blocks, and between them the text that stands in no paragraph."""
    for _, group in groupby(children, key=lambda child: isinstance(child, Run)):
        together = list(group)
        if runs := [child for child in together if isinstance(child, Run)]:
            yield runs
        else:
            yield from (child for child in together if isinstance(child, Node))


def _strong(runs: Sequence[Run]) -> list[Run]:
    return [replace(run, marks=(Mark("strong"), *run.marks)) for run in runs]


def _has_links(rows: Sequence[Sequence[Sequence[Run]]]) -> bool:
    return any(run.link for row in rows for cell in row for run in cell)
