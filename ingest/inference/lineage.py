"""What became of the clauses of a revision in the next one, and which clause an excerpt quotes.

Whole texts are compared whole. Where one side is known from excerpts alone, each excerpt is compared by itself, and
nothing is said to be new or dropped. Whatever is not clear stays open.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Literal

from ingest.graph.iris import digest
from ingest.inference.archive import Archive, conclusion
from ingest.inference.texts import Holding, Part, comparable, holdings, in_one_language
from ingest.lineage import Change, compare
from ingest.lineage.heads import head, number
from ingest.lineage.quoting import Found, clear, nearest
from ingest.lineage.words import differing
from ingest.model import Claim, Entity, Value
from ingest.register import Register
from ingest.registers.records import NUMBERED_ANEW
from ingest.rulebook import rules

WHOLE, EXCERPTS, QUOTED = "clause-lineage", "clause-lineage-of-excerpt", "excerpt-of-clause"
PARTLY = "the excerpt may be only a part of its clause"
REPORTED = "known from an excerpt: words that differ may be those of the document that quotes it"


def clause_lineage(archive: Archive) -> Iterator[Claim]:
    """Clauses followed from revision to revision, and excerpts tied to the clauses that they quote."""
    for instrument, held in holdings(archive).items():
        for one in held:
            yield from _quotations(one)
        if instrument.key[0] in NUMBERED_ANEW:
            continue
        whole = [one for one in held if one.whole]
        for earlier, later in pairwise(whole):
            yield from _between_texts(archive, earlier, later)
        for earlier, later in pairwise(held):
            if not (earlier.whole and later.whole):
                yield from _between_excerpts(archive, earlier, later)


# ---- whole texts ----------------------------------------------------------------------------------------------------


def _between_texts(archive: Archive, earlier: Holding, later: Holding) -> Iterator[Claim]:
    texts = in_one_language(earlier.whole, later.whole)
    if texts is None:
        return
    before, after = ({part.provision.position: part for part in text} for text in texts)
    found = compare([part.provision for part in before.values()], [part.provision for part in after.values()])
    if not any(change.earlier and change.later for change in found):
        return  # nothing in common: not two states of one text, whatever the heading says
    known, doubt = _succession(archive, earlier.revision, later.revision)
    for change in found:
        olds, news = [before[at] for at in change.earlier], [after[at] for at in change.later]
        ends = olds + news if olds and news else [*olds, *news, next(iter((after if olds else before).values()))]
        premises = (*(part.key for part in ends), *known)
        yield _changed(archive.register, later.revision, change, olds, news, WHOLE, premises, doubt)
        for old in olds:
            for new in news:
                yield conclusion(
                    new.entity, "prov:wasDerivedFrom", old.entity, WHOLE, (new.key, old.key, *known), doubt=doubt,
                    score=change.score,
                )  # fmt: skip


def _succession(archive: Archive, earlier: Entity, later: Entity) -> tuple[tuple[str, ...], str | None]:
    """The assertions that the one follows the other, and a doubt in words if others came between."""
    told = [one for p in ("prov:wasRevisionOf", "dcterms:replaces") for one in archive.said(later, p)]
    told = [one for one in told if one.claim.modality == "asserted"]
    years = {r.year for r in archive.register.revisions(*later.key[:3])}
    said = [one.claim.object for one in told if isinstance(one.claim.object, Entity)]
    years |= {each.key[3] for each in said if each.kind == "revision" and each.key[:3] == later.key[:3]}
    between = sorted(year for year in years if earlier.key[3] < year < later.key[3])
    premises = tuple(dict.fromkeys(one.key for one in told if one.claim.object == earlier))
    if not between:
        return premises, None
    named = f"the revision of {between[0]} lies" if len(between) == 1 else f"the revisions of {_listed(between)} lie"
    return premises, f"{named} between the two and was not compared: which of them made the change stays open"


def _listed(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}"


# ---- excerpts -------------------------------------------------------------------------------------------------------


def _quotations(held: Holding) -> Iterator[Claim]:
    """Each excerpt of a revision tied to the clause of its whole text that it quotes or tells, if that is clear."""
    for excerpt in held.excerpts:
        among = _candidates(excerpt, held)
        found = nearest(excerpt.provision, [part.provision for part in among])
        if held.whole and found and clear(found, rules("lineage")["quote"]["own"]):
            clause = among[found.index]
            yield conclusion(
                excerpt.entity, "rc:excerptOf", clause.entity, QUOTED, (excerpt.key, clause.key), score=found.score
            )


def _between_excerpts(archive: Archive, earlier: Holding, later: Holding) -> Iterator[Claim]:
    """The clauses of two revisions of which one at least is known from excerpts alone: what is clearly carried on."""
    known, doubt = _succession(archive, earlier.revision, later.revision)
    for excerpt, other, found in _matches(earlier, later):
        old, new = (excerpt, other) if excerpt.revision == earlier.revision else (other, excerpt)
        change = _carried_on(old, new, found)
        why = "; ".join(each for each in (doubt, REPORTED if change.removed or change.added else PARTLY) if each)
        premises = (old.key, new.key, *known)
        yield _changed(archive.register, later.revision, change, [old], [new], EXCERPTS, premises, why)


def _matches(earlier: Holding, later: Holding) -> Iterator[tuple[Part, Part, Found]]:
    """Each excerpt with the clause or excerpt that it is nearest to in the other revision."""
    sought, other = (earlier, later) if later.whole else (later, earlier)
    for excerpt in sought.excerpts:
        among = _candidates(excerpt, other)
        found = nearest(excerpt.provision, [part.provision for part in among], excerpts=not other.whole)
        if found and clear(found, rules("lineage")["quote"]["other"]):
            yield excerpt, among[found.index], found


def _candidates(excerpt: Part, other: Holding) -> list[Part]:
    """The clauses, or where there is no whole text the excerpts, that an excerpt can be looked for in.

    Not a clause in whose own words it was read: that recital tells of the other text, it does not carry it on.
    """
    texts = other.whole or [other.excerpts]
    text = next((text for text in texts if text and comparable(excerpt, text[0])), ())
    return [part for part in text if comparable(excerpt, part) and not excerpt.overlaps(part)]


def _carried_on(old: Part, new: Part, found: Found) -> Change:
    """The change between two parts of which one at least is an excerpt: what only the other has at its ends is none."""
    whole: Literal["earlier", "later"] | None = (
        "earlier" if old.entity.kind == "clause" else "later" if new.entity.kind == "clause" else None
    )
    removed, added = differing(old.provision.words, new.provision.words, whole=whole)
    kinds = ["edited" if removed or added else "same"]
    one, other = old.provision, new.provision
    if one.number and other.number and number(one) != number(other):
        kinds.append("renumbered")
    told = one.role and other.role and (one.addressee is None) == (other.addressee is None)
    if told and head(one) != head(other):
        kinds.append("moved")
    return Change(tuple(kinds), (one.position,), (other.position,), found.score, removed, added)


# ---- the record -----------------------------------------------------------------------------------------------------


def _changed(
    register: Register,
    revision: Entity,
    change: Change,
    olds: Sequence[Part],
    news: Sequence[Part],
    rule: str,
    premises: tuple[str, ...],
    doubt: str | None,
) -> Claim:
    """The claim that a revision changed clauses so, with the record of the change."""
    ends = (*(str(part.entity) for part in olds), "", *(str(part.entity) for part in news))
    tongue = (*olds, *news)[0].language
    details: list[tuple[str, Entity | Value]] = [("rdfs:label", Value(_label(register, revision, change, olds, news)))]
    details += [("rc:changeKind", Entity("concept", ("clause-change", kind))) for kind in change.kinds]
    details += [("rc:earlierClause", part.entity) for part in olds]
    details += [("rc:laterClause", part.entity) for part in news]
    details += [("rc:wordsRemoved", Value(run, language=tongue)) for run in change.removed]
    details += [("rc:wordsAdded", Value(run, language=tongue)) for run in change.added]
    details.append(("rc:comparesExcerpt", Value("true" if rule == EXCERPTS else "false", "xsd:boolean")))
    score = change.score if olds and news else None
    if score is not None:
        details.append(("rc:score", Value(f"{score:.3f}", "xsd:decimal")))
    record = Entity("change", (digest(ends),))
    return conclusion(
        revision, "rc:clauseChange", record, rule, premises, doubt=doubt, details=tuple(details), score=score
    )


def _label(register: Register, revision: Entity, change: Change, olds: Sequence[Part], news: Sequence[Part]) -> str:
    """ "Resolution 61: resolves 4 of 2027 → resolves 5 of 2031, edited"."""
    kind, issuer, title = revision.key[:3]
    instrument = register.instrument(kind, issuer, title)
    name = (instrument and instrument.label) or f"{kind.capitalize()} {title}"
    sides = [
        f"{' + '.join(_named(register, p) for p in side)} of {side[0].revision.key[3]}" for side in (olds, news) if side
    ]
    return f"{name}: {' → '.join(sides)}, {', '.join(change.kinds)}"


def _named(register: Register, part: Part) -> str:
    """A clause by its head and number; by its place where it has no number."""
    one = part.provision
    words = [one.role.replace("-", " ") or "clause", *(_addressee(register, each) for each in part.addressees)]
    place = f"(clause {one.position})" if part.entity.kind == "clause" else "(excerpt)"
    return " ".join((*words, one.number or place))


def _addressee(register: Register, each: Entity | Value) -> str:
    if isinstance(each, Value):
        return each.text
    known: Mapping[str, Mapping[str, object]] = {"body": register.bodies, "office": register.offices}
    found = known.get(each.kind, {}).get(each.key[0])
    return str(getattr(found, "label", each.key[-1].replace("-", " ")))
