"""Clauses as facts: those of an instrument that the document holds, and excerpts of instruments that it quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from ingest.context import Document
from ingest.graph.iris import file_key
from ingest.graph.labels import shortened
from ingest.model import Claim, Entity, Finding, Span, Value
from ingest.provisions import doubts
from ingest.provisions.excerpts import Excerpt, excerpts
from ingest.provisions.instruments import Clause, Instrument, instruments, language, links_in
from ingest.provisions.parties import addressees_of
from ingest.provisions.titles import titles_that_break_off

Details: TypeAlias = tuple[tuple[str, Entity | Value], ...]

STRUCTURE = "clause-structure"
QUOTATION = "clause-quotation"


def claims(document: Document) -> Iterator[Claim]:
    """The clauses of the document's instruments with what those cite, then the clauses that it quotes.

    Worked out once a document.
    """
    if "clauses" not in document.memo:
        document.memo["clauses"] = tuple(_claims(document))
    yield from document.memo["clauses"]


def findings(document: Document) -> Iterator[Finding]:
    """What a person should look at in the clauses."""
    yield from doubts.findings(document)


def _claims(document: Document) -> Iterator[Claim]:
    found = list(instruments(document))
    cut = titles_that_break_off(document, found)
    for instrument in found:
        whole = instrument.entity or _unidentified(document, instrument)
        if instrument.entity is None:
            yield from _by_place(document, instrument, whole)
        if instrument.title is not None and instrument.title not in cut:
            yield _titled(document, instrument.title, whole)
        yield from _of_instrument(document, instrument, whole)
    for excerpt in excerpts(document):
        yield _quoted(document, excerpt)


# --- instruments ---------------------------------------------------------------------------------------------------


def _unidentified(document: Document, instrument: Instrument) -> Entity:
    """The node of an instrument that is known by its place alone: the file, and where it begins in the text as read."""
    start = document.reading.blocks[instrument.first - 1].span.start
    return Entity("unidentified", (file_key(document.reading.checksum), str(start)))


def _by_place(document: Document, instrument: Instrument, whole: Entity) -> Iterator[Claim]:
    """What an instrument of no known number and year is: a text in the document, by its title; of which series."""
    first = document.reading.blocks[instrument.first - 1].span
    said: list[tuple[Entity, str, Entity | Value, Span]] = [
        (whole, "rdf:type", Value("eli:Work", "curie"), first),
        (whole, "rdfs:label", Value(_name(document, instrument), language="en"), first),
        (document.entity, "dcterms:hasPart", whole, first),
    ]
    if document.entity.kind == "instrument":
        said.append((whole, "eli:is_member_of", document.entity, first))
    said.extend(
        (whole, "eli:is_member_of", link.entity, link.mention.span)
        for link in links_in(document, instrument.first, instrument.first)
        if link.mention.kind == "citation" and link.entity is not None and link.entity.kind == "instrument"
    )
    for subject, predicate, value, span in dict.fromkeys(said):
        yield Claim(subject, predicate, value, "asserted", "text", STRUCTURE, (span,))


def _name(document: Document, instrument: Instrument) -> str:
    """What an instrument of no known number and year is called: the line it begins with, and its title."""
    text = document.clean.text
    block = next(b for b in document.clean.blocks if b.order >= instrument.first)
    title = text[slice(*instrument.title)] if instrument.title else ""
    line = text[block.start : block.end]
    parts = (shortened(line),) if not title or title in line else (shortened(line), shortened(title))
    return ": ".join(parts)


def _of_instrument(document: Document, instrument: Instrument, whole: Entity) -> Iterator[Claim]:
    named = {clause.position: _node(clause, whole) for clause in instrument.clauses}
    issuer = whole.key[1] if instrument.entity else document.metadata.body or ""
    for clause in instrument.clauses:
        said = _details(document, clause, named, issuer)
        details = (*_kind(document, clause, instrument, whole, said), *said)
        span = document.clean.span(clause.start, clause.end)
        node = named[clause.position]
        yield Claim(whole, "eli:has_part", node, "asserted", "text", STRUCTURE, (span,), details=details)
    if instrument.entity is not None:
        yield from _cited_by(document, instrument, instrument.entity)


def _node(clause: Clause, whole: Entity) -> Entity:
    """A clause by its place in its text."""
    text = whole.key if whole.kind == "revision" else (whole.kind, *whole.key)
    return Entity("clause", (*text, str(clause.position)))


def _kind(document: Document, clause: Clause, instrument: Instrument, whole: Entity, said: Details) -> Details:
    """What a clause is a part of; how people find it: by its address, or by a label where its text has no number."""
    own: Details = (("rdf:type", Value("rc:Clause", "curie")), ("eli:is_part_of", whole))
    if instrument.entity is not None:
        return (*own, *_address(whole, clause, said))
    verb = " ".join(each for each in (clause.head.role.replace("-", " "), clause.head.addressee, clause.number) if each)
    return (*own, ("rdfs:label", Value(f"{_name(document, instrument)}, {verb}")))


def _titled(document: Document, title: tuple[int, int], whole: Entity) -> Claim:
    words = Value(" ".join(document.clean.text[slice(*title)].split()), language=language(document) or "en")
    return Claim(whole, "eli:title", words, "asserted", "text", STRUCTURE, (document.clean.span(*title),))


# --- clauses -------------------------------------------------------------------------------------------------------


def _details(document: Document, clause: Clause, named: Mapping[int, Entity], issuer: str) -> Details:
    """Role, addressees, place, number and parent of a clause; named are the nodes of the clauses by position."""
    addressees = addressees_of(document.register, clause.head.addressee, issuer, language(document))
    details: list[tuple[str, Entity | Value]] = [
        ("rc:clauseRole", Entity("concept", ("clause-role", clause.head.role))),
        *(("rc:addressee", who) for who in addressees),
        ("rc:position", Value(str(clause.position), "xsd:integer")),
    ]
    if clause.number:
        details.append(("rc:numberAsPrinted", Value(clause.number)))
    if clause.parent is not None:
        details.append(("rc:parentClause", named[clause.parent]))
    return tuple(details)


def _address(revision: Entity, clause: Clause, said: Details) -> Details:
    """An address that people can read: "resolution/pc/61/2031/instructs-treasurer/2"."""
    if clause.parent is not None or not clause.number:
        return ()
    addressees = [value for name, value in said if name == "rc:addressee"]
    words = ["-".join(a.key) if isinstance(a, Entity) else _slug(a.text) for a in addressees]
    head = "-".join((clause.head.role, *words))
    return (("rc:address", Value("/".join((*revision.key, head, clause.number.strip("().").replace(" ", "-"))))),)


def _slug(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")[:60]


def _cited_by(document: Document, instrument: Instrument, revision: Entity) -> Iterator[Claim]:
    """What an instrument of a collection cites, as its own citations."""
    if revision == document.entity:
        return
    spans: dict[Entity, list[Span]] = {}
    for link in links_in(document, instrument.first + 1, instrument.last):
        if link.mention.kind == "citation" and link.entity not in (None, revision):
            spans.setdefault(link.entity, []).append(link.mention.span)
    for target, words in spans.items():
        yield Claim(revision, "eli:cites", target, "asserted", "text", "citation-forms", tuple(words))


# --- quotations ----------------------------------------------------------------------------------------------------


def excerpt_entity(document: Document, excerpt: Excerpt) -> Entity:
    """The node of an excerpt: the file, and where its words begin in the text as read."""
    start = document.clean.span(excerpt.start, excerpt.end).start
    return Entity("excerpt", (file_key(document.reading.checksum), str(start)))


def _quoted(document: Document, excerpt: Excerpt) -> Claim:
    details: list[tuple[str, Entity | Value]] = [
        ("rdf:type", Value("rc:Clause", "curie")),
        ("rdf:type", Value("rc:Excerpt", "curie")),
        ("rc:quotedIn", document.entity),
    ]
    issuer = excerpt.instrument.key[1]
    if excerpt.role is not None:
        details.append(("rc:clauseRole", Entity("concept", ("clause-role", excerpt.role))))
    addressees = addressees_of(document.register, excerpt.addressee, issuer, language(document))
    details.extend(("rc:addressee", addressee) for addressee in addressees)
    if excerpt.number:
        details.append(("rc:numberAsPrinted", Value(excerpt.number)))
    span = document.clean.span(excerpt.start, excerpt.end)
    return Claim(
        excerpt.instrument, "eli:has_part", excerpt_entity(document, excerpt), "asserted", "text", QUOTATION, (span,),
        details=tuple(details),
    )  # fmt: skip
