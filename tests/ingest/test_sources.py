"""Registers of documents: what they may say, and how a wrong one is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.errors import IngestError
from ingest.sources import gather, read_register

WRONG = [
    # register                                                        what the message names
    ("id,file\n,a.txt\nx,b.txt\n", "b.txt"),
    ("id\nx\n", 'no column "file"'),
    ("id,file,colour\nx,a.txt,blue\n", "unknown column 'colour'"),
    ("id,file\nx,a.txt\nx,a.txt\n", "is used twice"),
    ("id,file\nx y,a.txt\n", "is not made of letters"),
    ("id,file,date\nx,a.txt,5 May\n", "is not a day"),
    ("id,file\nx,../a.txt\n", "lies outside"),
    ("id,file\nx,\n", '"file" is empty'),
]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "papers").mkdir()
    (tmp_path / "a.txt").write_text("outside", encoding="utf-8")
    (tmp_path / "papers" / "a.txt").write_text("inside", encoding="utf-8")
    return tmp_path / "papers"


@pytest.mark.parametrize(("register", "named"), WRONG)
def test_a_wrong_register_is_told_with_its_line(folder: Path, register: str, named: str) -> None:
    (folder / "sources.csv").write_text(register, encoding="utf-8")
    with pytest.raises(IngestError, match=r"sources\.csv") as told:
        list(read_register(folder / "sources.csv"))
    assert named in told.value.message


def test_a_register_may_leave_everything_but_the_file_open(folder: Path) -> None:
    (folder / "sources.csv").write_text("file\na.txt\n", encoding="utf-8")
    [source] = read_register(folder / "sources.csv")
    assert (source.id, source.date, source.meetings, source.row) == (None, None, (), "sources/a.txt")


def test_links_and_readmes_are_left_out_of_a_folder(folder: Path) -> None:
    (folder / "README.md").write_text("about this folder", encoding="utf-8")
    (folder / "link.txt").symlink_to(folder / "a.txt")
    assert [source.path.name for source in gather([folder])] == ["a.txt"]


def test_a_file_named_twice_is_read_once_and_its_row_wins(folder: Path) -> None:
    (folder / "sources.csv").write_text("id,file\nx,a.txt\n", encoding="utf-8")
    found = gather([folder / "a.txt", folder])
    assert [(source.path.name, source.id) for source in found] == [("a.txt", "x")]


def test_a_register_can_be_ignored(folder: Path) -> None:
    (folder / "sources.csv").write_text("id,file\nx,a.txt\n", encoding="utf-8")
    assert [source.id for source in gather([folder], use_registers=False)] == [None]
