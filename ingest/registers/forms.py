"""Forms of document numbers: patterns as data, with their proof beside them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from ingest.errors import IngestError
from ingest.model import Entity
from ingest.registers.folding import fold
from ingest.registers.records import NumberForm, NumberReading
from ingest.registers.tables import Row

_KEYS = {
    "name",
    "regex",
    "entity",
    "key",
    "body",
    "bodies",
    "meaning",
    "examples",
    "near_misses",
    "source",
    "verified",
}
_PIECE = re.compile(r"(?<!\?P)<(\w+)>")
_HOLE = re.compile(r"\{(\w+)\}")
_HYPHENS = re.compile(r"[\u2010-\u2015\u2212]")
_SPACES = re.compile(r"\s+")


def read_forms(path: Path) -> list[NumberForm]:
    """The forms in a number_forms.toml; none where there is no file. Raises IngestError for one that is not whole."""
    if not path.is_file():
        return []
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise IngestError(f"{path}: {problem}. Mend the TOML.") from problem
    parts = found.get("parts", {})
    return [_form(path, entry, parts) for entry in found.get("form", [])]


def _form(path: Path, entry: Mapping[str, Any], pieces: Mapping[str, str]) -> NumberForm:
    where = f"{path}, form {entry.get('name', '?')!r}"
    missing = _KEYS - {"body", "bodies"} - entry.keys()
    if missing or entry.keys() - _KEYS:
        odd = ", ".join(sorted(missing or entry.keys() - _KEYS))
        raise IngestError(
            f"{where}: {'missing' if missing else 'unknown'} {odd}. A form has: {', '.join(sorted(_KEYS))}."
        )
    try:
        pattern = re.compile(_PIECE.sub(lambda piece: pieces.get(piece[1], piece[0]), entry["regex"]))
    except re.error as problem:
        raise IngestError(f"{where}: the regex does not compile ({problem}). Mend it.") from problem
    if ("body" in entry) == ("bodies" in entry) or ("bodies" in entry and "series" not in pattern.groupindex):
        raise IngestError(f"{where}: give either body, or bodies for what the group (?P<series>…) can hold.")
    holes = {hole for part in entry["key"] for hole in _HOLE.findall(part)}
    unknown = holes - pattern.groupindex.keys() - {"body"} - {f"{g}_year" for g in pattern.groupindex}
    if unknown:
        raise IngestError(f"{where}: key uses {', '.join(sorted(unknown))}, which the regex has no group for.")
    row = Row(path.stem, entry["name"], entry["source"], bool(entry["verified"]), None, None, where)
    return NumberForm(
        entry["name"], pattern, entry["entity"], tuple(entry["key"]), entry.get("body"), dict(entry.get("bodies", {})),
        dict(entry["meaning"]), tuple(entry["examples"]), tuple(entry["near_misses"]), row,
    )  # fmt: skip


def plain(text: str) -> str:
    """A number with plain hyphens and single plain spaces."""
    return _SPACES.sub(" ", _HYPHENS.sub("-", text)).strip()


def read(form: NumberForm, text: str) -> NumberReading | None:
    """The text as a whole number of this form, or None."""
    found = form.pattern.fullmatch(plain(text))
    return None if found is None else reading(form, found)


def reading(form: NumberForm, found: re.Match[str]) -> NumberReading | None:
    """What a match of the form's pattern names; None when its series belongs to no body."""
    parts = {name: value for name, value in found.groupdict().items() if value is not None}
    series = fold(parts.get("series", ""))
    body = form.body or next((slug for name, slug in form.bodies.items() if fold(name) == series), None)
    if body is None:
        return None
    parts["body"] = body
    if "language_last" in parts:
        parts["language"] = parts.pop("language_last")
    for name, value in list(parts.items()):
        if len(value) == 2 and value.isdigit():
            parts[f"{name}_year"] = ("20" if int(value) < 60 else "19") + value
    key = tuple(_HOLE.sub(lambda hole: parts.get(hole.group(1), ""), part) for part in form.key)
    return NumberReading(form, Entity(form.entity, key), body, parts)


def read_number(forms: Iterable[NumberForm], text: str) -> NumberReading | None:
    """What a whole document number names, when the forms that read it agree."""
    found = [reading for form in forms if (reading := read(form, text)) is not None]
    return found[0] if found and len({r.entity for r in found}) == 1 else None
