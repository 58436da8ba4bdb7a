"""Plain text: every character as it is; blocks from lines, or from runs of lines where lines are wrapped."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from itertools import pairwise
from pathlib import Path

from ingest.model import Block, BlockKind, Reading, Span
from ingest.readers.decode import decode
from ingest.readers.notes import split_notes
from ingest.text.genre import genre
from ingest.text.numbering import printed_number, skip_debris
from ingest.text.outline import Outline, Shape

_LINE = re.compile(r"[^\n\r\f\v\x1c-\x1e\x85\u2028\u2029]+")
_NARROW = 120


def blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a plain text."""
    lines = [span for match in _LINE.finditer(text) if (span := _trimmed(text, *match.span()))]
    spans = [(part[0], part[1]) for span in _paragraphs(text, lines) for *part, _ in split_notes(text, *span)]
    shapes = Outline(text, spans).shapes()
    feeds = [match.start() for match in re.finditer("\f", text)]
    heads = _running_heads(text, spans, shapes, feeds)
    result: list[Block] = []
    for at, ((start, end), shape) in enumerate(zip(spans, shapes, strict=True)):
        page = bisect_right(feeds, start) + 1 if feeds else None
        kind: BlockKind = heads.get(at, shape.kind)
        if at in heads:
            shape = Shape(kind, start)
        result.append(Block(at + 1, Span(start, end), kind, shape.content, shape.number, shape.level, page))
    return tuple(result)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None


def _paragraphs(text: str, lines: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The lines themselves, or what wrapped lines make together."""
    width = _wrapped_width(text, lines)
    if not width:
        return lines
    spans = lines[:1]
    for before, here in pairwise(lines):
        if _begins_paragraph(text, before, here, width):
            spans.append(here)
        else:
            spans[-1] = (spans[-1][0], here[1])
    return spans


def _adjacent(text: str, before: tuple[int, int], here: tuple[int, int]) -> bool:
    """Whether no blank line and no page break stands between."""
    between = text[before[1] : here[0]]
    return "\f" not in between and between.replace("\r\n", "\n").count("\n") + between.count("\r") <= 1 + between.count(
        "\r\n"
    )


def _wrapped_width(text: str, lines: list[tuple[int, int]]) -> int:
    """The width to which lines are wrapped, or 0: lines are paragraphs."""
    sizes = sorted(end - start for start, end in lines)
    if len(sizes) < 4 or sizes[-1] > _NARROW:
        return 0
    width = sizes[int(len(sizes) * 0.9)]
    pairs = [pair for pair in pairwise(lines) if _adjacent(text, *pair)]
    full = [pair for pair in pairs if pair[0][1] - pair[0][0] >= 0.75 * width]
    runs_on = sum(text[here[0]].islower() for _, here in full)
    return width if width >= 45 and len(full) >= 2 and runs_on >= 0.35 * len(full) else 0


def _begins_paragraph(text: str, before: tuple[int, int], here: tuple[int, int], width: int) -> bool:
    if not _adjacent(text, before, here):
        return True
    words, last = text[here[0] : here[1]], text[before[0] : before[1]]
    if any(_stands_alone(line) for line in (words, last)):
        return True
    printed = printed_number(text, *here)
    if (
        printed
        and printed.sure
        and not (printed.style == "decimal" and last[-1:] not in ".;:,?!" and len(last) > 0.75 * width)
    ):
        return True
    return len(last) < 0.6 * width and not words[:1].islower()


def _stands_alone(line: str) -> bool:
    return bool(genre().is_rule(line) or genre().page_number.fullmatch(line))


def _running_heads(
    text: str, spans: list[tuple[int, int]], shapes: list[Shape], feeds: list[int]
) -> dict[int, BlockKind]:
    """Short lines that recur (but for digits) beside page breaks or page numbers, three times or more."""
    edges = {at for at, shape in enumerate(shapes) if shape.kind == "page-number"}
    for feed in feeds:
        at = bisect_right(spans, (feed, feed))
        edges |= {at - 1, at}
    edges |= {0, len(spans) - 1}
    near = {at + step for at in edges for step in (-1, 0, 1)}
    found: dict[str, list[int]] = {}
    for at, (start, end) in enumerate(spans):
        if at in near and end - start <= 100 and text[end - 1] not in ".;:," and shapes[at].kind != "page-number":
            words = text[skip_debris(text, start, end) : end]
            found.setdefault(re.sub(r"\d+", "0", words), []).append(at)
    everywhere = Counter(re.sub(r"\d+", "0", text[start:end]) for start, end in spans)
    return {
        at: "header"
        for words, places in found.items()
        if len(places) >= 3 and len(places) * 2 > everywhere[words]
        for at in places
    }


def read(data: bytes, path: Path) -> Reading:
    """Read a plain text; the text is the decoded file, every character of it."""
    decoded = decode(data, path.name)
    return Reading("", "", decoded.text, blocks(decoded.text), encoding=decoded.encoding, findings=decoded.findings)
