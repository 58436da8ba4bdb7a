"""Passages carried over from an earlier document that speak of a time to come which has passed since.

"Will be held in 2019" in a report of 2024, in the words of one of 2018. What another text is quoted to say stays as it
is, and what was past already when it was first written is no news.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from ingest.finders.hits import ordinal
from ingest.graph.labels import shortened
from ingest.inference.archive import Account, Archive
from ingest.inference.novelty import Told, told
from ingest.inference.texts import cleaned
from ingest.model import Entity, Finding, Span
from ingest.novelty import Origin
from ingest.novelty.forms import DATE, Filled, filled
from ingest.rulebook import rules
from ingest.text.folding import fold

CODE = "outdated-repetition"


@dataclass(frozen=True, slots=True)
class _Old:
    """What no longer fits: the words, and what the document is that has them still."""

    words: str
    since: str


def outdated_repetitions(archive: Archive) -> Iterator[Finding]:
    """A finding for each carried-over passage that tells of something to come that lies behind its document by now."""
    for each in told(archive):
        quoted = _excerpts(each.account)
        for origin in each.origins:
            start, end, _ = each.account.sentences[origin.place]
            if origin.earlier is None or any(span.start < end and start < span.end for span in quoted):
                continue
            old = _old(each, origin)
            if old is not None:
                yield _finding(each, origin, old)


def _excerpts(account: Account) -> list[Span]:
    """Where the document gives another text's words, which no later date can change."""
    return [
        span
        for _, claim in account.claims
        if isinstance(claim.object, Entity) and claim.object.kind == "excerpt"
        for span in claim.spans
    ]


def _old(each: Told, origin: Origin) -> _Old | None:
    """The first date or number of a meeting that was to come when the passage was first written, and has passed."""
    here, before = _sentence(each.account, origin.place), _earlier(each, origin.earlier)
    first = _document(each, origin.first)
    kept = {_said(before, gap) for gap in filled(before)}
    for gap in filled(here):
        if _said(here, gap) not in kept or not _cued(here, gap):
            continue
        since = _passed(gap, first, each.account) if gap.mark == DATE else _met(here, gap, first, each.account)
        if since is not None:
            return _Old(here[gap.start : gap.end], since)
    return None


def _passed(gap: Filled, first: Account, now: Account) -> str | None:
    """The day of the document, if the time was not over when the passage was first written and is over now."""
    if gap.period is None or first.latest is None or now.earliest is None:
        return None
    end = gap.period.end
    over = end < now.earliest[: len(end)]
    return f"this document is of {now.earliest[:4]} or later" if over and first.latest[: len(end)] <= end else None


def _met(sentence: str, gap: Filled, first: Account, now: Account) -> str | None:
    """The meetings that the document reports on, if the one to come is among them or before all of them."""
    number = ordinal(sentence[gap.start : gap.end])
    if number is None or not re.compile(rules("novelty")["forward"]["meeting"]).match(sentence, gap.end):
        return None
    then, since = _meetings(first), _meetings(now)
    if not then or not since or not max(then) < number <= max(since):
        return None
    return f"this document reports on meeting {max(since)}"


def _meetings(account: Account) -> set[int]:
    """The numbers of the meetings that a document reports on, if they are all of one body."""
    held = [
        claim.object
        for _, claim in account.claims
        if claim.predicate == "rc:reportsOn" and isinstance(claim.object, Entity) and claim.object.kind == "meeting"
    ]
    one_body = len({meeting.key[0] for meeting in held}) == 1
    return {int(m.key[1]) for m in held if m.key[1].isdigit()} if one_body else set()


def _cued(sentence: str, gap: Filled) -> bool:
    """Whether words of time to come stand near a date or an ordinal."""
    reach = rules("novelty")["forward"]["reach"]
    plain = fold(sentence)[0]
    start, end = max(0, gap.start - reach), gap.end + reach
    return any(cue.search(plain, start, end) for cue in _cues())


@cache
def _cues() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(cue, re.IGNORECASE) for cue in rules("novelty")["forward"]["cues"])


# ---- places and words -----------------------------------------------------------------------------------------------


def _said(sentence: str, gap: Filled) -> str:
    return " ".join(fold(sentence[gap.start : gap.end])[0].casefold().split())


def _document(each: Told, at: tuple[int, int] | None) -> Account:
    return each.earlier[at[0] if at else 0]


def _earlier(each: Told, at: tuple[int, int] | None) -> str:
    return _sentence(_document(each, at), at[1]) if at else ""


def _sentence(account: Account, place: int) -> str:
    start, end, _ = account.sentences[place]
    return cleaned(account.text[start:end])


def _finding(each: Told, origin: Origin, old: _Old) -> Finding:
    places = [at for at in (origin.first, origin.earlier) if at is not None]
    first, earlier = _year(_document(each, places[0])), _year(_document(each, places[-1]))
    where = f"the document of {earlier}" if places[0] == places[-1] else f"those of {first}, the first, and {earlier}"
    message = (
        f"“{shortened(_sentence(each.account, origin.place), 160)}” speaks of {old.words} as still to come;"
        f" {old.since}. The words are carried over from {where}."
    )
    question = "Was the passage carried over unchanged, and what is meant now?"
    passages = [(_document(each, at), at[1]) for at in places] + [(each.account, origin.place)]
    return Finding(CODE, "warning", message, question, None, tuple(dict.fromkeys(_spans(passages))))


def _spans(passages: Sequence[tuple[Account, int]]) -> Iterator[tuple[str, Span]]:
    for account, place in passages:
        start, end, _ = account.sentences[place]
        yield account.name, Span(start, end)


def _year(account: Account) -> str:
    first, last = (account.earliest or account.latest or "")[:4], (account.latest or "")[:4]
    return first if first == last else f"{first} to {last}"
