"""Citations: every part and every reading proves itself; then what they resolve to."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from ingest.claims.citations import claims
from ingest.finders.citation_forms import Form, forms
from ingest.finders.citations import Scope, read
from ingest.model import Claim, Entity, Link, Value
from ingest.rulebook import rules
from tests.ingest.harbour import document, register

FORMS = [form for part in ("noun", "prefix", "number", "revision", "provision") for form in forms(part)]
READINGS = rules("citations")["reading"]
REGISTER = register()


def known(name: str) -> object:
    return REGISTER.entities_named(name, "body", context=True)


@pytest.mark.parametrize(("form", "example"), [(f, e) for f in FORMS for e in f.examples])
def test_example_of_a_part(form: Form, example: str) -> None:
    assert form.regex.fullmatch(example)


@pytest.mark.parametrize(("form", "text"), [(f, n) for f in FORMS for n in f.near_misses])
def test_near_miss_of_a_part(form: Form, text: str) -> None:
    assert not form.regex.fullmatch(text)


def told(row: str) -> list[str]:
    return [cell.strip() for cell in row.split("|")]


@pytest.mark.parametrize("row", READINGS, ids=lambda row: row["text"][:40])
def test_reading(row: dict[str, list[str]]) -> None:
    text = str(row["text"])
    found = []
    for cited in read(Scope(text, 0, len(text), known)):
        parts = cited.parts
        tag = parts.get("tag", "") if "revision" not in parts else ""
        issuer = parts.get("issuer", tag)
        found.append([parts["kind"], issuer, parts["number"], parts.get("revision", ""), parts.get("clause", "")])
        assert parts["number"] in text[cited.start : cited.end]
    assert found == [told(cites) for cites in row["cites"]]


RESOLVED = [
    # text; the key of each link or "", the beginning of the reason of the last
    ("Resolution 61 (Rev. Larkhaven, 2031)", ["pc 61 2031"], "Larkhaven"),
    ("Resolutions 61 and 88 (REV. LARKHAVEN, 2031)", ["pc 61 2031", "pc 88 2031"], "LARKHAVEN"),
    ("Resolutions 12 (Rev. Osterby, 2027) and 13, 14 (Rev. Milford, 2028) of the Standards Assembly",
     ["sa 12 2027", "sa 13 2028", "sa 14 2028"], "issued by “Standards Assembly”; not in the register"),
    ("PP-31 Res. 93; Resolutions PP-31 61 and 88", ["pc 93 2031", "pc 61 2031", "pc 88 2031"], "PP-31 is"),
    ("Council Resolution 2207 (C22, last amended C28)", ["council 2207 2028"], "issued by “Council”"),
    ("Council Resolution 2207 (Mod. 2028)", ["council 2207 2028"], "issued by"),
    ("Resolution 2207 (Mod. 2028)", ["council 2207 2028"], "no issuer given; the only body"),
    ("Resolution 2208 (Mod. 2028)", [""], "no issuer given, and the register does not know"),
    ("Resolution 40 (Rev. RC-29) implements Resolution 40 (Osterby, 2027)", ["rc 40 2029", "sa 40 2027"], "Osterby"),
    ("Resolution 40 is read", [""], "no issuer given; 3 bodies are possible"),
    ("Res. 93, 12 and 61 are read", ["pc 93", "", "pc 61"], "no issuer given; the only body"),
    ("the Plenipotentiary Conference (PP-31) Resolution 61", ["pc 61 2031"], "issued by"),
    ("Resolution 5 (Rev. Twintown, 2030)", ["sa 5 2030"], "Twintown, 2030; not in the register"),
    ("Resolution 5 (Rev. Eastmere, 2028)", [""], "Eastmere, 2028; 2 bodies are possible"),
    ("Resolution 5 (Rev. Nowhere, 2030)", [""], "no issuer given, and no conference is known"),
    ("Resolution 61 (Rev. Larkhaven, 2031) of the Standards Assembly", [""], "issued by “Standards Assembly”, but"),
    ("Resolution 7 (2029) of the River Board", ["river-board 7 2029"], "issued by “River Board”, a body known from"),
    ("River Security Council Resolution 2207 (2028)", ["river-security-council 2207 2028"], "issued by"),
    ("Resolution 61 of the Fishery Institute of Sudmark", [""], "the register knows no body called “Fishery Institute"),
    ("The Council was told to reconsider its own Resolution 2207.", ["council 2207"], "“its own”"),
    ("PP Res. 61, discussed in May 2032", ["pc 61"], "issued by “PP”; no revision given"),
    ("UNGA Resolution 70/125; resolution 70/1; A/RES/71/2", ["unga 70/125", "unga 70/1", "unga 71/2"],
     "issued by “A/RES”"),
    ("Resolution IHU-R 48-2 (Rev. Milford, 2028)", ["sa 48 2028"], "issued by “IHU-R”"),
    ("Resolution 61 (Rev. PP-99)", [""], "no conference or session is known as PP-99"),
    # found from context: issuer, revision, both; never where two are cited
    ("Resolution 61 (Rev. Larkhaven, 2031). Res. 61", ["pc 61 2031", "pc 61 2031"], "found from context"),
    ("Resolution 12 (Osterby, 2027), Council Resolution 2207 and the respective Resolution 12",
     ["sa 12 2027", "council 2207", "sa 12 2027"], "found from context"),
    ("Resolution 12 (Osterby, 2027), PP Resolution 61 (Norby, 2027) and the respective Resolution 12",
     ["sa 12 2027", "pc 61 2027", ""], "no issuer given"),
    ("The Council met. In its resolution 70/125 the UNGA spoke of the sea.", ["unga 70/125"], "numbered"),
    ("PP Resolution 61; Resolution 61 (Rev. Larkhaven, 2031)", ["pc 61 2031", "pc 61 2031"], "Larkhaven"),
    ("Resolution 61 (Rev. Larkhaven, 2031), Resolution 61 (Norby, 2027), PP Res. 61",
     ["pc 61 2031", "pc 61 2027", "pc 61"], "issued by “PP”; no revision"),
    ("Resolution 58 (Rev. Larkhaven, 2031), Resolution 58 (Milford, 2028), Res. 58",
     ["pc 58 2031", "sa 58 2028", ""], "no issuer given; 2 bodies"),
    ("Council Resolution 2207 (Mod. 2025) and Council Resolution 2207 (Mod. 2028); Council Resolution 2207",
     ["council 2207 2025", "council 2207 2028", "council 2207"], "issued by “Council”; no revision"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "keys", "reason"), RESOLVED, ids=lambda value: str(value)[:40])
def test_resolved(tmp_path: Path, text: str, keys: list[str], reason: str) -> None:
    links = citations(document(tmp_path, text).links)
    assert [" ".join(link.entity.key[1:]) if link.entity else "" for link in links] == keys
    assert links[-1].reason.startswith(reason)


def citations(links: tuple[Link, ...]) -> list[Link]:
    return [link for link in links if link.mention.kind == "citation"]


def test_this_conference_is_the_body_of_the_document(tmp_path: Path) -> None:
    (link,) = citations(document(tmp_path, "Resolution 71 (Rev. Larkhaven, 2031) of this conference", body="pc").links)
    assert link.entity == Entity("revision", ("resolution", "pc", "71", "2031"))


def test_quotes_are_slices_of_the_text_as_read(tmp_path: Path) -> None:
    written = "[bookmark: _Ref1]In line with Resolution\u00a061 (Rev.\u00a0Larkhaven, 2031), “this” and Res.\u202f88."
    found = document(tmp_path, written)
    quotes = [link.mention.quote for link in citations(found.links)]
    assert quotes == ["Resolution\u00a061 (Rev.\u00a0Larkhaven, 2031)", "Res.\u202f88"]
    for link in found.links:
        span = link.mention.span
        assert found.reading.text[span.start : span.end] == link.mention.quote


REPORT = """\
Purpose
The Group met in line with Resolution 61 (Norby, 2027) and PP Res. 61, 88.

References
Resolution 88 (Rev. Larkhaven, 2031), Document CWG-Harbour-7/3

1.\tIntroduction
1.1\tResolution 61 (Norby, 2027) was read with CWG-Harbour 7/4 and 7/5-E.
"""


def objects(found: list[Claim], predicate: str) -> list[str]:
    return [str(c.object) for c in found if c.predicate == predicate]


def test_claims_of_a_report(tmp_path: Path) -> None:
    found = list(claims(document(tmp_path, REPORT, date="2032-01-10")))
    assert objects(found, "eli:cites") == ["revision:resolution:pc:61:2027", "revision:resolution:pc:88:2031"]
    first = next(c for c in found if c.predicate == "eli:cites")
    assert len(first.spans) == 3
    assert first.doubt is None
    assert objects(found, "dcterms:references") == ["revision:resolution:pc:88:2031", "document:cwg-harbour:7:3"]
    assert objects(found, "schema:mentions") == [f"document:cwg-harbour:7:{n}" for n in (3, 4, 5)]


def test_a_citation_is_a_record_with_its_words(tmp_path: Path) -> None:
    found = list(claims(document(tmp_path, REPORT, date="2032-01-10")))
    records = [c for c in found if isinstance(c.object, Entity) and c.object.kind == "citation"]
    assert len(records) == 5
    details = dict(records[0].details)
    assert details["rc:asWritten"] == Value("Resolution 61 (Norby, 2027)")
    assert details["cito:hasCitedEntity"] == Entity("revision", ("resolution", "pc", "61", "2027"))
    assert not {"rc:verdict", "rc:successor"} & set(details)  # no part of what the document says
    assert records[1].doubt is not None
    assert records[1].doubt.startswith("Found from context")


def test_the_heading_of_an_instrument_cites_nothing(tmp_path: Path) -> None:
    found = list(
        claims(document(tmp_path, "RESOLUTION 61 (REV. LARKHAVEN, 2031)\n\nResolution 88 (Rev. Larkhaven, 2031)"))
    )
    assert objects(found, "eli:cites") == ["revision:resolution:pc:88:2031"]


HOSTILE = [
    "Resolutions " + "1, " * 20000,
    "Resolution 1 (" * 8000,
    "Resolution 1 \"" + "a" * 90000,
    "Resolution " + "9" * 90000,
    "Council of the " * 8000 + "Resolution 5",
    "Resolution 5 of the " + "Council of the " * 8000,
    "Resolution 5 (Rev. " + "Aa " * 30000 + ", 2031)",
    "§ 1, 2, " * 12000 + "of the Resolution 5",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:20])
def test_hostile_text_is_read_in_linear_time(text: str) -> None:
    started = time.perf_counter()
    list(read(Scope(text, 0, len(text), known)))
    assert time.perf_counter() - started < 2
