"""The mandate trace: every hop with its account, the weakest and the missing named, nothing guessed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import Literal, Quad

from queryapp.cards import ROLES, Card, Trace
from queryapp.config import Config
from queryapp.dataset import current_version, open_version
from queryapp.errors import QueryError
from queryapp.evidence import Known
from queryapp.force import beside_one_that_held, force
from queryapp.naming import resolve
from queryapp.panels import Reader
from queryapp.trace import trace
from queryapp.trace_command import command
from queryapp.trace_text import headline
from tests.smalldata import BASE, term, thing, write_small_dataset


@pytest.fixture(scope="module")
def reader(small_dataset: Path) -> Reader:
    dataset = open_version(current_version(small_dataset), Config(dataset=small_dataset))
    return Reader(dataset.store, dataset.base)


def hops(made: Trace, role: str) -> set[tuple[str, str, str]]:
    """Every account of a role: (thing, tie, how known)."""
    return {
        (card.iri.removeprefix(BASE), tie, known.how)
        for card in made.stages[role]
        for tie, known in card.accounts
    }  # fmt: skip


UP = [
    # from                           role          hops that must be there
    ("consultation/cwg-harbour/2032-01", "output", {("session/council/2033", "summary submitted to", "planned")}),
    ("consultation/cwg-harbour/2032-01", "activity",
     {("consultation/cwg-harbour/2032-01", "this activity", "inferred")}),
    ("consultation/cwg-harbour/2032-01", "decision", {("meeting/cwg-harbour/8", "launched at", "planned")}),
    ("consultation/cwg-harbour/2031-09", "activity", {("consultation/cwg-harbour/2031-09", "this activity", "stated")}),
    ("consultation/cwg-harbour/2031-09", "decision",
     {("meeting/cwg-harbour/7", "launched at", "planned"), ("meeting/cwg-harbour/8", "launched at", "stated")}),
    ("consultation/cwg-harbour/2031-09", "delegation",
     {("resolution/council/2207/2028", "modality of consultation in", "stated"),
      ("resolution/council/2207/2028", "established by", "stated")}),
    ("consultation/cwg-harbour/2031-03", "clause", {("resolution/pp/88/2031", "now governed by", "stated")}),
    ("body/cwg-harbour", "clause",
     {("resolution/pp/61/2027", "now governed by", "stated"),
      ("resolution/pp/61/2027", "in accordance with", "stated")}),
    ("duty/resolution/pp/61/2031/clause/4", "clause", {("resolution/pp/61/2031/clause/4", "lays down", "stated")}),
    ("document/cwg-harbour/7/10", "clause", {("resolution/pp/61/2027", "now governed by", "stated")}),
]  # fmt: skip


@pytest.mark.parametrize(("start", "role", "expected"), UP)
def test_a_trace_leads_up(reader: Reader, start: str, role: str, expected: set[tuple[str, str, str]]) -> None:
    assert expected <= hops(trace(reader, BASE + start), role)


def test_a_mandate_of_its_own_wins_over_that_of_the_body(reader: Reader) -> None:
    made = trace(reader, BASE + "consultation/cwg-harbour/2031-03")
    assert {thing for thing, _, _ in hops(made, "clause")} == {"resolution/pp/88/2031"}


def test_a_revision_without_a_clause_says_so_and_a_clause_says_which(reader: Reader) -> None:
    [revision] = trace(reader, BASE + "consultation/cwg-harbour/2031-03").stages["clause"]
    assert revision.detail.endswith("no clause named")
    [clause] = trace(reader, BASE + "duty/resolution/pp/61/2031/clause/4").stages["clause"]
    assert clause.detail == "instructs Council, 2"


def test_an_excerpt_has_a_number_unknown(reader: Reader) -> None:
    made = trace(reader, BASE + "resolution/pp/88")
    assert "instructs Council, number unknown" in {card.detail for card in made.below}


def test_the_weakest_hop_is_named(reader: Reader) -> None:
    weak = trace(reader, BASE + "consultation/cwg-harbour/2032-01").weakest
    assert weak is not None
    assert (weak.role, weak.known.how) == ("activity", "inferred")


def test_a_hop_that_the_record_lacks_is_missing(reader: Reader) -> None:
    made = trace(reader, BASE + "body/cwg-harbour")
    assert made.missing == ("decision",)
    assert made.stages["decision"] == ()


def test_what_is_inferred_has_its_premises(reader: Reader) -> None:
    [activity] = trace(reader, BASE + "consultation/cwg-harbour/2032-01").stages["activity"]
    assert activity.premises
    assert all(premise.startswith(BASE + "assertion/") for premise in activity.premises)


FORCE = [
    # text                      on            verdict begins with
    ("resolution/pp/61/2027", "2029-01-01", "yes"),
    ("resolution/pp/61/2027", "2032-01-01", "no: until 2031-10-24"),
    ("resolution/pp/61/2031", "2029-01-01", "no: from 2031-10-24"),
    ("resolution/pp/61", "2029-01-01", "the revision is open; that day Resolution 61 (Rev. Osterby, 2027) held"),
    ("resolution/pp/61/2031/clause/4", "2032-01-01", "yes"),
    ("topic/safe-quays", "2032-01-01", "cannot tell"),
]


@pytest.mark.parametrize(("text", "on", "verdict"), FORCE)
def test_whether_a_text_was_in_force(reader: Reader, text: str, on: str, verdict: str) -> None:
    assert force(reader, BASE + text, on).startswith(verdict)


UNVERIFIED = ["resolution/pp/61/2031", "resolution/pp/61/2027"]  # the second one's last day is of the same row


@pytest.mark.parametrize("text", UNVERIFIED)
def test_no_verdict_rests_on_a_row_that_nobody_verified(tmp_path: Path, text: str) -> None:
    row = thing("register/resolutions/pp-61-2031")
    doubt = Quad(row, term("rc:verified"), Literal(False), thing("graph/register/resolutions"))
    folder = write_small_dataset(tmp_path / "dataset", add=(doubt,))
    dataset = open_version(current_version(folder), Config(dataset=folder))
    verdict = force(Reader(dataset.store, dataset.base), BASE + text, "2031-12-01")
    assert verdict == "cannot tell: the dates are of a register row that nobody verified"


def test_texts_are_judged_by_the_day_asked_for_else_by_the_activitys_own(reader: Reader) -> None:
    own = trace(reader, BASE + "consultation/cwg-harbour/2031-09")
    assert own.on.startswith("2031-")
    asked = trace(reader, BASE + "consultation/cwg-harbour/2031-09", on="2035-01-01")
    assert (asked.on, asked.on_why) == ("2035-01-01", "the day asked for")


def test_known_leaves_out_later_facts_and_counts_them(reader: Reader) -> None:
    made = trace(reader, BASE + "consultation/cwg-harbour/2031-09", known="2031-12-31")
    assert ("meeting/cwg-harbour/8", "launched at", "stated") not in hops(made, "decision")
    assert made.later > 0


def test_a_trace_leads_down(reader: Reader) -> None:
    made = trace(reader, BASE + "resolution/pp/61")
    found = {(card.role, card.iri.removeprefix(BASE), card.known.how) for card in made.below}
    assert ("clause", "resolution/pp/61/2031/clause/4", "stated") in found
    assert ("duty", "duty/resolution/pp/61/2031/clause/4", "stated") in found
    assert ("hangs", "body/cwg-harbour", "stated") in found
    assert ("carried out", "consultation/cwg-harbour/2032-01", "planned") in found


NAMES = [
    ("Open consultation on tide tables (January–June 2032)", "consultation/cwg-harbour/2032-01"),
    ("consultation/cwg-harbour/2032-01", "consultation/cwg-harbour/2032-01"),
    (BASE + "topic/safe-quays", "topic/safe-quays"),
]


@pytest.mark.parametrize(("given", "path"), NAMES)
def test_a_thing_is_named_by_iri_address_or_name(reader: Reader, small_dataset: Path, given: str, path: str) -> None:
    assert resolve(reader, small_dataset / "current" / "search.sqlite", given) == BASE + path


def test_a_name_of_several_things_is_refused_with_the_candidates(reader: Reader, small_dataset: Path) -> None:
    with pytest.raises(QueryError, match=r"several things.*meeting/cwg-harbour/7"):
        resolve(reader, small_dataset / "current" / "search.sqlite", "meeting of CWG-Harbour")


def test_an_unknown_thing_is_refused(reader: Reader, small_dataset: Path) -> None:
    with pytest.raises(QueryError, match="no such thing"):
        resolve(reader, small_dataset / "current" / "search.sqlite", "xylophone")
    with pytest.raises(QueryError, match="not in the graph"):
        trace(reader, BASE + "topic/xylophone")


def test_the_command_prints_every_hop(small_dataset: Path) -> None:
    run = CliRunner().invoke(command, [str(small_dataset), "consultation/cwg-harbour/2032-01"])
    assert run.exit_code == 0
    assert [line for line in run.output.splitlines() if line.lower() in ROLES] == [role.upper() for role in ROLES]
    assert "Weakest: activity, Open consultation on tide tables (January–June 2032) (inferred)." in run.output


def test_the_command_speaks_json(small_dataset: Path) -> None:
    run = CliRunner().invoke(
        command, [str(small_dataset), "resolution/pp/61", "--format", "json", "--on", "2032-01-01"]
    )
    made = json.loads(run.output)
    assert made["on"] == "2032-01-01"
    assert {"clause", "hangs", "carried out", "duty"} == {card["role"] for card in made["below"]}


WRONG = [
    (["topic/xylophone"], 1, "no such thing"),
    (["--on", "yesterday", "topic/safe-quays"], 2, "write it as 2025-02-20"),
    ([], 2, "Missing argument"),
]


@pytest.mark.parametrize(("arguments", "status", "message"), WRONG)
def test_wrong_use_is_explained(small_dataset: Path, arguments: list[str], status: int, message: str) -> None:
    run = CliRunner().invoke(command, [str(small_dataset), *arguments] if arguments else [])
    assert run.exit_code == status
    assert message in run.output


CLAUSE = "resolution/pp/61/2031/clause/5"
ADDRESSED = Quad(
    thing(CLAUSE),
    term("rc:addressee"),
    Literal("Member States, as worded"),
    thing("graph/document/harbour-final-acts-2031"),
)
TAKEN = Quad(
    thing(CLAUSE), term("rc:clauseRole"), Literal("begs"), thing("graph/document/harbour-final-acts-2031")
)  # fmt: skip


@pytest.mark.parametrize("start", ["resolution/pp/61", "resolution/pp/61/2031", CLAUSE])
def test_an_addressee_may_be_words(tmp_path: Path, start: str) -> None:
    folder = write_small_dataset(tmp_path / "dataset", add=(ADDRESSED, TAKEN))
    dataset = open_version(current_version(folder), Config(dataset=folder))
    made = trace(Reader(dataset.store, dataset.base), BASE + start)
    run = CliRunner().invoke(command, [str(folder), start])
    assert run.exit_code == 0
    if start != CLAUSE:
        assert any("Member States, as worded" in card.detail for card in made.below)


def test_what_set_a_body_up_and_what_governs_it_are_cards_apart(reader: Reader) -> None:
    cards = trace(reader, BASE + "consultation/cwg-harbour/2031-09").stages["delegation"]
    ties = [{tie for tie, _ in card.accounts} for card in cards]
    assert {"established by"} in ties
    assert all(tie == {"established by"} or "established by" not in tie for tie in ties)


HEADLINES = [
    # from                              what the headline says
    (
        "consultation/cwg-harbour/2031-03",
        "Mandate: Resolution 88 (Rev. Larkhaven, 2031), not in force that day – through Council Resolution 2207",
    ),
    ("consultation/cwg-harbour/2032-01", "Weakest: activity, Open consultation on tide tables"),
    (
        "duty/resolution/pp/61/2031/clause/4",
        "Mandate: Resolution 61 (Rev. Larkhaven, 2031), instructs the Council (clause 2)",
    ),
    ("body/cwg-harbour", "Missing: decision."),
    ("resolution/pp/61", "things in the record hang on it."),
]


@pytest.mark.parametrize(("start", "said"), HEADLINES)
def test_the_headline_answers(reader: Reader, start: str, said: str) -> None:
    assert said in headline(trace(reader, BASE + start))


def test_the_headline_counts_hops_by_how_they_are_known(reader: Reader) -> None:
    assert "5 hops: 2 stated, 2 planned, 1 inferred." in headline(
        trace(reader, BASE + "consultation/cwg-harbour/2032-01")
    )


def test_a_text_of_a_later_year_is_not_named_as_what_a_body_worked_under(reader: Reader) -> None:
    made = trace(reader, BASE + "consultation/cwg-harbour/2031-09", on="2024-01-01")
    clauses = [card for card in made.stages["clause"] if card.tie == "in accordance with"]
    assert all(card.is_aside for card in [*clauses, *(c for c in made.stages["delegation"] if not c.sets_up)])
    assert "through" not in headline(made)


def test_every_stated_card_has_its_sentence(reader: Reader) -> None:
    made = trace(reader, BASE + "duty/resolution/pp/61/2031/clause/4")
    [clause] = made.stages["clause"]
    assert clause.sentence in clause.own
    for start in ("consultation/cwg-harbour/2031-09", "body/cwg-harbour", "resolution/pp/61"):
        for card in trace(reader, BASE + start).cards:
            assert bool(card.sentence) == bool(card.own or any(known.evidence for _, known in card.accounts))


def test_a_year_without_a_day_is_the_reason_why_nobody_can_tell(tmp_path: Path) -> None:
    extra = thing("resolution/council/2207/2030")
    quads = (
        Quad(extra, term("rdf:type"), term("eli:LegalResource")),
        Quad(extra, term("rc:revisionYear"), Literal("2030")),
        Quad(extra, term("eli:is_member_of"), thing("resolution/council/2207")),
    )
    folder = write_small_dataset(tmp_path / "dataset", add=quads)
    dataset = open_version(current_version(folder), Config(dataset=folder))
    reader = Reader(dataset.store, dataset.base)
    assert force(reader, extra.value, "2031-01-01") == (
        "cannot tell: the revision's year is known (2030), but no day from which it held"
    )
    assert force(reader, extra.value, "2029-12-31") == "no: it is of 2030"


BODY, NIGHT = "body/cwg-harbour", "consultation/cwg-harbour/2031-09"
COUNCIL = "resolution/council/2207/2028"

JUDGED = [
    # from  on            role          thing                    off    said
    (BODY,  "2029-01-01", "clause",     "resolution/pp/61/2027", False, "yes"),
    (BODY,  "2032-01-01", "clause",     "resolution/pp/61/2027", True,  "no: until 2031-10-24"),
    (BODY,  "2028-01-01", "delegation", COUNCIL,                 True,  "no: from 2028-06-15"),
    (BODY,  "2028-06-15", "delegation", COUNCIL,                 False, "yes"),
    (NIGHT, "2031-10-01", "activity",   NIGHT,                   False, "yes"),
    (NIGHT, "2031-12-01", "activity",   NIGHT,                   True,  "no: until 2031-11-30"),
    (NIGHT, "2031-10-01", "decision",   "meeting/cwg-harbour/7", False, "yes"),
    (NIGHT, "2031-10-01", "decision",   "meeting/cwg-harbour/8", True,  "no: from 2031-11-30"),
]  # fmt: skip


@pytest.mark.parametrize(("start", "on", "role", "path", "off", "said"), JUDGED)
def test_every_hop_is_judged_by_the_day_asked_for(
    reader: Reader, start: str, on: str, role: str, path: str, off: bool, said: str
) -> None:
    cards = [c for c in trace(reader, BASE + start, on=on).stages[role] if c.iri == BASE + path and not c.sets_up]
    assert {(card.off, card.force) for card in cards} == {(off, said)}


def test_without_a_day_asked_for_only_texts_are_judged(reader: Reader) -> None:
    made = trace(reader, BASE + "consultation/cwg-harbour/2031-09")
    assert not made.asked
    assert {card.force for card in (*made.stages["decision"], *made.stages["activity"])} == {""}
    assert not any(card.off for card in made.cards)


@pytest.mark.parametrize(("on", "names"), [("2029-12-31", []), ("2030-01-01", ["Ada Lindqvist"])])
def test_who_was_in_office_on_the_day_is_named(reader: Reader, on: str, names: list[str]) -> None:
    made = trace(reader, BASE + "body/cwg-harbour", on=on)
    assert [holder.label for holder in made.holders] == names
    assert all(holder.role == "chair" for holder in made.holders)


def test_the_answer_states_its_days_and_what_was_not_known(reader: Reader) -> None:
    start = BASE + "consultation/cwg-harbour/2031-09"
    assert headline(trace(reader, start, on="2031-10-01")).startswith("As of 2031-10-01: ")
    assert headline(trace(reader, start)).startswith("Judged as of 2031-")
    said = headline(trace(reader, start, on="2031-12-05", known="2031-12-31"))
    assert said.startswith("As of 2031-12-05, as known on 2031-12-31: ")
    assert "Not known on 2031-12-31: decision Eighth meeting of CWG-Harbour, known since 2032-12-01" in said
    assert "Every hop was known on 2032-12-31." in headline(
        trace(reader, BASE + "consultation/cwg-harbour/2032-01", known="2032-12-31")
    )


BESIDE = [
    # what can be said of two texts named for the same tie, and which of them stands aside as unsure
    (("yes", "cannot tell: no date of this text is known"), [False, True]),
    (("yes", "yes"), [False, False]),
    (("cannot tell: why", "cannot tell: why"), [False, False]),
    (("no: until 2031-10-21", "cannot tell: why"), [False, False]),
]


@pytest.mark.parametrize(("said", "unsure"), BESIDE)
def test_a_text_of_which_nobody_can_tell_stands_beside_one_that_held(said: tuple[str, str], unsure: list[bool]) -> None:
    cards = [Card("delegation", f"r/{at}", "text", "terms of reference", Known(), force=f) for at, f in enumerate(said)]
    other = Card("delegation", "r/9", "another", "consultation modality in", Known(), force="cannot tell: why")
    found = beside_one_that_held((*cards, other))
    assert [card.unsure for card in found] == [*unsure, False]
