"""What the build says of each citation, beside what was due: the cases, the table, the differences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, parse

from ingest.build import Order, build
from tests.verdictcases.files import write
from tests.verdictcases.inventing import invent
from tests.verdictcases.judging import expected
from tests.verdictcases.records import Paper, Text, Verdict

SEEDS = (11, 23, 37, 41, 59)
BASE = "https://example.org/cases/"
TERMS = ("current", "stale", "ahead", "cannot-tell")


@dataclass(frozen=True)
class Case:
    """A citation with the verdict that it must get and the one that it got; got None: it was not read."""

    paper: Paper
    cited: Text
    due: Verdict
    got: Verdict | None
    reason: str


def cases(seed: int, folder: Path) -> Iterator[Case]:
    """Every citation of an institution's documents, after a build of its own."""
    made = invent(seed)
    registers, papers = write(made, folder)
    outcome = build(Order((papers,), folder / "dataset", (registers,), 1, base=BASE), lambda *_: None)
    said = _said(outcome.version / "graph.nq")
    for at, paper in enumerate(made.papers):
        document = (
            f"document/{paper.outcome.body}/{paper.outcome.year}/{at + 1}"
            if paper.outcome
            else f"document/{paper.name}"
        )
        for cited in paper.cited:
            key = f"resolution/{cited.number[0]}/{cited.number[1]}/{cited.meeting.year}"
            got, reason = said.get((document, key), (None, ""))
            yield Case(paper, cited, expected(made, paper, cited), got, reason)


def _said(path: Path) -> dict[tuple[str, str], tuple[Verdict, str]]:
    """The verdict on each revision that a document cites, as the graph holds it now, with its reason."""
    plain: dict[str, dict[str, str]] = {}
    for quad in parse(path=str(path), format=RdfFormat.N_QUADS):
        name = quad.predicate.value.rpartition("#")[2].rpartition("/")[2]
        if not isinstance(quad.subject, NamedNode):
            continue
        if isinstance(quad.graph_name, DefaultGraph) or name in ("subject", "predicate", "object", "doubt"):
            plain.setdefault(quad.subject.value, {})[name] = getattr(quad.object, "value", "")
    reasons = {
        about["subject"]: about.get("doubt", "")
        for about in plain.values()
        if about.get("predicate", "").endswith("#verdict") and "subject" in about
    }
    found = {}
    for citation, about in plain.items():
        if "hasCitedEntity" in about and "verdict" in about:
            successor = about["successor"].removeprefix(f"{BASE}resolution/") if "successor" in about else None
            term = about["verdict"].rpartition("/")[2]
            key = (about["hasCitingEntity"].removeprefix(BASE), about["hasCitedEntity"].removeprefix(BASE))
            found[key] = ((term, successor), reasons.get(citation, ""))
    return found


def table(found: Sequence[Case]) -> str:
    """How many of each verdict that was due got which."""
    counts = Counter((case.due[0], case.got[0] if case.got else "not read") for case in found)
    columns = [*TERMS, "not read"]
    lines = ["due \\ got".ljust(14) + "".join(column.rjust(13) for column in columns)]
    lines += [due.ljust(14) + "".join(str(counts[due, got]).rjust(13) for got in columns) for due in TERMS]
    right = sum(case.got == case.due for case in found)
    return "\n".join([*lines, f"{right} of {len(found)} right, successors included ({right / len(found):.1%})"])


def differences(found: Sequence[Case]) -> Iterator[str]:
    """What came out otherwise than was due, with the reason that the build gives."""
    for case in found:
        if case.got != case.due:
            cited = f"{'/'.join(case.cited.number)}/{case.cited.meeting.year}"
            when = f"{case.paper.first}..{case.paper.last}"
            yield f"{case.paper.name} ({when}) cites {cited}: due {case.due}, got {case.got}. {case.reason}"


def every(folder: Path) -> list[Case]:
    """The cases of all seeds."""
    return [case for seed in SEEDS for case in cases(seed, folder / str(seed))]
