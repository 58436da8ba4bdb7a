"""Inference: conclusions with their premises, and silence where a premise is missing."""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from ingest.claims import all_claims
from ingest.graph.triples import merged
from ingest.inference import Account, Archive, Keyed, infer
from ingest.model import Claim, Entity, Modality, Value
from ingest.register import Register, load
from ingest.registers import lines
from ingest.registers.tables import PROVENANCE
from ingest.rulebook import rules
from tests.ingest.minutes import real

PANEL = Entity("body", ("panel",))
ROUND = Entity("consultation", ("panel", "2032-02"))
OLD = Entity("revision", ("resolution", "assembly", "61", "2027"))
NEW = Entity("revision", ("resolution", "assembly", "61", "2031"))
SETS_UP = Entity("revision", ("resolution", "council", "2207", "2028"))
EIGHTH, NINTH = Entity("meeting", ("panel", "8")), Entity("meeting", ("panel", "9"))
COUNCIL = Entity("session", ("council", "2033"))


def archive(claims: Mapping[str, Sequence[Keyed]], register: Register) -> Archive:
    accounts = [Account(name, tuple(pairs)) for name, pairs in claims.items() if name != "register"]
    return Archive.of(accounts, Account("register", tuple(claims.get("register", ()))), register)


def stated(
    subject: Entity,
    predicate: str,
    said: Entity | Value,
    modality: Modality = "asserted",
    details: Sequence[tuple[str, Entity | Value]] = (),
) -> Claim:
    return Claim(subject, predicate, said, modality, "text", "test", details=tuple(details))


def keyed(name: str, *claims: Claim) -> list[Keyed]:
    return [(f"{name}-{at}", claim) for at, claim in enumerate(claims)]


def month(predicate: str, value: str, modality: Modality = "asserted") -> Claim:
    return stated(ROUND, predicate, Value(value, "xsd:gYearMonth"), modality)


def clause(revision: Entity, excerpt: str, words: str, addressee: Entity | None = None) -> list[Claim]:
    part = Entity("excerpt", (excerpt, "100"))
    to = addressee or Entity("body", ("council",))
    details: list[tuple[str, Entity | Value]] = [("rc:deliverable", Value(words)), ("rc:addressee", to)]
    return [
        stated(revision, "eli:has_part", part),
        stated(part, "rc:laysDown", Entity("duty", part.key), details=details),
    ]


CONDUCTED = stated(ROUND, "rc:conductedBy", PANEL)
TERMS = stated(PANEL, "rc:termsOfReferenceIn", SETS_UP)
DIRECTS = "to direct the Panel of Pilots to hold open consultations"


def table(folder: Path, name: str, columns: Sequence[str], *rows: Mapping[str, str]) -> None:
    given = {"source": "test", "verified": "yes"}
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*columns, *PROVENANCE], restval="")
        writer.writeheader()
        writer.writerows({**given, **row} for row in rows)


@pytest.fixture
def register(tmp_path: Path) -> Register:
    """The Panel, and an Assembly that revised its Resolution 61 in 2027 and in 2031."""
    panel = {"slug": "panel", "label": "Panel of Pilots", "kind": "group"}
    table(tmp_path, "bodies", lines.BODY, panel, {"slug": "assembly", "label": "Assembly", "kind": "conference"})
    instrument = {"kind": "resolution", "issuer": "assembly", "number": "61"}
    table(tmp_path, "resolutions", lines.INSTRUMENT, instrument)
    conferences, revisions = [], []
    for year, first in (("2027", "yes"), ("2031", "no")):
        days = {"start": f"{year}-05-01", "end": f"{year}-05-09"}
        conferences.append({"body": "assembly", "year": year, "label": f"Assembly {year}", **days})
        revisions.append({**instrument, "year": year, "adopted_at": "conference", "first": first})
    table(tmp_path, "conferences", lines.CONFERENCE, *conferences)
    table(tmp_path, "revisions", lines.REVISION, *revisions)
    return load([tmp_path])


def conclusions(claims: Mapping[str, Sequence[Keyed]], register: Register, rule: str) -> list[Claim]:
    return [claim for claim in infer(archive(claims, register)) if claim.rule == rule]


# ---- mandates -------------------------------------------------------------------------------------------------------


def mandate(documents: Mapping[str, Sequence[Keyed]], register: Register) -> list[tuple[str, str, tuple[str, ...]]]:
    found = conclusions(documents, register, "consultation-mandate")
    return [(str(claim.object), claim.modality, claim.premises) for claim in found]


def test_mandate_needs_clause_conduct_and_tie(register: Register) -> None:
    documents = {"a": keyed("a", CONDUCTED, TERMS, *clause(NEW, "new", DIRECTS))}
    assert mandate(documents, register) == [("excerpt:new:100", "asserted", ("a-0", "a-2", "a-3", "a-1"))]


def test_mandate_is_of_the_revision_in_force_at_the_start(register: Register) -> None:
    documents = {"a": keyed("a", CONDUCTED, TERMS, *clause(OLD, "old", DIRECTS), *clause(NEW, "new", DIRECTS))}
    assert [found[0] for found in mandate(documents, register)] == ["excerpt:new:100"]
    early = {"a": [*documents["a"], ("a-9", month("schema:startDate", "2029-03"))]}
    assert [found[0] for found in mandate(early, register)] == ["excerpt:old:100"]


def test_a_planned_round_has_a_planned_mandate(register: Register) -> None:
    planned = stated(ROUND, "rc:conductedBy", PANEL, "planned")
    documents = {"a": keyed("a", planned, TERMS, *clause(NEW, "new", DIRECTS))}
    assert [found[1] for found in mandate(documents, register)] == ["planned"]


def test_of_several_excerpts_the_earliest_document_counts(register: Register) -> None:
    day = stated(Entity("document", ("b",)), "dcterms:date", Value("2032-01-01", "xsd:date"))
    documents = {
        "a": keyed("a", CONDUCTED, TERMS, *clause(NEW, "late", DIRECTS)),
        "b": keyed("b", day, *clause(NEW, "early", DIRECTS)),
    }
    assert [found[0] for found in mandate(documents, register)] == ["excerpt:early:100"]


@pytest.mark.parametrize(
    "claims",
    [
        [TERMS, *clause(NEW, "new", DIRECTS)],  # nobody says who conducts it
        [CONDUCTED, *clause(NEW, "new", DIRECTS)],  # nothing ties the Panel to the text
        [CONDUCTED, TERMS, *clause(NEW, "new", "to direct the Harbour Forum to hold open consultations")],
        [CONDUCTED, TERMS, *clause(NEW, "new", "to direct the Panel of Pilots to print the charts")],
        [CONDUCTED, TERMS, *clause(OLD, "old", DIRECTS)],  # no longer in force
    ],
)
def test_no_mandate(claims: list[Claim], register: Register) -> None:
    assert mandate({"a": keyed("a", *claims)}, register) == []


# ---- held -----------------------------------------------------------------------------------------------------------

LAUNCH_PLANNED = stated(ROUND, "rc:launchedAt", EIGHTH, "planned")
SUMMARY = stated(ROUND, "rc:summarySubmittedTo", COUNCIL)
SUMMARY_PLANNED = stated(ROUND, "rc:summarySubmittedTo", COUNCIL, "planned")
RECEIVED = stated(ROUND, "rc:received", Entity("count", ("a", "1")))


@pytest.mark.parametrize(
    ("claims", "doubt"),
    [
        ([LAUNCH_PLANNED, SUMMARY], None),
        ([LAUNCH_PLANNED, RECEIVED], None),
        ([LAUNCH_PLANNED, SUMMARY_PLANNED], "the summary itself is only announced"),
    ],
)
def test_held(claims: list[Claim], doubt: str | None, register: Register) -> None:
    (found,) = conclusions({"a": keyed("a", *claims)}, register, "consultation-held")
    assert (found.subject, found.predicate, found.object) == (ROUND, "rc:heldInferred", Value("true", "xsd:boolean"))
    assert (found.basis, found.premises, found.doubt) == ("rule", ("a-0", "a-1"), doubt)


@pytest.mark.parametrize(
    "claims",
    [
        [LAUNCH_PLANNED],
        [SUMMARY],
        [LAUNCH_PLANNED, SUMMARY, stated(ROUND, "rc:launchedAt", NINTH)],
        [LAUNCH_PLANNED, SUMMARY, CONDUCTED],
        [LAUNCH_PLANNED, SUMMARY, month("schema:startDate", "2032-02")],
        [LAUNCH_PLANNED, stated(ROUND, "rc:summarySubmittedTo", COUNCIL, "negated")],
    ],
)
def test_not_held(claims: list[Claim], register: Register) -> None:
    assert conclusions({"a": keyed("a", *claims)}, register, "consultation-held") == []


def test_a_launch_stated_elsewhere_is_no_inference(register: Register) -> None:
    documents = {"a": keyed("a", LAUNCH_PLANNED, SUMMARY), "b": keyed("b", stated(ROUND, "rc:launchedAt", NINTH))}
    assert conclusions(documents, register, "consultation-held") == []


# ---- conflicts ------------------------------------------------------------------------------------------------------


def total(number: str, file: str, stated_total: str = "true") -> Claim:
    details = [("rc:responses", Value(number, "xsd:integer")), ("rc:isStatedTotal", Value(stated_total, "xsd:boolean"))]
    return stated(ROUND, "rc:received", Entity("count", (file, "1")), details=details)


CONFLICTS = [
    # two claims of two documents; whether they conflict
    (month("schema:startDate", "2032-02"), month("schema:startDate", "2032-03"), True),
    (stated(ROUND, "dcterms:title", Value("Quiet harbours")), stated(ROUND, "dcterms:title", Value("Loud ones")), True),
    (total("40", "a"), total("37", "b"), True),
    (
        stated(NINTH, "schema:startDate", Value("2031-05-12", "xsd:date")),
        stated(NINTH, "schema:startDate", Value("2031-05-13", "xsd:date")),
        True,
    ),
    (month("schema:startDate", "2032-02"), month("schema:startDate", "2032-02"), False),
    (month("schema:startDate", "2032-02"), month("schema:startDate", "2032-02-05"), False),
    (month("schema:startDate", "2032-02"), month("schema:startDate", "2032-03", "planned"), False),
    (month("schema:startDate", "2032-02"), month("schema:endDate", "2032-03"), False),
    (total("40", "a"), total("18", "b", "false"), False),
    (total("40", "a"), total("40", "b"), False),
    (
        stated(ROUND, "dcterms:title", Value("The quiet harbours")),
        stated(ROUND, "dcterms:title", Value("Quiet Harbours")),
        False,
    ),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "conflicts"), CONFLICTS)
def test_conflict(one: Claim, other: Claim, conflicts: bool, register: Register) -> None:
    documents = {"a": keyed("a", one), "b": keyed("b", other)}
    found = conclusions(documents, register, "conflicting-accounts")
    expected = [(Entity("assertion", ("a-0",)), Entity("assertion", ("b-0",)), ("a-0", "b-0"))] if conflicts else []
    assert [(claim.subject, claim.object, claim.premises) for claim in found] == expected
    assert all(claim.predicate == "rc:conflictsWith" for claim in found)


def test_one_document_does_not_conflict_with_itself(register: Register) -> None:
    claims = (month("schema:startDate", "2032-02"), month("schema:startDate", "2032-03"))
    assert conclusions({"a": keyed("a", *claims)}, register, "conflicting-accounts") == []


# ---- all ------------------------------------------------------------------------------------------------------------


def test_the_order_of_the_documents_does_not_matter(register: Register) -> None:
    documents = {
        "a": keyed("a", CONDUCTED, TERMS, *clause(NEW, "new", DIRECTS), total("40", "a")),
        "b": keyed("b", *clause(OLD, "old", DIRECTS), total("37", "b"), month("schema:endDate", "2032-05")),
        "c": keyed("c", *clause(NEW, "other", DIRECTS), month("schema:endDate", "2032-06")),
    }
    first = list(infer(archive(documents, register)))
    assert len(first) == 3
    for seed in range(5):
        names = list(documents)
        random.Random(seed).shuffle(names)  # noqa: S311
        assert list(infer(archive({name: documents[name] for name in names}, register))) == first


def test_rules_are_documented_and_their_patterns_prove_themselves() -> None:
    for row in rules("inference")["rule"]:
        assert row["definition"].endswith(".")
        pattern = re.compile(row.get("subject_matter", "$^"), re.IGNORECASE)
        assert [text for text in row.get("examples", []) if not pattern.search(text)] == []
        assert [text for text in row.get("near_misses", []) if pattern.search(text)] == []


@pytest.mark.corpus
def test_real_reports_of_the_chair() -> None:
    documents = [real(f"chair-report-{year}.txt") for year in ("2020", "2024", "2026")]
    claims = {str(d.entity): merged(d.reading.checksum, [*d.metadata.claims, *all_claims(d)]) for d in documents}
    found = list(infer(archive(claims, documents[0].register)))
    mandates = {c.subject.key[1]: c for c in found if c.rule == "consultation-mandate"}
    assert {key: c.modality for key, c in mandates.items()} == {
        "2019-10": "asserted", "2020-03": "asserted", "2024-02": "asserted", "2024-10": "asserted",
        "2025-02": "planned",
    }  # fmt: skip
    every = [claim for pairs in claims.values() for _, claim in pairs]
    parts = {claim.object: claim.subject for claim in every if claim.predicate == "eli:has_part"}
    years = {key: parts[c.object].key[3] for key, c in mandates.items() if isinstance(c.object, Entity)}
    assert years == {"2019-10": "2018", "2020-03": "2018", "2024-02": "2022", "2024-10": "2022", "2025-02": "2022"}
    assert [c.subject.key[1] for c in found if c.rule == "consultation-held"] == ["2025-02"]
    known = {key for pairs in claims.values() for key, _ in pairs}
    assert all(set(c.premises) <= known and c.premises for c in found)
