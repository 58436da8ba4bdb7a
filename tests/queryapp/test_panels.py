"""Panels: how rows come together, what dates leave out, what goes into exports; evidence and runs of text."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from queryapp.config import Config
from queryapp.dataset import current_version, open_version
from queryapp.evidence import Known, Span, passage, place, runs, telling, weakest
from queryapp.exports import as_csv, as_json
from queryapp.panels import Panel, Reader, in_words, panel
from tests.smalldata import BASE
from tests.smallgraph import small


@pytest.fixture(scope="module")
def reader(small_dataset: Path) -> Reader:
    dataset = open_version(current_version(small_dataset), Config(dataset=small_dataset))
    return Reader(dataset.store, dataset.base)


HOW = [
    # basis       modality       verified  how           words
    ("text",      "asserted",    None,     "stated",     "stated"),
    ("text",      "planned",     None,     "planned",    "planned"),
    ("text",      "negated",     None,     "negated",    "negated"),
    ("rule",      "asserted",    None,     "inferred",   "inferred"),
    ("rule",      "planned",     None,     "planned",    "inferred, planned"),
    ("register",  "asserted",    True,     "register",   "from a register"),
    ("register",  "asserted",    False,    "unverified", "from a register, unverified"),
    ("text",      "wishful",     None,     "unknown",    "unknown"),
]  # fmt: skip


@pytest.mark.parametrize(("basis", "modality", "verified", "how", "words"), HOW)
def test_how_a_fact_is_known(basis: str, modality: str, verified: bool | None, how: str, words: str) -> None:
    known = Known(basis=basis, modality=modality, verified=verified)
    assert (known.how, known.words) == (how, words)


def test_inferred_and_unverified_are_weaker_than_planned_and_that_than_stated() -> None:
    inferred, planned, stated = Known(basis="rule"), Known(modality="planned"), Known()
    assert weakest([stated, planned, inferred]) is inferred
    assert weakest([stated, planned]) is planned
    assert weakest([]) is None


def lines(found: Panel, *columns: str) -> list[tuple[str, ...]]:
    return [(*(row.says(c) for c in columns), row.known.how if row.known else "") for row in found.rows]


def test_a_plan_is_shown_as_a_plan(reader: Reader) -> None:
    found = panel(reader, "consultation_phases", about=BASE + "consultation/cwg-harbour/2032-01")
    launched = [line for line in lines(found, "step", "value") if line[1] == "Eighth meeting of CWG-Harbour"]
    assert [line[2] for line in launched] == ["planned"]
    assert ("held inferred", "yes", "inferred") in lines(found, "step", "value")


def test_two_accounts_of_one_launch_stay_two_rows(reader: Reader) -> None:
    found = panel(reader, "consultation_phases", about=BASE + "consultation/cwg-harbour/2031-09")
    launches = {
        line[1:] for line in lines(found, "step", "value") if "meeting" in line[1].casefold() and "launch" in line[0]
    }
    assert {("Seventh meeting of CWG-Harbour", "planned"), ("Eighth meeting of CWG-Harbour", "stated")} <= launches


def test_submitters_of_one_paper_share_its_row(reader: Reader) -> None:
    found = panel(reader, "contributions_list")
    row = next(r for r in found.rows if r.first("document").endswith("/7/3") and r.known and r.known.how == "stated")
    assert set(row.says("submitter").split("; ")) == {"Norland", "Sudmark"}
    assert row.known is not None
    assert len(row.known.evidence) == 2


def test_known_leaves_out_what_came_later_and_counts_it(reader: Reader) -> None:
    topic = BASE + "topic/night-pilotage"
    everything = panel(reader, "topic_statuses", about=topic)
    before = panel(reader, "topic_statuses", about=topic, known="2032-01-01")
    assert 0 < len(before.rows) < len(everything.rows)
    assert before.later > 0
    assert all(row.known and row.known.since <= "2032-01-01" for row in before.rows)


def test_known_counts_what_cannot_be_dated(reader: Reader) -> None:
    found = panel(reader, "thing_facts", about=BASE + "resolution/pp/61/2031", known="2033-01-01")
    assert found.undated > 0
    assert all(row.known and row.known.since for row in found.rows)


def test_on_leaves_out_what_did_not_hold(reader: Reader) -> None:
    resolution = BASE + "resolution/pp/61"
    found = panel(reader, "resolution_revisions", about=resolution, on="2030-01-01")
    assert lines(found, "revision") == [("Resolution 61 (Rev. Osterby, 2027)", "")]
    assert found.past == 1


def test_exports_carry_values_labels_account_and_the_note(reader: Reader) -> None:
    found = panel(reader, "meeting_positions", about=BASE + "meeting/cwg-harbour/9")
    rows = list(csv.DictReader(io.StringIO(as_csv(found, restated=True))))
    assert rows[0]["how"] == "stated"
    assert rows[0]["evidence"].startswith(BASE + "evidence/")
    assert {row["note"] for row in rows} == {"restated, not the institution's words"}
    made = as_json(found, restated=True)
    assert made["note"] == "restated, not the institution's words"
    assert "holder" not in made["rows"][0]  # "some Member States" names nobody
    assert "note" not in as_json(found, restated=False)


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x"])
def test_a_spreadsheet_runs_nothing_of_an_export(reader: Reader, cell: str) -> None:
    from queryapp.exports import _disarmed

    assert _disarmed(cell) == f"'{cell}"


def test_labels_fall_back_on_words(reader: Reader) -> None:
    assert reader.label(BASE + "topic/nobody-knows-it") == "topic/nobody-knows-it"
    assert in_words("stakeholderGroup") == "stakeholder group"


def test_a_passage_is_the_exact_slice_in_its_paragraph(small_dataset: Path) -> None:
    quote = small().quotes["cr-deferred"]
    found = passage(small_dataset / "current", quote.text.file, quote.start, quote.end)
    assert found is not None
    assert found.quote == quote.exact
    assert (found.number, found.unnumbered, found.after) == ("b)", "", "")
    assert found.document == BASE + "document/harbour-chair-report-2033"


@pytest.mark.parametrize(("start", "end"), [(5, 5), (9, 3), (0, 10**9)])
def test_there_is_no_passage_where_there_are_no_words(small_dataset: Path, start: int, end: int) -> None:
    assert passage(small_dataset / "current", small().texts[0].file, start, end) is None


PLACES = [
    (BASE + "evidence/9a0c/12-34", ("9a0c", 12, 34)),
    ("9a0c/12-34", ("9a0c", 12, 34)),
    (BASE + "evidence/9a0c/12-34/quote", None),
    (BASE + "file/9a0c", None),
    ("../../etc/1-2/x", None),
]


@pytest.mark.parametrize(("iri", "expected"), PLACES)
def test_the_place_in_an_address(iri: str, expected: tuple[str, int, int] | None) -> None:
    assert place(iri) == expected


def span(start: int, end: int, iri: str = "i", kind: str = "k") -> Span:
    return Span(start, end, kind, iri, iri)


RUNS = [
    # mentions                                       text and link of each run
    ([], [("0123456789", None)]),
    ([span(2, 4)], [("01", None), ("23", "i"), ("456789", None)]),
    ([span(0, 10, "wide"), span(3, 5, "narrow")], [("012", "wide"), ("34", "narrow"), ("56789", "wide")]),
    ([span(0, 5, "a"), span(3, 8, "b")], [("012", "a"), ("34", "b"), ("567", "b"), ("89", None)]),
    ([span(0, 10, "wide"), span(3, 5, "")], [("012", "wide"), ("34", "wide"), ("56789", "wide")]),  # an open one inside
    ([span(-5, 2), span(8, 20)], [("01", "i"), ("234567", None), ("89", "i")]),
]  # fmt: skip


@pytest.mark.parametrize(("mentions", "expected"), RUNS)
def test_mentions_split_the_text_and_never_lie_over_each_other(
    mentions: list[Span], expected: list[tuple[str, str | None]]
) -> None:
    found = runs("0123456789", 0, mentions)
    assert [(run.text, run.link.iri if run.link else None) for run in found] == expected
    assert "".join(run.text for run in found) == "0123456789"


LEAD, FIRST, SECOND = (f"https://example.org/evidence/aa/{at}" for at in ("10-20", "30-40", "50-60"))
OTHER = "https://example.org/evidence/bb/5-9"
HEADING = "https://example.org/evidence/aa/1-9"
QUOTES = {HEADING: "4 Results", LEAD: "The results were:", FIRST: "a) One.", SECOND: "b) Two.", OTHER: "Elsewhere."}

TELLING = [
    # evidence                 the sentence that states the fact
    ([LEAD, SECOND], SECOND),
    ([LEAD, FIRST, SECOND], SECOND),
    ([FIRST, OTHER], FIRST),
    ([OTHER, LEAD, FIRST], FIRST),
    ([LEAD, OTHER], OTHER),
    ([LEAD], LEAD),
    ([HEADING, FIRST], FIRST),
    ([HEADING], HEADING),
    (["https://example.org/evidence/cc/1-2", OTHER], OTHER),
    ([], ""),
]


@pytest.mark.parametrize(("evidence", "expected"), TELLING)
def test_the_sentence_that_states_a_fact_is_shown(evidence: list[str], expected: str) -> None:
    assert telling(evidence, QUOTES) == expected
