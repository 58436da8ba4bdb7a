"""Document numbers of series that no register knows: what the text says of the series makes them numbers.

"7/3" behind capitals is a number of a document only where the text itself introduces the capitals ("the Panel on
Quays (PQ)"), or calls it a document. A symbol of a year ("UQP/CQ/2031/4") says so by its form. The forms are data
(`contributions.toml`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from ingest.rulebook import rules

_STROKE = re.compile(r"(?<=[\dA-Z])/(?=[\dA-Z])")
_AROUND = 60
"""Signs on either side of a stroke within which a symbol begins and ends."""
_INITIALS = 80
"""Signs before a number in which the words that its capitals stand for are looked for."""


@cache
def forms() -> tuple[tuple[str, bool, re.Pattern[str]], ...]:
    """Name, whether the text must introduce the series, and form of each kind of symbol."""
    return tuple((row["name"], row["introduced"], re.compile(row["regex"])) for row in rules("contributions")["symbol"])


@cache
def _called() -> re.Pattern[str]:
    return re.compile(rules("contributions")["called"]["regex"] + r"$", re.IGNORECASE)


def find(text: str) -> Iterator[re.Match[str]]:
    """The numbers of series of this text's own; groups series, meeting, number, perhaps version and language."""
    named: dict[str, bool] = {}
    windows = _windows(text)
    for _, introduced, form in forms():
        last: re.Match[str] | None = None
        for match in (found for start, end in windows for found in form.finditer(text, start, end)):
            series = match["series"]
            if series not in named:
                named[series] = f"({series})" in text or f"({series} " in text
            listed = last is not None and re.fullmatch(r",? (?:and |& )?", text[last.end() : match.start()][:8])
            if not introduced or listed or named[series] or _is_called(text, match):
                last = match
                yield match


def _windows(text: str) -> list[tuple[int, int]]:
    """The stretches around strokes behind which a number stands: nothing else can be a symbol."""
    found: list[tuple[int, int]] = []
    for stroke in _STROKE.finditer(text):
        start, end = max(0, stroke.start() - _AROUND), stroke.end() + _AROUND
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _is_called(text: str, match: re.Match[str]) -> bool:
    """Whether the words right before say so: a document word, or the name that the capitals stand for."""
    before = text[max(0, match.start() - _INITIALS) : match.start()]
    return bool(_called().search(before)) or _spelt(before, match["series"])


def _spelt(before: str, series: str) -> bool:
    """Whether the words right before a number begin with its letters: "the Tapes Forum, TF3/11"."""
    words = re.findall(r"[A-Z][\w'-]+", before)[-len(series) :]
    close = re.search(r"[A-Z][\w'-]+,? \(?$", before)
    return bool(close) and "".join(word[0] for word in words) == series


@cache
def _bare() -> re.Pattern[str]:
    return re.compile(rules("contributions")["bare"]["regex"])


def bare(text: str, series_of: Mapping[str, str]) -> Iterator[tuple[int, int, str, dict[str, str]]]:
    """ "contributions 7/4 and 7/5" without their series: start, end, the number whole, and its series and meeting.

    series_of gives the one series in which a meeting's papers are numbered in this text.
    """
    for lead in _bare().finditer(text):
        for tail in re.finditer(r"(?P<meeting>\d{1,4})/\d{1,4}", lead["numbers"]):
            if series := series_of.get(tail["meeting"]):
                at = lead.start("numbers")
                parts = {"series": series, "meeting": tail["meeting"]}
                yield at + tail.start(), at + tail.end(), f"{series} {tail.group()}", parts
