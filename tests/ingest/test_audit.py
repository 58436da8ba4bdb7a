"""The auditor's checks: each speaks where something does not add up, and is silent where all is well."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.audit import audit
from ingest.context import Document
from ingest.model import Entity, Link, Mention
from tests.ingest.minutes import NAMES, minutes, real

LEAD = "1.1\tThe Panel met.\n"
LATER = "Resolution 61 (Rev. Larkhaven, 2031)"
SETS_UP = "Council Resolution 2207 (Mod. 2028)"


def codes(document: Document) -> list[str]:
    return [finding.code for finding in audit(document)]


CASES = [
    # text; codes
    ("4.1\tIt met.\n4.3\tIt left.\n", ["skipped-paragraph-number"]),
    ("4.1\tIt met.\n4.2\tIt ate.\n4.5\tIt left.\n", ["skipped-paragraph-number"]),
    (
        "1\tOpening\n1.1\tIt met.\n1.2\tIt ate.\n2\tClosing\n2.1\tIt ate.\n4\tDinner\n4.1\tIt sang.\n",
        ["skipped-paragraph-number"],
    ),
    ("4.1\tIt met.\n4.2\tIt ate.\n4.2\tIt left.\n", ["repeated-paragraph-number"]),
    ("4.1\tIt met.\n4.2\tIt ate.\n5.1\tIt left.\n5.2\tIt slept.\n", []),
    ("4.1\tIt met.\n4.1.1\tIt ate.\n4.2\tIt left.\n", []),
    ("4.1\tIt met.\n4.3\tIt ate.\n4.2\tIt left.\n", []),
    ("4.1\tIt met:\n1.\tfirst;\n3.\tthird.\n4.2\tIt left.\n", []),
    ("4.1\tThe round on tides (after the storm was held.\n4.2\tIt left.\n", ["unbalanced-parenthesis"]),
    ("4.1\tThe round on tides (after the storm was held:\n–\ttides\n4.2\tIt left.\n", ["unbalanced-parenthesis"]),
    ("4.1\tThe round on tides after the storm) was held.\n4.2\tIt left.\n", ["unbalanced-parenthesis"]),
    ("4.1\tIt a) met, b) ate and 3) left (late).\n4.2\tIt left.\n", []),
    ("4.1\tThe round (on tides (and storms)) was held.\na)\tIt left.\n", []),
    ("4.1\tThe round was held (on tides,\nand storms) in May.\n4.2\tIt left.\n", []),
    (
        f"1.1\tThe Panel was established by {SETS_UP}, in accordance with {LATER}.\n",
        ["chronology"],
    ),
    (f"1.1\tThe Panel was set up as a group by {SETS_UP} pursuant to {LATER}.\n", ["chronology"]),
    (f"1.1\tThe Panel was established by {LATER}, in accordance with {SETS_UP}.\n", []),
    (f"1.1\tThe Panel was established by {SETS_UP}. It works in accordance with {LATER}.\n", []),
    (f"1.1\tThe Panel was established by {SETS_UP} and is governed by {LATER}.\n", []),
    (
        "1.1\tThe Council is invited to print the table.\n1.2\tThe Council is invited to print the tables of May.\n",
        ["inconsistent-request"],
    ),
    ("1.1\tThe Council is invited to print the table.\n1.2\tThe Council is invited to print this table.\n", []),
    ("1.1\tThe Council is invited to close the quay.\n1.2\tThe Council is invited to print the table.\n", []),
]  # fmt: skip


@pytest.mark.parametrize(("written", "expected"), CASES)
def test_audit(tmp_path: Path, written: str, expected: list[str]) -> None:
    assert codes(minutes(tmp_path, written)) == expected


def test_findings_carry_every_passage_and_a_question(tmp_path: Path) -> None:
    document = minutes(tmp_path, "4.1\tIt met.\n4.3\tIt left.\n")
    (finding,) = audit(document)
    quotes = [document.reading.text[span.start : span.end] for _, span in finding.passages]
    assert quotes == ["4.1\tIt met.", "4.3\tIt left."]
    assert finding.question == "Was 4.2 left out, or is the numbering wrong?"
    assert {checksum for checksum, _ in finding.passages} == {document.reading.checksum}


def with_links(folder: Path, written: str, rows: list[tuple[str, str, Entity, dict[str, str]]]) -> Document:
    document = minutes(folder, written, names={})
    links = []
    for words, kind, entity, parts in rows:
        start = document.clean.text.index(words)
        span = document.clean.span(start, start + len(words))
        links.append(Link(Mention(kind, span, words, 1, parts), entity, "for the test"))
    return Document(
        document.source, document.reading, document.clean, document.metadata, document.register, tuple(links)
    )


REVISION = NAMES[SETS_UP][1]
ROUND = Entity("consultation", ("panel", "2031-02"))


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("C22, last amended C28", "Mod. 2028", ["variant-revision-notation"]),
        ("Rev. Larkhaven, 2028", "Larkhaven, 2028", ["variant-revision-notation"]),
        ("2028", "Mod. 2028", ["variant-revision-notation"]),
        ("Mod. 2028", "Mod.  2028", []),
        ("Mod. 2028", "Mod 2028", []),
    ],
)
def test_variant_notation(tmp_path: Path, first: str, second: str, expected: list[str]) -> None:
    written = f"1.1\tResolution 2207 ({first}) and later Resolution 2207 ({second}) again."
    rows = [
        (f"2207 ({first})", "citation", REVISION, {"revision": first}),
        (f"later Resolution 2207 ({' '.join(second.split())})", "citation", REVISION, {"revision": second}),
    ]
    document = with_links(tmp_path, written.replace(second, " ".join(second.split())), rows)
    assert codes(document) == expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("Quiet harbours", "Loud harbours", ["variant-title"]),
        ("Safe quays at night", "Safer quays by night", ["variant-title"]),
        ("Tides and pilots", "Pilots and tides", ["variant-title"]),
        ("Quiet harbours", "the quiet Harbours", []),
        ("Quiet harbours", "Quiet harbours in winter", []),
    ],
)
def test_variant_title(tmp_path: Path, first: str, second: str, expected: list[str]) -> None:
    written = "1.1\tThe first round was long. The second round was long."
    rows = [
        ("first round", "consultation", ROUND, {"topic": first}),
        ("second round", "consultation", ROUND, {"topic": second}),
    ]
    assert codes(with_links(tmp_path, written, rows)) == expected


def test_instruments_are_left_to_the_reader_of_clauses(tmp_path: Path) -> None:
    assert codes(minutes(tmp_path, "4.1\tIt met (late.\n4.3\tIt left.\n", kind="resolution")) == []


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("chair-report-2020.txt", ["chronology", "inconsistent-request"]),
        (
            "chair-report-2024.txt",
            [
                "skipped-paragraph-number", "unbalanced-parenthesis", "variant-revision-notation",
                "variant-revision-notation", "chronology",
            ],
        ),
        ("chair-report-2026.txt", ["unbalanced-parenthesis", "chronology"]),
        ("contribution-21-wsis20.txt", []),
        ("meeting-11-report-2018.txt", []),
    ],
)  # fmt: skip
def test_real_documents(name: str, expected: list[str]) -> None:
    assert codes(real(name)) == expected
