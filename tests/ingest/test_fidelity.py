"""How faithfully a document gives the words of a clause: verdicts on words, and what an archive lets be concluded."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from ingest.fidelity import judge
from ingest.inference import Account
from ingest.inference.fidelity import quotation_fidelity
from ingest.model import Entity, Value
from tests.ingest.archives import REVISION, archive, quoting, text_of

TABLES = Path(__file__).parent / "fidelity"


def rows(name: str) -> list[dict[str, str]]:
    with (TABLES / f"{name}.csv").open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


CLAUSES = {row["clause"]: row["words"] for row in rows("clauses")}
TEXT = "\n".join(CLAUSES.values())
FLOORS = {
    # half      right of ten, by verdict
    "heldout": {"verbatim": 10, "near-verbatim": 8, "paraphrase": 10, "unsupported": 10},
    "tuning":  {"verbatim": 10, "near-verbatim": 10, "paraphrase": 9, "unsupported": 10},
}  # fmt: skip
"""What was measured. The held-out half was written first, and no figure was set on it."""


def verdict(row: dict[str, str]) -> str:
    return judge(row["excerpt"], CLAUSES[row["clause"]], TEXT, marked=row["marked"] == "yes").verdict


@pytest.mark.parametrize("half", FLOORS)
def test_verdicts_on_words(half: str) -> None:
    right = Counter(row["verdict"] for row in rows(half) if verdict(row) == row["verdict"])
    assert Counter(row["verdict"] for row in rows(half)) == dict.fromkeys(FLOORS[half], 10)
    assert all(right[each] >= floor for each, floor in FLOORS[half].items()), right


@pytest.mark.parametrize("half", FLOORS)
def test_nothing_faithful_is_called_unsupported_but_what_the_floors_allow(half: str) -> None:
    blamed = [row["excerpt"] for row in rows(half) if verdict(row) == "unsupported" != row["verdict"]]
    assert len(blamed) <= 1, blamed


def test_the_two_halves_share_nothing() -> None:
    assert not {row["excerpt"].lower() for row in rows("heldout")} & {row["excerpt"].lower() for row in rows("tuning")}


def test_the_differing_words_of_both_sides_one_run_each() -> None:
    found = judge("to print an atlas within forty days", "to print an atlas within thirty days;", "", marked=False)
    assert (found.verdict, found.quoted, found.clause) == ("unsupported", ("forty",), ("thirty",))
    assert found.reason == "the number 40 stands where the clause has 30"


# ---- archives -------------------------------------------------------------------------------------------------------

WHOLE = text_of("whole", "2040-05-01", list(CLAUSES.values()))
REPORT = 'Resolution 7 (Norby, 2040) resolved "{}", and so on.'


def told(*accounts: Account) -> dict[str, set[str]]:
    """Predicate to what is said with it; of a verdict its code."""
    found: dict[str, set[str]] = {}
    for claim in quotation_fidelity(archive(*accounts)):
        said = claim.object.text if isinstance(claim.object, Value) else claim.object.key[-1]
        found.setdefault(claim.predicate, set()).add(said)
    return found


BELLS = "that the bells of the seven towers should be rung at noon"
OTHER = "that every sailmaker pays three crowns for the use of the northern lighthouse"


def test_a_verdict_rests_on_the_excerpt_and_its_clause() -> None:
    claims = list(quotation_fidelity(archive(WHOLE, quoting("report", "2041-01-01", REPORT.format(BELLS), BELLS))))
    ((subject, predicate, said, premises),) = [(c.subject, c.predicate, c.object, c.premises) for c in claims]
    assert (subject.kind, predicate) == ("excerpt", "rc:fidelity")
    assert said == Entity("concept", ("fidelity", "verbatim"))
    assert premises == ("report-excerpt", "whole-clause-4")
    assert [claim.doubt for claim in claims] == [None]


def test_a_verdict_that_is_not_verbatim_says_why_and_shows_the_words() -> None:
    words = BELLS.replace("seven", "nine")
    fidelity, *runs = quotation_fidelity(archive(WHOLE, quoting("report", "2041-01-01", REPORT.format(words), words)))
    assert fidelity.doubt == "the number 9 stands where the clause has 7"
    assert [(run.predicate, run.object) for run in runs] == [
        ("rc:wordsOnlyQuoted", Value("nine", language="en")),
        ("rc:wordsOnlyInClause", Value("seven", language="en")),
    ]


def test_without_the_full_text_of_that_very_revision_nothing_is_said() -> None:
    report = quoting("report", "2041-01-01", REPORT.format(OTHER), OTHER)
    older = text_of("older", "2036-05-01", list(CLAUSES.values()), Entity("revision", (*REVISION.key[:3], "2036")))
    assert told(report) == {}
    assert told(report, older) == {}
    assert told(report, older, WHOLE) == {"rc:fidelity": {"unsupported"}}


def test_words_between_quotation_marks_that_the_text_has_nowhere() -> None:
    plain = f"Resolution 7 (Norby, 2040) resolved {OTHER}."
    assert told(WHOLE, quoting("report", "2041-01-01", REPORT.format(OTHER), OTHER))["rc:fidelity"] == {"unsupported"}
    assert told(WHOLE, quoting("report", "2041-01-01", plain, OTHER))["rc:fidelity"] == {"unsupported"}
    assert told(WHOLE, quoting("report", "2041-01-01", plain, "of the northern lighthouse")) == {}  # no clause is told


def test_one_word_for_another_is_a_misquotation_only_between_quotation_marks() -> None:
    words = "that the bells of the seven towers should be chimed at noon on the day of the fair"
    marked = told(WHOLE, quoting("report", "2041-01-01", REPORT.format(words), words))
    plain = told(WHOLE, quoting("report", "2041-01-01", f"Resolution 7 (Norby, 2040) resolved {words}.", words))
    assert marked == {
        "rc:fidelity": {"unsupported"},
        "rc:wordsOnlyQuoted": {"chimed"},
        "rc:wordsOnlyInClause": {"rung"},
    }
    assert plain["rc:fidelity"] == {"near-verbatim"}


def test_a_text_in_another_language_says_nothing() -> None:
    french = [
        "d'imprimer, avant la fin de l'année, un atlas des colonies de hérons des marais et d'en envoyer deux"
        " exemplaires à chaque paroisse du royaume;",
        "que les cloches des sept tours seront sonnées à midi le jour de la foire, avec l'accord des guildes;",
    ]
    report = quoting("report", "2041-01-01", REPORT.format(OTHER), OTHER)
    assert told(text_of("texte", "2040-05-01", french), report) == {}
