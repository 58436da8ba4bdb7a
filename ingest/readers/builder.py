"""Builds the text of formats whose text the reader puts out, and its blocks with it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from ingest.model import Block, BlockKind, Finding, Severity, Span
from ingest.text.numbering import printed_number, skip_debris
from ingest.text.outline import Outline


@dataclass(slots=True)
class Builder:
    """Collects paragraphs. Each stands on a line of its own; white space at its ends is dropped."""

    _pieces: list[str] = field(default_factory=list)
    _length: int = 0
    _open: set[int] = field(default_factory=set)
    blocks: list[Block] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def add(
        self,
        kind: BlockKind,
        text: str,
        *,
        number: str | None = None,
        level: int = 0,
        page: int | None = None,
        address: str | None = None,
        settled: bool = True,
    ) -> None:
        """Put a block; number, where given, is already printed at the start of the text.

        Without a number given, one typed at the start of the text is recognised. Blank text puts nothing.
        settled False leaves it to `settle` to say whether this is a heading, an item or a paragraph.
        """
        text = text.strip()
        if not text:
            return
        if self._pieces:
            self._pieces.append("\n")
            self._length += 1
        start, end = self._length, self._length + len(text)
        content, number = _content(text, kind, number)
        self._pieces.append(text)
        self._length = end
        order = len(self.blocks) + 1
        if not settled:
            self._open.add(order)
        self.blocks.append(Block(order, Span(start, end), kind, start + content, number, level, page, address))

    def settle(self) -> None:
        """Look at all paragraphs, headings and items in their order, and say what the open ones are."""
        text = self.text()
        worded = [block for block in self.blocks if block.kind in {"paragraph", "heading", "item"}]
        shapes = Outline(text, [(block.span.start, block.span.end) for block in worded]).shapes()
        for block, shape in zip(worded, shapes, strict=True):
            if block.kind == "heading" and block.number is None and shape.number:
                self.blocks[block.order - 1] = replace(block, number=shape.number, content=shape.content)
            if block.order in self._open:
                number = block.number or shape.number
                content = shape.content if number == shape.number else block.content
                self.blocks[block.order - 1] = replace(
                    block, kind=shape.kind, level=shape.level, number=number, content=content
                )

    def find(self, code: str, severity: Severity, message: str, question: str | None = None) -> None:
        """Note a loss or a doubt."""
        self.findings.append(Finding(code, severity, message, question))

    def text(self) -> str:
        """The text as read."""
        return "".join(self._pieces)


def _content(text: str, kind: BlockKind, number: str | None) -> tuple[int, str | None]:
    begin = skip_debris(text, 0, len(text))
    if number is not None and text.startswith(number, begin):
        return skip_debris(text, begin + len(number), len(text)), number
    if kind in {"header", "footer", "page-number", "debris"}:
        return 0, None
    printed = printed_number(text)
    if printed is None or not printed.sure:
        return begin, None
    return printed.content, printed.text
