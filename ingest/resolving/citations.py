"""Citations to revisions of instruments, or to the instrument as such, or to none with the candidates.

Body, number and revision together make the key. The issuer is what the words say; else town and year name the
conference; else the number, where only one body can have issued it. A year is only ever that of the citation itself,
or of the one revision that the document fixes elsewhere.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from ingest.context import Document
from ingest.finders.mentions import place
from ingest.model import Entity, Link, Mention
from ingest.register import Event, Register

FROM_CONTEXT = "found from context"
"""How the reason of a link begins whose revision or issuer another citation of the same document fixes."""

_SESSION_NUMBER = re.compile(r"\d{1,4}/\d{1,4}[A-Z]?|\d{1,4} \(.+\)")
_EDITION = re.compile(r"(?P<number>\d{1,3})-\d{1,2}")
_SYMBOLS = {"A/RES": "UNGA", "E/RES": "ECOSOC", "S/RES": "United Nations Security Council"}
_GENERAL_ASSEMBLY = "UNGA"
_LONG_TAG = re.compile(r"-(?:19|20)(\d\d)$")
_ABBREVIATION = re.compile(r" ?\((?P<words>[A-Z][A-Z0-9&-]{1,11})\)")
_BEGUN_HIGH = 100
"""A series of which no number below this is known did not begin at 1."""
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
    if "tag" in parts and event is None and (later := _later_session(mention, document, earlier)):
        return later
    if "tag" in parts and event is None:
        return Issuer((), f"no conference or session is known as {parts['tag']}")
    said = _said(mention, document, earlier)
    if said is not None and not said.bodies:
        return said
    placed = _placed(parts, register)
    if event is not None:
        tagged = Issuer((str(event.body),), f"{event.tag} is {event.label}", event.year)
        return _agreed(said, tagged, parts, register) if said else tagged
    if placed is not None:
        return _agreed(said, placed, parts, register) if said else _narrowed(placed, parts, register)
    if said is not None:
        return _narrowed(said, parts, register)
    if "city" in parts and "," in parts.get("revision", ""):
        place = f"{parts['city']}, {parts['year']}"
        return Issuer((), f"no issuer given, and no conference is known for {place}")
    return _by_number(parts, register)


def _event(parts: Mapping[str, str], register: Register) -> Event | None:
    bracketed = _ABBREVIATION.search(parts.get("issuer", ""))
    tag = parts.get("tag") or (bracketed["words"] if bracketed and bracketed["words"][-1].isdigit() else None)
    for written in dict.fromkeys((tag, _LONG_TAG.sub(r"-\1", tag))) if tag else ():
        if event := register.conference_tagged(written) or register.session_tagged(written):
            return event
    return None


def _later_session(mention: Mention, document: Document, earlier: Sequence[Link]) -> Issuer | None:
    """ "Council Resolution 2207 (…, last amended C28)": a yearly session after those that the register knows."""
    short = re.fullmatch(r"C-?(\d\d)", mention.parts["tag"])
    said = _said(mention, document, earlier)
    if short is None or said is None or len(said.bodies) != 1:
        return None
    events = document.register.occasions(said.bodies[0])
    yearly = {event.kind for event in events} == {"session"}
    year = f"20{short[1]}"
    return replace(said, year=year) if yearly and all((event.year or "") < year for event in events) else None


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
    """ "its Resolution": the body named last before it in the sentence, if it numbers its texts like that."""
    sentence = document.clean.sentence_at(place(document.clean, mention.span)[0])
    for link in reversed(earlier):
        before = place(document.clean, link.mention.span)[0]
        if sentence is None or link.mention.block != mention.block or before < sentence.start:
            break
        if link.mention.kind == "body" and link.entity is not None:
            body = link.entity.key[0]
            if _numbers_so(body, mention.parts, document.register):
                return Issuer((body,), f"“{mention.parts['issuer']}”: of the body named before it")
    return None


def _numbers_so(body: str, parts: Mapping[str, str], register: Register) -> bool:
    """Whether a body is known to have issued that number, or, where nobody is, texts numbered in the same way."""
    kind, number = parts["kind"], _number(parts)
    holders = register.issuers_of_number(kind, number)
    if holders:
        return body in holders
    style = bool(_SESSION_NUMBER.fullmatch(number))
    return any(bool(_SESSION_NUMBER.fullmatch(known.number)) == style for known in register.instruments(kind, body))


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


def _agreed(said: Issuer, placed: Issuer, parts: Mapping[str, str], register: Register) -> Issuer:
    """The issuer that both the words and the bracket name. A Sector's resolutions are those of its assembly.

    A body that is not known to issue anything is no issuer beside one that is known to have issued that number: the
    words then say who does something with the text ("… by the Bureau").
    """
    both = tuple(
        body for body in placed.bodies if any(name == body or name in register.ancestors(body) for name in said.bodies)
    )
    if both:
        exact = tuple(body for body in both if body in said.bodies)
        return Issuer(exact or both, said.reason, placed.year)
    if len(said.bodies) == 1 and not any(register.occasions(body) for body in said.bodies):
        silent = not register.instruments(issuer=said.bodies[0])
        holders = register.issuers_of_number(parts["kind"], _number(parts))
        return placed if silent and len(placed.bodies) == 1 and placed.bodies[0] in holders else said
    reason = f"{said.reason}, but the revision is that of {placed.reason}"
    return Issuer((*said.bodies, *placed.bodies), reason, placed.year)


def _narrowed(issuer: Issuer, parts: Mapping[str, str], register: Register) -> Issuer:
    """Of several bodies those that are known to have issued that number, or else texts of that kind."""
    if len(issuer.bodies) < 2:
        return issuer
    holders = register.issuers_of_number(parts["kind"], _number(parts))
    kept = tuple(body for body in issuer.bodies if body in holders)
    kept = kept or tuple(body for body in issuer.bodies if _issues(body, parts["kind"], register))
    return replace(issuer, bodies=kept) if kept else issuer


def _issues(body: str, kind: str, register: Register) -> bool:
    """Whether a body can issue texts of that kind: one of which only other kinds are known does not."""
    known = register.instruments(issuer=body)
    return not known or any(instrument.kind == kind for instrument in known)


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
        others = tuple(body for body in _could_have_issued(register, kind, int(number)) if body not in holders)
        if others:
            return Issuer((*holders, *others), "no issuer given")
    only = "; the only body with that number" if len(holders) == 1 else ""
    return Issuer(holders, f"no issuer given{only}")


def _is_session(number: str) -> bool:
    """Whether the first half can be a session of the General Assembly: from the 31st on numbers have a stroke."""
    first = number.split("/")[0]
    return not first.isdigit() or 31 <= int(first) <= 150


def _could_have_issued(register: Register, kind: str, number: int) -> tuple[str, ...]:
    """The bodies whose series reaches that number: from 1, or from the lowest known one of a series begun high."""
    ranges = _ranges(register).get(kind, {})
    return tuple(
        body for body, (low, high) in ranges.items() if (low < _BEGUN_HIGH or low <= number) and number <= high
    )


@lru_cache(maxsize=8)
def _ranges(register: Register) -> Mapping[str, Mapping[str, tuple[int, int]]]:
    """By kind and body the lowest and the highest number that the register knows."""
    found: defaultdict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
    for instrument in register.instruments():
        if instrument.number.isdigit():
            number = int(instrument.number)
            low, high = found[instrument.kind].get(instrument.issuer, (number, number))
            found[instrument.kind][instrument.issuer] = (min(low, number), max(high, number))
    return found


def settle(links: Iterable[Link], document: Document) -> list[Link]:
    """Links whose issuer or revision was open, settled where the document fixes exactly one elsewhere.

    A citation whose words name an issuer that the register does not know is never settled. An issuer is settled only
    if it is the document's own body, or if no other body that the document cites can have issued that number.
    """
    given = list(links)
    cited = Cited()
    for link in given:
        if link.mention.kind == "citation" and link.entity is not None:
            cited.add(link.entity)
    return [_settled(link, cited, document) if link.mention.kind == "citation" else link for link in given]


@dataclass(frozen=True, slots=True)
class Cited:
    """What a document cites, for settling what it leaves open."""

    by_number: defaultdict[tuple[str, str], set[Entity]] = field(default_factory=lambda: defaultdict(set))
    issuers: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, entity: Entity) -> None:
        """Note one instrument or revision."""
        kind, issuer, number = entity.key[:3]
        self.by_number[kind, number].add(entity)
        self.issuers[kind].add(issuer)

    def sole_issuer(self, kind: str, number: str, document: Document) -> str | None:
        """The only issuer of that number that the document cites, or else that is known; None if another is in play."""
        issuers = {entity.key[1] for entity in self.by_number.get((kind, number), ())}
        issuers = issuers or set(document.register.issuers_of_number(kind, number))
        if len(issuers) != 1:
            return None
        (issuer,) = issuers
        if issuer == document.metadata.body or not number.isdigit():
            return issuer
        rivals = set(_could_have_issued(document.register, kind, int(number))) & self.issuers[kind]
        return issuer if rivals <= {issuer} else None


def _settled(link: Link, cited: Cited, document: Document) -> Link:
    parts, entity = link.mention.parts, link.entity
    kind, number, year = parts["kind"], _number(parts), parts.get("year")
    if entity is not None and (entity.kind == "revision" or _SESSION_NUMBER.fullmatch(number)):
        return link
    named = "issuer" in parts and not _OWN.fullmatch(parts["issuer"])
    if entity is None and (named or "tag" in parts or "city" in parts):
        return link
    issuer = entity.key[1] if entity is not None else cited.sole_issuer(kind, number, document)
    if issuer is None:
        return link
    if year is not None and not _SESSION_NUMBER.fullmatch(number):
        revision = Entity("revision", (kind, issuer, number, year))
        return Link(link.mention, revision, f"{FROM_CONTEXT}: the only issuer that can be meant")
    same = [one for one in cited.by_number.get((kind, number), ()) if one.kind == "revision" and one.key[1] == issuer]
    if len(same) == 1:
        return Link(link.mention, same[0], f"{FROM_CONTEXT}: the one revision that the document cites")
    if entity is not None:
        return link
    why = FROM_CONTEXT if (kind, number) in cited.by_number else "no issuer given; the only body known to have it"
    return Link(link.mention, Entity("instrument", (kind, issuer, number)), f"{why}; revision left open")
