"""Verdicts on citations: a table of dates and revisions, and what each conclusion rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.claims.citations import claims
from ingest.graph.triples import merged
from ingest.inference import Account, Archive, infer
from ingest.inference.superseded import superseded_revisions
from ingest.inference.verdicts import verdict
from ingest.model import Claim, Entity, Value
from ingest.register import Register
from ingest.registers.facts import claims_of
from tests import verdictcases
from tests.ingest.harbour import ROW, UNVERIFIED, document, register

VERDICTS = [
    # date or bounds, key cited, verdict, successor, the reason has
    ("2032-01-10", "pc 61 2031", "current", None, "was in force on"),
    ("2032-01-10", "pc 61 2027", "stale", "pc 61 2031", "Resolution 61 (2031) was in force"),
    ("2029-01-10", "pc 61 2031", "ahead", None, "not in force yet"),
    ("2029-01-10", "pc 61 2027", "current", None, "was in force on"),
    ("2025-01-10", "pc 61 2027", "ahead", None, "not in force yet"),  # of the first text, too
    ("2031-10-20", "pc 61 2031", "ahead", None, "not in force yet"),  # the closing day itself
    ("2031-10-21", "pc 61 2031", "current", None, "was in force on"),
    ("2031-10-21", "pc 61 2027", "stale", "pc 61 2031", "(2031) was in force"),
    ("2032-01-10", "pc 61 2029", "cannot-tell", None, "does not know the revision"),
    ("2032-01-10", "council 2205 2029", "cannot-tell", None, "nobody verified the register's row"),
    (None, "pc 61 2027", "cannot-tell", None, "nothing is known of the document's date"),
    (("2032-01-01", "2032-12-31"), "pc 61 2027", "stale", "pc 61 2031", "(2031) was in force"),
    (("2031-01-01", "2032-12-31"), "pc 61 2027", "cannot-tell", None, "not known well enough"),  # the ends disagree
    (("2028-01-01", "2031-10-20"), "pc 61 2031", "ahead", None, "not in force yet"),  # here they do not
    ((None, "2026-12-31"), "pc 61 2027", "cannot-tell", None, "one bound alone"),
    ("2036-01-10", "pc 61 2031", "cannot-tell", None, "PP-35 (Eastmere 2035) came after it"),
]  # fmt: skip


def revision(key: str) -> Entity:
    return Entity("revision", ("resolution", *key.split()))


@pytest.mark.parametrize(("date", "cited", "term", "successor", "reason"), VERDICTS)
def test_verdict(
    date: str | tuple[str | None, str | None] | None, cited: str, term: str, successor: str | None, reason: str
) -> None:
    period = date if isinstance(date, tuple) else (date, date)
    found = verdict(register(), revision(cited), period)
    assert (found.term, found.successor) == (term, revision(successor) if successor else None)
    assert reason in found.reason
    assert found.reason.endswith(".")


def test_the_resolution_as_such_has_no_verdict() -> None:
    found = verdict(register(), Entity("instrument", ("resolution", "pc", "61")), ("2032-01-10", "2032-01-10"))
    assert (found.term, found.reason) == ("cannot-tell", "Cannot tell: the citation names no revision.")


# ---- rows that nobody verified, and texts that went into another ----------------------------------------------------


def changed(*, merged_verified: bool = True, unverified_year: str = "", unverified_closing: str = "") -> Register:
    """The register with Resolution 74 gone into Resolution 90, and with rows that nobody verified."""
    known = register()
    into = revision("pc 90 2031")
    texts = []
    for text in known.tables.revisions:
        if text.number == "40" and text.issuer == "pc":
            row = ROW if merged_verified else replace(ROW, unverified=frozenset({"status", "replaced_by", "ended"}))
            text = replace(text, status="merged", replaced_by=into, ended="2031-10-20", row=row)
        if text.number == "61" and text.year == unverified_year:
            text = replace(text, row=UNVERIFIED)
        texts.append(text)
    closing = replace(ROW, unverified=frozenset({"end"}))
    events = [
        replace(event, row=closing) if f"{event.body} {event.year}" == unverified_closing else event
        for event in known.tables.events
    ]
    return Register(replace(known.tables, revisions=tuple(texts), events=tuple(events)), "changed")


@pytest.mark.parametrize(
    ("known", "day", "cited", "expected"),
    [
        (changed(), "2032-01-10", "pc 40 2027", ("stale", revision("pc 90 2031"))),
        (changed(), "2031-01-10", "pc 40 2027", ("current", None)),
        (changed(merged_verified=False), "2032-01-10", "pc 40 2027", ("cannot-tell", None)),
        (changed(merged_verified=False), "2031-01-10", "pc 40 2027", ("current", None)),
        (changed(unverified_year="2031"), "2032-01-10", "pc 61 2027", ("cannot-tell", None)),
        (changed(unverified_year="2031"), "2031-01-10", "pc 61 2027", ("current", None)),
        (changed(unverified_closing="pc 2031"), "2031-12-10", "pc 61 2027", ("cannot-tell", None)),
        (changed(unverified_closing="pc 2031"), "2031-12-10", "pc 61 2031", ("cannot-tell", None)),
        (changed(unverified_closing="pc 2031"), "2032-01-10", "pc 61 2027", ("stale", revision("pc 61 2031"))),
        (changed(unverified_closing="pc 2031"), "2030-12-31", "pc 61 2031", ("ahead", None)),
    ],
)
def test_a_verdict_rests_on_verified_cells_alone(
    known: Register, day: str, cited: str, expected: tuple[str, Entity | None]
) -> None:
    found = verdict(known, revision(cited), (day, day))
    assert (found.term, found.successor) == expected


# ---- as conclusions of an archive -----------------------------------------------------------------------------------

REPORT = "The Group met in line with Resolution 61 (Norby, 2027) and Resolution 88 (Rev. Larkhaven, 2031)."
PAPER = Entity("document", ("cwg-harbour", "9", "11"))


def archive(folder: Path, written: str, day: str | None, *more: Claim, entity: Entity = PAPER) -> Archive:
    found = document(folder, written, date=day, entity=entity)
    file = Entity("file", ("a",))
    told = [Claim(entity, "rc:embodiedBy", file, "asserted", "rule", "file-as-read"), *claims(found), *more]
    if day:
        told.append(Claim(entity, "dcterms:date", Value(day, "xsd:date"), "asserted", "text", "document-date"))
    account = Account("a", tuple(merged("a", told)), found.reading.text, day, day)
    registers = Account("register", tuple(merged("register", claims_of(found.register))))
    return Archive.of([account], registers, found.register)


def concluded(known: Archive, predicate: str) -> Iterator[Claim]:
    return (claim for claim in infer(known) if claim.rule == "citation-verdict" and claim.predicate == predicate)


def told(known: Archive, premises: Sequence[str]) -> list[tuple[str, str]]:
    by_key = {one.key: one.claim for one in known.stated}
    return [(by_key[key].predicate, str(by_key[key].subject).rpartition("resolution:")[2]) for key in premises]


def test_a_conclusion_names_the_citation_the_date_and_the_rows_it_rests_on(tmp_path: Path) -> None:
    known = archive(tmp_path, REPORT, "2032-01-10")
    stale, current = concluded(known, "rc:verdict")
    assert (stale.object, current.object) == (
        Entity("concept", ("verdict", "stale")),
        Entity("concept", ("verdict", "current")),
    )
    assert told(known, stale.premises) == [
        ("rc:records", "document:cwg-harbour:9:11"),
        ("dcterms:date", "document:cwg-harbour:9:11"),
        ("eli:first_date_entry_in_force", "pc:61:2031"),
    ]
    (successor,) = concluded(known, "rc:successor")
    assert (successor.subject, successor.object) == (stale.subject, revision("pc 61 2031"))
    assert successor.premises == stale.premises
    assert {stale.basis, stale.modality} == {"rule", "asserted"}
    assert stale.doubt == "Resolution 61 (2031) was in force on the document's date."


def test_where_nobody_can_tell_the_citation_alone_is_the_premise(tmp_path: Path) -> None:
    known = archive(tmp_path, REPORT, None)
    found = list(concluded(known, "rc:verdict"))
    assert [told(known, claim.premises) for claim in found] == [[("rc:records", "document:cwg-harbour:9:11")]] * 2
    assert {claim.doubt for claim in found} == {"Cannot tell: nothing is known of the document's date."}
    assert not list(concluded(known, "rc:successor"))


TEXT = Entity("clause", ("resolution", "pc", "88", "2031", "1"))
EXCERPT = Entity("excerpt", ("a", "100"))
SAME_OCCASION = [
    # what ties the document to the conference of October 2031, the document, the verdict on its revision of 2031
    ([], Entity("document", ("pc", "31", "7")), "current"),
    ([Claim(revision("pc 88 2031"), "eli:has_part", TEXT, "asserted", "text", "clauses")], PAPER, "current"),
    ([Claim(revision("pc 88 2031"), "eli:has_part", EXCERPT, "asserted", "text", "clauses")], PAPER, "ahead"),
    ([], PAPER, "ahead"),
    ([Claim(PAPER, "rc:reportsOn", Entity("conference", ("pc", "2031")), "asserted", "text", "x")], PAPER, "current"),
]


@pytest.mark.parametrize(("more", "entity", "term"), SAME_OCCASION)
def test_a_conference_cites_its_own_revisions_before_it_closes(
    tmp_path: Path, more: list[Claim], entity: Entity, term: str
) -> None:
    written = "As Resolution 61 (Rev. Larkhaven, 2031) has it."
    (found,) = concluded(archive(tmp_path, written, "2031-10-15", *more, entity=entity), "rc:verdict")
    assert found.object == Entity("concept", ("verdict", term))
    (before,) = concluded(archive(tmp_path, written, "2031-09-15", *more, entity=entity), "rc:verdict")
    assert before.object == Entity("concept", ("verdict", "ahead"))


ONLY_BEFORE = [
    # last possible day, what is cited, the verdicts: nothing is stale on that assumption
    ("2032-06-01", "Resolution 61 (Rev. Larkhaven, 2031)", ["current"]),
    ("2032-06-01", "Resolution 61 (Norby, 2027) and Resolution 61 (Rev. Larkhaven, 2031)", ["cannot-tell", "current"]),
    ("2032-06-01", "Resolution 61 (Norby, 2027)", ["cannot-tell"]),  # of 2027 or of any later year
    ("2031-06-01", "Resolution 61 (Rev. Larkhaven, 2031)", ["cannot-tell"]),  # too late to date it
]  # fmt: skip


@pytest.mark.parametrize(("last", "words", "terms"), ONLY_BEFORE)
def test_a_document_is_taken_to_be_no_older_than_the_latest_text_it_cites(
    tmp_path: Path, last: str, words: str, terms: list[str]
) -> None:
    dated = archive(tmp_path, f"The Group met in line with {words}.", None)
    known = replace(dated, accounts=tuple(replace(account, latest=last) for account in dated.accounts))
    found = list(concluded(known, "rc:verdict"))
    assert [claim.object for claim in found] == [Entity("concept", ("verdict", term)) for term in terms]
    current = [claim for claim in found if claim.object == Entity("concept", ("verdict", "current"))]
    assert all("no older than the latest text" in (claim.doubt or "") for claim in current)


SUPERSEDED = [
    # date, the findings about the report
    ("2032-01-10", ["Resolution 61 (2027) is cited once; on the document's date Resolution 61 (2031) was in force."]),
    ("2030-01-10", []),
    (None, []),
]  # fmt: skip


@pytest.mark.parametrize(("day", "messages"), SUPERSEDED)
def test_a_text_that_was_no_longer_in_force_is_asked_about(
    tmp_path: Path, day: str | None, messages: list[str]
) -> None:
    known = archive(tmp_path, REPORT, day)
    found = list(superseded_revisions(known))
    assert [each.message for each in found] == messages
    (text,) = (account.text for account in known.accounts)
    assert all("Resolution 61 (Norby, 2027)" in text[s.start : s.end] for each in found for _, s in each.passages)


# ---- against a calendar of its own ----------------------------------------------------------------------------------


@pytest.mark.slow
def test_invented_institutions_against_a_calendar_that_shares_no_rule(tmp_path: Path) -> None:
    """At least 500 citations, 98 in 100 as the calendar has them; what must never happen, never."""
    found = verdictcases.every(tmp_path)
    right = sum(case.got == case.due for case in found)
    assert len(found) >= 500
    assert right >= 0.98 * len(found), "\n".join([*verdictcases.differences(found), verdictcases.table(found)])
    assert all(sum(case.due[0] == term for case in found) >= 50 for term in verdictcases.TERMS)
    for case in found:
        assert case.got is None or (case.got[0] == "stale") is (case.got[1] is not None)
        assert case.cited.verified or case.got is None or case.got[0] == "cannot-tell"
        if case.got is not None and not (case.paper.first and case.paper.last):
            assert case.got[0] == "cannot-tell" or (case.paper.last and case.got[0] == "current")
