"""Bodies that no register knows, as the text itself names them: in full, by an acronym in brackets, by their last noun.

"the Assembly of Pilots (AP)" makes "AP" and "the Assembly" two names of one body, wherever in the text they stand.
Where two bodies of one noun are named in full, the noun alone names neither. Such a body is known from this text alone:
its key is the slug of its acronym, else of its name, and never that of a body of the registers.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from ingest.finders import names
from ingest.finders.citation_forms import words
from ingest.register import Register

_NEVER_ISSUE = frozenset({"university", "association", "other"})
"""Kinds of bodies whose resolutions are none of an institution's: an institute of a State, a league of owners."""

_CAPITAL = r"[A-Z][\w'&-]*"
_ACRONYM = re.compile(r" ?\((?P<acronym>[A-Z][A-Za-z0-9&-]{1,15})\)")
_MARK = "~"
"""Begins the name of a hit that stands for a thing of this text alone."""
_NO_ISSUERS = frozenset({"university", "company", "association", "bureau", "secretariat", "other"})
"""Kinds of bodies whose resolutions, if they have any, are none of the record's: an institute, a ministry, a firm."""
_LEADS = frozenset(
    {"The", "A", "An", "This", "That", "In", "At", "By", "For", "Under", "Since", "When", "On", "As", "To", "From",
     "With", "After", "Before", "Following", "Both", "Each", "Every", "Its", "Their", "Our", "No", "Any", "Some", "All",
     "See", "Thus", "If", "Whether", "While", "Although", "However"}
)  # fmt: skip
"""Words with a capital only because a sentence begins with them: no part of a name."""


@dataclass(frozen=True, slots=True)
class LocalBodies:
    """The bodies of one text by its own names for them: by name, folded, and by the noun that ends or leads it.

    acronyms are those that the text gives to names of a register, with that name: "the Assembly (AP)".
    """

    by_name: Mapping[str, str]
    by_noun: Mapping[str, frozenset[str]]
    acronyms: Mapping[str, str]

    def knows(self, name: str) -> bool:
        """Whether the text itself says that these words name a body."""
        return fold(name) in self.by_name or fold(name) in self.acronyms

    def named(self, name: str) -> tuple[str, ...]:
        """The slugs of what these words name: one, none, or all bodies of that noun."""
        plain = fold(name)
        if plain in self.by_name:
            return (self.by_name[plain],)
        return tuple(sorted(self.by_noun.get(plain, ())))


def fold(name: str) -> str:
    """A name without article, possessive ending, abbreviation in brackets and case."""
    plain = re.sub(r"^(?:[Tt]he|[Ii]ts|[Tt]his) ", "", _ACRONYM.sub("", name)).strip()
    return re.sub(r"'s?$", "", plain).casefold()


def slug(name: str) -> str:
    """A name as part of a key: "Assembly of Pilots" is "assembly-of-pilots"."""
    return re.sub(r"[^a-z0-9]+", "-", fold(name).replace("'", "")).strip("-")


@cache
def _form() -> re.Pattern[str]:
    """A name in full: capitalised words around the noun of a body, at least one of them before it or behind "of"."""
    noun = "|".join(sorted(words().body_nouns, key=len, reverse=True))
    word = rf"{_CAPITAL}\b(?!\.?:)(?! ?\d)"
    lead = rf"(?:{_CAPITAL} and )?(?:{_CAPITAL} ){{1,5}}"
    tail = rf" (?:of|on|for) (?:the )?{word}(?: (?:(?:and|of|on|for|the) )?{word}){{0,5}}"
    return re.compile(
        rf"(?<![\w-])(?P<name>{lead}(?P<noun>{noun})\b(?! ?\d)(?:{tail})?|(?P<first>{noun}){tail})"
        r"(?: ?\((?P<short>[A-Z][A-Za-z0-9&-]{1,15})\))?"
    )


@lru_cache(maxsize=8)
def local_bodies(text: str, register: Register) -> LocalBodies:
    """The bodies that a cleaned text names in full and no register knows."""
    named: list[tuple[str, str, str | None]] = []
    acronyms: dict[str, str] = {}
    for found in _form().finditer(text):
        name, noun = _without_lead(found["name"]), (found["noun"] or found["first"]).casefold()
        known, given = bool(register.entities_named(name, "body", context=True)), found["short"]
        if known and given and stands_for(given, name) and not register.body_named(given):
            acronyms[fold(given)] = name
        if not known and fold(name) != noun:
            named.append((name, noun, given))
    short = {fold(name): acronym for name, _, acronym in named if acronym and stands_for(acronym, name)}
    by_name: dict[str, str] = {}
    by_noun: defaultdict[str, set[str]] = defaultdict(set)
    for name, noun, _ in named:
        acronym = short.get(fold(name))
        key = slug(acronym or name)
        if key in register.bodies:
            continue
        by_name[fold(name)] = key
        by_noun[noun].add(key)
        if acronym and not register.body_named(acronym):
            by_name[fold(acronym)] = key
    by_name |= _as_marked(text, register)
    return LocalBodies(by_name, {noun: frozenset(keys) for noun, keys in by_noun.items()}, acronyms)


def _as_marked(text: str, register: Register) -> dict[str, str]:
    """What the finder of names gives a key of its own in this text: its key is the one key of the body."""
    found: dict[str, str] = {}
    for hit in names.hits(text, register):
        told = hit.parts.get("local", hit.parts.get("name", ""))
        keys = hit.parts["candidates"].split() if "candidates" in hit.parts else [told.removeprefix(_MARK)]
        issues = hit.parts.get("kind") not in _NEVER_ISSUE
        if hit.kind == "body" and issues and told.startswith(_MARK) and len(keys) == 1:
            found[fold(text[hit.start : hit.end])] = keys[0]
    return found


def _without_lead(name: str) -> str:
    parts = name.split(" ")
    while len(parts) > 1 and parts[0] in _LEADS:
        parts.pop(0)
    return " ".join(parts)


def stands_for(short: str, name: str) -> bool:
    """Whether all letters of an acronym stand in the name in this order, the first at the beginning of a word."""
    letters = [c for c in short.casefold() if c.isalpha()]
    plain = name.casefold()
    starts = [m.start() for m in re.finditer(r"\b\w", plain) if plain[m.start()] == letters[0]] if letters else []
    for start in starts:
        at = start
        for letter in letters:
            at = plain.find(letter, at) + 1
            if at == 0:
                break
        else:
            return True
    return False


def bodies_before(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    """Where words stand that are a body's name by their noun ("the River Board"), and these words, in order."""
    for found in _noun_form().finditer(text, start, end):
        name = _without_lead(found.group())
        yield found.end() - len(name), name


@cache
def _noun_form() -> re.Pattern[str]:
    noun = "|".join(sorted(words().body_nouns, key=len, reverse=True))
    return re.compile(rf"\b(?:{_CAPITAL} ){{0,5}}(?:{noun})\b(?: (?:of|on) {_CAPITAL})?")
