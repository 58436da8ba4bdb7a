"""Footnotes that a converter left in a paragraph: "… regions; ______ 1 Those in the annex. 2 that …"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, TypeAlias

Part: TypeAlias = Literal["words", "rule", "note"]

_RULE = re.compile(r"(?<=\s)_{5,}(?=\s+\d{1,2}\s+\S)|^_{5,}(?=\s+\d{1,2}\s+\S)")
_NEXT_NOTE = re.compile(r"(?<=[.;)a-z])\s+(?=(\d{1,2})\s+[\"\u201cA-Zh])")
_CLAUSE = re.compile(
    r"(?<=[.;)\w])\s+(?=(?:\d{1,2}|[a-z]\))\s+(?:that|to|the|in|of|on|for|whether|how|an?)\b|[a-z]\)\s)"
)


def split_notes(text: str, start: int, end: int) -> Iterator[tuple[int, int, Part]]:
    """The parts of a paragraph in order: its words, the rule, each footnote, the words that go on after them."""
    while rule := _RULE.search(text, start, end):
        if before := _trimmed(text, start, rule.start()):
            yield *before, "words"
        yield *rule.span(), "rule"
        note = rule.end()
        while text[note].isspace():
            note += 1
        following = _RULE.search(text, note + 3, end)
        limit = following.start() if following else end
        clause = _CLAUSE.search(text, note + 3, limit)
        yield from _notes(text, note, clause.start() if clause else limit)
        start = clause.end() if clause else limit
    if rest := _trimmed(text, start, end):
        yield *rest, "words"


def _notes(text: str, start: int, end: int) -> Iterator[tuple[int, int, Part]]:
    """The footnotes of one rule, each numbered one more than the last."""
    number = int(_digits(text, start))
    for match in _NEXT_NOTE.finditer(text, start + 3, end):
        if int(match[1]) == number + 1:
            yield start, match.start(), "note"
            start, number = match.end(), number + 1
    if last := _trimmed(text, start, end):
        yield *last, "note"


def _digits(text: str, start: int) -> str:
    return re.match(r"\d*", text[start : start + 4]).group()  # type: ignore[union-attr]  # matches nothing too


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None
