"""When a round is open: a window of its own, or the months that verbs of opening and closing make its ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from ingest.finders.hits import cardinal
from ingest.rulebook import rules
from ingest.text import Sentence, dates

_OTHER = re.compile(
    r"[;]|\b(?:meetings?|sessions?|conferences?|workshops?|hearings?|seminars?|exhibitions?)\b", re.IGNORECASE
)
_BEFORE = 130
"""Signs before a date in which its verb is looked for."""


@dataclass(frozen=True, slots=True)
class Ends:
    """When a round opens and closes, told by verbs: ISO months or days, with the words; either may be unknown."""

    opens: dates.Dated | None = None
    closes: dates.Dated | None = None
    months: int | None = None

    def first(self) -> str | None:
        """The day or month of its opening."""
        return self.opens.period.start if self.opens and self.opens.period else None

    def last(self) -> str | None:
        """The day or month of its end; of a round that is open for so many months the last of them."""
        if self.closes and self.closes.period:
            return self.closes.period.end
        first = self.first()
        if self.months is None or first is None:
            return None
        year, month = divmod(int(first[:4]) * 12 + int(first[5:7]) - 1 + self.months - 1, 12)
        return f"{year}-{month + 1:02}"


@cache
def _form(name: str) -> re.Pattern[str]:
    return re.compile(rules("consultations")[name]["regex"], re.IGNORECASE)


def dated_in(text: str, sentence: Sentence) -> list[dates.Dated]:
    """The dates of a sentence, at their place in the text."""
    return [
        replace(each, start=each.start + sentence.start, end=each.end + sentence.start)
        for each in dates.find(text[sentence.start : sentence.end])
    ]


def is_window(dated: dates.Dated) -> bool:
    """Months from and to, or days at least a week apart: the time in which answers are taken."""
    period = dated.period
    if period is None or period.precision == "year":
        return False
    if period.precision == "month":
        return not period.single
    return period.start[:7] != period.end[:7] or int(period.end[8:]) - int(period.start[8:]) >= 7


def opened_and_closed(text: str, after: Sequence[dates.Dated]) -> dates.Dated | None:
    """ "opened in May 2031 and closed in August 2031": two months that the verbs make the ends of a window."""
    if len(after) != 2 or any(d.period is None or d.period.precision == "year" for d in after):
        return None
    first, last = after
    opened = re.search(
        r"\b(?:opened|began|started|launched) (?:in|on) (?:the )?$", text[max(0, first.start - 24) : first.start]
    )
    closed = re.fullmatch(
        r",? (?:and )?(?:was )?(?:closed|ended|concluded) (?:in|on) (?:the )?", text[first.end : last.start]
    )
    if not opened or not closed or first.period is None or last.period is None or last.period.end < first.period.start:
        return None
    return replace(first, end=last.end, period=replace(first.period, end=last.period.end))


def ends(text: str, sentence: Sentence, dated: Sequence[dates.Dated], round_at: tuple[int, int]) -> Ends:
    """The opening and the end of the one round that a sentence names at round_at, by the verbs before its dates.

    What is dated by the year alone tells neither; nor does what opens something else ("opened the meeting on").
    """
    opens = closes = None
    for each in dated:
        if each.period is None or each.period.precision == "year" or not each.period.single:
            continue
        left = max(sentence.start, each.start - _BEFORE)
        if (
            opens is None
            and closes is None
            and _governs(_form("opened").search(text, left, each.start), text, round_at)
        ):
            opens = each
        elif closes is None and (_closes(text, left, each.start) or _goes_on(text[left : each.start], opens)):
            closes = each
    lasts = _form("lasts").search(text, opens.end, sentence.end) if opens else None
    found = Ends(opens, closes, cardinal(lasts["months"]) if lasts and not closes else None)
    first, last = found.first(), found.last()
    return Ends(opens) if first and last and last[:7] < first[:7] else found


def _governs(verb: re.Match[str] | None, text: str, round_at: tuple[int, int]) -> bool:
    """Whether the verb opens the round: it stands behind it in its clause, or the round between verb and date."""
    if verb is None or _OTHER.search(verb["between"]):
        return False
    start, end = round_at
    return verb.start() <= start < verb.end() or (end <= verb.start() and not _OTHER.search(text[end : verb.start()]))


def _closes(text: str, left: int, start: int) -> bool:
    found = _form("closes").search(text, left, start)
    return found is not None and not _OTHER.search(found["between"])


def _goes_on(before: str, opens: dates.Dated | None) -> bool:
    """ "…, running until": what closes is the round whose opening stands before it."""
    return opens is not None and bool(re.search(r"\b(?:until|till|up to|closing (?:in|on))(?: the end of)? $", before))
