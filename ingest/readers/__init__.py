"""A file format each, behind one function: `read`."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from ingest.model import Finding, Reading
from ingest.readers.failure import ReadError
from ingest.readers.sniff import EXPECTED, MEDIA_TYPES, Format, sniff
from ingest.text.languages import language

__all__ = ["ReadError", "read"]

LARGEST = 100_000_000
"""Bytes; a larger file is refused before it is opened."""


_MODULES: dict[Format, str] = {
    "docx": "docx",
    "pdf": "pdf",
    "html": "html",
    "akn": "akn",
    "txt": "plain",
    "md": "markdown",
}


def read(path: Path) -> Reading:
    """The document at path as text and blocks.

    Raises ReadError (an IngestError with a `code`) for a file that is missing, no regular file, empty,
    encrypted, damaged, unsafe, too large, of a format that is not read, or without any text.
    """
    data = _bytes(path)
    form = sniff(data, path)
    reading = _reader(form)(data, path)
    if not any(block.kind not in {"debris", "page-number"} for block in reading.blocks):
        raise ReadError("no-text", f"{path.name}: no text in it. Check that it is the right file.")
    found = _mislabelled(path, form) + reading.findings
    return replace(
        reading,
        checksum=hashlib.sha256(data).hexdigest(),
        media_type=MEDIA_TYPES[form],
        language=reading.language or language(reading.text),
        findings=found,
    )


def _bytes(path: Path) -> bytes:
    """The file's bytes; only of a regular file, never through a symbolic link."""
    try:
        found = path.lstat()
    except (OSError, ValueError) as error:
        raise ReadError("missing", f"{path.name}: no such file. Check the path.") from error
    if not stat.S_ISREG(found.st_mode):
        raise ReadError(
            "not-a-file", f"{path.name}: not a regular file (links are not followed). Give the file itself."
        )
    if found.st_size > LARGEST:
        raise ReadError("too-large", f"{path.name}: {found.st_size:,} bytes; at most {LARGEST:,} are read. Split it.")
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
        with os.fdopen(handle, "rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise ReadError("unreadable", f"{path.name}: {error.strerror}. Check its permissions.") from error
    if not data.strip(b" \t\r\n\0\xef\xbb\xbf\xff\xfe"):
        raise ReadError("empty", f"{path.name}: the file is empty. Fetch it again.")
    return data


def _reader(form: Format) -> Callable[[bytes, Path], Reading]:
    """The reader of a format, imported when it is first needed: each brings its own library."""
    reader: Callable[[bytes, Path], Reading] = import_module(f"ingest.readers.{_MODULES[form]}").read
    return reader


def _mislabelled(path: Path, form: Format) -> tuple[Finding, ...]:
    expected = EXPECTED.get(path.suffix.lower())
    if expected == form or (expected is None and not path.suffix) or {expected, form} == {"txt", "md"}:
        return ()
    message = f"{path.name} is named like {path.suffix} but is {MEDIA_TYPES[form]}; read as that."
    return (Finding(code="mislabelled", severity="warning", message=message),)
