"""Why a file cannot be read at all."""

from __future__ import annotations

from ingest.errors import IngestError


class ReadError(IngestError):
    """A file that gives no text; code is the finding it becomes.

    Codes: "missing", "not-a-file", "empty", "encrypted", "corrupt", "too-large", "unsafe", "no-text-layer",
    "no-text", "unreadable" (a format that is not read).
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
