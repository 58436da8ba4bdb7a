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
