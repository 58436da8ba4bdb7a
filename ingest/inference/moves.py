"""The text that a function of a body is said to stand in, and documents that name another one without a decision.

"Established by", "terms of reference in", "modality of consultation in" and "guided by" each name an instrument. Where
a later document names another instrument for the same function of the same body, somebody must have moved it; if no
document and no verified row of a register says so, both sentences are shown and a person is asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.inference.archive import Account, Archive, Stated, rule
from ingest.model import Claim, Entity, Finding, Span
from ingest.register import Register
from ingest.registers.facts import revision_label

CODE = "mandate-moved"


@dataclass(frozen=True, slots=True)
class _Held:
    """What one document names as the source of a function: claims by instrument."""

    account: Account
    sources: Mapping[Entity, Sequence[Stated]]


def mandates_moved(archive: Archive) -> Iterator[Finding]:
    """A finding for each change of source between two documents in time that nothing in the record explains."""
    for (body, function), held in sorted(_functions(archive).items(), key=lambda item: (str(item[0][0]), item[0][1])):
        for before, after in pairwise(_in_time(archive, held)):
            if _moved(before, after, function) and not _explained(archive, before, after):
                yield _finding(archive.register, body, function, before, after)
            elif unknown := _unknown_revision(archive.register, before, after):
                yield _finding(archive.register, body, function, before, after, unknown)


def _functions(archive: Archive) -> dict[tuple[Entity, str], dict[int, list[Stated]]]:
    """The claims of documents about each function of each body, by the place of the document.

    What recurs (meetings, consultations) is a function of its body: each round is another thing, the mandate is one.
    """
    found: defaultdict[tuple[Entity, str], dict[int, list[Stated]]] = defaultdict(dict)
    for one in archive.stated:
        claim = one.claim
        function = f"{claim.subject.kind} {claim.predicate}"
        if claim.modality != "asserted" or claim.basis != "text" or function not in rule(CODE)["functions"]:
            continue
        if _instrument(claim.object) is not None:
            body = Entity("body", claim.subject.key[:1])
            found[body, function].setdefault(one.document, []).append(one)
    return found


def _instrument(said: object) -> Entity | None:
    if not isinstance(said, Entity) or said.kind not in ("revision", "instrument"):
        return None
    return Entity("instrument", said.key[:3])


def _in_time(archive: Archive, held: Mapping[int, list[Stated]]) -> list[_Held]:
    """The documents whose dates are bounded on both sides, the oldest first."""
    found = []
    for at in sorted(held):
        account = archive.accounts[at]
        sources: defaultdict[Entity, list[Stated]] = defaultdict(list)
        for one in held[at]:
            instrument = _instrument(one.claim.object)
            if instrument is not None:
                sources[instrument].append(one)
        if account.earliest and account.latest:
            found.append(_Held(account, dict(sources)))
    return sorted(found, key=lambda one: (one.account.latest or "", one.account.earliest or "", one.account.name))


def _moved(before: _Held, after: _Held, function: str) -> bool:
    """Whether the later document names none of the instruments of the one before; which is later must be sure.

    Where a function can rest on texts of several issuers at once, another issuer's text is no move.
    """
    later = (before.account.latest or "") <= (after.account.earliest or "")
    old, new = set(before.sources), set(after.sources)
    if function in rule(CODE)["shared"] and {text.key[1] for text in old}.isdisjoint(text.key[1] for text in new):
        return False
    return later and old.isdisjoint(new)


def _explained(archive: Archive, before: _Held, after: _Held) -> bool:
    return any(
        _said(archive, old, new) or _registered(archive.register, old, new)
        for old in before.sources
        for new in after.sources
    )


def _said(archive: Archive, old: Entity, new: Entity) -> bool:
    """Whether a document says that a text of the new instrument takes the place of the old one."""
    return any(
        _takes_place(one.claim, old, new)
        for one in archive.stated
        if one.claim.basis == "text" and one.claim.modality == "asserted"
    )


def _takes_place(claim: Claim, old: Entity, new: Entity) -> bool:
    if claim.predicate in rule(CODE)["explained_by"]:
        return (_instrument(claim.subject), _instrument(claim.object)) == (new, old)
    decided = isinstance(claim.object, Entity) and claim.object.kind == "decision"
    return decided and {old, new} <= {_instrument(value) for _, value in claim.details}


def _registered(register: Register, old: Entity, new: Entity) -> bool:
    """Whether a verified row says that the old instrument's content went into the new one."""
    return any(
        revision.replaced_by is not None
        and _instrument(revision.replaced_by) == new
        and revision.row.vouches("status", "replaced_by")
        for revision in register.revisions(*old.key)
    )


def _unknown_revision(register: Register, before: _Held, after: _Held) -> Entity | None:
    """A revision that the later document names, of an instrument of the one before, and that no register knows."""
    named = {one.claim.object for told in before.sources.values() for one in told}
    for instrument in after.sources.keys() & before.sources.keys():
        for one in after.sources[instrument]:
            said = one.claim.object
            new = isinstance(said, Entity) and said.kind == "revision" and said not in named
            if new and isinstance(said, Entity) and register.revision(*said.key) is None:
                return said
    return None


# ---- in words -------------------------------------------------------------------------------------------------------


def _finding(
    register: Register, body: Entity, function: str, before: _Held, after: _Held, unknown: Entity | None = None
) -> Finding:
    words = rule(CODE)["functions"][function]
    name = register.short_name(body.key[0])
    said = (
        f"{name}: {words} {_written(register, before)}, says the document of {_when(before)}; "
        f"{_written(register, after)}, says that of {_when(after)}."
    )
    if unknown is None:
        message = f"{said} No document and no verified row of a register says that it moved."
        question = "Which decision moved it, and since when?"
    else:
        message = f"{said} No register knows that revision."
        question = "When was it revised, and by whom?"
    return Finding(CODE, "warning" if unknown is None else "info", message, question, None, _passages(before, after))


def _passages(*held: _Held) -> tuple[tuple[str, Span], ...]:
    return tuple(
        dict.fromkeys(
            (one.account.name, span)
            for one in held
            for told in one.sources.values()
            for stated in told
            for span in stated.claim.spans
        )
    )


def _written(register: Register, held: _Held) -> str:
    named = dict.fromkeys(one.claim.object for told in held.sources.values() for one in told)
    return " and ".join(_label(register, each) for each in named if isinstance(each, Entity))


def _label(register: Register, text: Entity) -> str:
    kind, issuer, number = text.key[:3]
    instrument = register.instrument(kind, issuer, number)
    plain = f"{register.short_name(issuer)} {kind.capitalize()} {number}"
    plain = (instrument and instrument.label) or plain
    if text.kind == "instrument":
        return plain
    revision = register.revision(*text.key)
    return revision_label(instrument, revision) if instrument and revision else f"{plain} ({text.key[3]})"


def _when(held: _Held) -> str:
    first, last = held.account.earliest or "", held.account.latest or ""
    if first == last:
        return first
    return f"{first[:4]}" if first[:4] == last[:4] else f"{first} to {last}"
