"""Dates in prose to ISO days, months and years; what the calendar does not know stays without a value."""

import pytest

from ingest.text import dates

READ = [
    # words                                        start         end           precision
    ("held on 12 May 2031", "2031-05-12", "2031-05-12", "day"),
    ("on the 3rd of May 2031", "2031-05-03", "2031-05-03", "day"),
    ("12-13 May 2031", "2031-05-12", "2031-05-13", "day"),
    ("12–13 May 2031", "2031-05-12", "2031-05-13", "day"),
    ("12 and 13 May 2031", "2031-05-12", "2031-05-13", "day"),
    ("3, 4 and 5 May 2031", "2031-05-03", "2031-05-05", "day"),
    ("from 4 to 8 March 2032", "2032-03-04", "2032-03-08", "day"),
    ("30 November-1 December 2031", "2031-11-30", "2031-12-01", "day"),
    ("30 November – 1 December 2031", "2031-11-30", "2031-12-01", "day"),
    ("28 December 2031 to 3 January 2032", "2031-12-28", "2032-01-03", "day"),
    ("between 1 March and 31 July 2031", "2031-03-01", "2031-07-31", "day"),
    ("30 December - 2 January 2032", "2031-12-30", "2032-01-02", "day"),
    ("Tuesday, 13 May 2031", "2031-05-13", "2031-05-13", "day"),
    ("May 3, 2031", "2031-05-03", "2031-05-03", "day"),
    ("May 12-13, 2031", "2031-05-12", "2031-05-13", "day"),
    ("January 31 - February 1, 2032", "2032-01-31", "2032-02-01", "day"),
    ("2031-05-12", "2031-05-12", "2031-05-12", "day"),
    ("12.05.2031", "2031-05-12", "2031-05-12", "day"),
    ("17 Sept. 2031 was", "2031-09-17", "2031-09-17", "day"),
    ("(April-June 2032)", "2032-04", "2032-06", "month"),
    ("(April 2032 – June 2032)", "2032-04", "2032-06", "month"),
    ("from October 2031 to February 2032", "2031-10", "2032-02", "month"),
    ("between March and July 2031", "2031-03", "2031-07", "month"),
    ("October - February 2032", "2031-10", "2032-02", "month"),
    ("in May 2031", "2031-05", "2031-05", "month"),
    ("from 2031 to 2034", "2031", "2034", "year"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "start", "end", "precision"), READ)
def test_reads(words: str, start: str, end: str, precision: str) -> None:
    found = list(dates.find(words))
    assert [each.period for each in found] == [dates.Period(start, end, precision)]  # type: ignore[arg-type]


OPEN = [
    ("31 June 2031", dates.NO_SUCH_DAY),
    ("29 February 2031", dates.NO_SUCH_DAY),
    ("5-3 May 2031", dates.BACKWARDS),
    ("12 and 15 May 2031", dates.SEPARATE_DAYS),
    ("on 3 May; the meeting followed", None),  # no year anywhere near
]


@pytest.mark.parametrize(("words", "problem"), OPEN)
def test_leaves_open(words: str, problem: str | None) -> None:
    (found,) = dates.find(words)
    assert found.period is None
    assert found.problem == problem


NONE = [
    "Resolution 61 (Rev. Larkhaven, 2031)",
    "the 2031-2034 study period",
    "section 5.3 of the report",
    "Document 7/3",
    "version 1.2.30",
    "Members may attend",
]


@pytest.mark.parametrize("words", NONE)
def test_finds_no_date(words: str) -> None:
    assert list(dates.find(words)) == []


def test_the_year_may_stand_once_in_a_list() -> None:
    first, second = dates.find("on 12-13 May and 30 November-1 December 2031, respectively")
    assert first.borrowed
    assert first.period == dates.Period("2031-05-12", "2031-05-13", "day")
    assert second.period == dates.Period("2031-11-30", "2031-12-01", "day")


def test_a_year_is_not_borrowed_across_other_words() -> None:
    first, second = dates.find("on 3 May the call opened; it closed on 4 June 2031")
    assert first.period is None
    assert second.period is not None


def test_a_weekday_that_does_not_fit_is_said() -> None:
    (found,) = dates.find("Monday, 13 May 2031")
    assert found.period == dates.Period("2031-05-13", "2031-05-13", "day")
    assert found.problem == "not a Monday"


def test_offsets_are_those_of_the_words() -> None:
    words = "The panel met on 12-13 May 2031 in Osterby."
    (found,) = dates.find(words)
    assert words[found.start : found.end] == "12-13 May 2031"


def test_overlap_at_the_coarser_precision() -> None:
    assert dates.overlaps(dates.Period("2031-05", "2031-07", "month"), dates.Period("2031-07-12", "2031-07-13", "day"))
    assert not dates.overlaps(
        dates.Period("2031-05", "2031-06", "month"), dates.Period("2031-07-12", "2031-07-13", "day")
    )
