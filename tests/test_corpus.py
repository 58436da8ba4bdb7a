"""The real documents: what builds of them must hold, as keys and numbers, never as text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pyoxigraph import DefaultGraph, NamedNode, Store

from ingest import resources
from ingest.build import Order, build
from ingest.cli import main
from ontology.prefixes import expand

BASE = "https://w3id.org/recalling/id/"
pytestmark = [pytest.mark.corpus, pytest.mark.slow]


def recalling(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


def subjects(store: Store, predicate: str, said: str) -> set[str]:
    quads = store.quads_for_pattern(None, NamedNode(expand(predicate)), NamedNode(said), DefaultGraph())
    return {quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)}


def test_the_five_reports_are_read_with_their_register(corpus_dataset: Path) -> None:
    known = json.loads((corpus_dataset / "current" / "manifest.json").read_text())
    assert (known["counts"]["documents"], known["counts"]["documents kept out"]) == (5, 0)
    assert {each["document"].removeprefix(BASE) for each in known["inputs"]} >= {"document/cwg-internet/11/11"}


def test_without_the_register_documents_are_provisional(corpus: Path, tmp_path: Path) -> None:
    order = Order(
        (corpus / "cwg-internet",), tmp_path / "out", resources.register_folders(), use_source_registers=False
    )
    outcome = build(order, lambda *_: None)
    assert (outcome.counts["documents"], outcome.kept_out) == (5, ())
    inputs = json.loads((outcome.version / "manifest.json").read_text())["inputs"]
    assert all(each["document"].rsplit("/", 1)[1] == each["checksum"][:20] for each in inputs)


def test_the_trace_of_the_latest_round_reaches_its_clause(corpus_dataset: Path) -> None:
    done = recalling("trace", str(corpus_dataset), "consultation/cwg-internet/2025-02", "--format", "text")
    assert done.exit_code == 0
    assert "PP Resolution 102 (Rev. Bucharest, 2022), instructs ITU Council" in done.output
    assert "number unknown" in done.output
    assert "Council Resolution 1336 (Mod. 2019)" in done.output
    assert "Weakest" in done.output


@pytest.fixture(scope="module")
def whole(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All real documents together: the reports, the Final Acts in XML, the Word file."""
    outcome = build(
        Order((corpus,), tmp_path_factory.mktemp("whole") / "out", resources.register_folders()), lambda *_: None
    )
    assert outcome.kept_out == ()
    return outcome.version


def test_the_final_acts_hold_64_instruments_with_clauses(whole: Path) -> None:
    store = Store.read_only(str(whole / "store"))
    adopted = subjects(store, "rc:adoptedAt", f"{BASE}conference/pp/2018")
    with_clauses = {
        revision
        for revision in adopted
        for quad in store.quads_for_pattern(NamedNode(revision), NamedNode(expand("eli:has_part")), None)
        if "/clause/" in str(quad.object)
    }
    kinds = [address.removeprefix(BASE).split("/")[0] for address in with_clauses]
    assert (kinds.count("resolution"), kinds.count("decision"), kinds.count("recommendation")) == (61, 2, 1)


def test_every_defect_of_the_conversion_is_told(whole: Path) -> None:
    with (whole / "findings.jsonl").open(encoding="utf-8") as lines:
        codes = {json.loads(line)["code"] for line in lines}
    assert codes >= {"run-on-heading", "merged-provisions", "page-rule-in-text", "footnote-in-text", "title-cut"}


def test_no_shape_is_violated(whole: Path) -> None:
    with (whole / "findings.jsonl").open(encoding="utf-8") as lines:
        severities = [json.loads(line)["severity"] for line in lines]
    assert "violation" not in severities
