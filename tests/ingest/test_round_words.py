"""Rounds under other names than "consultation": calls, answered surveys, items of a list; and when they open."""

import re
from pathlib import Path

import pytest

from ingest.model import Link, Source
from ingest.rulebook import rules
from tests.ingest.quays import document


def rounds(folder: Path, written: str) -> list[Link]:
    return [link for link in document(folder, written).links if link.mention.kind == "consultation"]


NAMED = [
    # text; the key of each round named, "" where it stays open
    ("The registry launched the second call for views, on \u201cRope lore\u201d, in May 2031. The call closed in July.",
     ["2031-05", "2031-05"]),
    ("A call on \u201cRope lore\u201d is still running and remains open up to July 2031.", ["@"]),
    ("A survey of pilots was read. The survey had been held from April to July 2031; 40 replies came in.",
     ["2031-04", "2031-04"]),
    ("That the next call be devoted to \u201cWet sails\u201d and be launched in October 2033.", ["2033-10"]),
    ("The Group chose \u201cWet sails\u201d as the theme of the next consultation, and the registry would launch it in "
     "April 2033 for a period of six months.", ["2033-04"]),
    ("A consultation on \u201cWet sails\u201d was opened on 3 May 2031, running until the end of June 2031. "
     "The consultation on wet sails drew 4 replies.", ["2031-05", "2031-05"]),
    ("The registry would launch a consultation on boat dues. The consultation on boat dues was praised.", ["@", "@"]),
    ("A public inquiry on \u201cRope lore\u201d ran from May to July 2031; 40 replies came in.", ["2031-05"]),
    ("A request for comments on boat dues was launched in May 2031. 12 responses were received.", ["2031-05"]),
    # near misses
    ("The Board declined to hold a consultation on boat dues.", []),
    ("A public inquiry into the fire was opened in May 2031.", []),
    ("The Chair will call on members to pay. A call for tenders was issued in May 2031.", []),
    ("A survey of the coast was made from April to July 2031. The survey cost little.", []),
    ("A survey of buoys was made from April to July 2031. The buoys were painted.", []),
    ("The sponsors would hold informal consultations on ropes in May 2031.", []),
    ("The call was long. That call was heard.", []),
    ("It was opened in May 2031 by the registry, and the consultation process was praised.", []),
]  # fmt: skip


@pytest.mark.parametrize(("written", "wanted"), NAMED, ids=lambda value: str(value)[:50])
def test_rounds_by_other_words(tmp_path: Path, written: str, wanted: list[str]) -> None:
    found = [link.entity.key[-1] if link.entity else "" for link in rounds(tmp_path, written)]
    assert [re.sub(r".{20}-\d+", "@", key) for key in found if key] == [key for key in wanted if key]


def test_a_bare_survey_after_two_is_open(tmp_path: Path) -> None:
    written = (
        "A survey of pilots was held from April to July 2031; 40 replies came in.\n\n"
        "A second survey would be opened in June 2032.\n\nThe members welcomed the survey.\n"
    )
    first, second, bare = rounds(tmp_path, written)
    assert [link.entity.key[-1] for link in (first, second) if link.entity] == ["2031-04", "2032-06"]
    assert bare.entity is None
    assert len(bare.candidates) == 2
    assert bare.reason == "several rounds are named"


LISTED = """Two rounds fall within the year:
(a)\t\u201cWet sails\u201d (May-August 2031; online): 64 replies;
(b)\t\u201cDry docks\u201d, opened on 1 April 2032.

Round (b) was chosen by vote, and round (a) by lot. Round (c) is not known.
"""


def test_rounds_that_are_items_of_a_list_are_named_again_by_their_letters(tmp_path: Path) -> None:
    found = [(link.mention.parts.get("label"), link.entity.key[-1]) for link in rounds(tmp_path, LISTED) if link.entity]
    assert found == [("a", "2031-05"), ("b", "2032-04"), ("b", "2032-04"), ("a", "2031-05")]


def test_items_of_another_list_are_no_rounds(tmp_path: Path) -> None:
    assert rounds(tmp_path, LISTED.replace("Two rounds fall within the year", "Two books were bought")) == []


ENDS = [
    # text; opens, closes
    ("The registry opened the consultation on tide tables on 3 May 2031, running until June 2031.",
     "2031-05-03", "2031-06"),
    ("A consultation on tide tables would be launched in November 2031 for a period of four months.",
     "2031-11", "2032-02"),
    ("Replies to the consultation on tide tables are welcome until 4 June 2031.", None, "2031-06-04"),
    ("The Chair opened the meeting on 3 May 2031 and praised the consultation on tide tables.", None, None),
    ("The consultation on tide tables was praised at the meeting that opened in May 2031.", None, None),
    ("The registry opened the consultation on tide tables in 2031.", None, None),
]  # fmt: skip


@pytest.mark.parametrize(("written", "opens", "closes"), ENDS)
def test_when_a_round_opens_and_closes(tmp_path: Path, written: str, opens: str | None, closes: str | None) -> None:
    (link,) = rounds(tmp_path, written)
    assert (link.mention.parts.get("opens"), link.mention.parts.get("closes")) == (opens, closes)


def test_a_file_whose_body_is_unknown_has_rounds_of_its_own(tmp_path: Path) -> None:
    written = "The Board of Ropes held a consultation on \u201cWet sails\u201d from May to June 2031."
    read = document(tmp_path, written, Source(tmp_path / "written.txt"))
    (link,) = [one for one in read.links if one.mention.kind == "consultation"]
    assert link.entity is not None
    assert link.entity.key == (read.metadata.body or read.reading.checksum[:20], "2031-05")


@pytest.mark.parametrize("row", rules("consultations")["noun"], ids=lambda row: str(row["name"]))
def test_nouns_read_their_examples_and_no_near_miss(row: dict[str, list[str]]) -> None:
    form = re.compile(str(row["regex"]), re.IGNORECASE)
    assert all(form.search(each) for each in row["examples"])
    assert not any(form.search(each) for each in row["near_misses"])


@pytest.mark.parametrize("name", ["told", "again", "answers", "opened", "closes", "lasts", "list"])
def test_forms_read_their_examples_and_no_near_miss(name: str) -> None:
    row = rules("consultations")[name]
    form = re.compile(row["regex"], re.IGNORECASE)
    assert all(form.search(each) for each in row["examples"])
    assert not any(form.search(each) for each in row["near_misses"])
