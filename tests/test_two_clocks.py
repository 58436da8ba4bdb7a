"""As known on a day, a dataset says what a dataset made of only the documents and rows known by that day says.

The dates are those of the documents: the day from which each is surely known. Undated statements are left out on both
sides, as they are of every page that asks what was known.
"""

from __future__ import annotations

import csv
import shutil
from functools import cache
from pathlib import Path

import pytest

from ingest import resources
from ingest.build import chronicles, stated
from ingest.graph.iris import DEFAULT_BASE
from ingest.graph.knowledge import Knowledge
from ingest.pipeline import Task, process
from ingest.sources import gather
from tests.asknown import Assertions

SAMPLE = resources.folder("samples") / "cwg-internet"
CORPUS = Path(__file__).parents[2] / "shared" / "corpus"
DATED = {
    # file of the corpus that its own register does not list: id, kind, body, date of adoption
    "pp18/final-acts-pp18.akn.xml": ("pp18-final-acts", "final acts", "pp", "2018-11-16"),
    "word/wtsa16-resolution-1.docx": ("wtsa16-resolution-1", "resolution", "wtsa", "2016-11-03"),
}  # fmt: skip


def dates(folder: Path) -> list[str]:
    """The days from which the documents of a register are surely known, in order."""
    with (folder / "sources.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return sorted({day for row in rows if (day := row["date"] or row["date_not_after"])})


@cache
def made(folder: Path, known: str | None) -> Assertions:
    """What a dataset of a folder says, of all or of what was known on a day; shapes are not its business."""
    registers = resources.register_folders()
    knowledge = Knowledge.load(registers, DEFAULT_BASE, known)
    tasks = [Task(source, registers, DEFAULT_BASE, "", validate=False, known=known) for source in gather([folder])]
    read = [process(task) for task in tasks]
    found = [each for each in read if known is None or (each.latest is not None and each.latest <= known)]
    return Assertions(stated(found, chronicles(found, knowledge), knowledge))


@pytest.mark.parametrize("day", dates(SAMPLE))
def test_the_sample_as_known_on_the_date_of_each_document(day: str) -> None:
    whole, part = made(SAMPLE, None).known_on(day), made(SAMPLE, day).known_on(day)
    assert len(part) > 1000
    assert whole == part


def test_what_was_known_is_not_what_is_known() -> None:
    """The comparison can fail: it tells the days apart, and some statement is overturned between the first and last."""
    first, *_, last = dates(SAMPLE)
    whole = made(SAMPLE, None)
    assert whole.known_on(first) < whole.known_on(first) | whole.known_on(last)
    assert whole.known_on(first) - whole.known_on(last)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real documents with a register that dates all of them."""
    if not CORPUS.is_dir():
        pytest.skip("the real documents are not beside the project")
    folder = tmp_path_factory.mktemp("corpus")
    register = CORPUS / "cwg-internet" / "sources.csv"
    for path in register.parent.glob("*.txt"):
        shutil.copy(path, folder)
    with register.open(encoding="utf-8", newline="") as lines, (folder / "sources.csv").open("w") as out:
        reader = csv.DictReader(lines)
        writer = csv.DictWriter(out, reader.fieldnames or [], restval="")
        writer.writeheader()
        writer.writerows(reader)
        for name, (key, kind, body, day) in DATED.items():
            shutil.copy(CORPUS / name, folder)
            file = Path(name).name
            row = {
                "id": key,
                "file": file,
                "kind": kind,
                "body": body,
                "date": day,
                "verified": "yes",
                "language": "en",
            }
            writer.writerow(row)
    return folder


@pytest.mark.corpus
def test_the_real_documents_as_known_on_the_date_of_each(corpus: Path) -> None:
    differing = {}
    for day in dates(corpus):
        whole, part = made(corpus, None).known_on(day), made(corpus, day).known_on(day)
        assert part
        differing[day] = sorted(whole ^ part)[:5]
    assert len(differing) >= 7
    assert {day: few for day, few in differing.items() if few} == {}
