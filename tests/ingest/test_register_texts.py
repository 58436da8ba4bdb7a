"""The text in force on a day or over an interval, and revisions in their order; the chains are in `test_chains.py`."""

from __future__ import annotations

import pytest

from ingest.model import Entity
from ingest.register import Register, load
from ingest.resources import register_folders


@pytest.fixture(scope="module")
def register() -> Register:
    return load(register_folders())


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


def test_a_session_that_has_not_begun_cannot_have_revised_anything(register: Register) -> None:
    assert register.standing("resolution", "council", "1336", "2026-04-01").revision is not None
    assert register.standing("resolution", "council", "1336", "2026-05-01").revision is None
