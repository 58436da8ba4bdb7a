"""What sentences tell of a round: its mode, its ends, who decided when, where the summary is, who answered."""

from pathlib import Path

import pytest

from ingest.claims import consultations
from ingest.model import Source
from tests.ingest.quays import document, rows, said

ROUND = "cwg-harbour/2031-03"
NAMED = "The consultation on \u201cSafe quays\u201d"

MODES = [
    (f"{NAMED} ran online from March to July 2031.", "online"),
    (f"{NAMED} (March-July 2031; online, with one physical session in Milford) drew 4 replies.", "online-and-physical"),
    (f"{NAMED}, held from March to July 2031 (physical and online), drew 4 replies.", "online-and-physical"),
    (f"{NAMED} took place in person from March to July 2031.", "physical"),
    # near misses: the mode of something else
    (f"{NAMED} ran from March to July 2031; the meeting was held online.", None),
    (f"{NAMED} ran from March to July 2031, and the online shop was closed.", None),
    (f"{NAMED} ran from March to July 2031 (see the online register).", None),
]


@pytest.mark.parametrize(("written", "mode"), MODES)
def test_modes(tmp_path: Path, written: str, mode: str | None) -> None:
    found = rows(consultations.claims, document(tmp_path, written), "rc:mode")
    assert found == ({(ROUND, "rc:mode", f"mode/{mode}", "asserted")} if mode else set())


ENDS = [
    # text; start, end, each with how it is put
    ("The registry opened the consultation on \u201cSafe quays\u201d on 3 March 2031. Replies may be sent until "
     "4 July 2031.", ("2031-03-03", "asserted"), ("2031-07-04", "planned")),
    ("The registry would open the consultation on \u201cSafe quays\u201d in March 2031, running until July 2031.",
     ("2031-03", "planned"), ("2031-07", "planned")),
    ("The consultation on \u201cSafe quays\u201d was launched in March 2031 for a period of five months.",
     ("2031-03", "asserted"), ("2031-07", "asserted")),
    ("We propose that the next consultation on \u201cSafe quays\u201d be launched in March 2031.",
     ("2031-03", "proposed"), None),
]  # fmt: skip


@pytest.mark.parametrize(("written", "start", "end"), ENDS)
def test_ends(tmp_path: Path, written: str, start: tuple[str, str], end: tuple[str, str] | None) -> None:
    found = rows(consultations.claims, document(tmp_path, written))
    assert {row[2:] for row in found if row[1] == "schema:startDate"} == {start}
    assert {row[2:] for row in found if row[1] == "schema:endDate"} == ({end} if end else set())


def test_a_round_that_begins_after_the_day_of_the_document_is_planned(tmp_path: Path) -> None:
    written = "Open consultation on \u201cSafe quays\u201d (12 March 2031 to 4 July 2031)"
    for day, put in (("2031-03-09", "planned"), ("2031-03-12", "asserted"), ("2031-08-01", "asserted")):
        read = document(tmp_path, written, Source(tmp_path / "written.txt", body="cwg-harbour", date=day))
        found = rows(consultations.claims, read, "schema:startDate")
        assert found == {(ROUND, "schema:startDate", "2031-03", put)}, day


DECIDED = [
    ("The Group, at the eighth meeting of CWG-Harbour, decided to hold a consultation on tide tables (March-July "
     "2031).", {(ROUND, "cwg-harbour/8")}),
    ("Following a decision of the eighth meeting of CWG-Harbour, a consultation on tide tables was held from March to "
     "July 2031.", {(ROUND, "cwg-harbour/8")}),
    ("The consultation on tide tables (March-July 2031) was praised at the eighth meeting of CWG-Harbour.", set()),
    ("The eighth meeting of CWG-Harbour did not decide on the consultation on tide tables (March-July 2031).", set()),
    ("CWG-Harbour decided to hold a consultation on tide tables (March-July 2031); the eighth meeting of CWG-Harbour "
     "noted it.", set()),
]  # fmt: skip


@pytest.mark.parametrize(("written", "wanted"), DECIDED)
def test_the_meeting_that_decided(tmp_path: Path, written: str, wanted: set[tuple[str, str]]) -> None:
    found = rows(consultations.claims, document(tmp_path, written), "rc:decidedAt")
    assert {(row[0], row[2]) for row in found} == wanted


LISTED = """Two rounds fall within the year:
(a)\t\u201cWet sails\u201d (May-August 2031; online): 40 replies, of which 22 came from governments, 18 from pilots;
(b)\t\u201cDry docks\u201d (October 2031-January 2032; online and in person): 9 replies.

Round (a) was decided upon at the fifth meeting of CWG-Harbour; round (b) at the sixth meeting of CWG-Harbour. \
The summary of round (a) is Document CWG-Harbour 6/2.
"""


def test_rounds_in_a_list(tmp_path: Path) -> None:
    read = document(tmp_path, LISTED)
    found = rows(consultations.claims, read)
    assert {
        ("cwg-harbour/2031-05", "dcterms:title", "Wet sails", "asserted"),
        ("cwg-harbour/2031-05", "rc:mode", "mode/online", "asserted"),
        ("cwg-harbour/2031-10", "rc:mode", "mode/online-and-physical", "asserted"),
        ("cwg-harbour/2031-05", "rc:decidedAt", "cwg-harbour/5", "asserted"),
        ("cwg-harbour/2031-10", "rc:decidedAt", "cwg-harbour/6", "asserted"),
        ("cwg-harbour/2031-05", "rc:summarisedIn", "cwg-harbour/6/2", "asserted"),
    } <= found
    assert {row[0] for row in found if row[1] == "rc:summarisedIn"} == {"cwg-harbour/2031-05"}
    assert counts(tmp_path, LISTED) == {("", 40), ("governments", 22), ("pilots", 18), ("", 9)}


def counts(folder: Path, written: str) -> set[tuple[str, int]]:
    found = [dict(c.details) for c in consultations.claims(document(folder, written)) if c.predicate == "rc:received"]
    return {
        (said(one["rc:stakeholderGroup"]) if "rc:stakeholderGroup" in one else "", int(said(one["rc:responses"])))
        for one in found
    }


TABLE = """<html><body><p>{lead}</p><table><tr><th>From</th><th>Replies</th></tr>
<tr><td>Pilots</td><td>12</td></tr><tr><td>Rope makers and sailors</td><td>8</td></tr>{total}</table>
<p>{behind}</p></body></html>"""


def test_a_table_of_replies(tmp_path: Path) -> None:
    lead = f"{NAMED} ran from March to July 2031."
    written = TABLE.format(
        lead=lead, total="<tr><td>Total</td><td>21</td></tr>", behind="All replies, to five questions, are kept."
    )
    assert counts(tmp_path, written) == {("Pilots", 12), ("Rope makers and sailors", 8), ("", 21)}
    found = rows(consultations.claims, document(tmp_path, written), "rc:questionCount")
    assert found == {(ROUND, "rc:questionCount", "5", "asserted")}
    (finding,) = consultations.findings(document(tmp_path, written))
    assert finding.code == "counts-do-not-add-up"


def test_the_total_may_stand_before_the_table(tmp_path: Path) -> None:
    lead = f"{NAMED} ran from March to July 2031, and 20 replies were received:"
    written = TABLE.format(lead=lead, total="", behind="Its summary (Document CWG-Harbour 7/9) was noted.")
    assert counts(tmp_path, written) == {("Pilots", 12), ("Rope makers and sailors", 8), ("", 20)}
    assert list(consultations.findings(document(tmp_path, written))) == []
    found = rows(consultations.claims, document(tmp_path, written), "rc:summarisedIn")
    assert found == {(ROUND, "rc:summarisedIn", "cwg-harbour/7/9", "asserted")}


def test_a_table_of_something_else_is_not_counted(tmp_path: Path) -> None:
    written = TABLE.format(lead=f"{NAMED} ran from March to July 2031.", total="", behind="").replace(
        "Replies", "Boats"
    )
    assert counts(tmp_path, written) == set()


def test_a_short_form_of_a_topic_is_no_second_title(tmp_path: Path) -> None:
    written = (
        "The consultation on \u201cSafe quays for small ports\u201d ran from March to July 2031. "
        "The summary of the consultation on safe quays (Document CWG-Harbour 7/9) was read."
    )
    found = rows(consultations.claims, document(tmp_path, written), "dcterms:title", "rc:summarisedIn")
    assert found == {
        (ROUND, "dcterms:title", "Safe quays for small ports", "asserted"),
        (ROUND, "rc:summarisedIn", "cwg-harbour/7/9", "asserted"),
    }
