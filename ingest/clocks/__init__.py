"""Since when an answer is given, and until when: the same question, asked as of several days.

A reading or an inference is a function of what is known on a day. Asked again on every day on which something became
known that may matter, it gives the days from which, and up to which, each of its claims is held.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeAlias

from ingest.graph.iris import digest
from ingest.graph.triples import assertion_key
from ingest.model import Claim, Entity, Value

Detail: TypeAlias = tuple[str, Entity | Value]
Answer: TypeAlias = Mapping[str, Claim]
"""The claims that are made on a day, by the key of their assertion."""

SHOWN_ONLY = frozenset({"rdfs:label"})
"""Details that are there for people to read and may be put otherwise when more is known: no fact of their own."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A claim with the key of its assertion, the first day on which it is made, and the first on which it no longer is.

    Both are days that were asked about; until is None for a claim that is made on the last of them.
    """

    key: str
    claim: Claim
    since: str
    until: str | None


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Days by their places from 0, end excluded."""

    start: int
    end: int


def history(days: Sequence[str], ask: Callable[[str], Answer], pivots: Sequence[int] = ()) -> Iterator[Kept]:
    """What is claimed on which of these days, which are in order; an answer holds up to the next day.

    Between two days with the same answer nothing is asked: what was learnt and unlearnt in between is not seen; pivots
    are the places, from 0, of days that are asked about in any case. A claim that comes back after a time has another
    key. A property of a record that is not held as long as the record is a claim of its own about the record; the
    record keeps the others, and those that are held in the end. A claim rests on what it rested on when it was first
    made.
    """
    answers = _answers(days, ask, pivots)
    passing = _passing(answers)
    for key in dict.fromkeys(key for answer in reversed(answers) for key in answer):
        for nth, stretch in enumerate(_stretches([key in answer for answer in answers])):
            claim = answers[stretch.end - 1][key]
            since, until = _limits(stretch, days)
            details = _lasting(claim, passing, to=None if until else len(days))
            own = key if nth == 0 else digest((key, since))
            premises = answers[stretch.start][key].premises
            yield Kept(own, replace(claim, details=details, premises=premises), since, until)
    for record, details_of in passing.items():
        yield from _properties(record, details_of, answers, days)


def _lasting(
    claim: Claim, passing: Mapping[Entity, Mapping[Detail, Sequence[_Stretch]]], to: int | None
) -> tuple[Detail, ...]:
    """The details of a claim without those that pass; of a claim that is still made, with those held in the end."""
    if not isinstance(claim.object, Entity) or not claim.details:
        return claim.details
    gone = passing.get(claim.object, {})
    return tuple(detail for detail in claim.details if detail not in gone or gone[detail][-1].end == to)


def _limits(stretch: _Stretch, days: Sequence[str]) -> tuple[str, str | None]:
    return days[stretch.start], days[stretch.end] if stretch.end < len(days) else None


def _passing(answers: Sequence[Answer]) -> dict[Entity, dict[Detail, list[_Stretch]]]:
    """The properties of records that are not held as long as their records, with when they are."""
    there: dict[Entity, list[bool]] = {}
    held: dict[Entity, dict[Detail, list[bool]]] = {}
    if all(answer is answers[0] for answer in answers):
        return {}
    for at, answer in enumerate(answers):
        for claim in answer.values():
            if isinstance(claim.object, Entity) and claim.details:
                there.setdefault(claim.object, [False] * len(answers))[at] = True
                of_record = held.setdefault(claim.object, {})
                for detail in _facts(claim):
                    of_record.setdefault(detail, [False] * len(answers))[at] = True
    found: dict[Entity, dict[Detail, list[_Stretch]]] = {}
    for record in sorted(held, key=str):
        differ = {d: _stretches(days) for d, days in held[record].items() if days != there[record]}
        if differ:
            found[record] = dict(sorted(differ.items(), key=str))
    return found


def _properties(
    record: Entity, passing: Mapping[Detail, Sequence[_Stretch]], answers: Sequence[Answer], days: Sequence[str]
) -> Iterator[Kept]:
    """Claims about a record, each for as long as the property is held; they rest on what states the record then."""
    for (predicate, value), stretches in passing.items():
        for stretch in stretches:
            answer = answers[stretch.end - 1]
            key, stating = next(
                (k, c) for k, c in answer.items() if c.object == record and (predicate, value) in c.details
            )
            about = replace(stating, subject=record, predicate=predicate, object=value, details=())
            since, until = _limits(stretch, days)
            yield Kept(digest((assertion_key(key, about), since)), about, since, until)


def _stretches(present: Sequence[bool]) -> list[_Stretch]:
    found: list[_Stretch] = []
    for at, here in enumerate(present):
        if here and found and found[-1].end == at:
            found[-1] = _Stretch(found[-1].start, at + 1)
        elif here:
            found.append(_Stretch(at, at + 1))
    return found


def _answers(days: Sequence[str], ask: Callable[[str], Answer], pivots: Sequence[int]) -> list[Answer]:
    """The answer on each day; asked only where the answers before and after differ."""
    if not days:
        return []
    fixed = sorted({0, len(days) - 1, *pivots})
    answers: dict[int, Answer] = {at: ask(days[at]) for at in fixed}
    waiting = list(pairwise(fixed))
    while waiting:
        first, last = waiting.pop()
        if last - first < 2:
            continue
        if same(answers[first], answers[last]):
            answers.update((at, answers[last]) for at in range(first + 1, last))
            continue
        middle = (first + last) // 2
        answers[middle] = ask(days[middle])
        waiting += [(first, middle), (middle, last)]
    return [answers[at] for at in range(len(days))]


def same(one: Answer, other: Answer) -> bool:
    """Whether two answers make the same claims, with the same properties of their records."""
    return one.keys() == other.keys() and all(_facts(one[key]) == _facts(other[key]) for key in one)


def _facts(claim: Claim) -> frozenset[Detail]:
    return frozenset(detail for detail in claim.details if detail[0] not in SHOWN_ONLY)
