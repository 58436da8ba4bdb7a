"""Draw clauses at random from a reading, to be judged by hand: python -m tests.drawclauses --seed 2026 PATH...

Each is printed with its words, so that a person can hold it against the document. With --csv a sheet is written that
has a line for each and no word of the text: the columns of judgement are filled in with yes or no. --census prints
what looks odd in the whole reading instead: numbers that leap or come twice, long clauses, clauses with several verbs.
"""

from __future__ import annotations

import csv
import random
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from ingest import finders, readers, register, resolve, resources, text
from ingest.context import Document
from ingest.errors import IngestError
from ingest.metadata import identify
from ingest.model import Source
from ingest.provisions.heads import inner_verbs
from ingest.provisions.instruments import Clause, Instrument, instruments
from ingest.provisions.numerals import Numeral, follows, numeral
from ingest.register import Register
from ingest.sources import gather

JUDGED = ("role ok", "addressee ok", "number ok", "extent ok", "parent ok")
LONG = 1500
"""Characters; beyond, a clause has probably swallowed another."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A clause with the document and the instrument that it stands in."""

    document: Document
    instrument: Instrument
    clause: Clause

    @property
    def label(self) -> str:
        """The instrument as its key has it, or where it begins."""
        entity = self.instrument.entity
        return " ".join(entity.key) if entity else f"{self.document.source.path.name}, block {self.instrument.first}"

    @property
    def words(self) -> str:
        """The clause's words, each run of white space as one space."""
        return " ".join(self.document.clean.text[self.clause.start : self.clause.end].split())

    @property
    def page(self) -> int | None:
        """The page that the clause begins on, where the format has pages."""
        return next((b.page for b in self.document.clean.blocks if b.order == self.clause.block), None)

    def lines(self) -> Iterator[str]:
        """What a person needs to judge it."""
        clause = self.clause
        yield f"{self.label}, clause {clause.position}" + (f", page {self.page}" if self.page else "")
        said = (
            clause.head.role,
            clause.head.addressee,
            clause.number,
            f"in {clause.parent}" if clause.parent else None,
        )
        yield f"  {' | '.join(each or '-' for each in said)}"
        yield f"  {self.words}"


def read(path: Path, known: Register) -> Document:
    """A file as the rules see it; without a register of documents."""
    source = Source(path)
    reading = readers.read(path)
    clean = text.clean(reading)
    metadata = identify(source, reading, clean, known)
    bare = Document(source, reading, clean, metadata, known)
    return Document(source, reading, clean, metadata, known, resolve.resolve(finders.find_all(clean, known), bare))


def every(documents: Iterable[Document]) -> list[Drawn]:
    """All clauses in order."""
    return [Drawn(d, found, clause) for d in documents for found in instruments(d) for clause in found.clauses]


def odd(found: list[Drawn]) -> Iterator[tuple[str, Drawn]]:
    """What looks odd and may be a defect of the source or of the reading, by kind."""
    last: dict[tuple[object, ...], Drawn] = {}
    series: dict[tuple[object, ...], Numeral | None] = {}
    for each in found:
        clause = each.clause
        place = (id(each.document), each.instrument.first, id(clause.head), clause.parent)
        before = last.get(place)
        then = series.get(place)
        now = series[place] = numeral(clause.number, [then] if then else [])
        if before and before.clause.number and not clause.number:
            yield "number missing", each
        if now and then and now.values and then.style == now.style and not _next(then.values, now.values):
            yield "number repeated" if now.values == then.values else "number leaps", each
        if now and before is None and now.values and now.values[-1] != 1:
            yield "series begins late", each
        if before and now and then and now.style != then.style and not follows(then, now):
            yield "series changes", each
        if len(each.words) > LONG:
            yield "very long", each
        if inner_verbs(each.words):
            yield "another verb inside", each
        if len(each.words) < 12 or not re.search(r"[.,;:]$|\b(?:and|or)$", each.words):
            yield "open end", each
        last[place] = each


def _next(then: tuple[int, ...], now: tuple[int, ...]) -> bool:
    return now[:-1] == then[:-1] and now[-1] == then[-1] + 1


def _sheet(path: Path, drawn: list[Drawn]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("instrument", "position", *JUDGED))
        writer.writerows((each.label, each.clause.position, *("" for _ in JUDGED)) for each in drawn)


@click.command()
@click.option("--seed", type=int, default=2026, show_default=True, help="What the draw begins with.")
@click.option("--count", type=int, default=60, show_default=True, help="How many clauses to draw.")
@click.option("--csv", "sheet", type=click.Path(path_type=Path), help="Where to write a sheet to judge.")
@click.option("--census", is_flag=True, help="Print what looks odd in all clauses instead.")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
def main(seed: int, count: int, sheet: Path | None, census: bool, paths: tuple[Path, ...]) -> None:
    """Draw clauses of the documents in PATHS at random and print them."""
    known = register.load(resources.register_folders())
    try:
        found = every(read(source.path, known) for source in gather(paths, use_registers=False))
    except IngestError as error:
        raise click.ClickException(str(error)) from error
    if census:
        anomalies = list(odd(found))
        for kind, each in anomalies:
            click.echo("\n".join((kind, *each.lines())))
        click.echo(
            f"{len(found)} clauses: " + ", ".join(f"{k} {n}" for k, n in Counter(k for k, _ in anomalies).items())
        )
        return
    drawn = random.Random(seed).sample(found, min(count, len(found)))  # noqa: S311 - a draw that can be repeated
    for each in drawn:
        click.echo("\n".join(each.lines()))
    click.echo(f"{len(drawn)} of {len(found)} clauses, seed {seed}", file=sys.stderr)
    if sheet is not None:
        _sheet(sheet, drawn)


if __name__ == "__main__":
    main()
