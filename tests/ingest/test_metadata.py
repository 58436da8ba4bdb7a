"""What a document is, by its own form; a register of documents fills the rest and is named as its source."""

import re
from pathlib import Path

import pytest

from ingest.metadata import identify
from ingest.model import Block, Entity, Reading, Source, Span
from ingest.rulebook import rules
from ingest.text import clean
from tests.ingest.quays import REGISTER, document, said

CHAIR = """Purpose
This report sums up the results of the seventh and eighth meetings of CWG-Harbour, held from May 2031 to March 2032.
Action required by the Council
The Council is invited to note the report.
1	Introduction
1.1	CWG-Harbour was set up in 2028.
Chair: Ada Lindqvist (Norway)
"""
MINUTES = """1. Opening
1.1 The Secretary-General welcomed the participants to the eleventh meeting of CWG-Harbour.
1.2 Mr Tom Ode chaired the tenth meeting.
2. Any other business
2.1 The report of the eleventh meeting of CWG-Harbour was approved.
"""
PAPER = """Document CWG-Harbour-7/4-E
12 May 2031
Norway, Fiji
Lights for small quays
1	Introduction
1.1	Quays are dark.
2	Proposals
2.1	CWG-Harbour is invited to consider this contribution and to decide on lights.
"""

KINDS = [
    # text, kind, number, date, meetings
    (CHAIR, "chair-report", None, None, ["7", "8"]),
    (MINUTES, "meeting-report", None, None, ["11"]),
    (PAPER, "contribution", "CWG-Harbour-7/4-E", "2031-05-12", ["7"]),
    ("Contribution by Norway\nLights\n1 CWG-Harbour should light its quays.\n", "contribution", None, None, []),
    ("CWG-Harbour 7/1\nDraft agenda of the seventh meeting\n1 Opening\n2 "
     "Closing\n", "agenda", "CWG-Harbour 7/1", None, ["7"]),
    ("Final Acts of the Plenipotentiary Conference (Larkhaven, 2031)\nRESOLUTION 61\n", "final-acts", None, None, []),
    ("RESOLUTION 61 (Rev. Larkhaven, 2031)\nTides\nThe Plenipotentiary Conference (Larkhaven, "
     "2031),\n", "resolution", None, None, []),
    ("Some thoughts about quays, lights and the sea.\n", None, None, None, []),
]  # fmt: skip


@pytest.mark.parametrize(("written", "kind", "number", "date", "meetings"), KINDS)
def test_identify(
    tmp_path: Path, written: str, kind: str | None, number: str | None, date: str | None, meetings: list[str]
) -> None:
    known = document(tmp_path, written, Source(tmp_path)).metadata
    assert (known.kind, known.number, known.date) == (kind, number, date)
    assert [meeting.key[1] for meeting in known.meetings] == meetings


def facts(folder: Path, written: str, source: Source) -> set[tuple[str, str, str]]:
    claims = document(folder, written, source).metadata.claims
    return {(claim.predicate, said(claim.object), claim.basis) for claim in claims}


def test_a_report_asks_and_covers(tmp_path: Path) -> None:
    assert {
        ("rc:submittedTo", "council", "text"),
        ("rc:actionRequired", "action/to-note", "text"),
        ("dcterms:temporal", "2031-05/2032-03", "text"),
        ("rc:reportsOn", "cwg-harbour/8", "text"),
    } <= facts(tmp_path, CHAIR, Source(tmp_path))


def test_a_paper_names_its_submitters_and_title(tmp_path: Path) -> None:
    assert {
        ("rc:submittedBy", "NOR", "text"),
        ("rc:submittedBy", "FJI", "text"),
        ("dcterms:title", "Lights for small quays", "text"),
        ("rc:filedFor", "cwg-harbour/7", "text"),
        ("rc:actionRequired", "action/to-decide", "text"),
        ("dcterms:date", "2031-05-12", "text"),
    } <= facts(tmp_path, PAPER, Source(tmp_path))


def test_a_cover_may_say_source_and_title(tmp_path: Path) -> None:
    written = "Source: Kingdom of Norway\nTitle: Lights for quays\nCWG-Harbour is invited to consider this proposal.\n"
    assert {
        ("rc:documentKind", "document-kind/contribution", "text"),
        ("rc:submittedBy", "NOR", "text"),
        ("dcterms:title", "Lights for quays", "text"),
    } <= facts(tmp_path, written, Source(tmp_path))


ROW = {
    "id": "report-7",
    "kind": "meeting report",
    "body": "cwg-harbour",
    "number": "CWG-Harbour 7/11",
    "date": "2031-05-14",
    "meetings": ("7",),
    "row": "sources/report-7",
}


def test_a_register_fills_what_the_text_leaves_open(tmp_path: Path) -> None:
    source = Source(tmp_path, **ROW)  # type: ignore[arg-type]
    told = facts(tmp_path, "Some words about quays.\n", source)
    assert {
        ("rc:documentKind", "document-kind/meeting-report", "register"),
        ("dcterms:date", "2031-05-14", "register"),
        ("dcterms:identifier", "CWG-Harbour 7/11", "register"),
        ("rc:reportsOn", "cwg-harbour/7", "register"),
    } <= told
    claims = document(tmp_path, "Some words about quays.\n", source).metadata.claims
    assert all(claim.row == "sources/report-7" for claim in claims if claim.basis == "register")


KEYS = [
    # source, text, kind of entity, key
    ({"number": "CWG-Harbour 7/11", "id": "x"}, "Words.\n", "document", ("cwg-harbour", "7", "11")),
    ({"id": "x"}, "Words.\n", "document", ("x",)),
    ({"id": "x"}, PAPER, "document", ("cwg-harbour", "7", "4")),
    ({"id": "x", "restates": "https://example.org/real"}, PAPER, "restatement", ("x",)),
]


@pytest.mark.parametrize(("given", "written", "kind", "key"), KEYS)
def test_identity(tmp_path: Path, given: dict[str, str], written: str, kind: str, key: tuple[str, ...]) -> None:
    entity = document(tmp_path, written, Source(tmp_path, **given)).entity  # type: ignore[arg-type]
    assert (entity.kind, entity.key) == (kind, key)


def test_without_number_or_register_the_checksum_is_the_key(tmp_path: Path) -> None:
    read = document(tmp_path, "Words.\n", Source(tmp_path))
    assert read.entity.key == (read.reading.checksum[:20],)


def test_nothing_is_read_from_the_name_of_the_file(tmp_path: Path) -> None:
    read = document(tmp_path, "Words.\n", Source(tmp_path))
    telling = Source(tmp_path / "CWG-Harbour-7-4 contribution 2031-05-12.txt")
    known = identify(telling, read.reading, read.clean, read.register)
    assert (known.kind, known.number, known.date, known.meetings) == (None, None, None, ())


def test_a_number_in_the_running_head_is_its_own(tmp_path: Path) -> None:
    written = "CWG\u2011Harbour\u20117/4\nLights\nDocument CWG-Harbour 9/9 was noted.\n"
    lines = [(0, 15, "header"), (16, 22, "paragraph"), (23, 57, "paragraph")]
    blocks = tuple(Block(at, Span(a, b), kind, a) for at, (a, b, kind) in enumerate(lines, start=1))  # type: ignore[arg-type]
    reading = Reading("ab" * 32, "text/plain", written, blocks)
    known = identify(Source(tmp_path), reading, clean(reading), REGISTER)
    assert known.entity == Entity("document", ("cwg-harbour", "7", "4"))


CUES = [pytest.param(row, id=f"{row['kind']}-{number}") for number, row in enumerate(rules("metadata")["cue"])]


@pytest.mark.parametrize("row", CUES)
def test_cues_fit_their_examples_and_no_near_miss(row: dict[str, list[str]]) -> None:
    form = re.compile(str(row["regex"]), re.IGNORECASE | re.MULTILINE)
    assert all(form.search(example) for example in row["examples"])
    assert not any(form.search(miss) for miss in row["near_misses"])


@pytest.mark.parametrize("row", rules("contributions")["kind"], ids=lambda row: str(row["kind"]))
def test_kinds_of_papers_fit_their_examples_and_no_near_miss(row: dict[str, list[str]]) -> None:
    form = re.compile(str(row["regex"]), re.IGNORECASE)
    assert all(form.search(example) for example in row["examples"])
    assert not any(form.search(miss) for miss in row["near_misses"])


COVERS = [
    # text with tabs for the right-hand column; number, date, title
    ("INVENTED QUAY AGENCY\t\tDocument CWG-Harbour 7/9\nBoard\t\t\t14 May 2031\nOsby, 1-3 June 2031\t\tEnglish only\n"
     "REPORT BY THE SECRETARY-GENERAL\nLAMPS ON SMALL QUAYS IN 2031\n", "CWG-Harbour 7/9", "2031-05-14",
     "LAMPS ON SMALL QUAYS IN 2031"),
    ("Document CWG-Harbour 7/8\n1 April 2031\nOriginal: Spanish\n\nNorway, Fiji\n\nLights for small quays\n",
     "CWG-Harbour 7/8", "2031-04-01", "Lights for small quays"),
    ("PANEL ON QUAYS (PAQ)\nReport of the fourth meeting - Osby, 3-4 May 2031\nDocument PAQ/4/9, 8 May 2031. English\n",
     "PAQ/4/9", "2031-05-08", "Report of the fourth meeting"),
    ("Report of the Chair: Council Working Group on Harbours\n\nLIGHTS AND LAMPS FROM 2027 TO 2031\n\nPurpose\n",
     None, None, "LIGHTS AND LAMPS FROM 2027 TO 2031"),
    ("Circular letter QL-77\nSubject: Call for lamps\nDear colleagues,\n", "QL-77", None, "Call for lamps"),
    # near misses: a day of the meeting, a number and a day in a sentence
    ("Report of the fourth meeting of CWG-Harbour\nHeld on 3 May 2031 in Osterby\n", None, None,
     "Report of the fourth meeting of CWG-Harbour"),
    ("The Group met on 3 May 2031 and read Document CWG-Harbour 7/9.\n", None, None, None),
]  # fmt: skip


@pytest.mark.parametrize(("written", "number", "date", "title"), COVERS, ids=lambda value: str(value)[:30])
def test_covers(tmp_path: Path, written: str, number: str | None, date: str | None, title: str | None) -> None:
    known = document(tmp_path, written, Source(tmp_path)).metadata
    titles = [said(claim.object) for claim in known.claims if claim.predicate == "dcterms:title"]
    assert (known.number, known.date, next(iter(titles), None)) == (number, date, title)


def test_a_series_of_the_text_gives_the_key(tmp_path: Path) -> None:
    read = document(
        tmp_path, "PANEL ON QUAYS (PAQ)\nDocument PAQ 4/9\nReport of the fourth meeting\n", Source(tmp_path)
    )
    assert read.entity == Entity("document", ("paq", "4", "9"))


def test_a_part_may_be_asked_for_in_the_opening(tmp_path: Path) -> None:
    opening = "CWG-Harbour is invited to approve the recommendations in section 6.\n1 Lamps\n1.1 Lamps are lit.\n"
    assert ("rc:actionRequired", "action/to-approve", "text") in facts(tmp_path, opening, Source(tmp_path))
