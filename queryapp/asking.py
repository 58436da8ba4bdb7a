"""A query from the command line: asked within limits, printed as a table with labels or as the protocol has it."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from queryapp.choices import settle
from queryapp.config import Config
from queryapp.dataset import Dataset, current_version, open_endpoint, open_version
from queryapp.description import prefixes
from queryapp.errors import QueryError
from queryapp.foreign import Answer, BadQueryError, Job
from queryapp.guard import Bounds, Scan, completed, scan
from queryapp.knowing import as_known, store_of
from queryapp.nothing import culprits, truth
from queryapp.panels import RESTATED
from queryapp.queries import load, parse
from queryapp.rows import Rows, Term, best_label, iri, rows_from_json, typed
from queryapp.store import EmbeddedStore
from queryapp.workers import Workers

WIDEST = 60
"""Characters of a cell that a table shows."""

LABELS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Told:
    """What goes to standard output, and what is to be said beside it."""

    body: bytes
    notes: tuple[str, ...] = ()


def ask(config: Config, text: str, format_: str | None, *, on: str = "", known: str = "") -> Told:
    """The answer to a query's text. Raises QueryError with what to do.

    The project's prefixes are declared where the text lacks them. A question file, known by its front matter, is
    asked with the dataset's base, and with examples that the dataset has. on fills the query's VALUES ?on; known
    fills VALUES ?known, if there is one, and puts the graph as known on that day in place of today's.
    """
    rows = {"csv": "csv", "json": "json", "table": "json", None: "json"}.get(format_)
    graph = {"ttl": "ttl", "json": "jsonld", "table": "ttl", None: "ttl"}.get(format_)
    seen = _scanned(config, text)
    days = {name: typed(day, "date") for name, day in (("on", on), ("known", known)) if day}
    days = _taken(text, days)
    with _opened(config, known) as (dataset, left_out):
        text, notes = (
            _settled(dataset, text, days) if text.startswith("#+") else (parse("query", text).filled(days), ())
        )
        notes = (*left_out, *notes)
        notes = (RESTATED, *notes) if dataset.manifest.restated else notes
        text, added = completed(text, seen, prefixes(dataset))
        notes = (*notes, *(f"added {line}" for line in added))
        answer = _answer(dataset, Job(text, dataset.base, rows, graph), seen, above=len(added))
        body = _printed(dataset, answer, as_table=format_ in (None, "table"))
        return Told(body, (*notes, *_why_nothing(dataset, text, answer, above=len(added))))


def _taken(text: str, days: Mapping[str, Term]) -> dict[str, Term]:
    """The days that the query has a place for. Raises QueryError for --on where it has none."""
    has = {parameter.name for parameter in parse("query", text).parameters}
    if "on" in days and "on" not in has:
        raise QueryError(
            '--on: the query has no place for the day. Write VALUES ?on { "2025-02-20"^^xsd:date } into it, '
            "and compare dates with ?on."
        )
    return {name: day for name, day in days.items() if name in has}


def _scanned(config: Config, text: str) -> Scan:
    seen = scan(text, Bounds(bytes=config.limits.query_bytes, ascii_escapes=not config.endpoint))
    if seen.refusal:
        refusal = seen.refusal
        raise QueryError(
            f"Line {refusal.line}, column {refusal.column}: {refusal.message} {refusal.hint or ''}".strip()
        )
    return seen


def _settled(dataset: Dataset, text: str, days: Mapping[str, Term]) -> tuple[str, tuple[str, ...]]:
    """A question file as it stands on this dataset, and which of its examples are not in it."""
    question = parse("question", text)
    settled = settle(question, dataset.store, dataset.base, days, ask=_has_rows(dataset))
    notes = [
        f"{name}: the example has no answer in this dataset; asked about {value.value.removeprefix(dataset.base)}"
        for name, value in settled.replaced.items()
    ]
    return settled.text, tuple(notes)


def _has_rows(dataset: Dataset) -> Callable[[str, float], bool] | None:
    """Whether a query has a solution, asked within some seconds; None where an endpoint keeps its own time."""
    if dataset.build is None:
        return None

    def has_rows(asking: str, seconds: float) -> bool:
        return truth(dataset.foreign.answer(Job(asking, dataset.base, "json", None, seconds=seconds)))

    return has_rows


def _why_nothing(dataset: Dataset, text: str, answer: Answer, *, above: int) -> tuple[str, ...]:
    """Which single pattern keeps an answer without rows empty; above counts lines that we put on top."""
    if answer.kind != "rows" or answer.format not in ("json", "csv"):
        return ()
    is_empty = (
        not json.loads(answer.body)["results"]["bindings"] if answer.format == "json" else answer.body.count(b"\n") < 2
    )
    has_rows = _has_rows(dataset)
    if not is_empty or has_rows is None:
        return ()
    found = culprits(text, has_rows)
    return ("nothing matches", *(f"line {c.line - above}: without this there would be rows: {c.words}" for c in found))


@contextmanager
def _opened(config: Config, known: str) -> Iterator[tuple[Dataset, tuple[str, ...]]]:
    """The dataset to ask, and what is left out of it: with a day, its graph as known then, written out for workers."""
    if config.endpoint:
        dataset = open_endpoint(config)
    else:
        assert config.dataset is not None  # noqa: S101  # the command gives one or the other
        dataset = open_version(current_version(config.dataset), config)
    try:
        if not known:
            yield dataset, ()
            return
        view = as_known(dataset, known)
        words = f"{view.later} known later, {view.undated} undated, {view.overturned} overturned by then"
        with TemporaryDirectory(prefix="recalling-") as folder:
            store = store_of(view, Path(folder))
            workers = Workers(store, config.limits, count=config.workers)
            past = Dataset(dataset.folder, dataset.manifest, EmbeddedStore(store), workers)
            try:
                yield past, (f"as known on {known}; assertions left out: {words}",)
            finally:
                past.close()
    finally:
        dataset.close()


def _answer(dataset: Dataset, job: Job, seen: Scan, *, above: int) -> Answer:
    try:
        return dataset.foreign.answer(job)
    except BadQueryError as broken:
        for prefix, line, column in seen.undeclared:
            if prefix not in prefixes(dataset):
                raise QueryError(
                    f"Line {line}, column {column}: the prefix {prefix}: is not declared. "
                    f"Add a line PREFIX {prefix}: <…> at the top."
                ) from broken
        place = f"Line {broken.line - above}, column {broken.column}: " if broken.line else ""
        raise QueryError(f"{place}the query cannot be read: {broken.message.splitlines()[0][:300]}") from broken


def _printed(dataset: Dataset, answer: Answer, *, as_table: bool) -> bytes:
    if not as_table or answer.kind == "graph":
        return answer.body if answer.body.endswith(b"\n") else answer.body + b"\n"
    found = json.loads(answer.body)
    if answer.kind == "truth":
        return b"yes\n" if found["boolean"] else b"no\n"
    rows = rows_from_json(found)
    return table(rows, _labels(dataset, rows)).encode()


def _labels(dataset: Dataset, rows: Rows) -> dict[str, str]:
    """What things in the rows are called, as far as the dataset says."""
    things = sorted({term.value for row in rows for term in row.values() if term.is_iri})
    labels: dict[str, list[Term]] = {}
    for start in range(0, len(things), LABELS_AT_ONCE):
        asked = load("labels").fill(thing=[iri(thing) for thing in things[start : start + LABELS_AT_ONCE]])
        for row in dataset.store.select(asked):
            if "label" in row:
                labels.setdefault(row.words("thing"), []).append(row["label"])
    return {thing: best_label(found) or thing for thing, found in labels.items()}


def table(rows: Rows, labels: dict[str, str]) -> str:
    """Rows in columns, for a terminal: nothing in them can steer it, and long cells are cut with an ellipsis."""
    cells = [[_cell(row.get(name), labels) for name in rows.variables] for row in rows]
    widths = [
        max([width(name), *(width(line[at]) for line in cells)], default=0) for at, name in enumerate(rows.variables)
    ]
    lines = [list(rows.variables), ["-" * size for size in widths], *cells]
    shown = ["  ".join(_padded(cell, size) for cell, size in zip(line, widths, strict=True)) for line in lines]
    count = f"{len(rows)} row" + ("" if len(rows) == 1 else "s")
    return "".join(line.rstrip() + "\n" for line in (*shown, count))


def _cell(term: Term | None, labels: dict[str, str]) -> str:
    if term is None:
        return ""
    words = labels.get(term.value, term.value) if term.is_iri else term.value
    plain = "".join(" " if unicodedata.category(each) in ("Cc", "Cf", "Zl", "Zp") else each for each in words)
    return plain if width(plain) <= WIDEST else plain[: WIDEST - 1] + "…"


def width(words: str) -> int:
    """Columns that a text takes on a terminal: wide letters take two, marks that combine take none."""
    return sum(
        0 if unicodedata.combining(each) else 2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in words
    )


def _padded(cell: str, size: int) -> str:
    return cell + " " * (size - width(cell))
