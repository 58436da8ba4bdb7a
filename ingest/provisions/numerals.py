"""Printed numbers of clauses: what series one belongs to, what follows it, and numbers set inside a line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

Style: TypeAlias = Literal["decimal", "dotted", "letter", "roman", "bullet"]

_ROMANS = (
    "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii",
    "xviii", "xix", "xx",
)  # fmt: skip
_INLINE = re.compile(r"(?P<before>[;:,.]) (?:and |or )?(?P<number>\d{1,2}\.?|[a-z]\)|[ivx]{1,5}\)) (?=[a-zA-Z§\"(])")
_BULLETS = frozenset("-–—•·*o")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A printed number as a place in a series: values count from 1; a bullet has none."""

    style: Style
    values: tuple[int, ...]
    printed: str


def numeral(printed: str | None, open_lists: Sequence[Numeral] = ()) -> Numeral | None:
    """A printed number ("4", "4.1", "b)", "iv)", "–"), or None.

    "i)", "v)" and "x)" are letters where the letter before them came last, Roman numerals elsewhere.
    """
    if not printed:
        return None
    bare = printed.strip().strip("().")
    if not bare or bare in _BULLETS:
        return Numeral("bullet", (), printed)
    if bare.isdigit():
        return Numeral("decimal", (int(bare),), printed)
    if re.fullmatch(r"\d{1,2}(?:\.\d{1,2}){1,4}", bare):
        return Numeral("dotted", tuple(int(part) for part in bare.split(".")), printed)
    letter = Numeral("letter", (ord(bare) - 96,), printed) if re.fullmatch(r"[a-z]", bare) else None
    if bare in _ROMANS:
        roman = Numeral("roman", (_ROMANS.index(bare) + 1,), printed)
        if letter is None or not any(follows(last, letter) for last in open_lists if last.style == "letter"):
            return roman
    return letter


def follows(last: Numeral, now: Numeral) -> bool:
    """Whether a number comes after another in the same series; numbers may be missing in between, but few."""
    if last.style != now.style:
        return False
    if last.style == "bullet":
        return True
    if last.style == "dotted":
        return len(last.values) == len(now.values) and now.values > last.values
    return 0 < now.values[0] - last.values[0] <= 3


def split_inline(text: str, start: int, end: int, first: Numeral | None) -> list[tuple[Numeral | None, int, int]]:
    """The clauses in a paragraph, cut where its own series goes on inside the line: "1 to …; 2 that …".

    A series that begins inside the line ("…: i) …; ii) …") is cut only if its second number follows too.
    """
    cuts: list[tuple[Numeral | None, int, int]] = [(first, start, end)]
    marks = list(_INLINE.finditer(text, start, end))
    last = first
    for mark in marks:
        now = _next(mark["number"], last)
        if now is None:
            continue
        number, begin, _ = cuts[-1]
        cuts[-1] = (number, begin, mark.start("before") + 1)
        cuts.append((now, mark.end(), end))
        last = now
    return cuts


def _next(printed: str, last: Numeral | None) -> Numeral | None:
    """The number, if it is the very next of the series; a bare digit must be, for so many numbers stand in a line."""
    if last is None or not last.values:
        return None
    now = numeral(printed, [last])
    if now is None or now.style != last.style or now.values[0] != last.values[0] + 1:
        return None
    return now
