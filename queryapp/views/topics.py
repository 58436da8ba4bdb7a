"""How topics moved from meeting to meeting: lanes, the same as a table, and the list of topics."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, abort, request
from flask.typing import ResponseReturnValue

from queryapp import charts
from queryapp.clocks import Kept, together
from queryapp.lanes import Lanes, Mark, Meeting, build
from queryapp.panels import Cell, Line, Panel, Reader, account, code, panel
from queryapp.queries import load
from queryapp.rows import Row, typed
from queryapp.views.frame import evidence_href, give, href, page, restated_note, site, the_day

blueprint = Blueprint("topics", __name__)

STEPS = {"decidedAt": "agreed", "launchedAt": "launched"}
"""Steps of a consultation that happen at a meeting, as outcomes of its topic."""


@blueprint.get("/topics")
def show() -> ResponseReturnValue:
    """The lanes of one body, chosen by ?body=; ?format=svg or csv gives the drawing or its table alone."""
    reader, on, known = site().reader, the_day("on"), the_day("known")
    bodies = [row["body"].value for row in reader.rows("lanes_bodies") if "body" in row]
    body = request.args.get("body") or (bodies[0] if bodies else "")
    if body and body not in bodies:
        abort(404, "No meetings of that body are in the record.")
    listed = by_meetings(panel(reader, "topics_statuses", on=on, known=known))
    if request.args.get("panel") == "topics_statuses":
        return give(listed)
    lanes, kept = lanes_of(reader, body, on=on, known=known) if body else (Lanes((), ()), Kept(()))
    match request.args.get("format"):
        case "svg":
            return Response(standalone(str(drawn(lanes, "lanes"))), content_type="image/svg+xml; charset=utf-8")
        case "csv":
            return Response(as_csv(lanes, reader), content_type="text/csv; charset=utf-8")
    return page(
        "topics.html",
        lanes=lanes,
        drawing=drawn(lanes, "lanes"),
        body=body,
        bodies=reader.labels(bodies),
        kept=kept,
        panel=listed,
        first_link=first_link,
    )


def by_meetings(listed: Panel) -> Panel:
    """A line for each topic with how often it came up; those at most meetings first, then by name."""
    grouped: dict[str, list[Line]] = {}
    for row in listed.rows:
        grouped.setdefault(row.first("topic"), []).append(row)
    rows = [_counted(lines) for lines in grouped.values()]
    rows.sort(key=lambda row: (-int(row.first("meetings")), row.says("topic").casefold()))
    return replace(listed, rows=tuple(rows), columns=("topic", "meetings", "statuses"))


def _counted(lines: list[Line]) -> Line:
    cells = {"topic": lines[0].cells["topic"]}
    for column, counted in (("meetings", "meeting"), ("statuses", "status")):
        number = len({value.value for line in lines if (cell := line.cells.get(counted)) for value in cell.values})
        cells[column] = Cell((typed(str(number), "integer"),), (str(number),))
    return Line(cells, None)


def lanes_of(reader: Reader, body: str, *, on: str = "", known: str = "") -> tuple[Lanes, Kept]:
    """The lanes of a body as they stood on the days asked for, and what these leave out."""
    clocks = reader.clocks(on=on, known=known)

    def kept(name: str) -> Kept:
        return clocks.kept(load(name), reader.rows(name, thing=body), body)

    of_topics, of_steps = kept("lanes_statuses"), kept("lanes_consultations")
    statuses, steps = list(of_topics.rows), list(of_steps.rows)
    marks = [_mark(rows, "topic", "status", code(rows[0]["outcome"].value)) for rows in _grouped(statuses, "status")]
    at_meeting = [row for row in steps if code(row["step"].value) in STEPS and "topic" in row]
    recorded = {(mark.topic, mark.meeting, mark.outcome, mark.known.how) for mark in marks}
    for rows in _grouped(at_meeting, "consultation", "step", "value"):
        mark = _mark(
            [Row({**r, "meeting": r["value"]}) for r in rows],
            "topic",
            "consultation",
            STEPS[code(rows[0]["step"].value)],
        )
        if (mark.topic, mark.meeting, mark.outcome, mark.known.how) not in recorded:
            marks.append(mark)
    meetings = _meetings(reader, kept("lanes_meetings").rows)
    labels = reader.labels(mark.topic for mark in marks)
    return build(meetings, marks, labels), together(of_topics, of_steps)


def _grouped(rows: list[Row], *keys: str) -> list[list[Row]]:
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        groups.setdefault(tuple(row.words(k) for k in (*keys, "modality", "basis")), []).append(row)
    return list(groups.values())


def _mark(rows: list[Row], topic: str, iri: str, outcome: str) -> Mark:
    known = account(rows)
    assert known is not None  # noqa: S101  # both queries ask for modality and basis
    return Mark(rows[0][topic].value, rows[0]["meeting"].value, outcome, known, rows[0][iri].value)


def _meetings(reader: Reader, rows: Sequence[Row]) -> list[Meeting]:
    found: dict[str, Meeting] = {}
    for row in rows:
        iri, ordinal = row["meeting"].value, row.words("ordinal")
        number = int(ordinal) if ordinal.isdigit() else None
        label = ordinal or reader.label(iri)
        loaded = "report" in row or (iri in found and found[iri].loaded)
        found[iri] = Meeting(iri, label, number, month(row.words("start")), loaded)
    return list(found.values())


MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()  # noqa: SIM905  # reads better


def month(day: str) -> str:
    """2024-01-31 as "Jan 2024"; a year as itself."""
    parts = day.split("-")
    if len(parts) > 1 and parts[1].isdigit() and 1 <= int(parts[1]) <= 12:
        return f"{MONTHS[int(parts[1]) - 1]} {parts[0]}"
    return day


def first_link(mark: Mark) -> str:
    """The sentence of a mark; where none says it, how it was inferred."""
    if mark.known.evidence:
        return evidence_href(mark.known.evidence[0])
    return href(mark.known.assertion or mark.iri)


def drawn(lanes: Lanes, identifier: str) -> str:
    """The drawing, or nothing where there is nothing to draw."""
    return charts.lanes_svg(lanes, first_link, href, identifier) if lanes.lanes else ""


def standalone(drawing: str) -> str:
    """The drawing as a file of its own: with its name space and the styles it needs."""
    style = (
        "text{font:12px sans-serif;fill:#16202e}.soft{fill:#4a5565}.line{stroke:#d9d5cb}.gap{fill:#f2f0ea}"
        ".hit{fill:none}.mark,.tick{stroke:currentColor;stroke-width:2;fill:none}.mark.stated{fill:currentColor}.tick.stated{stroke:#fff}"
        ".inferred{stroke-dasharray:2 2}.window{stroke:#7a3e9d;stroke-width:4;opacity:.4}"
        ".st-agreed{color:#177245}.st-launched{color:#7a3e9d}.st-summarised{color:#00707a}.st-deferred{color:#8a5a00}"
        ".st-no-consensus{color:#b3261e}.st-proposed{color:#5b6b7f}.st-discussed{color:#0a5a9c}"
    )
    note = f"<desc>{restated_note()}</desc>" if restated_note() else ""
    return drawing.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1).replace(
        "</title>", f"</title>{note}<style>{style}</style>", 1
    )


def as_csv(lanes: Lanes, reader: Reader) -> str:
    """A line for each mark."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    note = restated_note()
    heads = ("topic", "topicLabel", "meeting", "meetingLabel", "outcome", "how", "evidence")
    writer.writerow([*heads, *(["note"] if note else [])])
    rows: list[list[Any]] = [
        [lane.topic, lane.label, mark.meeting, reader.label(mark.meeting), mark.words, mark.known.words,
         " ".join(mark.known.evidence)]
        for lane in lanes.lanes
        for _, marks in sorted(lane.marks.items())
        for mark in marks
    ]  # fmt: skip
    writer.writerows([*row, *([note] if note else [])] for row in rows)
    return out.getvalue()
