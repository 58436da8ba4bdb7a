"""From a request to a worker: the scan, the client's budget, and what went wrong in words."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from flask import request

from queryapp import foreign, guard
from queryapp.budget import SpentError
from queryapp.description import prefixes
from queryapp.problems import Problem
from queryapp.site import dataset, site

STATUS: Mapping[type[foreign.ForeignError], int] = {
    foreign.BadQueryError: 400,
    foreign.TooLargeError: 400,
    foreign.UnacceptableError: 406,
    foreign.EngineError: 502,
    foreign.TooLongError: 503,
    foreign.DiedError: 503,
    foreign.BusyError: 503,
}
REFUSAL_STATUS = {"forbidden": 403, "too-long": 413, "too-much": 400, "broken": 400}
RETRY_SECONDS = {foreign.BusyError: 3, foreign.TooLongError: 60, foreign.DiedError: 60}


def scanned(text: str) -> guard.Scan:
    """The scan of a query that may go on. Raises Problem for one that may not."""
    found = site()
    bounds = guard.Bounds(bytes=found.config.limits.query_bytes, ascii_escapes=not found.config.endpoint)
    seen = guard.scan(text, bounds)
    if seen.refusal:
        refusal = seen.refusal
        more = {"line": refusal.line, "column": refusal.column}
        raise Problem(REFUSAL_STATUS[refusal.kind], refusal.message, hint=refusal.hint, more=more)
    return seen


def asked(job: foreign.Job, seen: guard.Scan) -> foreign.Answer:
    """The whole answer, counted to the client. Raises Problem where there is none."""
    try:
        with counted():
            return dataset().foreign.answer(job)
    except foreign.BadQueryError as broken:
        raise explained(broken, seen) from broken
    except foreign.ForeignError as failed:
        kind = type(failed)
        headers = {"Retry-After": str(RETRY_SECONDS[kind])} if kind in RETRY_SECONDS else {}
        raise Problem(STATUS[kind], failed.message, headers=headers) from failed


@contextmanager
def counted() -> Iterator[None]:
    """Count the time of the block to the client. Raises Problem 429 before it begins if nothing is left."""
    try:
        with site().budget.spend(request.remote_addr):
            yield
    except SpentError as spent:
        wait = str(max(1, math.ceil(spent.seconds)))
        raise Problem(
            429, f"The query time of your address is spent. Try again in {wait} s.", headers={"Retry-After": wait}
        ) from spent


def explained(broken: foreign.BadQueryError, seen: guard.Scan) -> Problem:
    """A syntax error with its place, and the repair where one is known."""
    if seen.undeclared:
        prefix, line, column = seen.undeclared[0]
        lines = guard.declare(tuple(prefix for prefix, _, _ in seen.undeclared), prefixes(dataset()))
        more: dict[str, object] = {"line": line, "column": column}
        if lines:
            more["insert"] = lines + "\n"
        hint = f"Add at the top: {lines}" if lines else f"Add a line PREFIX {prefix}: <…> at the top."
        return Problem(
            400, f"Line {line}, column {column}: the prefix {prefix}: is not declared.", hint=hint, more=more
        )
    place = f"Line {broken.line}, column {broken.column}: " if broken.line else "The query cannot be read: "
    more = {"line": broken.line, "column": broken.column} if broken.line else {}
    return Problem(400, place + readable(broken.message), hint=_hint(broken.message, seen), more=more)


SAID = {
    "IRI parsing failed": "this is no IRI.",
    "Prefix not found": "the prefix is not declared.",
    "The SELECT contains a variable that is unbound": "a selected variable is neither grouped by nor aggregated.",
}
"""What the engine says, and how we put it."""


def readable(message: str) -> str:
    """The engine's message without its character tables: what was expected, in at most a line."""
    for said, ours in SAID.items():
        if said in message:
            return ours
    if message.startswith(("The ", "Blank node", "Variable", "Aggregate")):
        return message.split("\n", 1)[0][:300]
    expected = re.findall(r'"([^"]{1,12})"|\b([A-Z]{2,12})\b(?![\'\w])', message)
    words = [first or second for first, second in expected if (first or second) not in ("SERVICE", "LATERAL")]
    if 0 < len(words) < 7:
        return f"the query cannot go on like this; one of these was expected: {'  '.join(words)}"
    return "the query cannot go on like this."


def _hint(message: str, seen: guard.Scan) -> str:
    if not seen.form:
        return "A query has one of SELECT, ASK, CONSTRUCT or DESCRIBE, after its PREFIX lines."
    if "unbound" in message:
        return "Put it into GROUP BY, or into COUNT, SAMPLE or another aggregate."
    return "Look just before this place: a missing dot, bracket or quotation mark shows up after where it belongs."
