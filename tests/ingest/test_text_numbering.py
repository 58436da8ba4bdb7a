"""The number printed at the start of a paragraph, and what it makes of the paragraph."""

from __future__ import annotations

import pytest

from ingest.text.numbering import printed_number, roman_value
from ingest.text.outline import Outline

NUMBERS = [
    # text                              number     words start with
    ("1.1\tThe group", "1.1", "The group"),
    ("1.1. The group", "1.1.", "The group"),
    ("5. 2\tPaper", "5. 2", "Paper"),
    ("3.\tOther business", "3.", "Other business"),
    ("3. Other business", "3.", "Other business"),
    ("5.4.1 Alba commends", "5.4.1", "Alba commends"),
    ("4.3bis\tThe assembly", "4.3bis", "The assembly"),
    ("1bis.1.2 Publication", "1bis.1.2", "Publication"),
    ("2\tActivities", "2", "Activities"),
    ("a) the quay", "a)", "the quay"),
    ("a)\tthe quay", "a)", "the quay"),
    ("(a) the quay", "(a)", "the quay"),
    ("1) the quay", "1)", "the quay"),
    ("(12) the quay", "(12)", "the quay"),
    ("iv) the quay", "iv)", "the quay"),
    ("I\tIntroduction", "I", "Introduction"),
    ("II.\tProposals", "II.", "Proposals"),
    ("\u2013\tto direct", "\u2013", "to direct"),
    ("\u00b7 to direct", "\u00b7", "to direct"),
    ("\u2022to direct", "\u2022", "to direct"),
    ("- to direct", "-", "to direct"),
    ("* to direct", "*", "to direct"),
    ("[bookmark: x]2.1\tThe group", "2.1", "The group"),
    ("\u00b7 [bookmark: x]This", "\u00b7", "This"),
    # no numbers
    ("2018 saw much", None, ""),
    ("1305 (2009) was cited", None, ""),
    ("2018. Then", None, ""),
    ("A. B. Quay spoke", None, ""),
    ("9.30 hours was set", None, ""),
    ("-5 degrees", None, ""),
    ("I agree", None, ""),
    ("a list", None, ""),
    ("3GPP met", None, ""),
    ("", None, ""),
    ("mm. of rain", None, ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "number", "words"), NUMBERS)
def test_numbers(text: str, number: str | None, words: str) -> None:
    printed = printed_number(text)
    assert (printed.text if printed else None) == number
    if printed:
        assert text[printed.content :].startswith(words)


@pytest.mark.parametrize("text", ["12 answers came in", "I. Quay spoke", "V. Introduction"])
def test_what_may_be_no_number_is_not_sure(text: str) -> None:
    printed = printed_number(text)
    assert printed is not None
    assert not printed.sure


@pytest.mark.parametrize(("letters", "value"), [("iv", 4), ("IX", 9), ("xviii", 18), ("XL", 40), ("q", 0)])
def test_roman_numerals(letters: str, value: int) -> None:
    assert roman_value(letters) == value


def outline(lines: list[str]) -> list[tuple[str, int, str | None]]:
    text = "\n".join(lines)
    spans, start = [], 0
    for line in lines:
        spans.append((start, start + len(line)))
        start += len(line) + 1
    return [(shape.kind, shape.level, shape.number) for shape in Outline(text, spans).shapes()]


OUTLINES = [
    # each line with what it is
    [("Purpose", "heading", 1, None), ("To report to the Board.", "paragraph", 0, None),
     ("Action required by the Board", "heading", 1, None), ("__________", "debris", 0, None),
     ("[bookmark: x]", "debris", 0, None), ("Page 3 of 9", "page-number", 0, None), ("- 3 -", "page-number", 0, None),
     ("ANNEX TO THE REPORT", "heading", 1, None), ("Annex 2", "heading", 1, None),
     ("Annex 2 was adopted by the group", "paragraph", 0, None)],
    [("1\tIntroduction", "heading", 1, "1"), ("1.1\tThe group met.", "paragraph", 0, "1.1"),
     ("a)\tfirst;", "item", 1, "a)"), ("i)\tinner;", "item", 2, "i)"), ("ii)\tinner;", "item", 2, "ii)"),
     ("b)\tsecond.", "item", 1, "b)"),
     ("1.2\tPaper 11/3 from Alba: \u201cQuays should be open\u201d", "heading", 2, "1.2"),
     ("1.3\tThe Board instructed the group", "paragraph", 0, "1.3"), ("\u2013\tto report;", "item", 1, "\u2013")],
    # letters that are Roman numerals as well
    [("g)\tone;", "item", 1, "g)"), ("h)\ttwo;", "item", 1, "h)"), ("i)\tthree;", "item", 1, "i)"),
     ("j)\tfour.", "item", 1, "j)")],
    # a list that starts anew inside an item, and the section after it
    [("2\tActivities", "heading", 1, "2"), ("2.1\tThe group agreed:", "paragraph", 0, "2.1"),
     ("\u00b7\ttopics:", "item", 1, "\u00b7"), ("1. How is it done?", "item", 2, "1."),
     ("2. What is in it, such as:", "item", 2, "2."), ("\u00b7\tquays", "item", 3, "\u00b7"),
     ("3. Who does it?", "item", 2, "3."), ("3.\tConclusion", "heading", 1, "3."),
     ("3.1\tThe end.", "paragraph", 0, "3.1")],
    # bare numbers count only beside each other
    [("1 that the port be opened;", "item", 1, "1"), ("2 that it be closed,", "item", 1, "2")],
    [("15 answers came from ports.", "paragraph", 0, None), ("Then more.", "paragraph", 0, None)],
    [("1 Introduction", "heading", 1, "1"), ("1.1 The group met.", "paragraph", 0, "1.1"),
     ("2 Closing", "heading", 1, "2")],
    [("I. Quay spoke.", "paragraph", 0, None), ("Then V. Harbour spoke.", "paragraph", 0, None)],
    [("I. Introduction", "heading", 1, "I."), ("Words.", "paragraph", 0, None), ("II. Proposals", "heading", 1, "II.")],
    # a footnote under its rule
    [("The ports1 were open.", "paragraph", 0, None), ("__________", "debris", 0, None),
     ("1 Including quays.", "footnote", 0, "1"), ("The end.", "paragraph", 0, None)],
    [("The ports were open.", "paragraph", 0, None), ("__________", "debris", 0, None),
     ("References", "heading", 1, None)],
]  # fmt: skip


@pytest.mark.parametrize("lines", OUTLINES)
def test_outline(lines: list[tuple[str, str, int, str | None]]) -> None:
    assert outline([line[0] for line in lines]) == [line[1:] for line in lines]
