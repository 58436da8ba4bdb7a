"""Measure the reading of documents against a gold written by hand: precision, recall and F1 by type of fact.

Gold and graph name things differently, so both are turned into the same plain facts: what kind of fact, its parts,
the words it stands on, and how certain the text is. Records without a name of their own (a decision, a duty, a clause)
have no subject among their parts: they are told apart by their words, of which half of one must be shared.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest import pipeline, resources
from ingest.dataset.results import Result
from ingest.model import Claim, Entity, Source, Value

FOLDER = Path(__file__).parent / "gold" / "dev"
BASE = "https://w3id.org/recalling/id/"
CERTAINTIES = {"asserted": "asserted", "negated": "negated"}  # all else is not (yet) done: "planned"

KINDS = {  # the words of the annotation guide for what the graph calls otherwise
    "request": "requests", "invitation": "invites", "encouragement": "encourages", "noting": "notes",
    "proposal": "proposes", "deferral": "defers", "suggestion": "suggests", "appointment": "appoints",
}  # fmt: skip
DECIDED = {"decides", "agrees", "approves", "adopts", "decision", "approval", "agreement"}
DOCUMENT_KINDS = {
    "chair-report": "report of the chair",
    "meeting-report": "report of a meeting",
    "secretariat-report": "report of the secretariat",
}
CITED = re.compile(r"^[a-z0-9]+-(?:res|decision|recommendation):")


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact in the words of the guide: its type, its parts, the words it stands on, its certainty."""

    type: str
    parts: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    certainty: str

    def is_told_by(self, other: Fact, *, strict: bool) -> bool:
        """Whether both are the same fact, of the same words where nothing but the words tells two apart."""
        if (self.type, self.parts) != (other.type, other.parts):
            return False
        if strict and self.certainty != other.certainty:
            return False
        return self.type not in BY_WORDS or any(_shared(a, b) for a in self.spans for b in other.spans)


BY_WORDS = {"citation", "clause", "duty", "decision"}


def _shared(a: tuple[int, int], b: tuple[int, int]) -> bool:
    """Half of the shorter stretch lies in the other one."""
    return 2 * (min(a[1], b[1]) - max(a[0], b[0])) >= min(a[1] - a[0], b[1] - b[0])


def slug(words: str) -> str:
    """A name as a key: lower case, plain letters, hyphens."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


# --- the gold -------------------------------------------------------------------------------------------------------


def gold_facts(gold: Mapping[str, Any]) -> Iterator[Fact]:
    """The facts of a gold file, those of the types that are measured."""
    for entity in gold["entities"]:
        if CITED.search(entity["key"]):
            for mention in entity["mentions"]:
                yield Fact("citation", (entity["key"],), ((mention["start"], mention["end"]),), "asserted")
        elif (
            entity["type"] in ("document", "contribution", "report")
            and entity["mentions"]
            and entity["key"] != "document:self"
        ):
            yield Fact("number", (_paper(entity["key"]),), (), "asserted")
    for each in gold["relations"]:
        yield from _gold_relation(each)


def _gold_relation(each: Mapping[str, Any]) -> Iterator[Fact]:
    subject, predicate = each["subject"], each["predicate"]
    value = each.get("literal") or each["object"]
    evidence = ((each["evidence"]["start"], each["evidence"]["end"]),)
    kind, _, _ = subject.partition(":")
    match kind:
        case "meeting":
            parts: tuple[str, ...] = (predicate, subject, value)
            yield Fact("meeting", parts, evidence, each["certainty"])
        case "consultation":
            yield Fact("consultation", (predicate, value), evidence, each["certainty"])
        case "person":
            yield Fact("person", (predicate, subject, value), evidence, each["certainty"])
        case "contribution" | "document" if predicate in PAPER and subject != "document:self":
            yield Fact("paper", (predicate, _paper(subject), value), evidence, each["certainty"])
        case "instruction" if predicate in ("source", "addressee", "deadline"):
            yield Fact("duty", (predicate, value), evidence, each["certainty"])
        case "clause":
            yield Fact("clause", (value,), evidence, each["certainty"])
        case "decision" if predicate in ("kind", "actor", "assigned to", "taken at", "deadline"):
            said = "decides" if value in DECIDED else value
            yield Fact("decision", (predicate, said), evidence, each["certainty"])
        case "topic":
            yield Fact("outcome", (subject, predicate, value), evidence, each["certainty"])
    if predicate in ABOUT_ITSELF.values() and kind in ("document", "contribution", "pp-res"):
        yield Fact("metadata", (predicate, value.rpartition(":")[2]), evidence, each["certainty"])


PAPER = ("title", "submitted by", "considered at")
ABOUT_ITSELF = {
    "rc:documentKind": "type", "rc:signedBy": "author", "rc:submittedTo": "addressee",
    "rc:actionRequired": "asks", "rc:reportsOn": "reports on",
}  # fmt: skip


def _paper(key: str) -> str:
    return key.partition(":")[2].replace("/", ":")


# --- the graph ------------------------------------------------------------------------------------------------------


def read_facts(result: Result) -> Iterator[Fact]:
    """The facts that a reading of a document gives, in the words of the guide."""
    claims = [held.claim for held in result.claims if held.claim.basis == "text" and held.known.until is None]
    names = {c.subject: c.object.text for c in claims if c.predicate == "foaf:name" and isinstance(c.object, Value)}
    dates: dict[tuple[Entity, str], list[Claim]] = {}
    own = {held.claim.subject for held in result.claims if held.claim.predicate == "rc:embodiedBy"}
    for claim in claims:
        if claim.predicate in ABOUT_ITSELF and claim.subject in own:
            said = DOCUMENT_KINDS.get(_name(claim.object), _name(claim.object)).removeprefix("to-")
            said = (
                slug(names.get(claim.object, ""))
                if isinstance(claim.object, Entity) and claim.object.kind == "person"
                else said
            )
            yield _fact("metadata", (ABOUT_ITSELF[claim.predicate], said.rpartition(":")[2]), claim)
        if claim.predicate in ("schema:startDate", "schema:endDate"):
            dates.setdefault((claim.subject, claim.modality), []).append(claim)
        elif teller := TELLERS.get(claim.predicate):
            yield from teller(claim, names)
    for (subject, _), pair in dates.items():
        days = list(dict.fromkeys(c.object.text for c in pair if isinstance(c.object, Value)))
        if subject.kind == "meeting":
            yield _fact("meeting", ("date", str(subject), "/".join(days)), pair[0])
        else:
            yield _fact("consultation", ("period", "/".join(days)), pair[0])


def _fact(kind: str, parts: tuple[str, ...], claim: Claim) -> Fact:
    spans = tuple((span.start, span.end) for span in claim.spans)
    return Fact(kind, parts, spans, CERTAINTIES.get(claim.modality, "planned"))


def _name(value: Entity | Value) -> str:
    """The gold's key of a thing."""
    if isinstance(value, Value):
        return f"group:{slug(value.text)}" if "Member" in value.text else value.text
    match value.kind, value.key:
        case "state", (code,):
            return f"country:{code}"
        case (("conference" | "session"), (body, year)):
            return f"event:{body}:{year}"
        case "revision", (form, issuer, number, year):
            return f"{issuer}-{'res' if form == 'resolution' else form}:{number}:{year}"
        case "instrument", (form, issuer, number):
            return f"{issuer}-{'res' if form == 'resolution' else form}:{number}"
        case "body", ("general-secretariat",):
            return "body:secretariat"
        case "concept", (*_, last):
            return last
    return str(value)


Names = Mapping[Entity, str]


def _records(claim: Claim, names: Names) -> Iterator[Fact]:
    details = list(claim.details)
    record = claim.object
    assert isinstance(record, Entity)
    if record.kind == "citation":
        cited = next(value for name, value in details if name == "cito:hasCitedEntity")
        yield _fact("citation", (_name(cited),), claim)
    if record.kind != "decision":
        return
    words = {"rc:actor": "actor", "rc:assignedTo": "assigned to", "rc:takenAt": "taken at", "rc:deadline": "deadline"}
    for name, value in details:
        if name == "rc:decisionKind":
            kind = KINDS.get(_name(value), _name(value))
            yield _fact("decision", ("kind", "decides" if kind in DECIDED else kind), claim)
        elif name in words:
            yield _fact("decision", (words[name], _name(value)), claim)


def _person(claim: Claim, names: Names) -> Iterator[Fact]:
    person = f"person:{slug(names.get(claim.subject, ''))}"
    if claim.predicate == "rc:country":
        yield _fact("person", ("country", person, _name(claim.object)), claim)
    for name, value in claim.details:
        if name == "org:role":
            yield _fact("person", ("role", person, _name(value)), claim)
        if name == "org:organization":
            yield _fact("person", ("role in", person, _name(value)), claim)


def _paper_fact(predicate: str) -> Callable[[Claim, Names], Iterator[Fact]]:
    def tell(claim: Claim, names: Names) -> Iterator[Fact]:
        if claim.subject.kind == "document" and len(claim.subject.key) == 3:
            yield _fact("paper", (predicate, ":".join(claim.subject.key), _name(claim.object)), claim)

    return tell


def _meeting(predicate: str) -> Callable[[Claim, Names], Iterator[Fact]]:
    def tell(claim: Claim, names: Names) -> Iterator[Fact]:
        if claim.subject.kind != "meeting":
            return
        value = names.get(claim.object) if isinstance(claim.object, Entity) else claim.object.text
        prefix = "person" if predicate == "chaired by" else "place"
        yield _fact("meeting", (predicate, str(claim.subject), f"{prefix}:{slug(value or '')}"), claim)

    return tell


def _consultation(predicate: str) -> Callable[[Claim, Names], Iterator[Fact]]:
    def tell(claim: Claim, names: Names) -> Iterator[Fact]:
        if claim.subject.kind == "consultation":
            yield _fact("consultation", (predicate, _name(claim.object)), claim)

    return tell


def _title(claim: Claim, names: Names) -> Iterator[Fact]:
    yield from _consultation("topic")(claim, names)
    yield from _paper_fact("title")(claim, names)


def _count(claim: Claim, names: Names) -> Iterator[Fact]:
    said = {name: value.text for name, value in claim.details if isinstance(value, Value)}
    if said["rc:isStatedTotal"] == "true":
        yield _fact("consultation", ("responses", said["rc:responses"]), claim)
    else:
        yield _fact(
            "consultation", ("responses by group", f"{said['rc:stakeholderGroup']}: {said['rc:responses']}"), claim
        )


def _clause(claim: Claim, names: Names) -> Iterator[Fact]:
    for name, value in claim.details:
        if name == "rc:clauseRole" and isinstance(claim.object, Entity) and claim.object.kind == "clause":
            yield _fact("clause", (_name(value),), claim)
        if name == "rc:addressee":
            yield _fact("duty", ("source", _name(claim.subject)), claim)
            break


def _duty(claim: Claim, names: Names) -> Iterator[Fact]:
    due = {
        "rc:addressee": "addressee",
        "rc:dueEvent": "deadline",
        "rc:deadline": "deadline",
        "rc:recurrence": "deadline",
    }
    for name, value in claim.details:
        if name in due:
            yield _fact("duty", (due[name], _name(value)), claim)


def _status(claim: Claim, names: Names) -> Iterator[Fact]:
    said = {name: _name(value) for name, value in claim.details}
    topic = f"topic:{claim.subject.key[-1]}"
    if said["pso:withStatus"] != "planned":  # a round to come is measured as a consultation
        outcome = said["pso:withStatus"].replace("-", " ")
        yield _fact("outcome", (topic, outcome, said.get("tvc:withinContext", "")), claim)


def _mentioned(claim: Claim, names: Names) -> Iterator[Fact]:
    if isinstance(claim.object, Entity) and claim.object.kind == "document" and len(claim.object.key) == 3:
        yield Fact("number", (":".join(claim.object.key),), (), "asserted")


def _numbered(claim: Claim, names: Names) -> Iterator[Fact]:
    """The document's own number."""
    if len(claim.subject.key) == 3:
        yield Fact("number", (":".join(claim.subject.key),), (), "asserted")


TELLERS: Mapping[str, Callable[[Claim, Names], Iterator[Fact]]] = {
    "rc:records": _records,
    "schema:mentions": _mentioned,
    "dcterms:references": _mentioned,
    "dcterms:identifier": _numbered,
    "rc:country": _person,
    "org:hasMembership": _person,
    "rc:submittedBy": _paper_fact("submitted by"),
    "rc:discussedAt": _paper_fact("considered at"),
    "dcterms:title": _title,
    "rc:mode": _consultation("mode"),
    "rc:questionCount": _consultation("questions"),
    "rc:received": _count,
    "schema:location": _meeting("place"),
    "rc:chairedBy": _meeting("chaired by"),
    "eli:has_part": _clause,
    "rc:laysDown": _duty,
    "pso:holdsStatusInTime": _status,
}


# --- the comparison -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Score:
    """What was found, what was missed, what is false, for one type of fact."""

    found: tuple[Fact, ...]
    missed: tuple[Fact, ...]
    false: tuple[Fact, ...]

    @property
    def precision(self) -> float:
        total = len(self.found) + len(self.false)
        return len(self.found) / total if total else 1.0

    @property
    def recall(self) -> float:
        total = len(self.found) + len(self.missed)
        return len(self.found) / total if total else 1.0

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def compare(gold: Iterable[Fact], read: Iterable[Fact], *, strict: bool = True) -> dict[str, Score]:
    """Scores by type. A fact told twice counts once; strict asks for the same certainty as well."""
    wanted, told = list(dict.fromkeys(gold)), list(dict.fromkeys(read))
    found = [g for g in wanted if any(g.is_told_by(r, strict=strict) for r in told)]
    false = [r for r in told if not any(g.is_told_by(r, strict=strict) for g in wanted)]
    missed = [g for g in wanted if g not in found]
    return {
        kind: Score(*(tuple(f for f in part if f.type == kind) for part in (found, missed, false)))
        for kind in sorted({f.type for f in (*wanted, *told)})
    }


def read_document(path: Path) -> Result:
    """One document of the gold, read as a build reads it."""
    task = pipeline.Task(Source(path), resources.register_folders(), BASE, "gold", validate=False)
    return pipeline.process(task)


def measure(folder: Path = FOLDER, *, strict: bool = True) -> dict[str, Score]:
    """All documents of a gold folder, scored together."""
    total: dict[str, Score] = {}
    for path in sorted(folder.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        scores = compare(gold_facts(gold), read_facts(read_document(path.with_suffix(".txt"))), strict=strict)
        for kind, score in scores.items():
            so_far = total.get(kind, Score((), (), ()))
            total[kind] = Score(so_far.found + score.found, so_far.missed + score.missed, so_far.false + score.false)
    return total


def report(folder: Path = FOLDER) -> Iterator[str]:
    """The figures by type, then each miss and each false fact."""
    strict, lenient = measure(folder), measure(folder, strict=False)
    for kind, score in strict.items():
        counts = f"{len(score.found):3} found {len(score.missed):3} missed {len(score.false):3} false"
        ratios = f"P {score.precision:.2f} R {score.recall:.2f} F {score.f1:.2f}"
        yield f"{kind:13} {counts}  {ratios}  F without certainty {lenient[kind].f1:.2f}"
    for kind, score in strict.items():
        yield from (f"missed {kind}: {' | '.join(f.parts)} ({f.certainty})" for f in score.missed)
        yield from (f"FALSE {kind}: {' | '.join(f.parts)} ({f.certainty})" for f in score.false)


if __name__ == "__main__":
    sys.stdout.write("\n".join(report()) + "\n")
