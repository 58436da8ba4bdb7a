"""Whose text a citation names: by its words, by the town and year in its bracket, by its tag, by its number.

What the registers do not know, the text itself may tell: a body that it names in full (`ingest.finders.local`), the
town and year of a conference that it names with its body elsewhere. Such an issuer is known from the text alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from ingest.context import Document
from ingest.finders.citation_forms import words as words_of_forms
from ingest.finders.local import MARK
from ingest.finders.mentions import place
from ingest.finders.selfnamed import LocalBodies, bodies_before, fold, local_bodies, slug, stands_for
from ingest.model import Link, Mention
from ingest.register import Event, Register
from ingest.resolving.foreign import is_foreign

SESSION_NUMBER = re.compile(r"\d{1,4}/\d{1,4}[A-Z]?|\d{1,4} \(.+\)")
_EDITION = re.compile(r"(?P<number>\d{1,3})-\d{1,2}")
_SYMBOLS = {"A/RES": "UNGA", "E/RES": "ECOSOC", "S/RES": "United Nations Security Council"}
_GENERAL_ASSEMBLY = "UNGA"
_LONG_TAG = re.compile(r"-(?:19|20)(\d\d)$")
_ABBREVIATION = re.compile(r" ?\((?P<words>[A-Z][A-Z0-9&-]{1,11})\)")
_TAG = re.compile(r"(?P<letters>[A-Z]{1,8})-?(?P<year>\d{2}(?:\d{2})?)")
_IN_ITS = re.compile(r"^,? (?:in|by|through|under|with) (?:its|their)(?: own)? $")
FROM_TEXT = ", a body known from this text alone"
_BEGUN_HIGH = 100
"""A series of which no number below this is known did not begin at 1."""
_SELF = re.compile(r"this \w+")
OWN = re.compile(r"(?:its|their)(?: own)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who issued what is cited: the bodies that it can be, how that is known, and the year that a tag gives.

    words are those that name it.
    """

    bodies: tuple[str, ...]
    reason: str
    year: str | None = None
    words: str = ""


def number_of(parts: Mapping[str, str]) -> str:
    """The number that lasts through all revisions: "48-2" is the second edition of 48."""
    edition = _EDITION.fullmatch(parts["number"])
    return edition["number"] if edition else parts["number"]


def issuer_of(mention: Mention, document: Document, earlier: Sequence[Link]) -> Issuer:
    """Whose text a citation names, or which bodies it can be, or why nobody can tell."""
    parts, register = mention.parts, document.register
    event = _event(parts, register)
    if "tag" in parts and event is None and (later := _later_session(mention, document, earlier)):
        return later
    said = _said(mention, document, earlier)
    if "tag" in parts and event is None:
        return _by_tag(parts["tag"], said, document)
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
    return _by_number(parts, document)


def _by_tag(tag: str, said: Issuer | None, document: Document) -> Issuer:
    """A tag that no register knows, of a body that the words name: "Resolution 4 (Rev. AP-31) of the Assembly"."""
    found = _TAG.fullmatch(tag)
    local = said is not None and len(said.bodies) == 1 and said.bodies[0] not in document.register.bodies
    if found and said is not None and local and stands_for(found["letters"], said.words):
        return replace(said, year=f"20{found['year'][-2:]}", reason=f"{said.reason}; {tag} has its letters")
    return Issuer((), f"no conference or session is known as {tag}")


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
    if OWN.fullmatch(words):
        return _antecedent(mention, document, earlier)
    name = _SYMBOLS.get(words, words)
    bodies = _bodies(name, document, mention.parts)
    if not bodies:
        return Issuer((), f"the register knows no body called “{words}”")
    known = any(body in document.register.bodies for body in bodies)
    return Issuer(bodies, f"issued by “{words}”" + ("" if known else FROM_TEXT), words=words)


def _bodies(words: str, document: Document, parts: Mapping[str, str]) -> tuple[str, ...]:
    """The bodies of that name, with and without an abbreviation in brackets, in the registers or in this text."""
    register, home = document.register, document.metadata.body
    plain = _ABBREVIATION.sub("", words).removesuffix("'s")
    hyphened = plain.replace(" ", "-") if len(plain) < 8 else plain
    short = [found["words"] for found in _ABBREVIATION.finditer(words)]
    for name in dict.fromkeys((plain, hyphened, *short)):
        if found := register.body_named(name, home):
            return found
    text = local_bodies(document.clean.text, register)
    full = text.acronyms.get(fold(plain), plain)
    loose = tuple(dict.fromkeys(e.key[0] for e in register.entities_named(full, "body", context=True)))
    if not is_foreign(document):
        return loose or text.named(words)
    fitting = tuple(body for body in loose if _fits(body, parts, register))
    return fitting or text.named(words) or _own(full, short, text, register)


def _own(name: str, short: Sequence[str], text: LocalBodies, register: Register) -> tuple[str, ...]:
    """The body that a text of an unknown institution calls by a noun alone ("the Assembly"), or by a name like others'.

    The words of something that is no body by its noun name none.
    """
    given = next((acronym for acronym, full in text.acronyms.items() if fold(full) == fold(name)), None)
    key = slug(given or (short[0] if short else name))
    return (key,) if name.split(" ")[-1] in words_of_forms().body_nouns and key not in register.bodies else ()


def bodies_of_name(words: str, document: Document) -> tuple[str, ...]:
    """The bodies that a name stands for in a text, whatever is said of them."""
    return _bodies(words, document, {"kind": "", "number": ""})


def _fits(body: str, parts: Mapping[str, str], register: Register) -> bool:
    """Whether a body that the words alone do not name is borne out by town and year, or by the form of the number."""
    if "city" in parts and "year" in parts:
        return any(event.body == body for event in register.conferences(parts["city"], parts["year"]))
    return bool(SESSION_NUMBER.fullmatch(number_of(parts))) and _numbers_so(body, parts, register)


def _antecedent(mention: Mention, document: Document, earlier: Sequence[Link]) -> Issuer | None:
    """ "its Resolution": the body named last before it in the sentence, if it numbers its texts like that.

    Not one that only does something to another: in "the Board was told by the Panel to read its Decision 4" it is the
    Board's.
    """
    start, _ = place(document.clean, mention.span)
    sentence = document.clean.sentence_at(start)
    if sentence is None:
        return None
    text, reason = document.clean.text, f"“{mention.parts['issuer']}”: of the body named before it"
    named: list[tuple[int, int, tuple[str, ...]]] = []
    for link in earlier:
        at, end = place(document.clean, link.mention.span)
        if link.mention.kind == "body" and link.entity is not None and sentence.start <= at < start:
            own = MARK in link.entity.key[0]  # a common noun of this text: the body that it is before a number
            issuers = _bodies(link.mention.quote, document, mention.parts) if own else ()
            named.append((at, end, issuers or link.entity.key))
    for at, name in bodies_before(text, sentence.start, start):
        if all(not begin <= at < end for begin, end, _ in named):
            named.append((at, at + len(name), _bodies(name, document, mention.parts)))
    for at, end, bodies in sorted(named, reverse=True):
        agent = text[sentence.start : at].endswith(("by the ", "by ", "By the ")) and not _IN_ITS.search(
            text[end:start]
        )
        if not agent and len(bodies) == 1 and _numbers_so(bodies[0], mention.parts, document.register):
            return Issuer(bodies, reason, words=bodies[0])
    return None


def _numbers_so(body: str, parts: Mapping[str, str], register: Register) -> bool:
    """Whether a body is known to have issued that number, or, where nobody is, texts numbered in the same way."""
    kind, number = parts["kind"], number_of(parts)
    if body not in register.bodies:
        return True
    holders = register.issuers_of_number(kind, number)
    if holders:
        return body in holders
    style = bool(SESSION_NUMBER.fullmatch(number))
    return any(bool(SESSION_NUMBER.fullmatch(known.number)) == style for known in register.instruments(kind, body))


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
        holders = register.issuers_of_number(parts["kind"], number_of(parts))
        return placed if silent and len(placed.bodies) == 1 and placed.bodies[0] in holders else said
    reason = f"{said.reason}, but the revision is that of {placed.reason}"
    return Issuer((*said.bodies, *placed.bodies), reason, placed.year)


def _narrowed(issuer: Issuer, parts: Mapping[str, str], register: Register) -> Issuer:
    """Of several bodies those that are known to have issued that number, or else texts of that kind."""
    if len(issuer.bodies) < 2:
        return issuer
    holders = register.issuers_of_number(parts["kind"], number_of(parts))
    kept = tuple(body for body in issuer.bodies if body in holders)
    kept = kept or tuple(body for body in issuer.bodies if _issues(body, parts["kind"], register))
    return replace(issuer, bodies=kept) if kept else issuer


def _issues(body: str, kind: str, register: Register) -> bool:
    """Whether a body can issue texts of that kind: one of which only other kinds are known does not."""
    known = register.instruments(issuer=body)
    return not known or any(instrument.kind == kind for instrument in known)


def _by_number(parts: Mapping[str, str], document: Document) -> Issuer:
    """No issuer, no town: the form of the number, or the only body that can have issued it.

    A text of an institution that no register knows has numbers of its own.
    """
    number, kind, register = number_of(parts), parts["kind"], document.register
    if SESSION_NUMBER.fullmatch(number):
        bodies = register.body_named(_GENERAL_ASSEMBLY) if kind == "resolution" and _is_session(number) else ()
        return Issuer(bodies, f"numbered as by “{_GENERAL_ASSEMBLY}”" if bodies else "no issuer given")
    holders = register.issuers_of_number(kind, number)
    if is_foreign(document):
        return Issuer((), "no issuer given, and the registers do not know the institution")
    if not holders:
        return Issuer((), "no issuer given, and the register does not know the number")
    if number.isdigit():
        others = tuple(body for body in could_have_issued(register, kind, int(number)) if body not in holders)
        if others:
            return Issuer((*holders, *others), "no issuer given")
    only = "; the only body with that number" if len(holders) == 1 else ""
    return Issuer(holders, f"no issuer given{only}")


def _is_session(number: str) -> bool:
    """Whether the first half can be a session of the General Assembly: from the 31st on numbers have a stroke."""
    first = number.split("/")[0]
    return not first.isdigit() or 31 <= int(first) <= 150


def could_have_issued(register: Register, kind: str, number: int) -> tuple[str, ...]:
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
