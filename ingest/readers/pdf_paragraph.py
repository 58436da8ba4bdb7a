"""Lines of a PDF that belong together."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.model import BlockKind
from ingest.readers.pdf_lines import Line


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together. kind None leaves heading, item or paragraph to the outline."""

    lines: list[Line] = field(default_factory=list)
    kind: BlockKind | None = None
    level: int = 0

    @property
    def text(self) -> str:
        """The lines, one below the other."""
        return "\n".join(line.text for line in self.lines)
