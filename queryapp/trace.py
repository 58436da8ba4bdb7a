"""The mandate of an activity, hop by hop, and everything that hangs on a provision.

Upwards: OUTPUT ← ACTIVITY ← DECISION (at a meeting) ← DELEGATION (a resolution with terms of reference or modality)
← CLAUSE. A hop that the record does not give stays empty and is named as missing. What set a body up and what
governs it now are different ties and never stand for each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ontology.prefixes import PREFIXES
from queryapp.cards import ASKED, DECIDED, DELEGATED, MANDATED, OUTPUT, ROLES, WORDS, Card, Trace
from queryapp.clauses import clause_phrase, clause_words, words_of
from queryapp.errors import QueryError
from queryapp.evidence import Known, telling
from queryapp.force import dated, holders, judged
from queryapp.panels import Reader, account, code, plain
from queryapp.past import Past
from queryapp.rows import Row, Term
from queryapp.rows import iri as node

RC = PREFIXES["rc"]
CONCERNS, LAYS_DOWN, CONDUCTED = (node(RC + name) for name in ("concerns", "laysDown", "conductedBy"))


@dataclass(slots=True)
class _Tracer:
    """Walks the ties that were known on the day of knowledge."""

    reader: Past

    def ties(self, iri: str, query: str = "trace_up") -> list[tuple[str, Term, Known]]:
        """The ties of a thing, each with its account: (local name of the property, value, how known)."""
        return self.grouped(self.reader.rows(query, thing=iri), ("tie", "value"))

    def grouped(self, rows: Sequence[Row], keys: tuple[str, str]) -> list[tuple[str, Term, Known]]:
        groups: dict[tuple[Term, Term, str, str], list[Row]] = {}
        for row in rows:
            if keys[0] in row and keys[1] in row:
                how = tuple(row[c].value if c in row else "" for c in ("modality", "basis"))
                groups.setdefault((row[keys[0]], row[keys[1]], how[0], how[1]), []).append(row)
        return [(code(tie.value), value, account(group) or Known()) for (tie, value, _, _), group in groups.items()]

    def card(self, role: str, tie: str, value: Term | str, known: Known, *, via: str = "", detail: str = "") -> Card:
        """A card for a thing, with its label; for words of a source, the words."""
        if isinstance(value, Term) and not value.is_iri:
            return Card(role, "", plain(value), WORDS.get(tie, tie), known, via, detail)
        iri = value if isinstance(value, str) else value.value
        return Card(role, iri, self.reader.label(iri), WORDS.get(tie, tie), known, via, detail)

    def premises(self, known: Known) -> tuple[str, ...]:
        """What an inference rests on: its premises, else nothing."""
        if known.basis != "rule" or not known.assertion:
            return ()
        rows = self.reader.rows("assertion_provenance", thing=known.assertion)
        return tuple(dict.fromkeys(row["premise"].value for row in rows if "premise" in row))


def trace(reader: Reader, iri: str, *, on: str = "", known: str = "") -> Trace:
    """Trace a thing: up to the clause from an activity, down to what hangs on it from a resolution or clause.

    on judges every hop by that day instead of texts by the activity's own; known leaves out what came to be known
    later, and the trace names the hops that are lost by it. Raises QueryError for a thing that the graph does not know.
    """
    made = _traced(reader, iri, on, known)
    if not known:
        return made
    there = {(card.role, card.iri, card.label) for card in made.cards}
    today = _traced(reader, iri, on, "")
    unknown = tuple(card for card in today.cards if (card.role, card.iri, card.label) not in there)
    return replace(made, known=known, unknown=unknown)


def _traced(reader: Reader, iri: str, on: str, known: str) -> Trace:
    rows = reader.rows("thing_types", thing=iri)
    types = {row["type"].value for row in rows if "type" in row}
    if not types:
        raise QueryError(f"{iri} is not in the graph. Look for it by name: /search, or recalling query.")
    past = Past.of(reader, known)
    tracer = _Tracer(past)
    provision = {PREFIXES["eli"] + n for n in ("ComplexWork", "LegalResource", "LegalResourceSubdivision")}
    if types & provision:
        cards = tuple(_down(tracer, iri, types))
        made = Trace(iri, reader.label(iri), on, ASKED if on else "", {}, cards)
    else:
        made = _up(tracer, iri, types, on)
    made = _told(reader, judged(past, made))
    made = replace(made, holders=holders(past, made) if made.on else ())
    return replace(made, later=past.later, undated=past.undated)


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
    day, why = (on, ASKED) if on else _own_day(tracer, stages, iri)
    unique = {role: _together(cards) for role, cards in stages.items()}
    unique["delegation"] = dated(tracer.reader, unique["delegation"], day)
    return Trace(iri, reader.label(iri), day, why, unique)


def _together(cards: Iterable[Card]) -> tuple[Card, ...]:
    """One card for each thing in a role, with every tie to it and how each is known.

    What set a body up is a card of its own, even where the same text governs the body now.
    """
    found: dict[tuple[str, str, bool], list[Card]] = {}
    for card in cards:
        found.setdefault((card.iri, card.iri or card.label, card.sets_up), []).append(card)
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
        taken = [r["value"] for r in rows if "value" in r and r["tie"].value == RC + "takenAt"]
        meetings = {each.value for each in taken if each.is_iri}
        at = ", ".join(dict.fromkeys(words_of(tracer.reader, each) for each in taken))
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
    rows = tracer.reader.rows("trace_clause", thing=value.value) if value.is_iri else []
    if not rows:
        return [replace(card, detail=", ".join(filter(None, (detail, "no clause named"))))]
    return [
        replace(
            card,
            via=rows[0]["revision"].value,
            detail=", ".join(filter(None, (detail, clause_words(tracer.reader, rows)))),
            phrase=clause_phrase(tracer.reader, rows),
            own=tuple(dict.fromkeys(row["evidence"].value for row in rows if "evidence" in row)),
        )
    ]


def _told(reader: Reader, made: Trace) -> Trace:
    """Choose for each card the sentence that states it; for a clause that is inferred, its own words."""
    wanted = {iri for card in made.cards for _, known in card.accounts for iri in known.evidence}
    wanted |= {iri for card in made.cards for iri in card.own}
    quotes = {r.words("thing"): r.words("quote") for r in reader.rows("evidence_quote", thing=sorted(wanted))}

    def told(card: Card) -> Card:
        own = telling(card.own, quotes)
        of_tie = next((said for _, known in card.accounts if (said := telling(known.evidence, quotes))), "")
        return replace(card, sentence=own or of_tie)

    stages = {role: tuple(map(told, cards)) for role, cards in made.stages.items()}
    return replace(made, stages=stages, below=tuple(map(told, made.below)))


def _own_day(tracer: _Tracer, stages: dict[str, list[Card]], iri: str) -> tuple[str, str]:
    """The day by which texts are judged when none is asked for: the thing's own first day, else the meeting's."""
    for each in (iri, *(card.via or card.iri for card in stages["decision"] if card.via or card.iri)):
        for row in tracer.reader.rows("trace_day", thing=each.split("; ")[0]):
            if "start" in row:
                return row["start"].value[:10], f"the first day of {tracer.reader.label(each.split('; ')[0])}"
    return "", ""


def _down(tracer: _Tracer, iri: str, types: set[str]) -> Iterable[Card]:
    """What hangs on a provision: its clauses, what rests on it or them, and what that in turn carries out."""
    reader = tracer.reader
    if PREFIXES["eli"] + "LegalResourceSubdivision" not in types:
        for row in tracer.reader.rows("trace_clauses", thing=iri):
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
