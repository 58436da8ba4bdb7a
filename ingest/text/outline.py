"""What each paragraph of a plain text is: heading, item, paragraph, footnote, page number or debris.

Formats that say so themselves (Word styles, HTML elements) do not come here; text dumps and PDF pages do.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from ingest.model import BlockKind
from ingest.text.genre import genre
from ingest.text.numbering import Printed, Style, printed_number, roman_value, skip_debris

_FINAL = (".", ";", ":", ",", "?", "!", "…", "\u3002", "\u061f")
_LONGEST_HEAD = 320
_LONGEST_PLAIN_HEAD = 90
_ITEM_STYLES: frozenset[Style] = frozenset({"bullet", "letter", "lower-roman", "bracket"})
_VERB = re.compile(
    r"\b(?:was|were|is|are|has|have|had|shall|will|would|should|may|can|could|noted|agreed|thanked|stated|approved|adopted|"
    r"decide[sd]|invite[sd]|instruct(?:s|ed)|request(?:s|ed)|resolve[sd]|recommend(?:s|ed)|propose[sd]|welcome[sd]|held)\b"
)
_QUOTED = re.compile('["\u201c\u201e\u00ab][^"\u201d\u00bb]{0,300}["\u201d\u00bb]?')
_MARK = re.compile(
    r"(?:[^\W\d_)\]\"][)\]\"]?[.,;]?|[)\]])(\d{1,2}|\[\d{1,2}\]|[\u00b9\u00b2\u00b3\u2070-\u2079]{1,2})(?!\w)"
)
_NOTE = re.compile(r"(\d{1,2}|\[\d{1,2}\]|[\u00b9\u00b2\u00b3\u2070-\u2079]{1,2})(?:\s+|(?=[^\W\d_]))(?=\S)")


@dataclass(frozen=True, slots=True)
class Shape:
    """What a paragraph is: its kind, level, number as printed, and where its words start."""

    kind: BlockKind
    content: int
    number: str | None = None
    level: int = 0


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    words: str
    printed: Printed | None


class Outline:
    """Follows the numbers of a document, one pass over all of its paragraphs."""

    def __init__(self, text: str, spans: list[tuple[int, int]]) -> None:
        self._text = text
        self._lines = [self._line(start, end) for start, end in spans]
        self._numbers = {(line.printed.style, line.printed.values) for line in self._lines if line.printed}
        self._marks = {match[1] for match in _MARK.finditer(text)}
        self._after_one = [at for at, line in enumerate(self._lines) if _follows_one(line)]
        self._open: list[tuple[str, tuple[int, ...]]] = []
        self._main: tuple[int, ...] = ()

    def shapes(self) -> list[Shape]:
        """A shape for each paragraph, in their order."""
        shapes: list[Shape] = []
        for at, line in enumerate(self._lines):
            shapes.append(self._shape(at, line, shapes[-1] if shapes else None))
        return shapes

    def _line(self, start: int, end: int) -> _Line:
        printed = printed_number(self._text, start, end)
        begin = printed.content if printed else skip_debris(self._text, start, end)
        return _Line(start, end, self._text[begin:end].strip(), printed)

    def _shape(self, at: int, line: _Line, before: Shape | None) -> Shape:
        begin = skip_debris(self._text, line.start, line.end)
        whole = self._text[begin : line.end].strip()
        if not whole or genre().is_rule(whole):
            return Shape("debris", line.start)
        if genre().page_number.fullmatch(whole):
            return Shape("page-number", line.start)
        if before and before.kind in {"debris", "footnote"} and (note := self._note(begin, line)):
            return note
        printed = self._settled(at, line)
        if printed is not None:
            return self._numbered(at, line, printed)
        if is_plain_head(whole):
            self._open.clear()
            return Shape("heading", begin, level=1)
        return Shape("paragraph", begin)

    def _note(self, begin: int, line: _Line) -> Shape | None:
        """A footnote under its rule: a bare number that also sticks to a word somewhere."""
        match = _NOTE.match(self._text, begin, line.end)
        if match is None:
            return None
        if match[1] not in self._marks:
            return None
        return Shape("footnote", match.end(), match[1].strip("[]"))

    def _settled(self, at: int, line: _Line) -> Printed | None:
        """The number of a line, where a bare one is believed only beside its neighbours."""
        printed = line.printed
        if printed is None or printed.sure:
            return printed
        value = printed.values[0]
        if printed.style != "decimal":
            near = [(printed.style, (value + step,)) for step in (-1, 1)]
            return printed if any(other in self._numbers for other in near) else None
        seen = [last for style, last in self._open if style == "decimal"] + [self._main]
        if any(last and last[0] == value - 1 for last in seen):
            return printed
        if value == 1 and self._is_borne_out(at):
            return printed
        return None

    def _is_borne_out(self, at: int) -> bool:
        """Whether a 2 or a 1.1 comes within forty lines after a bare 1."""
        following = bisect_right(self._after_one, at)
        return following < len(self._after_one) and self._after_one[following] <= at + 40

    def _numbered(self, at: int, line: _Line, printed: Printed) -> Shape:
        style, values = self._style(at, printed), printed.values
        if style in _ITEM_STYLES or (style == "decimal" and not self._goes_on(at, line, values)):
            sort = printed.text if style == "bullet" else style
            return Shape("item", printed.content, printed.text, self._depth(at, sort, values))
        level = max(1, len(values)) if style == "decimal" else 1
        if style == "decimal":
            self._main = values
        self._open.clear()
        if line.words[:1].islower():
            self._open.append((style, values))
            return Shape("item", printed.content, printed.text, level)
        if _is_numbered_head(line.words) and not self._leads_in(at):
            return Shape("heading", printed.content, printed.text, level)
        return Shape("paragraph", printed.content, printed.text)

    def _leads_in(self, at: int) -> bool:
        """Whether a long line is followed by an item in lower case: the rest of the sentence that it begins."""
        following = self._lines[at + 1] if at + 1 < len(self._lines) else None
        if len(self._lines[at].words.split()) <= 6:
            return False
        return bool(following and following.printed and following.words[:1].islower())

    def _style(self, at: int, printed: Printed) -> Style:
        """i), v), x) are letters in a list of letters, Roman numerals in a list of those."""
        if printed.style == "letter" and re.fullmatch(r"\(?[ivx]\)?", printed.text):
            for later in self._lines[at + 1 : at + 12]:
                if later.printed and later.printed.style in {"letter", "lower-roman"}:
                    if later.printed.style == "letter" and later.printed.values == (printed.values[0] + 1,):
                        return "letter"
                    if later.printed.values == (roman_value(printed.text.strip("()")) + 1,):
                        return "lower-roman"
                    break
            letters = [last for style, last in self._open if style == "letter"]
            if not any(last and last[0] == printed.values[0] - 1 for last in letters):
                return "lower-roman"
        return printed.style

    def _goes_on(self, at: int, line: _Line, values: tuple[int, ...]) -> bool:
        """Whether a decimal number carries the main numbering on; a fresh "1." inside a list does not."""
        if len(values) != 1 or not self._open or not self._main:
            return bool(values)
        if values[0] != self._main[0] + 1:
            return values[0] > self._main[0] and all(style != "decimal" for style, _ in self._open)
        in_list = [last[0] + 1 for style, last in self._open if style == "decimal" and last]
        if values[0] not in in_list:
            return True
        for later in self._lines[at + 1 : at + 4]:
            if later.printed and later.printed.values[:1] == values:
                return len(later.printed.values) > 1 or is_plain_head(line.words)
        return is_plain_head(line.words)

    def _depth(self, at: int, style: str, values: tuple[int, ...]) -> int:
        """The depth in the lists that are open: a style (or bullet) met before closes those inside it.

        Under an item that ends in a colon, another style opens a list within.
        """
        last = self._lines[at - 1] if at else None
        within = bool(self._open and last and last.printed and last.words.endswith(":"))
        if not (within and self._open[-1][0] != style):
            for depth, (open_style, _) in reversed(list(enumerate(self._open))):
                if open_style == style:
                    del self._open[depth:]
                    break
        self._open.append((style, values))
        return len(self._open)


def _follows_one(line: _Line) -> bool:
    """Whether a line is numbered 2 or 1.1, and so bears a bare "1" out."""
    printed = line.printed
    if printed is None or printed.style != "decimal":
        return False
    return printed.values == (2,) or printed.values[:2] == (1, 1)


def _is_numbered_head(words: str) -> bool:
    """Without a final stop, and without a verb outside quotations: a title, no statement."""
    if not words or len(words) > _LONGEST_HEAD or words.rstrip("\"'\u201d\u2019)").endswith(_FINAL):
        return False
    return not words[:1].islower() and not _VERB.search(_QUOTED.sub("", words))


def is_plain_head(words: str) -> bool:
    """A known head ("Action required by the Council"), or a line in capitals."""
    if len(words) > _LONGEST_PLAIN_HEAD or words.endswith((".", ";", ",", "?")):
        return False
    plain = re.sub(r"\s+", " ", words.rstrip(": ").lower())
    if plain in genre().heads:
        return True
    if any(plain.startswith(prefix + " ") for prefix in genre().head_prefixes) and len(plain.split()) <= 7:
        return not _VERB.search(plain)
    letters = [char for char in words if char.isalpha()]
    return len(letters) >= 6 and len(words.split()) >= 2 and all(char.isupper() for char in letters)
