"""Codes that people and programs write are terms of the code lists; examples and alignments are about our terms."""

import csv
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from ontology.prefixes import CLOSED, PREFIXES, RC_TERMS

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "ontology"
IN_SCHEME = PREFIXES["skos"] + "inScheme"
SCHEMES = {
    path.stem: {
        triple.subject.value.rsplit("/", 1)[-1]
        for triple in parse(path=str(path), format=RdfFormat.TURTLE)
        if isinstance(triple.subject, NamedNode) and triple.predicate.value == IN_SCHEME
    }
    for path in sorted((FOLDER / "schemes").glob("*.ttl"))
}
CURATED = {
    # table                   column     code list
    "bodies.csv":             ("kind",    "body-kind"),
    "officers.csv":           ("role",    "role"),
    "offices.csv":            ("role",    "role"),
    "consultations.csv":      ("mode",    "mode"),
    "stakeholder_groups.csv": ("concept", "stakeholder-group"),
}  # fmt: skip
RULES = {
    # file             path to the values            code list
    "clauses.toml":   (("role", "concept"),          "clause-role"),
    "outcomes.toml":  (("outcome", "status"),        "outcome"),
}  # fmt: skip
TABLES = [path for path in sorted((ROOT / "data" / "curated").rglob("*.csv")) if path.name in CURATED]
RULE_FILES = [ROOT / "data" / "curated" / "rules" / name for name in RULES]
FINDING = re.compile(r"""(?:\b(?:Finding|ReadError)\(\s*(?:code=)?|\bcode=)"([a-z][a-z-]+)\"""")


@pytest.mark.parametrize("path", TABLES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_codes_of_curated_tables(path: Path) -> None:
    column, scheme = CURATED[path.name]
    with path.open(encoding="utf-8", newline="") as table:
        used = {row[column] for row in csv.DictReader(table)} - {""}
    assert used <= SCHEMES[scheme]


def values(data: Any, path: tuple[str, ...]) -> Iterator[str]:
    if isinstance(data, list):
        for each in data:
            yield from values(each, path)
    elif not path:
        yield data
    elif path[0] in data:
        yield from values(data[path[0]], path[1:])


@pytest.mark.parametrize("path", RULE_FILES, ids=lambda path: path.name)
def test_codes_of_rules(path: Path) -> None:
    steps, scheme = RULES[path.name]
    used = set(values(tomllib.loads(path.read_text(encoding="utf-8")), steps))
    assert used
    assert used <= SCHEMES[scheme]


def test_codes_of_findings() -> None:
    sources = sorted((ROOT / "ingest").rglob("*.py"))
    used = {code for path in sources for code in FINDING.findall(path.read_text(encoding="utf-8"))}
    assert "encoding-guessed" in used
    assert used <= SCHEMES["finding-code"]


def test_every_class_has_an_example() -> None:
    shown = {
        triple.object.value
        for path in (FOLDER / "examples").glob("*.ttl")
        for triple in parse(path=str(path), format=RdfFormat.TURTLE)
        if triple.predicate.value == PREFIXES["rdf"] + "type" and isinstance(triple.object, NamedNode)
    }
    assert {PREFIXES["rc"] + name for name in RC_TERMS if name[0].isupper()} <= shown


def test_alignments_are_about_our_terms_and_lead_to_others() -> None:
    about = PREFIXES["rc"].removesuffix("#") + "/alignments"
    for triple in parse(path=str(FOLDER / "alignments.ttl"), format=RdfFormat.TURTLE):
        assert isinstance(triple.subject, NamedNode)
        if triple.subject.value == about:
            continue
        scheme, _, code = triple.subject.value.removeprefix(PREFIXES["rcs"]).partition("/")
        assert triple.subject.value.removeprefix(PREFIXES["rc"]) in RC_TERMS or code in SCHEMES.get(scheme, ())
        assert isinstance(triple.object, NamedNode)
        assert not triple.object.value.startswith((PREFIXES["rc"], PREFIXES["rcs"]))
        if triple.object.value.startswith(PREFIXES["undo"]):
            assert triple.object.value.removeprefix(PREFIXES["undo"]) in CLOSED["undo"]
