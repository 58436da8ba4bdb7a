"""The words of a sentence as they are compared, whole and with what is filled in anew each time taken out."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from ingest.finders.hits import ORDINAL
from ingest.lineage.likeness import stems_of
from ingest.lineage.words import words_of
from ingest.rulebook import rules
from ingest.text import dates
from ingest.text.folding import fold

MARKS = DATE, PLACE = "‹date›", "‹ordinal›"
"""What stands in a form for a date or window of time, and for an ordinal."""


@dataclass(frozen=True, slots=True)
class Form:
    """The words of a sentence, folded. frame has a mark instead of each date and ordinal."""

    key: tuple[str, ...]
    frame: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Filled:
    """A stretch that is filled in anew each time: offsets in the sentence. period: of a date that could be read."""

    start: int
    end: int
    mark: str
    period: dates.Period | None = None


@lru_cache(maxsize=65536)
def form(words: str) -> Form:
    """The form of a sentence; two with the same key differ in print alone, two with the same frame in dates as well."""
    held = words_of(words)
    gaps = filled(words)
    key: list[str] = []
    frame: list[str] = []
    for word in held:
        key.extend(word.parts)
        gap = next((g for g in gaps if g.start < word.end and word.start < g.end), None)
        if gap is None:
            frame.extend(word.parts)
        elif not frame or frame[-1] != gap.mark or gap.mark != DATE:
            frame.append(gap.mark)
    return Form(tuple(key), tuple(frame))


def filled(words: str) -> tuple[Filled, ...]:
    """The dates, windows of time and ordinals of a sentence, in order; none overlap."""
    plain, _ = fold(words)
    kept: list[Filled] = []
    for each in sorted(_found(plain), key=lambda f: (f.start, -f.end)):
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return tuple(kept)


def _found(plain: str) -> Iterator[Filled]:
    brackets = [match.span() for match in re.finditer(rules("novelty")["filled"]["brackets"], plain)]
    for dated in dates.find(plain):
        yield Filled(dated.start, dated.end, DATE, dated.period)
    for pattern in _patterns("date"):
        for match in pattern.finditer(plain):
            bare = match.group()[:4].isdigit()
            if not (bare and any(start <= match.start() < end for start, end in brackets)):
                yield Filled(match.start(), match.end(), DATE, _years(match.group()))
    for pattern in _patterns("ordinal"):
        for match in pattern.finditer(plain):
            yield Filled(match.start(), match.end(), PLACE)


def _years(words: str) -> dates.Period | None:
    """The years of "2024", "2024-2025", "2024-25" and "mai 2024"; None for none, and for what runs backwards."""
    found = re.search(r"(?P<first>(?:19|20)\d\d)(?:\D+(?P<last>\d+))?$", words)
    if found is None:
        return None
    first, last = found["first"], found["last"] or found["first"]
    last = first[: 4 - len(last)] + last
    return dates.Period(first, last, "year") if first <= last else None


@cache
def _patterns(kind: str) -> tuple[re.Pattern[str], ...]:
    said = [re.compile(each, re.IGNORECASE) for each in rules("novelty")["filled"][kind]]
    if kind == "ordinal":
        said.append(re.compile(rf"(?<!\w){ORDINAL}(?!\w)"))
    return tuple(said)


def telling_pairs(found: Form) -> tuple[int, ...]:
    """What a sentence is looked up by: its pairs of neighbouring telling words, hashed, at most `sketch` of them."""
    common = _common()
    stems = [s for s in stems_of(found.frame) if s not in MARKS and s not in common and len(s) > 2]
    hashed = sorted({zlib.crc32(f"{one} {other}".encode()) for one, other in pairwise(stems)})
    return tuple(hashed[: rules("novelty")["near"]["sketch"]])


@cache
def _common() -> frozenset[str]:
    """Words that sentences of any subject have: the lists of clause lineage."""
    return frozenset(word for words in rules("lineage")["common"].values() for word in words.split())
