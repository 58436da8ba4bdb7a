"""How a fact is known, and the sentence it was read in.

`Known` is what every displayed fact carries: stated, planned and inferred must never look alike. `Passage` is what a
reader sees on opening the evidence: the words in their paragraph, with the way to the original.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

PLACE = re.compile(r"(?P<file>[0-9A-Za-z_-]{1,80})/(?P<start>\d{1,10})-(?P<end>\d{1,10})")
"""The end of an evidence IRI, and of the address of its page."""

STRENGTH = {
    "absent": 0,
    "unverified": 1,
    "inferred": 1,
    "unknown": 1,
    "proposed": 2,
    "planned": 2,
    "conditional": 2,
    "negated": 3,
    "register": 4,
    "quoted": 5,
    "stated": 5,
}
"""From weak to strong: what no source says, then what is only intended, then what a source says."""

LETTERS = {"stated": "S", "planned": "P", "proposed": "P", "conditional": "P", "negated": "N", "inferred": "I"}
LETTERS |= {"register": "R", "unverified": "R", "unknown": "?", "absent": "–", "quoted": "Q"}


@dataclass(frozen=True, slots=True)
class Known:
    """On what a fact rests. verified is None where no register row is involved.

    basis and modality are two axes: a launch can be planned in one source and inferred from another.
    """

    basis: str = "text"
    modality: str = "asserted"
    evidence: tuple[str, ...] = ()
    assertion: str = ""
    row: str = ""
    verified: bool | None = None
    since: str = ""

    @property
    def how(self) -> str:
        """The one word that decides how the fact is drawn: a key of STRENGTH."""
        if self.modality not in ("asserted", ""):
            return self.modality if self.modality in STRENGTH else "unknown"
        if self.basis == "rule":
            return "inferred"
        if self.basis == "register":
            return "unverified" if self.verified is False else "register"
        return "stated"

    @property
    def letter(self) -> str:
        """The letter before the words: what is inferred or from a register is so whatever its modality."""
        return {"rule": "I", "register": "R"}.get(self.basis) or LETTERS[self.how]

    @property
    def words(self) -> str:
        """Basis and modality beside the fact: "planned" and "stated" are a text's, other bases are named first."""
        basis = {"rule": "inferred", "register": "from a register"}.get(self.basis, "")
        modality = "" if self.modality in ("asserted", "") else self.how
        doubt = "unverified" if self.basis == "register" and self.verified is False else ""
        return ", ".join(filter(None, (basis, modality, doubt))) or self.how

    @property
    def strength(self) -> int:
        """How much stands behind it; see STRENGTH."""
        return STRENGTH[self.how]

    def joined(self, other: Known) -> Known:
        """The same fact with the evidence of both."""
        evidence = dict.fromkeys((*self.evidence, *other.evidence))
        return replace(self, evidence=tuple(evidence))


def weakest(known: Iterable[Known]) -> Known | None:
    """The weakest of several; the first of equals."""
    return min(known, key=lambda each: each.strength, default=None)


def place(iri: str) -> tuple[str, int, int] | None:
    """File, start and end that an evidence IRI or address ends in; None if it is none."""
    found = PLACE.fullmatch("/".join(iri.rsplit("/", 2)[-2:]))
    if found is None:
        return None
    return found["file"], int(found["start"]), int(found["end"])


STOPS = frozenset(".;!?")


def telling(evidence: Iterable[str], quotes: Mapping[str, str]) -> str:
    """The piece of evidence whose sentence states the fact; "" if there is none.

    Words that end in a colon, or without a stop where others have one (a heading), only lead to what follows: then
    the last of the same text is the one that tells.
    """
    known = [iri for iri in evidence if iri in quotes]
    ends = {iri: quotes[iri].rstrip(' \n\t"”’»)')[-1:] for iri in known}
    has_stops = any(end in STOPS for end in ends.values())
    leads = [iri for iri in known if ends[iri] == ":" or (has_stops and ends[iri] not in STOPS)]
    told = [iri for iri in known if iri not in leads]
    if leads and told:
        file = (place(leads[0]) or ("",))[0]
        after = [iri for iri in told if (place(iri) or ("",))[0] == file]
        return max(after or told, key=lambda iri: place(iri) or ("", 0, 0))
    return next(iter(told or known), "")


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a text as read within their paragraph. start and end are code points in the text, end excluded.

    number is as printed, page counts from 1; both None where the text has none. document is "" where the words
    belong to no known document. Without the dataset's texts, before and after are empty and quote is from the graph.
    """

    file: str
    start: int
    end: int
    before: str
    quote: str
    after: str
    document: str = ""
    document_label: str = ""
    paragraph: str = ""
    number: str | None = None
    page: int | None = None
    language: str | None = None
    restated: bool = False

    @property
    def unnumbered(self) -> str:
        """What stands before the words, without the number that the margin shows."""
        return self.before.removeprefix(self.number or "").lstrip() if self.number else self.before

    @property
    def where(self) -> str:
        """Paragraph and page as a citation names them."""
        parts = [f"paragraph {self.number}" if self.number else f"paragraph {self.paragraph} of the text, not numbered"]
        if not self.number and not self.paragraph:
            parts = ["paragraph not known"]
        if self.page is not None:
            parts.append(f"page {self.page}")
        return ", ".join(parts)


def shown(words: str) -> str:
    """A slice of the text as read, for the screen: runs of white space and soft hyphens smoothed, nothing else."""
    return re.sub(r"\s+", " ", words.replace("\u00ad", ""))


def passage(folder: Path, file: str, start: int, end: int) -> Passage | None:
    """The words at a place of a file of the dataset version in folder; None if there is no such place."""
    path = folder / "texts" / f"{file}.txt"
    if not path.is_file():
        return None
    text = path.read_bytes().decode("utf-8")
    if not 0 <= start < end <= len(text):
        return None
    found = _paragraph(folder / "search.sqlite", file, start)
    first, last = (found["start"], found["end"]) if found else _line(text, start, end)
    last = max(last, end)
    return Passage(
        file,
        start,
        end,
        shown(text[first:start]).lstrip(),
        shown(text[start:end]),
        shown(text[end:last]).rstrip(),
        document=found["document"] or "" if found else "",
        document_label=found["label"] or "" if found else "",
        paragraph=str(found["position"]) if found else "",
        number=found["number"] if found else None,
        page=found["page"] if found else None,
        language=found["language"] if found else None,
        restated=bool(found["restated"]) if found else False,
    )


def _paragraph(index: Path, file: str, start: int) -> sqlite3.Row | None:
    if not index.is_file():
        return None
    with closing(sqlite3.connect(f"file:{index}?mode=ro&immutable=1", uri=True)) as base:
        base.row_factory = sqlite3.Row
        found: sqlite3.Row | None = base.execute(
            "SELECT p.position, p.number, p.page, p.start, p.end, d.iri AS document, d.label, d.language, d.restated"
            " FROM paragraph p LEFT JOIN document d ON d.file = p.file"
            " WHERE p.file = ? AND p.start <= ? ORDER BY p.start DESC LIMIT 1",
            (file, start),
        ).fetchone()
        return found


def _line(text: str, start: int, end: int) -> tuple[int, int]:
    """The lines around a stretch, where no paragraph is known."""
    last = text.find("\n", end)
    return text.rfind("\n", 0, start) + 1, len(text) if last < 0 else last


@dataclass(frozen=True, slots=True)
class Span:
    """A mention in a text. iri is "" where it stayed open; reason says why or how it was resolved."""

    start: int
    end: int
    kind: str
    iri: str
    label: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text covered by the same mentions from end to end, the longest first."""

    text: str
    spans: tuple[Span, ...]

    @property
    def link(self) -> Span | None:
        """The narrowest mention that leads somewhere: the wider ones keep the runs around it."""
        return next((span for span in reversed(self.spans) if span.iri), None)


def runs(text: str, offset: int, spans: Iterable[Span]) -> list[Run]:
    """Split a stretch that begins at offset where mentions begin and end, so that none is laid over another."""
    end = offset + len(text)
    inside = [s for s in spans if s.start < end and s.end > offset and s.start < s.end]
    inside.sort(key=lambda s: (s.start - s.end, s.start, s.kind, s.iri))
    cuts = sorted({offset, end, *(min(max(p, offset), end) for s in inside for p in (s.start, s.end))})
    return [
        Run(text[a - offset : b - offset], tuple(s for s in inside if s.start <= a and s.end >= b))
        for a, b in pairwise(cuts)
    ]
