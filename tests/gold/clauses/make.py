"""Makes the Word and PDF files of the gold from their manuscripts, so that no binary lies in the repository.

A manuscript is a text whose paragraphs are set apart by an empty line. A paragraph's first characters say what it is:

    =      a heading, bold            !     the heading of clauses, in italics (style "Call")
    1|     numbered by Word: 1, 2     A|    lettered by Word: a), b); below a "1|" its second level
    %HEAD  running head of the PDF    %NOTE a footnote at the bottom of the PDF's page

Numbers start again below each heading of clauses.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from fpdf import FPDF

STAMP = datetime(2030, 1, 1, tzinfo=UTC)

LISTS = {  # abstract list: number format and text of its levels
    90: (("decimal", "%1"), ("lowerLetter", "%2)")),
    91: (("lowerLetter", "%1)"),),
}


def made(spec: Path, folder: Path) -> Path:
    """The file that a manuscript ("decision.pdf.spec") stands for, made in a folder."""
    target = folder / spec.stem
    {".docx": _make_word, ".pdf": _make_pdf}[target.suffix](_paragraphs(spec), target)
    return target


def _paragraphs(spec: Path) -> list[str]:
    return [part for part in re.split(r"\n\s*\n", spec.read_text(encoding="utf-8").strip("\n")) if part]


class _Numbers:
    """The automatic lists of a Word file: a new one wherever numbers start again."""

    def __init__(self, document: Any) -> None:
        self._root = document.part.numbering_part.element
        for abstract, levels in reversed(LISTS.items()):
            forms = "".join(
                f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>'
                f'<w:pPr><w:ind w:left="{360 * (level + 1)}"/></w:pPr></w:lvl>'
                for level, (form, text) in enumerate(levels)
            )
            self._root.insert(
                0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{abstract}">{forms}</w:abstractNum>')
            )
        self._last = 900
        self.forget()

    def forget(self) -> None:
        """Numbers start again."""
        self._running: dict[int, int] = {}

    def mark(self, paragraph: Any, mark: str) -> None:
        """Let Word number a paragraph: mark is "1" or "A"."""
        nested = mark == "A" and 90 in self._running
        abstract = 90 if mark == "1" or nested else 91
        if abstract not in self._running:
            self._last += 1
            self._running[abstract] = self._last
            starts = "".join(
                f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="1"/></w:lvlOverride>'
                for level in range(len(LISTS[abstract]))
            )
            used = f'<w:abstractNumId w:val="{abstract}"/>{starts}'
            self._root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{self._last}">{used}</w:num>'))
        paragraph._p.get_or_add_pPr().append(
            parse_xml(
                f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{int(nested)}"/>'
                f'<w:numId w:val="{self._running[abstract]}"/></w:numPr>'
            )
        )


def _make_word(paragraphs: list[str], target: Path) -> None:
    document = docx.Document()
    document.styles.add_style("Call", WD_STYLE_TYPE.PARAGRAPH)
    numbers = _Numbers(document)
    for text in paragraphs:
        if text.startswith("!"):
            numbers.forget()
            document.add_paragraph(style="Call").add_run(text[1:]).italic = True
        elif text.startswith("="):
            numbers.forget()
            document.add_paragraph().add_run(text[1:]).bold = True
        elif text[:2] in ("1|", "A|"):
            numbers.mark(document.add_paragraph(text[2:]), text[0])
        else:
            document.add_paragraph(text)
    document.core_properties.created = document.core_properties.modified = STAMP.replace(tzinfo=None)
    document.save(str(target))


class _Paper(FPDF):
    """Small pages with a running head, footnotes and a page number, so that paragraphs break over pages."""

    head = ""

    def __init__(self) -> None:
        super().__init__(format=(148, 210))
        self.notes: list[str] = []

    def header(self) -> None:
        """The running head."""
        self.set_font("Helvetica", size=8)
        self.cell(0, 8, self.head, align="C", new_x="LMARGIN", new_y="NEXT")

    def footer(self) -> None:
        """The page's footnotes below a rule, then its number."""
        self.set_font("Helvetica", size=7)
        if self.notes:
            self.set_y(-24)
            self.line(self.l_margin, self.get_y(), self.l_margin + 30, self.get_y())
            self.multi_cell(0, 4, "\n".join(self.notes), new_x="LMARGIN", new_y="NEXT")
            self.notes = []
        self.set_y(-12)
        self.cell(0, 6, f"{self.page_no()}", align="C")


def _make_pdf(paragraphs: list[str], target: Path) -> None:
    paper = _Paper()
    paper.core_fonts_encoding = "cp1252"
    paper.set_creation_date(STAMP)
    paper.set_margins(18, 14, 18)
    paper.set_auto_page_break(True, 26)
    lines = [line for text in paragraphs for line in (text.split("\n") if text.startswith("%") else [text])]
    for text in lines:
        if text.startswith("%HEAD "):
            paper.head = text.removeprefix("%HEAD ")
        elif text.startswith("%NOTE "):
            paper.notes.append(text.removeprefix("%NOTE "))
        else:
            if not paper.page:
                paper.add_page()
            heading = text.startswith("=")
            paper.set_font("Helvetica", "B" if heading else "", 10)
            paper.multi_cell(0, 5, text[1:] if heading else text, align="L", new_x="LMARGIN", new_y="NEXT")
            paper.ln(2.5)
    paper.output(str(target))
