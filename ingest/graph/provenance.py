"""Which code, rules and inputs made a graph: no clock times, so that the same input gives the same graph."""

from __future__ import annotations

import hashlib
import importlib.metadata
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from ingest import resources
from ingest.dataset.results import Result
from ingest.graph.iris import digest
from ingest.graph.triples import Graph, iri, literal
from ingest.model import Entity, Value
from ontology.prefixes import PREFIXES, expand

VOCABULARIES = ("rc", "eli", "eli-dl", "cito", "oa", "prov", "org", "pso", "qb", "skos", "schema", "dcterms", "foaf")


def version() -> str:
    """The version of the installed code, or of the checkout's metadata."""
    try:
        return importlib.metadata.version("recalling")
    except importlib.metadata.PackageNotFoundError:
        return "0+checkout"


def _files_digest(places: Iterable[tuple[Path, str]]) -> str:
    total = hashlib.sha256()
    for folder, pattern in places:
        for path in sorted(folder.rglob(pattern)):
            if path.is_file() and "__pycache__" not in path.parts and "resources" not in path.parts:
                total.update(path.relative_to(folder).as_posix().encode())
                total.update(path.read_bytes())
    return total.hexdigest()[:16]


@cache
def code_digest() -> str:
    """What the readers and rules are: a change to any of them makes every kept result stale."""
    package = Path(__file__).parent.parent
    return _files_digest([(package, "*.py"), (package, "*.toml")])


@cache
def rules_digest() -> str:
    """What the curated rules, shapes and ontology are."""
    return _files_digest(
        [
            (resources.folder("curated") / "rules", "*"),
            (resources.folder("shapes"), "*.ttl"),
            (resources.ontology(), "*.ttl"),
        ]
    )


@cache
def definitions() -> Mapping[str, str]:
    """What the named rules do: their own words where the rule files have them, else an example of their form."""
    found = {
        "register": "A row of a register that people keep, with the mark of its source.",
        "in-force-after-closing": "A revision counts from the day after the closing of the event that adopted it: "
        "an assumption, for no source read states the rule.",
        "file-as-read": "The document was read from this file.",
    }
    for path in sorted((resources.folder("curated") / "rules").glob("*.toml")):
        for table in tomllib.loads(path.read_text(encoding="utf-8")).values():
            for row in table if isinstance(table, list) else ():
                if isinstance(row, dict) and "name" in row:
                    found.setdefault(row["name"], row.get("definition") or _example(row))
    return found


def _example(row: Mapping[str, Any]) -> str:
    examples = row.get("examples") or []
    first = examples[0] if examples else ""
    words = first[0] if isinstance(first, list) and first else first
    return f"A form of words, as in: {words}" if isinstance(words, str) and words else ""


def versions(register_digest: str) -> dict[str, str]:
    """The versions that a manifest names and a build's identity rests on."""
    return {
        "recalling": version(),
        "code": code_digest(),
        "rules": rules_digest(),
        "registers": register_digest[:16],
        "pyoxigraph": importlib.metadata.version("pyoxigraph"),
    }


def build_key(inputs: Iterable[str], versions: Mapping[str, str], base: str) -> str:
    """A build's identity: the hash of its inputs, versions and base."""
    return digest((*sorted(inputs), *(f"{name}={value}" for name, value in sorted(versions.items())), base))


def describe_build(
    graph: Graph, build: str, results: Sequence[Result], rules: Mapping[str, str], versions: Mapping[str, str]
) -> None:
    """The dataset, its build, its rules and the code as agent, into the default graph."""
    dataset, activity = graph.term(Entity("dataset", ("recalling",))), graph.term(Entity("build", (build,)))
    agent = graph.term(Entity("agent", ("recalling", versions["recalling"])))

    def plain(subject: str, predicate: str, value: str) -> None:
        graph.add(subject, predicate, value, named=False, plain=True)

    for curie in ("dcat:Dataset", "void:Dataset"):
        plain(dataset, "rdf:type", iri(expand(curie)))
    plain(dataset, "rdfs:label", literal(Value("Recalling dataset", language="en")))
    plain(dataset, "prov:wasGeneratedBy", activity)
    for prefix in VOCABULARIES:
        plain(dataset, "void:vocabulary", iri(PREFIXES[prefix]))
    plain(activity, "rdf:type", iri(expand("prov:Activity")))
    plain(activity, "rdfs:label", literal(Value(f"Build {build}", language="en")))
    plain(activity, "prov:wasAssociatedWith", agent)
    for result in results:
        plain(activity, "prov:used", graph.term(Entity("file", (result.file,))))
    plain(agent, "rdf:type", iri(expand("prov:SoftwareAgent")))
    plain(agent, "rdfs:label", literal(Value(f"Recalling {versions['recalling']}", language="en")))
    for name, meaning in sorted(rules.items()):
        rule = graph.term(Entity("rule", (name,)))
        for curie in ("prov:Activity", "rc:Rule"):
            plain(rule, "rdf:type", iri(expand(curie)))
        plain(rule, "rdfs:label", literal(Value(name.replace("-", " "), language="en")))
        if meaning:
            plain(rule, "skos:definition", literal(Value(meaning, language="en")))
        plain(rule, "prov:wasAssociatedWith", agent)
