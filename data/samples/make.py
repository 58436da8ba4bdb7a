"""Makes the sample documents that are not plain text from their manuscripts: Word files and a PDF.

    python data/samples/make.py

The same manuscript gives the same bytes. A manuscript's line that begins with "#" is a numbered heading, one with
"##" a numbered paragraph, both numbered by Word itself; a line like "a) …" is an item that Word letters.
"""

from __future__ import annotations

import re
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from fpdf import FPDF

HERE = Path(__file__).parent
STAMP = datetime(2026, 11, 22, tzinfo=UTC)

LEVELS = (("decimal", "%1", 0), ("decimal", "%1.%2", 0), ("lowerLetter", "%3)", 360))
"""Number format, text and indentation of the three levels of the Word file's numbering."""


def paragraphs(manuscript: Path) -> list[str]:
    """The manuscript's paragraphs, in order."""
    return [part.strip() for part in manuscript.read_text(encoding="utf-8").split("\n\n") if part.strip()]


def make_word(manuscript: Path, target: Path, head: str, foot: str) -> None:
    """A Word file whose numbers are automatic: they stand nowhere in its text. head and foot run on each page."""
    document = docx.Document()
    number = _numbering(document)
    document.sections[0].header.paragraphs[0].text = head
    document.sections[0].footer.paragraphs[0].text = foot
    for text in paragraphs(manuscript):
        if text.startswith("## "):
            _numbered(document.add_paragraph(text[3:]), number, 1)
        elif text.startswith("# "):
            _numbered(document.add_paragraph(text[2:], style="Heading 1"), number, 0)
        elif re.match(r"[a-z]\) ", text):
            _numbered(document.add_paragraph(text[3:]), number, 2)
        else:
            document.add_paragraph(text)
    document.core_properties.created = document.core_properties.modified = STAMP.replace(tzinfo=None)
    document.core_properties.author = "Recalling maintainers"
    document.core_properties.comments = foot
    document.save(str(target))
    _settle_zip(target)


def _numbering(document: Any) -> int:
    """Add a list of three levels to the file and give its number."""
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>'
        f'<w:pPr><w:ind w:left="{indent}"/></w:pPr></w:lvl>'
        for level, (form, text, indent) in enumerate(LEVELS)
    )
    numbering = document.part.numbering_part.element
    abstract = parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{levels}</w:abstractNum>')
    numbering.insert(0, abstract)
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    return 90


def _numbered(paragraph: Any, number: int, level: int) -> None:
    properties = paragraph._p.get_or_add_pPr()
    properties.append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')
    )
    assert properties.find(qn("w:numPr")) is not None


def _settle_zip(path: Path) -> None:
    """Write the archive again with one date, so that the same text gives the same bytes."""
    with zipfile.ZipFile(path) as archive:
        parts = [(info.filename, archive.read(info)) for info in archive.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(zipfile.ZipInfo(name, STAMP.timetuple()[:6]), content, zipfile.ZIP_DEFLATED)


class Paper(FPDF):
    """A page with a running head and a page number, as meeting documents have them."""

    def header(self) -> None:
        """The running head."""
        self.set_font("Helvetica", size=8)
        self.cell(0, 8, "Restatement for Recalling of WG-Internet 11/11", align="C", new_x="LMARGIN", new_y="NEXT")

    def footer(self) -> None:
        """The page number."""
        self.set_y(-14)
        self.set_font("Helvetica", size=8)
        self.cell(0, 8, f"- {self.page_no()} -", align="C")


def make_pdf(manuscript: Path, target: Path) -> None:
    """A PDF with running heads and page numbers between paragraphs."""
    paper = Paper(format="A4")
    paper.core_fonts_encoding = "cp1252"  # a viewer's own Helvetica: no font is embedded
    paper.set_creation_date(STAMP)
    paper.set_title("Restatement of the report of the eleventh meeting of CWG-Internet")
    paper.set_author("Recalling maintainers")
    paper.set_margins(22, 16, 22)
    paper.set_auto_page_break(True, 20)
    paper.add_page()
    for text in paragraphs(manuscript):
        heading = text.startswith("# ")
        paper.set_font("Helvetica", "B" if heading else "", 12 if heading else 10)
        paper.multi_cell(0, 5.2, text[2:] if heading else text, align="L", new_x="LMARGIN", new_y="NEXT")
        paper.ln(3)
    paper.output(str(target))


def main() -> None:
    """Make all files."""
    texts = HERE / "manuscripts"
    restated = "Restatement of C26, for Recalling", "restated, not the institution's words"
    make_word(texts / "chair-report-2026.md", HERE / "cwg-internet" / "chair-report-2026.docx", *restated)
    invented = "Lantern-7/12", "invented, for Recalling"
    make_word(texts / "lantern-7-report.md", HERE / "lighthouse" / "lantern-7-report.docx", *invented)
    make_pdf(texts / "meeting-11-report.md", HERE / "cwg-internet" / "meeting-11-report.pdf")


if __name__ == "__main__":
    main()
