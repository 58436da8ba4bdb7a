"""Readings of the small record that later knowledge overturned, as quads beside those of graph.trig.

Until 1 June 2032 nobody had a topic "harbour fees": what the meeting of May 2031 noted, and the list that it asked for,
were read as about "harbour dues"; from that day on both are about harbour fees. Norland was first taken for the author
of a paper of Osterland's, until the list of 1 September 2032 came.
"""

from __future__ import annotations

import hashlib

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from tests.smallgraph import term, thing

TOLD, OVERTURNED = "2031-05-20", "2032-06-01"
REPORT = thing("graph/document/cwg-harbour/7/10")
PAPER = thing("graph/document/cwg-harbour/9/2")
DUES, FEES = thing("topic/candidate/harbour-dues"), thing("topic/harbour-fees")
STATUS, DECISION = thing("status/overturned/1"), thing("decision/overturned/1")
MEETING = thing("meeting/cwg-harbour/7")


def day(words: str) -> Literal:
    """A date."""
    return Literal(words, datatype=term("xsd:date"))


def assertion(
    graph: NamedNode, subject: NamedNode, predicate: str, value: NamedNode | Literal, since: str | None, until: str = ""
) -> list[Quad]:
    """An assertion with its two dates, and its plain triple as long as nothing has overturned it."""
    key = hashlib.sha256(repr((graph, subject, predicate, value, since)).encode()).hexdigest()[:16]
    node = thing(f"assertion/{key}")
    quads = [
        Quad(node, term("rdf:type"), term("rc:Assertion"), graph),
        Quad(node, term("rdf:subject"), subject, graph),
        Quad(node, term("rdf:predicate"), term(predicate), graph),
        Quad(node, term("rdf:object"), value, graph),
        Quad(node, term("rc:basis"), term("rcs:basis/text"), graph),
        Quad(node, term("rc:modality"), term("rcs:modality/asserted"), graph),
        Quad(node, term("prov:wasGeneratedBy"), thing("rule/hand-made"), graph),
    ]
    if since:
        quads.append(Quad(node, term("rc:knownSince"), day(since), graph))
    if until:
        quads.append(Quad(node, term("rc:knownUntil"), day(until), graph))
    else:
        quads.append(Quad(subject, term(predicate), value, DefaultGraph()))
    return quads


def record(node: NamedNode, kind: str, label: str, **said: NamedNode) -> list[Quad]:
    """A record of the meeting's report, with its account, in the named graph and in the default graph."""
    account = [
        Quad(node, term("rc:basis"), term("rcs:basis/text"), REPORT),
        Quad(node, term("rc:modality"), term("rcs:modality/asserted"), REPORT),
    ]
    spoken: list[tuple[NamedNode, NamedNode | Literal]] = [
        (term("rdf:type"), term(kind)),
        (term("rdfs:label"), Literal(label, language="en")),
    ]
    spoken += [(term(name.replace("_", ":", 1)), value) for name, value in said.items()]
    return account + [Quad(node, p, o, graph) for p, o in spoken for graph in (REPORT, DefaultGraph())]


def quads() -> tuple[Quad, ...]:
    """Everything above."""
    return (
        Quad(DUES, term("rdf:type"), term("skos:Concept"), DefaultGraph()),
        Quad(DUES, term("rdfs:label"), Literal("Harbour dues", language="en"), DefaultGraph()),
        *record(STATUS, "pso:StatusInTime", "noted at the seventh meeting",
                pso_withStatus=term("rcs:outcome/noted"), tvc_withinContext=MEETING),
        *assertion(REPORT, DUES, "pso:holdsStatusInTime", STATUS, TOLD, OVERTURNED),
        *assertion(REPORT, FEES, "pso:holdsStatusInTime", STATUS, OVERTURNED),
        *record(DECISION, "eli-dl:Decision", "requested a list of dues", rc_takenAt=MEETING, rc_concerns=FEES),
        *assertion(REPORT, thing("document/cwg-harbour/7/10"), "rc:records", DECISION, TOLD),
        *assertion(REPORT, DECISION, "rc:concerns", DUES, TOLD, OVERTURNED),
        *assertion(REPORT, DECISION, "rc:concerns", FEES, OVERTURNED),
        *assertion(PAPER, thing("document/cwg-harbour/9/2"), "rc:submittedBy", thing("state/XNL"), "2032-08-15",
                   "2032-09-01"),
    )  # fmt: skip
