"""The competency questions: each answers on the sample corpus as its table beside it says, and not to nonsense.

The tables in `ontology/questions/expected` leave out evidence IRIs; `python -m tests.ontology.test_questions DATASET`
writes them anew from a built sample corpus, and a change to them is reviewed like code.
"""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from ontology.prefixes import PREFIXES
from queryapp.queries import Question, load_all
from queryapp.rows import Term, iri

QUESTIONS = Path(__file__).parent.parent.parent / "ontology" / "questions"
EXPECTED = QUESTIONS / "expected"
HIDDEN = frozenset({"evidence"})
RESTATED = {"10-new-in-document": {"document": "restatement/cwg-internet-report-2026"}}
"""Parameters whose example is a document: in the sample corpus that is a restatement."""

QUOTED = {
    "01-mandate-of-activity", "03-revision-in-force", "04-topic-at-meetings", "05-decisions-of-meeting",
    "06-contributions-on-topic", "07-duties-due", "08-responses-by-group", "09-changes-between-revisions",
    "10-new-in-document",
}  # fmt: skip
"""Questions each of whose facts has a sentence; the second also lists revisions that nobody cites."""


def questions() -> list[Question]:
    return list(load_all(QUESTIONS))


def shortened(value: str, base: str) -> str:
    """An IRI of the dataset or of a code list with its prefix."""
    for prefix, name in ((base, "id:"), (PREFIXES["rcs"], "rcs:"), (PREFIXES["rc"], "rc:")):
        if value.startswith(prefix):
            return name + value[len(prefix) :]
    return value


def answer(store: Store, question: Question, base: str, given: dict[str, Term]) -> list[list[str]]:
    """Header and rows, IRIs shortened, white space folded."""
    text = question.fill(given).replace(PREFIXES["id"], base)
    solutions = store.query(text)
    assert isinstance(solutions, QuerySolutions)
    names = [variable.value for variable in solutions.variables if variable.value not in HIDDEN]
    rows = []
    for solution in solutions:
        values = [solution[name] for name in names]
        rows.append([
            " ".join(shortened(value.value, base).split()) if isinstance(value, (NamedNode, Literal)) else ""
            for value in values
        ])  # fmt: skip
    return [names, *rows]


def opened(dataset: Path) -> tuple[Store, str]:
    version = (dataset / "current").resolve()
    return Store.read_only(str(version / "store")), json.loads((version / "manifest.json").read_text())["base"]


def given(question: Question, base: str) -> dict[str, Term]:
    return {name: iri(base + path) for name, path in RESTATED.get(question.name, {}).items()}


@pytest.mark.parametrize("question", questions(), ids=lambda question: question.name)
def test_the_question_answers_as_expected(question: Question, sample_dataset: Path) -> None:
    store, base = opened(sample_dataset)
    with (EXPECTED / f"{question.name}.csv").open(encoding="utf-8", newline="") as lines:
        expected = list(csv.reader(lines))
    found = answer(store, question, base, given(question, base))
    assert found[0] == expected[0]
    assert sorted(found[1:]) == sorted(expected[1:])
    assert len(found) > 1


@pytest.mark.parametrize("question", [q for q in questions() if q.parameters], ids=lambda question: question.name)
def test_the_question_has_no_answer_to_nonsense(question: Question, sample_dataset: Path) -> None:
    store, base = opened(sample_dataset)
    nowhere = {p.name: iri("https://example.org/nowhere") for p in question.parameters if p.example.startswith("<")}
    assert len(answer(store, question, base, nowhere)) == 1


@pytest.mark.parametrize("name", sorted(QUOTED))
def test_every_stated_row_has_its_sentence(name: str, sample_dataset: Path) -> None:
    store, base = opened(sample_dataset)
    [question] = [q for q in questions() if q.name == name]
    header, *rows = answer(store, question, base, given(question, base))
    for row in rows:
        line = dict(zip(header, row, strict=True))
        assert line["quote"] or (name == "03-revision-in-force" and not line["document"]), line


def main(dataset: Path) -> None:
    """Write the expected tables from a built sample corpus."""
    store, base = opened(dataset)
    EXPECTED.mkdir(exist_ok=True)
    for question in questions():
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(answer(store, question, base, given(question, base)))
        (EXPECTED / f"{question.name}.csv").write_text(out.getvalue(), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
