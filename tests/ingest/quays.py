"""Texts of the Harbour Union read to claims, as short rows that a table can hold."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path

from ingest import finders, resolve, text
from ingest.context import Document
from ingest.metadata import identify
from ingest.model import Claim, Entity, Source, Value
from ingest.readers import read
from ingest.register import Name, Person, Register, StakeholderWording, State, Topic
from tests.ingest.harbour import ROW, register

STATES = (
    ("NLD", "Netherlands", "Kingdom of the Netherlands", "Dutch"),
    ("NOR", "Norway", "Kingdom of Norway", "Norwegian"),
    ("BRA", "Brazil", "Federative Republic of Brazil", "Brazilian"),
    ("FJI", "Fiji", "Republic of Fiji", "Fijian"),
)
BODIES = (("CWG-Tides", "cwg-tides"), ("Council Working Group on Harbours", "cwg-harbour"), ("Group", "cwg-harbour"))


def harbours() -> Register:
    """The register of the Harbour Union with States, one known person, a topic and groups of stakeholders."""
    known = register()
    names = list(known.tables.names)
    for iso3, usual, official, adjective in STATES:
        state = Entity("state", (iso3,))
        names += [Name(usual, state, "usual", "en", False, ROW), Name(official, state, "official", "en", False, ROW),
                  Name(adjective, state, "adjective", "en", False, ROW)]  # fmt: skip
    names += [Name(words, Entity("body", (slug,)), "usual", "en", words == "Group", ROW) for words, slug in BODIES]
    names.append(Name("Ada Lindqvist", Entity("person", ("ada-lindqvist",)), "usual", "und", False, ROW))
    names.append(Name("Safe quays", Entity("topic", ("safe-quays",)), "usual", "en", False, ROW))
    bodies = (
        *(
            dataclasses.replace(b, kind="council-working-group") if b.kind == "group" else b
            for b in known.tables.bodies
        ),
        dataclasses.replace(
            known.bodies["cwg-harbour"], slug="cwg-tides", label="CWG-Tides", kind="council-working-group"
        ),
    )
    tables = dataclasses.replace(
        known.tables,
        bodies=bodies,
        states=tuple(State(iso3, usual, official, ROW) for iso3, usual, official, _ in STATES),
        persons=(Person("ada-lindqvist", "Ada Lindqvist", "NOR", (), ROW),),
        topics=(Topic("safe-quays", "Safe quays", "quays", None, (), None, ROW),),
        stakeholders=(StakeholderWording("Governments", "government", "close", ROW),),
        names=tuple(names),
    )
    return Register(tables, "invented")


REGISTER = harbours()


def document(folder: Path, written: str, source: Source | None = None) -> Document:
    """The text as a document of the Harbour Union: identified, its mentions found and resolved."""
    path = folder / "written.txt"
    path.write_text(written, encoding="utf-8")
    reading = read(path)
    clean = text.clean(reading)
    source = dataclasses.replace(source, path=path) if source else Source(path, body="cwg-harbour")
    known = identify(source, reading, clean, REGISTER)
    bare = Document(source, reading, clean, known, REGISTER)
    return dataclasses.replace(bare, links=resolve.resolve(finders.find_all(clean, REGISTER), bare))


def said(value: Entity | Value) -> str:
    """A value as a table writes it."""
    return value.text if isinstance(value, Value) else "/".join(value.key)


def rows(
    claims: Callable[[Document], Iterator[Claim]], document: Document, *predicates: str
) -> set[tuple[str, str, str, str]]:
    """Subject, predicate, object and modality of the claims with these predicates (all by default)."""
    return {
        ("/".join(claim.subject.key), claim.predicate, said(claim.object), claim.modality)
        for claim in claims(document)
        if not predicates or claim.predicate in predicates
    }


def words(document: Document, claim: Claim) -> list[str]:
    """The exact slices that a claim rests on."""
    return [document.reading.text[span.start : span.end] for span in claim.spans]
