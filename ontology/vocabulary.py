"""The IRIs of the ontology and of the standard vocabularies that rdflib does not bring along.

Other standard terms come from `rdflib.namespace`. Code that must start fast uses `ontology.prefixes` instead.
"""

# ruff: noqa: N815 - terms are spelt as in their vocabularies

from __future__ import annotations

from rdflib import Namespace, URIRef
from rdflib.namespace import DefinedNamespace

from ontology.prefixes import PREFIXES

RCS = Namespace(PREFIXES["rcs"])
"""Code lists: RCS["modality/planned"]."""


class RC(DefinedNamespace):
    """The project's ontology. A misspelt term fails where it is written."""

    _NS = Namespace(PREFIXES["rc"])
    _fail = True

    Activity: URIRef
    Assertion: URIRef
    Clause: URIRef
    ClauseChange: URIRef
    Conference: URIRef
    Document: URIRef
    Excerpt: URIRef
    Finding: URIRef
    Instruction: URIRef
    Meeting: URIRef
    OpenConsultation: URIRef
    Position: URIRef
    RegisterRow: URIRef
    Restatement: URIRef
    Rule: URIRef
    Session: URIRef
    actionRequired: URIRef
    actor: URIRef
    address: URIRef
    addressee: URIRef
    adoptedAt: URIRef
    asWritten: URIRef
    assignedTo: URIRef
    atMeeting: URIRef
    basis: URIRef
    bodyKind: URIRef
    chairedBy: URIRef
    changeKind: URIRef
    checksum: URIRef
    citedClause: URIRef
    clauseChange: URIRef
    clauseRole: URIRef
    code: URIRef
    comparesExcerpt: URIRef
    concerns: URIRef
    condition: URIRef
    conductedBy: URIRef
    conflictsWith: URIRef
    consultation: URIRef
    consultationModalityIn: URIRef
    country: URIRef
    deadline: URIRef
    decidedAt: URIRef
    decisionKind: URIRef
    deliverable: URIRef
    derivedFrom: URIRef
    discussedAt: URIRef
    disposition: URIRef
    document: URIRef
    documentKind: URIRef
    doubt: URIRef
    dueEvent: URIRef
    earlierClause: URIRef
    earlierDocuments: URIRef
    edits: URIRef
    embodiedBy: URIRef
    establishedBy: URIRef
    evidence: URIRef
    excerptOf: URIRef
    fidelity: URIRef
    fileName: URIRef
    filedFor: URIRef
    firstSaidAt: URIRef
    fulfilledBy: URIRef
    heldInferred: URIRef
    holder: URIRef
    inAccordanceWith: URIRef
    inForceFromEarliest: URIRef
    inForceFromLatest: URIRef
    isStatedTotal: URIRef
    iso3: URIRef
    issuer: URIRef
    knownSince: URIRef
    knownSinceEarliest: URIRef
    knownSinceLatest: URIRef
    knownUntil: URIRef
    laterClause: URIRef
    launchedAt: URIRef
    laysDown: URIRef
    mandatedBy: URIRef
    merges: URIRef
    modality: URIRef
    mode: URIRef
    narrows: URIRef
    noLongerInForceEarliest: URIRef
    noLongerInForceLatest: URIRef
    number: URIRef
    numberAsPrinted: URIRef
    ordinal: URIRef
    page: URIRef
    paragraph: URIRef
    parentClause: URIRef
    position: URIRef
    premise: URIRef
    quantifier: URIRef
    question: URIRef
    questionCount: URIRef
    quotedIn: URIRef
    received: URIRef
    records: URIRef
    recurrence: URIRef
    refills: URIRef
    registerRow: URIRef
    renames: URIRef
    renews: URIRef
    repeats: URIRef
    reportsOn: URIRef
    responses: URIRef
    resumes: URIRef
    revisionYear: URIRef
    rowSource: URIRef
    score: URIRef
    sentencesEdited: URIRef
    sentencesNew: URIRef
    sentencesRefilled: URIRef
    sentencesRepeated: URIRef
    signedBy: URIRef
    splitsFrom: URIRef
    stakeholderGroup: URIRef
    stakeholderGroupConcept: URIRef
    stance: URIRef
    submittedBy: URIRef
    submittedTo: URIRef
    successor: URIRef
    summarisedIn: URIRef
    summarySubmittedTo: URIRef
    takenAt: URIRef
    target: URIRef
    termsOfReferenceIn: URIRef
    textChecksum: URIRef
    verdict: URIRef
    verified: URIRef
    wordsAdded: URIRef
    wordsOnlyInClause: URIRef
    wordsOnlyQuoted: URIRef
    wordsRemoved: URIRef


class CC(DefinedNamespace):
    """Creative Commons rights: terms used."""

    _NS = Namespace(PREFIXES["cc"])
    _fail = True

    Work: URIRef
    attributionName: URIRef
    license: URIRef


class CITO(DefinedNamespace):
    """Citation Typing Ontology: terms used."""

    _NS = Namespace(PREFIXES["cito"])
    _fail = True

    Citation: URIRef
    hasCitedEntity: URIRef
    hasCitingEntity: URIRef


class DQV(DefinedNamespace):
    """Data Quality Vocabulary: terms used."""

    _NS = Namespace(PREFIXES["dqv"])
    _fail = True

    QualityAnnotation: URIRef


class ELI(DefinedNamespace):
    """European Legislation Identifier: terms used."""

    _NS = Namespace(PREFIXES["eli"])
    _fail = True

    ComplexWork: URIRef
    Expression: URIRef
    Format: URIRef
    LegalResource: URIRef
    LegalResourceSubdivision: URIRef
    Work: URIRef
    WorkSubdivision: URIRef
    cites: URIRef
    date_document: URIRef
    date_no_longer_in_force: URIRef
    first_date_entry_in_force: URIRef
    has_part: URIRef
    is_member_of: URIRef
    is_part_of: URIRef
    passed_by: URIRef
    title: URIRef
    version_date: URIRef


class ELIDL(DefinedNamespace):
    """ELI for draft legislation: terms used."""

    _NS = Namespace(PREFIXES["eli-dl"])
    _fail = True

    Activity: URIRef
    Decision: URIRef
    Process: URIRef
    had_legal_basis: URIRef


class OA(DefinedNamespace):
    """Web Annotation: terms used."""

    _NS = Namespace(PREFIXES["oa"])
    _fail = True

    Annotation: URIRef
    SpecificResource: URIRef
    TextPositionSelector: URIRef
    TextQuoteSelector: URIRef
    end: URIRef
    exact: URIRef
    hasBody: URIRef
    hasSelector: URIRef
    hasSource: URIRef
    hasTarget: URIRef
    prefix: URIRef
    start: URIRef
    suffix: URIRef


class PSO(DefinedNamespace):
    """Publishing Status Ontology: terms used."""

    _NS = Namespace(PREFIXES["pso"])
    _fail = True

    StatusInTime: URIRef
    holdsStatusInTime: URIRef
    withStatus: URIRef


class TVC(DefinedNamespace):
    """Time-indexed Value in Context: terms used."""

    _NS = Namespace(PREFIXES["tvc"])
    _fail = True

    withinContext: URIRef


class UNDO(DefinedNamespace):
    """UN System Document Ontology: terms used."""

    _NS = Namespace(PREFIXES["undo"])
    _fail = True

    Circular: URIRef
    ConferenceReport: URIRef
    CouncilReport: URIRef
    Decision: URIRef
    Document: URIRef
    MeetingAgenda: URIRef
    MeetingReport: URIRef
    OfficialCompilation: URIRef
    PositionPaper: URIRef
    ProgressReport: URIRef
    Recommendation: URIRef
    Resolution: URIRef
