"""Citations in texts of institutions that no register knows: the text's own names, towns and acronyms tell whose."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from ingest.finders.selfnamed import local_bodies, stands_for
from ingest.model import Link
from tests.ingest.harbour import document, register

CASES = [
    # text; the key of each link or "", the beginning of the reason of the last
    # a body named in full gives its noun and its acronym a meaning
    ("The Board of Pilots met. Decision 4 (2030) of the Board", ["board-of-pilots 4 2030"], "issued by “Board”"),
    ("The Reef Assembly (RFA) met. RFA Res. 9 (2030)", ["rfa 9 2030"], "issued by “RFA”"),
    ("The Reef Assembly and the Kelp Assembly met. Assembly Resolution 9 (2030)", [""],
     "issued by “Assembly”, a body known"),
    ("Assembly Resolution 9 (2030)", ["assembly 9 2030"], "issued by “Assembly”, a body known"),
    # a town and year told once
    ("Resolution 6 of the Reef Assembly (Rev. Puffin, 2031). Resolution 7 (Rev. Puffin, 2031)",
     ["reef-assembly 6 2031", "reef-assembly 7 2031"], "found from context: the document says elsewhere whose Puffin"),
    ("The Reef Assembly (Puffin, 2031) met. Resolutions 7 and 8 (Rev. Puffin, 2031)",
     ["reef-assembly 7 2031", "reef-assembly 8 2031"], "found from context"),
    ("Resolution 6 of the Reef Assembly (Rev. Puffin, 2031). Resolution 6 (Gannet, 2027)",
     ["reef-assembly 6 2031", "reef-assembly 6 2027"], "found from context: the only body"),
    ("Resolution 6 of the Reef Assembly (Rev. Puffin, 2031). Resolution 7 (Gannet, 2027)",
     ["reef-assembly 6 2031", ""], "no issuer given"),
    ("Resolution 6 of the Reef Assembly (Puffin, 2031). Resolution 5 of the Kelp Council (Puffin, 2031). "
     "Resolution 7 (Puffin, 2031)", ["reef-assembly 6 2031", "kelp-council 5 2031", ""], "no issuer given"),
    # tags
    ("Resolution 3 (Rev. KC-29), of the Kelp Conference", ["kelp-conference 3 2029"], "issued by “Kelp Conference”"),
    ("Resolution 6 of the Reef Assembly (Rev. Puffin, 2031). RA-31 Res. 8", ["reef-assembly 6 2031",
     "reef-assembly 8 2031"], "found from context: RA-31 has"),
    ("Resolution 6 of the Reef Assembly (Rev. Puffin, 2031). XY-31 Res. 8", ["reef-assembly 6 2031", ""], "no"),
    ("Kelp Board Decision 5 (KB18, last amended KB29)", ["kelp-board 5 2029"], "issued by “Kelp Board”"),
    # its own
    ("The Kelp Board had been told by the Reef Panel to read its own Decision 5.", ["kelp-board 5"], "“its own”"),
    ("asked for by the Kelp Commission in its decision 25/3 (2030)", ["kelp-commission 25/3 2030"], "“its”"),
    ("Kelp Commission decision 25/3 (2030). Then it adopted decision 26/1 by acclamation.",
     ["kelp-commission 25/3 2030", "kelp-commission 26/1"], "found from context"),
    ("Kelp Commission decision 25/3 and Reef Board decision 8/2 were read, then decision 26/1.",
     ["kelp-commission 25/3", "reef-board 8/2", ""], "no issuer given"),
    # bare numbers are the text's own, never a register's
    ("The Reef Assembly met. Resolution 93 was read.", [""], "no issuer given, and the registers do not know"),
    ("Reef Assembly Resolution 93 (2030). Resolution 93 is read.", ["reef-assembly 93 2030"] * 2, "found from context"),
    ("Reef Assembly Resolutions 4 (2031) and 4 (2026). Resolution 4", ["reef-assembly 4 2031", "reef-assembly 4 2026",
     "reef-assembly 4"], "found from context; revision left open"),
]  # fmt: skip


def citations(links: tuple[Link, ...]) -> list[Link]:
    return [link for link in links if link.mention.kind == "citation"]


@pytest.mark.parametrize(("text", "keys", "reason"), CASES, ids=lambda value: str(value)[:50])
def test_resolved(tmp_path: Path, text: str, keys: list[str], reason: str) -> None:
    links = citations(document(tmp_path, text, body="panel-of-larks").links)
    assert [" ".join(link.entity.key[1:]) if link.entity else "" for link in links] == keys
    assert links[-1].reason.startswith(reason)


def test_no_local_body_has_the_key_of_a_registered_one() -> None:
    known = register()
    told = local_bodies(
        "The Council of Larks and the CWG-Harbour Board (PC) met; the Sandbar Assembly (SA) too.", known
    )
    assert not set(told.by_name.values()) & set(known.bodies)


@pytest.mark.parametrize(
    ("letters", "name", "fits"),
    [("RFA", "Reef Assembly", True), ("KC", "Kelp Conference", True), ("ROADCOM", "Roads Committee", True),
     ("XY", "Reef Assembly", False), ("EA", "Reef Assembly", False)],
)  # fmt: skip
def test_letters_stand_for_a_name(letters: str, name: str, fits: bool) -> None:
    assert stands_for(letters, name) is fits


def test_hostile_text_is_read_in_linear_time() -> None:
    started = time.perf_counter()
    local_bodies("Reef " * 20000 + "Assembly of " + "Kelp and " * 20000, register())
    assert time.perf_counter() - started < 3
