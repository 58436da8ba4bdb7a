"""Revisions made by a program that knows what it did: an invented resolution, and random known changes of it.

Clauses are put together from `stock.toml`. Two clauses of a pair never share half of their words (in every second pair,
which is written with a small part of the stock, two thirds), so that what the program calls new is not an edit of
something else; the one exception is the report that several bodies are asked for.
Numbers are printed anew after the changes, by order under each head, so that most clauses behind one that came, went,
split or merged are renumbered, as in real revisions.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from ingest.lineage import Provision
from tests.gold.lineage.pairs import Edge, Pair, flags, words

STOCK: dict[str, Any] = tomllib.loads((Path(__file__).parent / "stock.toml").read_text(encoding="utf-8"))
PAIRS = 200
RATES = (0.1, 0.25, 0.4, 0.6, 0.8)
"""The share of clauses that are changed: from a revision that hardly differs to one that was written anew."""
AND = ", and "


@dataclass(slots=True)
class Clause:
    """A clause of one sentence or more, and the earlier clauses that it goes on from.

    fixed is for a clause that others are like: it may be edited where it stands, but what became of it must not depend
    on which of them is meant.
    """

    sentences: list[str]
    origins: tuple[int, ...] = ()
    fixed: bool = False

    @property
    def words(self) -> str:
        return AND.join(self.sentences)


@dataclass(slots=True)
class Section:
    """The clauses under one head."""

    role: str
    addressee: str | None
    clauses: list[Clause] = field(default_factory=list)

    @property
    def operative(self) -> bool:
        return self.role in STOCK["operative"]


class Author:
    """Writes one pair; all chance comes from the seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - no secrets here
        self.said: list[set[str]] = []
        narrow = seed % 2 == 1
        self.alike = 2 / 3 if narrow else 1 / 2
        sizes = {"subjects": 4, "verbs": 5, "acts": 6, "objects": 7, "circumstances": 10}
        self.stock = {
            name: self.random.sample(STOCK[name], size if narrow else len(STOCK[name])) for name, size in sizes.items()
        }

    def sentence(self, *, operative: bool) -> str:
        """A sentence unlike all said so far."""
        while True:
            parts = [
                self.random.choice(self.stock[name]) for name in (("acts",) if operative else ("subjects", "verbs"))
            ]
            parts += [self.random.choice(self.stock["objects"]), *self.random.sample(self.stock["circumstances"], 2)]
            text = " ".join(parts)
            text = self.filled(text if operative else f"that {text}")
            told = set(words(text))
            if all(len(told & other) < self.alike * len(told | other) for other in self.said):
                self.said.append(told)
                return text

    def filled(self, text: str) -> str:
        """Numbers, years and towns where the stock leaves them open, each drawn by itself."""
        draws: dict[str, Callable[[], str]] = {
            "{number}": lambda: str(self.random.randint(2, 99)),
            "{year}": lambda: str(self.random.randint(2021, 2060)),
            "{town}": lambda: self.random.choice(STOCK["towns"]),
        }
        return re.sub(r"\{\w+\}", lambda hole: str(draws[hole.group()]()), text)

    def clause(self, *, operative: bool) -> Clause:
        count = 2 if self.random.random() < 0.5 else 1
        return Clause([self.sentence(operative=operative) for _ in range(count)])

    def resolution(self) -> list[Section]:
        """Six to some thirty clauses under three to seven heads, with the report asked of two bodies at times."""
        chosen = self.random.sample(STOCK["preamble"], self.random.randint(1, 3))
        sections = [Section(role, None) for role in chosen] + [Section("resolves", None)]
        asked = self.random.sample(STOCK["addressees"], self.random.randint(1, 3))
        sections += [Section(self.random.choice(STOCK["operative"][2:]), addressee) for addressee in asked]
        for section in sections:
            section.clauses = [self.clause(operative=section.operative) for _ in range(self.random.randint(2, 4))]
        if self.random.random() < 0.5:
            for section in sections[-2:]:
                section.clauses.append(Clause([STOCK["boilerplate"]], fixed=True))
        return sections

    # --- changes ----------------------------------------------------------------------------------------------------

    def edited_once_or_more(self, text: str) -> str:
        """Edited once, at times twice or three times; the outcome is never what it began as."""
        changed = text
        for _ in range(self.random.choice((1, 1, 1, 2, 2, 3))):
            changed = self.edited(changed)
        return changed if words(changed) != words(text) else f"{text}, as appropriate"

    def edited(self, text: str) -> str:
        """Changed in one of three ways: a few words in their places, the end cut away, or a phrase put in."""
        tokens = text.split()
        way = self.random.choice(("words", "words", "cut", "graft"))
        if way == "cut" and len(tokens) >= 15:
            return " ".join(tokens[: -self.random.randint(4, len(tokens) // 3)])
        if way == "graft":
            at = self.random.randint(len(tokens) // 2, len(tokens))
            return " ".join((*tokens[:at], self.phrase(), *tokens[at:]))
        return " ".join(self.reworded(tokens))

    def phrase(self) -> str:
        """Some words to put into a clause."""
        return self.filled(self.random.choice(STOCK["circumstances"]))

    def reworded(self, tokens: list[str]) -> list[str]:
        """One to four places changed: a word of the list of swaps, a number, "not" or another word put in."""
        swaps = dict(STOCK["swaps"])
        for _ in range(self.random.randint(1, min(4, 1 + len(tokens) // 6))):
            at = self.random.randrange(1, len(tokens))
            if (digits := re.search(r"\d+", tokens[at])) is not None:
                tokens[at] = tokens[at].replace(digits.group(), str(int(digits.group()) + self.random.randint(1, 9)))
            elif tokens[at] in swaps:
                tokens[at] = swaps[tokens[at]]
            elif self.random.random() < 0.5:
                tokens.insert(at, "not")
            else:
                tokens[at] = self.random.choice(("certain", "further", "relevant", "other")) + " " + tokens[at]
        return tokens

    def changed(self, sections: Sequence[Section], rate: float) -> list[Section]:
        """The later revision: every clause has the chance rate of one change; then clauses are added."""
        later = [type(section)(section.role, section.addressee) for section in sections]
        for section, target in zip(sections, later, strict=True):
            rest = list(section.clauses)
            while rest:
                clause = rest.pop(0)
                change = self.random.choice(("drop", "edit", "edit", "edit", "swap", "split", "split", "merge", "move"))
                if self.random.random() >= rate or (clause.fixed and change != "edit"):
                    target.clauses.append(clause)
                elif change == "edit":
                    target.clauses.append(Clause([self.edited_once_or_more(clause.words)], clause.origins))
                elif change == "split" and len(clause.sentences) == 2:
                    target.clauses.extend(Clause([part], clause.origins) for part in clause.sentences)
                elif change == "merge" and rest and not rest[0].fixed:
                    other = rest.pop(0)
                    target.clauses.append(Clause(clause.sentences + other.sentences, clause.origins + other.origins))
                elif change == "swap" and rest and not rest[0].fixed:
                    target.clauses.extend((rest.pop(0), clause))
                elif change == "move":
                    self.random.choice([one for one in later if one.operative == section.operative]).clauses.append(
                        clause
                    )
                elif change != "drop":
                    target.clauses.append(clause)
        for section in later:
            while self.random.random() < rate:
                place = self.random.randint(0, len(section.clauses))
                section.clauses.insert(place, self.clause(operative=section.operative))
        return later


def pair(seed: int) -> Pair:
    """The pair of a seed, all of it invented."""
    author = Author(seed)
    return altered(author, author.resolution(), f"generated-{seed}", RATES[seed % len(RATES)])


def altered(author: Author, sections: Sequence[Section], name: str, rate: float) -> Pair:
    """A resolution and what the author makes of it."""
    for position, clause in enumerate((clause for section in sections for clause in section.clauses), 1):
        clause.origins = (position,)
    later = author.changed(sections, rate)
    sides = printed(sections), printed(later)
    made = [clause for section in later for clause in section.clauses]
    return Pair(name, "en", sides[0], sides[1], edges(sides[0], sides[1], made))


def printed(sections: Sequence[Section]) -> tuple[Provision, ...]:
    """Clauses with their numbers: letters before the operative part, figures in it, none for an only clause."""
    provisions: list[Provision] = []
    for section in sections:
        for order, clause in enumerate(section.clauses):
            number = str(order + 1) if section.operative else f"{chr(ord('a') + order)})"
            shown = number if len(section.clauses) > 1 else None
            end = ";" if order + 1 < len(section.clauses) else ","
            provisions.append(
                Provision(len(provisions) + 1, section.role, section.addressee, shown, clause.words + end)
            )
    return tuple(provisions)


def edges(earlier: Sequence[Provision], later: Sequence[Provision], made: Sequence[Clause]) -> tuple[Edge, ...]:
    """The true edges, from what each later clause goes on from."""
    groups: dict[tuple[int, ...], list[int]] = {}
    for position, clause in enumerate(made, 1):
        groups.setdefault(clause.origins or (-position,), []).append(position)
    told = []
    for key, after in groups.items():
        before = tuple(position for position in key if position > 0)
        sides = [earlier[position - 1] for position in before], [later[position - 1] for position in after]
        told.append(Edge((kind(*sides), *flags(*sides)), before, tuple(after)))
    gone = set(range(1, len(earlier) + 1)) - {position for key in groups for position in key}
    return (*told, *(Edge(("dropped",), (position,), ()) for position in sorted(gone)))


def kind(before: Sequence[Provision], after: Sequence[Provision]) -> str:
    """The main kind of clauses that are known to go on in others."""
    match len(before), len(after):
        case 0, _:
            return "new"
        case 1, 1:
            return "same" if words(before[0].words) == words(after[0].words) else "edited"
        case 1, _:
            return "split"
        case _:
            return "merged"


@cache
def generated(count: int = PAIRS) -> tuple[Pair, ...]:
    """The pairs of the seeds from 0 on: the same on every run."""
    return tuple(pair(seed) for seed in range(count))
