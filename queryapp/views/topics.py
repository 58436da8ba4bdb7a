"""How topics moved from meeting to meeting: lanes, the same as a table, and the list of topics."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, abort, request
from flask.typing import ResponseReturnValue

from queryapp import charts
from queryapp.lanes import Lanes, Mark, Meeting, build
from queryapp.panels import Panel, Reader, account, code, panel
from queryapp.rows import Row
from queryapp.views.frame import evidence_href, give, href, page, restated_note, site, the_day

blueprint = Blueprint("topics", __name__)

STEPS = {"decidedAt": "agreed", "launchedAt": "launched"}
"""Steps of a consultation that happen at a meeting, as outcomes of its topic."""


@blueprint.get("/topics")
def show() -> ResponseReturnValue:
    """The lanes of one body, chosen by ?body=; ?format=svg or csv gives the drawing or its table alone."""
    reader, known = site().reader, the_day("known")
    bodies = [row["body"].value for row in reader.rows("lanes_bodies") if "body" in row]
    body = request.args.get("body") or (bodies[0] if bodies else "")
    if body and body not in bodies:
        abort(404, "No meetings of that body are in the record.")
    listed = by_meetings(panel(reader, "topics_list"))
    if request.args.get("panel") == "topics_list":
        return give(listed)
    lanes, undated, later = lanes_of(reader, body, known) if body else (Lanes((), ()), 0, 0)
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
        undated=undated,
        later=later,
        panel=listed,
        first_link=first_link,
    )


def by_meetings(listed: Panel) -> Panel:
    """The topics that came up at most meetings first, then by name."""
    rows = sorted(listed.rows, key=lambda row: (-int(row.first("meetings") or 0), row.says("topic").casefold()))
    return replace(listed, rows=tuple(rows))


def lanes_of(reader: Reader, body: str, known: str) -> tuple[Lanes, int, int]:
    """The lanes of a body; how many facts ?known= leaves out because they are undated, and because they came later."""
    counts = {"undated": 0, "later": 0}

    def counted(rows: list[Row]) -> list[Row]:
        if not known:
            return rows
        kept = [row for row in rows if "known" in row and row["known"].value[:10] <= known]
        counts["undated"] += sum("known" not in row for row in rows)
        counts["later"] += sum("known" in row for row in rows) - len(kept)
        return kept

    statuses = counted(reader.rows("lanes_statuses", thing=body))
    steps = counted(reader.rows("lanes_consultations", thing=body))
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
    meetings = _meetings(reader, body)
    labels = reader.labels(mark.topic for mark in marks)
    return build(meetings, marks, labels), counts["undated"], counts["later"]


def _grouped(rows: list[Row], *keys: str) -> list[list[Row]]:
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        groups.setdefault(tuple(row.words(k) for k in (*keys, "modality", "basis")), []).append(row)
    return list(groups.values())


def _mark(rows: list[Row], topic: str, iri: str, outcome: str) -> Mark:
    known = account(rows)
    assert known is not None  # noqa: S101  # both queries ask for modality and basis
    return Mark(rows[0][topic].value, rows[0]["meeting"].value, outcome, known, rows[0][iri].value)


def _meetings(reader: Reader, body: str) -> list[Meeting]:
    found: dict[str, Meeting] = {}
    for row in reader.rows("lanes_meetings", thing=body):
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
