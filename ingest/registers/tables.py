"""CSV registers to checked rows: every cell that is read can say its file and line."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from ingest.errors import IngestError
from ingest.registers import dates

T = TypeVar("T")

PROVENANCE = ("source", "verified", "unverified", "known_since", "derived_from")
"""Columns that every register has; see Row. unverified names the columns that "verified: yes" does not cover."""

LATER = "known_later"
"""A column that any register may have: cells that became known after the rest of their row."""


@dataclass(frozen=True, slots=True)
class Row:
    """Where a register's fact comes from.

    register is the file's stem, key the row's own name in it; name joins the two ("meetings/cwg-internet-18").
    source is the mark of the source, as `data/curated/README.md` explains it. known_since is an ISO day, or
    day/day where only bounds are known, or None. derived_from is the register id of the document that the fact
    was read in, so that the row is no second witness of it. place is "file, line n". later has the columns
    that were learnt after the rest of the row, each with its own known_since.
    """

    register: str
    key: str
    source: str
    verified: bool
    known_since: str | None
    derived_from: str | None
    place: str
    unverified: frozenset[str] = frozenset()
    later: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        """The row's name in the graph and in claims: register/key."""
        return f"{self.register}/{self.key}"

    def vouches(self, *columns: str) -> bool:
        """Whether the row is verified, these columns included."""
        return self.verified and self.unverified.isdisjoint(columns)

    def covering(self, column: str) -> Row:
        """The row itself, or the part of it for a column that was not verified, or was learnt later."""
        since = dict(self.later).get(column)
        if since is not None:
            key = f"{self.key}-{column.replace('_', '-')}"
            verified = self.verified and column not in self.unverified
            return replace(self, key=key, known_since=since, verified=verified, unverified=frozenset(), later=())
        return self.unverified_part if self.verified and column in self.unverified else self

    @property
    def parts(self) -> tuple[Row, ...]:
        """The parts of the row that are not as the rest: unverified, or learnt later."""
        later = tuple(self.covering(column) for column, _ in self.later)
        rest = self.unverified - {column for column, _ in self.later}
        return (*later, self.unverified_part) if self.verified and rest else later

    @property
    def unverified_part(self) -> Row:
        """A row for the columns of this one that nobody verified: what stands there says so wherever it is used."""
        return replace(self, key=f"{self.key}-unverified", verified=False, unverified=frozenset(), later=())


@dataclass(frozen=True, slots=True)
class Record:
    """One line of a CSV register before it becomes a thing."""

    path: Path
    line: int
    cells: Mapping[str, str]

    def error(self, problem: str) -> IngestError:
        """The error to raise about this line: file, line, problem and remedy."""
        return IngestError(f"{self.path}, line {self.line}: {problem}")

    def need(self, column: str) -> str:
        """The cell, which must not be empty."""
        text = self.cells[column]
        if not text:
            raise self.error(f"{column} is empty. Fill it in, or delete the line.")
        return text

    def maybe(self, column: str) -> str | None:
        """The cell, or None when it is empty or the column is missing."""
        return self.cells.get(column) or None

    def many(self, column: str) -> tuple[str, ...]:
        """The cell's parts between vertical bars."""
        return tuple(part.strip() for part in self.cells.get(column, "").split("|") if part.strip())

    def flag(self, column: str) -> bool:
        """Whether the cell says yes. Empty means no, except that verified must be said."""
        text = self.cells.get(column, "")
        if text not in ("yes", "no", "") or (not text and column == "verified"):
            raise self.error(f"{column} is {text!r}. Write yes or no.")
        return text == "yes"

    def choice(self, column: str, choices: Collection[str], default: str | None = None) -> str:
        """The cell, which must be one of the choices."""
        text = self.cells.get(column, "") or default or ""
        if text not in choices:
            raise self.error(f"{column} is {text!r}. Choose one of: {', '.join(sorted(choices))}.")
        return text

    def date(self, column: str) -> str | None:
        """The cell as a date of any precision, checked to exist in the calendar; None when empty."""
        text = self.maybe(column)
        return None if text is None else self.parse(column, dates.interval) and text

    def parse(self, column: str, reader: Callable[[str], T]) -> T:
        """The cell through a reader that raises ValueError for what it cannot read."""
        try:
            return reader(self.need(column))
        except ValueError as problem:
            raise self.error(f"{column}: {problem}.") from problem

    def row(self, key: str) -> Row:
        """The provenance of this line under its key."""
        unverified = self.many("unverified")
        strange = [column for column in unverified if column not in self.cells]
        if strange:
            raise self.error(f"unverified names {', '.join(strange)}, which is no column here.")
        return Row(
            self.path.stem,
            key,
            self.need("source"),
            self.flag("verified"),
            self.date("known_since"),
            self.maybe("derived_from"),
            f"{self.path}, line {self.line}",
            frozenset(unverified),
            tuple(self._later()),
        )

    def _later(self) -> Iterator[tuple[str, str]]:
        """The cells learnt later: "ended|replaced_by=2026-01-20; title=2019-05/2019-06"."""
        for part in filter(None, (each.strip() for each in self.cells.get(LATER, "").split(";"))):
            columns, equals, since = part.partition("=")
            names = [name.strip() for name in columns.split("|")]
            strange = [name for name in names if name not in self.cells]
            if not equals or strange:
                raise self.error(f"{LATER} is {part!r}. Write column|column=day, with columns that are here.")
            try:
                dates.interval(since.strip())
            except ValueError as problem:
                raise self.error(f"{LATER}: {problem}.") from problem
            yield from ((name, since.strip()) for name in names)


def read(path: Path, columns: Sequence[str]) -> Iterator[Record]:
    """The lines of a CSV register, checked for their columns. A file that does not exist has no lines.

    columns are all that the register may have beside PROVENANCE; a missing or unknown one raises IngestError.
    """
    if not path.is_file():
        return
    allowed = {*columns, *PROVENANCE, LATER}
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as problem:
        raise IngestError(f"{path}: not UTF-8 ({problem.reason}). Save it as UTF-8.") from problem
    reader = csv.reader(io.StringIO(text), strict=True)
    try:
        header = next(reader, [])
        _check_header(path, header, allowed)
        for cells in reader:
            if not any(cells):
                continue
            if len(cells) != len(header):
                raise IngestError(
                    f"{path}, line {reader.line_num}: {len(cells)} cells, but the header has {len(header)}. "
                    "Quote cells that hold a comma."
                )
            stripped = (cell.strip() for cell in cells)
            yield Record(path, reader.line_num, dict(zip(header, stripped, strict=True)))
    except csv.Error as problem:
        raise IngestError(f"{path}, line {reader.line_num}: {problem}. Check the quotation marks.") from problem


def _check_header(path: Path, header: Sequence[str], allowed: set[str]) -> None:
    missing, unknown = sorted(allowed - {LATER} - set(header)), sorted(set(header) - allowed)
    if missing or unknown or len(set(header)) != len(header):
        said = "; ".join(
            [f"missing {', '.join(missing)}"] * bool(missing) + [f"unknown {', '.join(unknown)}"] * bool(unknown)
        )
        raise IngestError(
            f"{path}, line 1: wrong columns ({said or 'one stands twice'}). "
            f"This register has: {', '.join(sorted(allowed))}."
        )
