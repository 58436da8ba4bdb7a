"""What texts tell of the duties that instruments lay down, in words of their own; and what only looks like it."""

import re
from pathlib import Path

import pytest

from ingest.claims import clauses, duties
from ingest.model import Value
from ingest.provisions.told import filled
from ingest.rulebook import rules
from tests.ingest.quays import document, said

R61 = "Resolution 61 (Rev. Larkhaven, 2031)"

TOLD = [
    # text; for each duty its deliverable and addressee
    (f"Under \u201cinstructs the Treasurer\u201d, {R61} lays down the following:\n1\tto paint the buoys;\n"
     "2\tto count the ropes before 31 December of each year.\nIt also instructs the Harbour Master to help "
     "pilots, and invites Member States to name a contact by 1 March 2033.",
     [("to paint the buoys", "treasurer"), ("to count the ropes before 31 December of each year", "treasurer"),
      ("to help pilots", "Harbour Master"), ("to name a contact by 1 March 2033", "Member States")]),
    (f"By {R61}, the Conference instructed the Treasurer:\n\u2022\tto ask all pilots at least once a year;\n"
     "\u2022\ttaking account of the tides, to paint the buoys.",
     [("to ask all pilots at least once a year", "treasurer"), ("to paint the buoys", "treasurer")]),
    (f"The atlas rests on {R61}.\n\nBy the said resolution the Treasurer is also to print the atlas every spring.",
     [("to print the atlas every spring", "treasurer")]),
    (f"They hold that {R61}, where it \u201cinstructs the Treasurer\n2\tto insure the boats; 3\tto sell the ropes\n"
     "[...]\n6\tto name a pilot\u201d, is clear.",
     [("to insure the boats", "treasurer"), ("to sell the ropes", "treasurer"), ("to name a pilot", "treasurer")]),
    (f"Ten ropes were bought under {R61}.\n\nThe same resolution invites the Treasurer to report every second year.",
     [("to report every second year", "treasurer")]),
    (f"The Conference had instructed the Treasurer, in paragraph 9 of its {R61}, to count the ropes; and it rested.",
     [("to count the ropes", "treasurer")]),
    (f"The terms of reference, laid down in {R61}, charge the Treasurer\n\u2022\tto keep a list, and\n"
     "\u2022\tto hand it on.", [("to keep a list", "treasurer"), ("to hand it on", "treasurer")]),
    (f"{R61} instructs the Treasurer\n4\tto buy ropes,\ninvites Members\nto lend old ropes,\n"
     "and, further, requests the Council\n\u2013\tto read.",
     [("to buy ropes", "treasurer"), ("to lend old ropes", "Members"), ("to read", "council")]),
    (f"Some recall {R61}, operative paragraph 5: \u201cinvites the Treasurer to test ropes\u201d.",
     [("to test ropes", "treasurer")]),
    # near misses
    (f"By {R61} the buoys are to be painted.", []),
    (f"By {R61} the Treasurer may paint the buoys.", []),
    (f"In reply to {R61}, the Group asked the Treasurer to paint the buoys.", []),
    (f"The Board, recalling {R61}, instructs the Treasurer\n1\tto paint the buoys.", []),
    (f"It would rest on {R61}. It would instruct the Treasurer to paint the buoys.", []),
    ("It also instructs the Treasurer to help pilots.", []),
    (f"By {R61}, the Conference did not instruct the Treasurer to paint the buoys.", []),
]  # fmt: skip


@pytest.mark.parametrize(("written", "wanted"), TOLD, ids=lambda value: str(value)[:60])
def test_duties_that_a_text_tells(tmp_path: Path, written: str, wanted: list[tuple[str, str]]) -> None:
    found = [claim for claim in duties.claims(document(tmp_path, written)) if claim.predicate == "rc:laysDown"]
    told = [dict(claim.details) for claim in found]
    assert sorted((said(one["rc:deliverable"]), said(one["rc:addressee"])) for one in told) == sorted(wanted)


def test_the_number_of_a_clause_told_is_kept(tmp_path: Path) -> None:
    read = document(tmp_path, TOLD[0][0])
    numbers = [
        value.text
        for claim in clauses.claims(read)
        for name, value in claim.details
        if name == "rc:numberAsPrinted" and isinstance(value, Value)
    ]
    assert numbers == ["1", "2"]


DUE = [
    ("to report not later than 2043", ["2043"], []),
    ("to report by the end of June 2033", ["2033-06-30"], []),
    ("to report before October 2038", ["2038-10"], []),
    ("to report in each even year", [], ["each even year"]),
    ("to report every other year", [], ["every other year"]),
    ("to consult all at least once between two Conferences", [], ["at least once between two Conferences"]),
    # near misses
    ("to sum up the year 2043", [], []),
    ("to tell of the tides between 2033 and 2035", [], []),
]


@pytest.mark.parametrize(("task", "deadlines", "recurrences"), DUE)
def test_when_it_is_due(tmp_path: Path, task: str, deadlines: list[str], recurrences: list[str]) -> None:
    (claim,) = duties.claims(document(tmp_path, f"{R61} instructs the Treasurer {task}."))
    told = [(name, said(value)) for name, value in claim.details]
    assert [value for name, value in told if name == "rc:deadline"] == deadlines
    assert [value for name, value in told if name == "rc:recurrence"] == recurrences


@pytest.mark.parametrize("row", rules("duties")["telling"], ids=lambda row: str(row["name"]))
def test_forms_read_their_examples_and_no_near_miss(row: dict[str, list[str]]) -> None:
    form = re.compile(filled(str(row["regex"])))
    assert all(form.search(each.replace("{R}", "{0}")) for each in row["examples"])
    assert not any(form.search(each.replace("{R}", "{0}")) for each in row["near_misses"])
