"""Measure the reading of clauses against texts whose clauses were written down by hand (`tests/gold/clauses`).

    python -m tests.clausemeasure dev --misses
    python -m tests.clausemeasure heldout

Figures named F1 are of the whole: a clause missed, or read where none is, counts against them ("role macro-f1" is the
mean over the roles of gold and reading). The rest are shares of what was found that is right; addressee, number and
parent count only where gold or reading has one, so that absence on both sides flatters nobody, and instrument counts in
texts that hold several. Such a share may fall when more is found, so floors are set on the F1 figures.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest import pipeline, resources
from ingest.dataset.results import Result
from ingest.graph.iris import DEFAULT_BASE
from ingest.model import Claim, Source
from tests.gold.clauses.comparing import FOLDER, REGISTERS, Outcome, compare
from tests.gold.clauses.make import made
from tests.gold.clauses.records import GoldClause, ReadClause, gold_clauses, words


@dataclass(frozen=True, slots=True)
class Measured:
    """A text of the gold: its name, what groups it belongs to ("language": "fr"), what came of it."""

    name: str
    groups: Mapping[str, str]
    outcome: Outcome


def measure(part: str, registers: tuple[Path, ...] = REGISTERS) -> list[Measured]:
    """The texts of "dev" or "heldout", each read as a build reads it and compared."""
    texts = []
    with tempfile.TemporaryDirectory() as made_files:
        for path in sorted((FOLDER / part).glob("*.json")):
            source = next(p for p in path.parent.iterdir() if p != path and p.name.startswith(f"{path.stem}."))
            document = made(source, Path(made_files)) if source.suffix == ".spec" else source
            result = pipeline.process(pipeline.Task(Source(document), registers, DEFAULT_BASE, "gold", validate=False))
            groups, gold = gold_clauses(path)
            outcome = compare(gold, result.text, _claims(result))
            texts.append(Measured(path.stem, {**groups, "format": document.suffix[1:]}, outcome))
    return texts


def _claims(result: Result) -> list[Claim]:
    """The claims of a result that are still held."""
    return [held.claim for held in result.claims if held.known.until is None]


def figures(texts: Sequence[Measured]) -> dict[str, float]:
    """All figures of some texts together, each from 0 to 1. What nothing can be said about is left out."""
    return summed([text.outcome for text in texts])


def summed(outcomes: Sequence[Outcome]) -> dict[str, float]:
    """The same, of outcomes."""
    found, missed, false = (sum(len(part(o)) for o in outcomes) for part in PARTS)
    total = {
        "precision": found / (found + false) if found + false else 0.0,
        "recall": found / (found + missed),
        "f1": 2 * found / (2 * found + missed + false),
        "role macro-f1": _macro(outcomes),
    }
    marks = Counter((what, right) for o in outcomes for what, right, _ in o.marks)
    for what, in_gold, in_reading in HAVING:
        gold = sum(in_gold(clause) for o in outcomes for clause in (*o.missed, *(g for g, _ in o.pairs)))
        read = sum(in_reading(clause) for o in outcomes for clause in (*o.false, *(r for _, r in o.pairs)))
        if gold + read:
            total[f"{what} f1"] = 2 * min(marks[what, True], gold, read) / (gold + read)
    for what in ("part", "role", "addressee", "number", "parent", "end", "instrument"):
        if given := marks[what, True] + marks[what, False]:
            total[what] = marks[what, True] / given
    return total


HAVING: tuple[tuple[str, Callable[[GoldClause], bool], Callable[[ReadClause], bool]], ...] = (
    ("addressee", lambda gold: bool(gold.parties), lambda read: bool(read.addressees)),
    ("number", lambda gold: bool(words(gold.number or "")), lambda read: bool(words(read.number or ""))),
    ("parent", lambda gold: gold.parent is not None, lambda read: read.parent is not None),
)
PARTS: tuple[Callable[[Outcome], Sequence[Any]], ...] = (lambda o: o.pairs, lambda o: o.missed, lambda o: o.false)


def _macro(outcomes: Sequence[Outcome]) -> float:
    """The mean F1 of the roles that gold or reading have: a clause counts where it is found and its role is right."""
    right, gold, read = Counter[str](), Counter[str](), Counter[str]()
    for outcome in outcomes:
        gold.update(clause.roles[0] for clause in (*outcome.missed, *(g for g, _ in outcome.pairs)))
        read.update(clause.role for clause in outcome.false)
        for clause, told in outcome.pairs:
            good = told.role in clause.roles
            read[clause.roles[0] if good else told.role] += 1
            right[clause.roles[0]] += good
    named = gold.keys() | read.keys()
    return sum(2 * right[role] / (gold[role] + read[role]) for role in named) / len(named)


def floors() -> dict[str, dict[str, float]]:
    """The figures that the reading must keep, by part of the gold."""
    return tomllib.loads((FOLDER / "floors.toml").read_text(encoding="utf-8"))


def report(part: str, registers: tuple[Path, ...] = REGISTERS, *, misses: bool = False) -> Iterator[str]:
    """The figures of a part, by group, then of each text with each difference if asked; of the held-out sums only."""
    texts = measure(part, registers)
    yield _line("all", texts)
    for group in ("language", "format", "genre"):
        for value in sorted({text.groups[group] for text in texts}):
            if part == "dev" or group != "genre":  # a genre may have one text only
                yield _line(value, [text for text in texts if text.groups[group] == value])
    for text in texts if part == "dev" else ():
        yield _line(text.name, [text])
        if misses:
            yield from _differences(text.outcome)


def _differences(outcome: Outcome) -> Iterator[str]:
    yield from (f"  missed {g.position} {g.roles[0]} {g.number}: {g.begins}" for g in outcome.missed)
    yield from (f"  FALSE {r.role} {r.number}: {r.key}" for r in outcome.false)
    yield from (f"  {what}: {shown}" for what, right, shown in outcome.marks if not right)


def _line(name: str, texts: Sequence[Measured]) -> str:
    counted = "/".join(str(sum(len(part(text.outcome)) for text in texts)) for part in PARTS)
    return f"{name:24} {counted:12} " + " ".join(f"{k} {v:.3f}" for k, v in figures(texts).items())


def main() -> None:
    """Print the figures. Counts are clauses found, missed and false."""
    parser = argparse.ArgumentParser(prog="python -m tests.clausemeasure")
    parser.add_argument("part", choices=("dev", "heldout"), nargs="?", default="dev")
    parser.add_argument("--misses", action="store_true", help="each difference, of the development texts only")
    parser.add_argument("--unregistered", action="store_true", help="without the register of the invented bodies")
    chosen = parser.parse_args()
    if chosen.misses and chosen.part == "heldout":
        parser.error("the held-out texts give sums only: a rule shaped on a miss would make them worthless")
    registers = resources.register_folders() if chosen.unregistered else REGISTERS
    sys.stdout.write("\n".join(report(chosen.part, registers, misses=chosen.misses)) + "\n")


if __name__ == "__main__":
    main()
