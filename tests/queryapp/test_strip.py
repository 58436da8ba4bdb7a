"""The revision strip: to scale, every mark a link with words, what is not sure drawn as such."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from lxml import etree

from queryapp.revisions import Revision
from queryapp.strip import LEAST, WIDE, Ahead, decimal_year, revision_strip

NASTY = 'Tides & <quays> "new"'

FIRST = Revision("r/1", "first", "2018", "2018-01-01", "2022-01-01", interval="closed", holds=False, loaded="none")
SECOND = Revision(
    "r/2", NASTY, "2022", "2022-01-01", interval="open", reason="no end", holds=True, cited=3, documents=2
)


def drawn(*revisions: Revision, day: str = "2023-01-01", ahead: Ahead | None = None, here: str = "") -> etree._Element:
    return etree.fromstring(revision_strip(revisions, day, lambda iri: f"/things/{iri}", ahead=ahead, here=here))


def bars(tree: etree._Element) -> list[str]:
    return [each.get("class") or "" for each in tree.iter("rect") if each.get("class") not in ("hit", "unsure")]


def places(tree: etree._Element) -> list[float]:
    return [float(circle.get("cx") or "nan") for circle in tree.iter("circle")]


def test_every_mark_is_a_link_that_says_all_of_it() -> None:
    links = list(drawn(FIRST, SECOND).iter("a"))
    assert [link.get("href") for link in links] == ["/things/r/1", "/things/r/2"]
    assert links[0].get("aria-label") == "first, not cited, no text"
    assert links[1].get("aria-label") == (
        f"{NASTY}, in force on 2023-01-01, cited 3 times in 2 documents, no text, no end"
    )


def test_the_bar_of_the_revision_in_force_is_filled() -> None:
    assert bars(drawn(FIRST, SECOND)) == ["past closed", "held open"]


UNSURE = [
    # interval      holds  hatched
    ("closed",      False, 0),
    ("open",        True,  0),
    ("bounded",     None,  1),
    ("unverified",  True,  1),
]  # fmt: skip


@pytest.mark.parametrize(("interval", "holds", "hatched"), UNSURE)
def test_what_is_not_sure_is_hatched_and_the_reason_said(interval: str, holds: bool | None, hatched: int) -> None:
    tree = drawn(replace(FIRST, interval=interval, holds=holds, reason="nobody knows"))  # type: ignore[arg-type]
    assert [each.get("class") for each in tree.iter("rect")].count("unsure") == hatched
    [link] = tree.iter("a")
    assert "nobody knows" in (link.get("aria-label") or "")


def test_places_are_in_proportion_to_dates() -> None:
    three = [replace(FIRST, iri=f"r/{year}", since=f"{year}-01-01", until="") for year in (2010, 2014, 2022)]
    a, b, c = places(drawn(*three, day="2022-01-01"))
    assert (c - b) / (b - a) == pytest.approx(2, abs=0.01)


def test_revisions_close_together_can_be_told_apart() -> None:
    near = [replace(FIRST, iri=f"r/{n}", since=f"2020-01-{n:02}", until="") for n in range(1, 6)]
    found = places(drawn(*near, day="2026-01-01"))
    assert min(b - a for a, b in pairwise(found)) >= LEAST - 0.5
    rows = {text.get("y") for text in drawn(*near).iter("text") if text.get("class") == "year"}
    assert len(rows) > 1  # their labels stand on several lines


def test_what_is_planned_is_an_outline_with_its_duties() -> None:
    tree = drawn(FIRST, SECOND, ahead=Ahead("c/1", "Next", "2026-11-09", "planned", 2))
    label = list(tree.iter("a"))[-1].get("aria-label")
    assert label == "Next, planned; 2 duties fall due there"
    assert [path.get("class") for path in tree.iter("path")].count("ahead") == 1


def test_the_revision_of_the_page_is_marked() -> None:
    current = [link.get("aria-current") for link in drawn(FIRST, SECOND, here="r/2").iter("a")]
    assert current == [None, "page"]


def test_nothing_is_drawn_outside() -> None:
    tree = drawn(FIRST, SECOND, day="2060-01-01", ahead=Ahead("c/1", "Next", "2061-01-01"))
    assert max(float(each.get("x") or 0) + float(each.get("width") or 0) for each in tree.iter("rect")) <= WIDE


def test_without_a_date_there_is_no_strip() -> None:
    assert revision_strip([Revision("r/1", "R")], "2020-01-01", str) == ""


YEARS = [("2020", 2020.0), ("2020-07-02", 2020.5), ("2021-12-31", 2021 + 364 / 365), ("soon", None), ("", None)]


@pytest.mark.parametrize(("when", "expected"), YEARS)
def test_dates_as_numbers_of_years(when: str, expected: float | None) -> None:
    assert decimal_year(when) == (pytest.approx(expected) if expected is not None else None)
