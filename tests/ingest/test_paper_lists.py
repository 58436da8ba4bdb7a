"""Papers in tables, drafts, papers of one's own, and titles behind names that nobody knows."""

import re
from pathlib import Path

import pytest

from ingest.claims import contributions
from ingest.rulebook import rules
from tests.ingest.quays import document, rows

TABLE = """<html><body><p>Document CWG-Harbour 7/9</p><table>
<tr><th>{symbol}</th><th>Title</th><th>From</th><th>Item</th></tr>
<tr><td>CWG-Harbour 7/1</td><td>Draft agenda</td><td>secretariat</td><td>1</td></tr>
<tr><td>CWG-Harbour 7/2</td><td>Wet ropes</td><td>Fiji, Norway</td><td>2</td></tr>
<tr><td>CWG-Harbour 7/3</td><td>not issued</td></tr></table></body></html>"""


def test_a_table_of_documents(tmp_path: Path) -> None:
    read = document(tmp_path, TABLE.format(symbol="Symbol"))
    assert rows(contributions.claims, read, "dcterms:title", "rc:submittedBy") == {
        ("cwg-harbour/7/1", "dcterms:title", "Draft agenda", "asserted"),
        ("cwg-harbour/7/2", "dcterms:title", "Wet ropes", "asserted"),
        ("cwg-harbour/7/2", "rc:submittedBy", "FJI", "asserted"),
        ("cwg-harbour/7/2", "rc:submittedBy", "NOR", "asserted"),
    }


def test_a_table_whose_first_column_is_another_is_left_alone(tmp_path: Path) -> None:
    read = document(tmp_path, TABLE.format(symbol="Answered by"))
    assert rows(contributions.claims, read, "dcterms:title", "rc:submittedBy") == set()


FACTS = [
    # text; submitters, title, kinds of the document 7/4
    ("It read draft resolution CWG-Harbour 7/4, entitled \u201cSalt\u201d, submitted by Fiji and Norway.",
     {"FJI", "NOR"}, {"Salt"}, set()),
    ("Papers came in: CWG-Harbour 7/4 (Norway, \u201cBy night\u201d).", {"NOR"}, {"By night"}, {"contribution"}),
    ("Norway, in Contribution CWG-Harbour 7/4, \u201cFewer ropes\u201d, had asked for tea.",
     {"NOR"}, {"Fewer ropes"}, {"contribution"}),
    ("Document CWG-Harbour 7/4 from Old Sudmark, \u201cIn the field\u201d, was read.", set(), {"In the field"}, set()),
    ("Contribution CWG-Harbour 7/4 from Norway: \u00abOn loans\u00bb", {"NOR"}, {"On loans"}, {"contribution"}),
    ("The Group deferred contribution CWG-Harbour 7/4.", set(), set(), {"contribution"}),
    # near misses
    ("Norway, in reply to document CWG-Harbour 7/4, asked for tea.", set(), set(), set()),
    ("In our view document CWG-Harbour 7/4 is long; Norway spoke.", set(), set(), set()),
    ("After the contributions, document CWG-Harbour 7/4 was read.", set(), set(), set()),
]  # fmt: skip


@pytest.mark.parametrize(("written", "states", "titles", "kinds"), FACTS, ids=[str(row[0])[:40] for row in FACTS])
def test_facts(tmp_path: Path, written: str, states: set[str], titles: set[str], kinds: set[str]) -> None:
    found = rows(contributions.claims, document(tmp_path, written))
    told = {name: {row[2] for row in found if row[1] == name} for name in {row[1] for row in found}}
    assert told.get("rc:submittedBy", set()) == states
    assert told.get("dcterms:title", set()) == titles
    assert {kind.rpartition("/")[2] for kind in told.get("rc:documentKind", set())} == kinds


@pytest.mark.parametrize(
    ("name", "words", "none"),
    [
        ("symbol", ["Symbol", "Document No.", "Number"], ["Numbers of pilots", "Answered by"]),
        ("title", ["Title", "Title of document", "Subject"], ["Titles held", "Entitled"]),
        ("by", ["From", "Submitted by", "Source"], ["From when", "Outcome"]),
    ],
)
def test_heads_of_columns(name: str, words: list[str], none: list[str]) -> None:
    form = re.compile(rules("contributions")["columns"][name], re.IGNORECASE)
    assert all(form.fullmatch(each) for each in words)
    assert not any(form.fullmatch(each) for each in none)
