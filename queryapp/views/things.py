"""The page of any thing: its class chooses the template and the panels."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote, unquote

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from ontology.prefixes import expand
from queryapp import evidence, reading
from queryapp.panels import Cell, Line, Panel, Reader, code, panel
from queryapp.problems import Problem
from queryapp.rows import Row
from queryapp.views.clauses import clause
from queryapp.views.data import SAFE, known_path
from queryapp.views.frame import give, page, site, the_day, with_args
from queryapp.views.resolutions import references, resolution

blueprint = Blueprint("things", __name__)


@dataclass(frozen=True, slots=True)
class Kind:
    """What a thing is called, the class that says so, its panels, and what its page adds."""

    name: str
    words: str
    classes: tuple[str, ...]
    panels: tuple[str, ...]
    template: str = "thing.html"
    traced: bool = False


RECORD = ("thing_records",)
MEETING = (
    "meeting_statuses", "meeting_decisions", "meeting_documents", "meeting_positions", "meeting_consultations",
    "meeting_duties", "meeting_texts",
)  # fmt: skip
RESOLUTION = (
    "resolution_revisions", "resolution_clauses", "resolution_hangs", "resolution_duties", "resolution_citations",
    "resolution_references",
)  # fmt: skip
CLAUSE = ("clause_duties", "resolution_hangs", "clause_citations", "clause_excerpts", "clause_source")

KINDS = (
    Kind("assertion", "assertion", ("rc:Assertion",), (), "assertion.html"),
    Kind("finding", "finding", ("rc:Finding",), (), "thing.html"),
    Kind("clause", "clause", ("rc:Clause",), (*CLAUSE, *RECORD), "clause.html", traced=True),
    Kind("resolution", "resolution or decision", ("eli:ComplexWork",), RESOLUTION, "resolution.html", traced=True),
    Kind("revision", "revision of a resolution", ("eli:LegalResource",), RESOLUTION, "resolution.html", traced=True),
    Kind("consultation", "open consultation", ("rc:OpenConsultation",),
         ("consultation_phases", "consultation_counts", "consultation_mandate", "topic_decisions"),
         "consultation.html", traced=True),
    Kind("meeting", "meeting", ("rc:Meeting",), MEETING, "meeting.html", traced=True),
    Kind("session", "session", ("rc:Session",), MEETING, "meeting.html"),
    Kind("conference", "conference", ("rc:Conference",), MEETING, "meeting.html"),
    Kind("document", "document", ("rc:Document",),
         ("document_file", "document_records", "document_citations", "document_findings"), "document.html",
         traced=True),
    Kind("topic", "topic", ("skos:Concept",),
         ("topic_statuses", "topic_consultations", "topic_decisions", "topic_documents", "topic_positions"),
         "topic.html"),
    Kind("decision", "decision or request", ("eli-dl:Decision",), RECORD, traced=True),
    Kind("duty", "duty", ("rc:Instruction",), RECORD, traced=True),
    Kind("position", "position, as recorded", ("rc:Position",), RECORD),
    Kind("status", "status of a topic at a meeting", ("pso:StatusInTime",), RECORD),
    Kind("count", "count of responses", ("qb:Observation",), RECORD),
    Kind("citation", "citation, as written", ("cito:Citation",), RECORD),
    Kind("person", "person", ("foaf:Person",), ("person_roles",)),
    Kind("State", "State", ("schema:Country",), ("state_contributions", "state_positions")),
    Kind("office", "office", ("org:Post",), ("body_duties", "body_tasks")),
    Kind("body", "body", ("org:Organization",),
         ("body_mandates", "body_meetings", "body_members", "body_consultations", "body_duties", "body_tasks",
          "state_contributions", "body_resolutions"), traced=True),
    Kind("row", "row of a register", ("rc:RegisterRow",), ()),
    Kind("rule", "rule", ("rc:Rule",), ()),
    Kind("file", "file as read", ("eli:Format",), ()),
)  # fmt: skip
"""In the order in which they are tried: a thing of several classes is shown as the first that fits."""

ANY = Kind("thing", "thing", (), (), "thing.html")
GENERAL = ("thing_facts", "thing_links")
UNSHOWN = frozenset(expand(c) for c in ("rdf:type", "rdfs:label", "rc:evidence", "rc:basis", "rc:modality"))
"""Properties of a record that its page shows elsewhere than in the list of its properties."""


def kind_of(types: set[str]) -> Kind:
    """The kind whose page shows a thing of these classes."""
    return next((kind for kind in KINDS if types & set(map(expand, kind.classes))), ANY)


@blueprint.get("/things/<path:path>")
def show(path: str) -> ResponseReturnValue:
    """The page of a thing, or one of its panels as CSV or JSON."""
    known = known_path(path)
    if unquote(known) != unquote(path):
        return redirect(with_args("/things/" + quote(known, safe=SAFE + "%")), 303)
    reader, path, iri = site().reader, known, site().base + known
    types = {row["type"].value for row in reader.rows("thing_types", thing=iri) if "type" in row}
    kind = kind_of(types)
    names = (*kind.panels, *GENERAL, "thing_properties")
    if "panel" in request.args:
        if request.args["panel"] not in names:
            raise Problem(404, f"panel={request.args['panel'][:40]}: this page has {', '.join(names)}.")
        names = (request.args["panel"],)
    made = {name: _panel(reader, name, iri) for name in names}
    if "panel" in request.args:
        return give(made[request.args["panel"]])
    account = next((r.known for n in RECORD if n in made for r in made[n].rows if r.known), None)
    given = {
        "iri": iri,
        "path": path,
        "label": reader.label(iri),
        "kind": kind,
        "panels": made,
        "shown": _shown(kind, made),
        "account": account,
        "facts": _facts(made),
    }
    return page(kind.template, **{**given, **_more(kind, iri, made)})


def _panel(reader: Reader, name: str, iri: str) -> Panel:
    made = panel(reader, name, about=iri, on=the_day("on"), known=the_day("known"))
    if the_day("known"):  # the reasons for a verdict are today's, and the verdict may not be
        made = replace(made, columns=tuple(column for column in made.columns if column != "doubt"))
    return references(reader, made) if name == "resolution_references" else made


def _shown(kind: Kind, made: dict[str, Panel]) -> list[Panel]:
    """Panels with rows, and those without that a reader of this kind would miss; then what is said in general."""
    needed = set(kind.panels[:4])
    own = [made[name] for name in kind.panels if made[name].rows or made[name].later or name in needed]
    return own + [made[name] for name in GENERAL if made[name].rows]


def _facts(made: dict[str, Panel]) -> list[Line]:
    """A line for each property of a record, which has properties instead of assertions of its own."""
    by_property: dict[str, list[Line]] = {}
    for row in made["thing_properties"].rows:
        by_property.setdefault(row.first("property"), []).append(row)
    return [
        replace(rows[0], cells={**rows[0].cells, "value": _joined(rows)})
        for name, rows in by_property.items()
        if name not in UNSHOWN
    ]


def _joined(rows: list[Line]) -> Cell:
    pairs = dict(pair for row in rows for pair in row.cells["value"].pairs)
    return Cell(tuple(pairs), tuple(pairs.values()))


def _more(kind: Kind, iri: str, made: dict[str, Panel]) -> dict[str, Any]:
    """What the template of a kind needs beside its panels."""
    reader = site().reader
    if kind.template == "resolution.html":
        return resolution(reader, iri, made)
    if kind.template == "clause.html":
        return clause(reader, iri, made)
    if kind.template == "consultation.html":
        return {"sums": sums(made["consultation_counts"])}
    if kind.template == "meeting.html":
        return series(reader, iri)
    if kind.template == "topic.html":
        return {"quotes": quotes(reader, made["topic_statuses"])}
    if kind.template == "document.html":
        return {"texts": texts(made["document_file"])}
    if kind.template == "assertion.html":
        return {"claim": panel(reader, "assertion_provenance", about=iri)}
    return {"quotes": quotes(reader, *(made[name] for name in RECORD if name in made))}


@dataclass(frozen=True, slots=True)
class Sum:
    """The counts that one source gives: the total it states, and what its groups add up to. None: not given."""

    file: str
    stated: int | None
    added: int | None

    @property
    def adds_up(self) -> bool | None:
        """None where one of the two is missing."""
        return None if self.stated is None or self.added is None else self.stated == self.added


def sums(counts: Panel) -> list[Sum]:
    """A sum for each file that gives counts: two accounts of one consultation are never added together."""
    by_file: dict[str, dict[str, tuple[int, bool]]] = {}
    for row in counts.rows:
        found = evidence.place(row.known.evidence[0]) if row.known and row.known.evidence else None
        number = row.first("responses")
        if number.isdigit():
            file = found[0] if found else ""
            by_file.setdefault(file, {})[row.first("observation")] = (int(number), row.first("total") in ("true", "1"))
    made = []
    for file, numbers in by_file.items():
        stated = [number for number, total in numbers.values() if total]
        parts = [number for number, total in numbers.values() if not total]
        made.append(Sum(file, stated[0] if len(set(stated)) == 1 else None, sum(parts) if parts else None))
    return made


def series(reader: Reader, iri: str) -> dict[str, Any]:
    """The meetings before and after in the series of the same body, with the numbers in between that are missing."""
    rows = [
        (int(row["ordinal"].value), row["meeting"].value)
        for row in reader.rows("meeting_series", thing=iri)
        if row["ordinal"].value.isdigit()
    ]
    own = next((ordinal for ordinal, meeting in rows if meeting == iri), None)
    if own is None:
        return {"before": None, "after": None}
    before = max((pair for pair in rows if pair[0] < own), default=None)
    after = min((pair for pair in rows if pair[0] > own), default=None)
    return {"before": before, "after": after, "ordinal": own}


def quotes(reader: Reader, *panels: Panel) -> dict[str, Row]:
    """The quoted sentence of every piece of evidence in these panels, by its IRI."""
    return quotes_of(reader, {each for p in panels for row in p.rows if row.known for each in row.known.evidence})


def quotes_of(reader: Reader, wanted: set[str]) -> dict[str, Row]:
    """The quoted sentences of these pieces of evidence."""
    return {row["thing"].value: row for row in reader.rows("evidence_quote", thing=sorted(wanted))} if wanted else {}


def texts(files: Panel) -> list[reading.Text]:
    """The text of each file of a document, at the paragraph that the address asks for."""
    at = request.args.get("at", 1, type=int)
    kinds = request.args.getlist("show") if "shown" in request.args else None
    source = request.args.get("text") == "source"
    found = (
        reading.read(site().folder, code(row.first("file")), at=at, kinds=kinds, as_in_source=source)
        for row in files.rows
        if row.first("file")
    )
    return [text for text in found if text]
