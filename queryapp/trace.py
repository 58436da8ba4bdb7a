"""The mandate of an activity, hop by hop, and everything that hangs on a provision.

Upwards: OUTPUT ← ACTIVITY ← DECISION (at a meeting) ← DELEGATION (a resolution with terms of reference or modality)
← CLAUSE. A hop that the record does not give stays empty and is named as missing. What set a body up and what
governs it now are different ties and never stand for each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ontology.prefixes import PREFIXES
from queryapp.charts import Revision, in_force
from queryapp.errors import QueryError
from queryapp.evidence import Known
from queryapp.panels import Reader, account, code
from queryapp.rows import Row, Term
from queryapp.rows import iri as node
from queryapp.search import search

RC = PREFIXES["rc"]
ROLES = ("output", "activity", "decision", "delegation", "clause")
CONCERNS, LAYS_DOWN, CONDUCTED = (node(RC + name) for name in ("concerns", "laysDown", "conductedBy"))
QUESTIONS = {
    "output": "What came of it, and where did that go?",
    "activity": "What is carried out?",
    "decision": "At which meeting, by what decision?",
    "delegation": "Which resolution sets the terms of reference or the modality?",
    "clause": "Which clause of which resolution mandates it?",
}
OUTPUT = ("summarisedIn", "summarySubmittedTo")
DECIDED = ("decidedAt", "launchedAt", "takenAt")
DELEGATED = ("termsOfReferenceIn", "consultationModalityIn", "establishedBy")
MANDATED = ("mandatedBy", "inAccordanceWith", "had_legal_basis")

WORDS = {
    "summarisedIn": "summarised in",
    "summarySubmittedTo": "summary submitted to",
    "decidedAt": "decided at",
    "launchedAt": "launched at",
    "takenAt": "taken at",
    "termsOfReferenceIn": "terms of reference in",
    "consultationModalityIn": "modality of consultation in",
    "establishedBy": "established by",
    "mandatedBy": "now governed by",
    "inAccordanceWith": "in accordance with",
    "had_legal_basis": "legal basis",
    "conductedBy": "conducted by",
    "laysDown": "lays down",
    "concerns": "concerns",
    "heldInferred": "held",
    "reportsOn": "reports on",
    "is_part_of": "clause of",
    "is_member_of": "revision of",
}


@dataclass(frozen=True, slots=True)
class Card:
    """One thing on the way, and the tie that brought us there. force is what can be said of a text on the day.

    earlier: a later revision of the same text, known by that day, stands beside it.
    """

    role: str
    iri: str
    label: str
    tie: str
    known: Known
    via: str = ""
    detail: str = ""
    force: str = ""
    premises: tuple[str, ...] = ()
    also: tuple[tuple[str, Known], ...] = ()
    earlier: bool = False

    @property
    def accounts(self) -> tuple[tuple[str, Known], ...]:
        """Every tie with how it is known, the strongest first; known and tie are those of the strongest."""
        return ((self.tie, self.known), *self.also)


@dataclass(frozen=True, slots=True)
class Trace:
    """A trace from a thing. stages holds the cards of every role, in the order of ROLES; below is the way down.

    on is the day by which texts were judged, "" if there was none; undated and later count facts that ?known= left out.
    """

    iri: str
    label: str
    on: str
    on_why: str
    stages: dict[str, tuple[Card, ...]]
    below: tuple[Card, ...] = ()
    later: int = 0
    undated: int = 0

    @property
    def upwards(self) -> bool:
        """Whether it leads up to a clause, rather than down from one."""
        return not self.below and bool(self.stages)

    @property
    def missing(self) -> tuple[str, ...]:
        """The hops that the record does not give."""
        return tuple(role for role in ROLES[1:] if not self.stages.get(role)) if self.upwards else ()

    @property
    def weakest(self) -> Card | None:
        """The hop with the least behind it, judged by its best card; a missing hop is named apart."""
        best = [max(cards, key=lambda c: c.known.strength) for cards in self.stages.values() if cards]
        return min(best, key=lambda c: c.known.strength, default=None)

    @property
    def cards(self) -> tuple[Card, ...]:
        """All cards, in order."""
        return (*(card for role in ROLES for card in self.stages.get(role, ())), *self.below)


@dataclass(slots=True)
class _Tracer:
    """Walks the ties; counts on the way what the day of knowledge leaves out."""

    reader: Reader
    known: str
    later: int = 0
    undated: int = 0

    def ties(self, iri: str, query: str = "trace_up") -> list[tuple[str, Term, Known]]:
        """The ties of a thing, each with its account: (local name of the property, value, how known)."""
        return self.grouped(self.reader.rows(query, thing=iri), ("tie", "value"))

    def grouped(self, rows: Sequence[Row], keys: tuple[str, str]) -> list[tuple[str, Term, Known]]:
        groups: dict[tuple[Term, Term, str, str], list[Row]] = {}
        for row in rows:
            if keys[0] in row and keys[1] in row and self.counts(row):
                how = tuple(row[c].value if c in row else "" for c in ("modality", "basis"))
                groups.setdefault((row[keys[0]], row[keys[1]], how[0], how[1]), []).append(row)
        return [(code(tie.value), value, account(group) or Known()) for (tie, value, _, _), group in groups.items()]

    def counts(self, row: Row) -> bool:
        if not self.known:
            return True
        if "known" not in row:
            self.undated += 1
            return False
        if row["known"].value[:10] > self.known:
            self.later += 1
            return False
        return True

    def card(self, role: str, tie: str, value: Term | str, known: Known, *, via: str = "", detail: str = "") -> Card:
        """A card for a thing, with its label."""
        iri = value if isinstance(value, str) else value.value
        return Card(role, iri, self.reader.label(iri), WORDS.get(tie, tie), known, via, detail)

    def premises(self, known: Known) -> tuple[str, ...]:
        """What an inference rests on: its premises, else nothing."""
        if known.basis != "rule" or not known.assertion:
            return ()
        rows = self.reader.rows("assertion_provenance", thing=known.assertion)
        return tuple(dict.fromkeys(row["premise"].value for row in rows if "premise" in row))


def resolve(reader: Reader, index: Path, given: str) -> str:
    """The IRI that a person means: an IRI, an address below the base, or a name that means exactly one thing.

    Raises QueryError with the candidates where several things have that name, and where none has.
    """
    if given.startswith(("http://", "https://")):
        return given
    address = reader.base + given.strip().strip("/")
    if re.fullmatch(r"[\w.-]+(/[^\s<>\"{}|^`\\]+)+", given.strip()) and reader.rows("thing_types", thing=address):
        return address
    found = search(index, given, ()).things
    exact = [thing for thing in found if thing.exact] or list(found)
    if len(exact) == 1:
        return exact[0].iri
    if not exact:
        raise QueryError(f"{given}: no such thing by that name or address.")
    names = "; ".join(f"{thing.label} ({thing.iri.removeprefix(reader.base)})" for thing in exact[:8])
    raise QueryError(f"{given} can mean several things: {names}. Give the address in brackets.")


def trace(reader: Reader, iri: str, *, on: str = "", known: str = "") -> Trace:
    """Trace a thing: up to the clause from an activity, down to what hangs on it from a resolution or clause.

    Raises QueryError for a thing that the graph does not know.
    """
    rows = reader.rows("thing_types", thing=iri)
    types = {row["type"].value for row in rows if "type" in row}
    if not types:
        raise QueryError(f"{iri} is not in the graph. Look for it by name: /search, or recalling query.")
    tracer = _Tracer(reader, known)
    provision = {PREFIXES["eli"] + n for n in ("ComplexWork", "LegalResource", "LegalResourceSubdivision")}
    if types & provision:
        cards = tuple(_down(tracer, iri, types))
        made = Trace(iri, reader.label(iri), on, "the day asked for" if on else "", {}, cards)
    else:
        made = _up(tracer, iri, types, on)
    made = _judged(reader, made)
    return replace(made, later=tracer.later, undated=tracer.undated)


def _up(tracer: _Tracer, iri: str, types: set[str], on: str) -> Trace:
    reader, record = tracer.reader, PREFIXES["eli-dl"] + "Decision" in types
    ties = tracer.ties(iri, "trace_record") if record or RC + "Instruction" in types else tracer.ties(iri)
    is_body = PREFIXES["org"] + "Organization" in types
    stages: dict[str, list[Card]] = {role: [] for role in ROLES}
    stages["activity"].extend(_activity(tracer, iri, ties))
    for tie, value, how in ties:
        if tie in OUTPUT:
            stages["output"].append(tracer.card("output", tie, value, how))
        elif tie in DECIDED:
            stages["decision"].append(tracer.card("decision", tie, value, how))
        elif tie in MANDATED:
            stages["clause"].extend(_provision(tracer, tie, value, how, ""))
        elif tie in DELEGATED and is_body:
            stages["delegation"].append(tracer.card("delegation", tie, value, how))
        elif tie == "concerns" and record:
            stages["output"].append(tracer.card("output", tie, value, how))
    stages["decision"].extend(_decisions(tracer, iri))
    if RC + "Instruction" in types:
        stages["clause"].extend(_laid_down(tracer, iri))
    for body in [] if is_body else _bodies(tracer, ties, stages["decision"]):
        _body_stages(tracer, body, stages, is_consultation=RC + "OpenConsultation" in types)
    day, why = (on, "the day asked for") if on else _own_day(tracer, stages, iri)
    unique = {role: _together(cards) for role, cards in stages.items()}
    unique["delegation"] = _dated(tracer.reader, unique["delegation"], day)
    return Trace(iri, reader.label(iri), day, why, unique)


def _together(cards: Iterable[Card]) -> tuple[Card, ...]:
    """One card for each thing in a role, with every tie to it and how each is known."""
    found: dict[str, list[Card]] = {}
    for card in cards:
        found.setdefault(card.iri, []).append(card)
    return tuple(_joined(same) for same in found.values())


def _joined(cards: list[Card]) -> Card:
    """A register row is no second witness of a tie that a sentence states, so it is left out beside one."""
    accounts: dict[tuple[str, str], Known] = {}
    for card in cards:
        key = (card.tie, card.known.how)
        accounts[key] = accounts[key].joined(card.known) if key in accounts else card.known
    stated = {tie for tie, how in accounts if how == "stated"}
    kept = [(key, how) for key, how in accounts.items() if how.basis != "register" or key[0] not in stated]
    ranked = sorted(kept, key=lambda account: -account[1].strength)
    (tie, _), known = ranked[0]
    premises = tuple(dict.fromkeys(premise for card in cards for premise in card.premises))
    return replace(
        cards[0], tie=tie, known=known, also=tuple((tie, known) for (tie, _), known in ranked[1:]), premises=premises
    )


def _activity(tracer: _Tracer, iri: str, ties: Iterable[tuple[str, Term, Known]]) -> list[Card]:
    """The thing itself: as strongly known as the best account of its having happened."""
    about = [(tie, how) for tie, _, how in ties]
    launched = [how for tie, how in about if tie == "launchedAt"]
    held = tracer.grouped(tracer.reader.rows("consultation_phases", thing=iri), ("step", "value"))
    inferred = [how for tie, value, how in held if tie == "heldInferred" and value.value in ("true", "1")]
    dated = [how for tie, _, how in held if tie == "startDate"]
    known = max(launched + inferred, key=lambda k: k.strength, default=None)
    if known is None or (known.strength < 4 and any(k.how == "stated" for k in dated)):
        known = max(dated or [how for _, how in about], key=lambda k: k.strength, default=known)
    detail = ""
    if inferred and known is not None and known.how != "stated":
        known, detail = inferred[0], "that it was held is inferred; no document says that it was launched"
    card = tracer.card("activity", "this activity", iri, known or Known(modality="unknown"), detail=detail)
    return [replace(card, premises=tracer.premises(card.known))]


def _decisions(tracer: _Tracer, iri: str) -> list[Card]:
    """Recorded decisions that concern the thing, at whatever meeting."""
    found = []
    for tie, value, how in tracer.grouped(
        [Row({**row, "tie": CONCERNS}) for row in tracer.reader.rows("topic_decisions", thing=iri)],
        ("tie", "decision"),
    ):
        rows = tracer.reader.rows("trace_record", thing=value.value)
        meetings = {r["value"].value for r in rows if "value" in r and r["tie"].value == RC + "takenAt"}
        at = ", ".join(tracer.reader.labels(meetings).values())
        found.append(tracer.card("decision", tie, value, how, via="; ".join(sorted(meetings)), detail=at))
    return found


def _laid_down(tracer: _Tracer, duty: str) -> list[Card]:
    rows = [Row({**row, "tie": row["property"]}) for row in tracer.reader.rows("thing_links", thing=duty)]
    found = tracer.grouped(rows, ("tie", "subject"))
    return [card for tie, v, how in found if tie == "laysDown" for card in _provision(tracer, tie, v, how, "")]


def _bodies(tracer: _Tracer, ties: Iterable[tuple[str, Term, Known]], decisions: Iterable[Card]) -> dict[str, Known]:
    """The bodies that carry it out or decide on it, each with the account of that."""
    bodies = {v.value: how for tie, v, how in ties if tie in ("conductedBy", "organizer", "actor") and v.is_iri}
    if bodies:
        return bodies
    meetings = {v.value for tie, v, _ in ties if tie in ("takenAt", "reportsOn", "filedFor")}
    meetings |= {card.iri for card in decisions}
    for meeting in sorted(meetings):
        for row in tracer.reader.rows("meeting_organizer", thing=meeting):
            bodies.setdefault(row["body"].value, Known(basis="register"))
    return bodies


def _body_stages(tracer: _Tracer, body: str, stages: dict[str, list[Card]], *, is_consultation: bool) -> None:
    """What the body works under: a delegation each, and the clause, if the thing itself names none."""
    label = tracer.reader.label(body)
    own_clause = bool(stages["clause"])
    for tie, value, how in tracer.ties(body):
        if tie in DELEGATED and (tie != "consultationModalityIn" or is_consultation):
            stages["delegation"].append(tracer.card("delegation", tie, value, how, via=body, detail=f"of {label}"))
        elif tie in MANDATED and not own_clause:
            stages["clause"].extend(_provision(tracer, tie, value, how, f"of {label}"))


def _provision(tracer: _Tracer, tie: str, value: Term, how: Known, detail: str) -> list[Card]:
    """A card for a clause, with role, addressee and number; a revision says that no clause is given."""
    card = tracer.card("clause", tie, value, how, detail=detail)
    card = replace(card, premises=tracer.premises(how))
    rows = tracer.reader.rows("trace_clause", thing=value.value)
    if not rows:
        return [replace(card, detail=", ".join(filter(None, (detail, "no clause named"))))]
    return [
        replace(
            card,
            via=rows[0]["revision"].value,
            detail=", ".join(filter(None, (detail, clause_words(tracer.reader, rows)))),
        )
    ]


def clause_words(reader: Reader, rows: Sequence[Row]) -> str:
    """Role, addressees and number of a clause: "instructs Council, 2", or that the number is not known."""
    labels = reader.labels(r[c].value for r in rows for c in ("role", "addressee", "revision") if c in r)
    role = labels[rows[0]["role"].value] if "role" in rows[0] else "role unknown"
    addressees = dict.fromkeys(labels[r["addressee"].value] for r in rows if "addressee" in r)
    number = rows[0]["number"].value if "number" in rows[0] else "number unknown"
    return f"{' '.join(filter(None, (role, ' and '.join(addressees))))}, {number}"


def _own_day(tracer: _Tracer, stages: dict[str, list[Card]], iri: str) -> tuple[str, str]:
    """The day by which texts are judged when none is asked for: the thing's own first day, else the meeting's."""
    for each in (iri, *(card.via or card.iri for card in stages["decision"])):
        for row in tracer.reader.rows("trace_day", thing=each.split("; ")[0]):
            if "start" in row:
                return row["start"].value[:10], f"the first day of {tracer.reader.label(each.split('; ')[0])}"
    return "", ""


def _dated(reader: Reader, cards: tuple[Card, ...], on: str) -> tuple[Card, ...]:
    """Mark revisions that a later one among the cards, of a year not after the day, leaves behind."""
    years: dict[str, tuple[str, str]] = {}
    for card in cards:
        whole = reader.rows("revision_whole", thing=card.iri)
        known = [row.words("year") for row in reader.rows("trace_force", thing=card.iri) if row.words("year")]
        if whole and known:
            years[card.iri] = (whole[0]["resolution"].value, known[0][:4])
    last: dict[str, str] = {}
    for whole_iri, year in years.values():
        if not on or year <= on[:4]:
            last[whole_iri] = max(year, last.get(whole_iri, ""))
    return tuple(
        replace(card, earlier=card.iri in years and years[card.iri][1] < last.get(years[card.iri][0], ""))
        for card in cards
    )


def _judged(reader: Reader, made: Trace) -> Trace:
    """Say for each text on the way whether it was in force on the day."""
    if not made.on:
        return made
    stages = {
        role: tuple(
            replace(card, force=force(reader, card.iri, made.on)) if role in ("delegation", "clause") else card
            for card in cards
        )
        for role, cards in made.stages.items()
    }
    below = tuple(
        replace(card, force=force(reader, card.iri, made.on)) if card.role == "clause" else card for card in made.below
    )
    return replace(made, stages=stages, below=below)


def force(reader: Reader, iri: str, on: str) -> str:
    """yes, no with the reason, or cannot tell with the reason; never a guess from an unverified register row."""
    clause = reader.rows("trace_clause", thing=iri)
    revision = clause[0]["revision"].value if clause else iri
    rows = reader.rows("trace_force", thing=revision)
    if not rows:
        return "cannot tell: no date of this text is known"
    if any(row["revision"].value != revision for row in rows):
        held = [row for row in rows if in_force(_revision(row), on)]
        if not held:
            return "cannot tell: the revision is open, and none is known to have held"
        return "the revision is open; that day " + reader.label(held[-1]["revision"].value) + " held"
    verdict = in_force(_revision(rows[0]), on)
    if verdict is None:
        return "cannot tell: no first day in force is known"
    if any(row.words(column) in ("false", "0") for row in rows for column in ("verified", "closed")):
        return "cannot tell: the dates are of a register row that nobody verified"
    if verdict:
        return "yes"
    since, until = (rows[0][c].value if c in rows[0] else "" for c in ("from", "until"))
    return f"no: from {since}" if on < since[:10] else f"no: until {until}"


def _revision(row: Row) -> Revision:
    since, until = (row[c].value[:10] if c in row else "" for c in ("from", "until"))
    return Revision(row["revision"].value, "", since, until)


def _down(tracer: _Tracer, iri: str, types: set[str]) -> Iterable[Card]:
    """What hangs on a provision: its clauses, what rests on it or them, and what that in turn carries out."""
    reader = tracer.reader
    if PREFIXES["eli"] + "LegalResourceSubdivision" not in types:
        for row in tracer.reader.rows("trace_clauses", thing=iri):
            if tracer.counts(row):
                detail = clause_words(reader, [row])
                yield tracer.card("clause", "clause", row["clause"], account([row]) or Known(), detail=detail)
    for tie, duty, how in _duties(tracer, iri, types):
        yield tracer.card("duty", tie, duty, how)
    rows = reader.rows("resolution_hangs", thing=iri)
    seen: set[str] = set()
    for tie, subject, how in tracer.grouped(rows, ("tie", "subject")):
        card = tracer.card("hangs", tie, subject, how)
        yield replace(card, premises=tracer.premises(how))
        if subject.value not in seen:
            seen.add(subject.value)
            for each, consultation, known in _conducted(tracer, subject.value):
                yield tracer.card("carried out", each, consultation, known, via=subject.value)


def _conducted(tracer: _Tracer, body: str) -> list[tuple[str, Term, Known]]:
    rows = [Row({**row, "tie": CONDUCTED}) for row in tracer.reader.rows("body_consultations", thing=body)]
    return tracer.grouped(rows, ("tie", "consultation"))


def _duties(tracer: _Tracer, iri: str, types: set[str]) -> list[tuple[str, Term, Known]]:
    query = "clause_duties" if PREFIXES["eli"] + "LegalResourceSubdivision" in types else "resolution_duties"
    rows = [Row({**row, "tie": LAYS_DOWN}) for row in tracer.reader.rows(query, thing=iri)]
    return tracer.grouped(rows, ("tie", "duty"))


def as_text(made: Trace, note: str = "") -> str:
    """The trace for a terminal: a line per card, the place of its sentence beneath; note stands on top."""
    lines = [*([note.capitalize() + "."] if note else []), f"Mandate trace: {made.label}", f"  {made.iri}"]
    if made.on:
        lines.append(f"Texts judged as of {made.on} ({made.on_why})")
    if made.later or made.undated:
        lines.append(f"Left out: {made.later} facts known later, {made.undated} that cannot be dated")
    for role in ROLES if made.upwards else ():
        lines += ["", role.upper()]
        cards = made.stages.get(role, ())
        lines += [line for card in cards for line in _lines(card)] or ["  not in the record"]
    if made.below:
        lines += ["", "WHAT HANGS ON IT", *(line for card in made.below for line in _lines(card))]
    if (weak := made.weakest) is not None:
        lines += ["", f"Weakest hop: {weak.role}, {weak.label} ({weak.known.words})"]
    if made.missing:
        lines.append(f"Missing: {', '.join(made.missing)}")
    return "\n".join(lines) + "\n"


def _lines(card: Card) -> list[str]:
    lines = [f"  {card.label}"]
    for tie, known in card.accounts:
        lines.append(f"    [{known.letter}] {tie}: {known.words}")
        lines += [f"        evidence: {iri}" for iri in known.evidence]
    if card.detail:
        lines.append(f"      {card.detail}")
    if card.earlier:
        lines.append("      an earlier revision; a later one stands beside it")
    if card.force:
        lines.append(f"      in force: {card.force}")
    lines += [f"      because: {iri}" for iri in card.premises]
    return lines
