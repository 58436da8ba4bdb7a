"""The reading of clauses in invented texts against a gold written by hand: no figure may fall below its floor.

`python -m tests.clausemeasure dev --misses` prints the figures and each difference. A floor (`floors.toml`) is raised
when the reading gets better, and lowered only with a reason.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ingest.model import Claim, Entity, Span, Value
from tests.clausemeasure import Measured, figures, floors, measure, summed
from tests.gold.clauses.comparing import (
    FOLDER,
    Outcome,
    begins_at,
    begins_behind_verb,
    compare,
    locate,
    roles,
    same_parties,
)  # fmt: skip
from tests.gold.clauses.records import GoldClause, ReadClause, Text, gold_clauses

GOLD = sorted(FOLDER.glob("*/*.json"))
SUMS = FOLDER / "heldout" / "SHA256SUMS"
FLOORS = [(part, name, floor) for part, named in floors().items() for name, floor in named.items()]


@pytest.fixture(scope="module")
def texts() -> Mapping[str, list[Measured]]:
    return {part: measure(part) for part in ("dev", "heldout")}


# --- the gold -------------------------------------------------------------------------------------------------------


def test_held_out_files_are_what_they_were() -> None:
    lines = SUMS.read_text(encoding="utf-8").splitlines()
    stated = {name: checksum for checksum, name in (line.split("  ", 1) for line in lines)}
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in SUMS.parent.iterdir() if path != SUMS}
    assert found == stated


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_gold_is_whole(path: Path) -> None:
    gold: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    assert gold["language"] in ("en", "fr")
    for instrument in gold["instruments"]:
        clauses = instrument["clauses"]
        assert [clause["position"] for clause in clauses] == list(range(1, len(clauses) + 1))
        for clause in clauses:
            assert {roles()[role][0] for role in (clause["role"], *clause.get("also", ()))} == {clause["part"]}
            assert clause["parent"] is None or 1 <= clause["parent"] < clause["position"]
            assert set(clause.get("addressees", ())) == set() or clause["addressee"]


def test_gold_stands_in_the_text_as_read(texts: Mapping[str, list[Measured]]) -> None:
    """Each clause of the gold can be found at all, whatever the reader of clauses makes of it."""
    lost = [text.name for part in texts.values() for text in part if text.outcome.lost]
    assert lost == []


def test_each_part_has_every_format_and_both_languages(texts: Mapping[str, list[Measured]]) -> None:
    for part in texts.values():
        assert {text.groups["format"] for text in part} == {"txt", "md", "html", "xml", "docx", "pdf"}
        assert {text.groups["language"] for text in part} == {"en", "fr"}


# --- the reading ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("part", "name", "floor"), FLOORS, ids=lambda value: str(value).replace(" ", "-"))
def test_reading_keeps_its_floor(part: str, name: str, floor: float, texts: Mapping[str, list[Measured]]) -> None:
    assert figures(texts[part])[name] >= floor


def test_both_parts_have_the_floors_that_matter() -> None:
    assert floors().keys() == {"dev", "heldout"}
    for named in floors().values():
        assert named.keys() >= {"precision", "recall", "f1", "role macro-f1", "addressee f1", "number f1", "parent f1"}


def test_held_out_misses_are_not_shown() -> None:
    asked = [sys.executable, "-m", "tests.clausemeasure", "heldout", "--misses"]
    told = subprocess.run(asked, cwd=FOLDER.parents[2], capture_output=True, text=True, check=False)
    assert (told.returncode, told.stdout) == (2, "")
    assert "sums only" in told.stderr


# --- the comparison -------------------------------------------------------------------------------------------------

TEXT = Text.of("resolves\n1 to paint the pier;\n2. Requests the Harbour Master to paint the pier\nÉtant donné le vent")
PAINT = GoldClause(1, 1, "operative", ("resolves",), None, (), "1", None, "to paint the pier", "paint the pier")
REQUEST = replace(PAINT, position=2, roles=("requests",), addressee="the Harbour Master", number="2.",
                  begins="Requests the Harbour Master to paint", ends="paint the pier")  # fmt: skip

BEGINNINGS = [
    # clause   read from word     right
    (PAINT,    "to",              True),
    (PAINT,    "1",               True),   # the number is part of it
    (PAINT,    "resolves",        False),  # the heading is not
    (PAINT,    "paint",           False),  # its first word is lost
    (REQUEST,  "2",               True),
    (REQUEST,  "requests",        True),
    (REQUEST,  "harbour",         True),   # the verb stands apart
    (REQUEST,  "etant",           False),
]  # fmt: skip


@pytest.mark.parametrize(("clause", "word", "right"), BEGINNINGS)
def test_beginning(clause: GoldClause, word: str, right: bool) -> None:
    start = TEXT.said.index("to") if clause is PAINT else TEXT.said.index("requests")
    first = TEXT.said.index(word)
    assert (begins_at(clause, start, first, TEXT) or begins_behind_verb(clause, start, first, TEXT)) is right


def test_clauses_are_sought_in_order_and_behind_their_number() -> None:
    again = replace(PAINT, number=None, position=3)
    absent = replace(PAINT, number=None, begins="to sell the pier")
    assert locate([PAINT, REQUEST, absent, again], TEXT) == [2, 7, None, 11]


HEAD = Entity("office", ("secretary-general",))
PARTIES = [
    # gold                                      read                                              right
    (("the Secretary-General",),                (HEAD,),                                          True),
    (("the Secretary-General",),                (Value("the Secretary-General"),),                True),
    (("the Secretary-General",),                (),                                               False),
    ((),                                        (HEAD,),                                          False),
    (("the Secretary-General", "the Council"),  (HEAD,),                                          False),
    (("the Secretary-General",),                (HEAD, Value("the Directors")),                   False),
    (("Member States", "Sector Members"),       (Value("Member States and Sector Members"),),     True),
    (("Member States", "Sector Members"),       (Value("Member States"), Value("Associates")),    False),
    (("the Treasurer",),                        (Value("the Treasurer, with the auditor"),),      False),
]  # fmt: skip


@pytest.mark.parametrize(("parties", "read", "right"), PARTIES)
def test_parties(parties: tuple[str, ...], read: tuple[Entity | Value, ...], right: bool) -> None:
    assert same_parties(parties, read) is right


LIST = """1. Requests the Harbour Master:
(a) To paint the pier;
(b) To sell the crane.
2. Invites pilots to say, as Resolution 4 instructs them to, what they see.
"""
ITEMS = (
    replace(REQUEST, position=1, number="1.", begins="Requests the Harbour Master", ends="the Harbour Master"),
    replace(REQUEST, position=2, number="(a)", begins="To paint the pier", ends="paint the pier", parent=1),
    replace(REQUEST, position=3, number="(b)", begins="To sell the crane", ends="sell the crane", parent=1),
)
OWN = Entity("revision", ("resolution", "ihu", "9", "2031"))


def _claim(order: int, quote: str, kind: str = "clause", subject: Entity = OWN) -> Claim:
    start = LIST.index(quote)
    details = (("rc:clauseRole", Entity("concept", ("clause-role", "requests"))),)
    key = Entity(kind, (*subject.key, str(order)))
    spans = (Span(start, start + len(quote)),)
    return Claim(subject, "eli:has_part", key, "asserted", "text", "rule", spans, details=details)


COMPARED = [
    # clauses read                                                             found      missed  false
    ([_claim(1, "To paint the pier"), _claim(2, "To sell the crane")],         [2, 3],    [1],    0),
    ([_claim(1, "1. Requests the Harbour Master:")],                           [1],       [2, 3], 0),
    ([_claim(1, "To paint the pier"), _claim(2, "To paint the pier")],         [2],       [1, 3], 1),
    ([_claim(1, "what they see")],                                             [],        [1, 2, 3], 1),
    ([_claim(1, "instructs them to", "excerpt")],                              [],        [1, 2, 3], 0),
]  # fmt: skip


@pytest.mark.parametrize(("claims", "found", "missed", "false"), COMPARED)
def test_comparison(claims: list[Claim], found: list[int], missed: list[int], false: int) -> None:
    outcome = compare(ITEMS, LIST, claims)
    assert [gold.position for gold, _ in outcome.pairs] == found
    assert [gold.position for gold in outcome.missed] == missed
    assert len(outcome.false) == false


ENDS = [
    # what was read                   its end is right
    ("Tell pilots on rocks",          True),
    ("Tell pilots on rocks3",         True),   # a footnote's mark, stuck
    ("Tell pilots on rocks 3",        True),   # or apart
    ("Tell pilots on rocks Page 2",   False),
    ("Tell pilots on",                False),
]  # fmt: skip


@pytest.mark.parametrize(("quote", "right"), ENDS)
def test_end(quote: str, right: bool) -> None:
    gold = replace(PAINT, number=None, begins="Tell pilots", ends="pilots on rocks")
    claim = replace(_claim(1, "1. Requests"), spans=(Span(0, len(quote)),))
    assert summed([compare([gold], quote, [claim])])["end"] == float(right)


def test_instrument_is_right_where_its_other_clauses_hang() -> None:
    other = Entity("revision", ("decision", "ihu", "3", "2031"))
    gold = [replace(ITEMS[0], instrument=1), replace(ITEMS[1], instrument=2), replace(ITEMS[2], instrument=2)]
    for last, expected in ((other, 1.0), (OWN, 2 / 3)):
        claims = [_claim(1, "Requests the Harbour Master"), _claim(1, "To paint the pier", subject=other),
                  _claim(2, "To sell the crane", subject=last)]  # fmt: skip
        assert summed([compare(gold, LIST, claims)])["instrument"] == pytest.approx(expected)


def test_figures() -> None:
    key = Entity("clause", ("x",))
    read = ReadClause(key, key, 2, 5, "resolves", (), "1", None)
    outcome = Outcome(((PAINT, read),), (REQUEST,), (replace(read, role="invites"),),
                      (("number", True, ""), ("number", False, "")), ())  # fmt: skip
    told = summed([outcome])
    assert (told["precision"], told["recall"], told["f1"], told["number"]) == (0.5, 0.5, 0.5, 0.5)
    assert told["number f1"] == 0.5  # two in the gold, two read, one of them right
    assert told["role macro-f1"] == pytest.approx(1 / 3)  # resolves right, requests missed, invites false


def test_gold_file_is_read() -> None:
    groups, clauses = gold_clauses(FOLDER / "dev" / "two-instruments.json")
    assert (groups["language"], {clause.instrument for clause in clauses}) == ("en", {1, 2, 3})
