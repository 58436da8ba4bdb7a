"""Word: the text of the document part in order, with the numbers that Word would print."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from ingest.model import BlockKind, Reading
from ingest.readers.builder import Builder
from ingest.readers.docx_numbering import Label, Numbering
from ingest.readers.docx_parts import Package, R, Styles, W, child, number, val
from ingest.readers.docx_runs import _GONE, Runs, Tally, Words, alternative
from ingest.text.languages import language

_CORE_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_LETTERED = frozenset({"bullet", "lowerLetter", "lowerRoman", "russianLower"})


def read(data: bytes, path: Path) -> Reading:
    """Read a .docx; the text is what Word prints, page furniture at the end."""
    package = Package(data, path.name)
    reader = _Reader(package)
    reader.run()
    builder = reader.builder
    builder.settle()
    text = builder.text()
    core = package.part("docProps/core.xml")
    title = (core.findtext(f".//{_CORE_TITLE}") if core is not None else None) or ""
    return Reading(
        "",
        "",
        text,
        tuple(builder.blocks),
        language=language(text) or reader.declared_language(),
        title=" ".join(title.split()) or None,
        findings=tuple(builder.findings),
    )


class _Reader:
    """One pass over the document part, then over its headers and footers."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._main = package.main()
        self._relations = package.relations(self._main)
        self._styles_root = self._related("styles")
        self._styles = Styles(self._styles_root)
        self._numbering = Numbering(self._related("numbering"), self._styles)
        self._notes = {
            (kind, note.get(f"{W}id") or ""): note
            for kind in ("footnote", "endnote")
            for note in _children(self._related(f"{kind}s"))
            if note.get(f"{W}type") in {None, "normal"}
        }
        self._tally = Tally()
        self._runs = Runs(self._styles, self._tally)
        self._paged = False
        self.builder = Builder()

    def _related(self, kind: str) -> etree._Element | None:
        target = next((target for found, target in self._relations.values() if found == kind), None)
        return self._package.part(target) if target else None

    def declared_language(self) -> str | None:
        """The language of the default style: what the template was set to, seldom looked after."""
        root = self._styles_root
        found = child(root, "docDefaults", "rPrDefault", "rPr", "lang")
        value = found.get(f"{W}val") if found is not None else None
        return value.split("-")[0].lower() if value else None

    def run(self) -> None:
        """Put all blocks and findings."""
        root = self._package.part(self._main)
        body = child(root, "body")
        if root is None or body is None:
            return
        self._tally.rendered = next(root.iter(f"{W}lastRenderedPageBreak"), None) is not None
        self._paged = self._tally.rendered or any(found.get(f"{W}type") == "page" for found in root.iter(f"{W}br"))
        self._blocks(body, None)
        self._unreferenced()
        self._furniture(root)
        self._report([root, *(note for note in self._notes.values())])

    def _blocks(self, element: etree._Element, kind: BlockKind | None) -> None:
        """Paragraphs and tables inside, through content controls and whatever else wraps them."""
        for part in element:
            if part.tag == f"{W}p":
                self._paragraph(part, kind)
            elif part.tag == f"{W}tbl":
                self._table(part, kind)
            elif part.tag in _GONE:
                self._tally.deleted += sum(1 for _ in part.iter(f"{W}t", f"{W}delText"))
            elif part.tag == _MC:
                if (choice := alternative(part)) is not None:
                    self._blocks(choice, kind)
            elif part.tag == f"{W}altChunk":
                self.builder.find(
                    "text-lost", "warning", "An embedded document (altChunk) was not read. Save the file anew in Word."
                )
            elif isinstance(part.tag, str) and part.tag not in {f"{W}sectPr", f"{W}sdtPr", f"{W}tblPr"}:
                self._blocks(part, kind)

    def _table(self, table: etree._Element, kind: BlockKind | None) -> None:
        """A table's cells; a table of one column is a frame around ordinary paragraphs."""
        rows = [row for row in table.iter(f"{W}tr") if _holder(row, f"{W}tbl") is table]
        columns = max(
            (sum(1 for cell in row.iter(f"{W}tc") if _holder(cell, f"{W}tr") is row) for row in rows), default=0
        )
        self._blocks(table, kind if columns <= 1 else (kind or "cell"))

    def _paragraph(self, paragraph: etree._Element, kind: BlockKind | None) -> None:
        words = self._runs.words(paragraph)
        text = words.text()
        style = val(paragraph, "pPr", "pStyle") or self._styles.default
        label = None if words.deleted and not text.strip() else self._label(paragraph, style)
        if text.strip():
            self._put(paragraph, words, text, style, label, kind)
        for key in words.notes:
            self._note(key)
        for box in words.boxes:
            self._blocks(box, kind)

    def _put(
        self,
        paragraph: etree._Element,
        words: Words,
        text: str,
        style: str | None,
        label: tuple[Label, int] | None,
        kind: BlockKind | None,
    ) -> None:
        page = words.first_page if self._paged else None
        outline = val(paragraph, "pPr", "outlineLvl")
        head = number(outline, 9) + 1 if outline is not None else self._styles.heading(style)
        head = 0 if head > 9 else head
        printed = label[0].text if label and label[0].text else None
        if printed and label:
            text = printed + {"space": " ", "nothing": ""}.get(label[0].suffix, "\t") + text.lstrip()
        if kind:
            self.builder.add(kind, text, number=printed, page=page)
        elif head:
            self.builder.add("heading", text, number=printed, level=head, page=page)
        elif printed and label and label[0].form in _LETTERED:
            self.builder.add("item", text, number=printed, level=label[1] + 1, page=page)
        else:
            self.builder.add("paragraph", text, number=printed, page=page, settled=False)

    def _label(self, paragraph: etree._Element, style: str | None) -> tuple[Label, int] | None:
        own = child(paragraph, "pPr", "numPr")
        num_id, level = val(own, "numId"), val(own, "ilvl")
        ilvl = number(level) if level is not None else None
        if num_id is None:
            found = self._styles.numbering(style)
            if found is None:
                return None
            num_id, ilvl = found[0], ilvl if ilvl is not None else found[1]
        elif ilvl is None:
            ilvl = 0
        if num_id == "0" or (ilvl is not None and not 0 <= ilvl <= 8):
            return None
        return self._numbering.label(num_id, ilvl, style)

    def _note(self, key: tuple[str, str]) -> None:
        """A footnote or endnote, put after the paragraph that its mark stands in."""
        note = self._notes.pop(key, None)
        if note is None:
            return
        mark = self._tally.numbers.get(key, "*")
        page = self._tally.page if self._paged else None
        head, texts = "", []
        for paragraph in note.iter(f"{W}p"):
            words = self._runs.words(paragraph, own_mark=mark)
            head = head or words.head
            if words.text().strip():
                texts.append(words.text().strip())
            texts += [_box_text(self._runs, box) for box in words.boxes]
        self.builder.add("footnote", "\n".join(texts), number=head or None, page=page)

    def _unreferenced(self) -> None:
        for key in list(self._notes):
            self._note(key)

    def _furniture(self, root: etree._Element) -> None:
        """Each text of a header or footer once; they stand at the end, for they belong to no paragraph."""
        seen: set[tuple[str, str]] = set()
        for reference in root.iter(f"{W}headerReference", f"{W}footerReference"):
            kind: BlockKind = "header" if reference.tag == f"{W}headerReference" else "footer"
            relation = self._relations.get(reference.get(f"{R}id") or "")
            part = self._package.part(relation[1]) if relation else None
            paragraphs = list(part.iter(f"{W}p")) if part is not None else []
            for paragraph in paragraphs:
                text = " ".join(Runs(self._styles, Tally()).words(paragraph).text().split())
                if text and (kind, text) not in seen:
                    seen.add((kind, text))
                    self.builder.add(kind, text)

    def _report(self, roots: list[etree._Element]) -> None:
        tally, find = self._tally, self.builder.find
        if tally.deleted:
            find(
                "tracked-deletions",
                "info",
                f"{tally.deleted} stretches of text deleted under revision were left out; insertions were kept.",
                "Is this the final version?",
            )
        if tally.hidden:
            find("hidden-text", "info", f"{tally.hidden} stretches of hidden text were left out.")
        comments = self._related("comments")
        if comments is not None and (count := len(comments.findall(f"{W}comment"))):
            find("comments", "info", f"{count} comments in the margin were left out.")
        there = sum(_countable(root) for root in roots)
        lost = there - tally.put - tally.deleted - tally.hidden
        if lost > 0:
            find("text-lost", "warning", f"{lost} of {there} stretches of text in the XML did not come through.")


def _children(root: etree._Element | None) -> list[etree._Element]:
    return list(root) if root is not None else []


def _holder(element: etree._Element, tag: str) -> etree._Element | None:
    found = element.getparent()
    while found is not None and found.tag != tag:
        found = found.getparent()
    return found


def _countable(root: etree._Element) -> int:
    """The stretches of text in a part, each drawing counted once."""
    count = sum(1 for _ in root.iter(f"{W}t", f"{W}delText"))
    for double in root.iter(_MC):
        chosen = alternative(double)
        count -= sum(1 for other in double if other is not chosen for _ in other.iter(f"{W}t", f"{W}delText"))
    return count


def _box_text(runs: Runs, box: etree._Element) -> str:
    return "\n".join(runs.words(paragraph).text() for paragraph in box.iter(f"{W}p"))
