"""The registers that come with the code: lookups, names, texts in force, claims, and bad rows."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from ingest.errors import IngestError
from ingest.model import Entity, Link, Mention, Span
from ingest.register import Register, coverage, load
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


PLACES = [
    # city           year    tags
    ("Dubai",        "2012", {"WTSA-12", "WCIT-12"}),
    ("Dubai",        "2014", {"WTDC-14"}),
    ("Dubai",        "2018", {"PP-18"}),
    ("Geneva",       "2013", {"WTPF-13"}),
    ("Geneva",       "2015", {"RA-15"}),  # texts of WRC-15 are cited by their tag
    ("Buenos Aires", "2017", {"WTDC-17"}),
    ("Florianopolis", "2004", {"WTSA-04"}),
    ("Marrakech",    "2002", {"PP-02"}),
    ("Bucharest",    "2018", set()),
]  # fmt: skip


@pytest.mark.parametrize(("city", "year", "tags"), PLACES)
def test_city_and_year_name_the_conference(register: Register, city: str, year: str, tags: set[str]) -> None:
    assert {found.tag for found in register.conferences(city=city, year=year)} == tags


def test_the_city_alone_never_names_it(register: Register) -> None:
    assert len({found.body for found in register.conferences(city="Dubai")}) > 3


IN_FORCE = [
    # kind         issuer     number  on            revision  verified  reason has
    ("resolution", "council", "1336", "2018-01-29", "2015",   True,     "last revision"),
    ("resolution", "council", "1336", "2020-06-01", "2019",   True,     "last revision"),
    ("resolution", "council", "1336", "2019-06-15", "2015",   True,     "the last revision before"),
    ("resolution", "council", "1336", "2019",       None,     False,    "not known well enough"),
    ("resolution", "council", "1305", "2018-01-29", "2009",   True,     "last revision"),
    ("resolution", "council", "1344", "2024-02-01", None,     False,    "another instrument"),
    ("resolution", "pp",      "102",  "2018-11-16", "2014",   True,     "last revision"),  # closing day
    ("resolution", "pp",      "102",  "2018-11-17", "2018",   True,     "last revision"),
    ("resolution", "pp",      "102",  "2026-02-01", "2022",   True,     "last revision"),
    ("resolution", "pp",      "197",  "2018-01-29", "2014",   True,     "last revision"),
    ("resolution", "pp",      "206",  "2018-01-29", None,     False,    "first adopted in 2018"),
    ("resolution", "pp",      "21",   "2020-01-01", "2018",   True,     "last revision"),
    ("resolution", "pp",      "21",   "2023-01-01", None,     False,    "does not say"),
    ("resolution", "pp",      "101",  "2023-01-01", "2022",   False,    "last revision"),
    ("resolution", "pp",      "9999", "2023-01-01", None,     False,    "no revision"),
    ("opinion",    "wtpf",    "4",    "2018-01-01", None,     False,    "anew"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "issuer", "number", "on", "year", "verified", "reason"), IN_FORCE)
def test_the_text_in_force(
    register: Register, kind: str, issuer: str, number: str, on: str, year: str | None, verified: bool, reason: str
) -> None:
    standing = register.standing(kind, issuer, number, on)
    assert (standing.revision and standing.revision.year) == year
    assert standing.verified is verified
    assert reason in standing.reason
    assert register.in_force(kind, issuer, number, on) is standing.revision


def test_the_text_in_force_over_an_interval(register: Register) -> None:
    within = register.standing("resolution", "pp", "102", "2020-03-01", "2020-12-31")
    across = register.standing("resolution", "pp", "102", "2018-01-01", "2018-12-31")
    assert within.revision is not None
    assert across.revision is None
    assert [revision.year for revision in across.candidates] == ["2014", "2018"]


def test_what_was_merged_says_where_it_went(register: Register) -> None:
    successor = register.standing("resolution", "council", "1344", "2024-02-01").successor
    assert successor == Entity("revision", ("resolution", "council", "1336", "2019"))


def test_revisions_in_order_and_their_titles(register: Register) -> None:
    titles = {revision.year: revision.title for revision in register.revisions("resolution", "pp", "102")}
    assert list(titles) == ["1998", "2002", "2006", "2010", "2014", "2018", "2022"]
    assert titles["1998"] != titles["2018"]
    busan = register.revision("resolution", "pp", "197", "2014")
    assert busan is not None
    assert busan.first is True
    assert busan.notations == ("Busan, 2014",)
    following = register.next_revision(busan)
    assert following is not None
    assert following.notations == ("Rev. Dubai, 2018",)
    assert register.previous_revision(following) is busan


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


def test_coverage_counts_what_stayed_open() -> None:
    mention = Mention("citation", Span(0, 16), "Resolution  9999", 1)
    again = Mention("citation", Span(30, 45), "Resolution 9999", 2)
    known = Mention("body", Span(50, 53), "ITU", 2)
    links = (
        Link(mention, None, "not in the register"),
        Link(again, None, "not in the register"),
        Link(known, Entity("body", ("itu",)), "only candidate"),
    )
    assert coverage(links) == (("citation", "Resolution 9999", 2, "not in the register"),)


HEADER = "slug,label,label_fr,kind,parent,source,verified,unverified,known_since,derived_from\n"
BAD = [
    # file              content                                                       error has
    ("bodies.csv", "slug,label\nx,y\n", "wrong columns"),
    ("bodies.csv", HEADER + "x,,,council,,GK,no,,,\n", "line 2: label is empty"),
    ("bodies.csv", HEADER + "x,X,,council,,GK,maybe,,,\n", "Write yes or no"),
    ("bodies.csv", HEADER + "x,X,,council,,GK,no,,2018-02-30,\n", "known_since"),
    ("bodies.csv", HEADER + "x,X,,council,,GK,yes,nonsense,,\n", "which is no column"),
    ("bodies.csv", HEADER + "x,X,,council,,GK\n", "cells, but the header has"),
    ("bodies.csv", HEADER + "x,X,,council,,GK,no,,,\nx,X,,council,,GK,no,,,\n", "stands already"),
    ("bodies.csv", HEADER + 'x,"X"y,,council,,GK,no,,,\n', "quotation marks"),
    ("number_forms.toml", '[[form]]\nname = "x"\n', "missing"),
    ("number_forms.toml", "[[form]\n", "Mend the TOML"),
]


@pytest.mark.parametrize(("file", "content", "error"), BAD)
def test_bad_rows_say_file_and_remedy(tmp_path: Path, file: str, content: str, error: str) -> None:
    (tmp_path / file).write_text(content, encoding="utf-8")
    with pytest.raises(IngestError, match=file) as caught:
        load([tmp_path])
    assert error in str(caught.value)


def test_another_institution_is_another_folder(tmp_path: Path) -> None:
    harbour = tmp_path / "harbour"
    harbour.mkdir()
    rows = "harbour,Harbour Board,,council,,GK,no,,,\ntides,Tide Panel,,council-working-group,harbour,GK,no,,,\n"
    (harbour / "bodies.csv").write_text(HEADER + rows, encoding="utf-8")
    register = load([harbour])
    assert register.body_named("the tide panel") == ("tides",)
    assert register.ancestors("tides") == ("harbour",)
    assert load([harbour]).digest == register.digest


def test_a_session_that_has_not_begun_cannot_have_revised_anything() -> None:
    register = load(register_folders())
    assert register.standing("resolution", "council", "1336", "2026-04-01").revision is not None
    assert register.standing("resolution", "council", "1336", "2026-05-01").revision is None
