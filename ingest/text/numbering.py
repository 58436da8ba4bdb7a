"""The number printed at the start of a paragraph: what it is, where it ends, what it makes of the paragraph.

`printed_number` looks at one paragraph; `Outline` follows a whole document, because a bare "2" is a number
only after a "1", and because "1." under a bullet is an item while "1." after a heading may be a section.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

from ingest.text.genre import genre

Style: TypeAlias = Literal["decimal", "bracket", "letter", "lower-roman", "roman", "capital", "bullet"]

BULLETS = (
    "\u2022\u2023\u25aa\u25ab\u25cf\u25cb\u25e6\u25a0\u25a1\u25ba\u27a2\u2713\u2794\u00b7\u2219\u204c"
    "\uf0b7\uf0a7\uf02d\uf0d8"  # the same from Symbol and Wingdings
)
_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212*"

_FORMS: tuple[tuple[Style, re.Pattern[str]], ...] = (
    ("bullet", re.compile(rf"[{re.escape(BULLETS)}](?!\w)|[{re.escape(BULLETS)}](?=\w)|o(?=\t)|§(?=\t)")),
    ("bullet", re.compile(rf"[{re.escape(_DASHES)}](?=\s)")),
    ("decimal", re.compile(r"\d{1,2}(?:bis|ter|quater)?(?:\.\s?\d{1,3}(?:bis|ter|quater)?){1,5}\.?(?=\s|$)")),
    ("decimal", re.compile(r"\d{1,3}(?:bis|ter|quater)?\.(?=\s|$)")),
    ("bracket", re.compile(r"\d{1,3}(?:bis|ter)?\)(?=\s|$|[^\W\d_])|\(\d{1,3}(?:bis|ter)?\)(?=\s|$)")),
    ("lower-roman", re.compile(r"\(?[ivxl]{2,6}(?:bis|ter)?\)(?=\s|$)")),
    ("letter", re.compile(r"[a-z]{1,2}(?:bis|ter)?[).](?:\s?(?:bis|ter|quater))?(?=\s|$)|\([a-z]{1,2}\)(?=\s|$)")),
    ("letter", re.compile(r"[a-z]\)(?=[^\W\d_])")),
    ("lower-roman", re.compile(r"[ivxl]{1,6}\.(?=\s|$)")),
    ("roman", re.compile(r"[IVXLC]{1,6}(?:bis|ter)?[.)]?(?=\t|\s{2}|$)|[IVXLC]{1,6}[.)](?=\s)")),
    (
        "capital",
        re.compile(r"[A-Z](?:\.\d{1,2}){0,3}[.)](?=\t|\s{2})|[A-Z]\)(?=\s)|\([A-Z]\)(?=\s)|[A-Z](?=\t)"),
    ),
    ("decimal", re.compile(r"\d{1,3}(?:bis|ter|quater)?(?=\t|\s{3})")),
)
_BARE = re.compile(r"\d{1,2}(?:bis|ter|quater)?(?=\s\S)")
_CAPITALS_PERIOD = re.compile(r"[A-Z]\.\s[A-Z][\w.]")
_TIME_OR_DECIMAL = re.compile(r"\d{1,2}\.\d{2}\s+(?:a\.m|p\.m|hours|hrs|h\b|per cent|%|million|billion)")


@dataclass(frozen=True, slots=True)
class Printed:
    """A number as printed (a slice of the text), its style, and the offset where the words after it start.

    values are the parts of a decimal number ("5.4.1" is 5, 4, 1), or the position of a letter, or nothing.
    sure is False for a bare number or a single capital before a single space ("12 answers", "I. Quay"), which
    only its neighbours can make a number.
    """

    text: str
    style: Style
    content: int
    values: tuple[int, ...] = ()
    sure: bool = True


def skip_debris(text: str, start: int, end: int) -> int:
    """The first offset that is neither white space nor a converter's mark."""
    while start < end:
        if text[start].isspace() or text[start] in "\u200b\ufeff\u2060\u200e\u200f":
            start += 1
        elif match := genre().debris.match(text, start, end):
            start = match.end()
        else:
            break
    return start


def printed_number(text: str, start: int = 0, end: int | None = None) -> Printed | None:
    """The number at the start of text[start:end], or None: "2018 saw" and "1305 (2009)" carry none."""
    stop = len(text) if end is None else end
    at = skip_debris(text, start, stop)
    head = text[at : min(stop, at + 40)]
    for style, form in _FORMS:
        match = form.match(head)
        if match and not _misleads(head, style, match.group()):
            initial = style in {"roman", "capital"} and re.match(r"[A-Z]\.\s[A-Z]", head) is not None
            return _printed(text, at, at + match.end(), stop, style, sure=not initial)
    match = _BARE.match(head)
    if match:
        return _printed(text, at, at + match.end(), stop, "decimal", sure=False)
    return None


def _misleads(head: str, style: Style, number: str) -> bool:
    """Initials ("I. Ivanov"), times and amounts ("9.30 hours"), words ("mm.")."""
    if style == "letter" and number.endswith("."):
        return len(number) > 2 or not head[len(number) :].startswith(("\t", "  "))
    if style == "lower-roman" and number.endswith("."):
        return not head[len(number) :].startswith(("\t", "  "))
    if style in {"roman", "capital"} and _CAPITALS_PERIOD.match(head):
        return bool(re.match(r"[A-Z]\.\s[A-Z]\.", head))
    return bool(_TIME_OR_DECIMAL.match(head))


def _printed(text: str, start: int, number_end: int, end: int, style: Style, *, sure: bool) -> Printed:
    content = skip_debris(text, number_end, end)
    number = text[start:number_end]
    return Printed(number, style, content, _values(number, style), sure)


def _values(number: str, style: Style) -> tuple[int, ...]:
    if style in {"decimal", "bracket"}:
        return tuple(int(part) for part in re.findall(r"\d+", number))
    letters = re.sub(r"(?:bis|ter|quater)?[().\s]", "", number)
    if style == "letter" and letters:
        return (sum((ord(char) - 96) * 26 ** (len(letters) - at - 1) for at, char in enumerate(letters)),)
    if style in {"roman", "lower-roman"}:
        return (roman_value(letters),)
    return (ord(letters[0]) - 64,) if style == "capital" and letters else ()


def roman_value(letters: str) -> int:
    """The value of a Roman numeral in either case; 0 for letters that are none."""
    worth = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
    values = [worth.get(char, 0) for char in letters.lower()]
    total = 0
    for here, following in zip(values, [*values[1:], 0], strict=True):
        total += -here if here < following else here
    return total
