"""One pass over the blocks of an instrument: its heads, and the clauses that each governs.

A head alone, or hanging on the end of the paragraph before, governs the clauses up to the next head; a verb that
leads a paragraph governs that paragraph and its items. Numbers that follow one another inside a paragraph split it.
The text ends at an annex, at a heading that no head follows, or after a full stop that no clause follows up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.provisions import unlisted
from ingest.provisions.clauses import Instrument
from ingest.provisions.collecting import TYPED_NUMBER, Collector, form
from ingest.provisions.grammar import grammar
from ingest.provisions.heads import Head, ending, inside, leading, read_head, run_on
from ingest.provisions.nesting import Nesting
from ingest.provisions.quoting import quoted
from ingest.text import CleanBlock

_LONGEST_SYMBOL = 60
"""Characters: what may stand before the title in a running head, white space included."""
_LONGEST_HEAD = 120
"""Characters: a line that is longer is no head by its form alone."""


class Reader:
    """The pass itself; what it reads it hands to a collector."""

    def __init__(self, text: str, instrument: Instrument, language: str | None = None) -> None:
        self.text = text
        self.instrument = instrument
        self.language = language
        self.found = Collector(text, instrument, language)
        title = text[slice(*instrument.title)] if instrument.title else ""
        self._title = " ".join(title.split()).casefold()
        self._enacted = False  # the last block named the body that speaks
        self._noted = False  # a footnote broke off before: the number of the next block belongs to its last words

    def read(self, blocks: Sequence[CleanBlock]) -> None:
        """Read the blocks up to the end of the text."""
        apart = quoted(self.text, blocks)
        for index, block in enumerate(blocks):
            self.found.then = blocks[index + 1].number if index + 1 < len(blocks) else None
            if block.order in apart and self.found.head is not None:
                if self.found.nesting.awaits:
                    self.found.extend(block.content, block.end)
            elif not self._block(block, blocks[index + 1 : index + 4]):
                return
            self._enacted = form("enacting", "regex").fullmatch(self.text[block.start : block.end].strip()) is not None

    # --- blocks --------------------------------------------------------------------------------------------------

    def _block(self, block: CleanBlock, following: Sequence[CleanBlock]) -> bool:
        """Read one block; False when the instrument ended before it or in it."""
        words = self.text[block.content : block.end]
        if block.kind == "footnote":
            return self._footnote(block)
        if self._repeats_title(block, words):
            return True
        if self._is_alone(block, words) or self._is_unlisted(block, words, following):
            return True
        stop = ending(words)
        if self.instrument.clauses and form("ends", "signature").fullmatch(words.strip()):
            return False
        if stop == 0 and (self.instrument.clauses or block.kind == "heading"):
            return False
        if self._is_article(block, words):
            return True
        if block.kind == "heading" and (self.found.style == "alone" or not self._leads(block, words.strip())):
            return not self.instrument.clauses or self._goes_on_below(following)
        if not self._words(block, block.content + (stop or len(words)), following):
            return False
        if stop is not None:
            if words[stop:].strip() and stop:
                self.found.defect("run-on-heading", block.content + stop, block.end)
            return stop == 0
        return True

    def _repeats_title(self, block: CleanBlock, words: str) -> bool:
        """Whether a line is a running head: the title again, with nothing before it but a symbol ("A/44/17 Tides")."""
        title = self._title
        if not title or block.number or not self.instrument.clauses or len(words) > len(title) + _LONGEST_SYMBOL:
            return False
        said = " ".join(words.split()).casefold()
        return said.endswith(title) and not re.search(r"[a-z]", words.strip()[: len(said) - len(title)])

    def _is_alone(self, block: CleanBlock, words: str) -> bool:
        """Take a head that has its line to itself; one with a number is a clause that opens a list."""
        if block.number:
            return False
        spoken, begin = form("enacting", "subject").match(words), block.content
        head = read_head(words, self.language)
        if head is None and spoken:
            head, begin = read_head(words[spoken.end() :], self.language), begin + spoken.end()
        if head is None or (not head.operative and self._is_told_in_list(block)):
            return False
        self.found.take(head.moved(begin), "alone")
        return True

    def _is_unlisted(self, block: CleanBlock, words: str, following: Sequence[CleanBlock]) -> bool:
        """Take a head whose verb no rule lists: it stands between two clauses, and what it governs begins below it."""
        if block.number or len(words) > _LONGEST_HEAD or not following or not self._is_due():
            return False
        found, below = self.found, following[0]
        number = Nesting().numeral(below.number)
        if not (number.begins if number else self.text[below.content : below.content + 1].islower()):
            return False
        head = None if found.is_decided else unlisted.alone(words, self.language, operative=False)
        if head is None and found.head is not None and (number is not None or found.opens(below.content)):
            head = unlisted.alone(words, self.language, operative=True)
            head = head if head and (found.is_decided or head.addressee) else None
        if head is not None:
            found.take(head.moved(block.content), "alone")
        return head is not None

    def _is_due(self) -> bool:
        """Whether a head may stand here: the clause before is complete, or none was read and no head waits for its."""
        found = self.found
        last = found.nesting.last()
        if found.head is None:
            return True
        return not found.articles and found.style == "alone" and last is not None and last.end.endswith((",", ";", "."))

    def _is_told_in_list(self, block: CleanBlock) -> bool:
        """Whether a verb of the preamble stands in the operative part, in a list of verbs that lead their clauses."""
        found = self.found
        return found.is_decided and block.kind != "heading" and bool(found.nesting.open) and found.style == "leading"

    def _is_article(self, block: CleanBlock, words: str) -> bool:
        if not self.found.is_decided or len(words) > 120:
            return False
        if form("article", "regex").fullmatch(self.text[block.start : block.end].strip()) is None:
            return False
        self.found.begin_article()
        return True

    def _goes_on_below(self, following: Sequence[CleanBlock]) -> bool:
        """Whether a head stands close below a heading, so that the heading only divides the text."""
        if self.found.articles:
            return True
        for block in following:
            words = self.text[block.content : block.end].strip()
            if read_head(words, self.language) or (self.found.style == "leading" and self._leads(block, words)):
                return True
        return False

    def _footnote(self, block: CleanBlock) -> bool:
        words = self.text[block.content : block.end].rstrip()
        self._noted = bool(form("reference", "tail").search(words))
        hanging = run_on(words, self.language)
        if hanging is not None:
            self.found.take_hanging(hanging.moved(block.content), block.end)
        return True

    def _words(self, block: CleanBlock, end: int, following: Sequence[CleanBlock]) -> bool:
        """Read a paragraph or item; False when the instrument ended before it."""
        begin = block.content
        lead = self._leads(block, self.text[begin:end].strip())
        spoken = None if lead else form("enacting", "subject").match(self.text, begin, end)
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
        self.found.take(last, "alone")
        if hanging is None:
            self._governed_from(block, last.end, end)

    # --- heads ---------------------------------------------------------------------------------------------------

    def _leads(self, block: CleanBlock, words: str) -> Head | None:
        """The verb with which a paragraph begins, where it governs it; None where the words belong to a head above."""
        head = leading(words, self.language)
        found = self.found
        if found.articles:
            return None
        if head is None:
            return self._leads_unlisted(block, words)
        forms = grammar(self.language)
        strict = head.addressee is not None or forms.asked.match(words, head.end) is not None
        if not head.operative:
            above = found.style == "alone" and found.head is not None and bool(block.number)
            told = words.endswith(".") and found.head is None
            return None if above or found.is_decided or told else head
        if found.style == "alone" and found.head is not None and found.nesting.open:
            return head if strict else None
        if found.style == "alone" and found.head is not None:
            return head if strict and words[:1].isupper() else None
        return head if strict or words[:1].isupper() else None

    def _leads_unlisted(self, block: CleanBlock, words: str) -> Head | None:
        """A verb that no rule lists, where the paragraphs around begin with their verbs."""
        found = self.found
        if found.is_decided:
            number = found.nesting.numeral(block.number)
            due = found.style == "leading" and len(found.nesting.open) == 1 and found.nesting.expects(number)
            return unlisted.leads(words, self.language, operative=True) if due else None
        due = found.style == "leading" if found.head is not None else self._enacted
        if not due or block.number or not words.endswith((",", ";")) or found.nesting.awaits:
            return None
        return unlisted.leads(words, self.language, operative=False)

    def _leading(self, block: CleanBlock, head: Head, end: int, *, always: bool = False) -> None:
        """Take a verb that leads a paragraph; the clause begins with it, unless a number follows it."""
        inner = self.found.typed_number(head.end, end)
        if inner:
            self.found.take(head, "alone")
            self.found.clauses(block, inner.end(), end, inner["number"])
            return
        nested = block.number and self.found.nesting.open and not always
        number = self.found.nesting.numeral(block.number)
        kept = nested and self.found.style == "leading" and self.found.same_list(number)
        nesting = self.found.nesting if kept else Nesting()
        self.found.take(head, "leading")
        self.found.nesting = nesting
        self.found.clauses(block, head.start, end, block.number)

    # --- clauses -------------------------------------------------------------------------------------------------

    def _governed(self, block: CleanBlock, end: int, following: Sequence[CleanBlock]) -> bool:
        """Read a paragraph under the head in force; heads inside it and at its end take over."""
        found = self.found
        if found.head is not None and found.closed and not found.is_next(block):
            goes_on = not found.is_decided or self._goes_on_below(following)
            if goes_on:
                found.extend(block.content, end)
            return goes_on
        hanging = run_on(self.text[block.content : end].rstrip(), self.language) if not found.articles else None
        stop = block.content + hanging.start if hanging else end
        broken, self._noted = self._noted and bool(block.number), False
        if found.head is not None:
            self._governed_from(block, block.content, stop, block.number, broken=broken)
        if hanging is not None:
            found.take_hanging(hanging.moved(block.content), end)
        return True

    def _governed_from(
        self, block: CleanBlock, start: int, stop: int, printed: str | None = None, *, broken: bool = False
    ) -> None:
        """The clauses in a stretch of a block, those of the head in force and those of heads inside it.

        broken: the words up to the first head inside belong to a footnote.
        """
        for head in self._inside(start, stop):
            if not broken:
                self.found.clauses(block, start, head.start, printed)
            broken = False
            self.found.take_hanging(head, head.end)
            number = TYPED_NUMBER.match(self.text, head.end, stop)
            start, printed = head.end, None
            if number and self.found.opens(number.end()):
                start, printed = number.end(), number["number"]
        if not broken:
            self.found.clauses(block, start, stop, printed)

    def _inside(self, start: int, stop: int) -> list[Head]:
        found = self.found
        if found.style == "leading" or found.articles or found.head is None:
            return []
        return list(inside(self.text, start, stop, self.language, operative=found.head.operative))
