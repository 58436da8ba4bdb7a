"""The cleaned copy and the way back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.model import BlockKind
from ingest.text import clean, findings
from tests.ingest.reading import check_map, reading_of

CLEANED = [
    # as read                                              cleaned
    ("Council\u00a0Resolution\u202f12\u2009(Mod.)", "Council Resolution 12 (Mod.)"),
    ("19\u201120\u00a0May \u2013 3\u20123 June \u2014 \u2212", "19-20 May - 3-3 June - -"),
    ("\u201cquoted\u201d and the group\u2019s \u2018own\u2019", "\"quoted\" and the group's 'own'"),
    ("tele\u00adphone zero\u200bwidth\ufeff", "telephone zerowidth"),
    ("a\ttab,\n a line  and   spaces ", "a tab, a line and spaces"),
    ("[bookmark: _Hlk1]The glued[bookmark: x] word", "The glued word"),
    ('See HYPERLINK \\l "_Toc1" section 2 PAGEREF _Toc12 \\h 4', "See section 2 4"),
    ("Page 3 \\* MERGEFORMAT here", "Page 3 here"),
    ("As in Error! Reference source not found. above", "As in above"),
    ("o\ufb03ce \ufb01le", "office file"),
    ("Co\u0302te e\u0301toile", "Côte étoile"),
    # letters that look alike
    ("the \u041e\u0422\u0422 services", "the OTT services"),
    ("the C\u041eVID case", "the COVID case"),
    ("paper by \u0420\u0421\u0421 (Moscow)", "paper by PCC (Moscow)"),
    ("Резолюция СССР и РСС", "Резолюция СССР и РСС"),
    ("Резолюция C\u043eвета", "Резолюция Совета"),
    ("the \u03b1\u03b2\u03b3 of it", "the αβγ of it"),
    ("size \u0394T and 5 \u00b5m", "size ΔT and 5 µm"),
    # words broken at the end of a line
    ("the telecom-\nmunication sector; telecommunication", "the telecommunication sector; telecommunication"),
    ("a devel-\nopment", "a development"),
    ("multi-\nstakeholder and multi-stakeholder", "multi-stakeholder and multi-stakeholder"),
    ("policy-\nmaking, a policy, the making", "policy-making, a policy, the making"),
    ("CWG-\nHarbour in 2015-\n2020", "CWG-Harbour in 2015-2020"),
    ("years 2015- 2020", "years 2015-2020"),
    ("short- and long-term, the floor- both", "short- and long-term, the floor- both"),
    # marks without a footnote of that number stay
    ("in (2018)2 and developing1 and 5 m\u00b2", "in (2018)2 and developing1 and 5 m²"),
]  # fmt: skip


@pytest.mark.parametrize(("as_read", "cleaned"), CLEANED)
def test_cleaning(as_read: str, cleaned: str) -> None:
    reading = reading_of(as_read)
    result = clean(reading)
    assert result.text == cleaned
    check_map(reading, result)


NOTE_MARKS = [
    ("in (Alba, 2018)2 and", "in (Alba, 2018) and"),
    ("developing1 countries", "developing countries"),
    ("progress achieved.1", "progress achieved."),
    ("the LDCs2 named", "the LDCs named"),
    ("raised\u00b9 and (2018)\u00b2", "raised and (2018)"),
    ("area of 5 m\u00b2 only", "area of 5 m² only"),
    # never a mark
    ("version 1.2 and Annex A.2", "version 1.2 and Annex A.2"),
    ("IPv2 and G2 and Q1", "IPv2 and G2 and Q1"),
    ('the "2 items" rule', 'the "2 items" rule'),
    ("developing3 countries", "developing3 countries"),
    ("Resolution 2", "Resolution 2"),
]  # fmt: skip


@pytest.mark.parametrize(("as_read", "cleaned"), NOTE_MARKS)
def test_marks_of_footnotes_that_exist_go(as_read: str, cleaned: str) -> None:
    reading = reading_of(as_read, ("footnote", "1 First note."), ("footnote", "2 Second note."))
    assert clean(reading).text.split("\n")[0] == cleaned


def test_page_furniture_is_left_out() -> None:
    reading = reading_of("One.", ("header", "HEAD/7-E"), ("page-number", "- 3 -"), ("debris", "_____"), "Two.")
    result = clean(reading)
    assert result.text == "One.\nTwo."
    assert [block.order for block in result.blocks] == [1, 5]


def test_a_span_is_tight() -> None:
    reading = reading_of("Before [bookmark: a] \u201cOTT\u201d\u00a0[bookmark: b] after")
    result = clean(reading)
    assert result.text == 'Before "OTT" after'
    start = result.text.index('"OTT"') - 1
    span = result.span(start, start + len(' "OTT" '))
    assert reading.text[span.start : span.end] == "\u201cOTT\u201d"
    empty = result.span(6, 7)
    assert empty.start == empty.end


def test_offsets_find_their_block_and_sentence() -> None:
    reading = reading_of("One is here. Two [bookmark: x]is there.", "Three.")
    result = clean(reading)
    two = result.text.index("Two")
    sentence = result.sentence_at(two + 5)
    assert sentence is not None
    assert result.text[sentence.start : sentence.end] == "Two is there."
    block = result.block_at(result.text.index("Three") + 2)
    assert block is not None
    assert block.order == 2
    assert result.clean_offset(reading.text.index("is there")) == result.text.index("is there")
    assert result.clean_offset(reading.text.index("[bookmark")) == result.text.index("is there")
    assert result.clean_offset(len(reading.text)) == len(result.text)


def test_look_alikes_are_a_finding_with_all_their_places() -> None:
    reading = reading_of("On \u041e\u0422\u0422 and \u041e\u0422\u0422 services.", "No more.")
    found = findings(reading, clean(reading))
    assert [(finding.code, finding.severity) for finding in found] == [("homoglyph", "warning")]
    assert {reading.text[span.start : span.end] for _, span in found[0].passages} == {"\u041e\u0422\u0422"}
    assert len(found[0].passages) == 2
    assert "OTT" in found[0].message
    assert findings(reading_of("OTT"), clean(reading_of("OTT"))) == ()


MARKDOWN = [
    ("A **bold** and *soft* `code` word", "A bold and soft code word"),
    ("[text](http://a.b/c_(d)) and <http://x.y>", "text and http://x.y"),
    ("5 * 3 and snake_case and a\\*b", "5 * 3 and snake_case and a*b"),
    ("AT&amp;T&nbsp;here", "AT&T here"),
    ("one\n> two", "one two"),
]  # fmt: skip


@pytest.mark.parametrize(("as_read", "cleaned"), MARKDOWN)
def test_markdown_markup_goes(as_read: str, cleaned: str) -> None:
    reading = reading_of(as_read, media_type="text/markdown")
    result = clean(reading)
    assert result.text == cleaned
    check_map(reading, result)


KINDS: list[BlockKind] = ["paragraph", "heading", "item", "cell", "footnote", "header", "debris"]
SIGNS = ["[bookmark: a]", 'HYPERLINK \\l "x"', "\u00a0", "- ", "-\n", " ", "\t", "\u00ad", "\u200d", ". ", "No. "]
LETTERS = [
    "\ufb01",
    "e\u0301",
    "\u0301",
    "\u041e\u0422\u0422",
    "\u201c",
    "1",
    "\u00b2",
    ")2",
    "a",
    "Word",
    "\U0001f600",
]
MARKUP = ["(", "\U0001f600", "*", "|", "&amp;", "\\", "`", "[x](y)"]
PIECES = st.sampled_from([*SIGNS, *LETTERS, *MARKUP])
WORDS = st.lists(PIECES | st.text(max_size=4), max_size=25).map("".join)


@given(st.lists(st.tuples(st.sampled_from(KINDS), WORDS), max_size=6), st.sampled_from(["text/plain", "text/markdown"]))
@settings(max_examples=300, deadline=None)
def test_the_map_holds_for_any_text(blocks: list[tuple[BlockKind, str]], media_type: str) -> None:
    tidy = [(kind, words.strip()) for kind, words in blocks if words.strip()]
    reading = reading_of(*tidy, media_type=media_type)
    check_map(reading, clean(reading))


@given(WORDS)
@settings(max_examples=200, deadline=None)
def test_an_offset_goes_there_and_back(words: str) -> None:
    reading = reading_of(words.strip() or "x")
    result = clean(reading)
    for at in range(len(result.text)):
        back = result.clean_offset(result.origin[at])
        assert result.origin[back] == result.origin[at]
