"""A query from the command line: asked within limits, printed as a table with labels or as the protocol has it."""

from __future__ import annotations

import json
import unicodedata

from queryapp.config import Config
from queryapp.dataset import Dataset, current_version, open_endpoint, open_version
from queryapp.errors import QueryError
from queryapp.foreign import Answer, BadQueryError, Job
from queryapp.guard import Bounds, Scan, declare, scan
from queryapp.queries import load
from queryapp.rows import Rows, Term, best_label, iri, rows_from_json

WIDEST = 60
"""Characters of a cell that a table shows."""

LABELS_AT_ONCE = 500


def ask(config: Config, text: str, format_: str | None) -> bytes:
    """The answer as it goes to standard output. Raises QueryError with what to do."""
    rows = {"csv": "csv", "json": "json", "table": "json", None: "json"}.get(format_)
    graph = {"ttl": "ttl", "json": "jsonld", "table": "ttl", None: "ttl"}.get(format_)
    seen = scan(text, Bounds(bytes=config.limits.query_bytes, ascii_escapes=not config.endpoint))
    if seen.refusal:
        refusal = seen.refusal
        raise QueryError(
            f"Line {refusal.line}, column {refusal.column}: {refusal.message} {refusal.hint or ''}".strip()
        )
    dataset = _open(config)
    try:
        answer = _answer(dataset, Job(text, dataset.base, rows, graph), seen)
        return _printed(dataset, answer, as_table=format_ in (None, "table"))
    finally:
        dataset.close()


def _open(config: Config) -> Dataset:
    if config.endpoint:
        return open_endpoint(config)
    assert config.dataset is not None  # noqa: S101  # the command gives one or the other
    return open_version(current_version(config.dataset), config)


def _answer(dataset: Dataset, job: Job, seen: Scan) -> Answer:
    try:
        return dataset.foreign.answer(job)
    except BadQueryError as broken:
        missing = tuple(prefix for prefix, _, _ in seen.undeclared)
        lines = declare(missing)
        if missing:
            message = f"The prefix {missing[0]}: is not declared." + (f" Add at the top:\n{lines}" if lines else "")
            raise QueryError(message) from broken
        place = f"Line {broken.line}, column {broken.column}: " if broken.line else ""
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
