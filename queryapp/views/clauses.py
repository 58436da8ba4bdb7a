"""What the page of a clause shows beside its panels: its words, its place in the text, what it became and came from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from ontology.prefixes import expand
from queryapp.force import force
from queryapp.lineage import KINDS, Change, Changes, changes
from queryapp.panels import Panel, Reader
from queryapp.provisions import Clause, Provisions, provisions, worded
from queryapp.views.frame import the_day
from queryapp.views.resolutions import without
from queryapp.wording import Runs, differences, unmarked


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The clauses around one in its text; None or () where it has none, or where its place is not known."""

    before: Clause | None = None
    after: Clause | None = None
    parent: Clause | None = None
    items: tuple[Clause, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """A change on the line of a clause, with the clauses and the words on both sides."""

    change: Change
    earlier: tuple[Clause, ...]
    later: tuple[Clause, ...]
    before: tuple[Runs, ...]
    after: tuple[Runs, ...]


SHOWN_ELSEWHERE = frozenset(
    map(
        expand,
        ("eli:has_part", "rc:laysDown", "rc:excerptOf", "rc:mandatedBy", "rc:parentClause", "prov:wasDerivedFrom"),
    )
)
"""Properties that the page of a clause shows elsewhere than in its general lists."""


def clause(reader: Reader, iri: str, made: dict[str, Panel]) -> dict[str, Any]:
    """The clause with its words, its neighbours, its line, and whether its text was in force."""
    known, day = the_day("known"), the_day("on") or date.today().isoformat()
    places = reader.rows("clause_revision", thing=iri)
    revision = places[0].words("revision") if places else ""
    whole = (places[0].words("resolution") if places else "") or revision
    texts = provisions(reader, whole, known=known) if whole else Provisions(())
    found = texts.get(iri)
    told = changes(reader, whole, known=known) if whole else Changes(())
    steps = [*reversed(told.before(iri)), *told.after(iri)]
    met = {each for step in steps for each in (*step.earlier, *step.later)}
    near = neighbours(texts.text_of(revision), found) if found else Neighbours()
    own = worded_in(reader, texts, found) if found else None
    label = f"{reader.label(revision)}, {own.name}" if own and revision else reader.label(iri)
    return {
        "label": label,
        "clause": own,
        "revision": revision,
        "whole": whole,
        "near": near,
        "loaded": texts.loaded(revision),
        "held": force(reader, revision, day) if revision else "",
        "day": day,
        "steps": lines(reader, texts, steps, met),
        "left_out_steps": told,
        "ties": [
            each for name in ("thing_facts", "thing_links") if (each := without(made[name], SHOWN_ELSEWHERE)).rows
        ],
        "words": KINDS,
        "told_label": reader.label,
    }


def worded_in(reader: Reader, texts: Provisions, found: Clause) -> Clause:
    """A clause with its words: read together with those that share its sentence, so that they can be told apart."""
    together = [each for each in texts.of(found.revision) if each.evidence == found.evidence]
    return next(each for each in worded(reader, together) if each.iri == found.iri)


def neighbours(text: tuple[Clause, ...], own: Clause) -> Neighbours:
    """The clauses before and after one, the one it is an item of, and its own items."""
    if own.position is None:
        return Neighbours()
    order = [each for each in text if each.position is not None]
    at = next((place for place, each in enumerate(order) if each.iri == own.iri), None)
    if at is None:
        return Neighbours()
    return Neighbours(
        order[at - 1] if at else None,
        order[at + 1] if at + 1 < len(order) else None,
        next((each for each in order if each.iri == own.parent), None),
        tuple(each for each in order if each.parent == own.iri),
    )


def lines(reader: Reader, texts: Provisions, steps: list[Change], met: set[str]) -> list[Step]:
    """The steps with the words of their clauses."""
    own = [each for each in texts.clauses if each.iri in met]
    groups = {(each.revision, each.evidence) for each in own}
    together = [each for each in texts.clauses if (each.revision, each.evidence) in groups]
    found = {each.iri: each for each in worded(reader, together)}
    made = []
    for step in steps:
        earlier = tuple(found[iri] for iri in step.earlier if iri in found)
        later = tuple(found[iri] for iri in step.later if iri in found)
        if "same" in step.kinds or not (earlier and later):
            before, after = [unmarked(c.words) for c in earlier], [unmarked(c.words) for c in later]
        else:
            before, after = differences([c.words for c in earlier], [c.words for c in later])
        made.append(Step(step, earlier, later, tuple(before), tuple(after)))
    return made
