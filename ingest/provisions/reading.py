"""One pass over the blocks of an instrument: its heads, and the clauses that each governs.

A head alone, or hanging on the end of the paragraph before, governs the clauses up to the next head; a verb that
leads a paragraph governs that paragraph and its items. Numbers that follow one another inside a paragraph split it.
The text ends at an annex, at a heading that no head follows, or after a full stop that no clause follows up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from ingest.provisions.clauses import Clause, Defect, Instrument
from ingest.provisions.grammar import grammar
from ingest.provisions.heads import Head, addressed, ending, inside, leading, read_head, run_on
from ingest.provisions.joining import Paragraph, goes_on, is_stray
from ingest.provisions.nesting import Nesting, Open
from ingest.provisions.numerals import Numeral, split_inline
from ingest.provisions.quoting import quoted
from ingest.rulebook import rules
from ingest.text import CleanBlock

_NUMBER = re.compile(r"[ ,]*(?P<number>\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})(?:\)|\.)?)\s+(?=\S)")
_SURE_NUMBER = re.compile(r"\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\.?$")


@cache
def _form(table: str, name: str) -> re.Pattern[str]:
    return re.compile(rules("clauses")[table][name])


@dataclass(slots=True)
class Reader:
    """The state of one pass. style says how the head in force stands: alone, or leading its own clause."""

    text: str
    instrument: Instrument
    language: str | None = None
    head: Head | None = None
    style: Literal["alone", "leading"] = "alone"
    nesting: Nesting = field(default_factory=Nesting)
    article: bool = False
    """Whether the next clause is the first of an article; articles is whether the text is built of them."""
    articles: bool = False
    then: str | None = None
    """The number printed before the next block."""
    noted: bool = False
    """A footnote broke off before: the number of the next block belongs to its last words."""
    closed: bool = False
    """A full stop ended the last clause: only a head or the next number goes on."""

    def read(self, blocks: Sequence[CleanBlock]) -> None:
        """Read the blocks up to the end of the text."""
        apart = quoted(self.text, blocks)
        for index, block in enumerate(blocks):
            self.then = blocks[index + 1].number if index + 1 < len(blocks) else None
            if block.order in apart and self.head is not None:
                if self.nesting.awaits:
                    self._extend(block.content, block.end)
            elif not self._block(block, blocks[index + 1 : index + 4]):
                return

    # --- blocks --------------------------------------------------------------------------------------------------

    def _block(self, block: CleanBlock, following: Sequence[CleanBlock]) -> bool:
        """Read one block; False when the instrument ended before it or in it."""
        words = self.text[block.content : block.end]
        if block.kind == "footnote":
            return self._footnote(block)
        if self._is_alone(block, words):
            return True
        stop = ending(words)
        if self.instrument.clauses and _form("ends", "signature").fullmatch(words.strip()):
            return False
        if stop == 0 and (self.instrument.clauses or block.kind == "heading"):
            return False
        if self._is_article(block, words):
            return True
        if block.kind == "heading" and (self.style == "alone" or not self._leads(block, words.strip())):
            return not self.instrument.clauses or self._goes_on_below(following)
        if not self._words(block, block.content + (stop or len(words)), following):
            return False
        if stop is not None:
            if words[stop:].strip() and stop:
                self._defect("run-on-heading", block.content + stop, block.end)
            return stop == 0
        return True

    def _is_alone(self, block: CleanBlock, words: str) -> bool:
        """Take a head that has its line to itself; one with a number is a clause that opens a list."""
        if block.number:
            return False
        spoken = _form("enacting", "subject").match(words)
        head = read_head(words, self.language)
        if head is None and spoken:
            head = read_head(words[spoken.end() :], self.language)
        if head is None or (not head.operative and self._is_decided() and block.kind != "heading" and self.nesting.open
                            and self.style == "leading"):  # fmt: skip
            return False
        self._take(head, "alone")
        return True

    def _is_decided(self) -> bool:
        return self.head is not None and self.head.operative

    def _is_article(self, block: CleanBlock, words: str) -> bool:
        if not self._is_decided() or len(words) > 120:
            return False
        found = _form("article", "regex").fullmatch(self.text[block.start : block.end].strip())
        if found is None:
            return False
        self.article, self.articles, self.closed, self.nesting = True, True, False, Nesting()
        return True

    def _goes_on_below(self, following: Sequence[CleanBlock]) -> bool:
        """Whether a head stands close below a heading, so that the heading only divides the text."""
        if self.articles:
            return True
        for block in following:
            words = self.text[block.content : block.end].strip()
            if read_head(words, self.language) or (self.style == "leading" and self._leads(block, words)):
                return True
        return False

    def _footnote(self, block: CleanBlock) -> bool:
        words = self.text[block.content : block.end].rstrip()
        self.noted = bool(_form("reference", "tail").search(words))
        hanging = run_on(words, self.language)
        if hanging is not None:
            self._take_hanging(hanging.moved(block.content), block.end)
        return True

    def _words(self, block: CleanBlock, end: int, following: Sequence[CleanBlock]) -> bool:
        """Read a paragraph or item; False when the instrument ended before it."""
        begin = block.content
        lead = self._leads(block, self.text[begin:end].strip())
        spoken = None if lead else _form("enacting", "subject").match(self.text, begin, end)
        if spoken and (lead := leading(self.text[spoken.end() : end].rstrip(), self.language)):
            self._spoken(block, lead.moved(spoken.end()), end)
            return True
        if lead is not None:
            shift = len(self.text[begin:end]) - len(self.text[begin:end].lstrip())
            self._leading(block, lead.moved(begin + shift), end)
            return True
        return self._governed(block, end, following)

    def _spoken(self, block: CleanBlock, lead: Head, end: int) -> None:
        """Read the line in which a body speaks: "The Board, having considered the report, decides to …"."""
        stop = len(self.text[:end].rstrip(" :"))
        hanging = None if lead.operative else run_on(self.text[lead.end : stop], self.language)
        heads = list(inside(self.text, lead.end, end, self.language, operative=True)) if hanging is None else []
        if lead.operative or (hanging is None and not heads):
            self._leading(block, lead, end, always=True)
            return
        last = hanging.moved(lead.end) if hanging else heads[0]
        self._leading(block, lead, last.start, always=True)
        self._take(last, "alone")
        if hanging is None:
            self._governed_from(block, last.end, end)

    # --- heads ---------------------------------------------------------------------------------------------------

    def _take(self, head: Head, style: Literal["alone", "leading"]) -> None:
        self.head, self.style, self.nesting, self.closed = head, style, Nesting(), False

    def _take_hanging(self, head: Head, end: int) -> None:
        self._defect("run-on-heading", head.start, end)
        self._take(head, "alone")

    def _defect(self, code: str, start: int, end: int) -> None:
        words = " ".join(self.text[start:end].split())
        self.instrument.defects.append(Defect(code, start, end, words))

    def _leads(self, block: CleanBlock, words: str) -> Head | None:
        """The verb with which a paragraph begins, where it governs it; None where the words belong to a head above."""
        head = leading(words, self.language)
        if head is None or self.articles:
            return None
        forms = grammar(self.language)
        strict = head.addressee is not None or forms.asked.match(words, head.end) is not None
        if not head.operative:
            above = self.style == "alone" and self.head is not None and bool(block.number)
            told = words.endswith(".") and self.head is None
            return None if above or self._is_decided() or told else head
        if self.style == "alone" and self.head is not None and self.nesting.open:
            return head if strict else None
        if self.style == "alone" and self.head is not None:
            return head if strict and words[:1].isupper() else None
        return head if strict or words[:1].isupper() else None

    def _leading(self, block: CleanBlock, head: Head, end: int, *, always: bool = False) -> None:
        """Take a verb that leads a paragraph; the clause begins with it, unless a number follows it."""
        inner = _NUMBER.match(self.text, head.end, end)
        if inner and (_SURE_NUMBER.search(inner["number"]) or self._opens(inner.end())):
            self._take(head, "alone")
            self._clauses(block, inner.end(), end, inner["number"])
            return
        nested = block.number and self.nesting.open and not always
        number = self.nesting.numeral(block.number)
        keep = self.nesting if nested and self.style == "leading" and self._same_list(number) else Nesting()
        self._take(head, "leading")
        self.nesting = keep
        self._clauses(block, head.start, end, block.number)

    def _opens(self, at: int) -> bool:
        """Whether what somebody is asked begins there: "to …", "that …"."""
        return grammar(self.language).opens.match(self.text, at) is not None

    def _same_list(self, number: Numeral | None) -> bool:
        last = self.nesting.last()
        return self.nesting.expects(number) or (number is not None and last is not None and last.awaits)

    # --- clauses -------------------------------------------------------------------------------------------------

    def _governed(self, block: CleanBlock, end: int, following: Sequence[CleanBlock]) -> bool:
        """Read a paragraph under the head in force; heads inside it and at its end take over."""
        if self.head is not None and self.closed and not self._is_next(block):
            goes_on = not self._is_decided() or self._goes_on_below(following)
            if goes_on:
                self._extend(block.content, end)
            return goes_on
        hanging = run_on(self.text[block.content : end].rstrip(), self.language) if not self.articles else None
        stop = block.content + hanging.start if hanging else end
        broken, self.noted = self.noted and bool(block.number), False
        if self.head is not None:
            self._governed_from(block, block.content, stop, block.number, broken=broken)
        if hanging is not None:
            self._take_hanging(hanging.moved(block.content), end)
        return True

    def _governed_from(
        self, block: CleanBlock, start: int, stop: int, printed: str | None = None, *, broken: bool = False
    ) -> None:
        """The clauses in a stretch of a block, those of the head in force and those of heads inside it.

        broken: the words up to the first head inside belong to a footnote.
        """
        for head in self._inside(start, stop):
            if not broken:
                self._clauses(block, start, head.start, printed)
            broken = False
            self._take_hanging(head, head.end)
            number = _NUMBER.match(self.text, head.end, stop)
            start, printed = head.end, None
            if number and self._opens(number.end()):
                start, printed = number.end(), number["number"]
        if not broken:
            self._clauses(block, start, stop, printed)

    def _inside(self, start: int, stop: int) -> list[Head]:
        if self.style == "leading" or self.articles or self.head is None:
            return []
        return list(inside(self.text, start, stop, self.language, operative=self.head.operative))

    def _is_next(self, block: CleanBlock) -> bool:
        return self.article or self.nesting.expects(self.nesting.numeral(block.number))

    def _clauses(self, block: CleanBlock, start: int, stop: int, printed: str | None) -> None:
        start += len(self.text[start:stop]) - len(self.text[start:stop].lstrip(" ,:"))
        if (
            printed is None
            and (typed := _NUMBER.match(self.text, start, stop))
            and (_SURE_NUMBER.search(typed["number"]) or self._opens(typed.end()))
        ):
            printed, start = typed["number"], typed.end()
        now = self.nesting.numeral(printed)
        said = Paragraph(self.text[start:stop], now, is_item=block.kind == "item", closed=self.closed)
        begins = self.article or self.nesting.last() is None
        if is_stray(said, self.nesting, within=begins or self.articles):
            return
        if not begins and goes_on(said, self.nesting, self.language):
            self._extend(block.start if now else start, stop)
            return
        self.article = False
        outer = self.nesting.numbers() if now is not None and now.values else ()
        pieces = split_inline(self.text, start, stop, now, outer=outer, then=self.then)
        for index, (number, begin, end) in enumerate(pieces):
            written = printed if index == 0 else number.printed if number else None
            level = block.level + (index > 0 and number is not None and number.begins)
            self._add(number, written, begin, end, block, level)
            if index:
                self._defect("merged-provisions", begin, _trimmed(self.text, begin, end))
        self.closed = self._ends_in_stop(stop)

    def _extend(self, start: int, stop: int) -> None:
        if not self.instrument.clauses:
            return
        clause = self.instrument.clauses[-1]
        clause.end = _trimmed(self.text, start, stop)
        self._reopen(clause)
        self.closed = self._ends_in_stop(stop)

    def _reopen(self, clause: Clause) -> None:
        if self.nesting.open and self.nesting.open[-1].position == clause.position:
            last = self.nesting.open.pop()
            self.nesting.open.append(Open(last.number, last.level, last.position, self._end(clause)))

    def _ends_in_stop(self, stop: int) -> bool:
        end = _trimmed(self.text, 0, stop)
        return self.text[end - 1 : end] == "."

    def _end(self, clause: Clause) -> str:
        """The end of a clause's words, without a footnote's mark and without the space before a French colon."""
        words = self.text[max(clause.start, clause.end - 80) : clause.end].rstrip("\u00b9\u00b2\u00b3\u2070\u2074")
        return re.sub(r" (?=[;:]$)", "", re.sub(r"(?<=[;:,.])\d{1,2}$", "", words))

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


def _trimmed(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end
