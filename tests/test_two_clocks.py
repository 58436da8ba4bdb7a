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
from ingest.dataset.results import Result
from ingest.graph.iris import DEFAULT_BASE
from ingest.graph.knowledge import Knowledge
from ingest.graph.triples import Graph, merged, write_claims
from ingest.inference import infer
from ingest.model import Known
from ingest.pipeline import Task, process
from ingest.sources import gather
from tests.asknown import Assertions

REGISTERS = resources.register_folders()
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


def read(folder: Path, known: str | None, *, history: bool) -> list[Result]:
    """The documents of a folder, all that are dated or those known on a day; shapes are not the business here."""
    tasks = [
        Task(source, REGISTERS, DEFAULT_BASE, "", validate=False, known=known, history=history)
        for source in gather([folder])
    ]
    return [
        found
        for task in tasks
        if (found := process(task)).latest is not None and (known is None or found.latest <= known)
    ]


@cache
def whole(folder: Path) -> Assertions:
    """What a dataset of all documents and registers says, with its dates."""
    knowledge = Knowledge.load(REGISTERS, DEFAULT_BASE)
    found = read(folder, None, history=True)
    return Assertions(stated(found, chronicles(found, knowledge), knowledge))


def part(folder: Path, day: str) -> Assertions:
    """What is said with only the documents and rows known by a day; no other day is asked about."""
    knowledge = Knowledge.load(REGISTERS, DEFAULT_BASE, day)
    found = read(folder, day, history=False)
    inferred = Graph(knowledge.minter, f"{DEFAULT_BASE}graph/inferences")
    conclusions = merged("inferences", infer(chronicles(found, knowledge).archive(day)))
    write_claims(inferred, conclusions, labels=knowledge.labels, known=Known(day, day))
    return Assertions(inferred.lines.union(knowledge.lines, *(result.lines for result in found)))


@pytest.mark.parametrize("day", dates(SAMPLE))
def test_the_sample_as_known_on_the_date_of_each_document(day: str) -> None:
    told, due = whole(SAMPLE).known_on(day), part(SAMPLE, day).known_on(day)
    assert len(due) > 1000
    assert told == due


def test_what_was_known_is_not_what_is_known() -> None:
    """The comparison can fail: it tells the days apart, and some statement is overturned between the first and last."""
    first, *_, last = dates(SAMPLE)
    told = whole(SAMPLE)
    assert told.known_on(first) < told.known_on(first) | told.known_on(last)
    assert told.known_on(first) - told.known_on(last)


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
        told, due = whole(corpus).known_on(day), part(corpus, day).known_on(day)
        assert due
        differing[day] = sorted(told ^ due)[:5]
    assert len(differing) >= 7
    assert {day: few for day, few in differing.items() if few} == {}
