"""When an answer comes and goes: histories of made-up answers, and the registers as known on a day."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from ingest.clocks import Answer, history
from ingest.clocks.conclusions import Chronicle, Chronicles, conclusions
from ingest.clocks.registers import register_history
from ingest.graph.triples import assertion_key
from ingest.inference import Account, Archive
from ingest.inference.archive import conclusion
from ingest.model import Claim, Entity, Held, Known, Value
from ingest.register import Register, load

DAYS = ["2030-01-01", "2030-02-01", "2030-03-01", "2030-04-01", "2030-05-01"]
PIER, BUOY = Entity("body", ("pier",)), Entity("decision", ("file", "10"))


def said(words: str, *details: tuple[str, str]) -> Claim:
    """A record stated by a body if there are details, else a plain fact about it."""
    about = tuple((predicate, Value(text)) for predicate, text in details)
    what = BUOY if details else Value(words)
    return Claim(PIER, "rc:records" if details else "rc:number", what, "asserted", "text", "test", details=about)


def asking(answers: Mapping[str, list[Claim]], asked: list[str] | None = None) -> Callable[[str], Answer]:
    def ask(day: str) -> Answer:
        if asked is not None:
            asked.append(day)
        last = max((known for known in answers if known <= day), default="")
        return {assertion_key("test", claim): claim for claim in answers.get(last, [])}

    return ask


PLAIN = [
    # what is claimed from which day on               object, since, until
    ({"2030-01-01": ["a"]}, [("a", 0, None)]),
    ({"2030-01-01": ["a"], "2030-02-01": ["a", "b"]}, [("a", 0, None), ("b", 1, None)]),
    ({"2030-01-01": ["a"], "2030-03-01": ["b"]}, [("a", 0, 2), ("b", 2, None)]),
    ({"2030-01-01": ["a"], "2030-02-01": [], "2030-04-01": ["a"]}, [("a", 0, 1), ("a", 3, None)]),
    ({"2030-01-01": [], "2030-04-01": ["a", "b"], "2030-05-01": ["b"]}, [("a", 3, 4), ("b", 3, None)]),
    ({"2030-01-01": []}, []),
]  # fmt: skip


@pytest.mark.parametrize(("answers", "expected"), PLAIN)
def test_a_claim_is_kept_for_as_long_as_it_is_made(
    answers: dict[str, list[str]], expected: list[tuple[str, int, int | None]]
) -> None:
    told = {day: [said(words) for words in many] for day, many in answers.items()}
    kept = list(history(DAYS, asking(told), pivots=range(len(DAYS))))
    found = [(k.claim.object.text, k.since, k.until) for k in kept if isinstance(k.claim.object, Value)]
    assert sorted(found) == [(w, DAYS[since], DAYS[until] if until else None) for w, since, until in expected]
    assert len({k.key for k in kept}) == len(kept)


def test_nothing_is_asked_between_two_days_with_the_same_answer() -> None:
    asked: list[str] = []
    list(history(DAYS, asking({"2030-01-01": [said("a")]}, asked)))
    assert asked == [DAYS[0], DAYS[-1]]


RECORDS = [
    # place of the record from which day on                 lasting  passing (place, since, until)
    ({"2030-01-01": "quay"}, ["quay"], []),
    ({"2030-01-01": "quay", "2030-03-01": "lock"}, ["lock"], [("lock", 2, None), ("quay", 0, 2)]),
    ({"2030-01-01": "", "2030-03-01": "lock"}, ["lock"], [("lock", 2, None)]),
    ({"2030-01-01": "quay", "2030-03-01": ""}, [], [("quay", 0, 2)]),
]  # fmt: skip


@pytest.mark.parametrize(("places", "lasting", "passing"), RECORDS)
def test_a_property_of_a_record_that_changes_is_a_claim_of_its_own(
    places: dict[str, str], lasting: list[str], passing: list[tuple[str, int, int | None]]
) -> None:
    always = ("rc:condition", "at high tide")
    told = {day: [said("", always, *[("rc:actor", place)] * bool(place))] for day, place in places.items()}
    kept = list(history(DAYS, asking(told), pivots=range(len(DAYS))))
    record = next(k for k in kept if k.claim.object == BUOY)
    assert (record.since, record.until) == (DAYS[0], None)
    assert [v.text for p, v in record.claim.details if p == "rc:actor" and isinstance(v, Value)] == lasting
    assert ("rc:condition", Value("at high tide")) in record.claim.details
    about = [k for k in kept if k.claim.subject == BUOY]
    found = [(k.claim.object.text, k.since, k.until) for k in about if isinstance(k.claim.object, Value)]
    assert sorted(found) == [(w, DAYS[since], DAYS[until] if until else None) for w, since, until in passing]
    assert all(k.claim.predicate == "rc:actor" and not k.claim.details for k in about)


def test_labels_are_no_facts() -> None:
    told = {"2030-01-01": [said("", ("rdfs:label", "one"))], "2030-03-01": [said("", ("rdfs:label", "other"))]}
    kept = list(history(DAYS, asking(told), pivots=range(len(DAYS))))
    assert [(k.since, k.until) for k in kept] == [(DAYS[0], None)]


# ---- conclusions ----------------------------------------------------------------------------------------------------


def chronicle(name: str, earliest: str | None, latest: str | None, words: str) -> Chronicle:
    held = Held(f"{name}-key", said(words), Known(earliest, latest))
    return Chronicle(Account(name, (), "", earliest, latest), (held,))


def how_many(archive: Archive) -> list[Claim]:
    """A rule that any further document overturns: the number of accounts."""
    keys = tuple(key for account in archive.accounts for key, _ in account.claims)
    return [conclusion(PIER, "rc:number", Value(str(len(keys))), "test", keys)]


def test_a_conclusion_is_held_until_a_document_overturns_it(tmp_path: Path) -> None:
    record = Chronicles(
        (
            chronicle("a", "2030-01-01", "2030-01-01", "x"),
            chronicle("b", "2030-02-01", "2030-03-01", "y"),
            chronicle("c", None, None, "undated"),
        ),
        (),
        load([tmp_path]),
    )
    held = conclusions(record, lambda archive: iter(how_many(archive)))
    found = {each.claim.object.text: each.known for each in held if isinstance(each.claim.object, Value)}
    assert found == {
        "1": Known("2030-01-01", "2030-01-01", "2030-03-01"),
        "2": Known("2030-02-01", "2030-03-01", None),
        "3": Known(),
    }


def test_a_conclusion_rests_on_what_it_rested_on_at_first(tmp_path: Path) -> None:
    """That a text was in force then stays true when its end is learnt: it rests on what it rested on at first."""
    record = Chronicles(
        (chronicle("a", "2030-01-01", "2030-01-01", "x"), chronicle("b", "2030-02-01", "2030-03-01", "y")),
        (),
        load([tmp_path]),
    )

    def rule(archive: Archive) -> Iterator[Claim]:
        keys = tuple(key for account in archive.accounts for key, _ in account.claims)
        return iter([conclusion(PIER, "rc:number", Value("1"), "test", keys)])

    ((known, premises),) = [(each.known, each.claim.premises) for each in conclusions(record, rule)]
    assert known == Known("2030-01-01", "2030-01-01", None)
    assert premises == ("a-key",)


# ---- registers ------------------------------------------------------------------------------------------------------

HEADS = {
    "bodies": "slug,label,label_fr,kind,parent",
    "conferences": "body,year,label,ordinal,city,city_aliases,country,start,end,tag,modality,cited_by",
    "resolutions": "kind,issuer,number,label,complete_until",
    "revisions": "kind,issuer,number,year,adopted_at,city,title,title_begins,notations,first,status,replaced_by,ended",
}
LAST = "source,verified,unverified,known_since,derived_from,known_later"
ROWS = {
    "bodies": ["assembly,Assembly,,plenipotentiary-conference,,D,yes,,2035-01-01,,"],
    "conferences": [
        "assembly,2027,\"Assembly (Alba, 2027)\",,Alba,,,2027-05-01,2027-05-20,A-27,asserted,city,D,yes,,,,",
        "assembly,2031,\"Assembly (Novara, 2031)\",,Novara,,,,,A-31,asserted,city,D,yes,,,,",
        "assembly,2035,\"Assembly (Alba, 2035)\",,Alba,,,,,A-35,planned,city,D,yes,,,,",
    ],
    "resolutions": ["resolution,assembly,61,,2032-01-01,D,yes,,2028-01-01,,complete_until=2033-06-01"],
    "revisions": [
        "resolution,assembly,61,2027,conference,Alba,Tides,,\"Alba, 2027\",yes,adopted,,,D,yes,,,,",
        "resolution,assembly,61,2031,conference,Novara,Tides,,\"Rev. Novara, 2031\",no,adopted,,,D,yes,,"
        "2032-02-01/2032-03-01,,title=2034-01-01/2034-02-01",
    ],
}  # fmt: skip


@pytest.fixture
def register(tmp_path: Path) -> Register:
    for name, rows in ROWS.items():
        (tmp_path / f"{name}.csv").write_text("\n".join([f"{HEADS[name]},{LAST}", *rows]) + "\n", encoding="utf-8")
    return load([tmp_path])


def test_rows_without_a_date_are_as_old_as_what_they_tell(register: Register) -> None:
    since = {row.key: row.known_since for row in register.rows()}
    assert since["assembly-2027"] == "2027-05-20"
    assert since["assembly-2031"] == "2031-01-01/2031-12-31"
    assert since["assembly-2035"] is None
    assert since["resolution-assembly-61-2027"] == "2027-05-20"
    assert since["resolution-assembly-61-2031"] == "2032-02-01/2032-03-01"


STANDING = [
    # as known on   how many texts   in force on 2032-06-01   complete until
    ("2027-05-19", 0, None, None),
    ("2030-01-01", 1, "2027", None),
    ("2032-02-15", 1, None, None),  # another conference was held, and no row says that it left the text alone
    ("2032-03-01", 2, "2031", None),
    ("2033-06-01", 2, "2031", "2032-01-01"),
]  # fmt: skip


@pytest.mark.parametrize(("day", "texts", "year", "complete"), STANDING)
def test_the_registers_as_known_on_a_day(
    register: Register, day: str, texts: int, year: str | None, complete: str | None
) -> None:
    known = register.known_on(day)
    assert len(known.tables.revisions) == texts
    found = known.in_force("resolution", "assembly", "61", "2032-06-01")
    assert (found.year if found else None) == year
    instrument = known.instrument("resolution", "assembly", "61")
    assert (instrument.complete_until if instrument else None) == complete
    if texts == 2:
        assert known.tables.revisions[1].title is None  # that cell was learnt after the rest of its row
    assert known.body_named("Assembly") == ("assembly",)  # a means of reading, though its row is of 2035


def test_facts_of_the_registers_are_as_old_as_the_last_row_that_they_rest_on(register: Register) -> None:
    known = {(str(h.claim.subject), h.claim.predicate): h.known for h in register_history(register)}
    first = "revision:resolution:assembly:61:2027"
    second = "revision:resolution:assembly:61:2031"
    assert known[first, "eli:title"] == Known("2027-05-20", "2027-05-20")
    assert known[second, "prov:wasRevisionOf"] == Known("2032-02-01", "2032-03-01")
    assert known[second, "eli:title"] == Known("2034-01-01", "2034-02-01")
    assert known["conference:assembly:2035", "rdfs:label"] == Known()
    assert known["body:assembly", "rdfs:label"] == Known("2035-01-01", "2035-01-01")
