"""From a stretch of the cleaned copy to a mention in the text as read."""

from __future__ import annotations

from collections.abc import Mapping

from ingest.model import Mention, Span
from ingest.text import Clean


def mention(clean: Clean, kind: str, start: int, end: int, block: int, parts: Mapping[str, str]) -> Mention:
    """A mention of what stands at start to end of the cleaned copy.

    Its quote is the cleaned words until `find_all`, which has the text as read, puts the exact slice in.
    """
    return Mention(kind, clean.span(start, end), clean.text[start:end], block, dict(parts))


def place(clean: Clean, span: Span) -> tuple[int, int]:
    """Where a stretch of the text as read stands in the cleaned copy: start and end there, end excluded."""
    start, end = clean.clean_offset(span.start), clean.clean_offset(span.end - 1) + 1
    while start < end and clean.text[start].isspace():
        start += 1
    return start, end
