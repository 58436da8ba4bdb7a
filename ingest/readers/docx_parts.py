"""The parts of a .docx package: opened within bounds, parsed safely, with the styles that matter."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from dataclasses import dataclass

from lxml import etree

from ingest.readers.failure import ReadError
from ingest.readers.xmlsafe import parse
from ingest.text.genre import genre

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ),
}
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
MAX_BYTES, MAX_RATIO, MAX_MEMBERS = 200_000_000, 200, 5_000


class Package:
    """The zip file, its directory looked at before anything is unpacked."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise self._corrupt(error) from error
        members = self._zip.infolist()
        size, packed = sum(m.file_size for m in members), sum(m.compress_size for m in members)
        if len(members) > MAX_MEMBERS or size > MAX_BYTES or size > MAX_RATIO * max(packed, 1):
            raise ReadError(
                "unsafe",
                f"{name}: unpacks to {size:,} bytes in {len(members):,} parts from {packed:,}; refused as a zip bomb.",
            )
        if any(member.flag_bits & 1 for member in members):
            raise ReadError("encrypted", f"{name}: protected with a password. Save it without one.")
        self._names = {member.filename.lstrip("/").lower(): member for member in members}

    def _corrupt(self, error: Exception) -> ReadError:
        return ReadError("corrupt", f"{self.name}: a damaged .docx ({error}). Fetch it again.")

    def part(self, path: str) -> etree._Element | None:
        """The root of a part, or None if there is none of this name."""
        member = self._names.get(path.lstrip("/").lower())
        if member is None:
            return None
        try:
            with self._zip.open(member) as file:
                data = file.read(MAX_BYTES + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
            raise self._corrupt(error) from error
        if len(data) > MAX_BYTES:
            raise ReadError("unsafe", f"{self.name}: {path} unpacks to more than its directory says.")
        for strict, usual in _STRICT.items():
            data = data.replace(strict, usual)
        return parse(data, f"{self.name} ({path})")

    def relations(self, path: str) -> dict[str, tuple[str, str]]:
        """Of a part: the kind and target path of each relation by its id; external targets left out."""
        folder, file = posixpath.split(path.lstrip("/"))
        root = self.part(posixpath.join(folder, "_rels", f"{file}.rels"))
        found: dict[str, tuple[str, str]] = {}
        for relation in root.iter(_RELATION) if root is not None else ():
            if relation.get("TargetMode") != "External":
                target = relation.get("Target") or ""
                full = target if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
                kind = (relation.get("Type") or "").rpartition("/")[2]
                found[relation.get("Id") or ""] = (kind, full.lstrip("/"))
        return found

    def main(self) -> str:
        """The path of the document part, which need not be word/document.xml."""
        for kind, target in self.relations("").values():
            if kind == "officeDocument" and target.lower() in self._names:
                return target
        if "word/document.xml" in self._names:
            return "word/document.xml"
        raise ReadError("corrupt", f"{self.name}: no document part in the .docx. Fetch it again.")


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The descendant reached by these names in the w namespace."""
    for name in path:
        if element is None:
            return None
        element = element.find(W + name)
    return element


def val(element: etree._Element | None, *path: str) -> str | None:
    """The w:val of the descendant reached by these names."""
    found = child(element, *path)
    return found.get(f"{W}val") if found is not None else None


def number(text: str | None, default: int = 0) -> int:
    """A w:val as an integer; what is none counts as the default."""
    return int(text) if text and re.fullmatch(r"-?\d{1,9}", text) else default


def is_on(element: etree._Element | None) -> bool:
    """A toggle such as w:vanish: there, and not switched off."""
    return element is not None and element.get(f"{W}val") not in {"0", "false", "off"}


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph style says of itself, without what it inherits."""

    name: str
    based_on: str | None
    outline: int | None
    num_id: str | None
    num_level: int | None


class Styles:
    """Paragraph styles by id, asked with inheritance."""

    def __init__(self, root: etree._Element | None) -> None:
        self._styles: dict[str, Style] = {}
        self.default: str | None = None
        self.marks: set[str] = set()  # character styles of footnote and endnote marks
        for style in root.iter(f"{W}style") if root is not None else ():
            key, name = style.get(f"{W}styleId") or "", val(style, "name") or ""
            plain = re.sub(r"[\s_]", "", name.lower())
            if style.get(f"{W}type") == "character" and plain in {"footnotereference", "endnotereference"}:
                self.marks.add(key)
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in {"1", "true"}:
                self.default = key
            outline, level = val(style, "pPr", "outlineLvl"), val(style, "pPr", "numPr", "ilvl")
            self._styles[key] = Style(
                plain,
                val(style, "basedOn"),
                number(outline, 9) if outline is not None else None,
                val(style, "pPr", "numPr", "numId"),
                number(level) if level is not None else None,
            )

    def _lineage(self, key: str | None) -> list[Style]:
        found: list[Style] = []
        seen: set[str] = set()
        while key is not None and key not in seen and key in self._styles:
            seen.add(key)
            found.append(self._styles[key])
            key = self._styles[key].based_on
        return found

    def heading(self, key: str | None) -> int:
        """The level of heading that a style makes of a paragraph; 0 for none."""
        for style in self._lineage(key):
            if style.outline is not None:
                return style.outline + 1 if style.outline < 9 else 0
            if match := re.fullmatch(r"(?:heading|titre|título|berschrift|заголовок)(\d)", style.name):
                return int(match[1])
            if level := genre().heading_styles.get(style.name):
                return level
        return 0

    def numbering(self, key: str | None) -> tuple[str, int | None] | None:
        """The numId of a style and its level there, if it has any."""
        level: int | None = None
        for style in self._lineage(key):
            level = style.num_level if level is None else level
            if style.num_id is not None:
                return style.num_id, level
        return None
