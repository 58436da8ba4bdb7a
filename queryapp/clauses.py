"""A clause in words: its role, whom it addresses, its number, and what of these is not known."""

from __future__ import annotations

from collections.abc import Sequence

from queryapp.panels import Reader, plain
from queryapp.rows import Row, Term


def words_of(reader: Reader, value: Term) -> str:
    """The label of a thing; of a text, the text."""
    return reader.label(value.value) if value.is_iri else plain(value)


def clause_words(reader: Reader, rows: Sequence[Row]) -> str:
    """Role, addressees and number of a clause: "instructs Council, 2", or that the number is not known."""
    role, addressees = _role(reader, rows), _addressees(reader, rows)
    number = rows[0]["number"].value if "number" in rows[0] else "number unknown"
    return f"{' '.join(filter(None, (role, ' and '.join(addressees))))}, {number}"


def clause_phrase(reader: Reader, rows: Sequence[Row]) -> str:
    """The clause as a headline names it: "Resolution 61 (Rev. Osterby, 2031), instructs the Council (clause 2)"."""
    number = f"clause {rows[0]['number'].value}" if "number" in rows[0] else "clause number unknown"
    whom = " and ".join(words if words.endswith("s") else f"the {words}" for words in _addressees(reader, rows))
    said = " ".join(filter(None, (_role(reader, rows), whom)))
    return f"{words_of(reader, rows[0]['revision'])}, {said} ({number})"


def _role(reader: Reader, rows: Sequence[Row]) -> str:
    return words_of(reader, rows[0]["role"]) if "role" in rows[0] else "role unknown"


def _addressees(reader: Reader, rows: Sequence[Row]) -> list[str]:
    return list(dict.fromkeys(words_of(reader, row["addressee"]) for row in rows if "addressee" in row))
