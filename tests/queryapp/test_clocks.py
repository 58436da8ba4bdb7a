"""The two clocks on panels: what held, what was known, what was overturned; and that no question forgets them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from queryapp.clocks import is_exempt
from queryapp.config import Config
from queryapp.dataset import current_version, open_version
from queryapp.days import Rule, first_day, known_on, last_day, rule_of
from queryapp.errors import QueryError
from queryapp.panels import Panel, Reader, panel
from queryapp.patterns import patterns
from queryapp.queries import Question, load, load_all, parse
from queryapp.rows import Row, text
from tests import overturned
from tests.smalldata import BASE, write_small_dataset


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """The small record with readings that were overturned."""
    folder = write_small_dataset(tmp_path_factory.mktemp("overturned") / "dataset", add=overturned.quads())
    dataset = open_version(current_version(folder), Config(dataset=folder))
    return Reader(dataset.store, dataset.base)


KNOWN = [
    # known since   until         on            known
    ("2031-05-20", "",           "",           True),
    ("",           "",           "",           True),   # today's view has what nobody can date
    ("2031-05-20", "2032-06-01", "",           False),
    ("2031-05-20", "",           "2031-05-19", False),
    ("2031-05-20", "",           "2031-05-20", True),
    ("2031-05-20", "2032-06-01", "2032-05-31", True),
    ("2031-05-20", "2032-06-01", "2032-06-01", False),  # from that day on it is not held
    ("",           "",           "2033-01-01", False),
]  # fmt: skip


@pytest.mark.parametrize(("since", "until", "day", "expected"), KNOWN)
def test_known_from_a_day_until_another(since: str, until: str, day: str, expected: bool) -> None:
    assert known_on(since, until, day) is expected


DAYS = [
    ("2032-02-03", "2032-02-03", "2032-02-03"),
    ("2032-02", "2032-02-01", "2032-02-29"),
    ("2032", "2032-01-01", "2032-12-31"),
    ("sometime", "", ""),
    ("", "", ""),
    ("2032-13", "2032-13-01", ""),
]


@pytest.mark.parametrize(("when", "first", "last"), DAYS)
def test_a_month_and_a_year_have_a_first_and_a_last_day(when: str, first: str, last: str) -> None:
    assert (first_day(when), last_day(when)) == (first, last)


RULES = [
    # on                    from           until         day           holds
    ("by from",            "2032-01-01",  "",           "2032-01-01", True),
    ("by from",            "2032-01-02",  "",           "2032-01-01", False),
    ("by from",            "",            "",           "2032-01-01", None),
    ("between from until", "2031-01-01",  "2032-01-01", "2031-12-31", True),
    ("between from until", "2031-01-01",  "2032-01-01", "2032-01-01", False),
    ("between from until", "",            "2032-01-01", "2032-02-01", False),
    ("between from until", "",            "2032-01-01", "2031-02-01", None),
    ("during from until",  "2032-01",     "2032-06",    "2032-06-30", True),
    ("during from until",  "2032-01",     "2032-06",    "2032-07-01", False),
    ("during from until",  "",            "2032-06",    "2032-06-01", True),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "since", "until", "day", "holds"), RULES)
def test_a_rule_judges_a_row_by_a_day(rule: str, since: str, until: str, day: str, holds: bool | None) -> None:
    question = parse("q", f"#+ columns: thing (IRI), from (date), until (date)\n#+ on: {rule}\nSELECT * WHERE {{}}")
    row = Row({name: text(words) for name, words in (("from", since), ("until", until)) if words})
    assert rule_of(question).holds(row, day) is holds


BOUNDED = [
    # bounds of the last day      day           holds
    ("2030-01-01", "2032-01-01", "2029-12-31", True),
    ("2030-01-01", "2032-01-01", "2030-06-01", None),
    ("2030-01-01", "2032-01-01", "2032-01-01", False),
    ("2030-01-01", "",           "2040-01-01", None),
]  # fmt: skip


@pytest.mark.parametrize(("earliest", "latest", "day", "holds"), BOUNDED)
def test_between_the_bounds_of_an_end_nobody_can_tell(earliest: str, latest: str, day: str, holds: bool | None) -> None:
    dates = {"from": "2028-01-01", "untilEarliest": earliest, "untilLatest": latest}
    row = Row({name: text(words) for name, words in dates.items() if words})
    assert Rule("between", ("from", "until")).holds(row, day) is holds


@pytest.mark.parametrize("rule", ["by", "by nothing", "between from", "sometimes from"])
def test_a_rule_that_cannot_be_is_refused(rule: str) -> None:
    with pytest.raises(QueryError, match="no such rule"):
        rule_of(parse("q", f"#+ columns: thing (IRI), from (date)\n#+ on: {rule}\nSELECT * WHERE {{}}"))


def shown(found: Panel, column: str) -> set[str]:
    return {row.says(column) for row in found.rows}


DUES, FEES = BASE + "topic/candidate/harbour-dues", BASE + "topic/harbour-fees"

OVERTURNED = [
    # panel             about  known         column      with what was overturned, or without
    ("topic_statuses",  DUES,  "",           "meeting",  set()),
    ("topic_statuses",  DUES,  "2031-06-01", "meeting",  {"Seventh meeting of CWG-Harbour"}),
    ("topic_statuses",  DUES,  "2032-06-01", "meeting",  set()),
    ("topic_statuses",  FEES,  "2031-06-01", "meeting",  set()),
    ("topic_statuses",  FEES,  "2032-06-01", "meeting",  {"Seventh meeting of CWG-Harbour"}),
    ("topic_decisions", DUES,  "",           "decision", set()),
    ("topic_decisions", DUES,  "2031-06-01", "decision", {"requested a list of dues"}),
    ("topic_decisions", FEES,  "2031-06-01", "decision", set()),
    ("topic_decisions", FEES,  "2032-06-01", "decision", {"requested a list of dues"}),
    ("state_contributions", BASE + "state/XNL", "", "document", {"CWG-Harbour 7/3: Lights for small quays"}),
    ("state_contributions", BASE + "state/XNL", "2032-08-31", "document",
     {"CWG-Harbour 7/3: Lights for small quays", "CWG-Harbour 9/2: Printing the tide tables"}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "about", "known", "column", "expected"), OVERTURNED)
def test_what_was_overturned_is_in_the_past_alone(
    reader: Reader, name: str, about: str, known: str, column: str, expected: set[str]
) -> None:
    assert shown(panel(reader, name, about=about, known=known), column) == expected


CELLS = [
    # known       what the decision concerns, as its meeting's page says
    ("",           "Harbour fees"),
    ("2031-06-01", "Harbour dues"),
    ("2032-06-01", "Harbour fees"),
]  # fmt: skip


@pytest.mark.parametrize(("known", "expected"), CELLS)
def test_a_cell_says_what_was_known_of_it(reader: Reader, known: str, expected: str) -> None:
    found = panel(reader, "meeting_decisions", about=BASE + "meeting/cwg-harbour/7", known=known)
    [row] = [row for row in found.rows if row.says("decision") == "requested a list of dues"]
    assert row.says("concerns") == expected


def test_a_property_of_a_record_may_stay_in_its_graph_though_overturned(tmp_path: Path) -> None:
    from pyoxigraph import Quad

    from tests.smallgraph import term

    stays = Quad(overturned.DECISION, term("rc:concerns"), overturned.DUES, overturned.REPORT)
    folder = write_small_dataset(tmp_path / "dataset", add=(*overturned.quads(), stays))
    dataset = open_version(current_version(folder), Config(dataset=folder))
    found = Reader(dataset.store, dataset.base)
    for known, expected in CELLS:
        rows = panel(found, "meeting_decisions", about=BASE + "meeting/cwg-harbour/7", known=known).rows
        assert {row.says("concerns") for row in rows if row.says("decision") == "requested a list of dues"} == {
            expected
        }


ON = [
    # panel                 about                            on            column          expected
    ("meetings_list",       "",                              "2031-12-31", "meeting",
     {"Seventh meeting of CWG-Harbour", "Eighth meeting of CWG-Harbour"}),
    ("consultations_list",  "",                              "2031-10-15", "start", {"2031-09"}),
    ("documents_list",      "",                              "2031-05-01", "document",
     {"CWG-Harbour 7/3: Lights for small quays", "Final Acts (Osterby, 2027)"}),
    ("body_members",        "body/cwg-harbour",              "2029-12-31", "person", set()),
    ("body_members",        "body/cwg-harbour",              "2030-01-01", "person", {"Ada Lindqvist"}),
    ("topic_statuses",      "topic/night-pilotage",          "2031-05-01", "meeting", set()),
    ("topic_statuses",      "topic/night-pilotage",          "2031-05-31", "meeting",
     {"Seventh meeting of CWG-Harbour"}),
    ("contributions_list",  "",                              "2031-12-31", "document",
     {"CWG-Harbour 7/3: Lights for small quays"}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "about", "on", "column", "expected"), ON)
def test_a_panel_shows_what_held_on_the_day(
    reader: Reader, name: str, about: str, on: str, column: str, expected: set[str]
) -> None:
    found = panel(reader, name, about=BASE + about if about else "", on=on)
    sure = {row.says(column) for row in found.rows} if not found.undecided else shown(found, column)
    assert expected <= sure
    if not found.undecided:
        assert sure == expected
    assert found.past > 0 or found.rows


QUESTIONS = list(load_all())
FACT = re.compile(r"(\?\w+)\s+rdf:(?:subject|predicate|object)\b|;\s*rdf:(?:subject|predicate|object)\b")


def assertions(question: Question) -> set[str]:
    """The variables of a question that stand for assertions."""
    return {found[1] for found in FACT.finditer(question.query) if found[1]}


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_no_question_over_assertions_forgets_what_was_overturned(question: Question) -> None:
    """Each assertion's end is bound for the clocks, or ruled out in the question, or judged as a fact of a row."""
    if is_exempt(question) or question.name.startswith("data_"):
        return
    judged = {(p.subject, p.object) for p in patterns(question)}
    for variable in assertions(question):
        if re.search(rf"\{variable} rc:knownUntil \?\w+", question.query):
            continue
        ends = re.findall(
            rf"\{variable} rdf:subject \?(\w+) ; rdf:predicate [\w:?]+ ; rdf:object \?(\w+)", question.query
        )
        assert ends, f"{question.name}: {variable} has no rc:knownUntil"
        assert set(ends) <= judged, f"{question.name}: {variable}"


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_every_question_with_known_has_its_end_too(question: Question) -> None:
    columns = dict(question.columns)
    if question.name not in ("assertion_provenance", "facts_overturned"):
        assert ("known" in columns) == ("knownUntil" in columns)
    rule_of(question)


INTERNAL = re.compile(
    r"(data|facts|things|labels|evidence_quote|file_document|revision_whole|trace|lanes|meeting_(org|ser)|thing_types|assertions_of)"
)


@pytest.mark.parametrize(
    "question", [q for q in QUESTIONS if not INTERNAL.match(q.name)], ids=lambda question: question.name
)
def test_every_panel_says_how_it_takes_the_day(question: Question) -> None:
    rule = rule_of(question)
    assert rule.name or rule.reason or "asOf" in question.query or question.name == "topics_list", question.name


def test_a_panel_without_days_says_so(reader: Reader) -> None:
    found = panel(reader, "bodies_list", on="2031-01-01")
    assert found.notes == ("Not dated: the record does not say from when until when a body existed.",)
    assert panel(reader, "bodies_list").notes == ()


def test_counts_of_the_whole_record_are_left_out_for_a_past_day(reader: Reader) -> None:
    assert "documents" in panel(reader, "meetings_list").columns
    past = panel(reader, "meetings_list", on="2031-12-31")
    assert "documents" not in past.columns
    assert any("documents" in note for note in past.notes)


def test_patterns_are_the_facts_of_a_row() -> None:
    found = {(p.subject, p.property.rpartition("/")[2].rpartition("#")[2], p.object, p.named, p.required)
             for p in patterns(load("meeting_decisions"))}  # fmt: skip
    assert ("decision", "takenAt", "thing", True, True) in found
    assert ("decision", "concerns", "concerns", True, False) in found
    assert ("thing", "startDate", "day", False, False) in found
    assert not {p for p in found if p[1] in ("evidence", "modality", "object", "type")}
