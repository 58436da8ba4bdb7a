"""An OPTIONAL that hangs on a variable which may be unbound joins every solution with every thing: no query has one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rdflib import Variable
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue

ROOT = Path(__file__).parents[2]
QUERIES = [
    *sorted((ROOT / "queryapp" / "queries").glob("*.rq")),
    *sorted((ROOT / "ontology" / "questions").glob("*.rq")),
]


def certain(part: CompValue) -> set[Variable]:
    """The variables that every solution of a pattern binds."""
    match part.name:
        case "BGP":
            return {term for triple in part.triples for term in triple if isinstance(term, Variable)}
        case "Join":
            return certain(part.p1) | certain(part.p2)
        case "LeftJoin" | "Minus":
            return certain(part.p1)
        case "Union":
            return certain(part.p1) & certain(part.p2)
        case "Graph":
            return certain(part.p) | ({part.term} if isinstance(part.term, Variable) else set())
        case "Extend":
            return certain(part.p) | ({part.var} if always(part.expr, certain(part.p)) else set())
        case "ToMultiSet" | "values":
            return every(part)
        case _ if "p" in part:
            return certain(part.p)
        case _:
            return set()


def always(expression: Any, bound: set[Variable]) -> bool:
    """Whether an expression has a value in every solution."""
    if isinstance(expression, Variable):
        return expression in bound
    if not isinstance(expression, CompValue):
        return True
    arguments = expression.arg if "arg" in expression else []
    if expression.name == "Builtin_COALESCE":
        return any(always(each, bound) for each in arguments)
    if expression.name == "Builtin_IF":
        return all(always(each, bound) for each in (expression.arg2, expression.arg3))
    return all(variable in bound for variable in every(expression))


def every(part: Any) -> set[Variable]:
    """All variables in a pattern or expression."""
    if isinstance(part, Variable):
        return {part}
    if isinstance(part, dict):
        return set().union(*(every(value) for key, value in part.items() if key != "_vars"), *(every(k) for k in part))
    if isinstance(part, list | tuple | set):
        return set().union(*map(every, part))
    return set()


def joins(part: Any) -> Iterator[CompValue]:
    """Every OPTIONAL, from the outside in."""
    if isinstance(part, CompValue) and part.name == "LeftJoin":
        yield part
    if isinstance(part, CompValue):
        for value in part.values():
            yield from joins(value)
    elif isinstance(part, list | tuple):
        for value in part:
            yield from joins(value)


def loose(query: str) -> list[str]:
    """The variables on which an OPTIONAL hangs though nothing binds them for certain."""
    found = []
    for join in joins(translateQuery(parseQuery(query)).algebra):
        shared = every(join.p1) & every(join.p2)
        if shared and not shared & certain(join.p1):
            found.append(" ".join(sorted(f"?{name}" for name in shared)))
    return found


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_every_optional_hangs_on_something_bound(path: Path) -> None:
    assert loose(path.read_text(encoding="utf-8")) == []


LOOSE = [
    ("SELECT * WHERE { ?s ?p ?o OPTIONAL { ?o ?q ?r } }", []),
    ("SELECT * WHERE { ?s ?p ?o OPTIONAL { ?s ?q ?m } OPTIONAL { ?m ?r ?n } }", ["?m"]),
    ("SELECT * WHERE { ?s ?p ?o OPTIONAL { ?s ?q ?m OPTIONAL { ?m ?r ?n } } }", []),
    ("SELECT * WHERE { ?s ?p ?o OPTIONAL { ?s ?q ?m } BIND (COALESCE(?m, ?s) AS ?x) OPTIONAL { ?x ?r ?n } }", []),
    ("SELECT * WHERE { { ?s ?p ?o } UNION { ?s ?q ?m } OPTIONAL { ?m ?r ?n } }", ["?m"]),
]


@pytest.mark.parametrize(("query", "found"), LOOSE)
def test_loose_ones_are_seen(query: str, found: list[str]) -> None:
    assert loose(query) == found
