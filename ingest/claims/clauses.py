"""Clauses as facts: those of an instrument that the document holds, and excerpts of instruments that it quotes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import groupby, pairwise
from typing import TypeAlias

from ingest.context import Document
from ingest.graph.iris import file_key
from ingest.model import Claim, Entity, Finding, Span, Value
from ingest.provisions.excerpts import Excerpt, excerpts
from ingest.provisions.instruments import Clause, Instrument, instruments, links_in
from ingest.register import Register
from ingest.rulebook import rules

Details: TypeAlias = tuple[tuple[str, Entity | Value], ...]

STRUCTURE = "clause-structure"
QUOTATION = "clause-quotation"

_TOGETHER = re.compile(r", (?:in|with|within|as|each|including) .*")
_PLURAL_OFFICE = re.compile(r"(?:the )?(?P<office>[A-Z][a-z]+)s of (?:the )?(?P<places>.+)")
_AND = re.compile(r",? (?:and|et) (?:the |les? |la |l'|aux? )?(?=[A-ZÀ-Ý])|, (?:les? |la |l'|aux? )?(?=[A-ZÀ-Ý])")
_AND_OTHERS = re.compile(r"(?<=[a-z]),? (?:and|et) (?:the |les? |la |l')?(?=[a-z])")
"""Between a name and others without one: "Member States and harbour towns"."""


def claims(document: Document) -> Iterator[Claim]:
    """The clauses of the document's instruments with what those cite, then the clauses that it quotes.

    Worked out once a document.
    """
    if "clauses" not in document.memo:
        document.memo["clauses"] = tuple(_claims(document))
    yield from document.memo["clauses"]


def _claims(document: Document) -> Iterator[Claim]:
    found = list(instruments(document))
    cut = _titles_that_break_off(document, found)
    for instrument in found:
        if instrument.entity is None:
            yield from _of_unknown(document, instrument)
            continue
        if instrument.title is not None and instrument.title not in cut:
            yield _titled(document, instrument.title, instrument.entity)
        yield from _of_instrument(document, instrument, instrument.entity)
    for excerpt in excerpts(document):
        yield _quoted(document, excerpt)


def _of_instrument(document: Document, instrument: Instrument, revision: Entity) -> Iterator[Claim]:
    named = {clause.position: _clause(revision, clause.position) for clause in instrument.clauses}
    for clause in instrument.clauses:
        said = _details(document, clause, named, revision.key[1])
        address = _address(revision, clause, said)
        details: Details = (("rdf:type", Value("rc:Clause", "curie")), ("eli:is_part_of", revision), *said, *address)
        yield _stated(document, revision, clause, named[clause.position], details)
    yield from _cited_by(document, instrument, revision)


def _of_unknown(document: Document, instrument: Instrument) -> Iterator[Claim]:
    """The clauses of an instrument that is not known by number and year: parts of the document, keyed by their place.

    They are excerpts of a text that has no name yet, so that nothing is said of an instrument that may be another.
    """
    file = file_key(document.reading.checksum)
    named = {}
    for clause in instrument.clauses:
        start = document.clean.span(clause.start, clause.end).start
        named[clause.position] = Entity("excerpt", (file, str(start)))
    for clause in instrument.clauses:
        details: Details = (
            ("rdf:type", Value("rc:Clause", "curie")),
            ("rdf:type", Value("rc:Excerpt", "curie")),
            ("rc:quotedIn", document.entity),
            *_details(document, clause, named, document.metadata.body or ""),
        )
        yield _stated(document, document.entity, clause, named[clause.position], details)


def _stated(document: Document, whole: Entity, clause: Clause, named: Entity, details: Details) -> Claim:
    span = document.clean.span(clause.start, clause.end)
    return Claim(whole, "eli:has_part", named, "asserted", "text", STRUCTURE, (span,), details=details)


def _titled(document: Document, title: tuple[int, int], revision: Entity) -> Claim:
    words = Value(" ".join(document.clean.text[slice(*title)].split()), language=document.reading.language or "en")
    return Claim(revision, "eli:title", words, "asserted", "text", STRUCTURE, (document.clean.span(*title),))


def _clause(revision: Entity, position: int) -> Entity:
    return Entity("clause", (*revision.key, str(position)))


def _details(document: Document, clause: Clause, named: Mapping[int, Entity], issuer: str) -> Details:
    """Role, addressees, place, number and parent of a clause; named are the nodes of the clauses by position."""
    details: list[tuple[str, Entity | Value]] = [
        ("rc:clauseRole", Entity("concept", ("clause-role", clause.head.role))),
        *(("rc:addressee", who) for who in addressees_of(document.register, clause.head.addressee, issuer)),
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


@lru_cache(maxsize=1024)
def addressees_of(register: Register, words: str | None, issuer: str) -> tuple[Entity | Value, ...]:
    """Offices and bodies that the words name, one by one; words that name none as they stand."""
    return tuple(_addressees(register, words, issuer)) if words else ()


def _addressees(register: Register, words: str, issuer: str) -> Iterator[Entity | Value]:
    told = _TOGETHER.sub("", words)
    if entity := _named(register, told, issuer):
        yield entity
        return
    offices = [_named(register, office, issuer) for office in _each_office(told)]
    if offices and all(offices):
        yield from (office for office in offices if office is not None)
        return
    for part in [told] if offices else _parties(told):
        entity = _named(register, part, issuer)
        yield entity if entity is not None else Value(re.sub(r"^(?:all |the |aux? |les? |la |l')+", "", part.strip()))


def _parties(words: str) -> Iterator[str]:
    for part in _AND.split(words):
        named = part[:1].isupper() or part.startswith(("the ", "all "))
        yield from (each for each in (_AND_OTHERS.split(part) if named and _lists(part, words) else [part]) if each)


def _lists(part: str, words: str) -> bool:
    """Whether "and" in a part joins parties: it does at the end of a list, and behind Member States or Members."""
    return part != words or re.search(r"(?:States|Members|Membres|Associates|Academia),? (?:and|et) ", part) is not None


def _each_office(words: str) -> list[str]:
    """ "the Directors of the Tide Office and the Light Office" one by one; "Tide and Light Offices" likewise."""
    found = _PLURAL_OFFICE.fullmatch(words)
    places = re.split(r",? and (?:the )?|, (?:the )?", found["places"]) if found else []
    if found is None or len(places) < 2:
        return []
    *_, last = places[-1].split()
    single = re.sub(r"x$|s$", "", last)
    ended = [place if place.split()[-1] in (last, single) else f"{place} {single}" for place in places]
    return [f"{found['office']} of the {re.sub(rf'{last}$', single, place)}" for place in ended]


def _named(register: Register, words: str, issuer: str) -> Entity | None:
    """The one office or body of that name; of several offices that of the issuer's own institution."""
    name = re.sub(r"^the (?=[A-Z])", "", words.strip())
    offices = register.office_named(name) or register.office_named(name, context=True)
    if len(offices) > 1:
        home = {issuer, *register.ancestors(issuer)}
        offices = tuple(slug for slug in offices if register.offices[slug].body in home)
    if len(offices) == 1:
        return Entity("office", (offices[0],))
    bodies = register.body_named(name, issuer)
    return Entity("body", (bodies[0],)) if len(bodies) == 1 else None


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
    details.extend(
        ("rc:addressee", addressee) for addressee in addressees_of(document.register, excerpt.addressee, issuer)
    )
    if excerpt.number:
        details.append(("rc:numberAsPrinted", Value(excerpt.number)))
    span = document.clean.span(excerpt.start, excerpt.end)
    return Claim(
        excerpt.instrument, "eli:has_part", excerpt_entity(document, excerpt), "asserted", "text", QUOTATION, (span,),
        details=tuple(details),
    )  # fmt: skip


def _titles_that_break_off(document: Document, found: list[Instrument]) -> set[tuple[int, int]]:
    """Worked out once a document."""
    if "titles-cut" not in document.memo:
        document.memo["titles-cut"] = _cut_titles(document, found)
    titles: set[tuple[int, int]] = document.memo["titles-cut"]
    return titles


def _cut_titles(document: Document, found: list[Instrument]) -> set[tuple[int, int]]:
    """Where the titles stand that break off; where several do at one length, those of that length are doubted too."""
    titles = [instrument.title for instrument in found if instrument.title is not None]
    text = document.clean.text
    vocabulary = Counter(re.findall(r"\w+", text)) if titles else Counter()
    cut = {title for title in titles if _breaks_off(text[slice(*title)].strip(), vocabulary)}
    lengths = [end - start for start, end in cut]
    if len(lengths) > 1:
        cut |= {title for title in titles if title[1] - title[0] in lengths}
    return cut


def _breaks_off(words: str, vocabulary: Mapping[str, int]) -> bool:
    """Whether a title ends in dots, in a word that cannot be the last, in an open bracket or in half a word."""
    rule = rules("clauses")["cut"]
    if words.endswith(("...", "…")):
        return True
    last = re.split(r"[\s/]", words)[-1]
    if len(words) < rule["shortest"]:
        return False
    if last.lower() in rule["last_words"] or words.count("(") > words.count(")"):
        return True
    known = vocabulary.get(last, 0) > 1 or not last.isalpha()
    return not known and any(word.startswith(last) and word != last for word in vocabulary)


def findings(document: Document) -> Iterator[Finding]:
    """The defects that had to be repaired to read the clauses: one finding for each kind and instrument."""
    found = list(instruments(document))
    cut = _titles_that_break_off(document, found)
    for instrument in found:
        label = " ".join(instrument.entity.key) if instrument.entity is not None else "an instrument"
        defects = sorted(instrument.defects, key=lambda defect: (defect.code, defect.start))
        for code, group in groupby(defects, key=lambda defect: defect.code):
            spans = [document.clean.span(defect.start, defect.end) for defect in group]
            yield _finding(document, code, label, spans)
        if instrument.title is not None and instrument.title in cut:
            yield _finding(document, "title-cut", label, [document.clean.span(*instrument.title)])
        yield from _notes(document, instrument, label)


_MESSAGES = {
    "run-on-heading": (
        "{n} heading(s) hang on the end of the paragraph before",
        "Do these words head the clauses that follow?",
    ),
    "merged-provisions": ("{n} clause(s) stand in the paragraph of another", "Are these clauses of their own?"),
    "title-cut": ("the title breaks off or may do so", "What is the whole title?"),
    "footnote-in-text": ("{n} footnote(s) stand inside a paragraph", "Do these words belong to the note alone?"),
    "page-rule-in-text": ("{n} page rule(s) stand inside a paragraph", None),
}


def _finding(document: Document, code: str, label: str, spans: list[Span]) -> Finding:
    words, question = _MESSAGES[code]
    return Finding(
        code=code,
        severity="info",
        message=f"In {label}, {words.format(n=len(spans))}; read as such, and nothing of the text was changed.",
        question=question,
        passages=tuple((document.reading.checksum, span) for span in spans),
    )


def _notes(document: Document, instrument: Instrument, label: str) -> Iterator[Finding]:
    """Rules and notes that share the address of the paragraph that they stand in."""
    rules_met: list[Span] = []
    notes: list[Span] = []
    blocks = document.reading.blocks[max(0, instrument.first - 2) : instrument.last]
    for before, block in pairwise(blocks):
        if block.address is None or block.address != before.address:
            continue
        if block.kind == "debris" and re.fullmatch(
            r"_{5,}", document.reading.text[block.span.start : block.span.end].strip()
        ):
            rules_met.append(block.span)
        elif block.kind == "footnote" and before.kind == "debris":
            notes.append(block.span)
    if rules_met:
        yield _finding(document, "page-rule-in-text", label, rules_met)
    if notes:
        yield _finding(document, "footnote-in-text", label, notes)
