"""Dates and windows of time as English prose writes them, read into ISO days, months or years.

"18 October 2023", "31 January - 1 February 2024", "April-June 2032", "from October 2019 to February 2020",
"October 19-20, 2019", "Monday, 22 January 2018", "2024-02-01". In a range or a list the year may stand once,
at the end. A date that the calendar does not know ("31 June") keeps its place and a reason, and no value.
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

Precision: TypeAlias = Literal["day", "month", "year"]

MONTHS = tuple(name.lower() for name in calendar.month_name)
WEEKDAYS = tuple(name.lower() for name in calendar.day_name)

SEPARATE_DAYS = "days that do not follow each other"
NO_SUCH_DAY = "no such day in the calendar"
BACKWARDS = "ends before it starts"
"""Why words that look like a date give none."""


@dataclass(frozen=True, slots=True)
class Period:
    """A day, a month, a year or a stretch of them, both ends included; ISO 8601 at the stated precision."""

    start: str
    end: str
    precision: Precision

    @property
    def single(self) -> bool:
        """Whether it begins and ends in the same day, month or year."""
        return self.start == self.end


@dataclass(frozen=True, slots=True)
class Dated:
    """A date where it stands: offsets in the text that was searched, end excluded.

    period is None where the words name no date of the calendar (problem says why) or lack a year.
    borrowed is true where the year stands in the next date of the same list ("12 May and 3 June 2031").
    """

    start: int
    end: int
    period: Period | None
    problem: str | None = None
    borrowed: bool = False


@dataclass(frozen=True, slots=True)
class _Point:
    """One end of a range as written: day and year may be missing."""

    day: int | None
    month: int | None
    year: int | None


_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)
_DAY = r"(?:[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?:1[89]|2[0-2])\d\d"
_TO = r"\s{0,3}(?:[-\u2010-\u2015\u2212/]|\b(?:to|until|till|through|and)\b)\s{0,3}"
_RANGE = r"\s{0,3}(?:[-\u2010-\u2015\u2212]|\b(?:to|until|till|through)\b)\s{0,3}"
_WEEKDAY = r"(?:(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day),?\s{1,3}(?:the\s)?)?"
_END = r"(?![\w])"

_FORMS: tuple[tuple[str, str], ...] = (
    ("iso", rf"(?P<y1>{_YEAR})-(?P<n1>[01]\d)-(?P<d1>[0-3]\d)(?:/(?P<y2>{_YEAR})-(?P<n2>[01]\d)-(?P<d2>[0-3]\d))?"),
    ("dotted", rf"(?P<d1>[0-3]?\d)\.(?P<n1>[01]?\d)\.(?P<y1>{_YEAR})"),
    (  # 31 January - 1 February 2024; 31 January 2024 to 1 March 2024
        "day month to day month",
        rf"{_WEEKDAY}(?P<d1>{_DAY})(?:\sof)?\s{{1,3}}(?P<m1>{_MONTH})(?:,?\s{{1,3}}(?P<y1>{_YEAR}))?{_RANGE}"
        rf"(?P<d2>{_DAY})(?:\sof)?\s{{1,3}}(?P<m2>{_MONTH})(?:,?\s{{1,3}}(?P<y2>{_YEAR}))?",
    ),
    (  # between 1 March and 31 July 2031
        "day month to day month",
        rf"(?<=\b[Bb]etween\s)(?P<d1>{_DAY})(?:\sof)?\s{{1,3}}(?P<m1>{_MONTH})(?:,?\s{{1,3}}(?P<y1>{_YEAR}))?"
        rf"\sand\s(?P<d2>{_DAY})(?:\sof)?\s{{1,3}}(?P<m2>{_MONTH}),?\s{{1,3}}(?P<y2>{_YEAR})",
    ),
    (  # 19-20 September 2019; 12 and 13 May 2031
        "days of a month",
        rf"(?P<d1>{_DAY})(?P<join>{_TO})(?P<d2>{_DAY})(?:\sof)?\s{{1,3}}(?P<m2>{_MONTH})(?:,?\s{{1,3}}(?P<y2>{_YEAR}))?",
    ),
    (  # 18 October 2023; Monday, 22 January 2018
        "day month",
        rf"{_WEEKDAY}(?P<d1>{_DAY})(?:\sof)?\s{{1,3}}(?P<m1>{_MONTH})(?:,?\s{{1,3}}(?P<y1>{_YEAR}))?",
    ),
    (  # 3, 4 and 5 May 2031
        "days of a month",
        rf"(?P<list>{_DAY}(?:,\s{_DAY}){{1,5}},?\s(?:and|&)\s{_DAY})(?:\sof)?\s{{1,3}}(?P<m2>{_MONTH}),?\s{{1,3}}(?P<y2>{_YEAR})",
    ),
    (  # January 31 - February 1, 2024
        "month day to month day",
        rf"(?P<m1>{_MONTH})\s{{1,3}}(?P<d1>{_DAY})(?:,\s{{1,3}}(?P<y1>{_YEAR}))?{_RANGE}"
        rf"(?P<m2>{_MONTH})\s{{1,3}}(?P<d2>{_DAY})(?:,\s{{1,3}}(?P<y2>{_YEAR}))?",
    ),
    (  # September 19-20, 2019
        "month days",
        rf"(?P<m2>{_MONTH})\s{{1,3}}(?P<d1>{_DAY})(?P<join>{_TO})(?P<d2>{_DAY}),\s{{1,3}}(?P<y2>{_YEAR})",
    ),
    ("month day", rf"{_WEEKDAY}(?P<m1>{_MONTH})\s{{1,3}}(?P<d1>{_DAY}),\s{{1,3}}(?P<y1>{_YEAR})"),
    (  # October 2019 to February 2020; February-September 2025
        "months",
        rf"(?P<m1>{_MONTH})(?:,?\s{{1,3}}(?P<y1>{_YEAR}))?{_RANGE}(?P<m2>{_MONTH}),?\s{{1,3}}(?P<y2>{_YEAR})",
    ),
    (  # between March and July 2031
        "months",
        rf"(?<=\b[Bb]etween\s)(?P<m1>{_MONTH})(?:,?\s{{1,3}}(?P<y1>{_YEAR}))?\s{{1,3}}and\s{{1,3}}"
        rf"(?P<m2>{_MONTH}),?\s{{1,3}}(?P<y2>{_YEAR})",
    ),
    ("month", rf"(?P<m1>{_MONTH}),?\s{{1,3}}(?:of\s)?(?P<y1>{_YEAR})"),
    ("years", rf"(?<=\b[Ff]rom\s)(?P<y1>{_YEAR}){_RANGE}(?P<y2>{_YEAR})"),
)  # fmt: skip

_COMPILED = tuple((name, re.compile(rf"(?<![\w/.]){form}{_END}")) for name, form in _FORMS)
_ANCHOR = re.compile(
    rf"(?<![\w/.])(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
    rf"|{_DAY}(?=[^\w\n]{{0,3}}(?:{_MONTH}|\d|of\s|to\s|and\s|until\s|till\s|through\s))|{_MONTH}"
    rf"|{_YEAR}(?=-[01]\d-|{_RANGE}{_YEAR}))"
)
_LISTED = re.compile(r"\s{0,3}(?:,|;|,?\s(?:and|or|as well as))\s{1,3}(?:on\s|from\s)?")


def find(text: str) -> Iterator[Dated]:
    """Every date of a text in order, none overlapping; year-less ones borrow from the next of their list."""
    found: list[Dated] = []
    at = 0
    while (anchor := _ANCHOR.search(text, at)) is not None:
        match = _longest(text, anchor.start())
        if match is None:
            at = anchor.end()
            continue
        found.append(_read(*match))
        at = found[-1].end
    for index in range(len(found) - 2, -1, -1):
        found[index] = _borrow(text, found[index], found[index + 1])
    yield from found


def first(text: str) -> Dated | None:
    """The first date of a text that names a day, month or year, or None."""
    return next((dated for dated in find(text) if dated.period), None)


def _longest(text: str, at: int) -> tuple[str, re.Match[str]] | None:
    best: tuple[str, re.Match[str]] | None = None
    for name, form in _COMPILED:
        match = form.match(text, at)
        if match and (best is None or match.end() > best[1].end()):
            best = (name, match)
    return best


def _read(name: str, match: re.Match[str]) -> Dated:
    parts = match.groupdict()
    low = _Point(_number(parts.get("d1")), _month(parts, "1"), _number(parts.get("y1")))
    high = _Point(_number(parts.get("d2")), _month(parts, "2"), _number(parts.get("y2")))
    if high == _Point(None, None, None):
        high = low
    if low.month is None and high.month is not None:
        low = replace(low, month=high.month)
    days = [int(day) for day in re.findall(r"\d+", parts.get("list") or "")]
    if days:
        low, high = replace(low, day=days[0]), replace(high, day=days[-1])
    elif (parts.get("join") or "").strip() in ("and", "/"):
        days = [low.day or 0, high.day or 0]
    if days and days != list(range(days[0], days[0] + len(days))):
        return _Reader(match, name).failed(SEPARATE_DAYS)
    return _Reader(match, name).period(low, high, parts.get("weekday"))


@dataclass(frozen=True, slots=True)
class _Reader:
    match: re.Match[str]
    form: str

    def failed(self, problem: str | None) -> Dated:
        return Dated(self.match.start(), self.match.end(), None, problem)

    def period(self, low: _Point, high: _Point, weekday: str | None) -> Dated:
        if high.year is None:
            high = replace(high, year=low.year)
        if high.year is None:
            return self.failed(None)
        if low.year is None:
            low = replace(low, year=_year_before(low, high))
        start, end = _iso(low), _iso(high)
        if start is None or end is None:
            return self.failed(NO_SUCH_DAY)
        if end < start:
            return self.failed(BACKWARDS)
        precision: Precision = "day" if len(start) == 10 else "month" if len(start) == 7 else "year"
        problem = None
        if weekday and WEEKDAYS.index(weekday.lower()) != datetime.date.fromisoformat(start).weekday():
            problem = f"not a {weekday}"
        return Dated(self.match.start(), self.match.end(), Period(start, end, precision), problem)


def _year_before(low: _Point, high: _Point) -> int:
    """The year of a first end without one: the same, or the year before where the months run past December."""
    year = high.year or 0
    return year - 1 if (low.month or 0) > (high.month or 0) else year


def _iso(point: _Point) -> str | None:
    if point.year is None:
        return None
    if point.month is None:
        return f"{point.year:04d}"
    if not 1 <= point.month <= 12:
        return None
    if point.day is None:
        return f"{point.year:04d}-{point.month:02d}"
    if not 1 <= point.day <= calendar.monthrange(point.year, point.month)[1]:
        return None
    return f"{point.year:04d}-{point.month:02d}-{point.day:02d}"


def _number(text: str | None) -> int | None:
    return int(re.sub(r"\D", "", text)) if text else None


def _month(parts: dict[str, str], end: str) -> int | None:
    if number := parts.get("n" + end):
        return int(number)
    name = parts.get("m" + end)
    if not name:
        return None
    return next(index for index, month in enumerate(MONTHS) if index and month.startswith(name.lower()[:3]))


def _borrow(text: str, dated: Dated, following: Dated) -> Dated:
    """Give a date without a year the year of the next one, if only "and" or a comma stands between."""
    if dated.period or dated.problem or following.period is None:
        return dated
    if not _LISTED.fullmatch(text, dated.end, following.start):
        return dated
    year = following.period.start[:4]
    match = _longest(f"{text[dated.start : dated.end]} {year}", 0)
    read = _read(*match) if match else dated
    if read.period and read.period.start[:10] > following.period.start:
        return dated  # months run backwards: the year may be another one
    return replace(read, start=dated.start, end=dated.end, borrowed=True)


def overlaps(one: Period, other: Period) -> bool:
    """Whether two periods share a day, at the coarser of the two precisions."""
    size = min(len(one.start), len(other.start))
    return one.start[:size] <= other.end[:size] and other.start[:size] <= one.end[:size]


def joined(periods: Sequence[Period]) -> Period | None:
    """From the first start to the last end, or None of none; all must have one precision."""
    if not periods or len({period.precision for period in periods}) != 1:
        return None
    return Period(min(p.start for p in periods), max(p.end for p in periods), periods[0].precision)
