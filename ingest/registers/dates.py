"""Dates as registers know them: a day, a month, a year, or an interval between two of these."""

from __future__ import annotations

import datetime
import re

_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")

Interval = tuple[str, str]
"""The earliest and the latest ISO day that something can be; equal when it is known."""


def interval(text: str) -> Interval:
    """The days that "2018", "2018-11", "2018-11-16" or "2020-03-01/2020-12-31" can mean.

    Raises ValueError when it is none of these or no such day exists.
    """
    first, slash, last = text.partition("/")
    if slash:
        earliest, latest = interval(first)[0], interval(last)[1]
        if earliest > latest:
            raise ValueError(f"{text!r} ends before it begins")
        return earliest, latest
    found = _PARTIAL.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is no date: write 2018, 2018-11 or 2018-11-16")
    year, month, day = (int(part) if part else 0 for part in found.groups())
    if day:
        exact = datetime.date(year, month, day).isoformat()
        return exact, exact
    start = datetime.date(year, month or 1, 1)
    following = datetime.date(year + (month in (0, 12)), 1 if month in (0, 12) else month + 1, 1)
    return start.isoformat(), (following - datetime.timedelta(days=1)).isoformat()


def is_day(text: str | None) -> bool:
    """Whether the text is a single ISO day."""
    return text is not None and len(text) == 10 and "/" not in text


def day_after(day: str) -> str:
    """The next ISO day."""
    return (datetime.date.fromisoformat(day) + datetime.timedelta(days=1)).isoformat()


def day_before(day: str) -> str:
    """The previous ISO day."""
    return (datetime.date.fromisoformat(day) - datetime.timedelta(days=1)).isoformat()
