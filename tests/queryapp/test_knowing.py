"""The graph of a dataset as known on a day, and the commands that ask it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from ontology.prefixes import PREFIXES, expand
from queryapp.commands import query
from queryapp.config import Config
from queryapp.dataset import Dataset, current_version, open_version
from queryapp.knowing import View, as_known, view
from tests import overturned
from tests.smalldata import BASE, term, thing, write_small_dataset


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small record with readings that were overturned."""
    return write_small_dataset(tmp_path_factory.mktemp("knowing") / "dataset", add=overturned.quads())


@pytest.fixture(scope="module")
def dataset(folder: Path) -> Dataset:
    return open_version(current_version(folder), Config(dataset=folder))


def plain(made: View, subject: NamedNode, predicate: str) -> set[str]:
    return {
        quad.object.value.removeprefix(BASE)
        for quad in made.quads
        if quad.subject == subject
        and quad.predicate == term(predicate)
        and quad.graph_name == DefaultGraph()
        and isinstance(quad.object, (NamedNode, Literal))
    }


PLAIN = [
    # day         subject                           predicate                 plain triples
    ("2031-05-19", overturned.DUES,                 "pso:holdsStatusInTime",  set()),
    ("2031-05-20", overturned.DUES,                 "pso:holdsStatusInTime",  {"status/overturned/1"}),
    ("2032-06-01", overturned.DUES,                 "pso:holdsStatusInTime",  set()),
    ("2032-05-31", overturned.FEES,                 "pso:holdsStatusInTime",  set()),
    ("2032-06-01", overturned.FEES,                 "pso:holdsStatusInTime",  {"status/overturned/1"}),
    ("2032-05-31", overturned.DECISION,             "rc:concerns",            {"topic/candidate/harbour-dues"}),
    ("2032-06-01", overturned.DECISION,             "rc:concerns",            {"topic/harbour-fees"}),
    ("2032-06-01", overturned.DECISION,             "rc:takenAt",             {"meeting/cwg-harbour/7"}),
    ("2031-05-19", overturned.DECISION,             "rc:takenAt",             set()),
    ("2032-08-31", thing("document/cwg-harbour/9/2"), "rc:submittedBy",       {"state/XOS", "state/XNL"}),
    ("2032-09-01", thing("document/cwg-harbour/9/2"), "rc:submittedBy",       {"state/XOS"}),
    ("2032-08-14", thing("document/cwg-harbour/9/2"), "rc:submittedBy",       set()),
    ("2032-12-31", thing("consultation/cwg-harbour/2032-01"), "rc:launchedAt", set()),  # a plan is never plain
    ("2032-08-31", thing("state/XNL"),              "rdfs:label",             {"Norland"}),
]  # fmt: skip


@pytest.mark.parametrize(("day", "subject", "predicate", "expected"), PLAIN)
def test_the_default_graph_holds_what_was_asserted_by_then(
    dataset: Dataset, day: str, subject: NamedNode, predicate: str, expected: set[str]
) -> None:
    assert plain(as_known(dataset, day), subject, predicate) == expected


def test_no_assertion_of_the_view_was_unknown_or_has_an_end(dataset: Dataset) -> None:
    made = as_known(dataset, "2032-05-31")
    since = [
        q.object.value for q in made.quads if q.predicate == term("rc:knownSince") and isinstance(q.object, Literal)
    ]
    assert since
    assert max(since) <= "2032-05-31"
    assert not [quad for quad in made.quads if quad.predicate == term("rc:knownUntil")]


def test_every_assertion_is_in_the_view_or_counted(dataset: Dataset) -> None:
    kinds = {quad.subject for quad in _all(dataset) if quad.object == term("rc:Assertion")}
    for day in ("2027-01-01", "2031-12-31", "2033-01-01"):
        made = as_known(dataset, day)
        kept = {quad.subject for quad in made.quads if quad.object == term("rc:Assertion")}
        assert len(kinds) == len(kept) + made.later + made.undated + made.overturned


def _all(dataset: Dataset) -> list[Quad]:
    from pyoxigraph import RdfFormat, parse

    assert dataset.folder is not None
    return list(parse(path=str(dataset.folder / "graph.nq"), format=RdfFormat.N_QUADS))


def test_sentences_of_what_is_not_known_are_gone_and_the_vocabulary_stays(dataset: Dataset) -> None:
    made = as_known(dataset, "2031-12-31")
    later = {q.subject for q in _all(dataset) if q.graph_name == thing("graph/document/harbour-chair-report-2033")}
    assert later
    assert not [quad for quad in made.quads if quad.graph_name == thing("graph/document/harbour-chair-report-2033")]
    assert [q for q in made.quads if isinstance(q.subject, NamedNode) and q.subject.value.startswith(PREFIXES["rcs"])]


def test_a_bounded_day_counts_by_its_later_bound() -> None:
    node, graph = NamedNode(BASE + "assertion/1"), NamedNode(BASE + "graph/document/x")
    said: dict[str, NamedNode | Literal] = {
        "rdf:type": NamedNode(expand("rc:Assertion")), "rdf:subject": NamedNode(BASE + "topic/a"),
        "rdf:predicate": NamedNode(expand("rc:concerns")), "rdf:object": NamedNode(BASE + "topic/b"),
        "rc:modality": NamedNode(expand("rcs:modality/asserted")), "rc:basis": NamedNode(expand("rcs:basis/text")),
        "rc:knownSinceEarliest": Literal("2030-01-01"), "rc:knownSinceLatest": Literal("2031-01-01"),
    }  # fmt: skip
    quads = [Quad(node, NamedNode(expand(p)), o, graph) for p, o in said.items()]
    assert view(lambda: iter(quads), BASE, "2030-12-31").later == 1
    assert view(lambda: iter(quads), BASE, "2031-01-01").later == 0


CONCERNED = (
    "SELECT ?topic WHERE { ?decision a eli-dl:Decision ; rdfs:label 'requested a list of dues'@en . "
    "?decision rc:concerns ?topic }"
)
NAMED = (
    "SELECT ?topic WHERE { GRAPH ?g { ?a rdf:subject ?topic ; rdf:object <STATUS> . "
    "FILTER NOT EXISTS { ?a rc:knownUntil ?u } } }"
).replace("STATUS", overturned.STATUS.value)
ON = 'SELECT ?r WHERE { VALUES ?on { "2031-11-01"^^xsd:date } ?r eli:first_date_entry_in_force ?f FILTER (?f <= ?on) }'

ASKED = [
    # query      options                     topics or texts found
    (CONCERNED, [],                          {"harbour-fees"}),
    (CONCERNED, ["--known", "2031-06-01"],   {"harbour-dues"}),
    (CONCERNED, ["--known", "2032-06-01"],   {"harbour-fees"}),
    (CONCERNED, ["--known", "2031-05-19"],   set()),
    (NAMED,     ["--known", "2031-06-01"],   {"harbour-dues"}),
    (NAMED,     [],                          {"harbour-fees"}),
    (ON,        ["--on", "2027-12-31"],      {"2023", "2027"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "options", "expected"), ASKED)
def test_a_query_is_asked_as_known_on_a_day(folder: Path, text: str, options: list[str], expected: set[str]) -> None:
    run = CliRunner().invoke(query, [str(folder), text, "--format", "json", *options])
    assert run.exit_code == 0, run.output
    found = json.loads(run.stdout)["results"]["bindings"]
    assert {next(iter(row.values()))["value"].rpartition("/")[2] for row in found} == expected


def test_the_command_says_how_much_is_left_out(folder: Path) -> None:
    run = CliRunner().invoke(query, [str(folder), CONCERNED, "--known", "2032-06-01"])
    assert "as known on 2032-06-01; assertions left out:" in run.stderr
    assert "2 overturned by then" in run.stderr


WRONG = [
    (["--on", "2031-01-01", CONCERNED], 1, "has no place for the day. Write VALUES ?on"),
    (["--on", "yesterday", ON], 2, "write it as 2025-02-20"),
    (["--known", "2031-13-01", ON], 2, "write it as 2025-02-20"),
]


@pytest.mark.parametrize(("arguments", "status", "message"), WRONG)
def test_wrong_days_are_explained(folder: Path, arguments: list[str], status: int, message: str) -> None:
    run = CliRunner().invoke(query, [str(folder), *arguments])
    assert run.exit_code == status
    assert message in str(run.output) + str(getattr(run.exception, "message", ""))


def changed() -> list[Quad]:
    """The record of one change: a clause of the text of 2031 that the text of 2027 did not have."""
    graph, change = thing("graph/inferences"), thing("change/light")
    said = overturned.assertion(graph, thing("resolution/pp/61/2031"), "rc:clauseChange", change, "2031-10-24")
    described: dict[str, NamedNode | Literal] = {
        "rdf:type": term("rc:ClauseChange"), "rc:changeKind": term("rcs:clause-change/new"),
        "rc:laterClause": thing("resolution/pp/61/2031/clause/5"), "rc:modality": term("rcs:modality/asserted"),
    }  # fmt: skip
    return [*said, *(Quad(change, term(p), o, graph) for p, o in described.items())]


CHANGES = [
    # with a record of changes     kinds that question 9 answers with
    (True,                         {"new"}),
    (False,                        {"full text"}),
]  # fmt: skip


@pytest.mark.parametrize(("recorded", "expected"), CHANGES)
def test_question_9_reads_the_record_of_changes_or_falls_back(
    tmp_path: Path, recorded: bool, expected: set[str]
) -> None:
    folder = write_small_dataset(tmp_path / "dataset", add=tuple(changed()) if recorded else ())
    text = (Path(__file__).parents[2] / "ontology" / "questions" / "09-changes-between-revisions.rq").read_text("utf-8")
    text = text.replace("pp/102/2018", "pp/61/2027").replace("pp/102/2022", "pp/61/2031").replace("#+", "#")
    run = CliRunner().invoke(query, [str(folder), text, "--format", "json", "--known", "2033-01-01"])
    assert run.exit_code == 0, run.output
    assert {row["kind"]["value"] for row in json.loads(run.stdout)["results"]["bindings"]} == expected
