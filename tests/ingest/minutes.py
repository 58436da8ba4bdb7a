"""Invented minutes for the rules that read sentences: a document whose names are resolved by a small table."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from ingest import text
from ingest.context import Document, Metadata
from ingest.finders import find_all
from ingest.metadata import identify
from ingest.model import Entity, Link, Mention, Source
from ingest.readers import read
from ingest.register import Register, load
from ingest.resolve import resolve
from ingest.resources import register_folders

PANEL = Entity("body", ("panel",))
NINTH = Entity("meeting", ("panel", "9"))
PAPER = Entity("document", ("panel", "9", "3"))

NAMES: Mapping[str, tuple[str, Entity]] = {
    "Harbour Forum": ("body", Entity("body", ("harbour-forum",))),
    "CWG-Tides": ("body", Entity("body", ("cwg-tides",))),
    "Council": ("body", Entity("body", ("council",))),
    "Norland": ("state", Entity("state", ("NOR",))),
    "Sudmark": ("state", Entity("state", ("SUD",))),
    "Osterland": ("state", Entity("state", ("OST",))),
    "Secretary-General": ("office", Entity("office", ("secretary-general",))),
    "Treasurer": ("office", Entity("office", ("treasurer",))),
    "Secretariat": ("office", Entity("office", ("secretariat",))),
    "registry": ("office", Entity("office", ("registry",))),
    "Council 2031": ("event", Entity("session", ("council", "2031"))),
    "2031 Assembly": ("event", Entity("conference", ("assembly", "2031"))),
    "PA-31": ("event", Entity("conference", ("assembly", "2031"))),
    "eighth meeting": ("meeting", Entity("meeting", ("panel", "8"))),
    "eighth": ("meeting", Entity("meeting", ("panel", "8"))),
    "ninth meeting": ("meeting", NINTH),
    "ninth meetings": ("meeting", NINTH),
    "PANEL 9/3": ("document-number", PAPER),
    "PANEL 9/4": ("document-number", Entity("document", ("panel", "9", "4"))),
    "night pilotage": ("topic", Entity("topic", ("night-pilotage",))),
    "tidal power": ("topic", Entity("topic", ("tidal-power",))),
    "Resolution 61 (Rev. Larkhaven, 2031)": (
        "citation",
        Entity("revision", ("resolution", "assembly", "61", "2031")),
    ),
    "Council Resolution 2207 (Mod. 2028)": (
        "citation",
        Entity("revision", ("resolution", "council", "2207", "2028")),
    ),
}
"""What the finders and the resolver would make of these words."""


def minutes(
    folder: Path,
    written: str,
    *,
    kind: str = "meeting-report",
    meetings: tuple[Entity, ...] = (NINTH,),
    register: Register | None = None,
    names: Mapping[str, tuple[str, Entity]] = NAMES,
) -> Document:
    """The text as a document of the Panel, its names linked as the table says, longest first."""
    path = folder / "minutes.txt"
    path.write_text(written, encoding="utf-8")
    reading = read(path)
    empty = folder / "registers"
    empty.mkdir(exist_ok=True)
    document = Document(
        Source(path),
        reading,
        text.clean(reading),
        Metadata(Entity("document", ("panel", "9", "11")), kind=kind, body="panel", meetings=meetings),
        register or load([empty]),
    )
    links = tuple(sorted(_links(document, names), key=lambda link: link.mention.span))
    return Document(document.source, reading, document.clean, document.metadata, document.register, links)


CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "cwg-internet"


def real(name: str) -> Document:
    """A document of the corpus, read, identified and resolved with the registers that come with the code."""
    if not CORPUS.is_dir():
        pytest.skip(f"the folder of real documents is not there: {CORPUS}")
    register = _registers()
    source = Source(CORPUS / name)
    reading = read(source.path)
    clean = text.clean(reading)
    metadata = identify(source, reading, clean, register)
    document = Document(source, reading, clean, metadata, register)
    return replace(document, links=resolve(find_all(clean, register), document))


@cache
def _registers() -> Register:
    return load(register_folders())


def _links(document: Document, names: Mapping[str, tuple[str, Entity]]) -> list[Link]:
    clean = document.clean
    taken: list[tuple[int, int]] = []
    found = []
    for words in sorted(names, key=len, reverse=True):
        kind, entity = names[words]
        for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", clean.text):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            taken.append(match.span())
            span = clean.span(*match.span())
            block = clean.block_at(match.start())
            quote = document.reading.text[span.start : span.end]
            mention = Mention(kind, span, quote, block.order if block else 1, {"name": words})
            found.append(Link(mention, entity, "only one of that name"))
    return found
