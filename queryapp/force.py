"""Whether a text held on a day, as far as the record can say, with the reason where it cannot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from queryapp.cards import Card, Holder, Trace
from queryapp.days import BOUNDS, Rule, first_day, last_day
from queryapp.panels import Reader, code, in_words
from queryapp.rows import Row

IN_FORCE = Rule("between", ("from", "until"))


def dated(reader: Reader, cards: tuple[Card, ...], on: str) -> tuple[Card, ...]:
    """Mark revisions that a later one among the cards, of a year not after the day, leaves behind.

    What set a body up stays what set it up, whatever revision governs it now.
    """
    years: dict[str, tuple[str, str]] = {}
    for card in cards:
        if card.sets_up or not card.iri:
            continue
        whole = reader.rows("revision_whole", thing=card.iri)
        known = [row.words("year") for row in reader.rows("trace_force", thing=card.iri) if row.words("year")]
        if whole and known:
            years[card.iri] = (whole[0]["resolution"].value, known[0][:4])
    last: dict[str, str] = {}
    for whole_iri, year in years.values():
        if not on or year <= on[:4]:
            last[whole_iri] = max(year, last.get(whole_iri, ""))
    return tuple(
        replace(
            card,
            earlier=not card.sets_up and card.iri in years and years[card.iri][1] < last.get(years[card.iri][0], ""),
        )
        for card in cards
    )


def judged(reader: Reader, made: Trace) -> Trace:
    """Say for each hop whether it was so on the day: for texts always, for all else where the day was asked for."""
    if not made.on:
        return made

    def told(card: Card) -> Card:
        if card.iri and card.role in ("delegation", "clause"):
            said = force(reader, card.iri, made.on)
            return replace(card, force=said, off=made.asked and said.startswith("no:") and not card.sets_up)
        if card.iri and made.asked:
            said = begun(reader, card, made.on)
            return replace(card, force=said, off=said.startswith("no:"))
        return card

    stages = {role: beside_one_that_held(tuple(map(told, cards))) for role, cards in made.stages.items()}
    return replace(made, stages=stages, below=tuple(map(told, made.below)))


def beside_one_that_held(cards: tuple[Card, ...]) -> tuple[Card, ...]:
    """Mark texts of which nobody can tell beside one that held on the day and is said to do the same."""
    held = {card.tie for card in cards if card.force == "yes" and card.role == "delegation"}
    return tuple(replace(card, unsure=card.tie in held and card.force.startswith("cannot tell")) for card in cards)


def begun(reader: Reader, card: Card, on: str) -> str:
    """Whether an activity was under way on a day, and anything else had come to be by then; "" where undated."""
    rows = reader.rows("trace_day", thing=card.iri)
    if not rows and card.via:
        rows = reader.rows("trace_day", thing=card.via.split("; ")[0])
    starts = sorted({first_day(row.words("start")) for row in rows if first_day(row.words("start"))})
    ends = sorted({last_day(row.words("end")) for row in rows if last_day(row.words("end"))})
    if not starts:
        return ""
    if on < starts[0]:
        return f"no: from {starts[0]}"
    if ends and on > ends[-1] and card.role in ("activity", "carried out"):
        return f"no: until {ends[-1]}"
    return "yes"


def holders(reader: Reader, made: Trace) -> tuple[Holder, ...]:
    """Who held an office of the bodies on the way on the day; nobody whose first day is not known."""
    bodies = dict.fromkeys((*(card.via for card in made.stages.get("delegation", ()) if card.via), made.iri))
    found = {}
    for body in bodies:
        for row in reader.rows("body_members", thing=body):
            since, until = row.words("from"), row.words("until")
            if since and first_day(since) <= made.on and not (until and last_day(until) <= made.on):
                role = in_words(code(row.words("role"))) or "member"
                person = row.words("person")
                found[person, role, body] = Holder(
                    person, reader.label(person), role, reader.label(body), row.words("membership"), since, until
                )
    return tuple(found.values())


def force(reader: Reader, iri: str, on: str) -> str:
    """yes, no with the reason, or cannot tell with the reason; never a guess from an unverified register row."""
    clause = reader.rows("trace_clause", thing=iri)
    revision = clause[0]["revision"].value if clause else iri
    rows = reader.rows("trace_force", thing=revision)
    if not rows:
        return "cannot tell: no date of this text is known"
    if any(row["revision"].value != revision for row in rows):
        held = [row for row in rows if IN_FORCE.holds(row, on)]
        if not held:
            return "cannot tell: the revision is open, and none is known to have held"
        return "the revision is open; that day " + reader.label(held[-1]["revision"].value) + " held"
    verdict = IN_FORCE.holds(rows[0], on)
    if verdict is None:
        return _open(rows, on) or _by_year(rows[0].words("year")[:4], on)
    if any(row.words(column) in ("false", "0") for row in rows for column in ("verified", "closed")):
        return "cannot tell: the dates are of a register row that nobody verified"
    if verdict:
        return "yes"
    since, until = rows[0].words("from"), rows[0].words("until")
    if since and on < since[:10]:
        return f"no: from {since}"
    if until:
        return f"no: until {until}"
    earliest, latest = rows[0].words("fromEarliest"), rows[0].words("untilLatest")
    return f"no: from {earliest} at the earliest" if earliest and on < earliest else f"no: until {latest} at the latest"


def _open(rows: Sequence[Row], on: str) -> str:
    """Between which days the text began or ceased to be in force, and why nobody can say more; "" without bounds."""
    row = rows[0]
    why = "; ".join(dict.fromkeys(each.words("doubt") for each in rows if each.words("doubt")))
    for word, column in (("began", "from"), ("ceased", "until")):
        earliest, latest = (row.words(column + bound) for bound in BOUNDS)
        if column not in row and (earliest or latest) and (not earliest or earliest <= on):
            days = f"on {earliest} at the earliest" if earliest else ""
            days += f"{' and ' if days else 'on '}{latest} at the latest" if latest else ""
            return f"cannot tell: it {word} to be in force {days}{f' ({why})' if why else ''}"
    return ""


def _by_year(year: str, on: str) -> str:
    """What the year of a revision says of a day: a text was not in force before the year that it was made in."""
    if not year:
        return "cannot tell: no date of this text is known"
    if on[:4] < year:
        return f"no: it is of {year}"
    return f"cannot tell: the revision's year is known ({year}), but no day from which it held"
