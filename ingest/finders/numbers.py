"""Document numbers, in the forms that the registers know, and in the general form of a working group's papers.

A number that follows in a list without its series ("PANEL 7/3 and 7/4") takes the series of the one before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ingest.finders import symbols
from ingest.finders.mentions import mention
from ingest.model import Mention
from ingest.register import NumberForm, Register
from ingest.text import Clean

_NEXT = re.compile(r"(?:,| and| &|, and) (?P<tail>\d{1,3}/\d{1,4}(?:-[A-Z])?)(?![\w/]|-\w)")
_TAIL = re.compile(r"\d{1,3}/\d{1,4}")
_GENERAL = re.compile(
    r"(?<![\w/-])(?P<series>(?:[A-Z]{1,4}WG|WG|[A-Z]{1,4}EG|EG)(?:[- ]?[A-Z][A-Za-z]{1,20}(?:&[A-Z][A-Za-z]{0,10})?)?)"
    r"[- ]?(?P<meeting>\d{1,3})/(?P<number>\d{1,4})(?:-(?P<language>[A-Z]))?(?![\w/])"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A number in the cleaned copy: where, and how it would be written whole."""

    start: int
    end: int
    number: str
    parts: dict[str, str]


def find(clean: Clean, register: Register) -> Iterator[Mention]:
    """The document numbers of a document, in order; parts["number"] is the number whole, as written."""
    for found in read(clean.text, register):
        block = clean.block_at(found.start)
        yield mention(clean, "document-number", found.start, found.end, block.order if block else 1, found.parts)


def read(text: str, register: Register) -> list[Found]:
    """The document numbers in a cleaned text; of two that overlap the longer one."""
    found: list[Found] = []
    for match in _candidates(text, register):
        if found and match.start() < found[-1].end:
            continue
        found.append(_found(match))
        found.extend(_following(text, match))
    return _with_bare(text, found)


def _with_bare(text: str, found: list[Found]) -> list[Found]:
    """The numbers with those that stand without their series, where the text numbers that meeting's papers in one."""
    named: dict[str, dict[str, str]] = {}
    for each in found:
        if series := each.parts.get("series"):
            named.setdefault(each.parts.get("meeting", ""), {}).setdefault(_same(series), series)
    single = {meeting: next(iter(several.values())) for meeting, several in named.items() if len(several) == 1}
    taken = {each.start for each in found}
    for start, end, number, parts in symbols.bare(text, single):
        if start not in taken:
            found.append(Found(start, end, number, parts | {"number": number}))
    return sorted(found, key=lambda each: each.start)


def _same(series: str) -> str:
    return re.sub(r"[- ]", "-", series).casefold()


def _candidates(text: str, register: Register) -> list[re.Match[str]]:
    matches = [m for form in _forms(register) for m in form.finditer(text)]
    matches.extend(_GENERAL.finditer(text))
    matches.extend(symbols.find(text))
    return sorted(matches, key=lambda m: (m.start(), -m.end()))


@lru_cache(maxsize=8)
def _forms(register: Register) -> tuple[re.Pattern[str], ...]:
    """The registers' forms of documents, to be searched for: no letter, digit or stroke may touch them."""
    return tuple(_searchable(form) for form in register.number_forms if form.entity == "document")


def _searchable(form: NumberForm) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w/.-])(?:{form.pattern.pattern})(?![\w/]|-\w)", form.pattern.flags)


def _found(match: re.Match[str]) -> Found:
    parts = {name: value for name, value in match.groupdict().items() if value is not None}
    return Found(match.start(), match.end(), match.group(), parts | {"number": match.group()})


def _following(text: str, first: re.Match[str]) -> Iterator[Found]:
    tail = _TAIL.search(first.group())
    position = first.end()
    series = first.groupdict().get("series")
    while tail and (more := _NEXT.match(text, position)):
        whole = first.group()[: tail.start()] + more["tail"]
        named = {"series": series, "meeting": more["tail"].split("/")[0]} if series else {}
        yield Found(more.start("tail"), more.end(), whole, named | {"number": whole})
        position = more.end()
