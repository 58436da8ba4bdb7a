"""The curated registers as data: every row says where it comes from, every form proves itself."""

from __future__ import annotations

import csv
from pathlib import Path

import pycountry
import pytest

from ingest.register import NumberForm, Register, check, load
from ingest.registers.checking import example_problem
from ingest.registers.folding import fold
from ingest.registers.forms import read
from ingest.resources import register_folders

REGISTER = load(register_folders())
MARKS = {"R20", "R24", "R26", "M11", "C21", "PP18", "WTSA16", "W", "D", "GK", "ISO3166"}
READ = MARKS - {"W", "D", "GK"}
SCHEMES = Path(__file__).parent.parent.parent / "ontology" / "schemes"


def marks(source: str) -> set[str]:
    words = source.replace(",", " ").replace(";", " ").replace(":", " ").replace("(", " ").split()
    return MARKS & set(words)


def test_every_row_names_a_source() -> None:
    assert [row.place for row in REGISTER.rows() if not marks(row.source)] == []


def test_general_knowledge_and_derivations_alone_are_never_verified() -> None:
    lone = [row.place for row in REGISTER.rows() if row.verified and marks(row.source) <= {"GK", "D"}]
    assert lone == []


def test_rows_from_documents_name_them() -> None:
    documents = READ - {"ISO3166"}
    missing = [
        row.place
        for row in REGISTER.rows()
        if row.register != "number_forms" and marks(row.source) & documents and not row.derived_from
    ]
    assert missing == []


CUT_IN_THE_SOURCE = {"64", "77", "135", "136", "207", "7"}
"""Resolutions and the recommendation of PP-18 whose titles the only edition read cuts short."""


KNOWN_AS_PLANS = ("2024-02", "2024-10")
"""Rounds that the report of 2024 told in advance and that of 2026 as held; one row has one known_since for both."""


def test_nothing_in_the_registers_contradicts_itself() -> None:
    told = [finding for finding in check(REGISTER) if finding.severity != "info"]
    rounds = [c for key in KNOWN_AS_PLANS if (c := REGISTER.consultation("cwg-internet", key)) is not None]
    assert [finding.code for finding in told] == ["known-before-it-was"] * len(KNOWN_AS_PLANS)
    assert [finding.message.startswith(c.row.place) for finding, c in zip(told, rounds, strict=True)] == [True] * 2


def test_titles_that_are_only_a_beginning() -> None:
    cut = {r.number for r in REGISTER.tables.revisions if r.title_begins and not r.title}
    assert cut == CUT_IN_THE_SOURCE
    infos = [finding.code for finding in check(REGISTER) if finding.severity == "info"]
    assert infos == ["title-cut"] * len(cut)


@pytest.mark.parametrize("form", REGISTER.number_forms, ids=lambda form: form.name)
def test_number_forms_prove_themselves(form: NumberForm) -> None:
    assert form.examples
    assert form.near_misses
    assert [problem for example in form.examples if (problem := example_problem(form, example))] == []
    assert [text for text in form.near_misses for other in REGISTER.number_forms if read(other, text)] == []


def test_a_number_is_read_by_one_form_only() -> None:
    for form in REGISTER.number_forms:
        for example in form.examples:
            found = REGISTER.document_number(example["text"])
            assert found is not None, example
            assert "/".join(found.entity.key) == example["key"]


def test_every_name_names_what_its_row_says() -> None:
    wrong = []
    for name in REGISTER.tables.names:
        if name.context or name.form in ("adjective", "keyword"):
            continue
        kind = "event" if name.entity.kind in ("conference", "session") else name.entity.kind
        if REGISTER.entities_named(name.text, kind) != (name.entity,):
            wrong.append(f"{name.row.place}: {name.text}")
    assert wrong == []


def test_states_are_iso_codes() -> None:
    assert [s.iso3 for s in REGISTER.tables.states if pycountry.countries.get(alpha_3=s.iso3) is None] == []
    assert len(REGISTER.states) == 195


@pytest.mark.parametrize(
    ("scheme", "used"),
    [
        ("body-kind", {body.kind for body in REGISTER.tables.bodies}),
        ("role", {officer.role for officer in REGISTER.tables.officers} | {o.role for o in REGISTER.tables.offices}),
        ("mode", {c.mode for c in REGISTER.tables.consultations}),
        ("stakeholder-group", {wording.concept for wording in REGISTER.tables.stakeholders}),
    ],
)
def test_terms_are_in_the_code_lists(scheme: str, used: set[str | None]) -> None:
    text = (SCHEMES / f"{scheme}.ttl").read_text(encoding="utf-8")
    assert [term for term in sorted(filter(None, used)) if f"\n:{term} a skos:Concept" not in text] == []


def test_twelve_topics_have_their_place() -> None:
    positions = sorted(topic.position for topic in REGISTER.topics.values() if topic.position)
    assert positions == list(range(1, 13))


def test_consultation_subjects_map_onto_the_list() -> None:
    cases = {"2015-06": 2, "2016-10": 10, "2024-02": 10, "2024-10": 1, "2025-02": 2, "2017-10": None}
    for key, position in cases.items():
        consultation = REGISTER.consultation("cwg-internet", key)
        assert consultation is not None
        topic = REGISTER.topics[consultation.topics[0]]
        while topic.broader:
            topic = REGISTER.topics[topic.broader]
        assert topic.position == position, key


def test_files_are_sorted_as_people_left_them_and_end_in_a_line() -> None:
    for folder in register_folders():
        for path in folder.glob("*.csv"):
            text = path.read_text(encoding="utf-8")
            assert text.endswith("\n"), path
            assert "\r" not in text, path
            widths = {len(row) for row in csv.reader(text.splitlines())}
            assert len(widths) == 1, path


def test_fold_keeps_codes_apart_from_words() -> None:
    assert fold("US") != fold("us")
    assert fold("The Council  Working\u00a0Group") == fold("council working group")
    assert fold("CWG-WSIS & SDG") == fold("CWG WSIS&SDG")
    assert fold("Côte d’Ivoire") == fold("Cote d'Ivoire")


@pytest.mark.corpus
def test_titles_and_numbers_agree_with_the_final_acts(corpus: Path) -> None:
    from lxml import etree

    ns = {"a": "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"}
    acts = etree.parse(str(corpus / "pp18" / "final-acts-pp18.akn.xml"))
    register: Register = REGISTER
    seen = 0
    for statement in acts.iterfind(".//a:statement", ns):
        kind = (statement.findtext(".//a:docType", namespaces=ns) or "").lower()
        number, _, tag = (statement.findtext(".//a:docNumber", namespaces=ns) or "").partition(" ")
        revision = register.revision(kind, "pp", number, "2018")
        assert revision is not None, (kind, number)
        assert revision.first is not tag.startswith("(REV."), (kind, number)
        seen += 1
    assert seen == 64
