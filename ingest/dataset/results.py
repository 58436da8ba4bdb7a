"""What became of one document, in a form that a file can keep until the document or the code changes."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ingest.graph.evidence import Passages, Printed
from ingest.model import Claim, Entity, Finding, Held, Known, Span, Value


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block as the search index and the document page want it: text is the cleaned copy without its number."""

    position: int
    number: str | None
    kind: str
    level: int
    page: int | None
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Named:
    """A mention and what it was resolved to: iri and label are None where it stayed open."""

    start: int
    end: int
    kind: str
    iri: str | None
    label: str | None
    reason: str
    paragraph: int


@dataclass(frozen=True, slots=True)
class Result:
    """Everything that a document contributes to a dataset.

    file is the short form of checksum. document is the IRI of the document. lines are its quads, withheld
    (empty) where the shapes were violated or the file could not be read; findings say why. claims are what
    it states, with their times, for inference. earliest and latest bound since when its facts are known. sentences are
    (start, end, order of the block) of each sentence, in code points of the text as read.
    """

    name: str
    checksum: str
    file: str
    document: str | None
    label: str
    kind: str | None
    date: str | None
    earliest: str | None
    latest: str | None
    language: str | None
    media_type: str | None
    text: str
    lines: tuple[str, ...]
    finding_lines: tuple[str, ...]
    claims: tuple[Held, ...]
    findings: tuple[Finding, ...]
    paragraphs: tuple[Paragraph, ...]
    mentions: tuple[Named, ...]
    sentences: tuple[tuple[int, int, int], ...]
    kept: bool
    restated: bool = False
    seconds: Mapping[str, float] = field(default_factory=dict)

    @property
    def passages(self) -> Passages:
        """The text with its sentences, ready to be quoted."""
        blocks = {p.position: Printed(p.position, p.start, p.end, p.number, p.page) for p in self.paragraphs}
        return Passages(self.file, self.text, self.language, blocks, self.sentences)


def write(result: Result, path: Path) -> None:
    """Keep a result in a file, at once or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    waiting = path.with_suffix(f".{os.getpid()}.tmp")
    waiting.write_text(json.dumps(_plain(result), ensure_ascii=False), encoding="utf-8")
    waiting.replace(path)


def read(path: Path) -> Result | None:
    """A result kept earlier, or None where there is none that can be read."""
    try:
        kept: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return Result(
            **{
                **kept,
                "lines": tuple(kept["lines"]),
                "finding_lines": tuple(kept["finding_lines"]),
                "claims": tuple(Held(key, _claim(raw), Known(*known)) for key, raw, known in kept["claims"]),
                "findings": tuple(finding(raw) for raw in kept["findings"]),
                "paragraphs": tuple(Paragraph(*raw) for raw in kept["paragraphs"]),
                "sentences": tuple(tuple(each) for each in kept["sentences"]),
                "mentions": tuple(Named(*raw) for raw in kept["mentions"]),
            }
        )
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _plain(result: Result) -> dict[str, Any]:
    plain = {name: getattr(result, name) for name in Result.__slots__}
    plain["claims"] = [(h.key, _raw_claim(h.claim), _raw_known(h.known)) for h in result.claims]
    plain["findings"] = [raw_finding(each) for each in result.findings]
    plain["paragraphs"] = [
        (p.position, p.number, p.kind, p.level, p.page, p.start, p.end, p.text) for p in result.paragraphs
    ]
    plain["mentions"] = [(m.start, m.end, m.kind, m.iri, m.label, m.reason, m.paragraph) for m in result.mentions]
    plain["sentences"] = result.sentences
    plain["seconds"] = dict(result.seconds)
    return plain


def raw_finding(found: Finding) -> dict[str, Any]:
    """A finding as JSON has it."""
    return {
        "code": found.code,
        "severity": found.severity,
        "message": found.message,
        "question": found.question,
        "document": found.document,
        "passages": [(file, span.start, span.end) for file, span in found.passages],
    }


def finding(raw: Mapping[str, Any]) -> Finding:
    """A finding read back from JSON."""
    passages = tuple((file, Span(start, end)) for file, start, end in raw["passages"])
    return Finding(raw["code"], raw["severity"], raw["message"], raw["question"], raw["document"], passages)


def _raw_known(known: Known) -> list[str | None]:
    return [known.earliest, known.latest, known.until]


def _raw_claim(claim: Claim) -> list[Any]:
    return [
        _raw_term(claim.subject), claim.predicate, _raw_term(claim.object), claim.modality, claim.basis, claim.rule,
        [(span.start, span.end) for span in claim.spans], claim.row, list(claim.premises),
        [(predicate, _raw_term(value)) for predicate, value in claim.details], claim.doubt,
        claim.score,
    ]  # fmt: skip


def _claim(raw: list[Any]) -> Claim:
    subject = _term(raw[0])
    if not isinstance(subject, Entity):
        raise TypeError("the subject of a claim is a thing")
    return Claim(
        subject, raw[1], _term(raw[2]), raw[3], raw[4], raw[5],
        tuple(Span(*span) for span in raw[6]), raw[7], tuple(raw[8]),
        tuple((predicate, _term(value)) for predicate, value in raw[9]), raw[10], raw[11],
    )  # fmt: skip


def _raw_term(value: Entity | Value) -> list[Any]:
    if isinstance(value, Entity):
        return ["entity", value.kind, list(value.key)]
    return ["value", value.text, value.datatype, value.language]


def _term(raw: list[Any]) -> Entity | Value:
    if raw[0] == "entity":
        return Entity(raw[1], tuple(raw[2]))
    return Value(raw[1], raw[2], raw[3])
