"""What `registers check` finds: one line of a sound register changed for each doubt, and changes that raise none."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from ingest import register
from ingest.cli import main
from ingest.model import Finding

ROOT = Path(__file__).parents[2]
PILOTS = ROOT / "tests" / "data" / "registers" / "pilots"
SCHEME = ROOT / "ontology" / "schemes" / "finding-code.ttl"
CHECKS = sorted((ROOT / "ingest" / "registers").glob("check*.py"))
CODE = re.compile(r'doubt\([^"]*"([a-z-]+)"')
UNFINISHED = ("title-cut", "info", "Lamps and")
"""The one doubt of the sound register: a title of which only the beginning was read, which is no fault."""


def found(folder: Path) -> list[Finding]:
    return list(register.check(register.load([folder])))


def changed(folder: Path, file: str, old: str, new: str) -> Path:
    """A copy of the sound register with one place changed."""
    copy = folder / "pilots"
    shutil.copytree(PILOTS, copy)
    text = (copy / file).read_text(encoding="utf-8")
    assert text.count(old) == 1, (file, old)
    (copy / file).write_text(text.replace(old, new), encoding="utf-8")
    return copy


def others(findings: list[Finding]) -> list[Finding]:
    code, severity, words = UNFINISHED
    return [f for f in findings if (f.code, f.severity) != (code, severity) or words not in f.message]


def test_the_sound_register_has_only_a_title_to_complete() -> None:
    (only,) = found(PILOTS)
    assert (only.code, only.severity) == UNFINISHED[:2]
    assert UNFINISHED[2] in only.message
    assert "revisions.csv, line 4" in only.message


CONGRESS_5 = (
    'resolution,congress,5,2035,conference,Tarn,Pilots of the outer banks (and bars),,"Rev. Tarn, 2035|Rev. CG-35",no'
)
VIOLATIONS = {"circular-reference", "dead-reference", "number-form"}
FAULTS = [
    # code, file, what stands there, what is written instead, words of the message
    ("dead-reference", "bodies.csv", "working-group,board,", "working-group,bord,", "body:bord"),
    ("dead-reference", "revisions.csv", "2031,conference,Fell", "2031,session,Fell", "session:moot:2031"),
    ("dead-reference", "revisions.csv", "board/71/2036", "board/71/2034", "board:71:2034"),
    ("dead-reference", "consultations.csv", "buoys,planned", "boys,planned", "topic:boys"),
    ("dead-reference", "body_instruments.csv", "71,2033", "71,2032", "board:71:2032"),
    ("circular-reference", "bodies.csv", "union,,", "union,buoy-panel,", "in a circle: body:board to"),
    ("circular-reference", "topics.csv", "marks,Marks,sea-marks,,", "marks,Marks,sea-marks,buoys,", "topic:"),
    ("circular-reference", "revisions.csv", "71,2036,session,,Dues for moorings,,"
     '"Mod. 2036|B33, last amended B36",no,adopted,,,', "71,2036,session,,Dues for moorings,,"
     '"Mod. 2036|B33, last amended B36",no,merged,resolution/board/72/2033,2036,', "board:71:2036 to"),
    ("colliding-names", "body_names.csv", "moot,BM,", "moot,CG,", "'CG' names"),
    ("colliding-names", "persons.csv", "B. Strand", "A. Holm", "person:ada-holm, person:ben-strand"),
    ("colliding-names", "sessions.csv", "B36,asserted", "B33,asserted", "session:board:2033 too"),
    ("revisions-out-of-order", "revisions.csv", CONGRESS_5, CONGRESS_5[:-2] + "yes", "2031 is earlier"),
    ("revisions-out-of-order", "revisions.csv", '"Skerry, 2031",yes,adopted,,,',
     '"Skerry, 2031",yes,abrogated,,2032,', "but 2035 revised it"),
    ("revisions-out-of-order", "revisions.csv", ",2035-05-18,invented,yes,,,", ",2030,invented,yes,,,",
     "ended in 2030, before"),
    ("revisions-out-of-order", "revisions.csv", "72,2033,session,,Fog signals,,2033",
     "72,2039,session,,Fog signals,,2039", "older than 2039"),
    ("event-of-other-body", "revisions.csv", "6,2031,conference,Skerry", "6,2031,conference,Fell",
     "in Fell met Beacon Moot"),
    ("event-of-other-body", "revisions.csv", "1,2031,conference,Fell,Colours of beacons,,\"Fell, 2031\"",
     "1,2031,conference,,Colours of beacons,,\"Skerry, 2031\"", "in Skerry met Pilotage Congress"),
    ("event-of-other-body", "revisions.csv", "5,2035,conference,Tarn", "5,2035,conference,Thwaite",
     "Correct the city"),
    ("notation-of-other-revision", "revisions.csv", "Rev. CG-35", "Rev. CG-31", "a notation of 31"),
    ("notation-of-other-revision", "revisions.csv", "last amended B36", "last amended B34", "of 34, not of 2036"),
    ("first-or-revised", "revisions.csv", "2033|B33,yes", "Mod. 2033|B33,yes", "'Mod. 2033' says"),
    ("first-or-revised", "revisions.csv", "Rev. Tarn, 2035|Rev. CG-35", "Tarn, 2035", "does not say so"),
    ("title-cut", "revisions.csv", "Pilots of the outer banks (and bars)", "Pilots of the outer banks (and",
     "only a beginning"),
    ("title-cut", "revisions.csv", "Fog signals", "Fog signals and", "only a beginning"),
    ("title-cut", "revisions.csv", "Colours of beacons,,", "Colours of beacons,Shapes of,", "does not go on"),
    ("overlapping-intervals", "meetings.csv", "2034-02-06,2034-02-08", "2033-10-05,2033-10-07", "has ended"),
    ("overlapping-intervals", "meetings.csv", "2034-02-06,2034-02-08", "2033-09-05,2033-09-07", "not after"),
    ("overlapping-intervals", "conferences.csv", "2031-05-16,CG-31", "2035-05-07,CG-31", "2035) begins"),
    ("overlapping-intervals", "officers.csv", "chair,2034-02-06", "chair,2034-02-05", "ben-strand is chair while"),
    ("overlapping-intervals", "consultations.csv", "2034-06,Names", "2034-01,Names", "Exchange them"),
    ("event-in-other-year", "sessions.csv", "2036-03-03,2036-03-10", "2035-03-03,2035-03-10", "than 2036"),
    ("known-before-it-was", "conferences.csv", "2035-05-18,\ncongress,2039", "2035-05-06,\ncongress,2039",
     "not before 2035-05-07"),
    ("known-before-it-was", "revisions.csv", "yes,,2035-05-18,", "yes,,2034/2035-05-01,", "not before 2035-05-07"),
    ("known-before-it-was", "meetings.csv", "2034-02-08,\n", "2034-02-05,\n", "not before 2034-02-06"),
    ("known-before-it-was", "officers.csv", "2034-02-08,\nben", "2033-10-02,\nben", "not before 2033-10-03"),
    ("known-before-it-was", "consultations.csv", "asserted,invented,yes,,2034-06-30",
     "asserted,invented,yes,,2034-05-31", "not before 2034-06-01"),
    ("number-form", "number_forms.toml", 'number = "7", key', 'number = "8", key', "is read with number '7'"),
    ("number-form", "number_forms.toml", '["Buoy-Panel-2"]', '["Buoy-Panel-2/1"]', "is read by panel"),
    ("number-form", "number_forms.toml", 'text = "Buoy-Panel-2/7"', 'text = "Buoy-Panel-2.7"', "is not read"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "file", "old", "new", "words"), FAULTS)
def test_a_fault_is_found(tmp_path: Path, code: str, file: str, old: str, new: str, words: str) -> None:
    doubts = others(found(changed(tmp_path, file, old, new)))
    same = [each for each in doubts if each.code == code and words in each.message]
    assert same, [each.message for each in doubts]
    assert file in same[0].message
    assert same[0].severity == ("violation" if code in VIOLATIONS else "warning")


NEAR_MISSES = [
    # file, what stands there, what is written instead
    ("bodies.csv", "working-group,board,", "working-group,ipu,"),  # another parent, still no circle
    ("revisions.csv", "resolution/board/71/2036", "resolution/board/71"),  # the instrument, whose latest text is meant
    ("topics.csv", "sea-marks,marks,", "sea-marks,,"),
    ("body_names.csv", "moot,BM,und,abbreviation,no", "moot,CG,und,abbreviation,yes"),  # needs its context
    ("persons.csv", "B. Strand", "Ben S."),
    ("conferences.csv", "MT-31,asserted", "CG-2031,asserted"),  # another tag, if not by much
    ("revisions.csv", ",2035-05-18,invented,yes,,,", ",2031,invented,yes,,,"),  # ended in its own year
    ("revisions.csv", "5,2035,conference,Tarn", "5,2035,conference,Tarne"),  # another spelling of the city
    ("revisions.csv", "5,2035,conference,Tarn", "5,2035,conference,"),
    ("revisions.csv", "Rev. CG-35", "Rev. CG-2035"),
    ("revisions.csv", "Mod. 2036|B33, last amended B36", "2033, last modified 2036"),
    ("revisions.csv", '"Rev. Tarn, 2035|Rev. CG-35",no', ",no"),  # how it is written is not known
    ("revisions.csv", "2033|B33,yes", "Mod. 2033|B33,unknown"),
    ("revisions.csv", "Fog signals", "Fog signals (small)"),
    ("revisions.csv", "Colours of beacons,,", "Colours of beacons,Colours of,"),
    ("meetings.csv", "2034-02-06,2034-02-08", "2033-10-06,2033-10-07"),  # the day after
    ("meetings.csv", "2034-02-06,2034-02-08,,,", ",,2033-10-01,2033-10-31,"),  # bounds that overlap are no overlap
    ("conferences.csv", "2031-05-16,CG-31", "2031-12-31,CG-31"),  # two bodies may meet at one time
    ("officers.csv", "2034-02-06,,2034-02-06", ",,2034-02-06"),
    ("officers.csv", "ben-strand,buoy-panel,chair,2034-02-06", "ben-strand,buoy-panel,vice-chair,2034-02-05"),
    ("officers.csv", "ben-strand,buoy-panel,chair,2034-02-06", "ada-holm,buoy-panel,chair,2034-02-05"),
    ("consultations.csv", "2034-06,Names", "2034-03,Names"),
    ("conferences.csv", "2035-05-18,\ncongress,2039", "2035-05-07,\ncongress,2039"),  # on its first day
    ("revisions.csv", "yes,,2035-05-18,", "yes,,2034/2035-06-01,"),  # bounds that reach beyond it
    ("conferences.csv", "yes,,2035-05-18,\nmoot", "yes,,2030,\nmoot"),  # a plan
    ("consultations.csv", "planned,invented,yes,,2034-06-30", "planned,invented,yes,,2033"),  # a plan
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new"), NEAR_MISSES)
def test_a_near_miss_raises_no_doubt(tmp_path: Path, file: str, old: str, new: str) -> None:
    assert [each.message for each in others(found(changed(tmp_path, file, old, new)))] == []


def test_every_code_is_a_term_and_has_its_fault() -> None:
    used = {code for path in CHECKS for code in CODE.findall(path.read_text(encoding="utf-8"))}
    terms = SCHEME.read_text(encoding="utf-8")
    assert used == {code for code, *_ in FAULTS}
    assert [code for code in sorted(used) if f"\n:{code} a skos:Concept" not in terms] == []


def test_the_command_names_the_line_and_fails_on_a_violation(tmp_path: Path) -> None:
    sound = CliRunner().invoke(main, ["registers", "check", "--registers", str(PILOTS)])
    assert (sound.exit_code, sound.stdout.splitlines()[0]) == (0, "registers: 1 finding")
    bad = changed(tmp_path, "bodies.csv", "working-group,board,", "working-group,bord,")
    done = CliRunner().invoke(main, ["registers", "check", "--registers", str(bad)])
    assert done.exit_code == 1
    assert f"violation  dead-reference: {bad / 'bodies.csv'}, line 6" in done.stdout
    assert "do not hold together" in done.output
