"""Printed numbers of clauses: what series one belongs to, what follows it, and numbers set inside a line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

Style: TypeAlias = Literal["decimal", "bracket", "letter", "roman", "bullet"]

_ROMANS = (
    "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii",
    "xviii", "xix", "xx",
)  # fmt: skip
_INLINE = re.compile(
    r"(?:(?P<before>[;:,.]) (?:and |or |et |ou )?|(?P<word>[a-z\u00e0-\u00ff]{2}) (?=\(?[ai1]\)))"
    r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,3}\.?|\(?(?:[a-z]|[ivx]{1,5}|\d{1,2})\)|[-\u2013\u2014\u2022])"
    r"(?: |(?<=\))(?=[a-z])(?!s\b))(?=[a-zA-Z\u00c0-\u00ff§\"(])"
)
_REFERRED = re.compile(r"(?:(?:and|or|et|ou|to) (?:\d|[a-z]\)|[ivx]+\))|(?:above|below|of|ci-dessus|thereof)\b)")
_BULLETS = frozenset("-–—•·*o")
_AFTER = ("bis", "ter", "quater")
_LATIN = re.compile(r"(?:bis|ter|quater)(?=\W*$)")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A printed number as a place in a series: values count from 1; a bullet has none.

    "4.1" has the values 4 and 1, and is an item of "4". rank is 0, or 1 for "bis", 2 for "ter".
    """

    style: Style
    values: tuple[int, ...]
    printed: str
    rank: int = 0

    @property
    def begins(self) -> bool:
        """Whether a series may begin with it."""
        return not self.values or (self.values[-1] == 1 and self.rank == 0)


def numeral(printed: str | None, open_lists: Sequence[Numeral] = (), *, awaited: bool = False) -> Numeral | None:
    """A printed number ("4", "4.1", "b)", "iv)", "b)bis", "–"), or None.

    open_lists are the last numbers of the lists that are open, the innermost last. "i)", "v)" and "x)" are letters
    where one of those is the letter before, Roman numerals elsewhere; "i)" is Roman where a list is awaited.
    """
    if not printed:
        return None
    latin = _LATIN.search(printed)
    rank = _AFTER.index(latin[0]) + 1 if latin else 0
    bare = (_LATIN.sub("", printed) if latin else printed).strip(" ().\t")
    if not bare or printed.strip() in _BULLETS:
        return Numeral("bullet", (), printed)
    if re.fullmatch(r"\d{1,3}(?:\.\d{1,2}){0,4}", bare):
        style: Style = "bracket" if ")" in printed else "decimal"
        return Numeral(style, tuple(int(part) for part in bare.split(".")), printed, rank)
    return _lettered(bare, printed, rank, () if awaited and bare == "i" else open_lists)


def _lettered(bare: str, printed: str, rank: int, open_lists: Sequence[Numeral]) -> Numeral | None:
    letter = Numeral("letter", (ord(bare[0]) - 96,), printed, rank) if re.fullmatch(r"[a-z]", bare) else None
    if re.fullmatch(r"([a-z])\1", bare) and bare not in _ROMANS:
        letter = Numeral("letter", (ord(bare[0]) - 70,), printed, rank)
    if bare not in _ROMANS:
        return letter
    roman = Numeral("roman", (_ROMANS.index(bare) + 1,), printed, rank)
    for last in reversed(open_lists):
        if is_next(last, roman):
            return roman
        if letter is not None and is_next(last, letter):
            return letter
    near = letter is not None and any(follows(last, letter) for last in open_lists)
    return letter if near and not any(follows(last, roman) for last in open_lists) else roman


def written(like: Numeral, value: int) -> str:
    """A number of the series as it would be printed: like is "4.3", value 2: "4.2"; like is "d)", value 3: "c)"."""
    if like.style == "letter":
        said = chr(96 + value) if value <= 26 else chr(70 + value) * 2
    elif like.style == "roman":
        said = _ROMANS[value - 1]
    else:
        said = ".".join(map(str, (*like.values[:-1], value)))
    return re.sub(r"[a-z]+|\d+(?:\.\d+)*", said, _LATIN.sub("", like.printed.strip()), count=1)


def is_next(last: Numeral, now: Numeral) -> bool:
    """Whether a number is the very next of a series."""
    if last.style != now.style or len(last.values) != len(now.values) or last.values[:-1] != now.values[:-1]:
        return False
    if not now.values:
        return True
    return now.values[-1] == last.values[-1] + 1 or (now.values == last.values and now.rank == last.rank + 1)


def follows(last: Numeral, now: Numeral) -> bool:
    """Whether a number comes after another in the same series; numbers may be missing in between, but few."""
    if last.style != now.style or len(last.values) != len(now.values):
        return False
    if not now.values:
        return True
    if len(now.values) > 1:
        return now.values > last.values
    return 0 < now.values[0] - last.values[0] <= 3 or (now.values == last.values and now.rank > last.rank)


def split_inline(
    text: str,
    start: int,
    end: int,
    first: Numeral | None,
    *,
    outer: Sequence[Numeral] = (),
    then: str | None = None,
) -> list[tuple[Numeral | None, int, int]]:
    """The clauses in a paragraph, cut where a series goes on or begins inside the line: "1 to …; 2 that …".

    A series that begins inside the line ("…: i) …; ii) …") is cut only if its second number follows too, there or as
    the number printed before the next paragraph (then). outer are the last numbers of the lists that are open.
    """
    cuts: list[tuple[Numeral | None, int, int]] = [(first, start, end)]
    marks = list(_INLINE.finditer(text, start, end))
    lists = [*outer, first] if first is not None and first.values else list(outer)
    for index, mark in enumerate(marks):
        if _REFERRED.match(text, mark.end()):
            continue
        now = _going_on(mark, lists) or _beginning(mark, [*_later(mark, marks[index + 1 :]), then], lists)
        if now is None:
            continue
        number, begin, _ = cuts[-1]
        cuts[-1] = (number, begin, mark.end("before") if mark["before"] else mark.end("word"))
        cuts.append((now, mark.end(), end))
    return cuts


def _going_on(mark: re.Match[str], lists: list[Numeral]) -> Numeral | None:
    """The number, if it is the very next of a list that is open: so many numbers stand in a line. Lists in it close."""
    now = numeral(mark["number"], lists) if mark["before"] else None
    for index in range(len(lists) - 1, -1, -1):
        if now is not None and is_next(lists[index], now):
            del lists[index:]
            lists.append(now)
            return now
    return None


def _later(mark: re.Match[str], marks: Sequence[re.Match[str]]) -> list[str]:
    """The numbers that may go on with a list; one that no colon opens is a list only if semicolons part its items."""
    return [other["number"] for other in marks if mark["before"] == ":" or other["before"] == ";"]


def _beginning(mark: re.Match[str], later: Sequence[str | None], lists: list[Numeral]) -> Numeral | None:
    """The number, if a list begins with it and goes on: behind a colon, or with a bracket to its number."""
    now = numeral(mark["number"], awaited=True)
    if now is None or not now.begins or (mark["before"] != ":" and not (mark["word"] and ")" in mark["number"])):
        return None
    if not any((next_one := numeral(other, [now])) is not None and is_next(now, next_one) for other in later):
        return None
    lists.append(now)
    return now
