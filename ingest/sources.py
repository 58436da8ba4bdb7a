"""What to read: files, folders, and registers of documents (`sources.csv`)."""

from __future__ import annotations

import csv
import hashlib
import os
import re
import stat
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from ingest.errors import IngestError
from ingest.model import Source

REGISTER_NAME = "sources.csv"
ENDINGS = frozenset({".docx", ".pdf", ".html", ".htm", ".xhtml", ".txt", ".md", ".xml"})
"""Endings that a folder is searched for. What a file is, is decided by its content."""

COLUMNS = (
    "id", "file", "title", "kind", "body", "number", "meeting", "date", "date_not_before", "date_not_after",
    "language", "publisher", "licence", "address", "checksum", "restates", "verified", "basis",
)  # fmt: skip
"""Columns of a register of documents; all but "file" may be left out or empty."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def gather(places: Sequence[Path], *, use_registers: bool = True) -> tuple[Source, ...]:
    """The documents in files, folders and registers, in a stable order, each file once.

    A folder is searched with its subfolders; its own `sources.csv`, where it has one, says what is known of
    its files, and files that it does not list are read all the same. Files named README are left out:
    they speak of the folder. Symbolic links are not followed.
    """
    found: dict[Path, Source] = {}
    for place in places:
        if not place.exists():
            raise IngestError(f"{place}: there is no such file or folder. Check the spelling.")
        for source in _sources(place, use_registers=use_registers):
            known = found.setdefault(source.path.resolve(), source)
            if known.row is None and source.row is not None:
                found[source.path.resolve()] = source
    if not found:
        raise IngestError(
            f"{', '.join(map(str, places))}: no document found. Endings looked for: {' '.join(sorted(ENDINGS))}"
        )
    _refuse_mixture(found.values())
    return tuple(found.values())


def _sources(place: Path, *, use_registers: bool) -> Iterator[Source]:
    if place.is_dir():
        yield from _folder(place, use_registers=use_registers)
    elif place.name == REGISTER_NAME or place.suffix == ".csv":
        yield from read_register(place)
    else:
        yield Source(path=place)


def _folder(folder: Path, *, use_registers: bool) -> Iterator[Source]:
    for parent, folders, files in os.walk(folder):
        folders.sort()
        here = Path(parent)
        listed: set[Path] = set()
        if use_registers and REGISTER_NAME in files:
            for source in read_register(here / REGISTER_NAME):
                listed.add(source.path)
                yield source
        for name in sorted(files):
            path = here / name
            if (
                path.suffix.lower() in ENDINGS
                and path.stem.upper() != "README"
                and path not in listed
                and _regular(path)
            ):
                yield Source(path=path)


def checksum(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal. Raises IngestError for what is no regular file."""
    if not path.is_file():
        raise IngestError(f"{path}: no regular file. Name a document.")
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _regular(path: Path) -> bool:
    return stat.S_ISREG(path.lstat().st_mode)


def read_register(path: Path) -> Iterator[Source]:
    """The rows of a register of documents. Raises IngestError that names the row and what to mend."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = csv.DictReader(lines)
            unknown = [name for name in rows.fieldnames or () if name not in COLUMNS]
            if unknown or "file" not in (rows.fieldnames or ()):
                what = f"unknown column {unknown[0]!r}" if unknown else 'no column "file"'
                raise IngestError(f"{path}: {what}. Columns are: {', '.join(COLUMNS)}")
            yield from _rows(path, rows)
    except (UnicodeDecodeError, csv.Error) as error:
        raise IngestError(f"{path}: not a CSV file in UTF-8 ({error}). Save it as CSV, UTF-8.") from error


def _rows(path: Path, rows: Iterable[dict[str, str | None]]) -> Iterator[Source]:
    seen: set[str] = set()
    for line, raw in enumerate(rows, start=2):
        row = {name: (value or "").strip() or None for name, value in raw.items() if name is not None}
        where = f"{path}, line {line}"
        file, name = row.get("file"), row.get("id")
        if file is None:
            raise IngestError(f'{where}: "file" is empty. Name the document, relative to the register.')
        if name is not None and (not _ID.fullmatch(name) or name in seen):
            what = "is used twice" if name in seen else "is not made of letters, digits, dots, dashes"
            raise IngestError(f"{where}: id {name!r} {what}. Give each document an id of its own.")
        for column in ("date", "date_not_before", "date_not_after"):
            if (day := row.get(column)) and not _DAY.fullmatch(day):
                raise IngestError(f"{where}: {column} {day!r} is not a day like 2024-06-30. Leave it empty if unknown.")
        if name:
            seen.add(name)
        yield _source(path, row, _inside(path.parent, file, where))


def _inside(folder: Path, file: str, where: str) -> Path:
    path = folder / file
    if not path.resolve().is_relative_to(folder.resolve()):
        raise IngestError(f"{where}: {file!r} lies outside the register's folder. Move the document below {folder}.")
    if not path.exists():
        raise IngestError(f'{where}: {file!r} is not there. Fetch it, or mend the column "file".')
    return path


def _source(register: Path, row: dict[str, str | None], path: Path) -> Source:
    name = row.get("id")
    return Source(
        path=path,
        id=name,
        title=row.get("title"),
        kind=row.get("kind"),
        body=row.get("body"),
        number=row.get("number"),
        meetings=tuple(part.strip() for part in (row.get("meeting") or "").split(";") if part.strip()),
        date=row.get("date"),
        not_before=row.get("date_not_before"),
        not_after=row.get("date_not_after"),
        language=row.get("language"),
        publisher=row.get("publisher"),
        licence=row.get("licence"),
        address=row.get("address"),
        checksum=row.get("checksum"),
        restates=row.get("restates"),
        verified=(row.get("verified") or "").lower() in {"yes", "true", "1"},
        basis=row.get("basis"),
        row=f"{register.stem}/{name or path.name}",
    )


def _refuse_mixture(sources: Iterable[Source]) -> None:
    kinds = {source.restates is not None for source in sources}
    if len(kinds) > 1:
        raise IngestError(
            "Restatements and an institution's own documents are asked for in one build. "
            "Build them apart: they never share a graph."
        )
