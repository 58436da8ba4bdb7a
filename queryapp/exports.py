"""A panel's rows as CSV for spreadsheets and as JSON for programs."""

from __future__ import annotations

import csv
import io
from typing import Any

from queryapp.panels import RESTATED, Cell, Panel


def as_csv(panel: Panel, *, restated: bool) -> str:
    """Every row with its values, its labels and its account. Formulas that a spreadsheet would run are disarmed."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    heads = [h for c in panel.columns for h in (c, f"{c}Label")]
    writer.writerow([*heads, "how", "evidence", "knownSince", *(["note"] if restated else [])])
    for row in panel.rows:
        cells = [row.cells.get(c, Cell((), ())) for c in panel.columns]
        line = [part for cell in cells for part in (" ".join(v.value for v in cell.values), cell.text)]
        known = row.known
        line += [known.words, " ".join(known.evidence), known.since] if known else ["", "", ""]
        writer.writerow([_disarmed(part) for part in (*line, *([RESTATED] if restated else []))])
    return out.getvalue()


def _disarmed(text: str) -> str:
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def as_json(panel: Panel, *, restated: bool) -> dict[str, Any]:
    """The same for programs."""
    made: dict[str, Any] = {"title": panel.title, "question": panel.question, "about": panel.about or None}
    if restated:
        made["note"] = RESTATED
    made["leftOut"] = {"knownLater": panel.later, "undated": panel.undated, "notOnThatDay": panel.past}
    made["undecided"] = panel.undecided
    made["notes"] = list(panel.notes)
    made["rows"] = [
        {
            **{
                column: [
                    {"value": value.value, "label": label, "type": "iri" if value.is_iri else "literal"}
                    for value, label in cell.pairs
                ]
                for column, cell in row.cells.items()
            },
            "known": {
                "how": row.known.words,
                "modality": row.known.modality,
                "basis": row.known.basis,
                "evidence": list(row.known.evidence),
                "since": row.known.since or None,
            }
            if row.known
            else None,
        }
        for row in panel.rows
    ]
    return made
