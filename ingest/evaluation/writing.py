"""A measurement for a terminal, as CSV and as JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from ingest.evaluation.figures import COLUMNS, as_record, gates, rows, shares
from ingest.evaluation.measuring import Measured, Miss

SEALED = "These documents are kept aside: what was missed in them is not shown."


def written(measured: Measured, form: str, *, misses: bool) -> Iterator[str]:
    """The lines of a measurement in a format (text, csv, json); misses adds what was missed and falsely said."""
    shown = measured.reading.misses if misses and not measured.sealed else ()
    match form:
        case "csv":
            yield from _as_csv(measured, shown, misses=misses)
        case "json":
            yield from _as_json(measured, shown, misses=misses)
        case _:
            yield from _as_text(measured, shown, misses=misses)


def _as_csv(measured: Measured, shown: tuple[Miss, ...], *, misses: bool) -> Iterator[str]:
    """The figures; or, where misses are asked for, these alone, since one file holds one table."""
    out = io.StringIO()
    if misses:
        names = ("document", "part", "type", "verdict", "what", "context")
        table = csv.DictWriter(out, names, lineterminator="\n")
        table.writeheader()
        table.writerows(asdict(each) for each in shown)
    else:
        table = csv.DictWriter(out, COLUMNS, lineterminator="\n")
        table.writeheader()
        table.writerows(rows(measured))
    yield out.getvalue().rstrip("\n")


def _as_json(measured: Measured, shown: tuple[Miss, ...], *, misses: bool) -> Iterator[str]:
    told: dict[str, Any] = as_record(measured)
    if not measured.sealed:
        told["violated"] = list(measured.reading.violated)
        told["unattested"] = [{"document": name, **asdict(each)} for name, each in measured.unattested]
    if misses:
        told["misses"] = [asdict(each) for each in shown]
    yield json.dumps(told, ensure_ascii=False, indent=1)


def _as_text(measured: Measured, shown: tuple[Miss, ...], *, misses: bool) -> Iterator[str]:
    many = "document" if measured.documents == 1 else "documents"
    yield f"{measured.name}: {measured.documents} {many}; precision, recall and F1 of the reading, F1 of the baseline"
    part = None
    for row in rows(measured):
        if row["part"] != part:
            part = row["part"]
            yield ""
            yield f"{part:42} found missed  false     P     R    F1  baseline"
        counts = " ".join(f"{'' if row[name] is None else row[name]:>6}" for name in ("found", "missed", "false"))
        ratios = " ".join(_ratio(row[name]) for name in ("precision", "recall", "f1"))
        yield f"  {row['type']:38} {counts} {ratios}     {_ratio(row['baseline_f1'])}"
    yield ""
    yield from _rest(measured)
    if misses:
        yield ""
        if measured.sealed:
            yield SEALED
        for each in shown:
            yield f"{each.verdict:6} {each.part} / {each.type}: {each.what}  [{each.document}] {each.context}"


def _ratio(value: float | None) -> str:
    return "    –" if value is None else f"{value:5.3f}"


def _rest(measured: Measured) -> Iterator[str]:
    reading = measured.reading
    for name, share in shares(reading).items():
        yield f"{name}: {_ratio(share).strip()} of {reading.compared} relations that both tell"
    yield f"not judged, since this gold tells nothing of the kind: {reading.unjudged}"
    plain = len(measured.baseline.violated)
    yield f"traps violated: {gates(measured)['traps violated']} of {reading.traps} (baseline {plain})"
    if not measured.sealed:
        yield from (f"  {words}" for words in reading.violated)
    yield f"unattested attributions: {len(measured.unattested)} of {measured.attributions}"
    if not measured.sealed:
        yield from (f"  {name}: {each.holder}: {each.words}" for name, each in measured.unattested)
