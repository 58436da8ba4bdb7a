"""The sample of an invented union, against tables written by hand from its papers: `tests/data/lighthouse/`.

All that has to do with time is in nine short papers: what became of each clause, how each citation stands, what was
in force and what was known on a day, what moved and who said so.
"""

from __future__ import annotations

import csv
import json
import shlex
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, QuerySolutions, Store

from ingest import resources
from ingest.build import Order, build
from ingest.cli import main
from ingest.dataset.checking import check_dataset
from ontology.prefixes import expand
from queryapp.config import Config
from queryapp.dataset import current_version, open_version
from queryapp.panels import Reader
from queryapp.queries import load
from queryapp.rows import iri, typed
from queryapp.trace import trace
from tests.asknown import Assertions

BASE = "https://example.org/lighthouse/id/"
SAMPLE = resources.folder("samples") / "lighthouse"
REGISTERS = (resources.folder("curated") / "common", SAMPLE / "registers")
ROOT = Path(__file__).parent.parent
TABLES = ROOT / "tests" / "data" / "lighthouse"
QUESTIONS = resources.ontology() / "questions"


def table(name: str) -> list[dict[str, str]]:
    with (TABLES / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def made(out: Path, known: str | None = None) -> Path:
    build(Order((SAMPLE,), out, REGISTERS, workers=1, base=BASE, known=known), lambda *_: None)
    return out


def typed_in(page: str) -> list[str]:
    """The words behind `recalling` in the line of a page that builds the sample."""
    lines = (ROOT / page).read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    (line,) = (line for line in lines if "recalling build data/samples/lighthouse" in line)
    return shlex.split(line)[1:]


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dataset, made as the two pages that tell of it say."""
    words = typed_in("README.md")
    assert words == typed_in("data/samples/README.md")
    out = tmp_path_factory.mktemp("lighthouse") / words[words.index("--out") + 1]
    words = [str(ROOT / word) if word.startswith("data/") else word for word in words]
    words[words.index("--out") + 1] = str(out)
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 0, done.output
    return out


def said(dataset: Path) -> Assertions:
    """What its quads say."""
    return Assertions((dataset / "current" / "graph.nq").read_text("utf-8").splitlines())


@pytest.fixture(scope="module")
def graph(dataset: Path) -> Assertions:
    return said(dataset)


def select(dataset: Path, name: str, **given: str) -> list[dict[str, str]]:
    """The rows of a competency question about things of the sample; on and known are days."""
    terms = {key: typed(value, "date") if key in ("on", "known") else iri(BASE + value) for key, value in given.items()}
    solutions = Store.read_only(str(current_version(dataset) / "store")).query(load(name, QUESTIONS).fill(terms))
    assert isinstance(solutions, QuerySolutions)
    names = [variable.value for variable in solutions.variables]
    return [
        {n: s[n].value.removeprefix(BASE) for n in names if isinstance(s[n], (NamedNode, Literal))} for s in solutions
    ]


# ---- citations ------------------------------------------------------------------------------------------------------


def concluded(graph: Assertions, predicate: str) -> dict[str, list[str]]:
    """What is held now about records, by the record: values of an inferred property, without base and scheme."""
    found: dict[str, list[str]] = {}
    for where, said in graph.assertions:
        subject, property_, value = said_by(said)
        if where == f"{BASE}graph/inferences" and property_ == expand(predicate) and not said[expand("rc:knownUntil")]:
            found.setdefault(subject, []).append(short(value))
    return found


def said_by(said: dict[str, list[str]]) -> tuple[str, str, str]:
    subject, predicate, value = (said[expand(f"rdf:{name}")][0] for name in ("subject", "predicate", "object"))
    return subject, predicate, value


def short(value: str) -> str:
    """An IRI or literal as the tables have it."""
    for start in (BASE, expand("rcs:verdict/"), expand("rcs:clause-change/")):
        value = value.removeprefix(start)
    return value.split('"')[1] if value.startswith('"') else value


def test_each_citation_stands_as_written_by_hand(graph: Assertions) -> None:
    verdicts, successors = concluded(graph, "rc:verdict"), concluded(graph, "rc:successor")
    found: Counter[tuple[str, str, str, str]] = Counter()
    for (_, record), said in graph.about.items():
        if expand("cito:Citation") in said[expand("rdf:type")]:
            (document,), (cites,) = said[expand("cito:hasCitingEntity")], said[expand("rc:asWritten")]
            (verdict,), (successor,) = verdicts[record], successors.get(record, [""])
            found[short(document).removeprefix("document/"), short(cites), verdict, successor] += 1
    rows = table("citations")
    assert found == {(r["document"], r["cites"], r["verdict"], r["successor"]): int(r["times"]) for r in rows}
    assert {row["verdict"] for row in rows} == {"current", "stale", "ahead", "cannot-tell"}


def test_a_row_learnt_later_changes_how_an_older_document_is_read(graph: Assertions) -> None:
    def verdicts(day: str) -> Counter[str]:
        citing = f"{BASE}citation/"
        held = (statement for statement in graph.known_on(day) if statement[2] == expand("rc:verdict"))
        return Counter(short(statement[3]) for statement in held if statement[1].startswith(citing))

    before, after = verdicts("2038-01-31"), verdicts("2038-02-01")
    assert after - before == {"stale": 3}
    assert before - after == {"cannot-tell": 3}


# ---- clauses --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def addresses(graph: Assertions) -> dict[str, str]:
    """The address that people read of each clause, below its revision."""
    return {
        clause: short(said[expand("rc:address")][0]).split("/", 4)[-1]
        for (_, clause), said in graph.about.items()
        if said[expand("rc:address")]
    }


CHANGE = [
    ("rc:earlierClause", " "), ("rc:laterClause", " "), ("rc:changeKind", " "), ("rc:wordsRemoved", "|"),
    ("rc:wordsAdded", "|"),
]  # fmt: skip
"""The properties of a change, in the order of the table's columns, and what stands between their values."""


@pytest.mark.parametrize("revision", ["2035", "2039"])
def test_what_became_of_each_clause(graph: Assertions, addresses: dict[str, str], revision: str) -> None:
    later = f"{BASE}resolution/assembly/12/{revision}"
    found = []
    for _, assertion in graph.assertions:
        subject, predicate, record = said_by(assertion)
        if (subject, predicate) == (later, expand("rc:clauseChange")):
            said = graph.about[f"{BASE}graph/inferences", record]
            found.append(tuple(
                joint.join(sorted(addresses.get(value, short(value)) for value in said[expand(property_)]))
                for property_, joint in CHANGE
            ))  # fmt: skip
    columns = ("earlier", "later", "kinds", "removed", "added")
    expected = [
        tuple(row[column] for column in columns) for row in table("clause-changes") if row["revision"] == revision
    ]
    assert sorted(found) == sorted(expected)


def test_the_tables_show_every_kind_of_change_in_both_steps() -> None:
    kinds = {"same", "edited", "renumbered", "moved", "split", "merged", "new", "dropped"}
    for revision in ("2035", "2039"):
        rows = [row for row in table("clause-changes") if row["revision"] == revision]
        assert {kind for row in rows for kind in row["kinds"].split()} == kinds


QUOTED = [
    # document               clause of the text of 2035      word for word
    ("lantern-group/7/12",  "instructs-keeper-general/3",    True),
    ("lantern-group/9/10",  "instructs-board/4",             False),
]  # fmt: skip


def test_a_quotation_is_tied_to_its_clause_with_how_alike_they_are(
    graph: Assertions, addresses: dict[str, str]
) -> None:
    quoted_in = {
        record: short(said[expand("rc:quotedIn")][0]).removeprefix("document/")
        for (_, record), said in graph.about.items()
        if said[expand("rc:quotedIn")]
    }
    found = []
    for _, assertion in graph.assertions:
        subject, predicate, clause = said_by(assertion)
        if predicate == expand("rc:excerptOf"):
            found.append((quoted_in[subject], addresses[clause], float(short(assertion[expand("rc:score")][0])) == 1))
    assert sorted(found) == QUOTED


# ---- in force, known ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "row", table("in-force"), ids=lambda row: " ".join((row["text"], row["on"], row["known"])).strip()
)
def test_the_text_in_force(dataset: Path, row: dict[str, str]) -> None:
    if row["known"]:
        found = select(dataset, "12-in-force-as-known", resolution=row["text"], on=row["on"], known=row["known"])
    else:
        found = select(dataset, "03-revision-in-force", resolution=row["text"], on=row["on"])
        assert found
    held = {(each["revision"], each["inForce"]) for each in found if each["inForce"] in ("yes", "cannot tell")}
    assert held == ({(f"{row['text']}/{row['revision']}", row["sure"])} if row["revision"] else set())


@pytest.mark.parametrize("day", ["2034-03-12", "2037-12-31", "2038-02-01", "2039-06-17"])
def test_what_was_known_on_a_day(graph: Assertions, day: str) -> None:
    known = {
        (short(subject), predicate, short(value)): how[0].rsplit("/", 1)[1].replace("asserted", "yes")
        for _, subject, predicate, value, *how in graph.known_on(day)
        if how
    }
    rows = table("known")
    spoken = [(row["subject"], row["predicate"], row["object"]) for row in rows]
    found = [known.get((subject, expand(predicate), value), "no") for subject, predicate, value in spoken]
    assert dict(zip(spoken, found, strict=True)) == dict(zip(spoken, (row[day] for row in rows), strict=True))


def dated() -> list[str]:
    """The days from which the papers are surely known, in order."""
    with (SAMPLE / "sources.csv").open(encoding="utf-8", newline="") as lines:
        return sorted({row["date"] or row["date_not_after"] for row in csv.DictReader(lines)})


@pytest.mark.parametrize("day", [*dated(), "2038-01-31", "2038-02-01"])
def test_what_is_known_of_a_day_is_what_a_dataset_of_that_day_says(graph: Assertions, tmp_path: Path, day: str) -> None:
    part = said(made(tmp_path, day)).known_on(day)
    assert part
    assert graph.known_on(day) == part


# ---- mandates, findings ---------------------------------------------------------------------------------------------


@cache
def traces() -> dict[tuple[str, str, str], set[tuple[str, str, str, str]]]:
    """The hops of each trace of the table: role, thing, tie, whether in force that day."""
    found: dict[tuple[str, str, str], set[tuple[str, str, str, str]]] = {}
    for row in table("trace"):
        hop = (row["role"], row["hop"], row["tie"], row["in force"])
        found.setdefault((row["thing"], row["on"], row["known"]), set()).add(hop)
    return found


@pytest.mark.parametrize(("thing", "on", "known"), traces())
def test_a_mandate_traced_as_of_a_day(dataset: Path, thing: str, on: str, known: str) -> None:
    opened = open_version(current_version(dataset), Config(dataset=dataset))
    told = trace(Reader(opened.store, opened.base), BASE + thing, on=on, known=known)
    expected = traces()[thing, on, known]
    found = {
        (role, card.iri.removeprefix(BASE), tie, card.force.split(":")[0])
        for role in {role for role, *_ in expected}
        for card in told.stages[role]
        for tie, _ in card.accounts
    }
    assert found == expected


MOVED = "modality of open consultation for the Lantern Group is laid down in"
FINDINGS = {
    # code: the words of its passages, white space folded
    "chronology": ["Board Resolution 71 (2032)", "Resolution 12 (Rev. Skarvik, 2035)"],
    "mandate-moved": [f"{MOVED} Board Decision 5 (Mod. 2036)", f"{MOVED} Board Resolution 84 (2038)"],
}


def test_what_a_person_should_look_at_is_found_and_nothing_else(dataset: Path) -> None:
    """The terms of reference moved too: a decision says so, and that is no finding."""
    version = current_version(dataset)
    texts = {path.name.split(".")[0]: path.read_text(encoding="utf-8") for path in (version / "texts").iterdir()}
    found = {}
    for line in (version / "findings.jsonl").read_text(encoding="utf-8").splitlines():
        finding = json.loads(line)
        assert finding["question"]
        if finding["severity"] == "info":  # stale citations, told once more: the table of citations has them
            continue
        found[finding["code"]] = [texts[file[:20]][start:end] for file, start, end in finding["passages"]]
    assert {code: [" ".join(words.split()) for words in said] for code, said in found.items()} == FINDINGS


def test_the_shapes_hold_for_all_of_it(dataset: Path) -> None:
    found = {finding.code for finding in check_dataset(dataset)}
    assert found >= FINDINGS.keys()
    assert "shape-violation" not in found


def test_who_stands_in_no_register_goes_by_the_name_in_the_text(dataset: Path) -> None:
    store = Store.read_only(str(current_version(dataset) / "store"))

    def plain(subject: NamedNode | None, predicate: str) -> Iterator[Quad]:
        return store.quads_for_pattern(subject, NamedNode(expand(predicate)), None, DefaultGraph())

    found = {
        short(str(quad.subject)[1:-1]): [str(label.object) for label in plain(quad.object, "rdfs:label")]
        for quad in plain(None, "rc:chairedBy")
        if isinstance(quad.object, NamedNode)
    }
    assert found == {
        "meeting/lantern-group/4": ['"Ida Thorne"@en'],
        "meeting/lantern-group/7": ['"Ida Thorne"@en'],
        "meeting/lantern-group/9": ['"Tomas Vell"@en'],
    }


def test_papers_are_few_and_short(dataset: Path) -> None:
    with (SAMPLE / "sources.csv").open(encoding="utf-8", newline="") as lines:
        files = [SAMPLE / row["file"] for row in csv.DictReader(lines)]
    assert sorted(files) == sorted(path for path in SAMPLE.iterdir() if path.is_file() and path.suffix != ".csv")
    texts = [path.read_text(encoding="utf-8") for path in (current_version(dataset) / "texts").glob("*.txt")]
    assert len(texts) == len(files) < 10
    assert all(20 < len(text.split()) < 1500 for text in texts)
