"""What a file is, from its bytes; the name only decides between plain text and Markdown."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Literal, TypeAlias

from ingest.readers.failure import ReadError

Format: TypeAlias = Literal["docx", "pdf", "html", "akn", "txt", "md"]

MEDIA_TYPES: dict[Format, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html",
    "akn": "application/akn+xml",
    "txt": "text/plain",
    "md": "text/markdown",
}
EXPECTED: dict[str, Format] = {
    ".docx": "docx",
    ".docm": "docx",
    ".dotx": "docx",
    ".pdf": "pdf",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".xml": "akn",
    ".akn": "akn",
    ".txt": "txt",
    ".text": "txt",
    ".md": "md",
    ".markdown": "md",
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKUP = re.compile(
    r"^(?:\s|<\?.{0,2000}?\?>|<!--.{0,20000}?-->|<!DOCTYPE[^>\[]{0,500}(?:\[.{0,2000}?\]\s*)?>)*<(?P<root>[A-Za-z][\w:.-]*)",
    re.DOTALL | re.IGNORECASE,
)
_HTML_ROOTS = frozenset(
    {"html", "head", "body", "title", "meta", "link", "style", "div", "p", "h1", "h2", "h3", "article"}
    | {"section", "main", "table", "ul", "ol", "span", "header"}
)


def sniff(data: bytes, path: Path) -> Format:
    """The format; raises ReadError for what is recognised and not read."""
    if data[:1024].lstrip().startswith(b"%PDF-") or b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(_OLE):
        raise _ole(data, path)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zipped(data, path)
    if data.startswith(b"{\\rtf"):
        raise ReadError("unreadable", f"{path.name}: Rich Text. Save it as .docx.")
    root = _root(data)
    if root == "akomantoso":
        return "akn"
    if root == "html" or (root in _HTML_ROOTS and EXPECTED.get(path.suffix.lower()) != "md"):
        return "html"
    if root and data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml"):
        raise ReadError("unreadable", f"{path.name}: XML with the root <{root}>. Only Akoma Ntoso is read.")
    return "md" if EXPECTED.get(path.suffix.lower()) == "md" else "txt"


def _root(data: bytes) -> str | None:
    """The local name of the first element, in lower case, of anything that begins like markup."""
    head = data[:40_000]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = head[: len(head) // 2 * 2].decode("utf-16", errors="replace")
    else:
        text = head.decode("utf-8-sig", errors="replace")
    match = _MARKUP.match(text)
    return match["root"].rpartition(":")[2].lower() if match else None


def _ole(data: bytes, path: Path) -> ReadError:
    """An old Office file, or an encrypted new one in the old container."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return ReadError("encrypted", f"{path.name}: protected with a password. Save it without one.")
    return ReadError("unreadable", f"{path.name}: an Office file of before 2007 (.doc). Save it as .docx.")


def _zipped(data: bytes, path: Path) -> Format:
    try:
        names = set(zipfile.ZipFile(io.BytesIO(data)).namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise ReadError("corrupt", f"{path.name}: a damaged .docx or .zip ({error}). Fetch it again.") from error
    if any(name.lower().startswith("word/") and name.lower().endswith(".xml") for name in names) or (
        "[Content_Types].xml" in names
        and "_rels/.rels" in names
        and not names & {"xl/workbook.xml", "ppt/presentation.xml"}
    ):
        return "docx"
    raise ReadError("unreadable", f"{path.name}: a zip file without a Word document in it. Give the document itself.")
