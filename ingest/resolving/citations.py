"""Citations to revisions of instruments, or to the instrument as such, or to none with the candidates.

Body, number and revision together make the key. The issuer is what the words say; else town and year name the
conference; else the number, where only one body can have issued it. A year is only ever that of the citation itself,
or of the one revision that the document fixes elsewhere.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from ingest.context import Document
from ingest.model import Entity, Link, Mention
from ingest.register import Event, Register

FROM_CONTEXT = "found from context"
"""How the reason of a link begins whose revision or issuer another citation of the same document fixes."""

_SESSION_NUMBER = re.compile(r"\d{1,4}/\d{1,4}[A-Z]?|\d{1,4} \(.+\)")
_EDITION = re.compile(r"(?P<number>\d{1,3})-\d{1,2}")
_SYMBOLS = {"A/RES": "UNGA", "E/RES": "ECOSOC", "S/RES": "United Nations Security Council"}
_GENERAL_ASSEMBLY = "UNGA"
_LONG_TAG = re.compile(r"-(?:19|20)(\d\d)$")
_ABBREVIATION = re.compile(r" ?\((?P<words>[A-Z][A-Z&-]{1,11})\)")
_SELF = re.compile(r"this \w+")
_OWN = re.compile(r"(?:its|their)(?: own)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who issued what is cited: the bodies that it can be, how that is known, and the year that a tag gives."""

    bodies: tuple[str, ...]
    reason: str
    year: str | None = None


def resolve(mention: Mention, document: Document, earlier: Sequence[Link]) -> Link:
    """The link of one citation, by its own words, the register and what was named before it."""
    parts = mention.parts
    issuer = _issuer(mention, document, earlier)
    kind, number = parts["kind"], _number(parts)
    if not issuer.bodies:
        return Link(mention, None, issuer.reason)
    candidates = tuple(Entity("instrument", (kind, body, number)) for body in issuer.bodies)
    if len(candidates) > 1:
        return Link(mention, None, f"{issuer.reason}; {len(candidates)} bodies are possible", candidates)
    return _dated(mention, candidates[0], issuer, document.register)


def _dated(mention: Mention, instrument: Entity, issuer: Issuer, register: Register) -> Link:
    kind, body, number = instrument.key
    year = mention.parts.get("year") or issuer.year
    if year is None or _SESSION_NUMBER.fullmatch(number):
        left = "" if _SESSION_NUMBER.fullmatch(number) else "; no revision given"
        return Link(mention, instrument, issuer.reason + left)
    revision = Entity("revision", (kind, body, number, year))
    known = register.revision(kind, body, number, year) is not None
    return Link(mention, revision, issuer.reason if known else f"{issuer.reason}; not in the register")


def _number(parts: Mapping[str, str]) -> str:
    """The number that lasts through all revisions: "48-2" is the second edition of 48."""
    edition = _EDITION.fullmatch(parts["number"])
    return edition["number"] if edition else parts["number"]


def _issuer(mention: Mention, document: Document, earlier: Sequence[Link]) -> Issuer:
    parts, register = mention.parts, document.register
    event = _event(parts, register)
    if "tag" in parts and event is None:
        return Issuer((), f"no conference or session is known as {parts['tag']}")
    said = _said(mention, document, earlier)
    if said is not None and not said.bodies:
        return said
    placed = _placed(parts, register)
    if event is not None:
        tagged = Issuer((str(event.body),), f"{parts['tag']} is {event.label}", event.year)
        return _agreed(said, tagged, register) if said else tagged
    if placed is not None:
        return _agreed(said, placed, register) if said else _narrowed(placed, parts, register)
    if said is not None:
        return _narrowed(said, parts, register)
    if "city" in parts and "," in parts.get("revision", ""):
        place = f"{parts['city']}, {parts['year']}"
        return Issuer((), f"no issuer given, and no conference is known for {place}")
    return _by_number(parts, register)


def _event(parts: Mapping[str, str], register: Register) -> Event | None:
    tag = parts.get("tag")
    for written in dict.fromkeys((tag, _LONG_TAG.sub(r"-\1", tag))) if tag else ():
        if event := register.conference_tagged(written) or register.session_tagged(written):
            return event
    return None


def _said(mention: Mention, document: Document, earlier: Sequence[Link]) -> Issuer | None:
    """The issuer that the words name; without bodies if they name one that the register does not know."""
    words = mention.parts.get("issuer")
    if words is None:
        return None
    if _SELF.fullmatch(words):
        body = document.metadata.body
        if body is None:
            return Issuer((), f"whose “{words}” is open")
        return Issuer((body,), f"“{words}” is whose document this is")
    if _OWN.fullmatch(words):
        return _antecedent(mention, document, earlier)
    name = _SYMBOLS.get(words, words)
    bodies = _bodies(name, document)
    if not bodies:
        return Issuer((), f"the register knows no body called “{words}”")
    return Issuer(bodies, f"issued by “{words}”")


def _bodies(words: str, document: Document) -> tuple[str, ...]:
    """The bodies of that name, with and without an abbreviation in brackets."""
    register, home = document.register, document.metadata.body
    plain = _ABBREVIATION.sub("", words).removesuffix("'s")
    hyphened = plain.replace(" ", "-") if len(plain) < 8 else plain
    short = [found["words"] for found in _ABBREVIATION.finditer(words)]
    for name in dict.fromkeys((plain, hyphened, *short)):
        if found := register.body_named(name, home):
            return found
    return tuple(dict.fromkeys(e.key[0] for e in register.entities_named(plain, "body", context=True)))


def _antecedent(mention: Mention, document: Document, earlier: Sequence[Link]) -> Issuer | None:
    """ "its Resolution": the body named last before it in the same paragraph, if it can have issued that number."""
    possible = document.register.issuers_of_number(mention.parts["kind"], _number(mention.parts))
    for link in reversed(earlier):
        if link.mention.block != mention.block:
            break
        if link.mention.kind == "body" and link.entity is not None:
            body = link.entity.key[0]
            if not possible or body in possible:
                return Issuer((body,), f"“{mention.parts['issuer']}”: of the body named before it")
    return None


def _placed(parts: Mapping[str, str], register: Register) -> Issuer | None:
    """The conferences of the town and year in the bracket; a body may stand there instead of a town."""
    city, year = parts.get("city"), parts.get("year")
    if city is None or year is None:
        return None
    held = register.conferences(city, year) or register.conferences(city.title(), year)
    bodies = tuple(dict.fromkeys(str(event.body) for event in held))
    if bodies:
        return Issuer(bodies, f"{city}, {year}")
    named = tuple(e.key[0] for e in register.entities_named(city, "body", context=True))
    return Issuer(named, f"issued by “{city}”") if named else None


def _agreed(said: Issuer, placed: Issuer, register: Register) -> Issuer:
    """The issuer that both the words and the bracket name. A Sector's resolutions are those of its assembly."""
    both = tuple(
        body for body in placed.bodies if any(name == body or name in register.ancestors(body) for name in said.bodies)
    )
    if both:
        exact = tuple(body for body in both if body in said.bodies)
        return Issuer(exact or both, said.reason, placed.year)
    if len(said.bodies) == 1 and not any(register.occasions(body) for body in said.bodies):
        return said
    reason = f"{said.reason}, but the revision is that of {placed.reason}"
    return Issuer((*said.bodies, *placed.bodies), reason, placed.year)


def _narrowed(issuer: Issuer, parts: Mapping[str, str], register: Register) -> Issuer:
    """Of several bodies those that are known to have issued that number."""
    if len(issuer.bodies) < 2:
        return issuer
    holders = register.issuers_of_number(parts["kind"], _number(parts))
    kept = tuple(body for body in issuer.bodies if body in holders)
    return replace(issuer, bodies=kept) if kept else issuer


def _by_number(parts: Mapping[str, str], register: Register) -> Issuer:
    """No issuer, no town: the form of the number, or the only body that can have issued it."""
    number, kind = _number(parts), parts["kind"]
    if _SESSION_NUMBER.fullmatch(number):
        bodies = register.body_named(_GENERAL_ASSEMBLY) if kind == "resolution" and _is_session(number) else ()
        return Issuer(bodies, f"numbered as by “{_GENERAL_ASSEMBLY}”" if bodies else "no issuer given")
    holders = register.issuers_of_number(kind, number)
    if not holders:
        return Issuer((), "no issuer given, and the register does not know the number")
    if number.isdigit():
        reach = _reach(register)
        others = tuple(body for body, top in reach.get(kind, {}).items() if top >= int(number) and body not in holders)
        if others:
            return Issuer((*holders, *others), "no issuer given")
    only = "; the only body with that number" if len(holders) == 1 else ""
    return Issuer(holders, f"no issuer given{only}")


def _is_session(number: str) -> bool:
    """Whether the first half can be a session of the General Assembly: from the 31st on numbers have a stroke."""
    first = number.split("/")[0]
    return not first.isdigit() or 31 <= int(first) <= 150


@lru_cache(maxsize=8)
def _reach(register: Register) -> Mapping[str, Mapping[str, int]]:
    """By kind and body the highest number that the register knows: a body that has reached it may have issued less."""
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for instrument in register.instruments():
        if instrument.number.isdigit():
            top = found[instrument.kind].get(instrument.issuer, 0)
            found[instrument.kind][instrument.issuer] = max(top, int(instrument.number))
    return found


def settle(links: Iterable[Link]) -> list[Link]:
    """Links whose issuer or revision was open, settled where the document fixes exactly one elsewhere.

    A citation whose words name an issuer that the register does not know is never settled.
    """
    given = list(links)
    fixed: defaultdict[tuple[str, str], set[Entity]] = defaultdict(set)
    for link in given:
        if link.mention.kind == "citation" and link.entity is not None:
            kind, _, number = link.entity.key[:3]
            fixed[kind, number].add(link.entity)
    return [_settled(link, fixed) if link.mention.kind == "citation" else link for link in given]


def _settled(link: Link, fixed: Mapping[tuple[str, str], set[Entity]]) -> Link:
    if link.entity is not None and link.entity.kind == "revision":
        return link
    if link.entity is None and ("issuer" in link.mention.parts and not _OWN.fullmatch(link.mention.parts["issuer"])):
        return link
    if link.entity is None and ("tag" in link.mention.parts or "city" in link.mention.parts):
        return link
    kind, number = link.mention.parts["kind"], _number(link.mention.parts)
    same = fixed.get((kind, number), set())
    issuers = {entity.key[1] for entity in same}
    if link.entity is not None:
        issuers &= {link.entity.key[1]}
    if len(issuers) != 1:
        return link
    (issuer,) = issuers
    year = link.mention.parts.get("year")
    if year is not None and not _SESSION_NUMBER.fullmatch(number):
        revision = Entity("revision", (kind, issuer, number, year))
        return Link(link.mention, revision, f"{FROM_CONTEXT}: issuer cited elsewhere")
    revisions = [entity for entity in same if entity.kind == "revision" and entity.key[1] == issuer]
    if len(revisions) == 1:
        return Link(link.mention, revisions[0], f"{FROM_CONTEXT}: the one revision that the document cites")
    if link.entity is not None:
        return link
    return Link(link.mention, Entity("instrument", (kind, issuer, number)), f"{FROM_CONTEXT}; revision left open")
