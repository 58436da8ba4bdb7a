"""What documents cite that no register knows: grouped, counted, placed, and written for people and programs."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from ingest.cli import main
from ingest.dataset.coverage import UNKNOWN, gaps
from ingest.errors import IngestError
from ingest.registers.coverage import COLUMNS, Open, Place, coverage, written

REPORT, LETTER = "Report of the Quay Panel", "Letter, with “quotes”"


def mention(kind: str, words: str, paragraph: int, label: str = REPORT, reason: str = "no row, alas") -> Open:
    return Open(kind, words, reason, Place(f"https://example.org/{label[:6]}", label, paragraph, paragraph * 100))


FOUND = (
    mention("citation", "Resolution  9999\n(Alba, 2031)", 3),
    mention("body", "Quay Panel", 4),
    mention("citation", "Resolution 9999 (Alba, 2031)", 7, LETTER),
    mention("citation", "Resolution 8", 9),
    mention("date", "3 May 2031", 9),
    mention("nominal", "the Resolution", 9),
    mention("body", "Quay Panel", 11, reason="several bodies have this name"),
)


def test_the_same_words_count_together_by_kind_and_keep_their_first_place() -> None:
    rows = [(gap.kind, gap.times, gap.words, gap.place.paragraph) for gap in coverage(FOUND)]
    assert rows == [
        ("citation", 2, "Resolution 9999 (Alba, 2031)", 3),
        ("citation", 1, "Resolution 8", 9),
        ("body", 1, "Quay Panel", 4),  # another reason is another gap
        ("body", 1, "Quay Panel", 11),
    ]


def test_text_for_people() -> None:
    lines = list(written(coverage(FOUND), "text"))
    assert lines[:3] == [
        "citation: 3 mentions of 2 different",
        "     2  Resolution 9999 (Alba, 2031): no row, alas",
        "        first in Report of the Quay Panel, paragraph 3",
    ]
    assert lines[5] == "body: 2 mentions of 2 different"
    assert list(written((), "text")) == ["Every mention names something that the registers know."]


@pytest.mark.parametrize("form", ["csv", "json"])
def test_rows_for_programs_hold_whatever_the_words_hold(form: str) -> None:
    words = 'Resolution "5", of the\nBoard'
    text = "\n".join(written(coverage([mention("citation", words, 2, LETTER)]), form))
    rows = list(csv.DictReader(io.StringIO(text))) if form == "csv" else [json.loads(text)]
    assert [list(row) for row in rows] == [list(COLUMNS)]
    assert (rows[0]["words"], rows[0]["label"], str(rows[0]["times"])) == ('Resolution "5", of the Board', LETTER, "1")
    assert list(written((), form)) == ([",".join(COLUMNS)] if form == "csv" else [])


def test_the_gaps_of_a_dataset_stand_where_they_say(sample_dataset: Path) -> None:
    found = gaps(sample_dataset)
    texts = {path.stem: path.read_bytes().decode() for path in (sample_dataset / "current" / "texts").glob("*.txt")}
    unnamed = [gap for gap in found if UNKNOWN not in gap.reason]  # the others bear the label of what they name
    assert unnamed
    for gap in unnamed:
        assert any(text.startswith(gap.words.split()[0], gap.place.start) for text in texts.values()), gap
    assert not {gap.kind for gap in found} & {"date", "nominal"}


def test_the_command_in_each_format(sample_dataset: Path) -> None:
    outputs = {}
    for form in ("text", "csv", "json"):
        done = CliRunner().invoke(main, ["registers", "coverage", str(sample_dataset), "--format", form])
        assert done.exit_code == 0, done.output
        outputs[form] = done.stdout
    rows = list(csv.DictReader(io.StringIO(outputs["csv"])))
    objects = [json.loads(line) for line in outputs["json"].splitlines()]
    assert [{key: str(value) for key, value in row.items()} for row in objects] == rows
    assert sum(f"{row['words']}: {row['reason']}" in outputs["text"] for row in rows) == len(rows) > 0


def test_a_folder_without_a_dataset_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(IngestError, match="no dataset here"):
        gaps(tmp_path)
