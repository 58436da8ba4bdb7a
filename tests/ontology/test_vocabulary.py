"""Vocabulary, prefixed names and Turtle say the same, in both directions."""

import re
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, Triple, parse
from rdflib.namespace import DCTERMS, FOAF, ODRL2, ORG, PROV, QB, SH, SKOS, VOID, DefinedNamespace

import ontology.vocabulary as vocabulary
from ontology.prefixes import CLOSED, PREFIXES, RC_TERMS
from ontology.vocabulary import CC, CITO, DQV, ELI, ELIDL, OA, PSO, RC, TVC, UNDO

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "ontology"
OURS = {"rc": RC, "cc": CC, "cito": CITO, "dqv": DQV, "eli": ELI, "eli-dl": ELIDL, "oa": OA, "pso": PSO, "tvc": TVC,
        "undo": UNDO}  # fmt: skip
RDFLIB = {"dcterms": DCTERMS, "foaf": FOAF, "odrl": ODRL2, "org": ORG, "prov": PROV, "qb": QB, "sh": SH, "skos": SKOS,
          "void": VOID}  # fmt: skip
RDF_TYPE = NamedNode(PREFIXES["rdf"] + "type")
TERM_CLASSES = {NamedNode(PREFIXES["owl"] + name) for name in ("Class", "ObjectProperty", "DatatypeProperty")} | {
    NamedNode(PREFIXES["rdf"] + "Property")
}


def triples(*parts: str) -> list[Triple]:
    files = [path for part in parts for path in sorted(FOLDER.glob(part))]
    return [triple for path in files for triple in parse(path=str(path), format=RdfFormat.TURTLE)]


def declared(namespace: type[DefinedNamespace]) -> set[str]:
    return {name for name in namespace.__annotations__ if not name.startswith("_")}


def test_every_term_of_the_vocabulary_is_defined_in_turtle_and_the_reverse() -> None:
    defined = {t.subject.value for t in triples("*.ttl") if t.predicate == RDF_TYPE and t.object in TERM_CLASSES}  # type: ignore[union-attr]
    assert defined == {PREFIXES["rc"] + name for name in declared(RC)}
    assert declared(RC) == RC_TERMS


@pytest.mark.parametrize("prefix", OURS)
def test_vocabulary_and_prefixed_names_agree(prefix: str) -> None:
    assert declared(OURS[prefix]) == CLOSED[prefix]
    assert str(OURS[prefix]._NS) == PREFIXES[prefix]


def test_every_closed_vocabulary_has_a_class() -> None:
    assert set(CLOSED) == set(OURS)
    classes = {value for value in vars(vocabulary).values() if isinstance(value, type(DefinedNamespace))}
    assert classes - {DefinedNamespace} == set(OURS.values())


@pytest.mark.parametrize("prefix", RDFLIB)
def test_prefixes_are_those_of_rdflib(prefix: str) -> None:
    assert str(RDFLIB[prefix]._NS) == PREFIXES[prefix]


def test_a_misspelt_term_fails_where_it_is_written() -> None:
    with pytest.raises(AttributeError):
        _ = RC.submitedBy


def test_turtle_uses_only_known_terms_of_ours() -> None:
    for triple in triples("*.ttl", "schemes/*.ttl", "examples/*.ttl"):
        for term in (triple.subject, triple.predicate, triple.object):
            if isinstance(term, NamedNode) and term.value.startswith(PREFIXES["rc"]):
                assert term.value.removeprefix(PREFIXES["rc"]) in RC_TERMS


def test_every_part_is_imported_by_the_whole() -> None:
    imported = {t.object.value.rsplit("/", 1)[-1] for t in triples("recalling.ttl") if "imports" in t.predicate.value}  # type: ignore[union-attr]
    parts = {path.stem for path in FOLDER.glob("*.ttl")} - {"recalling", "alignments"}
    assert imported == parts


def _used(text: str) -> set[str]:
    return set(re.findall(r"\brc:([A-Za-z0-9]+)", text))


def test_the_page_by_example_uses_only_declared_terms() -> None:
    assert _used((FOLDER / "README.md").read_text(encoding="utf-8")) <= RC_TERMS


QUERIES = [*sorted((FOLDER / "questions").rglob("*.rq")), *sorted((ROOT / "queryapp" / "queries").rglob("*.rq"))]


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.name)
def test_a_query_uses_only_declared_terms(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert _used(text) <= RC_TERMS
    for prefix, iri in re.findall(r"(?im)^\s*PREFIX\s+([a-z-]+):\s*<([^>]+)>", text):
        assert PREFIXES.get(prefix, iri) == iri


CODES = {triple.subject.value for triple in triples("schemes/*.ttl")}  # type: ignore[union-attr]


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.name)
def test_a_query_uses_only_codes_of_the_lists(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    used = set(re.findall(r"https://w3id\.org/recalling/scheme/[a-z-]+/[a-z-]+", text))
    assert used <= CODES
