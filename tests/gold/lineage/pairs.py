"""The gold of clause lineage as records, and the two of its rules that a program can apply."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.lineage import Provision

FOLDER = Path(__file__).parent
MAIN_KINDS = ("same", "edited", "split", "merged", "new", "dropped")
FLAGS = ("renumbered", "moved")


@dataclass(frozen=True, slots=True)
class Edge:
    """What became of some clauses: positions count from 1, the main kind comes first.

    removed and added are the words that went and came, None where nobody states them.
    """

    kinds: tuple[str, ...]
    earlier: tuple[int, ...]
    later: tuple[int, ...]
    removed: tuple[str, ...] | None = None
    added: tuple[str, ...] | None = None

    @property
    def main(self) -> str:
        """The one kind that is not a flag; empty where there is none."""
        return next((kind for kind in self.kinds if kind in MAIN_KINDS), "")

    @property
    def ends(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        return tuple(sorted(self.earlier)), tuple(sorted(self.later))


@dataclass(frozen=True, slots=True)
class Pair:
    """Two revisions of one resolution and the true edges between their clauses."""

    name: str
    language: str
    earlier: tuple[Provision, ...]
    later: tuple[Provision, ...]
    edges: tuple[Edge, ...]


def paths(name: str) -> list[Path]:
    """The files of a set ("dev", "heldout"), in order of their names."""
    return sorted((FOLDER / name).glob("*.json"))


def read(path: Path) -> Pair:
    """A pair as its file has it."""
    gold = json.loads(path.read_text(encoding="utf-8"))
    sides = [
        tuple(Provision(position=n, **row) for n, row in enumerate(gold[side], 1)) for side in ("earlier", "later")
    ]
    edges = tuple(Edge(**{key: tuple(value) for key, value in row.items()}) for row in gold["edges"])
    return Pair(path.stem, gold["language"], sides[0], sides[1], edges)


def words(text: str) -> list[str]:
    """The words and figures of a text without regard to capitals, punctuation and white space."""
    return re.findall(r"\w+", text.casefold())


def flags(earlier: Sequence[Provision], later: Sequence[Provision]) -> tuple[str, ...]:
    """Whether clauses that go on in others are renumbered and moved, as the README of the gold has it."""
    if not earlier or not later:
        return ()
    numbers = [{tuple(words(clause.number or "")) for clause in side} for side in (earlier, later)]
    heads = {(clause.role, tuple(words(clause.addressee or ""))) for clause in (*earlier, *later)}
    return tuple(
        flag for flag, holds in zip(FLAGS, (not numbers[0] & numbers[1], len(heads) > 1), strict=True) if holds
    )
