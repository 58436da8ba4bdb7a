"""From lines to paragraphs: gaps, indents, sizes; what repeats on page after page is furniture."""

from __future__ import annotations

import itertools
import re
import statistics
from collections import defaultdict

from ingest.model import BlockKind
from ingest.readers.pdf_lines import Line
from ingest.readers.pdf_notes import name_notes
from ingest.readers.pdf_paragraph import Paragraph
from ingest.text.genre import genre
from ingest.text.numbering import printed_number

_LONGEST_HEAD = 110
_HEAD_SIZE = 0.9
"""Of the body's size: a running head is as small."""
_SLACK = 4.0
"""Points by which the place of a running head may differ from page to page."""
_STOPS = (".", ";", ":", "?", "!", "\u201d", '"')


def paragraphs(pages: list[list[Line]], heights: list[float]) -> list[Paragraph]:
    """The paragraphs of all pages in order; the furniture of a page after what begins on it."""
    furniture = _furniture(pages, heights)
    body = [[line for line in page if id(line) not in furniture] for page in pages]
    size = _body_size(body)
    result: list[Paragraph] = []
    for page, lines in zip(pages, body, strict=True):
        rest = _append(result, lines, size)
        result.extend(rest)
        result.extend(Paragraph([line], furniture[id(line)]) for line in page if id(line) in furniture)
    _name_headings(result, size)
    return result


def _body_size(pages: list[list[Line]]) -> float:
    """The height of the font that most characters are set in."""
    weights: dict[float, int] = defaultdict(int)
    for page in pages:
        for line in page:
            weights[round(line.size, 1)] += len(line.text)
    return max(weights, key=lambda size: (weights[size], size)) if weights else 10.0


def _furniture(pages: list[list[Line]], heights: list[float]) -> dict[int, BlockKind]:
    """The outermost lines of pages that recur at one height on several of them, and page numbers there."""
    edges = [edge for page, height in zip(pages, heights, strict=True) for edge in _edges(page, height)]
    places: dict[str, list[Line]] = defaultdict(list)
    for _, lines in edges:
        for line in lines:
            places[_alike(line)].append(line)
    needed = 2 if len(pages) <= 4 else 3
    size = _body_size(pages)
    found: dict[int, BlockKind] = {}
    for kind, lines in edges:
        for at, line in enumerate(lines):  # from the edge inwards, as far as they recur
            recurs = len({other.page for other in places[_alike(line)] if _same_place(line, other)}) >= needed
            numbered = genre().page_number.fullmatch(line.text.strip()) is not None
            inner = lines[at + 1] if at + 1 < len(lines) else None
            if not recurs and not numbered and not (kind == "header" and _is_running_head(line, inner, size)):
                break
            found[id(line)] = "page-number" if numbered or line.text.strip().isdigit() else kind
    return found


def _is_running_head(line: Line, inner: Line | None, size: float) -> bool:
    """Whether the first line of a later page is a head that recurs nowhere: small, no sentence, and set apart.

    inner is the next line at that edge, None where none is near.
    """
    if line.page == 1 or line.size > _HEAD_SIZE * size or line.text.rstrip().endswith((*_STOPS, ",")):
        return False
    return inner is None or inner.size <= _HEAD_SIZE * size or line.bottom - inner.top > 0.4 * size


def _edges(page: list[Line], height: float) -> list[tuple[BlockKind, list[Line]]]:
    """Up to four short lines at the top and four at the bottom of a page, from the edge inwards."""
    by_height = sorted(page, key=lambda line: -line.top)
    top = [line for line in by_height if line.bottom > 0.88 * height and len(line.text) <= _LONGEST_HEAD]
    foot = [line for line in reversed(by_height) if line.top < 0.12 * height and len(line.text) <= _LONGEST_HEAD]
    return [("header", top[:4]), ("footer", foot[:4])]


def _alike(line: Line) -> str:
    """The words of a line, whatever its numbers are."""
    return re.sub(r"\d+", "0", line.text.strip())


def _same_place(line: Line, other: Line) -> bool:
    return abs(line.bottom - other.bottom) <= _SLACK


def _append(before: list[Paragraph], lines: list[Line], size: float) -> list[Paragraph]:
    """The paragraphs of a page; its first lines may go on with the last paragraph of the page before."""
    if not lines:
        return []
    right = sorted(line.right for line in lines)[int(len(lines) * 0.85)]
    left = min(line.left for line in lines)
    leading = _leading(lines)
    found: list[Paragraph] = []
    for line in lines:
        last = found[-1] if found else next((old for old in reversed(before) if old.kind is None), None)
        if last is None or not last.lines:
            found.append(Paragraph([line]))
        elif (found and _goes_on(last.lines, line, right, left, leading)) or (
            not found and _runs_over(last.lines[-1], line)
        ):
            last.lines.append(line)
        else:
            found.append(Paragraph([line]))
    name_notes(found, size, lines)
    return found


def _leading(lines: list[Line]) -> float:
    """The usual distance between the bottoms of lines that follow each other."""
    steps = [
        before.bottom - line.bottom
        for before, line in itertools.pairwise(lines)
        if 0.5 * line.size < before.bottom - line.bottom < 2.5 * line.size
    ]
    return statistics.median_low(steps) if steps else 14.0


def _goes_on(lines: list[Line], line: Line, right: float, left: float, leading: float) -> bool:
    """Whether a line belongs to the paragraph above it."""
    last = lines[-1]
    step = last.bottom - line.bottom
    if step > 1.3 * max(leading, last.size) or step < 0.3 * line.size:
        return step < 0 and _runs_over(last, line) and line.left > last.left  # the next column
    if not 0.88 < line.size / last.size < 1.14 or (last.bold != line.bold and len(lines) == 1 and last.bold):
        return False
    printed = printed_number(line.text)
    if printed and printed.sure and not _is_wrapped_number(printed.text, last, right):
        return False
    if printed and line.left < last.left - 0.5 * line.size and len(lines) > 1:
        return False
    full = last.right > right - 0.12 * (right - left)
    if not full and not (line.text[:1].islower() and last.right > left + 0.3 * (right - left)):
        return False
    indented = line.left > last.left + 0.8 * line.size and len(lines) > 1
    return not (indented and last.text.rstrip().endswith(_STOPS))


def _is_wrapped_number(number: str, last: Line, right: float) -> bool:
    """ "… in section" / "4.1 of the": a number that only happens to begin a full line after no stop."""
    return (
        number[:1].isdigit()
        and not number.endswith(")")
        and last.right > right - 40
        and not last.text.rstrip().endswith((*_STOPS, ",", "-"))
        and last.text.rstrip()[-1:].isalpha()
    )


def _runs_over(last: Line, line: Line) -> bool:
    """Over the end of a column or page: no stop before, lower case after, the same size."""
    if not 0.9 < line.size / last.size < 1.1 or last.text.rstrip().endswith((".", ";", ":", "?", "!")):
        return False
    printed = printed_number(line.text)
    return line.text[:1].islower() and not (printed and printed.sure)


def _name_headings(found: list[Paragraph], size: float) -> None:
    """Larger than the body, or bold, short and without a stop: a heading; larger is higher."""
    heads = [paragraph for paragraph in found if paragraph.kind is None and _is_heading(paragraph, size)]
    sizes = sorted({round(paragraph.lines[0].size) for paragraph in heads}, reverse=True)
    for paragraph in heads:
        paragraph.kind = "heading"
        printed = printed_number(paragraph.text)
        numbered = len(printed.values) if printed and printed.style == "decimal" else 0
        paragraph.level = numbered or sizes.index(round(paragraph.lines[0].size)) + 1


def _is_heading(paragraph: Paragraph, size: float) -> bool:
    text = paragraph.text
    if len(text) > 250 or not any(char.isalpha() for char in text):
        return False
    larger = all(line.size > 1.15 * size for line in paragraph.lines)
    bold = all(line.bold for line in paragraph.lines)
    return larger or (bold and len(text) <= 160 and not text.rstrip().endswith((".", ";", ",")))
