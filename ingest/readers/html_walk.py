"""One pass over an HTML tree: which element becomes which block."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from selectolax.lexbor import LexborNode

from ingest.model import BlockKind
from ingest.readers import plain
from ingest.readers.builder import Builder
from ingest.readers.docx_numbering import formatted
from ingest.readers.html_marks import hints, is_note_mark, is_set_above, target
from ingest.readers.marks import raised
from ingest.text.numbering import printed_number

_SKIPPED = frozenset(
    {"script", "style", "template", "noscript", "head", "title", "meta", "link", "iframe", "object", "svg", "canvas"}
    | {"select", "textarea", "button", "datalist", "audio", "video"}
)
_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "div", "dl"}
    | {"dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header"}
    | {"hgroup", "hr", "legend", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td"}
    | {"tfoot", "th", "thead", "tr", "ul", "menu", "listing", "xmp"}
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "1": "decimal"}
_STYLES = {
    "lower-alpha": "lowerLetter",
    "lower-latin": "lowerLetter",
    "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter",
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
    "none": "none",
}
_NOTE_REF = re.compile(r"doc-noteref|footnote-ref|noteref|MsoFootnoteReference|MsoEndnoteReference")
_NOTES = re.compile(r"\b(?:doc-footnote|doc-endnotes?|footnotes?|endnotes?|fn|ftn)\b")
_MARKS = (
    'sup a[href^="#"], a[href^="#"] > sup, a[role="doc-noteref"], a[class*="footnote-ref"], '
    'a[href^="#_ftn"], a[href^="#_edn"]'
)
_BACK = re.compile(r"doc-backlink|footnote-back(?:ref|link)|reversefootnote")


@dataclass(slots=True)
class _Frame:
    """What an element makes of the text inside: inherited from the element around it, then changed."""

    kind: BlockKind | None = None
    level: int = 0
    lists: int = 0
    form: str = "bullet"  # how the list around counts
    count: int = 0
    step: int = 1
    number: str | None = None  # to be printed before the next words
    address: str | None = None
    cells: bool = False
    pre: bool = False
    raise_: bool = False
    quote: bool = False


class HtmlWalk:
    """Goes through the tree without recursion and puts the blocks into the builder."""

    def __init__(self, builder: Builder) -> None:
        self._builder = builder
        self._pieces: list[str] = []
        self._frames: list[_Frame] = [_Frame()]
        self._opened: list[int] = []
        self._targets: set[str] = set()
        self._hidden = 0

    def run(self, body: LexborNode) -> None:
        """Put all blocks."""
        self._targets = {target(found) for found in body.css(_MARKS)} - {""}
        node: LexborNode | None = body
        while node is not None:
            inside = self._enter(node)
            node = inside if inside is not None else self._next(node, body)
        if self._hidden:
            message = f"{self._hidden} hidden elements with text were left out."
            self._builder.find("hidden-text", "info", message)

    def _next(self, node: LexborNode, body: LexborNode) -> LexborNode | None:
        """Close the node, and those around it that end with it; what comes after, or None at the end."""
        here: LexborNode | None = node
        while here is not None:
            self._leave(here)
            if here.mem_id == body.mem_id:
                return None
            if here.next is not None:
                return here.next
            here = here.parent
        return None

    def _enter(self, node: LexborNode) -> LexborNode | None:
        """Open a node; its first child, or None where there is nothing to go into."""
        tag = node.tag or ""
        if tag == "-text":
            self._words(node.text_content or "")
            return None
        if tag.startswith("-") or tag in _SKIPPED:
            return None
        if why := _out_of_sight(node):
            self._hidden += why == "hidden" and bool(node.text(strip=True))
            return None
        if tag == "br":
            self._pieces.append("\n")
        elif tag in _BLOCKS:
            self._flush()
            self._open(node, self._block_frame(node, tag))
        elif tag == "q":
            self._pieces.append("\u201c")
            self._open(node, replace(self._frames[-1], quote=True))
        elif self._is_raised(node, tag):
            self._open(node, replace(self._frames[-1], raise_=True))
        return node.first_child

    def _open(self, node: LexborNode, frame: _Frame) -> None:
        self._frames.append(frame)
        self._opened.append(node.mem_id)

    def _leave(self, node: LexborNode) -> None:
        if not self._opened or self._opened[-1] != node.mem_id:
            return
        if node.tag in _BLOCKS:
            self._flush()
        elif node.tag == "q":
            self._pieces.append("\u201d")
        self._opened.pop()
        self._frames.pop()

    def _words(self, text: str) -> None:
        frame = self._frames[-1]
        if frame.raise_:
            self._pieces.append(raised(text))
        else:
            self._pieces.append(text if frame.pre else re.sub(r"[ \t\n\r\f]+", " ", text))

    def _is_raised(self, node: LexborNode, tag: str) -> bool:
        """Whether the element is a footnote mark, or raised digits; in a footnote it is the note's own number."""
        if self._frames[-1].kind == "footnote":
            return False
        if tag in {"a", "span"} and _NOTE_REF.search(hints(node)):
            return True
        return (tag == "sup" or (tag == "span" and is_set_above(node))) and is_note_mark(node)

    def _block_frame(self, node: LexborNode, tag: str) -> _Frame:
        around = self._frames[-1]
        frame = replace(around, number=None, quote=False, address=node.attributes.get("id") or around.address)
        if match := re.fullmatch(r"h([1-6])", tag):
            frame.kind, frame.level = "heading", int(match[1])
        elif tag in {"ol", "ul", "menu"}:
            self._list_frame(node, tag, frame)
        elif tag == "li":
            self._item_frame(node, around, frame)
        elif tag in {"td", "th"}:
            frame.kind = frame.kind or ("cell" if frame.cells else None)
        elif tag == "table":  # of one column it is a frame around ordinary paragraphs
            frame.cells = _columns(node) > 1 and node.attributes.get("role") != "presentation"
        elif tag in {"pre", "listing", "xmp"}:
            frame.pre = True
        elif tag in {"nav", "header", "footer"} and self._is_furniture(node, tag):
            frame.kind = "footer" if tag == "footer" else "header"
        if self._is_note(node, tag):
            frame.kind, frame.level = "footnote", 0
        return frame

    @staticmethod
    def _is_furniture(node: LexborNode, tag: str) -> bool:
        """Navigation, and the head and foot of the page as a whole; those of an article are its words."""
        return tag == "nav" or (node.parent is not None and node.parent.tag == "body")

    def _is_note(self, node: LexborNode, tag: str) -> bool:
        if tag in {"body", "ol", "ul", "section", "table", "tbody", "tr"}:
            return False
        key = (node.attributes.get("id") or "").lstrip("_")
        if key and key in self._targets:
            return True
        if tag in {"aside", "div", "p", "li"} and _NOTES.search(hints(node)):
            return True
        around = node.parent.parent if tag == "li" and node.parent is not None else None
        return around is not None and bool(_NOTES.search(hints(around)))

    @staticmethod
    def _list_frame(node: LexborNode, tag: str, frame: _Frame) -> None:
        frame.lists += 1
        style = re.search(r"list-style(?:-type)?\s*:\s*([a-z-]+)", node.attributes.get("style") or "")
        form = "decimal" if tag == "ol" else "bullet"
        if style:
            form = _STYLES.get(style[1], form)
        elif tag == "ol":
            form = _FORMS.get(node.attributes.get("type") or "1", "decimal")
        backwards = "reversed" in node.attributes
        items = sum(1 for child in _children(node) if child.tag == "li") if backwards else 0
        frame.form, frame.step = form, -1 if backwards else 1
        frame.count = _integer(node.attributes.get("start"), items if backwards else 1) - frame.step

    @staticmethod
    def _item_frame(node: LexborNode, around: _Frame, frame: _Frame) -> None:
        around.count = _integer(node.attributes.get("value"), around.count + around.step)
        frame.level = max(1, around.lists)
        if frame.kind not in {"footnote", "header", "footer", "cell"}:
            frame.kind = "item"
        if around.form == "bullet":
            frame.number = "•"
        elif around.form != "none":
            frame.number = f"{formatted(around.count, around.form)}."

    def _flush(self) -> None:
        """What was gathered since the last block, as a block; several where empty lines part it."""
        raw = "".join(self._pieces)
        self._pieces.clear()
        frame = self._frames[-1]
        if not raw.strip(" \t\r\n\f"):
            return
        if frame.pre:
            for block in plain.blocks(raw):
                self._put(raw[block.span.start : block.span.end], frame)
            return
        lines = re.sub(r" *\n *", "\n", re.sub(r" {2,}", " ", raw)).strip()
        for part in _parts(lines):
            self._put(part, frame)

    def _put(self, text: str, frame: _Frame) -> None:
        holder = next((found for found in reversed(self._frames) if found.number), None)
        number, typed = None, printed_number(text)
        if holder is not None and frame.kind in {"item", "footnote"}:
            number, holder.number = holder.number, None
            if typed is not None and typed.sure:
                number = typed.text
            elif number:
                number = number.rstrip(".") if frame.kind == "footnote" else number
                text = f"{number}\t{text}"
        if frame.kind is None:
            self._builder.add("paragraph", text, address=frame.address, settled=False)
            return
        if frame.kind == "item" and number is None and frame.form != "none":  # goes on after the item's first words
            self._builder.add("paragraph", text, address=frame.address)
            return
        if frame.kind == "footnote" and number is None and (match := re.match(r"\[?(\d{1,3}|\*+)\]?", text)):
            number = match[1] if text.startswith(match[1]) else match[0]
        level = frame.level if frame.kind in {"heading", "item"} else 0
        self._builder.add(frame.kind, text, number=number, level=level, address=frame.address)


def _parts(text: str) -> list[str]:
    """Parted where two line breaks follow each other, or one comes before a printed number."""
    parts: list[str] = []
    for stretch in re.split(r"\n{2,}", text):
        here: list[str] = []
        for line in stretch.split("\n"):
            number = printed_number(line)
            if here and number and number.sure:
                parts.append("\n".join(here))
                here = []
            here.append(line)
        parts.append("\n".join(here))
    return parts


def _columns(table: LexborNode) -> int:
    """The largest number of cells in a row of this table, leaving out tables inside it."""
    most = 0
    for part in _children(table):
        rows = [part] if part.tag == "tr" else [row for row in _children(part) if row.tag == "tr"]
        for row in rows:
            most = max(most, sum(1 for cell in _children(row) if cell.tag in {"td", "th"}))
    return most


def _children(node: LexborNode) -> Iterator[LexborNode]:
    """The children one after the other; LexborNode.iter takes time with the square of their number."""
    child = node.first_child
    while child is not None:
        yield child
        child = child.next


def _out_of_sight(node: LexborNode) -> str | None:
    """Why an element is left out: "hidden", or "back" for the arrow from a footnote to its mark."""
    attributes = node.attributes
    if not attributes:
        return None
    if "hidden" in attributes or _HIDDEN.search(attributes.get("style") or ""):
        return "hidden"
    return "back" if _BACK.search(hints(node)) else None


def _integer(value: str | None, default: int) -> int:
    return int(value) if value and re.fullmatch(r"\s*-?\d{1,6}\s*", value) else default
