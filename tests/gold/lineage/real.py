"""Revisions of real resolutions made by a program: their clauses as the reader of clauses finds them, changed as known.

The texts are read where they lie and nothing of them is kept. New clauses and phrases are taken from the other
resolutions of the same collection, so that all speak the same language. Clauses that are like another one of their
resolution are only edited in place: of nothing else could a program say what became of which.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from ingest import readers, register, resources, text
from ingest.context import Document, Metadata
from ingest.model import Entity, Source
from ingest.provisions.instruments import Instrument, instruments
from tests.gold.lineage.generator import RATES, Author, Clause, Section, altered
from tests.gold.lineage.pairs import Pair, words

CORPUS = Path(__file__).parents[4] / "shared" / "corpus" / "pp18" / "final-acts-pp18.akn.xml"
SECOND = re.compile(r",? and (?=to [a-z]|that [a-z])")
"""Where a clause may be split: before a second thing to do, or a second thing that holds."""

OPERATIVE = re.compile(r"[a-z]+s(?:-further|-upon|-to)?$")
"""Roles that decide are verbs in the present ("resolves", "calls-upon"); those that give reasons are not."""


class Editor(Author):
    """Changes a real resolution; what is new comes from the others."""

    def __init__(self, seed: int, others: Sequence[Section]) -> None:
        super().__init__(seed)
        self.others = others

    def clause(self, *, operative: bool) -> Clause:
        """A clause of another resolution that is unlike all clauses of this pair."""
        sections = [section for section in self.others if section.operative == operative]
        while True:
            clause = self.random.choice(self.random.choice(sections).clauses)
            told = set(words(clause.words))
            if all(3 * len(told & other) < 2 * len(told | other) for other in self.said):
                self.said.append(told)
                return Clause(list(clause.sentences))

    def phrase(self) -> str:
        """A run of three to eight words out of another resolution."""
        tokens = self.random.choice(self.random.choice(self.others).clauses).words.split()
        at = self.random.randrange(max(1, len(tokens) - 8))
        return " ".join(tokens[at : at + self.random.randint(3, 8)])


class Standing(Section):
    """The clauses under one head of a real text, whose roles are not only those of the stock."""

    __slots__ = ()

    @property
    def operative(self) -> bool:
        return OPERATIVE.fullmatch(self.role) is not None


def sections_of(document: Document, instrument: Instrument) -> list[Section]:
    """The clauses of an instrument under their heads; those of fewer than five words are left out."""
    sections: list[Section] = []
    for clause in instrument.clauses:
        said = " ".join(document.clean.text[clause.start : clause.end].split()).rstrip(" ;,.:")
        if len(said.split()) < 5:
            continue
        head = clause.head.role, clause.head.addressee
        if not sections or (sections[-1].role, sections[-1].addressee) != head:
            sections.append(Standing(*head))
        parts = SECOND.split(said, maxsplit=1)
        whole = len(parts) == 1 or min(len(part.split()) for part in parts) < 5
        sections[-1].clauses.append(Clause([said] if whole else parts))
    return sections


def told_apart(sections: Iterable[Section]) -> list[set[str]]:
    """The words of each clause; those of which two share half of theirs are fixed where they stand."""
    clauses = [clause for section in sections for clause in section.clauses]
    said = [set(words(clause.words)) for clause in clauses]
    for index, clause in enumerate(clauses):
        others = (other for place, other in enumerate(said) if place != index)
        clause.fixed = any(2 * len(said[index] & other) >= len(said[index] | other) for other in others)
    return said


def pairs(path: Path = CORPUS, *, each: int = len(RATES)) -> Iterator[Pair]:
    """So many pairs of every instrument with six clauses or more, each with a share of changes of its own."""
    reading = readers.read(path)
    known = register.load(resources.register_folders())
    document = Document(Source(path), reading, text.clean(reading), Metadata(Entity("document", ("real",))), known)
    found = list(instruments(document))
    for index, instrument in enumerate(found):
        others = [section for one in found if one is not instrument for section in sections_of(document, one)]
        for turn in range(each):
            rate = RATES[(index + turn) % len(RATES)]
            sections = sections_of(document, instrument)
            if sum(len(section.clauses) for section in sections) < 6:
                break
            editor = Editor(len(RATES) * index + turn, others)
            editor.said = told_apart(sections)
            yield altered(editor, sections, f"real-{index + 1}-{rate}", rate)
