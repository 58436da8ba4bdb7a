"""An invented institution: its bodies, conferences and resolutions as a register, and texts as documents of it."""

from __future__ import annotations

import re
from pathlib import Path

from ingest import finders, resolve, text
from ingest.context import Document, Metadata
from ingest.model import Entity, Source
from ingest.readers import read
from ingest.register import Body, Event, Instrument, Name, NumberForm, Office, Register, Revision, Row
from ingest.registers.loading import Tables

ROW = Row("harbour", "row", "invented", True, None, None, "harbour.csv, line 1")
UNVERIFIED = Row("harbour", "row", "invented", False, None, None, "harbour.csv, line 2")


def _body(slug: str, label: str, kind: str, parent: str | None = "ihu") -> Body:
    return Body(slug, label, None, kind, parent, ROW)


BODIES = (
    _body("ihu", "International Harbour Union", "union", None),
    _body("pc", "Plenipotentiary Conference", "conference"),
    _body("council", "Council", "council"),
    _body("ihu-s", "Standards Sector", "sector"),
    _body("sa", "Standards Assembly", "conference", "ihu-s"),
    _body("rc", "Radio Conference", "conference"),
    _body("cwg-harbour", "Council Working Group on Harbours", "group", "council"),
    _body("unga", "United Nations General Assembly", "organ", None),
)

NAMES = (
    ("IHU", "ihu", False), ("International Harbour Union", "ihu", False), ("Plenipotentiary Conference", "pc", False),
    ("PP", "pc", False), ("IHU Council", "council", False), ("Council", "council", True),
    ("Standards Assembly", "sa", False), ("SA", "sa", False), ("IHU-R", "ihu-s", False), ("RC", "rc", False),
    ("Radio Conference", "rc", False), ("CWG-Harbour", "cwg-harbour", False), ("UNGA", "unga", False),
    ("United Nations General Assembly", "unga", False), ("Harbour Authority", "ihu", True),
)  # fmt: skip

OFFICES = (
    ("secretary-general", "Secretary-General"),
    ("secretary-general", "SG"),
    ("treasurer", "Treasurer"),
    ("director-tides", "Director of the Tide Office"),
    ("director-lights", "Director of the Light Office"),
)


def _event(body: str, year: str, city: str, tag: str, kind: str = "conference", end: str = "") -> Event:
    label = f"{tag} ({city or body} {year})"
    start = f"{end[:8]}01" if end else None
    return Event(
        "session" if kind == "session" else "conference", body, year, None, label, None, city or None,
        (city,) if city else (), None, start, end or None, tag, "asserted",
        "tag" if body == "rc" else "city", ROW,
    )  # fmt: skip


EVENTS = (
    _event("pc", "2023", "Larkhaven", "PP-23", end="2023-10-20"),
    _event("pc", "2027", "Norby", "PP-27", end="2027-10-20"),
    _event("pc", "2031", "Larkhaven", "PP-31", end="2031-10-20"),
    _event("pc", "2035", "Eastmere", "PP-35", end="2035-10-20"),
    _event("sa", "2027", "Osterby", "SA-27", end="2027-03-05"),
    _event("sa", "2028", "Milford", "SA-28", end="2028-03-05"),
    _event("rc", "2029", "Osterby", "RC-29", end="2029-05-05"),
    _event("sa", "2028", "Eastmere", "SA-28x", end="2028-09-05"),
    _event("pc", "2028", "Eastmere", "PP-28", end="2028-09-20"),
    _event("sa", "2030", "Twintown", "SA-30", end="2030-03-05"),
    _event("rc", "2030", "Twintown", "RC-30", end="2030-05-05"),
    *(_event("council", f"20{year}", "", f"C{year}", "session", f"20{year}-06-10") for year in (22, 25, 28, 33)),
)

HELD = (
    # issuer, number, years; a year with an exclamation mark stands in an unverified row
    ("pc", "61", "2027 2031"), ("pc", "74", "2031"), ("pc", "88", "2031"), ("pc", "90", "2031"), ("pc", "93", "2031"),
    ("pc", "40", "2027"), ("sa", "12", "2027"), ("sa", "40", "2027"), ("rc", "40", "2029"),
    ("council", "2205", "2029!"),
    ("council", "2207", "2022 2025 2028"), ("council", "2210", "2028"), ("pc", "58", "2031"), ("sa", "58", "2028"),
    ("pc", "140", "2031"),
)  # fmt: skip


def _revisions(issuer: str, number: str, years: str) -> list[Revision]:
    found = []
    for index, written in enumerate(years.split()):
        year = written.rstrip("!")
        event = next((e for e in EVENTS if e.body == issuer and e.year == year), None)
        row = UNVERIFIED if written.endswith("!") else ROW
        found.append(
            Revision(
                "resolution",
                issuer,
                number,
                year,
                event.entity if event else None,
                event.city if event else None,
                None,
                None,
                (),
                index == 0,
                "adopted",
                None,
                None,
                row,
            )
        )
    return found


NUMBER_FORM = NumberForm(
    "working-group",
    re.compile(r"(?P<series>C?WG[- ]Harbour)[- ](?P<meeting>\d{1,3})/(?P<number>\d{1,4})(?:-(?P<language>[A-Z]))?"
               r"(?: ?\((?:Rev|Add)\. ?\d\))?"),
    "document", ("{body}", "{meeting}", "{number}"), "cwg-harbour", {}, {}, (), (), ROW,
)  # fmt: skip


def register(*, known_until: str | None = "2034-12-31") -> Register:
    """The institution's register; its lists of revisions are complete up to that day."""
    names = [Name(words, Entity("body", (slug,)), "usual", "en", context, ROW) for words, slug, context in NAMES]
    names += [Name(words, Entity("office", (slug,)), "usual", "en", False, ROW) for slug, words in OFFICES]
    return Register(
        Tables(
            bodies=BODIES,
            offices=tuple(Office(slug, words, None, None, ROW) for slug, words in OFFICES if words != "SG"),
            events=EVENTS,
            instruments=tuple(Instrument("resolution", i, n, None, known_until, ROW) for i, n, _ in HELD),
            revisions=tuple(revision for row in HELD for revision in _revisions(*row)),
            number_forms=(NUMBER_FORM,),
            names=tuple(names),
            rows=(),
        ),
        "invented",
    )


def document(
    folder: Path,
    written: str,
    *,
    body: str = "cwg-harbour",
    kind: str | None = "meeting-report",
    date: str | None = None,
    bounds: tuple[str | None, str | None] = (None, None),
    entity: Entity | None = None,
    ending: str = "txt",
) -> Document:
    """The text as a document of the Harbour Union, its mentions found and resolved."""
    path = folder / f"written.{ending}"
    path.write_text(written, encoding="utf-8")
    reading = read(path)
    clean = text.clean(reading)
    own = entity or Entity("document", ("cwg-harbour", "9", "11"))
    known = Metadata(own, kind=kind, body=body, date=date, not_before=bounds[0], not_after=bounds[1])
    bare = Document(Source(path), reading, clean, known, register())
    links = resolve.resolve(finders.find_all(clean, bare.register), bare)
    return Document(bare.source, reading, clean, known, bare.register, links)
