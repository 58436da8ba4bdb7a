"""What documents cite or name that no register knows, counted: the list that tells which rows to add next."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

NO_REGISTERS = frozenset({"date", "nominal"})
"""Kinds of mention that no register could know: dates, and words that only point back ("the resolution")."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a mention stands: its document by IRI and label, the paragraph (from 1), the offset in the text as read."""

    document: str
    label: str
    paragraph: int
    start: int


@dataclass(frozen=True, slots=True)
class Open:
    """One mention that names nothing in the registers, with the reason that its link gives."""

    kind: str
    words: str
    reason: str
    place: Place


@dataclass(frozen=True, slots=True)
class Gap:
    """The same words left open for the same reason, how many times, and the first place where they stand."""

    kind: str
    words: str
    times: int
    reason: str
    place: Place


def coverage(found: Iterable[Open]) -> tuple[Gap, ...]:
    """Gaps grouped by kind, the kind with most mentions first; within a kind the most frequent words first."""
    times: Counter[tuple[str, str, str]] = Counter()
    totals: Counter[str] = Counter()
    first: dict[tuple[str, str, str], Place] = {}
    for mention in found:
        if mention.kind in NO_REGISTERS:
            continue
        key = (mention.kind, " ".join(mention.words.split()), mention.reason)
        times[key] += 1
        totals[mention.kind] += 1
        first.setdefault(key, mention.place)
    ranked = sorted(times, key=lambda key: (-totals[key[0]], key[0], -times[key], key))
    return tuple(Gap(kind, words, times[kind, words, why], why, first[kind, words, why]) for kind, words, why in ranked)


COLUMNS = ("kind", "times", "words", "reason", "document", "label", "paragraph", "start")


def written(gaps: Sequence[Gap], form: str) -> Iterator[str]:
    """The gaps as lines: "text" for people, "csv" with a header, "json" with an object a line."""
    if form == "csv":
        yield _row(COLUMNS)
        yield from (_row(_cells(gap)) for gap in gaps)
    elif form == "json":
        yield from (json.dumps(dict(zip(COLUMNS, _cells(gap), strict=True)), ensure_ascii=False) for gap in gaps)
    else:
        yield from _text(gaps)


def _cells(gap: Gap) -> tuple[str | int, ...]:
    at = gap.place
    return gap.kind, gap.times, gap.words, gap.reason, at.document, at.label, at.paragraph, at.start


def _row(cells: Sequence[str | int]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(cells)
    return line.getvalue()


def _text(gaps: Sequence[Gap]) -> Iterator[str]:
    if not gaps:
        yield "Every mention names something that the registers know."
    for kind, group in groupby(gaps, lambda gap: gap.kind):
        same = list(group)
        total = sum(gap.times for gap in same)
        yield f"{kind}: {total} mention{'s' if total != 1 else ''} of {len(same)} different"
        for gap in same:
            yield f"{gap.times:6}  {gap.words}: {gap.reason}"
            yield f"        first in {gap.place.label}, paragraph {gap.place.paragraph}"
