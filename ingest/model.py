"""The frozen records that stages hand over: plain values, no behaviour beyond their own form.

Offsets everywhere are Unicode code points in the text as read, from 0, end excluded.
Orders and positions (of blocks, pages, clauses) count from 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias

Basis: TypeAlias = Literal["text", "rule", "register"]
"""What a fact rests on: words of a document, a named rule with premises, or a register row."""

Modality: TypeAlias = Literal["asserted", "planned", "proposed", "conditional", "negated", "unknown"]
"""How the source puts it. Only asserted facts are also written as plain triples."""

Severity: TypeAlias = Literal["violation", "warning", "info"]

BlockKind: TypeAlias = Literal[
    "heading", "paragraph", "item", "cell", "footnote", "header", "footer", "page-number", "debris"
]
"""What a stretch of text is. The last four are kept in the text as read and out of the cleaned copy."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of the text as read: code points from 0, end excluded."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item, table cell or footnote, in the order of the text.

    order counts from 1. span covers the whole block, printed number included; content is where the
    words after the number start. number is the number as printed, without the tab or space after it
    ("1.1", "5.2", "a)", "–", "·"), or None. level is the depth of a heading (1 is the highest) or of
    a list item (1 is outermost); 0 for plain paragraphs. page counts from 1 in formats that have
    pages, else None. address is the element's own identifier in the file (an eId), if it has one.
    """

    order: int
    span: Span
    kind: BlockKind
    content: int
    number: str | None = None
    level: int = 0
    page: int | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a person should look at; never a correction.

    code is a term of the findings scheme ("no-text-layer", "counts-do-not-add-up"). message says
    what was met, where and what to do; question asks what only a person can answer. passages are
    (file checksum, span) pairs: every passage involved, in any document.
    """

    code: str
    severity: Severity
    message: str
    question: str | None = None
    document: str | None = None
    passages: tuple[tuple[str, Span], ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A document to read, and what a register of documents says of it.

    Everything but path may be unknown (None). Dates are ISO 8601 days. date is the document's own
    date; not_before and not_after bound it where only bounds are known. meetings are ordinals of the
    body's meetings that the document is about. restates is the IRI of the real document that a
    restatement puts in other words. row names the register row ("sources.csv#id").
    """

    path: Path
    id: str | None = None
    title: str | None = None
    kind: str | None = None
    body: str | None = None
    number: str | None = None
    meetings: tuple[str, ...] = ()
    date: str | None = None
    not_before: str | None = None
    not_after: str | None = None
    language: str | None = None
    publisher: str | None = None
    licence: str | None = None
    address: str | None = None
    checksum: str | None = None
    restates: str | None = None
    verified: bool = False
    basis: str | None = None
    row: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A document's text as read, cut into blocks.

    text is the decoded text, unnormalised (.txt, .md), or what the reader put out (other formats).
    Blocks are in order and do not overlap; between them there is only white space. checksum is the
    SHA-256 of the file's bytes, in hexadecimal. findings are losses and doubts met while reading.
    """

    checksum: str
    media_type: str
    text: str
    blocks: tuple[Block, ...]
    encoding: str | None = None
    language: str | None = None
    title: str | None = None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing by its key: kind and the parts that make it one thing, before any IRI is minted.

    Examples: Entity("revision", ("resolution", "pp", "102", "2022")),
    Entity("meeting", ("cwg-internet", "18")), Entity("state", ("POL",)). `ingest.graph.iris` lists all kinds.
    """

    kind: str
    key: tuple[str, ...]

    def __str__(self) -> str:
        return ":".join((self.kind, *self.key))


@dataclass(frozen=True, slots=True)
class Value:
    """A literal: lexical form, datatype as a prefixed name ("xsd:date"; None is text), language tag."""

    text: str
    datatype: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that names something, kept with the place it came from.

    kind is what the form says it names ("citation", "document-number", "meeting", "consultation",
    "person", "state", "body", "office", "group", "event", "topic", "date"). quote is the exact slice of
    the text as read. block is the order of its block. parts holds what the form captured, as written
    but for white space and look-alike characters, for example {"number": "102", "year": "2022"}.
    """

    kind: str
    span: Span
    quote: str
    block: int
    parts: Mapping[str, str] = field(default_factory=dict)

    def __hash__(self) -> int:
        return hash((self.kind, self.span, tuple(sorted(self.parts.items()))))


@dataclass(frozen=True, slots=True)
class Link:
    """What a mention was resolved to: one entity, or none with the reason and the candidates."""

    mention: Mention
    entity: Entity | None
    reason: str
    candidates: tuple[Entity, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """Since when a fact is known: some day from earliest to latest, one day if they are equal; and until when.

    Both are None for what is undated, and earliest alone where only the last day is bounded. until is the first day on
    which it was no longer held, None as long as it is. All are ISO days.
    """

    earliest: str | None = None
    latest: str | None = None
    until: str | None = None

    def on(self, day: str) -> bool:
        """Whether it is sure that the fact was known on a day, and not yet overturned."""
        return self.latest is not None and self.latest <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Claim:
    """A fact as one source states it: what becomes an assertion.

    predicate is a prefixed name of the vocabulary ("rc:submittedBy", "schema:startDate"). spans are
    the words that say it, each within one sentence or block; empty only for basis "register" (then
    row names the register row) and basis "rule" (then premises name the assertions it follows from).
    rule is the name of the rule of extraction or inference. details describe the object where that is
    a record of its own (a decision, a status, a count): its classes as ("rdf:type", Value(curie,
    "curie")) and its properties. doubt is said in words when the rule saw a second reading. score is how
    alike, from 0 to 1, a rule of alignment found the things that it ties; None for all other rules.
    """

    subject: Entity
    predicate: str
    object: Entity | Value
    modality: Modality
    basis: Basis
    rule: str
    spans: tuple[Span, ...] = ()
    row: str | None = None
    premises: tuple[str, ...] = ()
    details: tuple[tuple[str, Entity | Value], ...] = ()
    doubt: str | None = None
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """A claim with the key of its assertion and the time for which it is known."""

    key: str
    claim: Claim
    known: Known
