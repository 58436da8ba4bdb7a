"""What does not add up in the build of an instrument: a number that comes twice, one that is missing, a head alone.

Numbers count anew under each head that has a line of its own; they go on where verbs lead their clauses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from ingest.provisions.clauses import Clause, Instrument
from ingest.provisions.numerals import Numeral, numeral, written

_FAR = 5
"""A number that is further on than so many does not go on with the series: it is a figure, or another list."""
_OMITTED = re.compile(r"\[?(?:\.{3,}|…)\]?")
_FIRST_WORDS = 60


@dataclass(frozen=True, slots=True)
class Oddity:
    """Something in the build of an instrument: its code, words to put into a message, where to look in the text.

    places are stretches of the cleaned copy, in order.
    """

    code: str
    words: tuple[str, ...]
    places: tuple[tuple[int, int], ...]


def oddities(text: str, instrument: Instrument) -> Iterator[Oddity]:
    """All of them: numbers first, then heads."""
    yield from _numbers(text, instrument)
    yield from _heads_alone(instrument)


def _numbers(text: str, instrument: Instrument) -> Iterator[Oddity]:
    last: dict[tuple[int, int | None], tuple[Clause, Numeral]] = {}
    for clause in instrument.clauses:
        series = (_series(instrument, clause), clause.parent)
        before = last.get(series)
        now = numeral(clause.number, [before[1]] if before else [], awaited=before is None)
        if now is None or not now.values:
            continue
        last[series] = clause, now
        if before is not None:
            yield from _between(text, *before, clause, now, anew=_anew(instrument, before[0], clause))
        elif clause.parent is None:
            yield from _begins_late(text, instrument, clause, now)


def _series(instrument: Instrument, clause: Clause) -> int:
    """The head under which its numbers began to count: its own, or the first of those that lead on to it."""
    at = instrument.heading_of(clause)
    while at > 0 and instrument.headings[at].leads and instrument.headings[at - 1].leads:
        at -= 1
    return at


def _anew(instrument: Instrument, before: Clause, clause: Clause) -> bool:
    """Whether two clauses stand under heads of their own, so that a list may begin again with the second."""
    return instrument.heading_of(before) != instrument.heading_of(clause)


def _between(text: str, before: Clause, then: Numeral, clause: Clause, now: Numeral, *, anew: bool) -> Iterator[Oddity]:
    if then.style != now.style or then.values[:-1] != now.values[:-1] or (anew and now.begins):
        return
    step = now.values[-1] - then.values[-1]
    places = (_begin(text, before), _begin(text, clause))
    if step == 0 and now.rank == then.rank:
        yield Oddity("repeated-paragraph-number", (_shown(now),), places)
    if not 1 < step <= _FAR or now.rank:
        return
    missing = [written(now, value).rstrip(".") for value in range(then.values[-1] + 1, now.values[-1])]
    stretch = text[before.start : clause.start]
    if _OMITTED.search(stretch) or any(_stands(number, stretch) for number in missing):
        return
    words = (_shown(then), _shown(now), " and ".join(missing))
    yield Oddity("skipped-paragraph-number", words, places)


def _begins_late(text: str, instrument: Instrument, clause: Clause, now: Numeral) -> Iterator[Oddity]:
    """A series that begins with its second number, the first clause under a head that has a line of its own."""
    heading = instrument.headings[instrument.heading_of(clause)]
    first = clause.position == heading.before + 1
    if heading.leads or not first or len(now.values) != 1 or now.values != (2,) or now.rank:
        return
    missing = written(now, 1).rstrip(".")
    stretch = text[heading.head.start : clause.start]
    if not _OMITTED.search(stretch) and not _stands(missing, stretch):
        places = ((heading.head.start, heading.head.end), _begin(text, clause))
        yield Oddity("skipped-paragraph-number", ("the head", _shown(now), missing), places)


def _stands(number: str, stretch: str) -> bool:
    """Whether a number stands inside a line, where it was not taken for that of a clause."""
    return re.search(rf"(?<![\w.]){re.escape(number.strip('().'))}[.)]? \w", stretch) is not None


def _shown(number: Numeral) -> str:
    return number.printed.strip().rstrip(".")


def _begin(text: str, clause: Clause) -> tuple[int, int]:
    """The first words of a clause."""
    stop = text.find(" ", clause.start + _FIRST_WORDS, clause.end)
    return clause.start, clause.end if stop < 0 else stop


def _heads_alone(instrument: Instrument) -> Iterator[Oddity]:
    """Heads that have a line of their own and no clause below it: another head follows, or the text ends."""
    for heading, then in pairwise((*instrument.headings, None)):
        assert heading is not None  # noqa: S101  # the last of a pair alone may be none
        below = len(instrument.clauses) if then is None else then.before
        if heading.leads or below > heading.before:
            continue
        places = [(one.head.start, one.head.end) for one in (heading, then) if one is not None]
        yield Oddity("head-without-clause", (), tuple(places))
