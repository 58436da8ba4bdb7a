"""What can be done with a dataset: judge it again, export it, ask what its registers lack."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import DefaultGraph, RdfFormat, Store, parse

from ingest.cli import main
from ingest.dataset.checking import check_dataset
from ingest.dataset.exporting import export_graph
from ingest.errors import IngestError
from ingest.validation.validate import Validator

FORMATS = [
    # name       format               all graphs?
    ("nquads", RdfFormat.N_QUADS, True),
    ("trig", RdfFormat.TRIG, True),
    ("jsonld", RdfFormat.JSON_LD, True),
    ("turtle", RdfFormat.TURTLE, False),
    ("ntriples", RdfFormat.N_TRIPLES, False),
]  # fmt: skip


@pytest.mark.parametrize(("name", "form", "whole"), FORMATS)
def test_an_export_holds_what_the_dataset_holds(name: str, form: RdfFormat, whole: bool, sample_dataset: Path) -> None:
    out = io.BytesIO()
    export_graph(sample_dataset, name, out)
    store = Store.read_only(str((sample_dataset / "current" / "store").resolve()))
    wanted = len(store) if whole else sum(1 for _ in store.quads_for_pattern(None, None, None, DefaultGraph()))
    assert len(set(parse(out.getvalue(), format=form))) == wanted


def test_mentions_are_exported_on_request(sample_dataset: Path) -> None:
    plain, full = io.BytesIO(), io.BytesIO()
    export_graph(sample_dataset, "nquads", plain)
    export_graph(sample_dataset, "nquads", full, mentions=True)
    assert full.getvalue().startswith(plain.getvalue())
    assert b"/graph/mentions/" in full.getvalue()
    with pytest.raises(IngestError, match="cannot hold"):
        export_graph(sample_dataset, "turtle", io.BytesIO(), mentions=True)


def test_a_folder_without_a_dataset_is_told(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["export", str(tmp_path)])
    assert (done.exit_code, "no dataset here" in done.output) == (1, True)


@pytest.mark.slow
def test_a_published_graph_conforms(sample_dataset: Path) -> None:
    found = check_dataset(sample_dataset)
    assert [each for each in found if each.severity == "violation"] == []
    assert "counts-do-not-add-up" in {each.code for each in found}


@pytest.mark.slow
def test_the_referee_agrees_on_a_document(sample_dataset: Path) -> None:
    """Plain pySHACL with all shapes finds what the compiled rules find; it takes minutes for a whole dataset."""
    from ingest import resources
    from ingest.validation.referee import referee
    from ingest.validation.shape_queries import shape_files

    graph = b"graph/restatement/cwg-internet-21-wsis20>"
    lines = (sample_dataset / "current" / "graph.nq").read_bytes().splitlines()
    validator = Validator.load()
    store = validator.store(b"\n".join(line for line in lines if graph in line))
    ours = {(breach.rule.shape, breach.focus) for breach in validator.breaches(store)}
    assert referee(store, shape_files(resources.folder("shapes"))) == ours
