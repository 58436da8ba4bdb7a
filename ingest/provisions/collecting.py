"""The clauses under the heads in force: where each begins and ends, its number, and which it is an item of."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Literal, TypeAlias

from ingest.provisions.clauses import Clause, Defect, Heading, Instrument
from ingest.provisions.grammar import grammar
from ingest.provisions.heads import Head, addressed
from ingest.provisions.joining import Paragraph, goes_on, is_stray
from ingest.provisions.nesting import Nesting, Open
from ingest.provisions.numerals import Numeral, split_inline
from ingest.rulebook import rules
from ingest.text import CleanBlock

Style: TypeAlias = Literal["alone", "leading"]
"""How a head stands: in a line of its own, or at the front of its clause."""

TYPED_NUMBER = re.compile(r"[ ,]*(?P<number>\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})(?:\)|\.)?)\s+(?=\S)")
_SURE_NUMBER = re.compile(r"\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\.?$")


@cache
def form(table: str, name: str) -> re.Pattern[str]:
    """A pattern of `clauses.toml`, compiled."""
    return re.compile(rules("clauses")[table][name])


@dataclass(slots=True)
class Collector:
    """What was read so far of one instrument, and the lists that are open."""

    text: str
    instrument: Instrument
    language: str | None = None
    head: Head | None = None
    style: Style = "alone"
    nesting: Nesting = field(default_factory=Nesting)
    article: bool = False
    """Whether the next clause is the first of an article; articles is whether the text is built of them."""
    articles: bool = False
    then: str | None = None
    """The number printed before the next block."""
    closed: bool = False
    """A full stop ended the last clause: only a head or the next number goes on."""

    @property
    def is_decided(self) -> bool:
        """Whether the operative part has begun."""
        return self.head is not None and self.head.operative

    def take(self, head: Head, style: Style) -> None:
        """A head that governs what comes next."""
        self.instrument.headings.append(Heading(head, style == "leading", len(self.instrument.clauses)))
        self.head, self.style, self.nesting, self.closed = head, style, Nesting(), False

    def take_hanging(self, head: Head, end: int) -> None:
        """A head that hangs on the end of another paragraph, or stands inside one."""
        self.defect("run-on-heading", head.start, end)
        self.take(head, "alone")

    def begin_article(self) -> None:
        """What comes next is the first clause of an article."""
        self.article, self.articles, self.closed, self.nesting = True, True, False, Nesting()

    def defect(self, code: str, start: int, end: int) -> None:
        """Note a defect that had to be repaired."""
        words = " ".join(self.text[start:end].split())
        self.instrument.defects.append(Defect(code, start, end, words))

    def opens(self, at: int) -> bool:
        """Whether what somebody is asked begins there: "to …", "that …"."""
        return grammar(self.language).opens.match(self.text, at) is not None

    def typed_number(self, at: int, stop: int) -> re.Match[str] | None:
        """A number in the words, where it is surely one: "1) the tides", "1 to wait", "1 pilots to wait"."""
        found = TYPED_NUMBER.match(self.text, at, stop)
        if found is None or _SURE_NUMBER.search(found["number"]) or self.opens(found.end()):
            return found
        return found if found["number"] == "1" and self._speaks_to(found.end(), stop) else None

    def _speaks_to(self, start: int, stop: int) -> bool:
        """Whether the words below a head that names nobody begin with those it speaks to."""
        if self.head is None or self.head.addressee is not None:
            return False
        return addressed(self.text, start, stop, self.head, self.language).addressee is not None

    def is_next(self, block: CleanBlock) -> bool:
        """Whether a paragraph begins an article, or its number goes on with a list that is open."""
        return self.article or self.nesting.expects(self.nesting.numeral(block.number))

    def same_list(self, number: Numeral | None) -> bool:
        """Whether a number goes on with an open list, or begins the one that the last clause awaits."""
        last = self.nesting.last()
        return self.nesting.expects(number) or (number is not None and last is not None and last.awaits)

    def clauses(self, block: CleanBlock, start: int, stop: int, printed: str | None) -> None:
        """The clauses in a stretch of a block: one, several that its numbers part, or the rest of the one before."""
        start += len(self.text[start:stop]) - len(self.text[start:stop].lstrip(" ,:"))
        if printed is None and (typed := self.typed_number(start, stop)):
            printed, start = typed["number"], typed.end()
        now = self.nesting.numeral(printed)
        said = Paragraph(self.text[start:stop], now, is_item=block.kind == "item", closed=self.closed)
        begins = self.article or self.nesting.last() is None
        if is_stray(said, self.nesting, within=begins or self.articles):
            return
        if not begins and goes_on(said, self.nesting, self.language):
            self.extend(block.start if now else start, stop)
            return
        self.article = False
        outer = self.nesting.numbers() if now is not None and now.values else ()
        pieces = split_inline(self.text, start, stop, now, outer=outer, then=self.then)
        for index, (number, begin, end) in enumerate(pieces):
            written = printed if index == 0 else number.printed if number else None
            level = block.level + (index > 0 and number is not None and number.begins)
            self._add(number, written, begin, end, block, level)
            if index:
                self.defect("merged-provisions", begin, _trimmed(self.text, begin, end))
        self.closed = self._ends_in_stop(stop)

    def extend(self, start: int, stop: int) -> None:
        """Words that belong to the clause read last."""
        if not self.instrument.clauses:
            return
        clause = self.instrument.clauses[-1]
        clause.end = _trimmed(self.text, start, stop)
        if self.nesting.open and self.nesting.open[-1].position == clause.position:
            last = self.nesting.open.pop()
            self.nesting.open.append(Open(last.number, last.level, last.position, self._end(clause)))
        self.closed = self._ends_in_stop(stop)

    def _add(
        self, number: Numeral | None, printed: str | None, start: int, end: int, block: CleanBlock, level: int
    ) -> None:
        stop = _trimmed(self.text, start, end)
        if start >= stop or self.head is None:
            return
        parent = self.nesting.parent(number, level)
        shown = None if number is not None and number.style == "bullet" else printed
        named = parent is not None or self.style == "leading"
        head = self.head if named else addressed(self.text, start, stop, self.head, self.language)
        clause = Clause(len(self.instrument.clauses) + 1, head, shown, start, stop, block.order, parent)
        self.instrument.clauses.append(clause)
        self.nesting.open.append(Open(number, level, clause.position, self._end(clause)))

    def _ends_in_stop(self, stop: int) -> bool:
        end = _trimmed(self.text, 0, stop)
        return self.text[end - 1 : end] == "."

    def _end(self, clause: Clause) -> str:
        """The end of a clause's words, without a footnote's mark and without the space before a French colon."""
        words = self.text[max(clause.start, clause.end - 80) : clause.end].rstrip("\u00b9\u00b2\u00b3\u2070\u2074")
        return re.sub(r" (?=[;:]$)", "", re.sub(r"(?<=[;:,.])\d{1,2}$", "", words))


def _trimmed(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end
