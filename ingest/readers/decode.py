"""Bytes to characters: by mark, then UTF-8, then Windows-1252, and never in silence."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from ingest.model import Finding
from ingest.readers.failure import ReadError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\v\f\r\x1b")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The characters, without the byte order mark, and the name of the encoding."""

    text: str
    encoding: str
    findings: tuple[Finding, ...] = ()


def decode(data: bytes, name: str, declared: str | None = None) -> Decoded:
    """Decode by mark, declared encoding, UTF-8, UTF-16 without a mark, Windows-1252, in this order."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding, name)
    for encoding in filter(None, (_known(declared), "utf-8" if not _looks_like_utf16(data) else None)):
        try:
            return Decoded(data.decode(encoding), encoding)
        except UnicodeDecodeError:
            continue
    if guessed := _looks_like_utf16(data):
        return _guess(_strictly(data, guessed, name).text, guessed, "no byte order mark")
    return _windows(data, name)


def _strictly(data: bytes, encoding: str, name: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        raise ReadError(
            "corrupt", f"{name}: not valid {encoding.upper()} at byte {error.start}. Save it again as UTF-8."
        ) from error


def _known(declared: str | None) -> str | None:
    """The declared encoding if Python knows it; Latin-1 means Windows-1252, as in every browser."""
    if not declared:
        return None
    try:
        found = codecs.lookup(declared).name
    except LookupError:
        return None
    if found in {"iso8859-1", "ascii"}:
        return "utf-8" if found == "ascii" else "cp1252"
    return found if found not in {"utf-16", "utf-32", "utf-7"} else None


def _looks_like_utf16(data: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of the first stretch is zero."""
    head = data[:2000]
    if len(head) < 8 or b"\0" not in head:
        return None
    odd, even = head[1::2].count(0), head[0::2].count(0)
    if odd > 0.4 * len(head[1::2]) and even < 0.1 * len(head):
        return "utf-16-le"
    if even > 0.4 * len(head[0::2]) and odd < 0.1 * len(head):
        return "utf-16-be"
    return None


def _windows(data: bytes, name: str) -> Decoded:
    if len(data.translate(None, _CONTROLS)) < 0.98 * len(data):
        raise ReadError("unreadable", f"{name}: binary data, not a text. Give a .docx, .pdf, .html, .txt, .md or .xml.")
    try:
        return _guess(data.decode("cp1252"), "cp1252", "not valid UTF-8")
    except UnicodeDecodeError:
        return _guess(data.decode("latin-1"), "latin-1", "valid neither as UTF-8 nor as Windows-1252")


def _guess(text: str, encoding: str, why: str) -> Decoded:
    finding = Finding(
        code="encoding-guessed",
        severity="info",
        message=f"Read as {encoding} ({why}). If letters look wrong, save the file as UTF-8.",
    )
    return Decoded(text, encoding, (finding,))
