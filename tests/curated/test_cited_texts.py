"""The registers against real documents: what they cite with its revision has a row, first or revised as written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ingest import finders, resolve, text
from ingest.context import Document
from ingest.metadata import identify
from ingest.model import Link, Source
from ingest.readers import read
from ingest.register import Register, load
from ingest.resources import register_folders

pytestmark = pytest.mark.corpus
REVISED = re.compile(r"\b(?:rev|mod|amended|modified)", re.IGNORECASE)
TWO_WAYS = {("resolution", "wtdc", "80", "2017")}
"""Cited both as a first text and as a revision in the same Final Acts: which it is stays open."""
DOCUMENTS = ("pp18/final-acts-pp18.akn.xml", "word/wtsa16-resolution-1.docx", "cwg-internet/meeting-11-report-2018.txt")


@pytest.fixture(scope="module")
def register() -> Register:
    return load(register_folders())


def cited(path: Path, register: Register) -> list[Link]:
    """The citations of a document that name a revision by their own words."""
    reading = read(path)
    clean = text.clean(reading)
    source = Source(path)
    document = Document(source, reading, clean, identify(source, reading, clean, register), register)
    links = resolve.resolve(finders.find_all(clean, register), document)
    return [k for k in links if k.mention.kind == "citation" and k.entity and k.entity.kind == "revision"]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_text_cited_with_its_revision_has_a_row(corpus: Path, register: Register, name: str) -> None:
    links = cited(corpus / name, register)
    assert len(links) > 10
    assert [str(k.entity) for k in links if k.entity and register.revision(*k.entity.key) is None] == []


def test_first_texts_and_revisions_are_as_the_final_acts_write_them(corpus: Path, register: Register) -> None:
    wrong = []
    for link in cited(corpus / DOCUMENTS[0], register):
        key, written = link.entity.key if link.entity else (), link.mention.parts.get("revision")
        row = register.revision(*key) if written and key not in TWO_WAYS else None
        if row is not None and written and row.first is bool(REVISED.search(written)):
            wrong.append((str(link.entity), written))
    assert wrong == []
