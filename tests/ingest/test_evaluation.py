"""The measuring itself: accounts, who is whose partner, what counts as found, gates and floors, and the command."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import replace
from importlib import resources as packaged
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from ingest import resources
from ingest.commands import evaluate
from ingest.errors import IngestError
from ingest.evaluation import attested, baseline, figures, gold, measuring, scoring, wording, writing
from ingest.evaluation.account import Account, Fact, Thing
from ingest.evaluation.adapting import account
from ingest.evaluation.adapting.keys import of_entity
from ingest.evaluation.aligning import align, rename
from ingest.model import Entity
from queryapp import create_app
from queryapp.config import Config
from tests.smalldata import write_small_dataset

TEXT = """Report of the fifth meeting of CWG-Orchard

1.	The fifth meeting of CWG-Orchard was held on 4-5 May 2033 in Quillbrook.
2.	The Group asked the secretariat to count the pears. Norway supported the count.
"""


def place(words: str, text: str = TEXT) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def row(subject: str, predicate: str, words: str, *, certainty: str = "asserted", **more: Any) -> dict[str, Any]:
    start, end = place(words)
    return {
        "subject": subject, "predicate": predicate, "certainty": certainty,
        "evidence": {"start": start, "end": end}, **more,
    }  # fmt: skip


def entity(key: str, kind: str, *words: str) -> dict[str, Any]:
    mentions = [dict(zip(("start", "end"), place(each), strict=True)) for each in words]
    return {"key": key, "type": kind, "mentions": mentions}


GOLD = {
    "entities": [
        {"key": "document:self", "type": "document", "mentions": []},
        entity("body:cwg-orchard", "body", "CWG-Orchard"),
        entity("meeting:cwg-orchard:5", "meeting", "fifth meeting of CWG-Orchard"),
        entity("location:quillbrook", "location", "Quillbrook"),
        entity("decision:pears", "decision", "The Group asked the secretariat to count the pears"),
        entity("country:NOR", "country", "Norway"),
    ],
    "relations": [
        row("meeting:cwg-orchard:5", "date", "4-5 May 2033", literal="2033-05-04/2033-05-05"),
        row("meeting:cwg-orchard:5", "place", "Quillbrook", object="location:quillbrook"),
        row("decision:pears", "kind", "asked the secretariat", literal="request"),
        row("decision:pears", "actor", "The Group asked", object="body:cwg-orchard"),
    ],
    "anomalies": [],
    "traps": [
        {
            "kind": "meeting",
            "relation": {"subject": "meeting:cwg-orchard:5", "predicate": "date", "literal": "2033-05-09"},
            "why": "no such day",
            "evidence": {"start": 0, "end": 6},
        },
        {
            "kind": "tense",
            "relation": {
                "subject": "meeting:cwg-orchard:5", "predicate": "place", "object": "location:quillbrook",
                "certainty": "planned",
            },
            "why": "it was held",
            "evidence": {"start": 0, "end": 6},
        },
    ],
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "orchard.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "orchard.json").write_text(json.dumps(GOLD), encoding="utf-8")
    return tmp_path


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> measuring.Measured:
    folder = tmp_path_factory.mktemp("orchard")
    (folder / "orchard.txt").write_text(TEXT, encoding="utf-8")
    (folder / "orchard.json").write_text(json.dumps(GOLD), encoding="utf-8")
    return measuring.measure(folder, resources.register_folders())


KEYS = [
    # entity                                                       key of the guide
    (Entity("revision", ("resolution", "pp", "61", "2031")),       "pp-res:61:2031"),
    (Entity("instrument", ("decision", "council", "88")),          "council-dec:88"),
    (Entity("revision", ("resolution", "wtsa", "7", "2028")),      "wtsa-res:7:2028"),
    (Entity("meeting", ("cwg-harbour", "7")),                      "meeting:cwg-harbour:7"),
    (Entity("document", ("cwg-harbour", "7", "3")),                "document:cwg-harbour:7/3"),
    (Entity("consultation", ("cwg-harbour", "2031-02")),           "consultation:2031-02"),
    (Entity("state", ("NOR",)),                                    "country:NOR"),
    (Entity("session", ("council", "2031")),                       "event:council:2031"),
    (Entity("topic", ("candidate", "night-pilotage")),             "topic:night-pilotage"),
    (Entity("body", ("general-secretariat",)),                     "body:secretariat"),
]  # fmt: skip


@pytest.mark.parametrize(("thing", "key"), KEYS)
def test_keys_of_the_guide(thing: Entity, key: str) -> None:
    assert of_entity(thing) == key


VALUES = [
    # relation    written                       compared as
    ("number",    "CWG-Harbour-7/3-E",          "7/3"),
    ("number",    "C34/27",                     "34/27"),
    ("number",    "SG3-C12",                    "C12"),
    ("date",      "2031-05-12/2031-05-12",      "2031-05-12"),
    ("period",    "2031-05/2031-08",            "2031-05/2031-08"),
    ("kind",      "agrees",                     "decision"),
    ("kind",      "adopts",                     "approval"),
    ("mode",      "online-and-physical",        "both"),
    ("role",      "vice-chair",                 "vice chair"),
    ("asks_for",  "to-consider",                "to consider"),
    ("title",     "“Safe  quays”",              "safe quays"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "written", "compared"), VALUES)
def test_values_in_one_wording(name: str, written: str, compared: str) -> None:
    assert wording.value(name, written) == compared


@pytest.mark.parametrize("name", ["taken at", "taken_at", "Taken-At"])
def test_relations_in_one_wording(name: str) -> None:
    assert wording.predicate(name) == "taken_at"


def thing(key: str, *places: tuple[int, int], names: tuple[str, ...] = ()) -> Thing:
    return Thing(key, wording.type_of(key), places, (), frozenset(names))


def said(*things: Thing, facts: tuple[Fact, ...] = ()) -> Account:
    return Account(" " * 400, things, facts)


PARTNERS = [
    # gold                                               told                                           partners
    (thing("pp-res:61:2031", (0, 9)),                    thing("pp-res:61:2031", (50, 59)),             True),
    (thing("pp-res:61:2031", (0, 9)),                    thing("pp-res:61:2027", (0, 9)),               False),
    (thing("meeting:cwg-tides:4", (0, 9)),               thing("meeting:council:4", (0, 9)),            False),
    (thing("contribution:cwg-tides:4/2", (0, 9)),        thing("document:cwg-tides:4/2", (0, 9)),       True),
    (thing("decision:1", (0, 40)),                       thing("decision:f/3", (5, 38)),                True),
    (thing("decision:1", (0, 40)),                       thing("decision:f/3", (38, 90)),               False),
    (thing("topic:night-pilotage", (0, 14)),             thing("topic:pilotage", (6, 14)),              True),
    (thing("topic:fees", (0, 4), names=("harbour-fees",)), thing("topic:harbour-fees"),                 True),
    (thing("body:cwg-tides", (0, 30)),                   thing("body:cwg-locks", (0, 28)),              False),
    (thing("office:chair", (0, 5)),                      thing("office:chair-cwg-tides", (0, 5)),       True),
    (thing("consultation:2031-02", (0, 20)),             thing("consultation:2031-03", (0, 20)),        False),
    (thing("consultation:2031-02", (0, 20)),             thing("consultation:f-20", (0, 18)),           True),
]  # fmt: skip


@pytest.mark.parametrize(("mine", "theirs", "expected"), PARTNERS)
def test_partners(mine: Thing, theirs: Thing, expected: bool) -> None:
    assert (align(said(mine), said(theirs)).partner.get(theirs.key) == mine.key) is expected


def test_two_things_never_pass_for_one() -> None:
    told = said(thing("decision:f/1", (0, 40)), thing("decision:f/2", (2, 40)))
    pairs = align(said(thing("decision:1", (0, 40))), told)
    assert [key for key in ("decision:f/1", "decision:f/2") if pairs.partner.get(key)] == ["decision:f/1"]


def test_the_gold_names_bodies_inside_keys() -> None:
    assert rename("meeting:general-tides:4", {"general-tides": "tides"}) == "meeting:tides:4"
    assert rename("general-tides-res:4:2031", {"general-tides": "tides"}) == "tides-res:4:2031"


def fact(predicate: str, target: str, certainty: str = "asserted", *, literal: bool = False, **more: Any) -> Fact:
    return Fact("meeting:cwg-tides:4", predicate, target, certainty, ((0, 9),), literal, **more)


QUAY = fact("place", "location:quay")
FACTS = [
    # gold                                       told                                             with      without
    (QUAY,                                       QUAY,                                            "found",  "found"),
    (QUAY,                                       fact("place", "location:quay", "planned"),       "missed", "found"),
    (fact("place", "location:quay", "proposed"), fact("place", "location:quay", "conditional"),   "found",  "found"),
    (fact("place", "location:quay", "negated"),  QUAY,                                            "missed", "found"),
    (QUAY,                                       fact("place", "location:pier"),                  "missed", "missed"),
    (fact("date", "2031-05-12", literal=True),   fact("date", "2031-05-13", literal=True),        "missed", "missed"),
    (fact("source", "pp-res:6:2031#resolves:2"),
     fact("source", "pp-res:6:2031", also=frozenset({"pp-res:6:2031#resolves:2"})),               "found",  "found"),
]  # fmt: skip


@pytest.mark.parametrize(("wanted", "told", "strict", "loose"), FACTS)
def test_relations_with_and_without_certainty(wanted: Fact, told: Fact, strict: str, loose: str) -> None:
    meeting = thing("meeting:cwg-tides:4", (0, 9))
    theirs = said(meeting, facts=(wanted,))
    judged = scoring.compare(theirs, said(meeting, facts=(told,)), scoring.scope([theirs])).judged
    verdicts = {part: [j.verdict for j in judged if j.part == part] for part in scoring.PARTS}
    assert verdicts["relations"][0] == strict
    assert verdicts["relations without certainty"][0] == loose
    assert ("false" in verdicts["relations"]) is (strict == "missed")


SPANS = [
    # gold       told        near
    ((0, 20),    (0, 20),    True),
    ((0, 20),    (0, 10),    True),
    ((0, 20),    (12, 15),   True),  # one number of several under one bracket
    ((0, 20),    (15, 60),   False),
    ((0, 20),    (20, 30),   False),
]  # fmt: skip


@pytest.mark.parametrize(("mine", "theirs", "near"), SPANS)
def test_lenient_spans(mine: tuple[int, int], theirs: tuple[int, int], near: bool) -> None:
    assert scoring.is_near(mine, theirs) is near


def test_a_right_number_with_a_wrong_year_is_wrong() -> None:
    mine = said(thing("pp-res:61:2031", (0, 9)))
    judged = scoring.compare(mine, said(thing("pp-res:61:2027", (0, 9))), scoring.scope([mine])).judged
    told = {j.type: j.verdict for j in judged if j.part == "citations" and j.verdict != "false"}
    assert told == {"number": "found", "issuer": "found", "revision": "missed", "all": "missed"}


def test_what_a_gold_does_not_hold_is_counted_and_not_judged() -> None:
    mine = said(thing("country:NOR", (0, 6)))
    compared = scoring.compare(
        mine, said(thing("country:NOR", (0, 6)), thing("person:x", (9, 12))), scoring.scope([mine])
    )
    assert compared.unjudged == 1
    assert [j for j in compared.judged if j.verdict == "false"] == []


def test_gold_becomes_an_account() -> None:
    found = gold.account(GOLD, TEXT)
    assert {(f.predicate, f.object) for f in found.facts if f.subject == "meeting:cwg-orchard:5"} >= {
        ("ordinal", "5"), ("body", "body:cwg-orchard"), ("date", "2033-05-04/2033-05-05"),
    }  # fmt: skip
    assert [trap.certainty for trap in found.traps] == [None, "planned"]


def test_a_role_in_a_body_is_two_facts() -> None:
    raw = {**GOLD, "relations": [row("country:NOR", "role", "Norway", literal="chair", **{"in": "body:cwg-orchard"})]}
    found = [f for f in gold.account(raw, TEXT).facts if f.subject == "country:NOR"]
    assert [(f.predicate, f.object) for f in found] == [("role", "chair"), ("role_in", "body:cwg-orchard")]


def test_a_reading_is_measured(measured: measuring.Measured) -> None:
    assert measured.documents == 1
    assert measured.reading.scores["relations", "meeting date"] == measuring.Score(1, 0, 0)
    assert measured.reading.scores["relations", "decision kind"].recall == 1.0
    assert measured.reading.violated == ()
    assert measured.reading.traps == 2
    assert measured.attributions > 0


def test_a_trap_is_violated_by_what_is_said_and_how() -> None:
    theirs = gold.account(GOLD, TEXT)
    wrong = Fact("meeting:cwg-orchard:5", "date", "2033-05-09", "negated", (), True)
    held = Fact("meeting:cwg-orchard:5", "place", "location:quillbrook", "planned", ())
    told = Account(TEXT, theirs.things, (wrong, held))
    assert len(scoring.compare(theirs, told, scoring.scope([theirs])).violated) == 2
    as_held = Account(TEXT, theirs.things, (Fact(held.subject, held.predicate, held.object, "asserted", ()),))
    assert scoring.compare(theirs, as_held, scoring.scope([theirs])).violated == ()


ATTESTED = [
    "The third meeting of CWG-Orchard asked the secretariat to count the pears.",
    "CWG-Orchard met in May. The Group requested the secretariat to count the pears.",
    "Results\n\nThe third meeting of CWG-Orchard:\n\n• asked the secretariat to count the pears;",
    "Norway supported the count of pears.",
    "CWG-Orchard heard CWG-Quince. It requested the secretariat to count the pears.",  # who acted goes on to act
]


@pytest.mark.parametrize("text", ATTESTED)
def test_holders_that_a_sentence_names(text: str, tmp_path: Path) -> None:
    path = tmp_path / "paper.txt"
    path.write_text(f"Report of the third meeting of CWG-Orchard\n\n{text}\n", encoding="utf-8")
    found = list(attested.attributions(measuring.read(path, resources.register_folders())))
    assert found
    assert all(each.attested for each in found)


def test_a_holder_from_nowhere_is_not_attested(tmp_path: Path) -> None:
    """A decision whose actor is swapped for a body that its text never names."""
    path = tmp_path / "paper.txt"
    path.write_text(TEXT, encoding="utf-8")
    result = measuring.read(path, resources.register_folders())
    stranger = Entity("body", ("board-of-pomology",))
    claims = tuple(
        replace(held, claim=replace(held.claim, details=tuple(
            (name, stranger if name in attested.HOLDERS else value) for name, value in held.claim.details
        )))
        for held in result.claims
    )  # fmt: skip
    found = list(attested.attributions(replace(result, claims=claims)))
    assert found
    assert not any(each.attested for each in found)


def test_nominals_prove_themselves() -> None:
    rows = tomllib.loads((packaged.files("ingest.evaluation") / "attested.toml").read_text("utf-8"))["nominal"]
    for each in rows:
        form = re.compile(each["regex"], re.IGNORECASE)
        assert [words for words in each["examples"] if not form.search(words)] == []
        assert [words for words in each["near_misses"] if form.search(words)] == []


BASELINE = [
    ("Resolution 61 (Rev. Larkhaven, 2031)",                             "pp-res:61:2031"),
    ("Council Resolution 2207 (Mod. 2028)",                              "council-res:2207:2028"),
    ("Council Decision 688",                                             "council-dec:688"),
    ("the seventh meeting of CWG-Harbour",                               "meeting:cwg-harbour:7"),
    ("Document CWG-Harbour 7/3",                                         "document:cwg-harbour:7/3"),
    ("Ms Ada Lindqvist spoke",                                           "person:ada-lindqvist"),
    ("Norway spoke",                                                     "country:NOR"),
    ("at PP-34",                                                         "event:pp:2034"),
    ("a consultation from May 2031 to July 2031",                        "consultation:2031-05"),
    ("the consultation opened in May and closed in August 2031",         "consultation:2031-05"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "key"), BASELINE)
def test_baseline_finds(text: str, key: str) -> None:
    assert key in baseline.account(text).by_key


def test_baseline_tells_relations() -> None:
    text = "Document CWG-Harbour 7/3 from Norway: “Safe quays”. Mr Pell Oran (Norway) spoke."
    told = {(f.subject, f.predicate, f.object) for f in baseline.account(text).facts}
    assert ("document:cwg-harbour:7/3", "title", "safe quays") in told
    assert ("document:cwg-harbour:7/3", "submitted_by", "country:NOR") in told
    assert ("person:pell-oran", "country", "country:NOR") in told


def test_scores_of_nothing_are_none() -> None:
    none = measuring.Score(0, 0, 0)
    assert (none.precision, none.recall, none.f1) == (None, None, None)
    assert measuring.Score(0, 3, 0).f1 == 0.0
    assert measuring.Score(2, 1, 1).f1 == pytest.approx(2 / 3)


FLOORS = [
    # file                                                        broken
    ('[relations."meeting date"]\nf1 = 1.0\n',                    0),
    ("[entities.micro]\nprecision = 1.01\n",                      1),
    ("[relations.macro]\nf1 = 1.01\n[citations]\n",               1),
]  # fmt: skip


@pytest.mark.parametrize(("words", "broken"), FLOORS)
def test_floors(words: str, broken: int, measured: measuring.Measured, tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    path.write_text(words, encoding="utf-8")
    assert len(list(figures.below(measured, path))) == broken


def test_a_floor_for_what_is_not_measured_is_an_error(measured: measuring.Measured, tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    path.write_text("[relations.nonsense]\nf1 = 0.1\n", encoding="utf-8")
    with pytest.raises(IngestError, match="no such figure"):
        list(figures.below(measured, path))


@pytest.mark.parametrize("form", ["text", "csv", "json"])
def test_formats_hold_the_same_figures(form: str, measured: measuring.Measured) -> None:
    words = "\n".join(writing.written(measured, form, misses=False))
    assert "meeting date" in words
    if form == "json":
        assert json.loads(words)["measured_on"]["documents"] == 1


def test_command_measures_records_and_fails(folder: Path, tmp_path: Path) -> None:
    floors = tmp_path / "floors.toml"
    floors.write_text("[entities.micro]\nprecision = 1.01\n", encoding="utf-8")
    kept = tmp_path / "kept"
    done = CliRunner().invoke(evaluate, [str(folder), "--record", str(kept)])
    assert done.exit_code == 0, done.output
    [path] = kept.glob("*.json")
    assert json.loads(path.read_text("utf-8"))["rows"]
    failed = CliRunner().invoke(evaluate, [str(folder), "--floors", str(floors), "--misses"])
    assert failed.exit_code == 1
    assert "is below 1.010" in failed.output


def test_what_is_kept_aside_is_not_shown(tmp_path: Path) -> None:
    folder = tmp_path / "heldout"
    folder.mkdir()
    (folder / "orchard.txt").write_text(TEXT, encoding="utf-8")
    (folder / "orchard.json").write_text(json.dumps(GOLD), encoding="utf-8")
    for form in ("text", "csv", "json"):
        done = CliRunner().invoke(evaluate, [str(folder), "--misses", "--format", form])
        assert done.exit_code == 0, done.output
        assert "pears" not in done.output
        assert "quillbrook" not in done.output.lower()


def test_no_gold_is_said(tmp_path: Path) -> None:
    done = CliRunner().invoke(evaluate, [str(tmp_path)])
    assert done.exit_code == 1
    assert "no gold here" in done.output


def test_a_reading_has_only_facts_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "orchard.txt"
    path.write_text(TEXT, encoding="utf-8")
    told = account(measuring.read(path, resources.register_folders()))
    assert all(each.places for each in told.facts)
    assert told.by_key["meeting:cwg-orchard:5"].mentions


def test_the_site_shows_what_was_kept_and_names_the_gold(measured: measuring.Measured, tmp_path: Path) -> None:
    dataset = write_small_dataset(tmp_path / "dataset")
    app = create_app(Config(dataset=dataset))
    client = app.test_client()
    before = client.get("/quality", headers={"Accept": "text/html"}).text
    figures.record(measured, dataset)
    after = client.get("/quality", headers={"Accept": "text/html"}).text
    rows = client.get("/quality?panel=quality_reading&format=json").get_json()
    refused = client.get("/quality?panel=quality_reading&format=xml").status_code
    app.extensions["recalling"].datasets.close()
    assert "Nobody has measured this" in before
    assert f"Measured on 1 document of the gold “{measured.name}”" in after
    assert "Another version of the code" in after  # the small dataset was built by none
    assert rows == [json.loads(json.dumps(figures.as_record(measured)))]
    assert refused == 400


def test_a_gold_without_a_field_is_said_by_its_name(tmp_path: Path) -> None:
    raw = {**GOLD, "doc_id": "orchard", "relations": [{"subject": "country:NOR", "predicate": "country"}]}
    with pytest.raises(IngestError, match="orchard lacks the field 'certainty'"):
        gold.account(raw, TEXT)


def test_a_trap_needs_a_fact_and_no_more() -> None:
    bare = {
        "subject": "country:NOR",
        "predicate": "opposed",
        "object": "topic:pears",
        "evidence": {"start": 0, "end": 6},
    }
    words = {"why": "a reason alone", "evidence": {"start": 0, "end": 6}}
    found = gold.account({**GOLD, "traps": [bare, words]}, TEXT).traps
    assert [(trap.kind, trap.fact.predicate, trap.certainty) for trap in found] == [("trap", "opposed", None)]
