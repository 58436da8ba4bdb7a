"""Prefixed names without rdflib, whose import costs a quarter of a second: what bulk code needs, and no more.

The terms listed here are those of `ontology.vocabulary`, which a test holds equal to these lists and to the
Turtle files beside them.
"""

# ruff: noqa: SIM905 - a block of words is read and changed more easily than a list of a hundred quoted ones

from __future__ import annotations

PREFIXES: dict[str, str] = {
    "rc": "https://w3id.org/recalling/ontology#",
    "rcs": "https://w3id.org/recalling/scheme/",
    "id": "https://w3id.org/recalling/id/",
    "cc": "http://creativecommons.org/ns#",
    "cito": "http://purl.org/spar/cito/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "dqv": "http://www.w3.org/ns/dqv#",
    "eli": "http://data.europa.eu/eli/ontology#",
    "eli-dl": "http://data.europa.eu/eli/eli-draft-legislation-ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "oa": "http://www.w3.org/ns/oa#",
    "odrl": "http://www.w3.org/ns/odrl/2/",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "pso": "http://purl.org/spar/pso/",
    "qb": "http://purl.org/linked-data/cube#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "tvc": "http://www.essepuntato.it/2012/04/tvc/",
    "undo": "https://w3id.org/un/ontology/undo/",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""Every prefix of the project. "id" is the default base of things, which a build can change."""

RC_TERMS = frozenset(
    """
    Activity Assertion Clause ClauseChange Conference Document Excerpt Finding Instruction Meeting
    OpenConsultation Position RegisterRow Restatement Rule Session
    actionRequired actor address addressee adoptedAt asWritten assignedTo atMeeting basis bodyKind
    chairedBy changeKind checksum citedClause clauseChange clauseRole code comparesExcerpt concerns
    condition conductedBy conflictsWith consultation consultationModalityIn country deadline decidedAt
    decisionKind deliverable derivedFrom discussedAt disposition document documentKind doubt dueEvent
    earlierClause earlierDocuments edits embodiedBy establishedBy evidence excerptOf fidelity fileName
    filedFor firstSaidAt fulfilledBy heldInferred holder inAccordanceWith inForceFromEarliest
    inForceFromLatest isStatedTotal iso3 issuer knownSince knownSinceEarliest knownSinceLatest
    knownUntil laterClause launchedAt laysDown mandatedBy merges modality mode narrows
    noLongerInForceEarliest noLongerInForceLatest number numberAsPrinted ordinal page paragraph
    parentClause position premise quantifier question questionCount quotedIn received records recurrence
    refills registerRow renames renews repeats reportsOn responses resumes revisionYear rowSource score
    sentencesEdited sentencesNew sentencesRefilled sentencesRepeated signedBy splitsFrom
    stakeholderGroup stakeholderGroupConcept stance submittedBy submittedTo successor summarisedIn
    summarySubmittedTo takenAt target termsOfReferenceIn textChecksum verdict verified wordsAdded
    wordsOnlyInClause wordsOnlyQuoted wordsRemoved
    """.split()
)

CLOSED: dict[str, frozenset[str]] = {
    "rc": RC_TERMS,
    "cc": frozenset({"Work", "attributionName", "license"}),
    "cito": frozenset({"Citation", "hasCitedEntity", "hasCitingEntity"}),
    "dqv": frozenset({"QualityAnnotation"}),
    "eli": frozenset(
        """
        ComplexWork Expression Format LegalResource LegalResourceSubdivision Work WorkSubdivision
        cites date_document date_no_longer_in_force first_date_entry_in_force has_part is_member_of is_part_of
        passed_by title version_date
        """.split()
    ),
    "eli-dl": frozenset({"Activity", "Decision", "Process", "had_legal_basis"}),
    "oa": frozenset(
        """
        Annotation SpecificResource TextPositionSelector TextQuoteSelector
        end exact hasBody hasSelector hasSource hasTarget prefix start suffix
        """.split()
    ),
    "pso": frozenset({"StatusInTime", "holdsStatusInTime", "withStatus"}),
    "tvc": frozenset({"withinContext"}),
    "undo": frozenset(
        """
        Circular ConferenceReport CouncilReport Decision Document MeetingAgenda MeetingReport
        OfficialCompilation PositionPaper ProgressReport Recommendation Resolution
        """.split()
    ),
}
"""Namespaces of which only these terms may be used, so that a misspelt term fails where it is written."""


class UnknownNameError(ValueError):
    """A prefix that nobody declared, or a term that its vocabulary does not have."""


def expand(curie: str) -> str:
    """The IRI that a prefixed name stands for; a prefix with nothing after it stands for its namespace.

    Raises UnknownNameError for a prefix that is not in PREFIXES, and for a term that is not in CLOSED where
    its prefix is.
    """
    prefix, colon, local = curie.partition(":")
    if not colon or prefix not in PREFIXES:
        raise UnknownNameError(f"{curie}: no such prefix; known are {', '.join(PREFIXES)}")
    if local and prefix in CLOSED and local not in CLOSED[prefix]:
        raise UnknownNameError(f"{curie}: the vocabulary has no such term; declare it in ontology/ first")
    return PREFIXES[prefix] + local
