"""PDF through pdfium: its characters, put together to lines and paragraphs."""

from __future__ import annotations

import logging
from pathlib import Path

import pypdfium2 as pdfium

from ingest.model import Reading
from ingest.readers.builder import Builder
from ingest.readers.failure import ReadError
from ingest.readers.pdf_layout import paragraphs
from ingest.readers.pdf_lines import Line, page_lines
from ingest.readers.pdf_notes import note_mark
from ingest.readers.pdf_paragraph import Paragraph
from ingest.text.languages import language

MAX_PAGES = 5_000
MAX_CHARACTERS = 30_000_000


def read(data: bytes, path: Path) -> Reading:
    """Read a PDF; raises ReadError with code "no-text-layer" if no page has any text."""
    logging.getLogger("pypdfium2").setLevel(logging.ERROR)
    document = _opened(data, path.name)
    try:
        pages, heights, empty = _pages(document, path.name)
        meta = document.get_metadata_dict(skip_empty=True)
    finally:
        document.close()
    if len(empty) == len(pages):
        raise ReadError(
            "no-text-layer",
            f"{path.name}: no text on any of its {len(pages)} pages; it looks scanned. Run text recognition on it.",
        )
    builder = Builder()
    for paragraph in paragraphs(pages, heights):
        _put(builder, paragraph)
    builder.settle()
    if empty:
        builder.find("no-text-layer", "warning", f"No text on {_listed(empty)} of {len(pages)}; scanned, or empty.")
    text = builder.text()
    return Reading(
        "",
        "",
        text,
        tuple(builder.blocks),
        language=language(text),
        title=" ".join(str(meta.get("Title") or "").split()) or None,
        findings=tuple(builder.findings),
    )


def _opened(data: bytes, name: str) -> pdfium.PdfDocument:
    try:
        document = pdfium.PdfDocument(data)
        count = len(document)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise ReadError("encrypted", f"{name}: protected with a password. Save it without one.") from error
        raise ReadError("corrupt", f"{name}: a damaged PDF ({error}). Fetch it again.") from error
    if not 0 < count <= MAX_PAGES:
        document.close()
        raise ReadError("corrupt" if not count else "too-large", f"{name}: {count} pages; 1 to {MAX_PAGES} are read.")
    return document


def _pages(document: pdfium.PdfDocument, name: str) -> tuple[list[list[Line]], list[float], list[int]]:
    """The lines and the height of each page, and which pages have no text."""
    pages: list[list[Line]] = []
    heights: list[float] = []
    empty: list[int] = []
    characters = 0
    for at in range(len(document)):
        lines: list[Line] = []
        height = 842.0
        try:
            page = document[at]
            height = page.get_height()
            textpage = page.get_textpage()
            characters += textpage.count_chars()
            if characters > MAX_CHARACTERS:
                raise ReadError("too-large", f"{name}: more than {MAX_CHARACTERS:,} characters. Split it.")
            lines = page_lines(textpage, at + 1)
            textpage.close()
            page.close()
        except pdfium.PdfiumError:
            pass  # the page is reported with those that have no text
        pages.append(lines)
        heights.append(height)
        if not lines:
            empty.append(at + 1)
    return pages, heights, empty


def _listed(pages: list[int]) -> str:
    shown = ", ".join(str(page) for page in pages[:20]) + (" and more" if len(pages) > 20 else "")
    return f"page {shown}" if len(pages) == 1 else f"pages {shown}"


def _put(builder: Builder, paragraph: Paragraph) -> None:
    page = paragraph.lines[0].page
    if paragraph.kind is None:
        builder.add("paragraph", paragraph.text, page=page, settled=False)
    elif paragraph.kind == "footnote":
        builder.add("footnote", paragraph.text, number=note_mark(paragraph.text), page=page)
    else:
        builder.add(paragraph.kind, paragraph.text, level=paragraph.level, page=page)
