"""The side table of sentences, and the passages that conclusions quote."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from ingest.dataset import said
from ingest.inference.novelty import told
from ontology.prefixes import expand
from tests.ingest.archives import archive, paper

ENDS = tuple(expand(f"rc:{name}") for name in ("repeats", "refills", "edits", "firstSaidAt"))


def test_a_row_per_sentence_with_the_earlier_and_the_first_one(tmp_path: Path) -> None:
    line = "The Panel keeps the register of lamps for all harbours."
    papers = [
        paper("first", "2030-01-01", [line]),
        paper("second", "2031-01-01", ["Preface", line]),
        paper("third", "2032-01-01", [line.replace("all", "most")]),
    ]
    path = tmp_path / "side.sqlite"
    said.write(path, told(archive(*papers)))
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT * FROM said ORDER BY file, start").fetchall()
    end = len(line)
    assert rows == [
        ("second", 0, 7, "new", None, None, None, None, None, None, None, "[]", "[]"),
        ("second", 8, 8 + end, "repeated", "first", 0, end, "first", 0, end, 1.0, "[]", "[]"),
        ("third", 0, end + 1, "edited", "second", 8, 8 + end, "first", 0, end, 0.9, '["all"]', '["most"]'),
    ]


def test_both_ends_of_what_a_passage_repeats_are_quoted(sample_dataset: Path) -> None:
    quads = list(parse(path=str(sample_dataset / "current" / "graph.nq"), format=RdfFormat.N_QUADS))
    quoted = {q.subject.value for q in quads if q.predicate.value == expand("oa:hasTarget")}
    pairs = [(q.subject, q.object) for q in quads if q.predicate.value in ENDS]
    ends = {end.value for pair in pairs for end in pair if isinstance(end, NamedNode)}
    named = {end for end in ends if "/evidence/" in end}
    assert len(named) > 10
    assert named <= quoted


def test_the_sample_has_its_table(sample_dataset: Path) -> None:
    with closing(sqlite3.connect(sample_dataset / "current" / "search.sqlite")) as connection:
        kinds = dict(connection.execute("SELECT kind, COUNT(*) FROM said GROUP BY kind"))
        lost = connection.execute("SELECT COUNT(*) FROM said LEFT JOIN document USING (file) WHERE iri IS NULL")
        assert lost.fetchone() == (0,)
    assert kinds.keys() == {"new", "edited", "refilled", "repeated"}
    assert kinds["new"] > sum(count for kind, count in kinds.items() if kind != "new")


CHAIR = {
    # report: sentences new, edited, refilled, repeated; all but the new ones were read beside the earlier one
    "2020": {"new": 21, "edited": 2},
    "2024": {"new": 40, "edited": 7, "repeated": 4},
    "2026": {"new": 28, "edited": 4, "refilled": 1, "repeated": 14},
}


@pytest.mark.corpus
def test_the_reports_of_the_chair(corpus_dataset: Path) -> None:
    with closing(sqlite3.connect(corpus_dataset / "current" / "search.sqlite")) as connection:
        rows = connection.execute(
            "SELECT iri, said.kind, COUNT(*) FROM said JOIN document USING (file) GROUP BY iri, said.kind"
        ).fetchall()
    found: dict[str, dict[str, int]] = {}
    for address, kind, count in rows:
        found.setdefault(address[-4:], {})[kind] = count
    assert found == CHAIR


@pytest.mark.corpus
def test_nothing_in_the_real_reports_is_said_to_be_outdated(corpus_dataset: Path) -> None:
    findings = (corpus_dataset / "current" / "findings.jsonl").read_text(encoding="utf-8").splitlines()
    assert findings
    assert not [line for line in findings if "outdated-repetition" in line]
