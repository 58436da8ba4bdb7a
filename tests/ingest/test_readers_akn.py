"""Akoma Ntoso: blocks with their eIds, and the instruments of a collection."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from ingest.readers import read
from ingest.readers.akn import structure
from ingest.readers.notes import split_notes
from ingest.text import clean
from tests.ingest.reading import check, shapes, written

NS = 'xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"'
META = (
    '<meta><identification source="#x"><FRBRWork><FRBRuri value="/akn/al/{0}"/><FRBRdate date="2031-05-01" name="a"/>'
    '</FRBRWork><FRBRExpression><FRBRlanguage language="eng"/></FRBRExpression></identification></meta>'
)


def instrument(eid: str, number: str, title: str, rest: str) -> str:
    return (
        f'<component eId="cmp_{eid}"><statement name="resolution">{META.format(eid)}<preface><longTitle eId="lt"><p>'
        f"<docType>RESOLUTION</docType> <docNumber>{number}</docNumber></p></longTitle>"
        f'<container name="title" eId="ti"><p>{title}</p></container></preface>{rest}</statement></component>'
    )


FIRST = """<preamble><formula eId="f"><p>The Assembly (Alba, 2031),</p></formula>
  <recitals eId="rs"><intro><p><i>noting</i></p></intro>
   <recital eId="r1"><p>a) the ports<authorialNote marker="1" eId="n1"><p>Small ones.</p></authorialNote> of
     the coast;</p></recital>
   <recital eId="r2"><num>b)</num><p>Resolution 4,</p></recital></recitals></preamble>
 <mainBody><hcontainer name="resolves" eId="h"><heading>resolves</heading>
   <paragraph eId="p1"><content><p>1 that quays be open;</p></content></paragraph>
   <paragraph eId="p2"><num>2</num><content><p>that they be kept:</p></content>
     <list eId="l"><point eId="p2a"><num>a)</num><content>
      <p>clean; ____________________ 3 See Annex 2. b) safe;</p></content></point>
     <point eId="p2c"><num>c)</num></point></list></paragraph>
   <paragraph eId="p3"><num>3</num><content><table><tr><td><p>x</p></td><td>y</td></tr></table></content></paragraph>
  </hcontainer>loose words</mainBody>"""
COLLECTION = (
    f'<akomaNtoso {NS}><documentCollection name="acts" xml:lang="en">{META.format("all")}<preface><p><docTitle>'
    "Acts of the Assembly</docTitle></p></preface><collectionBody><component><componentRef src='#a'/></component>"
    "</collectionBody><components>"
    + instrument("r5", "5 (REV. ALBA, 2031)", "Open quays", FIRST)
    + instrument("r6", "6 (ALBA, 2031)", "Closed quays", "<mainBody><p>None.</p></mainBody>")
    + "</components></documentCollection></akomaNtoso>"
)


def test_blocks_carry_kind_level_number_and_address(tmp_path: Path) -> None:
    reading = read(written(tmp_path, "a.xml", COLLECTION))
    check(reading)
    assert (reading.title, reading.language) == ("Acts of the Assembly", "en")
    assert "text-lost" not in {finding.code for finding in reading.findings}
    found = [(*shape, block.address) for shape, block in zip(shapes(reading), reading.blocks, strict=True)]
    assert found == [
        ("heading", 1, None, "Acts of the Assembly", None),
        ("heading", 1, None, "RESOLUTION 5 (REV. ALBA, 2031)", "lt"),
        ("heading", 1, None, "Open quays", "ti"),
        ("paragraph", 0, None, "The Assembly (Alba, 2031),", "f"),
        ("heading", 1, None, "noting", "rs"),
        ("item", 1, "a)", "the ports¹ of the coast;", "r1"),
        ("footnote", 0, "1", "Small ones.", "n1"),
        ("item", 1, "b)", "Resolution 4,", "r2"),
        ("heading", 1, None, "resolves", "h"),
        ("item", 1, "1", "that quays be open;", "p1"),
        ("item", 1, "2", "that they be kept:", "p2"),
        ("item", 2, "a)", "clean;", "p2a"),
        ("debris", 0, None, "____________________", "p2a"),
        ("footnote", 0, "3", "See Annex 2.", "p2a"),
        ("item", 2, "b)", "safe;", "p2a"),
        ("item", 2, "c)", "", "p2c"),
        ("item", 1, "3", "", "p3"),
        ("cell", 0, None, "x", "p3"),
        ("cell", 0, None, "y", "p3"),
        ("paragraph", 0, None, "loose words", "cmp_r5"),
        ("heading", 1, None, "RESOLUTION 6 (ALBA, 2031)", "lt"),
        ("heading", 1, None, "Closed quays", "ti"),
        ("paragraph", 0, None, "None.", "cmp_r6"),
    ]
    assert "the ports of the coast" in clean(reading).text


def test_the_instruments_of_a_collection(tmp_path: Path) -> None:
    path = written(tmp_path, "a.xml", COLLECTION)
    first, second = structure(path)
    assert (first.eid, first.kind, first.work) == ("cmp_r5", "resolution", "/akn/al/r5")
    assert (first.number, first.title, first.date, first.language) == (
        "5 (REV. ALBA, 2031)", "Open quays", "2031-05-01", "en",
    )  # fmt: skip
    assert (first.first, first.last, second.first, second.last) == (2, 20, 21, 23)
    assert second.last == len(read(path).blocks)


def test_one_document_is_one_instrument(tmp_path: Path) -> None:
    path = written(tmp_path, "a.xml", f"<akomaNtoso {NS}><act name='law'><body><p>Words.</p></body></act></akomaNtoso>")
    assert [(found.kind, found.first, found.last) for found in structure(path)] == [("law", 1, 1)]


SPLITS = [
    ("No note here.", ["No note here."]),
    ("to act; ______ 1 Those named. 2 that it go on;", ["to act;", "______", "1 Those named.", "2 that it go on;"]),
    ("to act; ______ 1 First note. 2 Second note.", ["to act;", "______", "1 First note.", "2 Second note."]),
    ("______ 4 A note alone.", ["______", "4 A note alone."]),
    ("to sign ______ here", ["to sign ______ here"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "parts"), SPLITS)
def test_footnotes_inside_paragraphs(text: str, parts: list[str]) -> None:
    assert [text[start:end] for start, end, _ in split_notes(text, 0, len(text))] == parts


@pytest.mark.corpus
def test_the_real_collection(corpus: Path) -> None:
    found = structure(corpus / "pp18" / "final-acts-pp18.akn.xml")
    assert len(found) == 64
    assert [sum(i.kind == kind for i in found) for kind in ("decision", "resolution", "recommendation")] == [2, 61, 1]
    assert all(a.last < b.first for a, b in itertools.pairwise(found))
    assert {i.date for i in found} == {"2018-11-15"}
