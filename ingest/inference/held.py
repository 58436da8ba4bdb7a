"""Consultations that no document says were held, though one speaks of what came of them."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.inference.archive import Archive, by_subject, conclusion, rule
from ingest.model import Claim, Value


def consultations_held(archive: Archive) -> Iterator[Claim]:
    """Consultations that are only announced, but of whose summary or responses a statement speaks."""
    held = rule("consultation-held")
    for consultation, told in by_subject(archive.stated, "consultation").items():
        course = [one for one in told if one.claim.predicate in held["announced"]]
        announced = [
            one for one in course if one.claim.modality == "planned" and one.claim.predicate == "rc:launchedAt"
        ]
        traces = [
            one
            for one in told
            if one.claim.predicate in held["traces"] and one.claim.modality in {"asserted", "planned"}
        ]
        if not announced or not traces or any(one.claim.modality == "asserted" for one in course):
            continue
        premises = tuple(dict.fromkeys(one.key for one in (*announced, *traces)))
        weak = all(one.claim.modality == "planned" for one in traces)
        yield conclusion(
            consultation, "rc:heldInferred", Value("true", "xsd:boolean"), "consultation-held", premises,
            doubt="the summary itself is only announced" if weak else None,
        )  # fmt: skip
