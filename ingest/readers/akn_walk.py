"""One pass over an Akoma Ntoso tree: which element becomes which block."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial

from lxml import etree

from ingest.model import BlockKind
from ingest.readers.builder import Builder
from ingest.readers.marks import raised
from ingest.readers.notes import split_notes
from ingest.readers.xmlsafe import local
from ingest.text.numbering import printed_number

_INLINE = frozenset(
    {"a", "abbr", "b", "i", "u", "sub", "sup", "span", "ref", "rref", "mref", "date", "docType", "docNumber"}
    | {"docTitle", "docDate", "docProponent", "docPurpose", "docIntroducer", "docStage", "docStatus", "docCommittee"}
    | {"docJurisdiction", "docketNumber", "person", "role", "organization", "concept", "location", "term", "def"}
    | {"quantity", "entity", "event", "time", "process", "object", "ins", "del", "fillIn", "inline", "noteRef", "img"}
    | {"br", "eol", "eop", "remark", "rmod", "mod", "mmod", "quotedText", "affectedDocument", "relatedDocument"}
    | {"placeholder", "shortTitle", "session", "vote", "party", "judge", "lawyer", "outcome", "signature", "courtType"}
    | {"neutralCitation", "argument", "opinion", "omissis", "decoration", "legislature", "scene", "authorialNote"}
)
_ITEMS = frozenset(
    {"paragraph", "subparagraph", "point", "indent", "alinea", "clause", "subclause", "recital", "citation", "item"}
    | {"li", "sublist", "level", "transitional", "proviso", "rule", "subrule"}
)
_PARTS = frozenset(
    {"article", "section", "subsection", "chapter", "subchapter", "part", "subpart", "title", "subtitle", "book"}
    | {"tome", "division", "subdivision", "hcontainer", "container", "attachment", "debateSection"}
)
_HEADS = frozenset({"heading", "subheading", "crossHeading"})


@dataclass(slots=True)
class _Place:
    """Where the walk stands: address, depth of items and of parts, and what the surroundings make of a p."""

    address: str | None = None
    items: int = 0
    parts: int = 0
    kind: BlockKind | None = None
    number: list[str] = field(default_factory=list)  # a num that waits for its words


class Walk:
    """Puts the blocks into the builder; ranges tells which block orders each element covers."""

    def __init__(self, builder: Builder) -> None:
        self._builder = builder
        self.ranges: dict[etree._Element, tuple[int, int]] = {}

    def run(self, root: etree._Element) -> None:
        """Walk the whole tree."""
        self._element(root, _Place())

    def _element(self, element: etree._Element, place: _Place) -> None:
        name = local(element)
        if name in {"meta", ""}:
            return
        first = len(self._builder.blocks) + 1
        here = self._enter(element, name, place)
        if here.number is not place.number:
            self._flush(place)
        if name == "num":
            self._flush(place)
            place.number.append(_plain(element))
        elif name in _HEADS or name == "p":
            self._words(element, here, self._kind(element, name, here))
        else:
            self._content(element, here)
            if here.number is not place.number:
                self._flush(here)
        self.ranges[element] = (first, len(self._builder.blocks))

    @staticmethod
    def _enter(element: etree._Element, name: str, place: _Place) -> _Place:
        here = replace(place, address=element.get("eId") or place.address)
        if name in _ITEMS:
            return replace(here, items=place.items + 1, kind="item", number=[])
        if name in _PARTS:
            here = replace(here, parts=place.parts + 1, number=[])
        if name == "preface" or element.get("name") == "title":
            return replace(here, kind="heading", number=[])
        if name in {"td", "th"}:
            return replace(here, kind="cell", number=[])
        if name == "intro" and local(_parent(element)) == "recitals":
            return replace(here, kind="heading", parts=place.parts + 1)
        return here

    @staticmethod
    def _kind(element: etree._Element, name: str, here: _Place) -> BlockKind:
        if name in _HEADS:
            return "heading"
        return here.kind or "paragraph"

    def _content(self, element: etree._Element, here: _Place) -> None:
        """The children; words that stand directly in a container become a paragraph of their own."""
        loose = [element.text or ""]
        for child in element:
            if local(child) in _INLINE:
                loose.append(self._inline(child, here))
            elif local(child):
                self._put("".join(loose), here, here.kind or "paragraph")
                loose = []
                self._element(child, here)
            loose.append(child.tail or "")
        self._put("".join(loose), here, here.kind or "paragraph")

    def _words(self, element: etree._Element, here: _Place, kind: BlockKind) -> None:
        notes: list[tuple[str, etree._Element]] = []
        words = self._text(element, notes)
        self._put(words, here, kind)
        for marker, note in notes:
            self._builder.add("footnote", f"{marker} {_plain(note)}", number=marker, address=note.get("eId"))

    def _inline(self, element: etree._Element, here: _Place) -> str:
        notes: list[tuple[str, etree._Element]] = []
        words = self._one(element, notes)
        for marker, note in notes:
            self._builder.add("footnote", f"{marker} {_plain(note)}", number=marker, address=note.get("eId"))
        return words

    def _text(self, element: etree._Element, notes: list[tuple[str, etree._Element]]) -> str:
        pieces = [element.text or ""]
        for child in element:
            pieces += [self._one(child, notes), child.tail or ""]
        return "".join(pieces)

    def _one(self, child: etree._Element, notes: list[tuple[str, etree._Element]]) -> str:
        match local(child):
            case "authorialNote":
                marker = child.get("marker") or str(len(notes) + 1)
                notes.append((marker, child))
                return raised(marker)
            case "noteRef":
                return raised(child.get("marker") or "")
            case "br" | "eol":
                return "\n"
            case "meta" | "":
                return ""
            case "p" | "block":
                return f"\n{self._text(child, notes)}\n"
        return self._text(child, notes)

    def _put(self, words: str, here: _Place, kind: BlockKind) -> None:
        words = " ".join(words.split())
        if not words:
            return
        level = max(1, here.parts) if kind == "heading" else (max(1, here.items) if kind == "item" else 0)
        add = partial(self._builder.add, address=here.address)
        for start, end, what in split_notes(words, 0, len(words)):
            part = words[start:end]
            if what == "words" and here.number:
                number = here.number.pop()
                self._flush(here)
                add(kind, f"{number}\t{part}", number=number, level=level)
            elif what == "words":
                add(kind, part, number=_typed(part, kind), level=level)
            elif what == "note":
                add("footnote", part, number=part.split()[0])
            else:
                self._flush(here)
                add("debris", part)

    def _flush(self, here: _Place) -> None:
        """A number without words of its own stands alone."""
        while here.number:
            number = here.number.pop(0)
            self._builder.add("item", number, number=number, level=max(1, here.items), address=here.address)


def _typed(words: str, kind: BlockKind) -> str | None:
    """A number typed into the words of an item: "1 that …" counts, for nothing but a number can stand there."""
    printed = printed_number(words)
    if printed is None or printed.sure:
        return None
    return printed.text if kind == "item" and words[printed.content : printed.content + 1].islower() else None


def _plain(element: etree._Element) -> str:
    return " ".join("".join(str(piece) for piece in element.itertext()).split())


def _parent(element: etree._Element) -> etree._Element:
    parent = element.getparent()
    return parent if parent is not None else element
