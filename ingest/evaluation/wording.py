"""The words of the guide: what predicates, keys and values are turned into before they are compared."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any

from ingest.evaluation.account import slug

_QUOTES = re.compile(r"[\"'\u2018-\u201f\u00ab\u00bb]")
_NUMBER = re.compile(r"(?<![A-Za-z])[A-Z]{0,3}\d+(?:[/.]\d+)*")
INSTRUMENT = re.compile(r"^(?P<issuer>[a-z0-9-]+)-(?P<form>res|dec|rec|op):(?P<number>[^:#]+)(?::(?P<year>\d{4}))?")
"""The key of an instrument, or the beginning of the key of one of its provisions."""
_FORMS = {"resolution": "res", "decision": "dec", "recommendation": "rec", "opinion": "op"}


@cache
def words() -> dict[str, Any]:
    """The tables of `wording.toml`. Callers share them and must not change them."""
    return tomllib.loads((resources.files(__package__) / "wording.toml").read_text(encoding="utf-8"))


def predicate(written: str) -> str:
    """The guide's name of a relation, however its words are joined."""
    plain = re.sub(r"[\s_-]+", " ", written).strip().lower()
    told: str = words()["predicates"].get(plain, plain)
    return told.replace(" ", "_")


def key(written: str) -> str:
    """The one key of a thing: prefixes and twins as the tables say, short forms of instruments."""
    head, colon, rest = written.partition(":")
    issuer, dash, form = head.rpartition("-")
    if dash and form in _FORMS and issuer:
        head = f"{issuer}-{_FORMS[form]}"
    head = words()["prefixes"].get(head, head)
    told = f"{head}{colon}{rest}"
    found: str = words()["keys"].get(told, told)
    return found


def type_of(known_key: str, written: str | None = None) -> str:
    """The type of a thing by its key; written is what a gold says, used where the key does not tell."""
    if known_key.startswith("clause:"):
        return "clause"
    if "#" in known_key:
        return "resolution-paragraph"
    if found := INSTRUMENT.match(known_key):
        return f"{found['issuer']}-resolution" if found["issuer"] in ("pp", "council") else "other-resolution"
    head = known_key.partition(":")[0]
    if head == "document" and written == "contribution":
        return "contribution"
    told: str = words()["types"].get(head, head)
    return told


def number(written: str) -> str:
    """A document's number without its series and language: "CWG-Harbour-7/3-E" is "7/3", "C31/4" is "31/4"."""
    found = _NUMBER.findall(re.sub(r"-[A-Z]$", "", written.strip().upper()))
    last = found[-1] if found else written.strip().upper()
    return last.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") if "/" in last else last


def value(name: str, written: str) -> str:
    """A literal in the one wording that is compared: by table, else blind to case, spaces and quotation marks."""
    plain = re.sub(r"\s+", " ", _QUOTES.sub("", written)).strip().rstrip(".,;:").casefold()
    if name == "number":
        return number(written)
    if name in ("date", "period"):
        first, _, last = plain.partition("/")
        return first if last in ("", first) else f"{first}/{last}"
    table = words()["values"].get(name)
    if table is None:
        return plain.replace("\u2013", "-").replace("\u2014", "-").replace("\u2011", "-")
    spaced = re.sub(r"[\s_-]+", " ", plain)
    told: str = table.get(spaced, spaced)
    return told


def named(prefix: str, written: str) -> str:
    """A key made of a name: "location:osterby"."""
    return key(f"{prefix}:{slug(written)}")
