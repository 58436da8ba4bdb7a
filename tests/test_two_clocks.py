"""As known on a day, a dataset says what a dataset made of only the documents and rows known by that day says.

The dates are those of the documents: the day from which each is surely known. Undated statements are left out on both
sides, as they are of every page that asks what was known.
"""

from __future__ import annotations

import csv
import os
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from ingest import resources
from ingest.build import Order, build
from tests.asknown import Assertions

SAMPLE = resources.folder("samples") / "cwg-internet"
CORPUS = Path(__file__).parents[2] / "shared" / "corpus"
DATED = {
    # file of the corpus that its own register does not list: id, kind, body, date of adoption
    "pp18/final-acts-pp18.akn.xml": ("pp18-final-acts", "final acts", "pp", "2018-11-16"),
    "word/wtsa16-resolution-1.docx": ("wtsa16-resolution-1", "resolution", "wtsa", "2016-11-03"),
}  # fmt: skip

Made = Callable[[Path, str | None], Assertions]


def dates(folder: Path) -> list[str]:
    """The days from which the documents of a register are surely known, in order."""
    with (folder / "sources.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return sorted({day for row in rows if (day := row["date"] or row["date_not_after"])})


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Makes a dataset of a folder, of all or of what was known on a day, once."""

    @cache
    def dataset(folder: Path, known: str | None) -> Assertions:
        out = tmp_path_factory.mktemp("known")
        order = Order((folder,), out, resources.register_folders(), workers=os.cpu_count() or 1, known=known)
        build(order, lambda what, done, of: None)
        found = Assertions(out / "current" / "graph.nq")
        shutil.rmtree(out)
        return found

    return dataset


@pytest.mark.parametrize("day", dates(SAMPLE))
def test_the_sample_as_known_on_the_date_of_each_document(made: Made, day: str) -> None:
    whole, part = made(SAMPLE, None).known_on(day), made(SAMPLE, day).known_on(day)
    assert len(part) > 1000
    assert whole == part


def test_what_was_known_is_not_what_is_known(made: Made) -> None:
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
def test_the_real_documents_as_known_on_the_date_of_each(made: Made, corpus: Path) -> None:
    differing = {}
    for day in dates(corpus):
        whole, part = made(corpus, None).known_on(day), made(corpus, day).known_on(day)
        assert part
        differing[day] = sorted(whole ^ part)[:5]
    assert len(differing) >= 7
    assert all(not few for few in differing.values()), differing
