"""What the documents do not add up to, how facts are known, and what is only a guess."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue

from queryapp.panels import panel
from queryapp.problems import Problem
from queryapp.views.frame import give, page, site, the_day

blueprint = Blueprint("quality", __name__)

PANELS = (
    "quality_findings",
    "quality_stale",
    "quality_basis",
    "quality_verdicts",
    "quality_unverified",
    "quality_undated",
)

READING = "quality_reading"
"""The panel whose figures are measured and not asked of the graph."""

FIGURES = "evaluation"
"""Where a dataset keeps what `recalling evaluate --record` measured: beside its versions, a file for each gold."""

SUMS = ("micro", "macro", "all")


@dataclass(frozen=True, slots=True)
class Reading:
    """Figures of one gold; same is whether what was measured is the version of code that built this dataset."""

    gold: str
    documents: int
    held_out: bool
    same: bool
    all: dict[str, Any]

    @property
    def sums(self) -> list[dict[str, Any]]:
        """The rows that add up or average all types."""
        return [row for row in self.all["rows"] if row["type"] in SUMS and (row["part"], row["type"]) != DOUBLED]

    @property
    def types(self) -> list[dict[str, Any]]:
        """The rows of single types."""
        return [row for row in self.all["rows"] if row["type"] not in SUMS]


DOUBLED = ("citations", "micro")
"""The sum over citations is the row of those that are right in all respects."""


def readings(version: Path, versions: dict[str, str]) -> Iterator[Reading]:
    """What was measured for the dataset that a version belongs to. A file that is no measurement is left out."""
    for path in sorted((version.resolve().parent.parent / FIGURES).glob("*.json")):
        try:
            raw = json.loads(path.read_text("utf-8"))
            on, by = raw["measured_on"], raw["versions"]
            same = all(versions.get(name) == by[name] for name in ("code", "rules", "registers"))
            found = Reading(str(on["gold"]), int(on["documents"]), bool(on["held_out"]), same, raw)
            if all({"part", "type", "f1"} <= row.keys() for row in raw["rows"]) and raw["gates"] and raw["shares"]:
                yield found
        except (ValueError, KeyError, TypeError):
            continue


def _measured() -> list[Reading]:
    return list(readings(site().folder, dict(site().manifest.all.get("versions", {}))))


def _give_readings(found: list[Reading]) -> Response:
    """The figures as CSV or JSON, each row with the gold that it was measured on."""
    wanted = request.args.get("format", "csv")
    if wanted == "json":
        return jsonify([each.all for each in found])
    if wanted != "csv":
        raise Problem(400, f"format={wanted[:20]}: a panel comes as csv or json.")
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    names = ("part", "type", "found", "missed", "false", "precision", "recall", "f1", "baseline_f1")
    writer.writerow(("gold", "documents", *names))
    for each in found:
        writer.writerows((each.gold, each.documents, *(row.get(name) for name in names)) for row in each.all["rows"])
    heads = {"Content-Disposition": 'inline; filename="quality-reading.csv"'}
    return Response(out.getvalue(), content_type="text/csv; charset=utf-8", headers=heads)


@blueprint.get("/quality")
def show() -> ResponseReturnValue:
    """The page of findings, or one of its panels as CSV or JSON."""
    names: tuple[str, ...] = PANELS
    if request.args.get("panel") == READING:
        return _give_readings(_measured())
    if "panel" in request.args:
        if request.args["panel"] not in PANELS:
            raise Problem(404, f"panel={request.args['panel'][:40]}: this page has {', '.join((*PANELS, READING))}.")
        names = (request.args["panel"],)
    made = {name: panel(site().reader, name, on=the_day("on"), known=the_day("known")) for name in names}
    if "panel" in request.args:
        return give(made[names[0]])
    total = sum(int(row.first("facts") or 0) for row in made["quality_basis"].rows)
    return page("quality.html", panels=made, total=total, readings=_measured())
