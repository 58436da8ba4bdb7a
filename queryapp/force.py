"""Whether a text held on a day, as far as the record can say, with the reason where it cannot."""

from __future__ import annotations

from dataclasses import replace

from queryapp.cards import Card, Trace
from queryapp.charts import Revision, in_force
from queryapp.panels import Reader
from queryapp.rows import Row


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
    """Say for each text on the way whether it was in force on the day."""
    if not made.on:
        return made
    stages = {
        role: tuple(
            replace(card, force=force(reader, card.iri, made.on))
            if role in ("delegation", "clause") and card.iri
            else card
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
        return _by_year(rows[0].words("year")[:4], on)
    if any(row.words(column) in ("false", "0") for row in rows for column in ("verified", "closed")):
        return "cannot tell: the dates are of a register row that nobody verified"
    if verdict:
        return "yes"
    since, until = (rows[0][c].value if c in rows[0] else "" for c in ("from", "until"))
    return f"no: from {since}" if on < since[:10] else f"no: until {until}"


def _by_year(year: str, on: str) -> str:
    """What the year of a revision says of a day: a text was not in force before the year that it was made in."""
    if not year:
        return "cannot tell: no date of this text is known"
    if on[:4] < year:
        return f"no: it is of {year}"
    return f"cannot tell: the revision's year is known ({year}), but no day from which it held"


def _revision(row: Row) -> Revision:
    since, until = (row[c].value[:10] if c in row else "" for c in ("from", "until"))
    return Revision(row["revision"].value, "", since, until)
