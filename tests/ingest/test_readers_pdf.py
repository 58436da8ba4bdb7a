"""PDFs, made here: lines to paragraphs, page furniture, footnotes, columns, scans."""

from __future__ import annotations

from pathlib import Path

import pytest
from fpdf import FPDF
from fpdf.enums import AccessPermission, EncryptionMethod

from ingest.readers import ReadError, read
from ingest.text import clean
from tests.ingest.reading import check, check_map, shapes, written

LONG = (
    "The working party of the harbours examined the invented report and noted with satisfaction what the ports and "
    "their companies had done in the year 2031, and it asked the secretariat to go on with it until the assembly."
)


class Pages(FPDF):
    """Pages with a running head and a page number."""

    def header(self) -> None:
        """Print the running head."""
        self.set_font("times", size=8)
        self.cell(0, 8, "HARBOUR/7-E", align="R", new_x="LMARGIN", new_y="NEXT")

    def footer(self) -> None:
        """Print the page number."""
        self.set_y(-15)
        self.set_font("times", size=8)
        self.cell(0, 8, f"- {self.page_no()} -", align="C")

    def words(self, text: str, *, size: float = 11, style: str = "", gap: float = 3) -> None:
        """Put a paragraph."""
        self.set_font("times", style, size)
        self.multi_cell(0, size * 0.45, text, new_x="LMARGIN", new_y="NEXT")
        self.ln(gap)


def test_a_report(tmp_path: Path) -> None:
    pdf = Pages()
    pdf.set_title("A report")
    pdf.add_page()
    pdf.words("1   Introduction", size=14, style="B")
    for at in range(1, 21):
        pdf.words(f"1.{at}   {LONG} Number {at} of the list.")
    pdf.words("2   Closing", size=14, style="B")
    pdf.words("a)   " + LONG)
    pdf.words("b)   It rose.")
    reading = read(written(tmp_path, "a.pdf", bytes(pdf.output())))
    check(reading)
    check_map(reading, clean(reading))
    assert (reading.title, reading.language) == ("A report", "en")
    found = [shape for shape in shapes(reading) if shape[0] not in {"header", "page-number"}]
    assert [shape[:3] for shape in found] == [
        ("heading", 1, "1"), *[("paragraph", 0, f"1.{at}") for at in range(1, 21)], ("heading", 1, "2"),
        ("item", 1, "a)"), ("item", 1, "b)"),
    ]  # fmt: skip
    furniture = [(block.kind, block.page) for block in reading.blocks if block.kind in {"header", "page-number"}]
    assert furniture == [(kind, page) for page in (1, 2) for kind in ("header", "page-number")]
    assert LONG in clean(reading).text


def test_words_broken_at_the_end_of_a_line(tmp_path: Path) -> None:
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("times", size=11)
    lines = ["The telecommunication group noted the telecom-", "munication policy of the multi-",
             "stakeholder process (multi-stakeholder)"]  # fmt: skip
    for at, line in enumerate(lines):
        pdf.text(20, 20 + 5 * at, line)
    reading = read(written(tmp_path, "a.pdf", bytes(pdf.output())))
    assert reading.text == "\n".join(lines)
    expected = "group noted the telecommunication policy of the multi-stakeholder process (multi-stakeholder)"
    assert clean(reading).text.endswith(expected)


def test_footnotes_of_a_page(tmp_path: Path) -> None:
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("times", size=11)
    pdf.write(5, "The developing")
    pdf.char_vpos = "SUP"
    pdf.write(5, "1")
    pdf.char_vpos = "LINE"
    pdf.write(5, " ports met in the town of Alba, as they had been asked to do by the assembly.")
    pdf.set_font("times", size=8)
    pdf.text(20, 270, "1  Including the smallest of them.")
    reading = read(written(tmp_path, "a.pdf", bytes(pdf.output())))
    check(reading)
    assert [(kind, number) for kind, _, number, _ in shapes(reading)] == [("paragraph", None), ("footnote", "1")]
    assert "developing¹ ports" in reading.text
    assert clean(reading).text.startswith("The developing ports met")


class Paper(FPDF):
    """Pages on which text is put at heights, in points of size."""

    def put(self, at: float, text: str, size: float = 11) -> None:
        """Print a line at so many millimetres from the top."""
        self.set_font("times", size=size)
        self.text(20, at, text)

    def article(self, first: float) -> None:
        """Print the lines of an article."""
        for at, line in enumerate(
            ("Article 4", "The keepers of the lamps shall", "meet in the town of Alba each year.")
        ):
            self.put(first + 6 * at, line)


FEET = [
    # lines at the foot of the page (height, words, size), the kinds and numbers of the blocks below the article
    ([(270, "1  Opinion of the pilots, not printed.", 8)], [("footnote", "1")]),
    ([(266, "1  Opinion of pilots, which was read", 8), (270, "at length and not printed.", 8)], [("footnote", "1")]),
    ([(266, "3  One opinion of the pilots.", 8), (270, "4  Another.", 8)], [("footnote", "3"), ("footnote", "4")]),
    ([(266, "1  In the year of", 8), (270, "2031 they met.", 8)], [("footnote", "1")]),
    ([(270, "*  Not printed.", 8)], [("footnote", "*")]),
    # none: as large as the body, a numbered list in small print, small print without a mark, above the body
    ([(270, "1  Opinion of the pilots, not printed.", 11)], [("paragraph", None)]),
    ([(266, "1. Lamps of quays.", 8), (270, "2. Lamps of piers.", 8)], [("paragraph", "1."), ("paragraph", "2.")]),
    ([(270, "Printed in the town of Alba", 8)], [("paragraph", None)]),
    ([(180, "1  Lamps of the quay.", 8), (240, "They shall be lit.", 11)], [("paragraph", None), ("paragraph", None)]),
]  # fmt: skip


@pytest.mark.parametrize(("foot", "wanted"), FEET, ids=lambda value: str(value)[:50])
def test_small_print_below_an_article(
    tmp_path: Path, foot: list[tuple[float, str, float]], wanted: list[tuple[str, str | None]]
) -> None:
    pdf = Paper()
    pdf.add_page()
    pdf.article(100)
    for line in foot:
        pdf.put(*line)
    found = [(kind, number) for kind, _, number, _ in shapes(read(written(tmp_path, "a.pdf", bytes(pdf.output()))))]
    assert found[-len(wanted) :] == wanted
    assert "footnote" not in [kind for kind, _ in found[: -len(wanted)]]


MARKED = [
    # a line of the body, as it is read where a note 1 stands below
    ("The keepers1, as they say, met.", "keepers¹, as"),
    ("The keepers1 met keepers1 of lamps.", "keepers1 met keepers1"),
    ("Form AB1 is sent with H1 and 11 lamps.", "AB1 is sent with H1 and 11"),
]


@pytest.mark.parametrize(("line", "wanted"), MARKED)
def test_a_mark_that_is_not_raised(tmp_path: Path, line: str, wanted: str) -> None:
    pdf = Paper()
    pdf.add_page()
    pdf.put(100, line)
    pdf.put(106, "Nothing else was said of it.")
    pdf.put(270, "1  Not printed.", 8)
    assert wanted in read(written(tmp_path, "a.pdf", bytes(pdf.output()))).text


def test_a_mark_behind_a_stop(tmp_path: Path) -> None:
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("times", size=11)
    pdf.write(5, "The lamps are lit.")
    pdf.char_vpos = "SUP"
    pdf.write(5, "12")
    pdf.char_vpos = "LINE"
    pdf.write(5, " They burn no.12 oil.")
    assert read(written(tmp_path, "a.pdf", bytes(pdf.output()))).text == "The lamps are lit.¹² They burn no.12 oil."


HEADS = [
    # what stands at the top of each page (height, words, size), the kind of the first block of the last page's text
    ([None, (12, "Lamps of the coast", 8)], "header"),
    ([(12, "LAMP/4", 8), (12, "LAMP/4", 8)], "header"),
    ([(12, "LAMP/4", 8), (12.8, "LAMP/4", 8)], "header"),  # not quite at one height
    # none: as large as the body, a sentence, the first page's document number
    ([None, (12, "Lamps of the coast", 11)], "paragraph"),
    ([None, (12, "The lamps of the coast were lit.", 8)], "paragraph"),
    ([(12, "LAMP/4", 8)], "paragraph"),
]


@pytest.mark.parametrize(("tops", "kind"), HEADS, ids=lambda value: str(value)[:50])
def test_heads_that_recur_nowhere(tmp_path: Path, tops: list[tuple[float, str, float] | None], kind: str) -> None:
    pdf = Paper()
    for top in tops:
        pdf.add_page()
        if top:
            pdf.put(*top)
        pdf.article(40)
    reading = read(written(tmp_path, "a.pdf", bytes(pdf.output())))
    assert tops[-1] is not None
    words = tops[-1][1]
    named = [block.kind for block in reading.blocks if words in reading.text[block.span.start : block.span.end]]
    assert named[-1] == kind


def test_two_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("times", size=11)
    for at in range(12):
        pdf.text(20, 30 + 5 * at, f"left line {at} of the words")
        pdf.text(115, 30 + 5 * at, f"right line {at} of the words")
    reading = read(written(tmp_path, "a.pdf", bytes(pdf.output())))
    check(reading)
    assert reading.text.index("left line 11") < reading.text.index("right line 0")


def test_pages_without_text_are_named(tmp_path: Path) -> None:
    pdf = FPDF()
    for at in range(4):
        pdf.add_page()
        if at in {0, 2}:
            pdf.set_font("times", size=11)
            pdf.text(20, 40, f"Words of page {at + 1}.")
    reading = read(written(tmp_path, "a.pdf", bytes(pdf.output())))
    assert [block.page for block in reading.blocks] == [1, 3]
    assert [finding.code for finding in reading.findings] == ["no-text-layer"]
    assert "pages 2, 4 of 4" in reading.findings[0].message


def test_a_scan_and_a_locked_file_are_refused(tmp_path: Path) -> None:
    scan = FPDF()
    scan.add_page()
    scan.rect(20, 20, 50, 50)
    locked = FPDF()
    locked.set_encryption("owner", "user", EncryptionMethod.RC4, AccessPermission.all())
    locked.add_page()
    for pdf, code in ((scan, "no-text-layer"), (locked, "encrypted")):
        with pytest.raises(ReadError) as caught:
            read(written(tmp_path, "a.pdf", bytes(pdf.output())))
        assert caught.value.code == code
