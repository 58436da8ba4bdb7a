"""Names of bodies, offices, States and events, and what is none of them."""

import time
from pathlib import Path

import pytest

from ingest.finders import names
from tests.ingest.quays import REGISTER, document

FOUND = [
    # text, (kind, words) of the linked names
    ("The Republic of Fiji and Norway spoke.", {("state", "Republic of Fiji", "FJI"), ("state", "Norway", "NOR")}),
    ("NORWAY spoke.", {("state", "NORWAY", "NOR")}),
    ("The Norwegian contribution was noted.", {("state", "Norwegian", "NOR")}),
    ("The Norwegian and Fijian proposals were noted.", {("state", "Norwegian", "NOR"), ("state", "Fijian", "FJI")}),
    ("The Norwegian language is spoken.", set()),
    ("Resolution 93 (Brazil, 2031) was cited.", set()),  # a place in a citation is no State that did anything
    ("The Brazil Agenda was cited.", set()),
    ("Norwayland spoke.", set()),
    ("CWG-Harbour met.", {("body", "CWG-Harbour", "cwg-harbour")}),
    ("The council working group on harbours met.", {("body", "council working group on harbours", "cwg-harbour")}),
    ("The Group met.", {("body", "Group", "cwg-harbour")}),
    ("CWG-Lanterns met.", {("body", "CWG-Lanterns", "cwg-lanterns")}),  # an acronym names a body that no register has
    ("CWG-Harbour-7/4 was noted.", set()),  # a document
    ("PP-31 was long.", {("event", "PP-31", "pc/2031")}),
    ("The 2031 Plenipotentiary Conference was long.", {("event", "2031 Plenipotentiary Conference", "pc/2031")}),
    ("The Plenipotentiary Conference (Larkhaven, 2031) was long.",
     {("event", "Plenipotentiary Conference (Larkhaven, 2031)", "pc/2031")}),
    ("The report to Council 2033 was long.", {("event", "Council 2033", "council/2033")}),
    ("The 2033 session of the Council was long.", {("event", "2033 session of the Council", "council/2033")}),
    ("The Secretary-General spoke.", {("office", "Secretary-General", "secretary-general")}),
    ("The UN Secretary-General spoke.", set()),
]  # fmt: skip


@pytest.mark.parametrize(("written", "expected"), FOUND)
def test_names(tmp_path: Path, written: str, expected: set[tuple[str, str, str]]) -> None:
    kinds = ("state", "body", "office", "event", "group")
    found = {
        (link.mention.kind, link.mention.quote, "/".join(link.entity.key))
        for link in document(tmp_path, written).links
        if link.mention.kind in kinds and link.entity is not None
    }
    assert found == expected


def test_a_loose_name_stays_open_where_no_document_gives_its_context(tmp_path: Path) -> None:
    read = document(tmp_path, "The Harbour Authority spoke.")
    (link,) = [link for link in read.links if link.mention.kind == "body"]
    assert link.mention.parts["context"] == "yes"


def test_names_are_found_fast_enough_for_a_corpus() -> None:
    """Half a megabyte a second is a tenth of what it does: this notices a pattern that has become quadratic."""
    text = (
        "The Republic of Fiji asked CWG-Harbour for new tables before the sea rose over the quays of Osterby. " * 3000
    )
    started = time.perf_counter()
    assert len(names.hits(text, REGISTER)) == 6000
    assert time.perf_counter() - started < len(text) / 500_000
