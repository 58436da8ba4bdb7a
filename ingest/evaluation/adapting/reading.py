"""A reading of a document, or a dataset's copy of one, as an account in the guide's words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from ingest import register as registers
from ingest.dataset import Dataset
from ingest.dataset import results as kept_results
from ingest.dataset.results import Result
from ingest.evaluation import wording
from ingest.evaluation.account import Account, Doubt, slug
from ingest.evaluation.adapting import keys, records, relations
from ingest.evaluation.adapting.collecting import Collected
from ingest.graph.iris import DEFAULT_BASE
from ingest.model import Claim, Entity, Value

_REGIONAL = Entity("concept", ("body-kind", "regional-group"))


def account(result: Result, names: Mapping[str, frozenset[str]] | None = None, base: str = DEFAULT_BASE) -> Account:
    """What a reading says of its document. Only what rests on the text's own words, and is held today, counts.

    names are other names of things, as slugs, by key (`register_names`); base is that of the result's IRIs.
    """
    claims = [held.claim for held in result.claims if held.known.until is None]
    said = [claim for claim in claims if claim.basis == "text"]
    found = Collected(
        result,
        frozenset(claim.subject for claim in claims if claim.predicate == "rc:embodiedBy"),
        {c.subject: c.object.text for c in said if c.predicate == "foaf:name" and isinstance(c.object, Value)},
        names or {},
    )
    _mentions(found, base)
    for claim in said:
        relations.tell(found, claim)
        records.tell(found, claim)
    relations.tell_dates(found, said)
    records.tell_duties(found, said)
    _types(found, said)
    return found.account(tuple(_doubts(result)))


def of_dataset(folder: Path) -> Iterator[Result]:
    """The readings that a dataset keeps of its documents, of the build that is served."""
    manifest = Dataset(folder).manifest()
    if manifest is None:
        return
    wanted = {str(each["checksum"]) for each in manifest["inputs"]}
    newest: dict[str, tuple[float, Result]] = {}
    for path in sorted(Dataset(folder).cache.rglob("*.json")):
        result = kept_results.read(path)
        if result is not None and result.checksum in wanted:
            age = path.stat().st_mtime
            if age >= newest.get(result.checksum, (0.0, result))[0]:
                newest[result.checksum] = (age, result)
    for _, result in sorted(newest.values(), key=lambda each: each[1].checksum):
        yield result


def register_names(folders: tuple[Path, ...]) -> dict[str, frozenset[str]]:
    """All names that the registers have for things, as slugs, by the guide's key."""
    known = registers.load(folders)
    found: defaultdict[str, set[str]] = defaultdict(set)
    for kind in ("body", "office", "topic", "person", "event"):
        for name, entity in known.names(kind):
            found[keys.of_entity(entity)].add(slug(name))
    return {key: frozenset(names - {""}) for key, names in found.items()}


def _mentions(found: Collected, base: str) -> None:
    for mention in found.result.mentions:
        if mention.iri is None or not mention.iri.startswith(base):
            continue
        address = mention.iri[len(base) :]
        kind, _, rest = address.partition("/")
        entity = Entity(kind, tuple(rest.split("/")))
        place = (mention.start, mention.end)
        if kind == "person":
            key = found.key(entity)
        else:
            key = "document:self" if entity in found.own else keys.of_path(address)
        nominal = mention.kind == "nominal"
        found.thing(key, [place], nominal=nominal)


def _types(found: Collected, said: list[Claim]) -> None:
    """A group of States is one by its kind of body, a numbered document a contribution where a State submitted it."""
    for claim in said:
        if claim.predicate == "rc:bodyKind" and claim.object == _REGIONAL:
            found.types[found.key(claim.subject)] = "regional-group"
        if claim.subject.kind != "document" or claim.subject in found.own:
            continue
        kind = claim.object.key[-1] if isinstance(claim.object, Entity) and claim.object.kind == "concept" else None
        by_state = claim.predicate == "rc:submittedBy" and isinstance(claim.object, Entity)
        if (claim.predicate == "rc:documentKind" and kind == "contribution") or by_state:
            found.types[found.key(claim.subject)] = "contribution"


def _doubts(result: Result) -> Iterator[Doubt]:
    codes = frozenset(wording.words()["anomalies"]["codes"])
    for finding in result.findings:
        if finding.code in codes:
            yield Doubt(finding.code, tuple((span.start, span.end) for _, span in finding.passages))
