"""The lines of a PDF page with their places, from the characters that pdfium gives."""

from __future__ import annotations

import ctypes
import itertools
import re
import statistics
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pypdfium2 as pdfium
import pypdfium2.raw as c

from ingest.readers.marks import raised

_LINE = re.compile(r"[^\r\n\x02\ufffe]+[\x02\ufffe]?")
_DIGITS = re.compile(r"(?<=[^\W\d_])\d{1,2}(?!\d)|(?<=[)\]\"\u201d])\d{1,2}(?!\d)|(?<=[^\W\d_][.,;:])\d{1,2}(?!\d)")
"""Digits that may be a footnote's mark: behind a word, a bracket or quotation mark, or the stop of a word."""
_WIDE = 1.6  # a gap of so many font sizes is no word space


@dataclass(frozen=True, slots=True)
class Line:
    """A line as printed. left, right, top and bottom are in points from the page's lower left corner.

    size is the height of its first character's font box, bold whether it begins and ends in a bold font.
    """

    text: str
    page: int
    left: float
    right: float
    top: float
    bottom: float
    size: float
    bold: bool


class _Page:
    """One page's characters; boxes are asked for only where they matter, for each asking costs."""

    def __init__(self, textpage: pdfium.PdfTextPage) -> None:
        self._page = textpage
        self.text = textpage.get_text_range()
        self._same = len(self.text) == textpage.count_chars()
        self._box = c.FS_RECTF()
        self._name = ctypes.create_string_buffer(128)
        self._flags = ctypes.c_int()

    def _index(self, at: int) -> int:
        return at if self._same else int(c.FPDFText_GetCharIndexFromTextIndex(self._page, at))

    def box(self, at: int) -> tuple[float, float, float, float]:
        """Left, right, top, bottom of the font box of a character."""
        c.FPDFText_GetLooseCharBox(self._page, self._index(at), self._box)
        return self._box.left, self._box.right, self._box.top, self._box.bottom

    def is_bold(self, at: int) -> bool:
        """Whether a character's font says in its name or flags that it is bold."""
        c.FPDFText_GetFontInfo(self._page, self._index(at), self._name, 128, self._flags)
        return (
            b"bold" in self._name.value.lower()
            or b"black" in self._name.value.lower()
            or bool(self._flags.value & 0x40000)
        )


def page_lines(textpage: pdfium.PdfTextPage, number: int) -> list[Line]:
    """The lines of a page in reading order."""
    page = _Page(textpage)
    lines: list[Line] = []
    for match in _LINE.finditer(page.text):
        lines.extend(_line(page, number, match.group(), match.start()))
    return _in_columns(_merged(lines))


def _line(page: _Page, number: int, raw: str, offset: int) -> Iterator[Line]:
    """A line, or its pieces where gaps part it."""
    broken = raw[-1] in "\x02\ufffe"
    text = raw[:-1] + "-" if broken else raw
    first = len(text) - len(text.lstrip())
    here = first
    last = len(text.rstrip())
    if first >= last:
        return
    for gap in re.finditer(r"\s+", text[first:last]):
        start, end = gap.start() + first, gap.end() + first
        before, after = page.box(offset + start - 1), page.box(offset + end)
        if after[0] - before[1] > _WIDE * max(after[2] - after[3], before[2] - before[3], 1.0) * 0.8:
            yield _piece(page, number, text, here, start, offset)
            here = end
    yield _piece(page, number, text, here, last, offset)


def _piece(page: _Page, number: int, text: str, start: int, end: int, offset: int) -> Line:
    left, right, top, bottom = page.box(offset + start)
    tail = page.box(offset + end - 1) if end - start > 1 else (left, right, top, bottom)
    size = max(top - bottom, 0.1)
    words = text[start:end]
    for match in reversed(list(_DIGITS.finditer(words))):
        box = page.box(offset + start + match.start())
        if box[2] - box[3] < 0.8 * size:
            words = words[: match.start()] + raised(match.group()) + words[match.end() :]
    bold = page.is_bold(offset + start) and page.is_bold(offset + end - 1)
    return Line(words, number, left, max(right, tail[1]), max(top, tail[2]), min(bottom, tail[3]), size, bold)


def _same_height(one: Line, other: Line) -> bool:
    return min(one.top, other.top) - max(one.bottom, other.bottom) > 0.5 * min(one.size, other.size)


def _merged(lines: list[Line]) -> list[Line]:
    """Pieces put back: raised marks to the word before them, words after a number's tab to the number."""
    merged: list[Line] = []
    for line in lines:
        last = merged[-1] if merged else None
        near = last is not None and -1.0 <= line.left - last.right <= 0.35 * last.size
        if last and near and _same_height(last, line):
            small = line.size < 0.8 * last.size and line.text.isdigit()
            space = " " if line.left - last.right > 0.12 * last.size and not small else ""
            text = last.text + space + (raised(line.text) if small else line.text)
            merged[-1] = replace(last, text=text, right=max(last.right, line.right))
        elif last and _same_height(last, line) and line.left > last.right and _is_number(last.text):
            merged[-1] = replace(
                last, text=f"{last.text}\t{line.text}", right=line.right, bold=line.bold, size=max(last.size, line.size)
            )
        else:
            merged.append(line)
    return merged


def _is_number(text: str) -> bool:
    from ingest.text.numbering import printed_number

    printed = printed_number(f"{text}\t")
    return printed is not None and printed.text == text


def _in_columns(lines: list[Line]) -> list[Line]:
    """Left column before right, where the page prints two and pdfium gives them line by line."""
    rights = [
        line for before, line in itertools.pairwise(lines) if line.left > before.right and _same_height(before, line)
    ]
    if len(rights) < 6 or len(rights) < 0.3 * len(lines):
        return lines
    edge = statistics.median(line.left for line in rights)
    aligned = [line for line in rights if abs(line.left - edge) < 3]
    crossing = [line for line in lines if line.left < edge - 3 and line.right > edge + 3]
    if len(aligned) < 0.8 * len(rights) or len(crossing) > 0.3 * len(lines):
        return lines
    ordered: list[Line] = []
    left: list[Line] = []
    right: list[Line] = []
    for line in lines:
        if line in crossing:
            ordered += [*left, *right, line]
            left, right = [], []
        else:
            (right if line.left >= edge - 3 else left).append(line)
    return [*ordered, *left, *right]
