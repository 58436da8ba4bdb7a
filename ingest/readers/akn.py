"""Akoma Ntoso (AKN4UN): the text in order, each block with the eId of what it belongs to.

`structure` tells apart the instruments of a collection, as ranges of the blocks of the same reading.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from ingest.model import Block, Reading
from ingest.readers.akn_walk import Walk
from ingest.readers.builder import Builder
from ingest.readers.xmlsafe import local, parse

_DOCUMENTS = frozenset(
    {"act", "amendment", "amendmentList", "bill", "debate", "debateReport", "doc", "documentCollection", "judgment"}
    | {"officialGazette", "portion", "statement"}
)
_LANGUAGES = {"eng": "en", "fra": "fr", "fre": "fr", "spa": "es", "rus": "ru", "ara": "ar", "zho": "zh", "chi": "zh"}


@dataclass(frozen=True, slots=True)
class Instrument:
    """A document of its own within the file: a resolution, decision or recommendation of a collection.

    eid is that of the component that holds it, or of the document. kind is the document's name attribute
    ("resolution"), work the address of its FRBR work, number and title as printed, date that of the work as
    the file gives it. Its blocks are those of orders first to last, last included.
    """

    eid: str | None
    kind: str
    work: str | None
    number: str | None
    title: str | None
    date: str | None
    language: str | None
    first: int
    last: int


def read(data: bytes, path: Path) -> Reading:
    """Read a document or a collection."""
    root = parse(data, path.name)
    builder = Builder()
    Walk(builder).run(root)
    _count(root, builder)
    head = next((element for element in root if local(element) in _DOCUMENTS), root)
    return Reading(
        "",
        "",
        builder.text(),
        tuple(builder.blocks),
        encoding=(root.getroottree().docinfo.encoding or "utf-8").lower(),
        language=_language(head),
        title=_words(head, "docTitle") or _title(head) or None,
        findings=tuple(builder.findings),
    )


def structure(path: Path) -> tuple[Instrument, ...]:
    """The instruments in a file, in its order: those of a collection, or the one document."""
    root = parse(path.read_bytes(), path.name)
    builder = Builder()
    walk = Walk(builder)
    walk.run(root)
    documents = [element for element in root.iter() if local(element) in _DOCUMENTS]
    single = [element for element in documents if not any(local(child) in _DOCUMENTS for child in _inside(element))]
    found = (_instrument(element, walk, builder.blocks) for element in single)
    return tuple(instrument for instrument in found if instrument)


def _inside(element: etree._Element) -> list[etree._Element]:
    return [child for child in element.iter() if child is not element]


def _instrument(element: etree._Element, walk: Walk, blocks: list[Block]) -> Instrument | None:
    span = walk.ranges.get(element)
    if span is None or span[0] > span[1]:
        return None
    parent = element.getparent()
    holder = parent if parent is not None and local(parent) == "component" else element
    work = next((found for found in element.iter() if local(found) == "FRBRWork"), None)
    return Instrument(
        eid=holder.get("eId") or element.get("eId"),
        kind=element.get("name") or local(element),
        work=_value(work, "FRBRuri", "value"),
        number=_words(element, "docNumber"),
        title=_title(element),
        date=_value(work, "FRBRdate", "date"),
        language=_language(element),
        first=span[0],
        last=span[1],
    )


def _value(work: etree._Element | None, name: str, attribute: str) -> str | None:
    found = next((child for child in work if local(child) == name), None) if work is not None else None
    return found.get(attribute) if found is not None else None


def _words(element: etree._Element, name: str) -> str | None:
    for found in element.iter():
        if local(found) == name:
            return " ".join(all_text(found).split()) or None
    return None


def all_text(element: etree._Element) -> str:
    """All the text inside."""
    return "".join(str(piece) for piece in element.itertext())


def _title(element: etree._Element) -> str | None:
    """The docTitle, or the container named "title" of the preface."""
    preface = next((child for child in element if local(child) == "preface"), None)
    if preface is None:
        return None
    for found in preface.iter():
        if local(found) == "docTitle" or found.get("name") == "title":
            return " ".join(all_text(found).split()) or None
    return None


def _language(element: etree._Element) -> str | None:
    lang = element.get("{http://www.w3.org/XML/1998/namespace}lang")
    if lang:
        return lang.split("-")[0].lower()
    found = next((child for child in element.iter() if local(child) == "FRBRlanguage"), None)
    code = (found.get("language") or "").lower() if found is not None else ""
    return _LANGUAGES.get(code) or (code if len(code) == 2 else None)


def _count(root: etree._Element, builder: Builder) -> None:
    """Every letter of the text outside meta must have come through."""
    there = sum(
        len("".join((text or "").split()))
        for element in root.iter()
        for text in (
            element.text if not _in_meta(element) else "",
            element.tail if not _in_meta(element.getparent()) else "",
        )
    )
    put = len("".join(builder.text().split()))
    if put < there:
        builder.find("text-lost", "warning", f"{there - put} of {there} characters of the XML did not come through.")


def _in_meta(element: etree._Element | None) -> bool:
    while element is not None:
        if local(element) == "meta":
            return True
        element = element.getparent()
    return False
