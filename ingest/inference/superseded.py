"""Citations of a text that another had replaced by the document's date: one question for each text and document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ingest.inference.archive import Account, Archive
from ingest.inference.verdicts import citation_verdicts
from ingest.model import Entity, Finding, Span
from ingest.register import Register
from ingest.registers.facts import revision_label

CODE = "superseded-revision"


def superseded_revisions(archive: Archive) -> Iterator[Finding]:
    """A finding for each revision that a document cites though another was in force, with every place."""
    successors = {c.subject: c.object for c in citation_verdicts(archive) if c.predicate == "rc:successor"}
    for account in archive.accounts:
        met: defaultdict[tuple[Entity, Entity], list[Span]] = defaultdict(list)
        for _, claim in account.claims:
            successor = successors.get(claim.object) if isinstance(claim.object, Entity) else None
            cited = next((value for name, value in claim.details if name == "cito:hasCitedEntity"), None)
            if isinstance(successor, Entity) and isinstance(cited, Entity):
                met[cited, successor].extend(claim.spans)
        for (cited, successor), spans in met.items():
            yield _finding(archive.register, account, cited, successor, spans)


def _finding(register: Register, account: Account, cited: Entity, now: Entity, spans: list[Span]) -> Finding:
    times = "once" if len(spans) == 1 else f"{len(spans)} times"
    return Finding(
        CODE,
        "info",
        f"{_named(register, cited)} is cited {times}; on the document's date {_named(register, now)} was in force.",
        "Was the earlier text meant, or the one in force?",
        passages=tuple((account.name, span) for span in sorted(set(spans))),
    )


def _named(register: Register, entity: Entity) -> str:
    """A revision as the register writes it."""
    kind, issuer, number, year = entity.key
    instrument, revision = register.instrument(kind, issuer, number), register.revision(kind, issuer, number, year)
    return revision_label(instrument, revision) if instrument and revision else f"{kind.capitalize()} {number} ({year})"
