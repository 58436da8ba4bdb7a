"""Lists of documents set as tables: a row gives number, title and from whom, under heads that say so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from ingest.claims.located import Page
from ingest.discourse.scope import Placed
from ingest.rulebook import rules
from ingest.text import CleanBlock

_LEAST_COLUMNS, _MOST_COLUMNS = 2, 8


@dataclass(frozen=True, slots=True)
class Row:
    """A document of the list; title and by are stretches of the cleaned copy, None where the row has no such cell."""

    number: Placed
    title: tuple[int, int] | None
    by: tuple[int, int] | None


@cache
def _columns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, re.compile(regex, re.IGNORECASE)) for name, regex in rules("contributions")["columns"].items())


def rows(page: Page) -> Iterator[Row]:
    """The rows of all tables whose heads begin with a column of numbers. A row with an empty cell is left out."""
    for table in _tables(page):
        heads = _heads(page, table)
        if not heads or heads[0] != "symbol" or not {"title", "by"} & set(heads):
            continue
        for cells in _cut(page, table[len(heads) :]):
            number = _number(page, cells[0])
            if number is not None and len(cells) == len(heads):
                told = {name: (cell.content, cell.end) for name, cell in zip(heads, cells, strict=True) if name}
                yield Row(number, told.get("title"), told.get("by"))


def _tables(page: Page) -> Iterator[list[CleanBlock]]:
    cells: list[CleanBlock] = []
    for order in page.order:
        block = page.blocks[order]
        if block.kind == "cell":
            cells.append(block)
        elif cells:
            yield cells
            cells = []
    if cells:
        yield cells


def _heads(page: Page, table: Sequence[CleanBlock]) -> list[str]:
    """What each column holds: the cells before the first that is a number of a document; "" for other columns."""
    first = next((at for at, cell in enumerate(table) if _number(page, cell) is not None), 0)
    if not _LEAST_COLUMNS <= first <= _MOST_COLUMNS:
        return []
    words = [page.text[cell.content : cell.end].strip() for cell in table[:first]]
    return [next((name for name, form in _columns() if form.fullmatch(each)), "") for each in words]


def _cut(page: Page, cells: Sequence[CleanBlock]) -> Iterator[list[CleanBlock]]:
    """The rows, each from a cell that is a number of a document to the next."""
    row: list[CleanBlock] = []
    for cell in cells:
        if _number(page, cell) is not None and row:
            yield row
            row = []
        row.append(cell)
    if row:
        yield row


def _number(page: Page, cell: CleanBlock) -> Placed | None:
    """The document whose number is all that a cell holds."""
    found = page.between(cell.start, cell.end, "document-number")
    whole = len(found) == 1 and (found[0].start, found[0].end) == (cell.content, cell.end)
    return found[0] if whole and found[0].entity is not None else None
