"""What the documents of a dataset cite or name that its registers did not know."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from ingest.dataset import Dataset
from ingest.errors import IngestError
from ingest.registers.coverage import Gap, Open, Place, coverage

UNKNOWN = "not in the register"
"""What the reason says of a thing that is named in full and has no row: a text by number and year."""

MENTIONS = """
SELECT mention.file, mention.start, mention."end", mention.kind, mention.label, mention.reason, mention.paragraph,
       document.iri, document.label
FROM mention JOIN document ON document.file = mention.file
WHERE mention.iri IS NULL OR instr(mention.reason, ?)
ORDER BY document.label, mention.file, mention.start
"""


def gaps(folder: Path) -> tuple[Gap, ...]:
    """The gaps of a dataset folder, grouped by `ingest.registers.coverage`. Raises IngestError where there is none."""
    version = Dataset(folder).current()
    if version is None:
        raise IngestError(f"{folder}: no dataset here. Make one with: recalling build --out {folder}")
    return coverage(_open(version))


def _open(version: Path) -> Iterator[Open]:
    texts = {path.stem: path.read_bytes().decode() for path in (version / "texts").glob("*.txt")}
    connection = sqlite3.connect(f"file:{version / 'search.sqlite'}?mode=ro", uri=True)
    try:
        for file, start, end, kind, label, reason, paragraph, iri, title in connection.execute(MENTIONS, (UNKNOWN,)):
            yield Open(kind, label or texts[file][start:end], reason, Place(iri, title, paragraph, start))
    finally:
        connection.close()
