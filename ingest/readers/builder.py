"""Builds the text of formats whose text the reader puts out, and its blocks with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from ingest.model import Block, BlockKind, Finding, Span
from ingest.numbering import printed_number, skip_debris


@dataclass(slots=True)
class Builder:
    """Collects paragraphs. Each stands on a line of its own; white space at its ends is dropped."""

    _pieces: list[str] = field(default_factory=list)
    _length: int = 0
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
    ) -> None:
        """Put a block; number, where given, is already printed at the start of the text.

        Without a number given, one typed at the start of the text is recognised. Blank text puts nothing.
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
        self.blocks.append(Block(order, Span(start, end), kind, start + content, number, level, page, address))

    def find(self, code: str, severity: str, message: str, question: str | None = None) -> None:
        """Note a loss or a doubt."""
        known = {"violation": "violation", "warning": "warning", "info": "info"}
        self.findings.append(Finding(code, known[severity], message, question))  # type: ignore[arg-type]

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


def renumbered(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The blocks with orders from 1."""
    return tuple(replace(block, order=order) for order, block in enumerate(blocks, 1))
