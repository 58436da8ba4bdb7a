"""The comparison of revisions against pairs followed by hand and pairs made by a program: no figure below its floor.

`python -m tests.lineagemeasure` prints the figures; what the gold means stands in `gold/lineage/README.md`.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.lineage import Change, Provision, compare
from tests import lineagemeasure
from tests.gold.lineage import real
from tests.gold.lineage.generator import edges, generated, pair
from tests.gold.lineage.pairs import FLAGS, FOLDER, MAIN_KINDS, Edge, Pair, flags, paths, read, words
from tests.lineagemeasure import Comparison, Measured, measure

SETS = ("dev", "heldout", "generated")
FLOORS: dict[str, dict[str, float]] = tomllib.loads((FOLDER / "floors.toml").read_text(encoding="utf-8"))
SCHEME = FOLDER.parents[2] / "ontology" / "schemes" / "clause-role.ttl"
FILES = [*paths("dev"), *paths("heldout")]
SHAPES = {  # main kind: how many earlier and later clauses it joins, -1 for two or more
    "same": (1, 1), "edited": (1, 1), "split": (1, -1), "merged": (-1, 1), "new": (0, 1), "dropped": (1, 0),
}  # fmt: skip


def of_file(name: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(name, FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")


# --- the gold is whole ----------------------------------------------------------------------------------------------


def test_the_held_out_pairs_are_those_that_were_summed() -> None:
    lines = (FOLDER / "heldout" / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    summed = {name: digest for digest, name in (line.split() for line in lines)}
    assert summed == {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths("heldout")}


def test_the_sets_are_large_enough_and_apart() -> None:
    names = [path.stem for path in FILES]
    assert len(paths("dev")) >= 24
    assert len(paths("heldout")) >= 12
    assert len(set(names)) == len(names)
    assert sum(read(path).language == "fr" for path in FILES) >= 4


@pytest.mark.parametrize("name", ["dev", "heldout"])
def test_every_kind_of_change_is_measured(name: str) -> None:
    seen = Counter(kind for path in paths(name) for edge in read(path).edges for kind in edge.kinds)
    assert set(seen) == {*MAIN_KINDS, *FLAGS}
    assert min(seen.values()) >= 4


@of_file("path")
def test_clauses_are_well_formed(path: Path) -> None:
    roles = set(re.findall(r'skos:notation "([^"]+)"', SCHEME.read_text(encoding="utf-8")))
    gold = json.loads(path.read_text(encoding="utf-8"))
    for side in ("earlier", "later"):
        assert 6 <= len(gold[side]) <= 30
        for clause in gold[side]:
            assert set(clause) == {"role", "addressee", "number", "words"}
            assert clause["role"] in roles
            assert clause["number"] is None or clause["number"].strip() == clause["number"] != ""
            assert 5 <= len(clause["words"].split()) <= 120


def ill_formed(given: Pair) -> list[str]:
    """What is wrong with the edges of a pair, in words."""
    wrong = []
    for side, clauses in (("earlier", given.earlier), ("later", given.later)):
        used = Counter(position for edge in given.edges for position in getattr(edge, side))
        if used != Counter(range(1, len(clauses) + 1)):
            wrong.append(f"{side}: not every clause stands in exactly one edge")
    for edge in given.edges:
        sides = [given.earlier[n - 1] for n in edge.earlier], [given.later[n - 1] for n in edge.later]
        wrong.extend(f"{edge.kinds} {edge.ends}: {what}" for what in inconsistent(edge, *sides))
    return wrong


def inconsistent(edge: Edge, earlier: Sequence[Provision], later: Sequence[Provision]) -> list[str]:
    """The rules that an edge breaks: its size, its words against its kind, its flags."""
    told = []
    if edge.kinds[0] not in MAIN_KINDS or any(kind in MAIN_KINDS for kind in edge.kinds[1:]):
        return ["one main kind comes first"]
    sizes = zip(SHAPES[edge.main], (len(earlier), len(later)), strict=True)
    if not all(size >= 2 if wanted < 0 else size == wanted for wanted, size in sizes):
        told.append("joins too many or too few clauses")
    elif edge.main in ("same", "edited"):
        alike = words(earlier[0].words) == words(later[0].words)
        if alike != (edge.main == "same"):
            told.append("the words are alike" if alike else "the words are not alike")
    if edge.kinds[1:] != flags(earlier, later):
        told.append(f"the flags should be {flags(earlier, later)}")
    for runs, clauses in ((edge.removed, earlier), (edge.added, later)):
        if any(run not in clause.words for run in runs or () for clause in clauses):
            told.append("a run said to differ is not in the clause")
    return told


@of_file("path")
def test_edges_are_well_formed(path: Path) -> None:
    assert ill_formed(read(path)) == []


def test_generated_edges_are_well_formed() -> None:
    assert [wrong for made in generated() for wrong in ill_formed(made)] == []


BROKEN = [
    # change of the first edge of a pair            what is said of it
    ({"kinds": ("renumbered",)},                    "one main kind comes first"),
    ({"kinds": ("same", "edited")},                 "one main kind comes first"),
    ({"kinds": ("split",)},                         "joins too many or too few clauses"),
    ({"kinds": ("same",)},                          "the words are not alike"),
    ({"kinds": ("edited", "moved")},                "the flags should be ()"),
    ({"removed": ("never said",)},                  "a run said to differ is not in the clause"),
    ({"later": (2,)},                               "not every clause stands in exactly one edge"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "message"), BROKEN, ids=lambda value: str(value))
def test_ill_formed_edges_are_seen(change: dict[str, tuple[str, ...]], message: str) -> None:
    whole = read(FOLDER / "dev" / "lantern-keepers.json")
    assert whole.edges[0].kinds == ("edited",)
    broken = replace(whole, edges=(replace(whole.edges[0], **change), *whole.edges[1:]))  # type: ignore[arg-type]
    assert any(message in wrong for wrong in ill_formed(broken))


# --- the measure measures -------------------------------------------------------------------------------------------


def answering(given: Pair, told: Sequence[Edge]) -> Comparison:
    """A comparison that gives one answer."""
    changes = [Change(edge.kinds, edge.earlier, edge.later, 1.0, edge.removed or (), edge.added or ()) for edge in told]
    return lambda earlier, later: changes if (earlier, later) == (given.earlier, given.later) else []


def figures(told: Measured) -> dict[str, float]:
    return {name: round(score.f1, 3) for name, score in told.figures.items()}


@pytest.fixture
def small() -> Pair:
    """Three clauses that became three: one edited, one the same with a new number, one dropped and one new."""
    sides = [
        tuple(Provision(n, "resolves", None, str(n), text) for n, text in enumerate(texts, 1))
        for texts in (
            ("to mend four nets", "to sell the old boat", "to thank the reeve"),
            ("to mend six nets", "to buy a lantern", "to thank the reeve"),
        )
    ]
    told = (
        Edge(("edited",), (1,), (1,), ("four",), ("six",)),
        Edge(("dropped",), (2,), ()),
        Edge(("new",), (), (2,)),
        Edge(("same",), (3,), (3,)),
    )
    return Pair("small", "en", sides[0], sides[1], told)


ANSWERS = [
    # what is answered for an edge of the gold        edge   strict link   words
    ({},                                              (1.0,  1.0,   1.0,   1.0)),
    ({0: ("same",)},                                  (0.75, 0.75,  1.0,   1.0)),
    ({3: ("same", "renumbered")},                     (1.0,  0.75,  1.0,   1.0)),
    ({3: None},                                       (0.857, 0.857, 0.667, 1.0)),
    ({0: None, 1: None, 2: None, 3: None},            (0.0,  0.0,   0.0,   1.0)),
]  # fmt: skip


@pytest.mark.parametrize(("answers", "expected"), ANSWERS)
def test_figures_fall_with_what_is_wrong(
    small: Pair, answers: dict[int, tuple[str, ...] | None], expected: tuple[float, ...]
) -> None:
    told = []
    for index, edge in enumerate(small.edges):
        kinds = answers.get(index, edge.kinds)
        told += [replace(edge, kinds=kinds)] if kinds else []
    assert tuple(figures(measure([small], answering(small, told))).values()) == expected


def test_words_of_both_sides_cancel(small: Pair) -> None:
    wider = replace(small.edges[0], removed=("mend four nets",), added=("mend six nets",))
    assert figures(measure([small], answering(small, (wider, *small.edges[1:]))))["words"] == 1.0


def test_words_that_did_not_change_count_as_false(small: Pair) -> None:
    wrong = replace(small.edges[0], removed=("four nets",), added=("six",))
    score = measure([small], answering(small, (wrong, *small.edges[1:]))).figures["words"]
    assert (score.right, score.false, score.missed) == (2, 1, 0)


def test_held_out_misses_are_never_printed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, small: Pair
) -> None:
    told = measure([small], answering(small, ()))
    assert told.misses
    monkeypatch.setattr(lineagemeasure, "measure", lambda pairs: told)
    assert lineagemeasure.main(["heldout", "--misses"]) == 0
    assert "missed edited" not in capsys.readouterr().out
    assert lineagemeasure.main(["dev", "--misses"]) == 0
    assert "missed edited" in capsys.readouterr().out


def test_an_unknown_set_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert lineagemeasure.main(["test"]) == 2
    assert "'test'" in capsys.readouterr().err


# --- the program that makes pairs -----------------------------------------------------------------------------------


def test_a_seed_makes_one_pair() -> None:
    assert pair(12) == pair(12)
    assert pair(12).later != pair(13).later


def test_generated_pairs_have_every_kind_of_change() -> None:
    made = generated()
    seen = Counter(kind for one in made for edge in one.edges for kind in edge.kinds)
    assert len(made) == 200
    assert set(seen) == {*MAIN_KINDS, *FLAGS}
    assert min(seen.values()) >= 40


def test_edges_of_nothing_made_are_dropped(small: Pair) -> None:
    assert [edge.kinds for edge in edges(small.earlier, (), ())] == [("dropped",)] * 3


# --- the floors -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def measured() -> dict[str, Measured]:
    return {name: measure(lineagemeasure.pairs_of(name)) for name in SETS}


@pytest.mark.parametrize(
    ("name", "figure", "floor"),
    [(name, figure, floor) for name in SETS for figure, floor in FLOORS[name].items()],
)
def test_no_figure_is_below_its_floor(measured: dict[str, Measured], name: str, figure: str, floor: float) -> None:
    assert measured[name].figures[figure].f1 >= floor


@pytest.mark.corpus
@pytest.mark.slow
def test_real_resolutions_changed_by_a_program_stay_above_the_floors(corpus: Path) -> None:
    made = list(real.pairs(corpus / "pp18" / real.CORPUS.name, each=1))
    assert len(made) > 50
    assert [wrong for one in made for wrong in ill_formed(one)] == []
    told = measure(made)
    assert [name for name, floor in FLOORS["real"].items() if told.figures[name].f1 < floor] == []


def test_every_set_has_a_floor_for_its_edges() -> None:
    assert set(FLOORS) == {*SETS, "real"}
    assert min(floors["edge"] for floors in FLOORS.values()) >= 0.95


@pytest.mark.parametrize("name", SETS)
def test_every_clause_stands_in_a_change(name: str) -> None:
    """A comparison may err on what became of a clause, but must not lose it or use it twice."""
    for given in lineagemeasure.pairs_of(name):
        changes = compare(given.earlier, given.later)
        for side, clauses in (("earlier", given.earlier), ("later", given.later)):
            used = Counter(position for change in changes for position in getattr(change, side))
            assert used == Counter(clause.position for clause in clauses), given.name
