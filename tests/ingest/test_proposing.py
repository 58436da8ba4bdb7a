"""A proposed register: values from the texts alone, each with its words; the file's name says nothing."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from click.testing import CliRunner

from ingest import resources
from ingest.cli import main
from ingest.proposing import propose
from ingest.sources import gather

REPORT = """Document CWG-Internet 31/9
12 May 2031

Report of the thirty-first meeting of CWG-Internet

1.1 The Chair welcomed the participants to the thirty-first meeting of CWG-Internet, held on 8-9 May 2031 in Geneva.
"""


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    (folder / "old").mkdir(parents=True)
    (folder / "meeting-7-of-2019.txt").write_text(REPORT, encoding="utf-8")
    (folder / "old" / "note.md").write_text("# A note\n\nNothing is known of it.\n", encoding="utf-8")
    return folder


def rows(text: str) -> dict[str, dict[str, str]]:
    return {row["file"]: row for row in csv.DictReader(io.StringIO(text))}


def test_values_come_from_the_text_with_their_words(papers: Path) -> None:
    text, failures = propose(papers, resources.register_folders(), lambda *_: None)
    row = rows(text)["meeting-7-of-2019.txt"]
    assert failures == []
    assert (row["meeting"], row["number"], row["date"], row["body"]) == (
        "31",
        "CWG-Internet 31/9",
        "2031-05-12",
        "cwg-internet",
    )
    assert "2019" not in "".join(value for name, value in row.items() if name not in ("file", "id", "checksum"))
    assert "date: 12 May 2031" in row["basis"]


def test_what_is_not_known_stays_empty(papers: Path) -> None:
    row = rows(propose(papers, resources.register_folders(), lambda *_: None)[0])["old/note.md"]
    assert [row[name] for name in ("number", "date", "meeting", "body")] == ["", "", "", ""]


def test_the_proposal_can_be_built_as_it_stands(papers: Path) -> None:
    text, _ = propose(papers, resources.register_folders(), lambda *_: None)
    (papers / "sources.csv").write_text(text, encoding="utf-8")
    assert {source.path.name for source in gather([papers])} == {"meeting-7-of-2019.txt", "note.md"}
    assert all(source.row for source in gather([papers]))


def test_an_edited_register_is_never_overwritten(papers: Path) -> None:
    target = papers / "sources.csv"
    target.write_text("id,file\n", encoding="utf-8")
    done = CliRunner().invoke(main, ["sources", "init", str(papers), "--out", str(target)])
    assert (done.exit_code, target.read_text(encoding="utf-8")) == (1, "id,file\n")


def test_a_file_that_cannot_be_read_is_named_and_the_others_proposed(papers: Path) -> None:
    (papers / "torn.pdf").write_bytes(b"%PDF-1.7\nnothing follows")
    done = CliRunner().invoke(main, ["sources", "init", str(papers)])
    assert done.exit_code == 1
    assert "torn.pdf" in done.output
    assert "meeting-7-of-2019.txt" in done.output
