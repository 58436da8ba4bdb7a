"""A measurement as plain figures: rows that a table shows, a file keeps, and floors are held against."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ingest.errors import IngestError
from ingest.evaluation.measuring import Measured, Score, System
from ingest.evaluation.scoring import PARTS

MICRO, MACRO = "micro", "macro"
COLUMNS = ("part", "type", "found", "missed", "false", "precision", "recall", "f1", "baseline_f1")
GATES = ("unattested", "traps violated")
"""What may not happen: figures that have a ceiling in a file of floors, zero where it names none."""

FOLDER = "evaluation"
"""Where a dataset keeps the figures that were measured with its version of the code."""


def rows(measured: Measured) -> Iterator[dict[str, Any]]:
    """A row per part and type, after them the sums; ratios with three places, None where there is nothing to divide."""
    for part in PARTS:
        if not any(of == part for of, _ in measured.reading.scores):
            continue
        for (of, kind), score in measured.reading.scores.items():
            if of == part:
                yield _row(part, kind, score, measured.baseline.scores.get((part, kind)))
        yield _row(part, MICRO, measured.reading.micro(part), measured.baseline.micro(part))
        if part != "citations":
            mean, plain = measured.reading.macro(part), measured.baseline.macro(part)
            yield {
                **dict.fromkeys(COLUMNS),
                "part": part,
                "type": MACRO,
                "f1": _three(mean),
                "baseline_f1": _three(plain),
            }


def _row(part: str, kind: str, score: Score, plain: Score | None) -> dict[str, Any]:
    return {
        "part": part, "type": kind, "found": score.found, "missed": score.missed, "false": score.false,
        "precision": _three(score.precision), "recall": _three(score.recall), "f1": _three(score.f1),
        "baseline_f1": _three(plain.f1) if plain else None,
    }  # fmt: skip


def _three(ratio: float | None) -> float | None:
    return None if ratio is None else round(ratio, 3)


def shares(system: System) -> dict[str, float | None]:
    """What is told of relations that are right but for their certainty: how often that is right too, and the evidence.

    The first is on the guide's scale of three, the second on the gold's own of up to six.
    """
    total = system.compared
    counts = {
        "certainty right": system.certainty_right,
        "certainty right, six degrees": system.certainty_fine,
        "evidence overlaps": system.evidence_meets,
    }
    return {name: _three(count / total) if total else None for name, count in counts.items()}


def gates(measured: Measured) -> dict[str, int]:
    """How often what may not happen did happen."""
    return {"unattested": len(measured.unattested), "traps violated": len(measured.reading.violated)}


def as_record(measured: Measured) -> dict[str, Any]:
    """The figures as they are kept: what they were measured on and with, and nothing that a person typed."""
    return {
        "measured_on": {"gold": measured.name, "documents": measured.documents, "held_out": measured.sealed},
        "versions": dict(measured.versions),
        "rows": list(rows(measured)),
        "shares": shares(measured.reading),
        "baseline_shares": shares(measured.baseline),
        "traps": measured.reading.traps,
        "baseline_traps_violated": len(measured.baseline.violated),
        "attributions": measured.attributions,
        "unjudged": measured.reading.unjudged,
        "gates": gates(measured),
    }


def record(measured: Measured, place: Path) -> Path:
    """Keep the figures: in a dataset folder below `evaluation`, in any other folder as they are. The file."""
    folder = place / FOLDER if (place / "current").exists() else place
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{measured.name.replace('/', '-')}.json"
    waiting = path.with_suffix(".tmp")
    words = json.dumps(as_record(measured), ensure_ascii=False, indent=1, sort_keys=True)
    waiting.write_text(words + "\n", encoding="utf-8")
    waiting.replace(path)
    return path


def below(measured: Measured, floors: Path | None) -> Iterator[str]:
    """Each figure that is below its floor, and each gate that is above its ceiling, in words.

    A file of floors has a table per part and type ([relations."meeting date"] precision = 0.9) and may have one of
    [gates], whose ceilings are zero where it says nothing. Raises IngestError for a figure that there is not.
    """
    wanted = _floors(floors)
    ceilings = wanted.pop("gates", {})
    for name, count in gates(measured).items():
        most = ceilings.get(name, 0)
        if count > most and (name == "unattested" or floors is not None):
            yield f"{name}: {count}, and {most} is the most there may be"
    known = {(row["part"], row["type"]): row for row in rows(measured)}
    for part, kinds in wanted.items():
        for kind, least in kinds.items():
            for name, floor in least.items():
                reached = known.get((part, kind), {}).get(name)
                if reached is None:
                    raise IngestError(f"{floors}: [{part}.{kind}] {name}: the measuring has no such figure.")
                if reached < floor:
                    yield f"{part}, {kind}: {name} {reached:.3f} is below {floor:.3f}"


def _floors(path: Path | None) -> dict[str, Any]:
    if path is None:
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise IngestError(f"{path} is not valid TOML: {error}") from error
