"""The words of a clause, folded for comparing, each with the stretch that a reader is shown."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import LCSseq

from ingest.text.folding import fold

_PRINTED = re.compile(r"\S+")
_LETTERS = r"(?:[^\W_]|\u00ad)+"
_PART = re.compile(rf"{_LETTERS}(?:[.,:/]{_LETTERS})*|[%§€$£°+=<>]")
_FOOTNOTE = re.compile(r"(?<=[a-zà-ÿ]{3})\d{1,2}$")


@dataclass(frozen=True, slots=True)
class Word:
    """A word as printed and as compared. start and end are offsets in the clause, the marks around it left out."""

    parts: tuple[str, ...]
    start: int
    end: int


def words_of(text: str) -> tuple[Word, ...]:
    """The words of a text; what is only punctuation is none.

    Capitals, the form of quotation marks and hyphens, and footnote numbers stuck to a word are folded away. A word with
    a hyphen or an apostrophe has several parts, so that it equals the same written apart.
    """
    return tuple(_words(fold(text)[0]))


def _words(plain: str) -> Iterator[Word]:
    for printed in _PRINTED.finditer(plain):
        inside = list(_PART.finditer(printed.group()))
        parts = tuple(part for piece in inside for part in _folded(piece.group()))
        if parts:
            yield Word(parts, printed.start() + inside[0].start(), printed.start() + inside[-1].end())


def _folded(piece: str) -> list[str]:
    bare = unicodedata.normalize("NFKC", _FOOTNOTE.sub("", piece.replace("\u00ad", ""))).casefold()
    if any(char.isdigit() for char in bare):
        return [bare]
    return [part for part in re.split(r"[.,:/]", bare) if part]


def parts_of(words: Sequence[Word]) -> tuple[str, ...]:
    """What two clauses must have in common to be the same: the parts of all words, in order."""
    return tuple(part for word in words for part in word.parts)


def differing(
    earlier: str, later: str, *, whole: Literal["earlier", "later"] | None = None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The runs of words of the one that the other does not have in that place, as printed, in the order of the text.

    A change of hyphens or spaces alone is none. whole: the other side is only an excerpt, so that what stands here
    before and behind the stretch that it quotes is not counted.
    """
    before, after = words_of(earlier), words_of(later)
    if whole == "earlier":
        before = _quoted(before, after)
    elif whole == "later":
        after = _quoted(after, before)
    removed: list[str] = []
    added: list[str] = []
    for gone, come in _runs(before, after):
        if parts_of(gone) != parts_of(come):
            removed.extend(_printed(earlier, gone))
            added.extend(_printed(later, come))
    return tuple(removed), tuple(added)


def _quoted(whole: tuple[Word, ...], excerpt: Sequence[Word]) -> tuple[Word, ...]:
    """The stretch of the whole that an excerpt quotes: it has the most words of it in order, and few others.

    A word more is worth up to five words more of the stretch.
    """
    keys, sought = [word.parts for word in whole], [word.parts for word in excerpt]

    def worth(start: int, end: int) -> float:
        return LCSseq.similarity(keys[start:end], sought) - (end - start) / 5

    end = max(range(len(keys), 0, -1), key=lambda at: worth(0, at), default=0)
    start = max(range(end), key=lambda at: worth(at, end), default=0)
    return whole[start:end]


def _runs(before: Sequence[Word], after: Sequence[Word]) -> Iterator[tuple[Sequence[Word], Sequence[Word]]]:
    """What stands on either side between the stretches that are equal."""
    start, first = 0, 0
    codes = LCSseq.opcodes([word.parts for word in before], [word.parts for word in after])
    for code in codes:
        if code.tag == "equal":
            yield before[start : code.src_start], after[first : code.dest_start]
            start, first = code.src_end, code.dest_end
    yield before[start:], after[first:]


def _printed(text: str, run: Sequence[Word]) -> list[str]:
    return [" ".join(text[run[0].start : run[-1].end].split())] if run else []
