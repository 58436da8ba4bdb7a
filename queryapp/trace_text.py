"""A trace in words: the one sentence that answers, and the whole for a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from queryapp.cards import BASED, ROLES, Card, Trace

FOUND = ("stated", "from a register", "planned", "inferred", "negated", "unknown")
"""How hops are counted in the headline, in this order."""

STATE = {"delegation": "in force", "clause": "in force", "activity": "under way", "carried out": "under way"}
"""What is said of a hop on the day, by its role."""

NAMED = 3
"""Texts that a headline names; more are counted."""


def headline(made: Trace) -> str:
    """On which day, what mandates it, through what, how well each hop is known, and which is the weakest.

    With a day of knowledge, it ends in what was not known on that day.
    """
    return " ".join(filter(None, (_days(made), _answer(made), unknown(made))))


def _days(made: Trace) -> str:
    """The days that an answer is for: "As of 2032-01-01, as known on 2031-12-31:"."""
    days = [f"{'As' if made.asked else 'Judged as'} of {made.on}" if made.on else ""]
    days.append(f"{'as' if days[0] else 'As'} known on {made.known}" if made.known else "")
    said = ", ".join(filter(None, days))
    return f"{said}:" if said else ""


def unknown(made: Trace) -> str:
    """What the day of knowledge takes away, by name; "" for today."""
    if not made.known:
        return ""
    if not made.unknown:
        return f"Every hop was known on {made.known}."
    return f"Not known on {made.known}: {_several(list(made.unknown), named=_with_role)}."


def _with_role(card: Card) -> str:
    since = f", known since {card.known.since}" if card.known.since else ", undated"
    return f"{card.role} {card.phrase or card.label}{since}"


def _answer(made: Trace) -> str:
    if not made.upwards:
        count = len([card for card in made.below if not card.off])
        off = len(made.below) - count
        more = f", {off} more not on that day" if off else ""
        return f"{count} thing{'' if count == 1 else 's'} in the record hang{'s' if count == 1 else ''} on it{more}."
    clauses = [card for card in made.stages["clause"] if not card.is_aside]
    own = [card for card in clauses if card.tie in BASED]
    if own:
        first = f"Mandate: {_several(own)}"
    elif clauses:
        first = (
            f"No clause that mandates it is in the record; it or its body works in accordance with {_several(clauses)}"
        )
    elif made.stages["clause"]:
        first = "None of the texts that are named as its mandate was in force that day"
    else:
        first = "No clause that mandates it is in the record"
    through = [card for card in made.stages["delegation"] if not card.is_aside and not card.sets_up]
    through = [card for card in through if card.known.strength == max(c.known.strength for c in through)]
    return f"{first}{f' – through {_several(through)}' if through else ''}. {hops(made)} {weakest(made)}".strip()


def hops(made: Trace) -> str:
    """How many hops there are, and how many of them are stated, planned or inferred."""
    found = Counter(_found(card) for card in made.hops)
    parts = ", ".join(f"{found[how]} {how}" for how in FOUND if found[how])
    return f"{len(made.hops)} hop{'' if len(made.hops) == 1 else 's'}: {parts}."


def weakest(made: Trace) -> str:
    """The weakest hop, and those that the record does not give."""
    weak = made.weakest
    said = f"Weakest: {weak.role}{'' if weak.phrase else f', {weak.label}'} ({weak.known.words})." if weak else ""
    return f"{said} Missing: {', '.join(made.missing)}.".strip() if made.missing else said


def _found(card: Card) -> str:
    if card.known.basis == "rule":
        return "inferred"
    how = card.known.how
    if how in ("planned", "proposed", "conditional"):
        return "planned"
    return "from a register" if how in ("register", "unverified") else how if how in FOUND else "unknown"


def _named(card: Card) -> str:
    name = card.phrase or card.label
    if card.force.startswith("no:"):
        return f"{name}, not in force that day"
    open_ = card.force.startswith("cannot tell")
    return f"{name}, of which nobody can tell whether it held that day" if open_ else name


def _several(cards: list[Card], named: Callable[[Card], str] = _named) -> str:
    names = list(dict.fromkeys(named(card) for card in cards))
    more = len(names) - NAMED
    return "; ".join(names[:NAMED]) + (f"; and {more} more" if more > 0 else "")


def as_text(made: Trace, note: str = "") -> str:
    """The trace for a terminal: a line per card, the place of its sentence beneath; note stands on top."""
    lines = [
        *([note.capitalize() + "."] if note else []),
        f"Mandate trace: {made.label}",
        f"  {made.iri}",
        headline(made),
    ]
    if made.on:
        lines.append(f"{'Everything' if made.asked else 'Texts'} judged as of {made.on} ({made.on_why})")
    lines += [f"That day: {holder.words}" for holder in made.holders]
    if made.later or made.undated:
        lines.append(f"Left out: {made.later} facts known later, {made.undated} that cannot be dated")
    for role in ROLES if made.upwards else ():
        lines += ["", role.upper()]
        cards = made.stages.get(role, ())
        lost = any(card.role == role for card in made.unknown)
        absent = f"  not known on {made.known}" if lost else "  not in the record"
        lines += [line for card in cards for line in _lines(card)] or [absent]
    if made.below:
        lines += ["", "WHAT HANGS ON IT", *(line for card in made.below for line in _lines(card))]
    if made.upwards:
        lines += ["", *filter(None, (weakest(made),))]
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
    if card.unsure:
        lines.append("      named by another account; nobody can tell whether it still held")
    if card.force:
        lines.append(f"      {STATE.get(card.role, 'there')} that day: {card.force}")
    lines += [f"      because: {iri}" for iri in card.premises]
    return lines
