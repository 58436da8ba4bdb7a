"""Which facts a panel's query reads: the patterns "?thing property ?value" whose both ends its rows show.

The two clocks judge facts one by one, so they must know which columns of a row make a fact. Only patterns with a
plain property count; paths, classes and what belongs to the account of an assertion do not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ontology.prefixes import expand
from queryapp.guard import Token, tokens
from queryapp.queries import Question

ACCOUNT_OF = frozenset(
    expand(name)
    for name in (
        "rdf:subject", "rdf:predicate", "rdf:object", "rdf:type", "rdfs:label", "skos:prefLabel", "rc:basis",
        "rc:modality", "rc:evidence", "rc:registerRow", "rc:verified", "rc:premise", "rc:knownSince",
        "rc:knownSinceEarliest", "rc:knownSinceLatest", "rc:knownUntil", "rc:conflictsWith", "prov:wasGeneratedBy",
    )
)  # fmt: skip
"""Properties that say how something is known, or what it is, rather than state a fact with a date of its own."""

ABOUT = "thing"


@dataclass(frozen=True, slots=True)
class Pattern:
    """A fact that a row states: the columns of its ends, "thing" for what the panel is about, and its property.

    A property that is a column itself is written with its question mark ("?property").
    named: read from a named graph, so that a plan counts as well. required: without it there is no row.
    """

    subject: str
    property: str
    object: str
    named: bool
    required: bool


@dataclass(frozen=True, slots=True)
class _Group:
    """Brackets of a query: within a GRAPH, within an OPTIONAL, or of no interest (VALUES, NOT EXISTS, MINUS)."""

    named: bool = False
    optional: bool = False
    skipped: bool = False


OUTSIDE = _Group(skipped=True)
"""Before the first bracket and after the last: SELECT and ORDER BY list variables, but state nothing."""


def patterns(question: Question) -> tuple[Pattern, ...]:
    """The facts that a row of this question states, each once."""
    return _patterns(question.query, frozenset(name for name, _ in question.columns) | {ABOUT})


@cache
def _patterns(query: str, columns: frozenset[str]) -> tuple[Pattern, ...]:
    found = dict.fromkeys(_found(query))
    accounts = {each.subject for each in found if each.property == expand("rdf:predicate")}
    return tuple(
        each
        for each in found
        if {each.subject, each.object, *_column(each.property)} <= columns
        and each.subject not in accounts
        and each.property not in ACCOUNT_OF
    )


def _column(property_: str) -> set[str]:
    return {property_[1:]} if property_.startswith("?") else set()


def _found(query: str) -> Iterator[Pattern]:
    stack: list[_Group] = []
    statement: list[Token] = []
    words: list[str] = []
    depth = 0
    for token in tokens(query):
        if token.text in "()":
            depth += 1 if token.text == "(" else -1
        elif depth:
            continue
        elif token.text in ("{", "}", "."):
            yield from _statement(statement, stack[-1] if stack else OUTSIDE)
            if token.text == "{":
                stack.append(_opened(words, stack[-1] if stack else _Group()))
            elif token.text == "}" and stack:
                stack.pop()
            statement, words = [], []
        elif token.kind == "word" and token.text != "a":
            if words[-1:] != ["PREFIX"]:
                yield from _statement(statement, stack[-1] if stack else OUTSIDE)
                statement = []
            words.append(token.text.upper())
        else:
            statement.append(token)


def _opened(words: list[str], outer: _Group) -> _Group:
    return _Group(
        outer.named or "GRAPH" in words,
        outer.optional or "OPTIONAL" in words,
        outer.skipped or bool({"VALUES", "EXISTS", "MINUS"} & set(words)),
    )


def _statement(statement: list[Token], group: _Group) -> Iterator[Pattern]:
    """The patterns of "?thing property ?value ; property ?value"."""
    if group.skipped or len(statement) < 3 or statement[0].kind != "variable":
        return
    subject, parts = statement[0].text[1:], [[]]  # type: tuple[str, list[list[Token]]]
    for token in statement[1:]:
        if token.text == ";":
            parts.append([])
        else:
            parts[-1].append(token)
    for part in parts:
        if [token.kind for token in part] in (["prefixed", "variable"], ["variable", "variable"]):
            named = part[0].text if part[0].kind == "variable" else expand(part[0].text)
            yield Pattern(subject, named, part[1].text[1:], group.named, not group.optional)
