"""Functions of a body that a later document says to stand in another text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from ingest import claims
from ingest.graph.triples import merged
from ingest.inference import Account, Archive, doubts
from ingest.model import Claim, Entity, Value
from ingest.register import Register
from tests.ingest.harbour import ROW, document, register

OLD, NEW = (Entity("revision", ("resolution", "council", number, "2028")) for number in ("2210", "2207"))

MODALITY = "The modality of open consultation for CWG-Harbour is laid down in Council Resolution {}."
TERMS = "The terms of reference for CWG-Harbour are set out in Council Resolution {}."
FOUNDED = "CWG-Harbour was established by Council Resolution {}."
GUIDED = "It was done by CWG-Harbour, which is guided by Council Resolution {}."

HELD = "The {} meeting of CWG-Harbour was held in accordance with Resolution {}."


def account(folder: Path, name: str, day: str | tuple[str | None, str | None], written: str) -> Account:
    found = document(folder, written, entity=Entity("document", ("cwg-harbour", "9", name)))
    first, last = (day, day) if isinstance(day, str) else day
    return Account(name, tuple(merged(name, claims.all_claims(found))), found.reading.text, first, last)


def found(accounts: Sequence[Account], known: Register | None = None) -> list[tuple[str, list[tuple[str, str]]]]:
    """The messages, each with the words of its passages by document."""
    texts = {each.name: each.text for each in accounts}
    return [
        (finding.message, [(name, texts[name][span.start : span.end]) for name, span in finding.passages])
        for finding in doubts(Archive.of(accounts, Account("register", ()), known or register()))
        if finding.code == "mandate-moved"
    ]


MOVES = [
    # sentences of the documents of 2029 and 2032; whether the text moved
    (MODALITY.format("2210 (Mod. 2028)"), MODALITY.format("2207 (Mod. 2028)"), True),
    (TERMS.format("2210 (Mod. 2028)"), TERMS.format("2207 (Mod. 2028)"), True),
    (FOUNDED.format("2207 (2022)"), FOUNDED.format("2210 (Mod. 2028)"), True),
    (GUIDED.format("2207 (Mod. 2028)"), GUIDED.format("2210 (Mod. 2028)"), True),
    (HELD.format("eighth", "61 (Norby, 2027)"), HELD.format("ninth", "88 (Rev. Larkhaven, 2031)"), True),
    (HELD.format("eighth", "61 (Norby, 2027)"), HELD.format("ninth", "61 (Rev. Larkhaven, 2031)"), False),
    (GUIDED.format("2207 (Mod. 2028)"), "CWG-Harbour is guided by PP Resolution 61 (Norby, 2027).", False),
    # a body can be governed by texts of two issuers at once: the row above
    (MODALITY.format("2210"), MODALITY.format("2207"), True),  # of open revisions, too
    (TERMS.format("2207 (Mod. 2025)"), TERMS.format("2207 (Mod. 2028)"), False),  # a revision that the register knows
    (TERMS.format("2207 (Mod. 2028)"), TERMS.format("2207"), False),
    (TERMS.format("2210 (Mod. 2028)"), MODALITY.format("2207 (Mod. 2028)"), False),  # two functions
    (MODALITY.format("2210 (Mod. 2028)"), "CWG-Harbour met.", False),  # silence moves nothing
    (
        TERMS.format("2210 (Mod. 2028)"),
        TERMS.format("2207 (Mod. 2028) and Council Resolution 2210 (Mod. 2028)"),
        False,  # a second text beside the first
    ),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "moved"), MOVES)
def test_moved(tmp_path: Path, before: str, after: str, moved: bool) -> None:
    accounts = [account(tmp_path, "one", "2029-05-01", before), account(tmp_path, "two", "2032-05-01", after)]
    messages = found(accounts)
    assert bool(messages) is moved
    for _, passages in messages:
        assert [name for name, _ in passages] == ["one", "two"]


def test_both_sentences_are_shown_and_a_person_is_asked(tmp_path: Path) -> None:
    accounts = [
        account(tmp_path, "two", ("2032-01-01", "2032-06-30"), MODALITY.format("2207 (Mod. 2028)")),
        account(tmp_path, "one", "2029-05-01", MODALITY.format("2210 (Mod. 2028)")),
    ]
    ((message, passages),) = found(accounts)
    assert message == (
        "Council Working Group on Harbours: the modality of open consultations stands in Resolution 2210 (2028), says"
        " the document of 2029-05-01; Resolution 2207 (2028), says that of 2032."
        " No document and no verified row of a register says that it moved."
    )
    assert [words[-30:] for _, words in passages] == [
        "Council Resolution 2210 (Mod. 2028)"[-30:],
        "Council Resolution 2207 (Mod. 2028)"[-30:],
    ]


UNSURE = [
    # days of the two documents between which nobody can say which is later, or of which one has none
    ("2029-05-01", (None, None)),
    (("2029-01-01", "2032-12-31"), "2032-05-01"),
    ((None, "2029-05-01"), "2032-05-01"),
]


@pytest.mark.parametrize(("first", "second"), UNSURE)
def test_nothing_moves_between_documents_that_are_in_no_order(
    tmp_path: Path, first: str | tuple[str | None, str | None], second: str | tuple[str | None, str | None]
) -> None:
    one = account(tmp_path, "one", first, MODALITY.format("2210 (Mod. 2028)"))
    two = account(tmp_path, "two", second, MODALITY.format("2207 (Mod. 2028)"))
    assert found([one, two]) == []


def test_a_third_document_that_agrees_with_the_second_moves_nothing_more(tmp_path: Path) -> None:
    days = ("2029-05-01", "2030-05-01", "2032-05-01", "2033-05-01")
    texts = ("2210 (Mod. 2028)", "2210 (Mod. 2028)", "2207 (Mod. 2028)", "2207 (Mod. 2028)")
    accounts = [account(tmp_path, day, day, MODALITY.format(text)) for day, text in zip(days, texts, strict=True)]
    ((_, passages),) = found(accounts)
    assert [name for name, _ in passages] == ["2030-05-01", "2032-05-01"]


def gone(*, verified: bool) -> Register:
    """A register whose row says that Resolution 2210 went into 2207."""
    known = register()
    row = ROW if verified else replace(ROW, unverified=frozenset({"replaced_by"}))
    texts = tuple(
        replace(text, status="merged", replaced_by=NEW, ended="2028-06-10", row=row) if text.entity == OLD else text
        for text in known.tables.revisions
    )
    return Register(replace(known.tables, revisions=texts), "gone")


DECIDED = Claim(
    Entity("document", ("cwg-harbour", "9", "one")), "rc:records", Entity("decision", ("one", "9")), "asserted", "text",
    "test", details=(("rc:concerns", OLD), ("rc:concerns", NEW), ("rc:condition", Value("x"))),
)  # fmt: skip
EXPLAINED = [
    (register(), [Claim(NEW, "dcterms:replaces", OLD, "asserted", "text", "test")], True),
    (register(), [DECIDED], True),
    (register(), [replace(DECIDED, modality="planned")], False),
    (register(), [Claim(NEW, "dcterms:replaces", OLD, "proposed", "text", "test")], False),
    (register(), [Claim(OLD, "dcterms:replaces", NEW, "asserted", "text", "test")], False),  # the other way round
    (gone(verified=True), [], True),
    (gone(verified=False), [], False),
]


@pytest.mark.parametrize(("known", "more", "explained"), EXPLAINED)
def test_a_decision_in_the_record_explains_a_move(
    tmp_path: Path, known: Register, more: list[Claim], explained: bool
) -> None:
    one = account(tmp_path, "one", "2029-05-01", MODALITY.format("2210 (Mod. 2028)"))
    one = replace(one, claims=(*one.claims, *merged("more", more)))
    two = account(tmp_path, "two", "2032-05-01", MODALITY.format("2207 (Mod. 2028)"))
    assert (found([one, two], known) == []) is explained


def test_a_revision_that_no_register_knows_is_asked_about(tmp_path: Path) -> None:
    one = account(tmp_path, "one", "2029-05-01", TERMS.format("2207 (Mod. 2028)"))
    two = account(tmp_path, "two", "2033-07-01", TERMS.format("2207 (Mod. 2033)"))
    ((message, _),) = found([one, two])
    assert message.endswith(
        "; Council Resolution 2207 (2033), says that of 2033-07-01. No register knows that revision."
    )
