"""The text of a paragraph: what stands in its runs, fields, content controls and revisions."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from ingest.readers.docx_parts import Styles, W, child, is_on, val
from ingest.readers.marks import is_mark, raised

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_GONE = frozenset({f"{W}del", f"{W}moveFrom"})
_SKIPPED = frozenset({f"{W}pPr", f"{W}rPr", f"{W}sectPr", f"{W}instrText", f"{W}delText", f"{W}delInstrText"})
_PLAIN = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "\u2011",
    f"{W}softHyphen": "\u00ad",
}
_SYMBOLS = {0xF0B7: "•", 0xF0A7: "▪", 0xF0D8: "➢", 0xF0FC: "✓", 0xF0E0: "→", 0xF0B0: "°", 0xF0B1: "±", 0xF02D: "–"}
_SYMBOLS |= {0xF0E3: "©", 0xF0D3: "©", 0xF0E2: "®", 0xF0D2: "®", 0xF0E4: "™", 0xF0D4: "™"}


@dataclass(slots=True)
class Words:
    """A paragraph's text and what was met in it.

    notes are (kind, id) of footnotes and endnotes in the order of their marks; boxes the text boxes that
    hang on it. first_page is the page on which its first character stands.
    """

    pieces: list[str] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    first_page: int = 1
    head: str = ""  # the marks at the start of a footnote's text, as plain text
    deleted: bool = False
    begun: bool = False  # whether any character but white space was put

    def text(self) -> str:
        """The text, white space at its ends included."""
        return "".join(self.pieces)


@dataclass(slots=True)
class Tally:
    """Over the whole document: the page, texts put and left out, footnotes numbered."""

    page: int = 1
    rendered: bool = False  # whether Word left its page breaks in the file; then only these count
    put: int = 0
    deleted: int = 0
    hidden: int = 0
    numbers: dict[tuple[str, str], str] = field(default_factory=dict)


class Runs:
    """Reads paragraphs one after the other."""

    def __init__(self, styles: Styles, tally: Tally) -> None:
        self._styles = styles
        self.tally = tally

    def words(self, paragraph: etree._Element, own_mark: str = "") -> Words:
        """The text of a paragraph; own_mark is what a footnote prints for itself."""
        words = Words(first_page=self.tally.page)
        self._inside(paragraph, words, own_mark)
        return words

    def _inside(self, element: etree._Element, words: Words, own_mark: str) -> None:
        marked = False
        for part in element:
            if part.tag == f"{W}r":
                marked = self._run(part, words, own_mark, marked)
            elif part.tag in _GONE:
                self.tally.deleted += _texts(part)
                words.deleted = True
            elif part.tag not in _SKIPPED:
                self._other(part, words, own_mark)

    def _other(self, part: etree._Element, words: Words, own_mark: str) -> None:
        if part.tag == f"{_MC}AlternateContent":
            if (choice := alternative(part)) is not None:
                self._inside(choice, words, own_mark)
        elif part.tag == f"{W}txbxContent":
            words.boxes.append(part)
        elif part.tag == f"{_MATH}t":
            self._put(words, part.text or "")
        elif part.tag == f"{W}ruby":
            self._inside(base if (base := child(part, "rubyBase")) is not None else part, words, own_mark)
        elif isinstance(part.tag, str):
            self._inside(part, words, own_mark)

    def _run(self, run: etree._Element, words: Words, own_mark: str, marked: bool) -> bool:
        """Put a run; whether it is a footnote mark, so that raised text right after it belongs to it."""
        if is_on(child(run, "rPr", "vanish")):
            self.tally.hidden += _texts(run)
            return marked
        style, place = val(run, "rPr", "rStyle"), val(run, "rPr", "vertAlign")
        is_mark = style in self._styles.marks or any(
            run.find(W + name) is not None
            for name in ("footnoteReference", "endnoteReference", "footnoteRef", "endnoteRef")
        )
        above = is_mark or (marked and place == "superscript")
        for part in run:
            self._in_run(part, words, own_mark, above=above, small=place == "superscript")
        return above

    def _in_run(self, part: etree._Element, words: Words, own_mark: str, *, above: bool, small: bool) -> None:
        if part.tag == f"{W}t":
            self.tally.put += 1
            self._put_text(words, part.text or "", own_mark, above=above, small=small)
        elif part.tag in _PLAIN:
            self._put(words, _PLAIN[part.tag])
        elif part.tag == f"{W}br":
            self._break(part, words)
        elif part.tag == f"{W}lastRenderedPageBreak":
            self.tally.page += 1
            if not words.begun:
                words.first_page = self.tally.page
        elif part.tag in {f"{W}footnoteReference", f"{W}endnoteReference"}:
            self._reference(part, words)
        elif part.tag in {f"{W}footnoteRef", f"{W}endnoteRef"}:
            words.head += own_mark
            self._put(words, own_mark)
        elif part.tag == f"{W}sym":
            self._put(words, _symbol(part.get(f"{W}char")))
        elif part.tag not in _SKIPPED:
            self._other(part, words, own_mark)

    def _put_text(self, words: Words, text: str, own_mark: str, *, above: bool, small: bool) -> None:
        if own_mark and (above or small) and not words.text()[len(words.head) :].strip():
            words.head += text.strip()  # a footnote's own number, or the "bis" after it
            self._put(words, text)
        elif above or (small and is_mark(text)):
            self._put(words, text.replace(text.strip(), raised(text)))
        else:
            self._put(words, text)

    def _put(self, words: Words, text: str) -> None:
        if not words.begun and text.strip():
            words.begun = True
            words.first_page = self.tally.page
        words.pieces.append(text)

    def _break(self, part: etree._Element, words: Words) -> None:
        if part.get(f"{W}type") == "page":
            if not self.tally.rendered:
                self.tally.page += 1
        elif part.get(f"{W}type") != "column":
            self._put(words, "\n")

    def _reference(self, part: etree._Element, words: Words) -> None:
        kind = "footnote" if part.tag == f"{W}footnoteReference" else "endnote"
        key = (kind, part.get(f"{W}id") or "")
        words.notes.append(key)
        if is_on_attribute(part.get(f"{W}customMarkFollows")):
            self.tally.numbers[key] = "*"
            return
        count = sum(1 for other, mark in self.tally.numbers.items() if other[0] == kind and mark != "*") + 1
        self.tally.numbers.setdefault(key, str(count))
        self._put(words, raised(self.tally.numbers[key]))


def is_on_attribute(value: str | None) -> bool:
    """An on-off attribute: there, and not switched off."""
    return value is not None and value not in {"0", "false", "off"}


def alternative(element: etree._Element) -> etree._Element | None:
    """Of two drawings of the same thing the first that has text, else none."""
    for choice in element:
        if _texts(choice):
            return choice
    return None


def _texts(element: etree._Element) -> int:
    return sum(1 for _ in element.iter(f"{W}t", f"{W}delText"))


def _symbol(code: str | None) -> str:
    try:
        value = int(code or "", 16)
    except ValueError:
        return ""
    if value in _SYMBOLS:
        return _SYMBOLS[value]
    return chr(value - 0xF000) if 0xF020 <= value <= 0xF07E else (chr(value) if 0x20 <= value <= 0xFFFD else "")
