"""Graphs to findings: severity, words for people, passages, the closed vocabulary, the command."""

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store, parse, serialize

from ingest.errors import IngestError
from ingest.model import Span
from ingest.validation.shape_queries import load_rules
from ingest.validation.validate import SHOWN_PER_RULE, Validator, check_turtle, main
from ontology.prefixes import PREFIXES

ROOT = Path(__file__).parents[2]
PREAMBLE = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
EVIDENCE = """
id:evidence-1 a oa:Annotation ; rc:paragraph id:p-1 ; oa:hasTarget id:target-1 .
id:target-1 a oa:SpecificResource ; oa:hasSource id:file-1 ; oa:hasSelector id:quote-1 , id:position-1 .
id:quote-1 a oa:TextQuoteSelector ; oa:exact "An hour was spent on night pilotage." .
id:position-1 a oa:TextPositionSelector ; oa:start 120 ; oa:end 156 .
id:file-1 rc:checksum "9a0c" .
"""
STATUS = """
id:topic a skos:Concept ; skos:prefLabel "night pilotage"@en ; pso:holdsStatusInTime id:status .
id:status a pso:StatusInTime ; rdfs:label "night pilotage: discussed"@en ; tvc:withinContext id:meeting ;
  rc:basis <https://w3id.org/recalling/scheme/basis/text> ;
  rc:modality <https://w3id.org/recalling/scheme/modality/asserted> ;
"""


@pytest.fixture(scope="module")
def validator() -> Validator:
    return Validator.load()


def quads(turtle: str) -> bytes:
    triples = parse(input=(PREAMBLE + turtle).encode(), format=RdfFormat.TURTLE)
    return serialize(triples, format=RdfFormat.N_QUADS) or b""


def test_a_conforming_graph_has_no_findings(validator: Validator) -> None:
    outcome = "rc:evidence id:evidence-1 ; pso:withStatus <https://w3id.org/recalling/scheme/outcome/discussed> ."
    assert validator.validate(quads(EVIDENCE + STATUS + outcome)) == ()


def test_a_finding_names_the_thing_says_the_rule_and_shows_the_passage(validator: Validator) -> None:
    [finding] = validator.validate(quads(EVIDENCE + STATUS + "rc:evidence id:evidence-1 ."))
    assert (finding.code, finding.severity) == ("shape-violation", "violation")
    assert finding.message.startswith("night pilotage: discussed: A status says how a topic stood")
    assert finding.passages == (("9a0c", Span(120, 156)),)


NAMED = [
    # what is known of the thing                                         how the finding begins
    ('rdfs:label "Siebente Sitzung"@de , "Seventh meeting"@en ;',        "Seventh meeting: "),
    ('rdfs:label "Siebente Sitzung"@de ;',                               "Siebente Sitzung: "),
    ("",                                                                 "meeting/7: "),
]  # fmt: skip


@pytest.mark.parametrize(("known", "begins"), NAMED)
def test_a_thing_is_called_by_its_name(validator: Validator, known: str, begins: str) -> None:
    graph = f"<https://w3id.org/recalling/id/meeting/7> a rc:Meeting ; {known} rc:ordinal 7 ."
    [*findings] = validator.validate(quads(graph))
    assert findings[0].message == f"{begins}A meeting is a meeting of one body. Name the body; if the text does not " \
        "tell, leave the meeting open."  # fmt: skip


def test_the_gravest_come_first(validator: Validator) -> None:
    findings = validator.validate(quads("id:a a rc:Meeting ; rc:ordinal 0 . id:b a rc:Assertion ; rdf:subject id:a ."))
    severities = [f.severity for f in findings]
    assert severities == sorted(severities, key=["violation", "warning", "info"].index)
    assert {"violation", "info"} <= set(severities)


def test_what_is_broken_a_hundred_times_is_shown_a_few_times(validator: Validator) -> None:
    rows = "".join(f'id:row-{n} a rc:RegisterRow ; rdfs:label "row {n}"@en ; rc:verified true .\n' for n in range(100))
    findings = validator.validate(quads(rows))
    assert len(findings) == SHOWN_PER_RULE
    assert findings[-1].message.endswith("The same holds of 80 more.")


UNDECLARED = [
    # turtle                                                   terms refused
    ("id:a rc:submitedBy id:b .",                              ["submitedBy"]),
    ("id:a a rc:Thing .",                                      ["Thing"]),
    ("id:a rdf:predicate rc:hasStatus .",                      ["hasStatus"]),
    ("id:a rc:submittedBy id:b .",                             []),
    ('id:a rdfs:label "<https://w3id.org/recalling/ontology#submitedBy>" .', []),
]  # fmt: skip


@pytest.mark.parametrize(("turtle", "refused"), UNDECLARED)
def test_only_declared_terms(validator: Validator, turtle: str, refused: list[str]) -> None:
    findings = [f for f in validator.validate(quads(turtle)) if "declares" in f.message]
    assert [f.message.split(":")[0] for f in findings] == refused
    assert all(f.severity == "violation" for f in findings)


PLAN = """
id:plan a rc:Assertion ; rdf:subject id:round ; rdf:predicate rc:launchedAt ; rdf:object id:meeting ;
  rc:basis <https://w3id.org/recalling/scheme/basis/text> ; rc:evidence id:evidence-1 ;
  rc:modality <https://w3id.org/recalling/scheme/modality/planned> ; prov:wasGeneratedBy id:rule .
"""
DEED = "id:round rc:launchedAt id:meeting ."
PLANS = [
    # what the document writes     what registers state   put as a deed
    (PLAN,                         "",                    False),
    (PLAN + DEED,                  "",                    True),
    (PLAN,                         DEED,                  False),
    (PLAN + DEED,                  None,                  False),  # nobody can tell whose statement it is
]  # fmt: skip


@pytest.mark.parametrize(("own", "registers", "refused"), PLANS)
def test_a_plan_is_no_plain_triple_of_the_same_document(
    validator: Validator, own: str, registers: str | None, refused: bool
) -> None:
    needed = None if registers is None else quads(registers)
    findings = validator.validate(quads(EVIDENCE + own), needed)
    assert [f.severity for f in findings if "only planned" in f.message] == ["violation"] * refused


def test_a_plan_is_no_plain_triple_of_the_whole_graph(validator: Validator) -> None:
    assert validator.validate_whole(validator.store(quads(PLAN))) == ()
    [finding] = validator.validate_whole(validator.store(quads(PLAN + DEED)))
    assert finding.severity == "violation"


def test_the_graph_of_a_triple_does_not_matter(validator: Validator) -> None:
    line = f"<{PREFIXES['id']}a> <{PREFIXES['rdf']}type> <{PREFIXES['rc']}RegisterRow>"
    plain, named = (validator.validate(f"{line} {graph}.".encode()) for graph in ("", "<https://example.org/g> "))
    assert plain == named != ()


UNSUPPORTED = [
    # shape                                                                       what is said
    ("sh:targetClass id:A ; sh:path id:p ; sh:maxLength 3",                       "maxLength"),
    ("sh:targetClass id:A ; sh:path id:p ; sh:minCount 4",                        "a count of 4"),
    ("sh:targetClass id:A ; sh:path id:p ; sh:datatype xsd:duration",             "duration"),
    ("sh:path id:p ; sh:minCount 1",                                              "no target"),
    ("sh:targetClass id:A ; sh:minCount 1",                                       "sh:path"),
]  # fmt: skip


@pytest.mark.parametrize(("shape", "said"), UNSUPPORTED)
def test_a_shape_that_cannot_be_compiled_is_refused(tmp_path: Path, shape: str, said: str) -> None:
    path = tmp_path / "odd.ttl"
    path.write_text(f"{PREAMBLE} id:odd a sh:PropertyShape ; sh:severity sh:Info ; sh:message 'x' ; {shape} .")
    with pytest.raises(IngestError, match=said):
        load_rules([path])


LITERALS = [
    # datatype          conforms            does not
    ("xsd:date",        "2031-05-12",       "2031-5-12"),
    ("xsd:gYear",       "2031",             "31"),
    ("xsd:gYearMonth",  "2031-05",          "2031-13"),
    ("xsd:boolean",     "true",             "yes"),
    ("xsd:integer",     "12",               "twelve"),
]  # fmt: skip


@pytest.mark.parametrize(("datatype", "good", "bad"), LITERALS)
def test_ill_typed_literals_break_a_datatype(tmp_path: Path, datatype: str, good: str, bad: str) -> None:
    path = tmp_path / "datatype.ttl"
    shape = f"sh:targetClass id:A ; sh:path id:p ; sh:datatype {datatype} ; sh:severity sh:Info ; sh:message 'x'"
    path.write_text(f"{PREAMBLE} id:s a sh:PropertyShape ; {shape} .", encoding="utf-8")
    store = Store()
    values = {"good": f'"{good}"^^{datatype}', "bad": f'"{bad}"^^{datatype}', "plain": f'"{good}"'}
    graph = "".join(f"id:{name} a id:A ; id:p {value} .\n" for name, value in values.items())
    store.load(input=quads(graph), format=RdfFormat.N_QUADS)
    broken = {breach.focus.removeprefix(PREFIXES["id"]) for breach in Validator(load_rules([path])).breaches(store)}
    assert broken == {"bad", "plain"}


def test_our_own_turtle_conforms() -> None:
    assert check_turtle([ROOT / "ontology", ROOT / "shapes"]) == ()


BROKEN = [
    # file                 content                                                   what is said
    ("terms.ttl",          "rc:Assertion a owl:Class .",                             "A term has a name in French"),
    ("terms.ttl",          "rc:Assertion a owl:Class",                               "Correct the file"),
    ("terms.ttl",          "id:a skos:note [ rdfs:label 'x' ] .",                    "Give it one"),
    ("ontology/examples/a.ttl", "id:a a rc:Meeting .",                               "A meeting is a meeting of"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "content", "said"), BROKEN)
def test_the_command_says_what_is_wrong_with_turtle(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], file: str, content: str, said: str
) -> None:
    path = tmp_path / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(PREAMBLE + content, encoding="utf-8")
    assert main([str(tmp_path)]) == 1
    assert said in capsys.readouterr().out


def test_the_command_wants_folders(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert main([str(tmp_path / "nowhere")]) == 2
    assert "Example: python -m ingest.validation.validate" in capsys.readouterr().err
    assert main([str(tmp_path)]) == 0
