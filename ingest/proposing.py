"""Proposes a register for a folder of documents: each value with the words it was read in."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from ingest import readers, text
from ingest.context import Metadata
from ingest.errors import IngestError
from ingest.metadata import identify
from ingest.model import Claim, Reading, Value
from ingest.register import load
from ingest.sources import COLUMNS, gather

EVIDENT = {
    "rc:documentKind": "kind", "rc:reportsOn": "meeting", "rc:filedFor": "meeting", "dcterms:identifier": "number",
    "dcterms:date": "date", "dcterms:title": "title",
}  # fmt: skip
"""The columns whose values are quoted, by the property that says them."""


def propose(
    folder: Path, registers: Sequence[Path], progress: Callable[[str, int, int], None]
) -> tuple[str, list[str]]:
    """A register as CSV, and a line for each file that could not be read."""
    known = load(registers)
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    failures: list[str] = []
    found = gather([folder], use_registers=False)
    for done, source in enumerate(found, start=1):
        try:
            reading = readers.read(source.path)
        except IngestError as error:
            failures.append(f"{source.path}: {error.message}")
        else:
            metadata = identify(source, reading, text.clean(reading), known)
            writer.writerow(_row(source.path.relative_to(folder), reading, metadata))
        progress("reading", done, len(found))
    return out.getvalue(), failures


def _row(file: Path, reading: Reading, metadata: Metadata) -> dict[str, str | None]:
    title = next(
        (c.object.text for c in metadata.claims if c.predicate == "dcterms:title" and isinstance(c.object, Value)), None
    )
    return {
        "id": "-".join(file.with_suffix("").as_posix().replace("/", "-").split()),
        "file": file.as_posix(),
        "title": title or reading.title,
        "kind": metadata.kind,
        "body": metadata.body,
        "number": metadata.number,
        "meeting": "; ".join(meeting.key[-1] for meeting in metadata.meetings),
        "date": metadata.date,
        "date_not_before": metadata.not_before,
        "date_not_after": metadata.not_after,
        "language": reading.language,
        "checksum": reading.checksum,
        "verified": "no",
        "basis": " | ".join(_evidence(reading, metadata.claims)),
    }


def _evidence(reading: Reading, claims: Sequence[Claim]) -> Iterator[str]:
    """What the values rest on: each column with its words, cut at 120 characters."""
    seen: set[str] = set()
    for claim in claims:
        for span in claim.spans[:1] if claim.predicate in EVIDENT else ():
            words = " ".join(reading.text[span.start : span.end].split())
            said = f"{EVIDENT[claim.predicate]}: {words[:120]}"
            if said not in seen:
                seen.add(said)
                yield said
