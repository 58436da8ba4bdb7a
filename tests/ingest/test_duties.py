"""Duties: the head governs its list, "may" permits, and a due event is one that the words name."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.claims.duties import claims, laid_down, terms_of_reference
from ingest.context import Document
from ingest.model import Claim, Entity, Value
from ingest.rulebook import rules
from tests.ingest.minutes import NAMES, minutes

REVISION = Entity("revision", ("resolution", "assembly", "61", "2031"))
TREASURER = Entity("office", ("treasurer",))


def clause(document: Document, words: str, number: int, role: str = "requests", parent: int | None = None) -> Claim:
    start = document.reading.text.index(words)
    span = document.clean.span(document.clean.clean_offset(start), document.clean.clean_offset(start + len(words)))
    details: list[tuple[str, Entity | Value]] = [
        ("rc:clauseRole", Entity("concept", ("clause-role", role))),
        ("rc:addressee", TREASURER),
    ]
    if parent is not None:
        details.append(("rc:parentClause", Entity("clause", (*REVISION.key, str(parent)))))
    entity = Entity("clause", (*REVISION.key, str(number)))
    return Claim(REVISION, "eli:has_part", entity, "asserted", "text", "clause", (span,), details=tuple(details))


def duties(folder: Path, *words: str, role: str = "requests") -> list[Claim]:
    document = minutes(folder, "\n".join(f"Words before.\n{each}" for each in words), kind="resolution", meetings=())
    return list(laid_down(document, [clause(document, each, n, role) for n, each in enumerate(words, start=1)]))


def detail(claim: Claim, predicate: str) -> list[str]:
    return [v.text if isinstance(v, Value) else str(v) for p, v in claim.details if p == predicate]


CASES = [
    # clause; deliverable, due event, deadline, recurrence
    (
        "to open a register of pilots, with advice from the harbour panel;",
        "to open a register of pilots, with advice from the harbour panel", [], [], [],
    ),
    ("in the light of the panel's findings, to set the fees anew;", "to set the fees anew", [], [], []),
    (
        "to lay the figures before the 2031 Assembly.",
        "to lay the figures before the 2031 Assembly", ["conference:assembly:2031"], [], [],
    ),
    ("to report to Council 2031", "to report to Council 2031", ["session:council:2031"], [], []),
    ("to print it every two years.", "to print it every two years", [], [], ["every two years"]),
    ("to lay out an annual account of tides", "to lay out an annual account of tides", [], [], ["annual"]),
    ("to close the list by 3 May 2031,", "to close the list by 3 May 2031", [], ["2031-05-03"], []),
    ("taking into account the annual reports, to act", "to act", [], [], []),
    ("3) to tell of the work since PA-31", "to tell of the work since PA-31", [], [], []),
]  # fmt: skip


@pytest.mark.parametrize(("words", "deliverable", "event", "deadline", "recurrence"), CASES)
def test_duty_of_a_clause(
    tmp_path: Path, words: str, deliverable: str, event: list[str], deadline: list[str], recurrence: list[str]
) -> None:
    (duty,) = duties(tmp_path, words)
    assert duty.predicate == "rc:laysDown"
    assert duty.object == Entity("duty", (*REVISION.key, "1"))
    assert detail(duty, "rc:addressee") == [str(TREASURER)]
    assert detail(duty, "rc:deliverable") == [deliverable]
    assert detail(duty, "rc:dueEvent") == event
    assert detail(duty, "rc:deadline") == deadline
    assert detail(duty, "rc:recurrence") == recurrence


def test_an_event_before_the_text_is_not_due(tmp_path: Path) -> None:
    earlier = {"Council 2029": ("event", Entity("session", ("council", "2029")))}
    words = "to go on with what was put to Council 2029"
    document = minutes(tmp_path, f"Words before.\n{words}", kind="resolution", names=earlier)
    (duty,) = laid_down(document, [clause(document, words, 1)])
    assert detail(duty, "rc:dueEvent") == []


@pytest.mark.parametrize("role", ["resolves", "encourages", "authorizes", "recalling"])
def test_other_verbs_lay_down_no_duty(tmp_path: Path, role: str) -> None:
    assert duties(tmp_path, "to open a register of pilots", role=role) == []


def test_parts_of_a_task_are_no_duties(tmp_path: Path) -> None:
    document = minutes(tmp_path, "to report on:\nthe fees;\nthe charts", kind="resolution")
    stated = [
        clause(document, "to report on:", 1),
        clause(document, "the fees;", 2, parent=1),
        clause(document, "the charts", 3, parent=1),
    ]
    assert [str(c.subject).rpartition(":")[2] for c in laid_down(document, stated)] == ["1"]


def test_heads_of_further_clauses_are_none(tmp_path: Path) -> None:
    document = minutes(tmp_path, "to take these measures:\nto open a register\nto close the list", kind="resolution")
    stated = [
        clause(document, "to take these measures:", 1),
        clause(document, "to open a register", 2, parent=1),
        clause(document, "to close the list", 3, parent=1),
    ]
    assert [str(c.subject).rpartition(":")[2] for c in laid_down(document, stated)] == ["2", "3"]


@pytest.mark.parametrize(("table", "key"), [("permission", "regex"), ("recurrence", "regex"), ("terms", "regex")])
def test_forms_prove_themselves(table: str, key: str) -> None:
    for row in rules("duties")[table]:
        form = re.compile(row[key])
        assert [text for text in row["examples"] if not form.search(text)] == []
        assert [text for text in row["near_misses"] if form.search(text)] == []


@pytest.mark.parametrize("words", ["that pilots may add local charts", "may add charts"])
def test_permission_is_no_duty(tmp_path: Path, words: str) -> None:
    assert duties(tmp_path, words) == []


def test_terms_of_reference_bind_the_body_by_the_text_that_sets_them(tmp_path: Path) -> None:
    document = minutes(
        tmp_path,
        "1.2\tThe terms of reference of CWG-Tides, set by Council Resolution 2207 (Mod. 2028), are:\n"
        "a)\tto measure the tides each year;\nb)\tto report to Council 2031.\n1.3\tThe Council is pleased.\n",
        kind="chair-report",
    )
    found = list(terms_of_reference(document))
    assert [c.subject for c in found] == [NAMES["Council Resolution 2207 (Mod. 2028)"][1]] * 2
    assert [detail(c, "rc:addressee") for c in found] == [["body:cwg-tides"]] * 2
    assert [detail(c, "rc:deliverable") for c in found] == [
        ["to measure the tides each year"],
        ["to report to Council 2031"],
    ]
    assert detail(found[1], "rc:dueEvent") == ["session:council:2031"]


def test_lettered_paragraphs_below_the_lead_are_its_items_until_another_paragraph(tmp_path: Path) -> None:
    document = minutes(
        tmp_path,
        "1.2 The terms of reference of CWG-Tides, set by Council Resolution 2207 (Mod. 2028), are:\n\n"
        "a) to measure the tides. Tides are high.\n\nb) to print the tables.\n\n1.3 The Council is pleased.\n\n"
        "c) to sing.\n",
        kind="chair-report",
    )
    plain = tuple(replace(block, kind="paragraph", level=0) for block in document.clean.blocks)
    document = replace(document, clean=replace(document.clean, blocks=plain))
    assert [detail(c, "rc:deliverable") for c in terms_of_reference(document)] == [
        ["to measure the tides"],
        ["to print the tables"],
    ]


@pytest.mark.parametrize(
    "lead",
    [
        "The terms of reference of CWG-Tides are:",  # no text that sets them
        "The terms of reference, set by Council Resolution 2207 (Mod. 2028), are:",  # nobody whose they are
    ],
)
def test_terms_without_source_or_body(tmp_path: Path, lead: str) -> None:
    document = minutes(tmp_path, f"1.2\t{lead}\na)\tto measure the tides;\n", kind="chair-report")
    assert list(terms_of_reference(document)) == []


def test_the_lead_itself_can_hold_a_task(tmp_path: Path) -> None:
    lead = "The terms of reference of CWG-Tides, set by Council Resolution 2207 (Mod. 2028), are to watch the tides"
    document = minutes(tmp_path, f"1.2\t{lead}, and in this regard, as appropriate:\na)\tPrint the tables;\n")
    found = [detail(c, "rc:deliverable") for c in terms_of_reference(document)]
    assert found == [["to watch the tides"], ["Print the tables"]]


def test_minutes_lay_down_nothing(tmp_path: Path) -> None:
    document = minutes(tmp_path, "4.1\tThe Panel asked the Treasurer to open a register.\n")
    assert list(claims(document)) == []
