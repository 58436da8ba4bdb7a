"""The registers that come with the code: names, lookups by key, and what they claim."""

from __future__ import annotations

import pickle

import pytest

from ingest.model import Entity
from ingest.register import Register, load
from ingest.resources import register_folders


@pytest.fixture(scope="module")
def register() -> Register:
    return load(register_folders())


BODIES = [
    # text                                              context body     slugs
    ("CWG-Internet",                                    None,            ("cwg-internet",)),
    ("WG-Internet",                                     None,            ("cwg-internet",)),
    ("CWG Internet",                                    None,            ("cwg-internet",)),
    ("CWG\u2011Internet",                               None,            ("cwg-internet",)),
    ("the CWG-Internet",                                None,            ("cwg-internet",)),
    ("Council Working Group on International Internet-related Public Policy Issues", None, ("cwg-internet",)),
    ("CWG on WSIS & SDGs",                              None,            ("cwg-wsis-sdg",)),
    ("CWG-WSIS&SDG",                                    None,            ("cwg-wsis-sdg",)),
    ("CWG WSIS&SDG",                                    None,            ("cwg-wsis-sdg",)),
    ("Plenipotentiary Conference",                      None,            ("pp",)),
    ("the Group",                                       None,            ()),
    ("the Group",                                       "cwg-internet",  ("cwg-internet",)),
    ("the Group",                                       "cwg-cop",       ("cwg-cop",)),
    ("the Council",                                     "cwg-internet",  ("council",)),
    ("the Council",                                     None,            ()),
    ("DG",                                              None,            ()),
    ("Secretariat",                                     "cwg-internet",  ("general-secretariat",)),
    ("CEPT",                                            None,            ("cept",)),
    ("a group",                                         "cwg-internet",  ()),
]  # fmt: skip


@pytest.mark.parametrize(("text", "context", "slugs"), BODIES)
def test_bodies_by_name(register: Register, text: str, context: str | None, slugs: tuple[str, ...]) -> None:
    assert register.body_named(text, context) == slugs


STATES = [
    ("Republic of Armenia", False, "ARM"),
    ("Kyrgyz Republic", False, "KGZ"),
    ("the Russian Federation", False, "RUS"),
    ("United States", False, "USA"),
    ("USA", False, "USA"),
    ("US", False, "USA"),
    ("us", False, None),  # the pronoun
    ("UAE", False, "ARE"),
    ("Türkiye", False, "TUR"),
    ("Turkey", False, "TUR"),
    ("Cote d’Ivoire", False, "CIV"),
    ("Russian", False, None),
    ("Russian", True, "RUS"),
    ("Brazilian", True, "BRA"),
    ("Congolese", True, None),  # two States
    ("Ruritania", False, None),
]


@pytest.mark.parametrize(("text", "adjectives", "iso3"), STATES)
def test_states_by_name(register: Register, text: str, adjectives: bool, iso3: str | None) -> None:
    found = register.state_named(text, adjectives=adjectives)
    assert (found and found.iso3) == iso3


EVENTS = [
    ("PP-18", "conference:pp:2018"),
    ("2018 Plenipotentiary Conference", "conference:pp:2018"),
    ("PP (Dubai, 2018)", "conference:pp:2018"),
    ("2026 plenipotentiary conference", "conference:pp:2026"),
    ("ITU Plenipotentiary Conference 2018", "conference:pp:2018"),
    ("WTDC-17", "conference:wtdc:2017"),
    ("Council 2025", "session:council:2025"),
    ("2018 session of the Council", "session:council:2018"),
    ("C11", None),  # also an action line: a tag of a session is no name by itself
    ("PP-30", "conference:pp:2030"),  # after all that the register knows
    ("2034 Plenipotentiary Conference", "conference:pp:2034"),
    ("Summit of the Future", "event:summit-of-the-future"),
    ("Plenipotentiary Conference in Geneva", None),  # two of them
    ("PP-19", None),
]


@pytest.mark.parametrize(("text", "entity"), EVENTS)
def test_events_by_name(register: Register, text: str, entity: str | None) -> None:
    assert [str(found) for found in register.event_named(text)] == ([entity] if entity else [])


def test_issuers_of_a_number(register: Register) -> None:
    assert register.issuers_of_number("resolution", "1336") == ("council",)
    assert {"pp", "wtsa", "wtdc"} <= set(register.issuers_of_number("resolution", "58"))
    assert register.issuers_of_number("resolution", "99999") == ()


def test_meetings(register: Register) -> None:
    meeting = register.meeting("cwg-internet", 18)
    assert meeting is not None
    assert (meeting.start, meeting.city) == ("2023-10-18", "Geneva")
    on = register.meeting_on("cwg-internet", "2024-02-01")
    assert on is not None
    assert on.ordinal == "19"
    assert register.meeting_on("cwg-internet", "2024-02-02") is None
    unknown = register.meeting("cwg-internet", 12)
    assert unknown is not None
    assert unknown.start is None


def test_consultations(register: Register) -> None:
    found = register.consultation("cwg-internet", "2024-02")
    assert found is not None
    assert (found.last_month, found.questions, found.topics) == ("2024-09", "3", ("strengthening-the-internet",))
    assert found.decided_at == Entity("meeting", ("cwg-internet", "19"))
    assert {c.number for c in register.consultations("cwg-internet")} == {None, "1", "2", "3", "4", "5", "6"}


def test_officers_are_known_only_while_they_were_seen(register: Register) -> None:
    def chairs(on: str) -> list[str]:
        return [o.person for o in register.officers("cwg-internet", on) if o.role == "chair"]

    assert chairs("2024-02-01") == ["wojciech-berezowski"]
    assert chairs("2018-01-25") == ["majed-al-mazyed"]
    assert chairs("2020-02-05") == []  # a report of 2020 names nobody


def test_stakeholder_wordings_stay_apart(register: Register) -> None:
    both = register.stakeholder_concept("Civil Society and Technical Community entities")
    one = register.stakeholder_concept("Civil Society representatives")
    assert both is not None
    assert one is not None
    assert both.concept != one.concept


def test_plans_are_not_claimed_as_deeds(register: Register) -> None:
    claims = [c for c in register.claims() if c.predicate in ("schema:startDate", "rc:mode", "schema:location")]
    planned = {str(c.subject) for c in claims if c.modality == "planned"}
    assert "consultation:cwg-internet:2025-02" in planned
    assert "conference:pp:2026" in planned
    assert not {str(c.subject) for c in claims if c.modality == "asserted"} & planned


def test_claims_rest_on_rows(register: Register) -> None:
    for claim in register.claims():
        assert claim.basis == "register"
        assert claim.row is not None
        assert register.row(claim.row) is not None, claim.row


def test_an_unverified_cell_does_not_borrow_the_word_of_its_row(register: Register) -> None:
    titles = [c for c in register.claims() if c.predicate == "eli:title" and c.subject.key[2:] == ("102", "2022")]
    rows = [register.row(claim.row or "") for claim in titles]
    assert [row.verified for row in rows if row] == [False]
    revision = register.revision("resolution", "pp", "102", "2022")
    assert revision is not None
    assert revision.row.verified


def test_a_register_travels_to_other_processes(register: Register) -> None:
    copy = pickle.loads(pickle.dumps(register))  # noqa: S301  # our own bytes
    assert copy.digest == register.digest
    assert copy.body_named("CWG-Internet") == ("cwg-internet",)
