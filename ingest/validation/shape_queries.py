"""Shapes compiled to queries: a SELECT of the focus nodes that break the shape, run over a whole graph at once.

SPARQL constraints keep the text that the shape holds; core constraints are put into words of SPARQL by the table
below. A shape that uses anything else is refused, so that no rule is ever skipped in silence. pySHACL is the
referee (`ingest.validation.referee`): tests hold both to the same results.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Store, Triple

from ingest.errors import IngestError
from ingest.model import Severity
from ontology.prefixes import expand

SEVERITIES: dict[str, Severity] = {
    expand("sh:Violation"): "violation",
    expand("sh:Warning"): "warning",
    expand("sh:Info"): "info",
}
TARGETS = {
    expand("sh:targetClass"): "?this a/<http://www.w3.org/2000/01/rdf-schema#subClassOf>* {} .",
    expand("sh:targetSubjectsOf"): "?this {} ?_of .",
    expand("sh:targetObjectsOf"): "?_of {} ?this .",
}
LEXICAL = {
    "integer": "^[+-]?[0-9]+$",
    "nonNegativeInteger": "^[+]?[0-9]+$|^-0+$",
    "boolean": "^(true|false|1|0)$",
    "date": "^-?[0-9]{4,}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])(Z|[+-][0-9]{2}:[0-9]{2})?$",
    "gYear": "^-?[0-9]{4,}(Z|[+-][0-9]{2}:[0-9]{2})?$",
    "gYearMonth": "^-?[0-9]{4,}-(0[1-9]|1[0-2])(Z|[+-][0-9]{2}:[0-9]{2})?$",
    "string": "",
}
"""What a literal of a datatype looks like. Regular expressions, for the engine keeps ill-typed literals."""

_VALUE = "?this {path} ?value ."


def _count(limit: int, *, most: bool) -> str:
    """At least one, at most none, at most one: all that the rules of a record need."""
    match most, limit:
        case False, 1:
            return "FILTER NOT EXISTS {{ ?this {path} ?value }}"
        case True, 0:
            return _VALUE
        case True, 1:
            return _VALUE + " ?this {path} ?other . FILTER (!sameTerm(?value, ?other))"
    raise IngestError(f"a count of {limit} cannot be checked; write the rule as a query")


def _datatype(term: str) -> str:
    name = term.rsplit("#", 1)[-1].rstrip(">")
    if name not in LEXICAL:
        raise IngestError(f"the datatype {name} cannot be checked; add its form to LEXICAL")
    form = f' && REGEX(STR(?value), "{LEXICAL[name]}")' if LEXICAL[name] else ""
    return _braced(f"FILTER (!(isLiteral(?value) && datatype(?value) = {term}{form}))")


def _kind(term: str) -> str:
    tests = {"IRI": "isIRI", "Literal": "isLiteral"}
    return f"{_VALUE} FILTER (!{tests[term.rsplit('#', 1)[-1].rstrip('>')]}(?value))"


def _braced(pattern: str) -> str:
    return f"{_VALUE} " + pattern.replace("{", "{{").replace("}", "}}")


CONSTRAINTS: dict[str, Callable[[str], str]] = {
    expand("sh:minCount"): lambda term: _count(_integer(term), most=False),
    expand("sh:maxCount"): lambda term: _count(_integer(term), most=True),
    expand("sh:datatype"): _datatype,
    expand("sh:nodeKind"): _kind,
    expand("sh:class"): lambda term: _braced(
        f"FILTER NOT EXISTS {{ ?value a/<http://www.w3.org/2000/01/rdf-schema#subClassOf>* {term} }}"
    ),
    expand("sh:pattern"): lambda term: _braced(f"FILTER (!REGEX(STR(?value), {term}))"),
    expand("sh:minLength"): lambda term: _braced(f"FILTER (STRLEN(STR(?value)) < {term})"),
    expand("sh:minInclusive"): lambda term: _braced(f"FILTER (!COALESCE(?value >= {term}, false))"),
    expand("sh:hasValue"): lambda term: f"FILTER NOT EXISTS {{{{ ?this {{path}} {term} }}}}",
    expand("sh:uniqueLang"): lambda _: (
        f"{_VALUE} ?this {{path}} ?other . "
        'FILTER (!sameTerm(?value, ?other) && lang(?value) != "" && lang(?value) = lang(?other))'
    ),
}
"""Core constraints: a pattern of ?this that breaks one, given its value; {path} stands for the property."""

SILENT = frozenset(
    expand(curie)
    for curie in ("rdf:type", "sh:name", "sh:message", "sh:severity", "sh:description", "sh:path", "sh:sparql",
                  "dcterms:source", "rdfs:label", "rdfs:isDefinedBy")
)  # fmt: skip
"""What a shape says besides its targets and constraints."""


def _integer(term: str) -> int:
    return int(term.split('"')[1])


@dataclass(frozen=True, slots=True)
class Rule:
    """One shape: its IRI, what people read when it is broken, and the query for what breaks it (?this)."""

    shape: str
    severity: Severity
    message: str
    query: str


APART = frozenset({"ontology.ttl", "whole.ttl"})
"""Shapes that are not put to a slice of the graph: for the ontology's own terms, and for all that a source writes."""


def shape_files(folder: Path) -> list[Path]:
    """The files of shapes for a document's graph with the register rows it needs."""
    return [path for path in sorted(folder.glob("*.ttl")) if path.name not in APART]


def load_rules(files: list[Path]) -> tuple[Rule, ...]:
    """Every shape of the files, in order of its IRI. Raises IngestError for a shape that cannot be compiled."""
    store = Store()
    for path in files:
        store.load(path=str(path), format=RdfFormat.TURTLE)
    return tuple(sorted(_rules(store), key=lambda rule: rule.shape))


def _rules(store: Store) -> Iterator[Rule]:
    for kind in ("sh:PropertyShape", "sh:NodeShape"):
        for quad in store.quads_for_pattern(None, NamedNode(expand("rdf:type")), NamedNode(expand(kind)), None):
            if isinstance(quad.subject, NamedNode):
                yield _rule(store, quad.subject)


def _rule(store: Store, shape: NamedNode) -> Rule:
    try:
        target = " UNION ".join(f"{{ {pattern} }}" for pattern in _targets(store, shape))
        if not target:
            raise IngestError("it has no target")  # noqa: TRY301  # named with its shape below
        query = _sparql(store, shape, target) or _core(store, shape, target)
    except (IngestError, KeyError) as error:
        raise IngestError(f"The shape {shape.value} cannot be checked: {error}.") from error
    severity = SEVERITIES[_one(store, shape, "sh:severity").value]
    return Rule(shape.value, severity, _one(store, shape, "sh:message").value, query)


def _targets(store: Store, shape: NamedNode) -> Iterator[str]:
    for predicate, pattern in TARGETS.items():
        for quad in store.quads_for_pattern(shape, NamedNode(predicate), None, None):
            yield pattern.format(quad.object)


def _core(store: Store, shape: NamedNode, target: str) -> str:
    path = _one(store, shape, "sh:path")
    broken = []
    for quad in store.quads_for_pattern(shape, None, None, None):
        predicate = quad.predicate.value
        if predicate in CONSTRAINTS:
            broken.append(CONSTRAINTS[predicate](str(quad.object)).format(path=path))
        elif predicate not in SILENT and predicate not in TARGETS:
            raise IngestError(f"{predicate} is not among the constraints that can be compiled")
    patterns = " UNION ".join(f"{{ {target} {pattern} }}" for pattern in sorted(broken))
    return f"SELECT DISTINCT ?this WHERE {{ {patterns} }}"


def _sparql(store: Store, shape: NamedNode, target: str) -> str | None:
    """The shape's own query, its target put in front of the pattern; None if it has none."""
    held = [quad.object for quad in store.quads_for_pattern(shape, NamedNode(expand("sh:sparql")), None, None)]
    if not held:
        return None
    if len(held) > 1 or not isinstance(held[0], NamedNode):
        raise IngestError("a shape has one query, with an address of its own")
    prefixes = "".join(_prefixes(store, held[0]))
    head, brace, pattern = _one(store, held[0], "sh:select").value.partition("{")
    distinct = head.replace("SELECT", "SELECT DISTINCT", 1)
    return f"{prefixes}{distinct}{brace} {target} {pattern}"


def _prefixes(store: Store, constraint: NamedNode) -> Iterator[str]:
    declaring = NamedNode(_one(store, constraint, "sh:prefixes").value)
    for quad in store.quads_for_pattern(declaring, NamedNode(expand("sh:declare")), None, None):
        prefix, namespace = (_one(store, quad.object, name).value for name in ("sh:prefix", "sh:namespace"))
        yield f"PREFIX {prefix}: <{namespace}>\n"


def _one(store: Store, subject: NamedNode | BlankNode | Literal | Triple, predicate: str) -> NamedNode | Literal:
    """The one value of a property. Raises IngestError if there is none or another."""
    if not isinstance(subject, NamedNode):
        raise IngestError(f"what has {predicate} needs an address of its own")
    quads = store.quads_for_pattern(subject, NamedNode(expand(predicate)), None, None)
    match [quad.object for quad in quads]:
        case [NamedNode() | Literal() as value]:
            return value
        case values:
            raise IngestError(f"it has {len(values)} values of {predicate}")
