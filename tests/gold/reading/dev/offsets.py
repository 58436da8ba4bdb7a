"""Makes NAME.json from NAME.notes: finds the quoted words in the text as read and writes down where they stand.

Run it in this folder's checkout after a change of a text or of its notes: `python -m tests.gold.reading.dev.offsets`.
The notes are written by hand, a line each; the README tells their form. Nothing here reads a fact out of a text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
CERTAINTIES = {
    "A": "asserted",
    "P": "planned",
    "R": "proposed",
    "C": "conditional",
    "N": "negated",
    "U": "unknown",
}
QUOTED = {"condition", "title"}
"""Predicates whose literal is the text's own words: it is found in the text, and is its own evidence."""
NAMES_WITHIN = {"body", "country", "location", "office", "person", "group", "regional-group", "event"}
NAMES_WITHIN |= {"contribution", "document"}
"""Types whose longer mentions hide a shorter name inside them, as those of instruments do."""
ALIKE = {
    " ": r"\s+",
    "-": "[-\u2010-\u2015\u2212]",
    "'": "['\u2018\u2019\u201b\u2032\u00b4`]",
    '"': '["\u201c-\u201f\u00ab\u00bb]',
}
"""What a plain sign in the notes stands for in a text: any white space, any dash, any quotation mark."""


class NoteError(ValueError):
    """A line of the notes that cannot be read, or words that do not stand in the text exactly once."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where quoted words stand, code points from 0, end excluded; flag is "nominal", "context" or empty."""

    start: int
    end: int
    flag: str = ""
    swept: bool = False


@dataclass(slots=True)
class Gold:
    """What the notes of one document say, on its way to JSON."""

    text: str
    mentions: dict[str, list[Place]] = field(default_factory=dict)
    relations: list[dict[str, Any]] = field(default_factory=list)
    anomalies: list[dict[str, Any]] = field(default_factory=list)
    traps: list[dict[str, Any]] = field(default_factory=list)


def type_of(key: str) -> str:
    """The type of an entity by its key: "#" is a provision; "-res", "-dec" and "-rec" of an issuer are one type."""
    prefix = key.split(":", 1)[0]
    if "#" in key:
        return "resolution-paragraph"
    short = prefix.removesuffix("-res").removesuffix("-dec").removesuffix("-rec")
    return prefix if short == prefix else f"{short}-resolution"


def pattern(words: str) -> str:
    """The words as a pattern that is blind to the kinds of space, dash and quotation mark."""
    return "".join(ALIKE.get(sign, re.escape(sign)) for sign in re.sub(" +", " ", words))


def places(text: str, quote: str) -> list[Place]:
    """All places that a quote of the notes means: one, unless it ends in "#*" (each occurrence as a whole word)."""
    quote = quote.replace("\\n", "\n").replace("\\t", "\t").replace("\\f", "\f")
    quote, flag = (quote[:-2], {"~n": "nominal", "~c": "context"}[quote[-2:]]) if quote[-2:-1] == "~" else (quote, "")
    quote, _, nth = quote.rpartition("#") if re.search(r"#(\d+|\*)$", quote) else (quote, "", "")
    before, opened, inner = quote.rpartition("[[")
    core, _, after = inner.partition("]]") if opened else (quote, "", "")
    word = (r"(?<!\w)", r"(?!\w)") if nth == "*" else ("", "")
    form = f"{pattern(before)}{word[0]}(?P<core>{pattern(core)}){word[1]}{pattern(after)}"
    found = [Place(*hit.span("core"), flag, nth == "*") for hit in re.finditer(form, text)]
    if nth == "*" and found:
        return found
    if nth and len(found) >= int(nth if nth != "*" else 1):
        return [found[int(nth) - 1]]
    if not nth and len(found) == 1:
        return found
    raise NoteError(f"{len(found)} places for {quote!r} ({nth or 'one wanted'})")


def pairs(words: str) -> Iterator[tuple[str, str, dict[str, str]]]:
    """The facts of a line: predicate, object, and what stands in braces behind it."""
    for item in filter(None, map(str.strip, words.split(" ; "))):
        fact, _, inner = item.partition(" {")
        predicate, _, value = fact.strip().partition("=")
        more = dict(part.split("=", 1) for part in inner.rstrip("}").split(" , ")) if inner else {}
        yield predicate, value, more


def evidence(place: Place) -> dict[str, int]:
    return {"start": place.start, "end": place.end}


def relation(gold: Gold, subject: str, fact: tuple[str, str, dict[str, str]], certainty: str, where: Place) -> None:
    """Adds one relation; a literal in quotation marks, else the key of an entity."""
    predicate, value, more = fact
    row: dict[str, Any] = {"subject": subject, "predicate": predicate}
    if value.startswith('"'):
        row["literal"] = value.strip('"')
        if predicate in QUOTED:
            where = places(gold.text, value[1:-1])[0]
            row["literal"] = gold.text[where.start : where.end]
    else:
        row["object"] = value
    for name, words in more.items():
        if name == "condition":
            spot = places(gold.text, words)[0]
            row[name] = {**evidence(spot), "text": gold.text[spot.start : spot.end]}
        else:
            row[name] = words.strip('"')
    gold.relations.append({**row, "certainty": certainty, "evidence": evidence(where)})


def read_line(gold: Gold, line: str) -> None:
    """Adds what one line of the notes says."""
    kind, _, rest = line.partition(" ")
    cells = [cell.strip().replace("\\b", "|") for cell in rest.split(" | ")]
    match kind, cells:
        case "E", [key, *quotes]:
            spots = [spot for quote in (quotes or [""])[0].split(" ;; ") if quote for spot in places(gold.text, quote)]
            gold.mentions.setdefault(key, []).extend(spots)
        case (("R" | "D"), [key, letter, quote, facts]):
            spot = places(gold.text, quote)[0]
            if kind == "D":
                gold.mentions.setdefault(key, []).append(spot)
            for fact in pairs(facts):
                relation(gold, key, fact, CERTAINTIES[letter], spot)
        case "A", [code, keys, quote]:
            spot = places(gold.text, quote)[0]
            gold.anomalies.append({"code": code, "keys": keys.split(", "), "evidence": evidence(spot)})
        case "T", [sort, subject, fact, why, quote]:
            spot = places(gold.text, quote)[0]
            scratch = Gold(gold.text)
            relation(scratch, subject, next(pairs(fact)), "", spot)
            row = {name: value for name, value in scratch.relations[0].items() if name not in ("certainty", "evidence")}
            if told := re.search(r"\s\(as (\w)\)$", why):
                row["certainty"] = CERTAINTIES[told[1]]
                why = why[: told.start()]
            gold.traps.append({"kind": sort, "relation": row, "why": why, "evidence": evidence(spot)})
        case _:
            raise NoteError("unknown line")


def hidden(place: Place, key: str, gold: Gold) -> bool:
    """Whether a name found by sweeping the text stands inside a longer name, a number or a citation."""
    for other, spots in gold.mentions.items():
        sort = type_of(other)
        if other != key and sort not in NAMES_WITHIN and not sort.endswith("-resolution"):
            continue
        for spot in spots:
            if spot.start <= place.start and place.end <= spot.end and spot.end - spot.start > place.end - place.start:
                return True
    return False


def from_keys(gold: Gold) -> Iterator[dict[str, Any]]:
    """What a key says by itself: ordinal and body of a meeting, number of a document; the first mention says it."""
    stated = {(row["subject"], row["predicate"]) for row in gold.relations}
    for key, spots in gold.mentions.items():
        sort, *parts = key.split(":")
        told: dict[str, dict[str, str]] = {}
        if sort == "meeting" and parts[-1].isdigit():
            told = {"ordinal": {"literal": parts[1]}, "body": {"object": f"body:{parts[0]}"}}
        elif sort == "meeting":
            told = {"body": {"object": f"body:{parts[0]}"}}
        elif sort in ("contribution", "document") and len(parts) == 2:
            told = {"number": {"literal": parts[1]}}
        for predicate, value in told.items():
            if (key, predicate) not in stated and spots:
                yield {
                    "subject": key,
                    "predicate": predicate,
                    **value,
                    "certainty": "asserted",
                    "evidence": evidence(spots[0]),
                }


def as_json(gold: Gold, doc_id: str) -> dict[str, Any]:
    """The gold in the guide's form."""
    entities = []
    for key, spots in gold.mentions.items():
        kept = sorted(
            {spot for spot in spots if not (spot.swept and hidden(spot, key, gold))}, key=lambda s: (s.start, s.end)
        )
        rows: list[dict[str, Any]] = []
        for spot in kept:
            row: dict[str, Any] = {**evidence(spot), "text": gold.text[spot.start : spot.end]}
            if spot.flag == "nominal":
                row["nominal"] = True
            if spot.flag == "context":
                row["revision_from"] = "context"
            if not rows or (rows[-1]["start"], rows[-1]["end"]) != (spot.start, spot.end):
                rows.append(row)
        entities.append({"key": key, "type": type_of(key), "mentions": rows})
    return {
        "doc_id": doc_id,
        "offset_unit": "unicode-code-point",
        "entities": sorted(
            entities, key=lambda row: (row["mentions"][0]["start"] if row["mentions"] else -1, row["key"])
        ),
        "relations": sorted(
            [*from_keys(gold), *gold.relations],
            key=lambda row: (row["evidence"]["start"], row["evidence"]["end"], row["subject"], row["predicate"]),
        ),
        "anomalies": gold.anomalies,
        "traps": gold.traps,
    }


def text_of(path: Path) -> str:
    """The text as read: every character of .txt and .md, the reader's output of .html."""
    if path.suffix == ".html":
        from ingest import readers

        return readers.read(path).text
    return path.read_bytes().decode("utf-8")


def document_of(notes: Path) -> Path:
    """The text that notes are about: the same name with another suffix."""
    return next(path for suffix in (".txt", ".md", ".html") if (path := notes.with_suffix(suffix)).exists())


def make(notes: Path) -> dict[str, Any]:
    """The gold of one document from its notes. NoteError names the lines that do not fit the text."""
    gold, wrong = Gold(text_of(document_of(notes)), {"document:self": []}), []
    for number, line in enumerate(notes.read_text("utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            read_line(gold, line)
        except (NoteError, KeyError, ValueError) as error:
            wrong.append(f"{notes.name}:{number}: {error}: {line[:90]}")
    if wrong:
        raise NoteError("\n".join(wrong))
    return as_json(gold, notes.stem)


def rows_of(gold: dict[str, Any]) -> str:
    """The JSON with a line for each finding, so that a change to one is a change of one line."""
    parts = []
    for name, value in gold.items():
        inner = json.dumps(value, ensure_ascii=False)
        if isinstance(value, list):
            inner = "[\n  " + ",\n  ".join(json.dumps(row, ensure_ascii=False) for row in value) + "\n ]"
        parts.append(f' "{name}": {inner}')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def main() -> None:
    """Writes every NAME.json anew."""
    for notes in sorted(HERE.glob("*.notes")):
        notes.with_suffix(".json").write_text(rows_of(make(notes)), "utf-8")


if __name__ == "__main__":
    main()
