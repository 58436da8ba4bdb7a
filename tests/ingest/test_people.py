"""People: each with the country, the role and the meeting that the words give to that person alone."""

from pathlib import Path

import pytest

from ingest.claims import people
from ingest.model import Entity, Value
from tests.ingest.quays import document, rows, said

PEOPLE = [
    # text, {name: country}
    ("Ms Ada Lindqvist (Norway), Chair of CWG-Harbour, spoke.", {"Ada Lindqvist": "NOR"}),
    ("Mr. Tom V. Ode from Norway spoke first.", {"Tom V. Ode": "NOR"}),
    ("Mr. Tom Ode from Norway, Ms. Ida Brandt from Fiji and Mr. Lu Lima from Brazil spoke.",
     {"Tom Ode": "NOR", "Ida Brandt": "FJI", "Lu Lima": "BRA"}),
    ("Mr Tom Ode, Ms Ida Brandt and Mr Lu Lima (Norway, Fiji and Brazil) spoke.",
     {"Tom Ode": "NOR", "Ida Brandt": "FJI", "Lu Lima": "BRA"}),
    ("Mr Tom Ode, Ms Ida Brandt and Mr Lu Lima (Norway) spoke.", {"Tom Ode": "", "Ida Brandt": "", "Lu Lima": "NOR"}),
    ("The guest, Mr. Tom Ode, spoke. Norway thanked him.", {"Tom Ode": ""}),
    ("Dr Maria de la Cruz y Vega and Mr. Al-Amin spoke.", {"Maria de la Cruz y Vega": "", "Al-Amin": ""}),
    ("The Secretary-General and the Chair spoke.", {}),
    ("Some Member States, among them Norway, spoke.", {}),
]  # fmt: skip


@pytest.mark.parametrize(("written", "expected"), PEOPLE)
def test_names_and_countries(tmp_path: Path, written: str, expected: dict[str, str]) -> None:
    found = rows(people.claims, document(tmp_path, written))
    names = {subject: value for subject, predicate, value, _ in found if predicate == "foaf:name"}
    countries = {subject: value for subject, predicate, value, _ in found if predicate == "rc:country"}
    assert {name: countries.get(subject, "") for subject, name in names.items()} == expected


def test_a_person_of_the_register_has_its_key_and_others_one_of_the_text(tmp_path: Path) -> None:
    read = document(tmp_path, "Ms Ada Lindqvist and Mr Tom Ode spoke. Mr Tom Ode spoke twice.")
    keys = {value: subject for subject, _, value, _ in rows(people.claims, read, "foaf:name")}
    assert keys["Ada Lindqvist"] == "ada-lindqvist"
    assert keys["Tom Ode"] == f"{read.reading.checksum[:20]}/24"
    assert len(keys) == 2


CHAIRED = [
    ("The Chair thanked Mr Tom Ode from Norway, Ms Ida Brandt from Fiji and Mr Lu Lima from Brazil for chairing "
     "the fifth, "
     "sixth and seventh meetings of CWG-Harbour respectively.",
     {("cwg-harbour/5", "Tom Ode"), ("cwg-harbour/6", "Ida Brandt"), ("cwg-harbour/7", "Lu Lima")}),
    ("The seventh meeting of CWG-Harbour, chaired by Ms Ada Lindqvist (Norway), was short.",
     {("cwg-harbour/7", "Ada Lindqvist")}),
    ("The seventh meeting of CWG-Harbour was held on 12 May 2031. It was chaired by Ms Ada Lindqvist.",
     {("cwg-harbour/7", "Ada Lindqvist")}),
    ("The tenth meeting of CWG-Harbour was chaired by the Vice-Chair, Mr Tom Ode (Fiji), as the Chair, Ms Ada "
     "Lindqvist, was away.",
     {("cwg-harbour/10", "Tom Ode")}),
    ("Ms Ada Lindqvist chaired the seventh meeting of CWG-Harbour.", {("cwg-harbour/7", "Ada Lindqvist")}),
    ("The fifth and sixth meetings of CWG-Harbour were chaired by Ms Ada Lindqvist and Mr Tom Ode respectively.",
     {("cwg-harbour/5", "Ada Lindqvist"), ("cwg-harbour/6", "Tom Ode")}),
    ("The fifth and sixth meetings of CWG-Harbour were chaired by Ms Ada Lindqvist (Norway).",
     {("cwg-harbour/5", "Ada Lindqvist"), ("cwg-harbour/6", "Ada Lindqvist")}),
    ("The fifth meeting of CWG-Harbour was held in May with Ms Ada Lindqvist (Norway) in the chair.",
     {("cwg-harbour/5", "Ada Lindqvist")}),
    ("Mr Tom Ode took the floor at the fifth meeting of CWG-Harbour; the chair was empty.", set()),
    ("The fifth meeting of CWG-Harbour was chaired by Ms Ada Lindqvist and Mr Tom Ode.",
     {("cwg-harbour/5", "Ada Lindqvist"), ("cwg-harbour/5", "Tom Ode")}),
    # two people and two meetings, and no word on who led which
    ("The fifth and sixth meetings of CWG-Harbour were chaired by Ms Ada Lindqvist and Mr Tom Ode.", set()),
    # two people and three meetings: who chaired which is not said
    ("Mr Tom Ode and Ms Ida Brandt were thanked for chairing the fifth, sixth and seventh meetings of "
     "CWG-Harbour.", set()),
    ("Ms Ada Lindqvist spoke at the seventh meeting of CWG-Harbour.", set()),
]  # fmt: skip


@pytest.mark.parametrize(("written", "expected"), CHAIRED)
def test_who_chaired_what(tmp_path: Path, written: str, expected: set[tuple[str, str]]) -> None:
    found = rows(people.claims, document(tmp_path, written))
    names = {subject: value for subject, predicate, value, _ in found if predicate == "foaf:name"}
    assert {
        (subject, names[value]) for subject, predicate, value, _ in found if predicate == "rc:chairedBy"
    } == expected


ROLES = [
    ("Ms Ada Lindqvist (Norway), Chair of CWG-Harbour, spoke.", ("cwg-harbour", "chair")),
    ("The Vice Chairman of CWG-Tides, Mr. Tom Ode, spoke.", ("cwg-tides", "vice-chair")),
    ("The Group was chaired by Mr Tom Ode (Norway).", ("cwg-harbour", "chair")),
    ("Mr Tom Ode, Chair of the Pilots' Choir, sang.", None),  # no body that anybody knows
    ("Mr Tom Ode spoke after the Chair.", None),
    ("Mr Tom Ode (Norway) chaired the Group.", ("cwg-harbour", "chair")),
    ("Mr Tom Ode (Norway) chairs the Group, and was thanked.", ("cwg-harbour", "chair")),
    ("Mr Tom Ode (Norway) chaired the Group of pilots who sang.", None),
    ("Mr Tom Ode (Norway) chaired the debate.", None),
    ("Thanks went to the Vice-Chairs too: Mr Tom Ode from Norway.", ("cwg-harbour", "vice-chair")),
    ("Thanks went to the Vice-Chairs of another port too: Mr Tom Ode from Norway.", None),
    ("The Vice-Chairs left. Mr Tom Ode spoke.", None),
]


@pytest.mark.parametrize(("written", "expected"), ROLES)
def test_roles(tmp_path: Path, written: str, expected: tuple[str, str] | None) -> None:
    read = document(tmp_path, written)
    found = [dict(claim.details) for claim in people.claims(read) if claim.predicate == "org:hasMembership"]
    held = [(said(part["org:organization"]), said(part["org:role"]).removeprefix("role/")) for part in found]
    assert held == ([expected] if expected else [])


def test_a_list_of_vice_chairs_gives_each_the_office_and_nobody_else(tmp_path: Path) -> None:
    read = document(
        tmp_path,
        "His thanks went to the Vice-Chairmen too: Mr. Tom Ode from Norway, Ms. Ida Brandt from Fiji and Mr. Lu Lima "
        "from Brazil, for their help. Mr. Ed Moor spoke.",
    )
    names = {subject: value for subject, predicate, value, _ in rows(people.claims, read) if predicate == "foaf:name"}
    held = [claim for claim in people.claims(read) if claim.predicate == "org:hasMembership"]
    assert [said(dict(claim.details)["org:role"]) for claim in held] == ["role/vice-chair"] * 3
    assert [names[said(claim.subject)] for claim in held] == ["Tom Ode", "Ida Brandt", "Lu Lima"]


SIGNED = [
    "1.1 The report ends.\n\nChair: Tom Ode (Norway)\n",
    "1.1 The report ends.\n\nTom Ode (Norway)\nChair, CWG-Harbour\n",
    "1.1 The report ends.\n\nMr. Tom Ode (Norway), Chairman, CWG-Harbour\n",
]


@pytest.mark.parametrize("written", SIGNED)
def test_who_signs(tmp_path: Path, written: str) -> None:
    read = document(tmp_path, written)
    found = rows(people.claims, read)
    (person,) = {subject for subject, predicate, value, _ in found if (predicate, value) == ("foaf:name", "Tom Ode")}
    assert ("/".join(read.entity.key), "rc:signedBy", person, "asserted") in found
    assert (person, "rc:country", "NOR", "asserted") in found
    assert any(predicate == "org:hasMembership" for _, predicate, *_ in found)


def test_who_is_only_named_does_not_sign(tmp_path: Path) -> None:
    written = "1.1 Mr Tom Ode (Norway) spoke.\n1.2 The report ends.\n"
    assert rows(people.claims, document(tmp_path, written), "rc:signedBy") == set()


HELD = [
    # words, then name and body, in the order of the names
    ("Mr Tom Ode and Ms Ida Brandt, Chairs of CWG-Harbour and of CWG-Tides respectively, spoke.",
     [("Tom Ode", "cwg-harbour"), ("Ida Brandt", "cwg-tides")]),
    ("Mr Tom Ode and Ms Ida Brandt, Chairs of CWG-Harbour and of the Panel on Ropes respectively, spoke.",
     [("Tom Ode", "cwg-harbour")]),
    ("Mr Tom Ode and Ms Ida Brandt, Vice-Chairs of CWG-Harbour, spoke.",
     [("Tom Ode", "cwg-harbour"), ("Ida Brandt", "cwg-harbour")]),
    # near miss: who chairs which is not said
    ("Mr Tom Ode and Ms Ida Brandt, Chairs of CWG-Harbour and of CWG-Tides, spoke.", []),
]  # fmt: skip


@pytest.mark.parametrize(("written", "expected"), HELD)
def test_roles_in_the_plural_pair_in_turn_or_not_at_all(
    tmp_path: Path, written: str, expected: list[tuple[str, str]]
) -> None:
    found = list(people.claims(document(tmp_path, written)))
    names = {claim.subject: claim.object.text for claim in found if isinstance(claim.object, Value)}
    held = [
        (names[claim.subject], value.key[0])
        for claim in found
        for predicate, value in claim.details
        if predicate == "org:organization" and isinstance(value, Entity)
    ]
    assert held == expected
