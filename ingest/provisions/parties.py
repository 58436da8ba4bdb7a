"""Those whom a clause addresses, one by one: "the Directors of the Tide and Light Offices"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from ingest.model import Entity, Value
from ingest.provisions.grammar import DEFAULT
from ingest.register import Register
from ingest.rulebook import rules


@dataclass(frozen=True, slots=True)
class Parties:
    """How a language puts parties side by side; see `clauses.toml`."""

    both: re.Pattern[str]
    and_others: re.Pattern[str]
    lists: re.Pattern[str]
    named: re.Pattern[str]
    article: re.Pattern[str]
    offices: re.Pattern[str]
    place_and: re.Pattern[str]
    together: re.Pattern[str]


@cache
def _forms(language: str) -> Parties:
    said = rules("clauses")["grammar"][language]["parties"]
    names = ("and", "and_others", "lists", "named", "article", "offices", "place_and", "together")
    return Parties(*(re.compile(said[name]) for name in names))


@lru_cache(maxsize=1024)
def addressees_of(
    register: Register, words: str | None, issuer: str, language: str | None = None
) -> tuple[Entity | Value, ...]:
    """Offices and bodies that the words name, one by one; words that name none as they stand."""
    if not words:
        return ()
    forms = _forms(language if language in rules("clauses")["grammar"] else DEFAULT)
    return tuple(_addressees(register, words, issuer, forms))


def _addressees(register: Register, words: str, issuer: str, forms: Parties) -> Iterator[Entity | Value]:
    told = forms.together.sub("", words)
    if entity := _named(register, told, issuer, forms):
        yield entity
        return
    offices = [_named(register, office, issuer, forms) for office in _each_office(told, forms)]
    if offices and all(offices):
        yield from (office for office in offices if office is not None)
        return
    for part in [told] if offices else _parties(told, forms):
        entity = _named(register, part, issuer, forms)
        yield entity if entity is not None else Value(_bare(part, forms))


def _bare(words: str, forms: Parties) -> str:
    """The words without the article in front."""
    article = forms.article.match(words.strip())
    return words.strip()[article.end() :] if article else words.strip()


def _parties(words: str, forms: Parties) -> Iterator[str]:
    for part in forms.both.split(words):
        listed = forms.named.match(part) and (part != words or forms.lists.search(part))
        yield from (each for each in (forms.and_others.split(part) if listed else [part]) if each)


def _each_office(words: str, forms: Parties) -> list[str]:
    """ "the Directors of the Tide Office and the Light Office" one by one; "Tide and Light Offices" likewise."""
    found = forms.offices.fullmatch(words)
    places = forms.place_and.split(found["places"]) if found else []
    if found is None or len(places) < 2:
        return []
    *_, last = places[-1].split()
    single = re.sub(r"x$|s$", "", last)
    ended = [place if place.split()[-1] in (last, single) else f"{place} {single}" for place in places]
    return [f"{found['office']} of the {re.sub(rf'{last}$', single, place)}" for place in ended]


def _named(register: Register, words: str, issuer: str, forms: Parties) -> Entity | None:
    """The one office or body of that name; of several offices that of the issuer's own institution."""
    plain = words.strip()
    offices: tuple[str, ...] = ()
    for name in dict.fromkeys((re.sub(r"^the (?=[A-Z])", "", plain), _bare(plain, forms))):
        offices = register.office_named(name) or register.office_named(name, context=True)
        if len(offices) > 1:
            home = {issuer, *register.ancestors(issuer)}
            offices = tuple(slug for slug in offices if register.offices[slug].body in home)
        if len(offices) == 1:
            return Entity("office", (offices[0],))
        bodies = register.body_named(name, issuer)
        if len(bodies) == 1:
            return Entity("body", (bodies[0],))
    return None
