"""Graph and shapes to findings. Also a command: python -m ingest.validation.validate ontology shapes.

The shapes are compiled to queries once (`shape_queries`) and asked of one document's graph together with
the register rows it needs, so that the cost grows with what changed and not with the graph.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import click
from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QuerySolutions,
    RdfFormat,
    Store,
    parse,
    serialize,
)

from ingest import resources
from ingest.errors import IngestError
from ingest.model import Finding, Severity, Span
from ingest.validation.shape_queries import Rule, load_rules, shape_files
from ontology.prefixes import PREFIXES, RC_TERMS, expand

CODE = "shape-violation"
UNDECLARED = "undeclared-term"
"""What stands for the shape where the graph uses a term of ours that the ontology does not declare."""

SHOWN_PER_RULE = 20
"""Findings for one rule and one document; a rule broken a thousand times is one fault, not a thousand."""

ORDER: dict[Severity, int] = {"violation": 0, "warning": 1, "info": 2}
NAMES = tuple(NamedNode(expand(curie)) for curie in ("rdfs:label", "skos:prefLabel", "foaf:name"))
_TERM = re.compile(re.escape(f"<{PREFIXES['rc']}".encode()) + rb"([^>\s]*)>")


@dataclass(frozen=True, slots=True)
class Breach:
    """One focus node that breaks one rule."""

    rule: Rule
    focus: str


class Validator:
    """The rules for data, compiled once; many graphs may be put to them.

    rules hold of any slice of the graph; whole are those that hold only of all that a source writes by itself, or
    of the whole graph. context is what the rules need to know besides.
    """

    def __init__(self, rules: Sequence[Rule], context: Iterable[Quad] = (), whole: Sequence[Rule] = ()) -> None:
        self.rules = tuple(rules)
        self.context = tuple(context)
        self.whole = tuple(whole)

    @classmethod
    def load(cls, shapes: Path | None = None) -> Validator:
        """The rules of a folder, that of the installation if none is given, with the terms of the code lists."""
        folder = shapes or resources.folder("shapes")
        whole = load_rules([folder / "whole.ttl", folder / "prefixes.ttl"])
        return cls(load_rules(shape_files(folder)), code_lists(), whole)

    def store(self, quads: bytes) -> Store:
        """The triples of N-Quads (or N-Triples), whatever their graph, with what the rules need to know."""
        store = Store()
        store.bulk_extend(
            Quad(quad.subject, quad.predicate, quad.object, DefaultGraph())
            for quad in parse(input=quads, format=RdfFormat.N_QUADS)
        )
        store.extend(self.context)
        return store

    def breaches(self, store: Store) -> list[Breach]:
        """Every pair of rule and focus node that breaks it."""
        return [Breach(rule, focus) for rule in self.rules for focus in _broken(store, rule)]

    def validate(self, quads: bytes, needed: bytes | None = None) -> tuple[Finding, ...]:
        """The findings of one document's graph: the gravest first.

        quads is what the document writes, and needed the register rows to be seen with it. Where the two cannot be
        told apart, they come together in quads, needed is None, and the rules for the whole are not asked: a plain
        triple that a register states would look like a plan of the document put as a deed.
        """
        together = quads if needed is None else quads + b"\n" + needed
        store = self.store(together)
        found = [*undeclared(store, together), *self.breaches(store)]
        if needed is not None:
            found.extend(self.breaches_of_whole(self.store(quads)))
        return _ordered(store, found)

    def validate_whole(self, store: Store) -> tuple[Finding, ...]:
        """The findings of the rules that hold of a whole graph, given with its triples in the default graph."""
        return _ordered(store, self.breaches_of_whole(store))

    def breaches_of_whole(self, store: Store) -> list[Breach]:
        """What breaks the rules that hold of all that a source writes by itself, or of the whole graph."""
        return [Breach(rule, focus) for rule in self.whole for focus in _broken(store, rule)]


def _ordered(store: Store, found: Iterable[Breach]) -> tuple[Finding, ...]:
    key = {breach: (ORDER[breach.rule.severity], breach.rule.shape, breach.focus) for breach in found}
    return tuple(_findings(store, sorted(key, key=key.__getitem__)))


def _broken(store: Store, rule: Rule) -> Iterator[str]:
    seen = set()
    solutions = store.query(rule.query)
    assert isinstance(solutions, QuerySolutions)  # noqa: S101  # rules are SELECT queries
    for solution in solutions:
        focus = solution["this"]
        if focus not in seen:
            seen.add(focus)
            yield focus.value


def undeclared(store: Store, quads: bytes) -> Iterator[Breach]:
    """Terms of our namespace that the graph uses and the ontology does not declare."""
    names = {match.decode() for match in _TERM.findall(quads)} - RC_TERMS - {""}
    for name in sorted(names):
        term = NamedNode(PREFIXES["rc"] + name)
        places = (
            store.quads_for_pattern(term, None, None, None),
            store.quads_for_pattern(None, term, None, None),
            store.quads_for_pattern(None, None, term, None),
        )
        if any(next(place, None) for place in places):
            message = "The graph uses only words that the ontology declares. Declare this one, or correct its spelling."
            yield Breach(Rule(UNDECLARED, "violation", message, ""), term.value)


@cache
def code_lists(folder: Path | None = None) -> tuple[Quad, ...]:
    """Which term belongs to which code list."""
    in_scheme = NamedNode(expand("skos:inScheme"))
    return tuple(
        Quad(triple.subject, triple.predicate, triple.object, DefaultGraph())
        for path in sorted(((folder or resources.ontology()) / "schemes").glob("*.ttl"))
        for triple in parse(path=str(path), format=RdfFormat.TURTLE)
        if triple.predicate == in_scheme
    )


def _findings(store: Store, breaches: Sequence[Breach]) -> Iterator[Finding]:
    totals: dict[str, int] = {}
    for breach in breaches:
        totals[breach.rule.shape] = totals.get(breach.rule.shape, 0) + 1
    shown: dict[str, int] = {}
    for breach in breaches:
        rule = breach.rule
        shown[rule.shape] = place = shown.get(rule.shape, 0) + 1
        if place > SHOWN_PER_RULE:
            continue
        rest = totals[rule.shape] - place
        more = f" The same holds of {rest} more." if place == SHOWN_PER_RULE and rest else ""
        yield Finding(
            CODE, rule.severity, f"{name(store, breach.focus)}: {rule.message}{more}",
            passages=_passages(store, breach.focus),
        )  # fmt: skip


def name(store: Store, focus: str) -> str:
    """What people read for a node: its English name, else that of what it is about, else its path."""
    labels = [
        quad.object
        for predicate in NAMES
        for quad in store.quads_for_pattern(NamedNode(focus), predicate, None, None)
        if isinstance(quad.object, Literal)
    ]
    if labels:
        return min(labels, key=lambda label: (label.language != "en", label.value)).value
    for subject in _values(store, NamedNode(focus), "rdf:subject"):
        if subject.value != focus:
            return f"A fact about {name(store, subject.value)}"
    return focus.partition("/id/")[2] or re.split("[/#]", focus)[-1]


def _passages(store: Store, focus: str) -> tuple[tuple[str, Span], ...]:
    """The evidence of a node: (checksum of the file, else the short one of its address; stretch)."""
    node = NamedNode(focus)
    words = [node, *_values(store, node, "rc:evidence")]
    targets = [target for each in words for target in _values(store, each, "oa:hasTarget")]
    return tuple(sorted({passage for target in targets for passage in _stretches(store, target)}))


def _stretches(store: Store, target: NamedNode | Literal) -> Iterator[tuple[str, Span]]:
    for file in _values(store, target, "oa:hasSource"):
        checksum = next((c.value for c in _values(store, file, "rc:checksum")), file.value.rsplit("/", 1)[-1])
        for selector in _values(store, target, "oa:hasSelector"):
            for start in _values(store, selector, "oa:start"):
                for end in _values(store, selector, "oa:end"):
                    if start.value.isdigit() and end.value.isdigit():
                        yield checksum, Span(int(start.value), int(end.value))


def _values(store: Store, subject: NamedNode | Literal, predicate: str) -> list[NamedNode | Literal]:
    if not isinstance(subject, NamedNode):
        return []
    quads = store.quads_for_pattern(subject, NamedNode(expand(predicate)), None, None)
    return [quad.object for quad in quads if isinstance(quad.object, NamedNode | Literal)]


def check_turtle(folders: Iterable[Path]) -> tuple[Finding, ...]:
    """What is wrong with the Turtle of the ontology and the shapes, folders and all below them.

    Every file parses and has no blank nodes; the terms, code lists and shapes keep the rules of
    `shapes/ontology.ttl`; the shapes compile; the examples of the ontology break no rule for data.
    """
    found: list[Finding] = []
    whole = Store()
    examples: list[tuple[Path, bytes]] = []
    for path in sorted(path for folder in folders for path in folder.rglob("*.ttl")):
        try:
            triples = list(parse(path=str(path), format=RdfFormat.TURTLE))
        except SyntaxError as error:
            found.append(Finding(CODE, "violation", f"{path}: {error}. Correct the file."))
            continue
        if any(isinstance(term, BlankNode) for triple in triples for term in (triple.subject, triple.object)):
            found.append(Finding(CODE, "violation", f"{path}: a node has no address. Give it one."))
        if path.parent.name == "examples":
            examples.append((path, serialize(triples, format=RdfFormat.N_TRIPLES) or b""))
        else:
            whole.extend(Quad(t.subject, t.predicate, t.object, DefaultGraph()) for t in triples)
    return (*found, *_check_terms(whole), *_check_examples(examples))


def _check_terms(whole: Store) -> Iterator[Finding]:
    shapes = resources.folder("shapes")
    rules = load_rules([shapes / "ontology.ttl", shapes / "prefixes.ttl"])
    yield from _findings(whole, Validator(rules).breaches(whole))


def _check_examples(examples: Iterable[tuple[Path, bytes]]) -> Iterator[Finding]:
    """Examples of the ontology; those of the shapes are near misses, which a test holds to what they break."""
    validator = Validator.load()
    for path, data in examples:
        if path.parent.parent.name == "ontology":
            for each in validator.validate(data):
                yield Finding(each.code, each.severity, f"{path}: {each.message}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Check folders of Turtle, print what is wrong, and return the exit status: 0 conforming, 1 findings."""
    folders = [Path(argument) for argument in (sys.argv[1:] if arguments is None else arguments)]
    missing = [str(folder) for folder in folders if not folder.is_dir()]
    if missing or not folders:
        click.echo(f"Error: no such folder: {', '.join(missing) or '(none given)'}. "
                   "Example: python -m ingest.validation.validate ontology shapes", err=True)  # fmt: skip
        return 2
    try:
        found = check_turtle(folders)
    except IngestError as error:
        click.echo(f"Error: {error.message}", err=True)
        return 1
    for finding in found:
        click.echo(f"{finding.severity}: {finding.message}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
