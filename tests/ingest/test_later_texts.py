"""Nothing rests on a text that came after it: what set a body up is kept apart from what governs it now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from ingest import resources
from ingest.claims import all_claims
from ingest.graph.knowledge import Knowledge
from ingest.graph.triples import merged
from ingest.inference import Account, Archive, infer
from ingest.model import Claim, Entity
from ingest.pipeline import Task, process
from ingest.register import Register
from ingest.sources import gather
from tests.ingest.harbour import document

LATER = "Resolution 61 (Rev. Larkhaven, 2031)"
FOUNDED = [
    f"CWG-Harbour was established by Council Resolution 2207 (2022), in accordance with {LATER}.",
    f"CWG-Harbour was set up by Council Resolution 2207 (2022) in line with {LATER}.",
    f"CWG-Harbour was established, in accordance with {LATER}, by Council Resolution 2207 (2022).",
    f"In accordance with {LATER}, CWG-Harbour was established by Council Resolution 2207 (2022).",
    f"CWG-Harbour has been created, in conformity with {LATER}, by Council Resolution 2207 (2022).",
    f"CWG-Harbour was established by Council Resolution 2207 (2022), pursuant to {LATER}.",
    f"Council Resolution 2207 (2022) established CWG-Harbour in accordance with {LATER}.",
]
FOUNDING = Entity("revision", ("resolution", "council", "2207", "2022"))
RESTING = frozenset({
    "rc:establishedBy", "rc:mandatedBy", "rc:termsOfReferenceIn", "rc:consultationModalityIn", "eli-dl:had_legal_basis",
    "eli:cites", "prov:wasDerivedFrom", "prov:wasRevisionOf", "dcterms:replaces", "rc:clauseChange",
})  # fmt: skip
"""What relates a thing to a text that was there before it, or no later than it."""


@pytest.mark.parametrize("written", FOUNDED)
def test_a_body_is_set_up_by_the_earlier_text_alone(tmp_path: Path, written: str) -> None:
    found = document(tmp_path, written, date="2032-01-10")
    told = list(all_claims(found))
    pairs = tuple(merged("a", told))
    archive = Archive.of([Account("a", pairs, found.reading.text)], Account("register", ()), found.register)
    every = [*told, *infer(archive)]
    assert {claim.object for claim in every if claim.predicate == "rc:establishedBy"} == {FOUNDING}
    assert not list(too_late(every, found.register))


def first_year(thing: Entity, register: Register) -> str | None:
    """The year from which a thing is: of a text, or of an activity by its own key or the register."""
    if thing.kind in ("revision", "clause") and len(thing.key) >= 4:
        return thing.key[3]
    if thing.kind == "consultation":
        return thing.key[-1][:4] if thing.key[-1][:2] == "20" else None
    if thing.kind == "meeting":
        meeting = register.meeting(*thing.key)
        return meeting.start[:4] if meeting and meeting.start else None
    return None


def too_late(claims: Sequence[Claim], register: Register) -> Iterator[str]:
    """The edges from a thing to a text of a later year on which it would rest."""
    for claim in claims:
        said = claim.object
        if claim.predicate not in RESTING or not isinstance(said, Entity) or said.kind not in ("revision", "clause"):
            continue
        ours, theirs = first_year(claim.subject, register), first_year(said, register)
        if ours is not None and theirs is not None and ours < theirs:
            yield f"{claim.subject} {claim.predicate} {said}"


def test_an_edge_to_a_later_text_is_seen() -> None:
    later = Entity("revision", ("resolution", "pc", "61", "2031"))
    claim = Claim(FOUNDING, "eli:cites", later, "asserted", "text", "test")
    assert list(too_late([claim], Knowledge.load(tuple(resources.register_folders()), "https://example.org/").register))


def test_nothing_in_the_sample_rests_on_a_later_text() -> None:
    folders, base = tuple(resources.register_folders()), "https://example.org/"
    knowledge = Knowledge.load(folders, base)
    accounts, every = [], list(knowledge.register.claims())
    for source in gather([Path(__file__).parents[2] / "data" / "samples" / "cwg-internet"]):
        result = process(Task(source, folders, base, "k", validate=False))
        pairs = tuple((held.key, held.claim) for held in result.claims)
        accounts.append(Account(result.file, pairs, result.text, result.earliest, result.latest))
        every += [claim for _, claim in pairs]
    rows = tuple((held.key, held.claim) for held in knowledge.claims)
    every += infer(Archive.of(accounts, Account("register", rows), knowledge.register))
    assert sum(claim.predicate in RESTING for claim in every) > 100
    assert list(too_late(every, knowledge.register)) == []
