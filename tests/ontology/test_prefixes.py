"""Prefixed names: what expands, and what fails where it is written."""

import subprocess
import sys

import pytest

from ontology.prefixes import PREFIXES, UnknownNameError, expand

KNOWN = [
    ("rc:submittedBy", "https://w3id.org/recalling/ontology#submittedBy"),
    ("rcs:modality/planned", "https://w3id.org/recalling/scheme/modality/planned"),
    ("eli:is_member_of", "http://data.europa.eu/eli/ontology#is_member_of"),
    ("eli-dl:Decision", "http://data.europa.eu/eli/eli-draft-legislation-ontology#Decision"),
    ("schema:startDate", "https://schema.org/startDate"),
    ("rc:", "https://w3id.org/recalling/ontology#"),
    ("xsd:date", "http://www.w3.org/2001/XMLSchema#date"),
]
UNKNOWN = [
    ("rc:submitedBy", "no such term"),
    ("eli:is_memberof", "no such term"),
    ("recalling:submittedBy", "no such prefix"),
    ("submittedBy", "no such prefix"),
    ("https://schema.org/startDate", "no such prefix"),
]


@pytest.mark.parametrize(("curie", "iri"), KNOWN)
def test_expands(curie: str, iri: str) -> None:
    assert expand(curie) == iri


@pytest.mark.parametrize(("curie", "reason"), UNKNOWN)
def test_refuses_what_nobody_declared(curie: str, reason: str) -> None:
    with pytest.raises(UnknownNameError, match=reason):
        expand(curie)


def test_namespaces_are_distinct() -> None:
    assert len(set(PREFIXES.values())) == len(PREFIXES)


def test_does_not_import_rdflib() -> None:
    code = "import sys, ontology.prefixes; sys.exit('rdflib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
