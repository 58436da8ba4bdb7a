"""A doubt about a row of a register, as a finding that names its file and line."""

from __future__ import annotations

from ingest.model import Finding, Severity
from ingest.registers.tables import Row


def doubt(row: Row, code: str, message: str, severity: Severity = "warning") -> Finding:
    """The finding. code is a term of the finding-code scheme; message says what is wrong and what to do."""
    return Finding(code, severity, f"{row.place}: {message}")
