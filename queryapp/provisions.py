"""The clauses of one or several revisions, in the order of their text, each with its words.

A revision's text is loaded in full, or known from excerpts in other documents, or not at all: what is said of a
clause must say which.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

from queryapp.clocks import Kept
from queryapp.evidence import Known, place, shown
from queryapp.panels import Reader, account, code
from queryapp.queries import load
from queryapp.rows import Row

Loaded = Literal["full", "excerpts", "none"]

PARTS = {"preambular": "Preamble", "operative": "Operative part"}
"""The parts of a text, in its order, by the broader term of a clause's role."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause as its revision has it.

    role, part and addressees are words for people, "" or () where the record does not say. under are the numbers of
    the clauses it is an item of. position counts from 1 in the revision; None for an excerpt, whose place is not known.
    words are "" where no sentence of it is here; shared tells that they are those of several clauses, which could not
    be told apart.
    """

    iri: str
    revision: str
    role: str = ""
    role_code: str = ""
    part: str = ""
    addressees: tuple[str, ...] = ()
    number: str = ""
    under: str = ""
    position: int | None = None
    parent: str = ""
    is_excerpt: bool = False
    quoted_in: tuple[str, ...] = ()
    words: str = ""
    language: str = ""
    shared: bool = False
    known: Known | None = None

    @property
    def evidence(self) -> tuple[str, ...]:
        """Its sentences, in the order of the text."""
        return self.known.evidence if self.known else ()

    @property
    def heading(self) -> str:
        """The words that govern it: "instructs Council"; "role unknown"."""
        return " ".join(filter(None, (self.role or "role unknown", " and ".join(self.addressees))))

    @property
    def name(self) -> str:
        """Heading and number: "instructs Council 2"; an excerpt without a number says so."""
        if not self.number:
            return f"{self.heading}, an excerpt" if self.is_excerpt else self.heading
        return " ".join(filter(None, (self.heading, self.under, self.number)))


@dataclass(frozen=True, slots=True)
class Provisions:
    """Clauses by revision; later and undated count what ?known= leaves out."""

    clauses: tuple[Clause, ...]
    later: int = 0
    undated: int = 0

    def of(self, revision: str) -> tuple[Clause, ...]:
        """The clauses of a revision: those of its full text in their order, then excerpts."""
        return tuple(clause for clause in self.clauses if clause.revision == revision)

    def text_of(self, revision: str) -> tuple[Clause, ...]:
        """The clauses that make the text of a revision: excerpts count only where its full text is not loaded."""
        own = self.of(revision)
        whole = tuple(clause for clause in own if not clause.is_excerpt)
        return whole or own

    def loaded(self, revision: str) -> Loaded:
        """How much of the text of a revision is here."""
        own = self.of(revision)
        if not own:
            return "none"
        return "excerpts" if all(clause.is_excerpt for clause in own) else "full"

    def get(self, iri: str) -> Clause | None:
        """A clause by its IRI."""
        return next((clause for clause in self.clauses if clause.iri == iri), None)


def told(reader: Reader, name: str, about: str, known: str) -> Kept:
    """The rows of a stored question about one thing, as they were known on a day, and how many were not."""
    return reader.clocks(known=known).kept(load(name), reader.rows(name, thing=about), about)


def provisions(reader: Reader, about: str, *, known: str = "") -> Provisions:
    """The clauses of a revision, or of all revisions of a resolution as such, without their words."""
    found = told(reader, "resolution_clauses", about, known)
    named = {row[c].value for row in found.rows for c in ("role", "addressee") if c in row and row[c].is_iri}
    labels = reader.labels(named)
    by_clause: dict[tuple[str, str], list[Row]] = {}
    for row in found.rows:
        by_clause.setdefault((row.words("revision"), row.words("clause")), []).append(row)
    clauses = _under([_clause(rows, labels) for rows in by_clause.values()])
    clauses.sort(key=lambda c: (c.revision, c.is_excerpt, c.position is None, c.position or 0, c.number, c.iri))
    return Provisions(tuple(clauses), found.later, found.undated)


def _clause(rows: Sequence[Row], labels: dict[str, str]) -> Clause:
    def one(column: str) -> str:
        return next((row[column].value for row in rows if column in row), "")

    role, position = one("role"), one("position")
    addressees = dict.fromkeys(row["addressee"].value for row in rows if "addressee" in row)
    return Clause(
        iri=one("clause"),
        revision=one("revision"),
        role=labels.get(role, ""),
        role_code=code(role),
        part=PARTS.get(code(one("part")), ""),
        addressees=tuple(labels.get(each, each) for each in addressees),
        number=one("number"),
        position=int(position) if position.isdigit() else None,
        parent=one("parent"),
        is_excerpt=one("excerpt") in ("true", "1"),
        quoted_in=tuple(dict.fromkeys(row["quotedIn"].value for row in rows if "quotedIn" in row)),
        known=_in_order(account(rows)),
    )


def _under(clauses: Sequence[Clause]) -> list[Clause]:
    """The clauses, items with the numbers of those that they complete: considering a) i) is not considering i)."""
    by_iri = {clause.iri: clause for clause in clauses}

    def numbers(clause: Clause, met: frozenset[str]) -> tuple[str, ...]:
        parent = by_iri.get(clause.parent)
        if parent is None or parent.iri in met:
            return ()
        return (*numbers(parent, met | {parent.iri}), parent.number)

    return [replace(each, under=" ".join(filter(None, numbers(each, frozenset((each.iri,)))))) for each in clauses]


def _in_order(known: Known | None) -> Known | None:
    """The account with its sentences in the order of the text."""
    if known is None:
        return None
    return replace(known, evidence=tuple(sorted(known.evidence, key=lambda iri: place(iri) or ("", 0, 0))))


def worded(reader: Reader, clauses: Iterable[Clause]) -> tuple[Clause, ...]:
    """The clauses with their words, read from their sentences.

    Where one sentence holds several clauses, as a list in one paragraph does, it is cut at their printed numbers; if
    these do not stand there in order, each has the words of all, and says so.
    """
    found = list(clauses)
    wanted = sorted({iri for clause in found for iri in clause.evidence})
    quotes = {row["thing"].value: row for row in reader.rows("evidence_quote", thing=wanted)} if wanted else {}
    made: list[Clause] = []
    for _, group in groupby(found, key=lambda clause: (clause.revision, clause.evidence)):
        made.extend(_worded(list(group), quotes))
    return tuple(made)


def _worded(group: Sequence[Clause], quotes: dict[str, Row]) -> list[Clause]:
    """Clauses that rest on the same sentences."""
    if quoted := _quoted(group, quotes):
        return quoted
    rows = [quotes[iri] for iri in group[0].evidence if iri in quotes]
    words = shown(" ".join(row.words("quote") for row in rows)).strip()
    language = next((row.words("language") for row in rows if row.words("language")), "")
    parts = cut(words, [clause.number for clause in group])
    if parts is None:
        return [replace(clause, words=words, language=language, shared=True) for clause in group]
    return [replace(c, words=part, language=language) for c, part in zip(group, parts, strict=True)]


QUOTES = {'"': '"', "“": "”", "«": "»", "‘": "’", "'": "'"}


def _quoted(group: Sequence[Clause], quotes: dict[str, Row]) -> list[Clause] | None:
    """Excerpts with the part of their one sentence that begins where each begins, as its IRI says.

    Each ends where its quotation mark closes, else where the next begins, else with the sentence.
    """
    first = group[0]
    if not first.is_excerpt or len(first.evidence) != 1 or first.evidence[0] not in quotes:
        return None
    row, found = quotes[first.evidence[0]], place(first.evidence[0])
    starts = [int(clause.iri.rpartition("/")[2]) for clause in group if clause.iri.rpartition("/")[2].isdigit()]
    if found is None or len(starts) != len(group) or not all(found[1] <= start < found[2] for start in starts):
        return None
    sentence, made = row.words("quote"), []
    for clause, start in zip(group, starts, strict=True):
        following = [(other, each.number) for other, each in zip(starts, group, strict=True) if other > start]
        end, number = min(following, default=(found[2], ""))
        words = excerpted(sentence, start - found[1], end - found[1]).removesuffix(f" {number}" if number else "")
        made.append(replace(clause, words=_without(words, clause.number), language=row.words("language")))
    return made


def excerpted(sentence: str, start: int, end: int) -> str:
    """The words from start to end, both code points of the sentence, or to the end of the quotation they open."""
    words = sentence[start:end]
    closing = QUOTES.get(sentence[start - 1 : start])
    stop = sentence.find(closing, start) if closing else -1
    return shown(sentence[start:stop] if stop > start else words).strip()


def cut(words: str, numbers: Sequence[str]) -> list[str] | None:
    """The part of each numbered item of a list in running text; None where the numbers do not stand there in order.

    The first number may be left out: a paragraph's number is often not part of its sentence.
    """
    if len(numbers) == 1:
        return [_without(words, numbers[0])]
    starts: list[tuple[int, int]] = []
    at = 0
    for place_, number in enumerate(numbers):
        found = re.compile(rf"(?<!\S){re.escape(number)}(?!\S)").search(words, at) if number else None
        if found is None and place_ == 0 and number:
            starts.append((0, 0))
            continue
        if found is None:
            return None
        starts.append(found.span())
        at = found.end()
    ends = [start for start, _ in starts[1:]] + [len(words)]
    return [words[start:end].strip() for (_, start), end in zip(starts, ends, strict=True)]


def _without(words: str, number: str) -> str:
    """Words without the printed number before them, which is shown apart."""
    return words[len(number) :].lstrip() if number and re.match(rf"{re.escape(number)}(?!\S)", words) else words
