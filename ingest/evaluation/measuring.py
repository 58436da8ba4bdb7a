"""Measures a gold folder: reads its documents as a build does, compares, and adds up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest import pipeline
from ingest.dataset.results import Result
from ingest.errors import IngestError
from ingest.evaluation import adapting, attested, baseline, gold, scoring
from ingest.evaluation.account import Account
from ingest.evaluation.adapting.reading import register_names
from ingest.graph import provenance
from ingest.graph.iris import DEFAULT_BASE
from ingest.model import Source

Progress = Callable[[str, int, int], None]

CONTEXT = 60
"""Signs of the text that a miss is shown with on either side."""


@dataclass(frozen=True, slots=True)
class Score:
    """Counts for one type of one part of the measuring, and the ratios that they make.

    A ratio of nothing by nothing is None: where nothing was there to find or was said, there is nothing to praise.
    """

    found: int
    missed: int
    false: int

    @property
    def precision(self) -> float | None:
        """Of what was said, the share that is so."""
        said = self.found + self.false
        return self.found / said if said else None

    @property
    def recall(self) -> float | None:
        """Of what is so, the share that was said."""
        wanted = self.found + self.missed
        return self.found / wanted if wanted else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of both; 0 where nothing was found, None where there was nothing at all."""
        total = 2 * self.found + self.false + self.missed
        return 2 * self.found / total if total else None


@dataclass(frozen=True, slots=True)
class Miss:
    """What was missed or falsely said, with the words around it."""

    document: str
    part: str
    type: str
    verdict: str
    what: str
    context: str


@dataclass(frozen=True, slots=True)
class System:
    """What one reader (the project's, or the baseline) reaches: scores by part and type, and what has no type."""

    scores: Mapping[tuple[str, str], Score]
    certainty_right: int
    certainty_fine: int
    evidence_meets: int
    compared: int
    traps: int
    violated: tuple[str, ...]
    unjudged: int
    misses: tuple[Miss, ...]

    def micro(self, part: str) -> Score:
        """All types of a part added up; of citations, those that are right in all respects."""
        if part == "citations":
            return self.scores.get((part, "all"), Score(0, 0, 0))
        held = [score for (of, _), score in self.scores.items() if of == part]
        return Score(sum(s.found for s in held), sum(s.missed for s in held), sum(s.false for s in held))

    def macro(self, part: str) -> float | None:
        """The mean of F1 over the types of a part that the gold holds."""
        held = [s.f1 for (of, _), s in self.scores.items() if of == part and s.found + s.missed and s.f1 is not None]
        return sum(held) / len(held) if held else None


@dataclass(frozen=True, slots=True)
class Measured:
    """A gold measured: by the project's reading, and by the baseline beside it."""

    name: str
    documents: int
    sealed: bool
    reading: System
    baseline: System
    attributions: int
    unattested: tuple[tuple[str, attested.Attribution], ...]
    versions: Mapping[str, str]


def measure(folder: Path, registers: tuple[Path, ...], *, progress: Progress | None = None) -> Measured:
    """Measure the reading of a gold folder's documents. Raises IngestError where there is no gold or no document."""
    files = gold.files(folder)
    names = register_names(registers)
    golds: list[tuple[str, Account]] = []
    readings: list[Account] = []
    given: list[tuple[str, attested.Attribution]] = []
    for at, file in enumerate(files):
        if progress:
            progress("measuring", at, len(files))
        result = read(file.document, registers)
        golds.append((file.name, gold.account(file.raw, result.text)))
        readings.append(adapting.account(result, names))
        given += [(file.name, each) for each in attested.attributions(result)]
    if progress:
        progress("measuring", len(files), len(files))
    plain = [baseline.account(each.text) for _, each in golds]
    return Measured(
        name=title(folder),
        documents=len(files),
        sealed=gold.is_sealed(folder),
        reading=system(golds, readings),
        baseline=system(golds, plain),
        attributions=len(given),
        unattested=tuple(each for each in given if not each[1].attested),
        versions=_versions(registers),
    )


def title(folder: Path) -> str:
    """What a gold is called: the last names of its folder, "reading/dev"."""
    parts = [part for part in folder.resolve().parts[-3:] if part not in ("gold", "tests", "/")]
    return "/".join(parts[-2:])


def read(path: Path, registers: tuple[Path, ...]) -> Result:
    """One document, read as a build reads it."""
    result = pipeline.process(pipeline.Task(Source(path), registers, DEFAULT_BASE, "gold", validate=False))
    if result.document is None:
        raise IngestError(f"{path}: cannot be read: {result.findings[0].message}")
    return result


def _versions(registers: tuple[Path, ...]) -> dict[str, str]:
    from ingest import register

    found = provenance.versions(register.load(registers).digest)
    return {name: found[name] for name in ("recalling", "code", "rules", "registers")}


def system(golds: Sequence[tuple[str, Account]], told: Sequence[Account]) -> System:
    """What one reader reaches on all documents of a gold."""
    within = scoring.scope(account for _, account in golds)
    compared = [
        (name, account, scoring.compare(account, mine, within))
        for (name, account), mine in zip(golds, told, strict=True)
    ]
    counts: Counter[tuple[str, str, str]] = Counter()
    for _, _, each in compared:
        counts.update((j.part, j.type, j.verdict) for j in each.judged)
    kinds = sorted({(part, kind) for part, kind, _ in counts}, key=lambda row: (scoring.PARTS.index(row[0]), row[1]))
    certainties = [c for _, _, each in compared for c in each.certainties]
    return System(
        scores={
            (part, kind): Score(*(counts[part, kind, verdict] for verdict in ("found", "missed", "false")))
            for part, kind in kinds
        },
        certainty_right=sum(scoring.scaled(c.gold) == scoring.scaled(c.told) for c in certainties),
        certainty_fine=sum(c.gold == c.told for c in certainties),
        evidence_meets=sum(c.meets for c in certainties),
        compared=len(certainties),
        traps=sum(each.traps for _, _, each in compared),
        violated=tuple(f"{name}: {words}" for name, _, each in compared for words in each.violated),
        unjudged=sum(each.unjudged for _, _, each in compared),
        misses=tuple(miss for name, account, each in compared for miss in _misses(name, account, each)),
    )


def _misses(name: str, account: Account, compared: scoring.Comparison) -> Iterator[Miss]:
    for judged in compared.judged:
        if judged.verdict != "found":
            yield Miss(name, judged.part, judged.type, judged.verdict, judged.what, _context(account, judged.place))


def _context(account: Account, place: tuple[int, int] | None) -> str:
    if place is None:
        return ""
    start, end = place
    before, after = account.text[max(0, start - CONTEXT) : start], account.text[end : end + CONTEXT]
    return " ".join(f"{before}[{account.text[start:end]}]{after}".split())
