"""Two texts clause by clause, from invented records of what became of each clause."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from queryapp.compare import OPEN, Comparison, compare
from queryapp.lineage import Change, Changes, in_order
from queryapp.provisions import Clause, Provisions

A, B, C = "r/2040", "r/2044", "r/2048"


def clause(iri: str, words: str = "", *, role: str = "resolves", excerpt: bool = False) -> Clause:
    """a3: the third clause of revision A."""
    revision = {"a": A, "b": B, "c": C}[iri[0]]
    position = None if excerpt else int(iri[1:])
    return Clause(
        iri, revision, role=role, role_code=role, number=iri[1:], position=position, words=words, is_excerpt=excerpt
    )


def change(kinds: str, earlier: str, later: str, revision: str = B, *, partial: bool = False) -> Change:
    name = f"{kinds}:{earlier}>{later}"
    return Change(
        name, revision, in_order(kinds.split()), tuple(earlier.split()), tuple(later.split()), is_partial=partial,
        score=Decimal("0.9"),
    )  # fmt: skip


def said(found: Comparison) -> list[tuple[str, str, str]]:
    """Each row as kinds, earlier, later."""

    def names(side: tuple[Clause, ...]) -> str:
        return " ".join(clause.iri for clause in side)

    return [(" ".join(row.kinds), names(row.earlier), names(row.later)) for row in found.rows]


OLD = [clause(f"a{n}", f"word{n}") for n in range(1, 5)]
NEW = [clause(f"b{n}", f"word{n}") for n in range(1, 5)]
LAST = [clause(f"c{n}", f"word{n}") for n in range(1, 5)]

NEIGHBOURS = [
    # what the record has, and what stands beside it: kinds, earlier, later
    (
        [("same", "a1", "b1"), ("edited", "a2", "b2")],
        [("same", "a1", "b1"), ("edited", "a2", "b2"),
         (OPEN, "a3", ""), (OPEN, "a4", ""), (OPEN, "", "b3"), (OPEN, "", "b4")],
    ),
    (
        [("same", "a1", "b1"), ("dropped", "a2", ""), ("same", "a3", "b2"), ("same", "a4", "b3"), ("new", "", "b4")],
        [("same", "a1", "b1"), ("dropped", "a2", ""), ("same", "a3", "b2"), ("same", "a4", "b3"), ("new", "", "b4")],
    ),
    (
        [("split", "a1", "b1 b2"), ("merged", "a2 a3", "b3"), ("moved renumbered", "a4", "b4")],
        [("split", "a1", "b1 b2"), ("merged", "a2 a3", "b3"), ("renumbered moved", "a4", "b4")],
    ),
    (
        [("dropped", "a1", ""), ("same", "a2", "b1")],
        [("dropped", "a1", ""), ("same", "a2", "b1"),
         (OPEN, "a3", ""), (OPEN, "a4", ""), (OPEN, "", "b2"), (OPEN, "", "b3"), (OPEN, "", "b4")],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("given", "rows"), NEIGHBOURS)
def test_neighbours(given: list[tuple[str, str, str]], rows: list[tuple[str, str, str]]) -> None:
    found = compare(Provisions((*OLD, *NEW)), Changes(tuple(change(*each) for each in given)), [A, B])
    assert said(found) == rows
    assert sum(found.counts.values()) == sum(len(kinds.split()) for kinds, _, _ in rows)
    assert found.is_recorded


def test_without_a_record_every_clause_is_shown_and_none_is_judged() -> None:
    found = compare(Provisions((*OLD[:1], *NEW[:1])), Changes(()), [A, B])
    assert said(found) == [(OPEN, "a1", ""), (OPEN, "", "b1")]
    assert not found.is_recorded


def test_nothing_is_new_or_dropped_where_one_side_is_an_excerpt() -> None:
    excerpt = clause("b9", "word1 more", excerpt=True)
    changes = Changes((change("edited", "a1", "b9", partial=True), change("dropped", "a2", "")))
    found = compare(Provisions((*OLD[:2], excerpt)), changes, [A, B])
    assert said(found) == [("edited", "a1", "b9"), (OPEN, "a2", "")]
    assert [row.is_partial for row in found.rows] == [True, False]


def test_two_quotations_of_a_clause_are_one_clause_and_no_split() -> None:
    quoted = [clause(iri, words, excerpt=True) for iri, words in (("b8", "word1 more"), ("b9", "word1 still more"))]
    first = change("edited", "a1", "b8", partial=True)
    likelier = replace(change("edited", "a1", "b9", partial=True), score=Decimal("0.95"))
    found = compare(Provisions((*OLD[:1], *quoted)), Changes((first, likelier)), [A, B])
    assert said(found) == [("edited", "a1", "b9")]
    [row] = found.rows
    assert [other.iri for other in row.also] == ["b8"]
    assert row.steps == (likelier,)


THROUGH = [
    # steps to B                     steps to C                                       kinds of the row of a1
    ([("same", "a1", "b1")],         [("same", "b1", "c1")],                          "same"),
    ([("edited", "a1", "b1")],       [("edited", "b1", "c1")],                        "same"),  # there and back
    ([("split", "a1", "b1 b2")],     [("same", "b1", "c1"), ("same", "b2", "c2")],    "edited split"),
    ([("split", "a1", "b1 b2")],     [("merged", "b1 b2", "c1")],                     "same"),
    ([("renumbered", "a1", "b2")],   [("same", "b2", "c3")],                          "edited renumbered"),
]  # fmt: skip


@pytest.mark.parametrize(("first", "second", "kinds"), THROUGH)
def test_over_several_revisions_the_two_ends_decide(
    first: list[tuple[str, str, str]], second: list[tuple[str, str, str]], kinds: str
) -> None:
    steps = [change(*each) for each in first] + [change(*each, revision=C) for each in second]
    found = compare(Provisions((*OLD[:1], *NEW, *LAST)), Changes(tuple(steps)), [A, B, C])
    [row] = [row for row in found.rows if row.earlier]
    assert " ".join(row.kinds) == kinds
    assert len(row.steps) == len(steps)
    assert row.score == Decimal("0.9")
    assert found.between == (B,)


def test_a_clause_new_on_the_way_is_new_at_the_end() -> None:
    steps = (change("new", "", "b1"), change("same", "b1", "c1", C), change("dropped", "a1", ""))
    found = compare(Provisions((OLD[0], NEW[0], LAST[0])), Changes(steps), [A, B, C])
    assert said(found) == [("dropped", "a1", ""), ("new", "", "c1")]


def test_a_clause_is_not_dropped_for_having_come_and_gone_between() -> None:
    steps = (change("new", "", "b1"), change("dropped", "b1", "", C))
    found = compare(Provisions((OLD[0], NEW[0], LAST[0])), Changes(steps), [A, B, C])
    assert said(found) == [(OPEN, "a1", ""), (OPEN, "", "c1")]


def test_lines_of_a_clause_run_both_ways_and_never_in_circles() -> None:
    steps = Changes((change("same", "a1", "b1"), change("split", "b1", "c1 c2", C), change("edited", "c1", "b1", C)))
    assert [step.iri for step in steps.before("c2")] == ["split:b1>c1 c2", "same:a1>b1", "edited:c1>b1"]
    assert [step.iri for step in steps.after("a1")] == ["same:a1>b1", "split:b1>c1 c2", "edited:c1>b1"]


WORDS = [
    ("renumbered", "number 1 became 3"),
    ("moved", "from “resolves” to “instructs”"),
    ("moved renumbered", "number 1 became 3; from “resolves” to “instructs”"),
]


@pytest.mark.parametrize(("kinds", "words"), WORDS)
def test_what_happened_is_said_in_words(kinds: str, words: str) -> None:
    later = clause("b3", "word1", role="instructs")
    found = compare(Provisions((OLD[0], later)), Changes((change(kinds, "a1", "b3"),)), [A, B])
    assert "; ".join(found.rows[0].words) == words
