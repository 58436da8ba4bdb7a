"""What does not add up in the numbers and heads of an instrument, and what only looks so."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.audit import audit
from ingest.claims.clauses import findings
from ingest.provisions.numerals import numeral, written
from tests.ingest.harbour import document

HEADED = "RESOLUTION 61 (REV. LARKHAVEN, 2031)\n\nTides\n\nrecalling\n\nthe tides,\n\n"
SKIPPED, REPEATED, ALONE = "skipped-paragraph-number", "repeated-paragraph-number", "head-without-clause"
CASES = [
    # what it shows, the text, (code, a word of the message, first words of each passage)
    ("a number twice",
     HEADED + "resolves\n\n1\tto wait;\n\n2\tto row;\n\n2\tto sail.",
     [(REPEATED, "number 2 stands", ["to row", "to sail"])]),
    ("a leap",
     HEADED + "resolves\n\n1\tto wait;\n\n2\tto row;\n\n4\tto sail.",
     [(SKIPPED, "2 is followed by 4; there is no 3", ["to row", "to sail"])]),
    ("a leap among letters and one among numbers of numbers",
     HEADED + "resolves\n\n1\tto buy:\n\na)\toil;\n\nd)\tlamps;\n\n2\tto build:\n\n2.1\tquays;\n\n2.3\tsheds.",
     [(SKIPPED, "a) is followed by d); there is no b) and c)", ["oil", "lamps"]),
      (SKIPPED, "2.1 is followed by 2.3; there is no 2.2", ["quays", "sheds"])]),
    ("a series without its first number",
     HEADED + "resolves\n\n2\tto row;\n\n3\tto sail.",
     [(SKIPPED, "the head is followed by 2; there is no 1", ["resolves", "to row"])]),
    ("a head above another head, and one at the end",
     HEADED + "instructs the Treasurer\n\nresolves\n\n1\tto wait.\n\ninvites pilots",
     [(ALONE, "no clause stands below", ["instructs the Treasurer", "resolves"]),
      (ALONE, "no clause stands below", ["invites pilots"])]),
    ("a leap where verbs lead their clauses",
     "Resolution 12/3\n\nHuts\n\nRecalling its decision 4/1,\n\n1. Decides to wait;\n\n2. Urges pilots to row;\n\n"
     "4. Requests the Treasurer to pay.",
     [(SKIPPED, "2 is followed by 4; there is no 3.", ["Urges", "Requests"])]),
    ("nothing: numbers that begin again under each head, bis, items of items, unnumbered clauses",
     HEADED + "resolves\n\n1\tto buy:\n\ni)\toil;\n\nii)\tlamps;\n\n2\tto row;\n\n2bis\tto rest;\n\n3\tto sail,\n\n"
     "instructs the Treasurer\n\n1\tto pay:\n\ni)\toil;\n\nii)\tlamps,\n\ninvites pilots\n\nto help.", []),
    ("nothing: verbs that lead lists of their own",
     "Resolution 12/3\n\nHuts\n\nRecalling its decision 4/1,\n\n1. Requests the Treasurer:\n\n(a) To pay;\n\n"
     "(b) To report;\n\n2. Urges the Council:\n\n(a) To wait;\n\n(b) To vote.", []),
    ("nothing: dots stand for what was left out",
     HEADED + "resolves\n\n1\tto wait;\n\n[...]\n\n4\tto sail.", []),
    ("nothing: the number stands inside a line",
     HEADED + "resolves\n\n1\tto wait and, under 2 below, to row; 2 Rowers are paid;\n\n3\tto sail.", []),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "text", "wanted"), CASES, ids=[case[0] for case in CASES])
def test_doubts(tmp_path: Path, shows: str, text: str, wanted: list[tuple[str, str, list[str]]]) -> None:
    found = document(tmp_path, text, body="pc", kind="resolution")
    got = [finding for finding in findings(found) if finding.code in (SKIPPED, REPEATED, ALONE)]
    assert [finding.code for finding in got] == [code for code, _, _ in wanted], shows
    for finding, (_, message, passages) in zip(got, wanted, strict=True):
        assert message in finding.message
        assert finding.question
        words = [found.reading.text[span.start : span.end] for _, span in finding.passages]
        assert [word.startswith(first) for word, first in zip(words, passages, strict=True)] == [True] * len(words)


def test_a_leap_in_a_report_is_told_once(tmp_path: Path) -> None:
    text = "Resolution 12/3\n\nHuts\n\nRecalling its decision 4/1,\n\n1. Decides to wait;\n\n3. Urges pilots to row."
    found = document(tmp_path, text, body="pc", kind="meeting-report")
    told = [finding for finding in (*findings(found), *audit(found)) if finding.code == SKIPPED]
    assert [finding.severity for finding in told] == ["warning"]


WRITTEN = [
    # printed, value, as written
    ("4", 3, "3"), ("4.", 3, "3."), ("(d)", 2, "(b)"), ("iv)", 2, "ii)"), ("2.4", 3, "2.3"), ("bb)", 27, "aa)"),
    ("3bis", 2, "2"),
]  # fmt: skip


@pytest.mark.parametrize(("printed", "value", "wanted"), WRITTEN)
def test_a_number_of_the_same_series(printed: str, value: int, wanted: str) -> None:
    like = numeral(printed)
    assert like is not None
    assert written(like, value) == wanted
