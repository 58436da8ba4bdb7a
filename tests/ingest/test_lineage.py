"""Clause lineage: what became of each clause, which clause an excerpt quotes, and what is concluded from an archive."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from ingest.claims import all_claims
from ingest.graph.iris import DEFAULT_BASE, Minter, file_key
from ingest.graph.labels import Labels
from ingest.graph.triples import Graph, merged, write_claims
from ingest.inference import Account, Archive, Keyed
from ingest.inference.lineage import clause_lineage
from ingest.lineage import Provision, compare
from ingest.lineage.quoting import nearest
from ingest.lineage.words import differing, parts_of, words_of
from ingest.model import Claim, Entity, Known, Span, Value
from ingest.register import Register, load
from ingest.registers import lines
from tests.ingest.minutes import real
from tests.ingest.test_infer import table

# ---- words ----------------------------------------------------------------------------------------------------------

ALIKE = [
    ("that Lamps be lit;", "that lamps  be lit,"),
    ("the “green” lamp", 'the "green" lamp'),
    ("the warden's log", "the warden’s log"),
    ("policy-makers and others", "policy makers and others"),
    ("a re\u2011lit lamp", "a re-lit lamp"),
    ("the parishes3 concerned", "the parishes concerned"),
    ("l'allumage des feux", "l’allumage des feux"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_words_alike_but_for_their_print(one: str, other: str) -> None:
    assert parts_of(words_of(one)) == parts_of(words_of(other))


@pytest.mark.parametrize(
    ("one", "other"), [("13 lamps", "31 lamps"), ("lamp A1", "lamp A2"), ("5 %", "5"), ("WG12", "WG")]
)
def test_words_that_differ(one: str, other: str) -> None:
    assert parts_of(words_of(one)) != parts_of(words_of(other))


DIFFERENCES = [
    # earlier, later, removed, added
    ("that lamps shall burn;", "that lamps should burn;", ("shall",), ("should",)),
    ("Resolution 3 (Rev. Alba, 2030)", "Resolution 3 (Rev. Novara, 2034)", ("Alba, 2030",), ("Novara, 2034",)),
    ("to seat at most forty", "to seat at most thirty-two", ("forty",), ("thirty-two",)),
    ("to light lamps.", "to light lamps.", (), ()),
    ("to meet policy makers", "to meet policy-makers", (), ()),
    ("to light lamps", "to light lamps, and to trim “wicks”;", (), ("and to trim “wicks",)),
    ("to trim the wicks and sell oil", "to trim the wicks", ("and sell oil",), ()),
]  # fmt: skip


@pytest.mark.parametrize(("earlier", "later", "removed", "added"), DIFFERENCES)
def test_differing(earlier: str, later: str, removed: tuple[str, ...], added: tuple[str, ...]) -> None:
    assert differing(earlier, later) == (removed, added)


def test_beside_an_excerpt_only_what_it_spans_differs() -> None:
    whole = "to keep, in each harbour of the bay, two lamps burning from dusk, and to report on their oil each spring"
    quoted = "two lanterns burning from dusk, and to report on their oil"
    assert differing(whole, quoted, whole="earlier") == (("lamps",), ("lanterns",))
    assert differing(quoted, whole, whole="later") == (("lanterns",), ("lamps",))
    assert differing(whole, "two lamps burning from dusk", whole="earlier") == ((), ())
    assert differing(whole, "two lamps burning from dusk") != ((), ())


# ---- compare --------------------------------------------------------------------------------------------------------

LAMPS = "that every harbour shall keep two green lamps burning from dusk"
WICKS = "to trim the wicks of the pier lamps before each spring tide"
OIL = "to buy whale oil for the coming winter from the merchants of Sarn"
ROPES = "to replace frayed ropes on the ferry landing"
REPORT = "to report annually to the Council on the state of the piers"


def text(*clauses: str | tuple[str, str | None, str | None, str]) -> list[Provision]:
    """Provisions in order; words alone are of "resolves" and numbered by their place."""
    made = []
    for at, each in enumerate(clauses, 1):
        role, addressee, number, words = ("resolves", None, str(at), each) if isinstance(each, str) else each
        made.append(Provision(at, role, addressee, number, words))
    return made


def found(
    earlier: Sequence[Provision], later: Sequence[Provision]
) -> list[tuple[str, tuple[int, ...], tuple[int, ...]]]:
    return [(" ".join(change.kinds), change.earlier, change.later) for change in compare(earlier, later)]


MATRON, MASTER = ("instructs", "the Matron"), ("instructs", "the Harbour Master")

COMPARED = [
    # what the case shows, earlier, later, changes
    ("nothing at all", text(), text(), []),
    ("all of it new", text(), text(LAMPS), [("new", (), (1,))]),
    ("all of it gone", text(LAMPS), text(), [("dropped", (1,), ())]),
    ("the same", text(LAMPS), text(LAMPS.upper() + ";"), [("same", (1,), (1,))]),
    ("a word changed", text(LAMPS), text(LAMPS.replace("two", "three")), [("edited", (1,), (1,))]),
    (
        "one put before",
        text(LAMPS),
        text(WICKS, LAMPS),
        [("new", (), (1,)), ("same renumbered", (1,), (2,))],
    ),
    (
        "swapped is renumbered, not moved",
        text(LAMPS, WICKS),
        text(WICKS, LAMPS),
        [("same renumbered", (2,), (1,)), ("same renumbered", (1,), (2,))],
    ),
    (
        "under another addressee",
        text((*MATRON, "1", OIL)),
        text((*MASTER, "1.", OIL)),
        [("same moved", (1,), (1,))],
    ),
    (
        "a number and none are two",
        text((*MATRON, "a)", OIL)),
        text((*MATRON, None, OIL)),
        [("same renumbered", (1,), (1,))],
    ),
    (
        "printed alike under two heads",
        text((*MATRON, "1", REPORT), (*MASTER, "1", REPORT)),
        text((*MASTER, "1", REPORT), (*MATRON, "1", REPORT)),
        [("same", (2,), (1,)), ("same", (1,), (2,))],
    ),
    (
        "of two alike that is left which stands under its head",
        text((*MATRON, "1", REPORT), (*MASTER, "1", REPORT)),
        text((*MASTER, "1", REPORT)),
        [("same", (2,), (1,)), ("dropped", (1,), ())],
    ),
    (
        "split",
        text(f"{WICKS}, and {OIL}"),
        text(WICKS, OIL),
        [("split", (1,), (1, 2))],
    ),
    (
        "merged",
        text(LAMPS, WICKS, OIL),
        text(LAMPS, f"{WICKS}, and {OIL}"),
        [("same", (1,), (1,)), ("merged", (2, 3), (2,))],
    ),
    (
        "half of it cut away",
        text(f"{WICKS}, {OIL}, and {ROPES}", LAMPS),
        text(WICKS, LAMPS),
        [("edited", (1,), (1,)), ("same", (2,), (2,))],
    ),
    (
        "a formula in common is not enough",
        text("to report annually to the Council on the price of whale oil"),
        text("to report annually to the Council on frayed ropes at ferry landings"),
        [("new", (), (1,)), ("dropped", (1,), ())],
    ),
    (
        "a paraphrase is dropped and new",
        text("that lights be shown at night in all ports"),
        text(LAMPS),
        [("new", (), (1,)), ("dropped", (1,), ())],
    ),
    (
        "another resolution is cited",
        text("Resolution 5 (Rev. Sarn, 2027) of the League, on casks;"),
        text("Resolution 12 (Novara, 2030) of the League, on nets;"),
        [("new", (), (1,)), ("dropped", (1,), ())],
    ),
    (
        "the same resolution is cited as revised",
        text("Resolution 5 (Rev. Sarn, 2027) of the League, on casks;"),
        text("Resolution 5 (Rev. Alba, 2031) of the League, on casks;"),
        [("edited", (1,), (1,))],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("earlier", "later", "changes"), [case[1:] for case in COMPARED], ids=[c[0] for c in COMPARED])
def test_compare(earlier: list[Provision], later: list[Provision], changes: list[object]) -> None:
    assert found(earlier, later) == changes


def many(seed: int, count: int) -> list[Provision]:
    """Clauses that share one small vocabulary."""
    chance = random.Random(seed)  # noqa: S311
    stock = [f"{kind}{number}" for kind in ("oil", "lamp", "rope", "pier", "tide") for number in "abcdefghijklmn"]
    words = (" ".join(chance.choices(stock, k=chance.randint(8, 30))) for _ in range(count))
    return [
        Provision(at, chance.choice(["noting", "resolves"]), None, str(at), each) for at, each in enumerate(words, 1)
    ]


def test_every_clause_stands_in_one_change_and_the_order_of_work_does_not_matter() -> None:
    earlier, later = many(1, 40), many(2, 20) + many(1, 40)[10:35]
    later = [Provision(at, p.role, p.addressee, p.number, p.words) for at, p in enumerate(later, 1)]
    changes = compare(earlier, later)
    assert sorted(at for change in changes for at in change.earlier) == list(range(1, 41))
    assert sorted(at for change in changes for at in change.later) == list(range(1, 46))
    assert compare(list(earlier), tuple(later)) == changes
    assert sum("same" in change.kinds for change in changes) == 25


def test_a_long_text_takes_well_under_a_second() -> None:
    earlier = many(3, 150)
    later = [Provision(p.position, p.role, None, p.number, p.words.replace("oila", "wax")) for p in earlier]
    began = time.perf_counter()
    changes = compare(earlier, later)
    assert time.perf_counter() - began < 2  # a tenth of this on the machine it was written on
    assert {change.earlier for change in changes} == {(at,) for at in range(1, 151)}


# ---- excerpts -------------------------------------------------------------------------------------------------------

HELD = text(LAMPS, WICKS, (*MATRON, "1", OIL), (*MATRON, "2", REPORT), (*MASTER, "1", REPORT))


def quote(words: str, role: str = "", addressee: str | None = None, number: str | None = None) -> Provision:
    return Provision(1, role, addressee, number, words)


NEAREST = [
    # excerpt, position of the clause, whether it is clear
    (quote("the wicks of the pier lamps before each spring tide"), 2, True),
    (quote("it told the Matron to buy whale oil for the winter"), 3, True),
    (quote(REPORT), 4, False),
    (quote(REPORT, "instructs", "the Harbour Master"), 5, True),
    (quote("Annex 2"), None, False),
    (quote("to send the choir to the autumn fair of Belmora"), None, False),
]  # fmt: skip


@pytest.mark.parametrize(("words", "position", "clear"), NEAREST)
def test_nearest(words: Provision, position: int | None, clear: bool) -> None:
    near = nearest(words, HELD)
    assert (near is not None and near.score >= 0.5 and near.margin >= 0.1) == clear
    if near is not None and position is not None:
        assert near.index + 1 == position


# ---- inference ------------------------------------------------------------------------------------------------------


@pytest.fixture
def register(tmp_path: Path) -> Register:
    """The League, whose Resolution 61 was revised in 2027, 2029 and 2031."""
    league = {"slug": "league", "label": "League of Harbours", "kind": "conference"}
    table(tmp_path, "bodies", lines.BODY, league)
    instrument = {"kind": "resolution", "issuer": "league", "number": "61"}
    table(tmp_path, "resolutions", lines.INSTRUMENT, instrument)
    table(
        tmp_path,
        "revisions",
        lines.REVISION,
        *({**instrument, "year": year, "first": "unknown"} for year in ("2027", "2029", "2031")),
    )
    return load([tmp_path])


def revision(year: str) -> Entity:
    return Entity("revision", ("resolution", "league", "61", year))


def holds(name: str, year: str, kind: str, *clauses: tuple[str, str | None, str]) -> Account:
    """A document that holds clauses or excerpts (role, number, words) of Resolution 61 of that year."""
    said, claims = "", list[Keyed]()
    for at, (role, number, words) in enumerate(clauses, 1):
        span = Span(len(said), len(said) + len(words))
        said += words + "\n"
        key = (*revision(year).key, str(at)) if kind == "clause" else (name, str(span.start))
        details: list[tuple[str, Entity | Value]] = [("rc:clauseRole", Entity("concept", ("clause-role", role)))]
        if number:
            details.append(("rc:numberAsPrinted", Value(number)))
        claim = Claim(
            revision(year), "eli:has_part", Entity(kind, key), "asserted", "text", "test", (span,),
            details=tuple(details),
        )  # fmt: skip
        claims.append((f"{name}-{at}", claim))
    return Account(name, tuple(claims), said)


def lineage(register: Register, *accounts: Account) -> list[Claim]:
    rows = tuple((f"row-{at}", claim) for at, claim in enumerate(register.claims()))
    return list(clause_lineage(Archive.of(accounts, Account("register", rows), register)))


def kinds(claim: Claim) -> list[str]:
    return [v.key[-1] for p, v in claim.details if p == "rc:changeKind" and isinstance(v, Entity)]


def ends(claim: Claim) -> list[str]:
    return [str(v) for p, v in claim.details if p in ("rc:earlierClause", "rc:laterClause")]


OLD = (
    ("noting", None, "that the fog over Sarn lasts longer each year,"),
    ("resolves", "1", LAMPS),
    ("resolves", "2", OIL),
)
NEW = (("resolves", "1", LAMPS.replace("two", "three")), ("resolves", "2", ROPES), ("resolves", "3", OIL))


def test_two_whole_texts(register: Register) -> None:
    claims = lineage(register, holds("a", "2027", "clause", *OLD), holds("b", "2029", "clause", *NEW))
    changes = [claim for claim in claims if claim.predicate == "rc:clauseChange"]
    assert [(kinds(c), c.premises) for c in changes] == [
        (["edited", "renumbered"][:1], ("a-2", "b-1", *known(register, "2029"))),
        (["new"], ("b-2", "a-1", *known(register, "2029"))),
        (["same", "renumbered"], ("a-3", "b-3", *known(register, "2029"))),
        (["dropped"], ("a-1", "b-1", *known(register, "2029"))),
    ]
    assert {claim.subject for claim in changes} == {revision("2029")}
    assert all(claim.doubt is None and claim.rule == "clause-lineage" for claim in claims)
    derived = [(str(c.subject), str(c.object)) for c in claims if c.predicate == "prov:wasDerivedFrom"]
    part = "clause:resolution:league:61"
    assert derived == [(f"{part}:2029:1", f"{part}:2027:2"), (f"{part}:2029:3", f"{part}:2027:3")]
    details = dict(changes[0].details)
    assert details["rdfs:label"] == Value("Resolution 61: resolves 1 of 2027 → resolves 1 of 2029, edited")
    assert details["rc:wordsRemoved"] == Value("two", language="en")
    assert details["rc:wordsAdded"] == Value("three", language="en")
    assert details["rc:comparesExcerpt"] == Value("false", "xsd:boolean")
    assert [claim.score is None for claim in changes] == [False, True, False, True]


def known(register: Register, year: str) -> tuple[str, ...]:
    """The keys of the register's word for what a revision follows."""
    return tuple(
        f"row-{at}"
        for at, claim in enumerate(register.claims())
        if claim.subject == revision(year) and claim.predicate in ("prov:wasRevisionOf", "dcterms:replaces")
    )


def test_a_revision_in_between_that_nobody_has_is_a_doubt(register: Register) -> None:
    claims = lineage(register, holds("a", "2027", "clause", *OLD), holds("b", "2031", "clause", *NEW))
    assert claims
    assert all(c.doubt is not None and "the revision of 2029 lies between" in c.doubt for c in claims)
    assert all(not any(p.startswith("row-") for p in c.premises) for c in claims)


def test_texts_with_nothing_in_common_or_in_two_languages_are_not_compared(register: Register) -> None:
    other = (("resolves", "1", "that the choir shall sing at the autumn fair of Belmora and in the chapel of Tervo"),)
    assert lineage(register, holds("a", "2027", "clause", *OLD), holds("b", "2029", "clause", *other)) == []
    french = (
        "que les feux du port et les lampes des quais sont à la charge des communes, "
        "avec une aide pour les plus pauvres"
    )
    told = (*(("resolves", str(at), f"{french} {at}") for at in range(1, 8)), ("resolves", "8", OIL))
    english = (*OLD, ("resolves", "3", f"{REPORT}, and of all of the lamps that are in the care of the League"))
    assert lineage(register, holds("a", "2027", "clause", *english), holds("b", "2029", "clause", *NEW))
    assert lineage(register, holds("a", "2027", "clause", *english), holds("b", "2029", "clause", *told)) == []


def test_excerpts_show_what_is_carried_on_and_nothing_else(register: Register) -> None:
    quoted = (
        ("resolves", "2", "every harbour shall keep three green lamps burning"),
        ("resolves", "3", "to hire a choir for the autumn fair"),
    )
    claims = lineage(register, holds("a", "2027", "clause", *OLD), holds("b", "2029", "excerpt", *quoted))
    (claim,) = claims
    assert (claim.rule, kinds(claim)) == ("clause-lineage-of-excerpt", ["edited", "renumbered"])
    assert ends(claim) == ["clause:resolution:league:61:2027:2", "excerpt:b:0"]
    assert ("rc:comparesExcerpt", Value("true", "xsd:boolean")) in claim.details
    assert ("rc:wordsRemoved", Value("two", language="en")) in claim.details
    assert claim.premises[:2] == ("a-2", "b-1")
    assert claim.doubt is not None
    assert "excerpt" in claim.doubt


def test_excerpts_on_both_sides(register: Register) -> None:
    earlier = holds("a", "2027", "excerpt", ("resolves", None, OIL))
    again = holds("b", "2029", "excerpt", ("resolves", None, OIL))
    twice = holds("c", "2029", "excerpt", ("resolves", None, f"{OIL};"))
    assert [kinds(claim) for claim in lineage(register, earlier, again, twice)] == [["same"], ["same"]]


def test_an_excerpt_is_tied_to_its_clause_if_that_is_clear(register: Register) -> None:
    doubled = (*OLD, ("instructs", "1", REPORT), ("invites", "1", REPORT))
    quoted = holds(
        "q", "2027", "excerpt",
        ("resolves", None, "to buy whale oil from the merchants of Sarn"),
        ("", None, REPORT),
        ("instructs", None, REPORT.replace("annually", "yearly")),
    )  # fmt: skip
    claims = lineage(register, holds("a", "2027", "clause", *doubled), quoted)
    tied = [(str(c.subject), str(c.object), c.premises) for c in claims]
    part = "clause:resolution:league:61:2027"
    starts = [claim.spans[0].start for _, claim in quoted.claims]
    assert tied == [
        (f"excerpt:q:{starts[0]}", f"{part}:3", ("q-1", "a-3")),
        (f"excerpt:q:{starts[2]}", f"{part}:4", ("q-3", "a-4")),
    ]


def test_a_recital_does_not_carry_on_the_clause_that_it_tells(register: Register) -> None:
    recital = f"Resolution 61 (2027), which resolved {OIL}"
    later = holds("b", "2029", "clause", ("recalling", "a)", recital), ("resolves", "1", ROPES))
    claims = list(later.claims)
    start = later.text.index(OIL)
    inside = Claim(
        revision("2027"), "eli:has_part", Entity("excerpt", ("b", str(start))), "asserted", "text", "test",
        (Span(start, start + len(OIL)),),
    )  # fmt: skip
    one_file = Account("b", (*claims, ("b-9", inside)), later.text)
    assert lineage(register, one_file) == []
    elsewhere = holds("c", "2027", "excerpt", ("", None, OIL))
    assert [claim.rule for claim in lineage(register, later, elsewhere)] == ["clause-lineage-of-excerpt"]


def test_numbers_given_anew_make_no_lineage(register: Register) -> None:
    def opinion(account: Account) -> Account:
        key = ("opinion", *revision("0").key[1:3])
        claims = [(k, replace(c, subject=Entity("revision", (*key, c.subject.key[3])))) for k, c in account.claims]
        return account.with_claims(tuple(claims))

    accounts = (opinion(holds("a", "2027", "clause", *OLD)), opinion(holds("b", "2029", "clause", *NEW)))
    assert lineage(register, *accounts) == []


def test_a_change_is_written_as_a_record(register: Register) -> None:
    claims = lineage(register, holds("a", "2027", "clause", *OLD), holds("b", "2029", "clause", *NEW))
    graph = Graph(Minter(), f"{DEFAULT_BASE}graph/inferences")
    write_claims(graph, merged("inferences", claims), labels=Labels({}, {}), known=Known())
    quads = list(parse(input="\n".join(sorted(graph.lines)), format=RdfFormat.N_QUADS))
    terms = "https://w3id.org/recalling/ontology#"
    changes = {q.object for q in quads if q.predicate == NamedNode(f"{terms}clauseChange")}
    assert len(changes) == 4
    for name, count in (("changeKind", 4), ("comparesExcerpt", 4), ("modality", 4), ("basis", 4), ("score", 2)):
        assert {q.subject for q in quads if q.predicate == NamedNode(terms + name)} >= changes or count < 4
    removed = {q.object for q in quads if q.predicate == NamedNode(f"{terms}wordsRemoved")}
    assert removed == {Literal("two", language="en")}


# ---- real documents -------------------------------------------------------------------------------------------------


CARRIED_ON = [
    # Resolution 102: clause or excerpt of one text, of the next, what became of it; looked at one by one
    ("instructs Secretary-General of ITU (excerpt) of 2014", "instructs Secretary-General of ITU 5 of 2018", "same"),
    ("instructs Secretary-General of ITU (excerpt) of 2014", "instructs Secretary-General of ITU 6 of 2018", "same"),
    ("resolves 1 of 2018", "resolves 1 of 2022", "edited"),
    ("resolves 3 of 2018", "resolves 4 of 2022", "edited, renumbered"),
    ("instructs ITU Council 1 of 2018", "instructs ITU Council (excerpt) of 2022", "edited"),
    ("instructs ITU Council 2 of 2018", "instructs ITU Council (excerpt) of 2022", "edited"),
    ("instructs ITU Council 3 of 2018", "instructs ITU Council (excerpt) of 2022", "edited"),
    ("instructs ITU Council 4 of 2018", "instructs ITU Council (excerpt) of 2022", "edited"),
]  # fmt: skip
QUOTED_THERE = [
    # an excerpt begins, its clause begins; the first three are parts of one clause
    ("to revise its Resolution", "to revise its Resolution 1344 to direct"),
    ("to direct the CWG-Internet", "to revise its Resolution 1344 to direct"),
    ("to conduct such open", "to revise its Resolution 1344 to direct"),
    ("to identify ways and means", "to identify ways and means to support"),
    ("that human resources management", "that the management and development of"),
    ("to incorporate the gender perspective", "to incorporate the gender perspective in"),
]  # fmt: skip
REPORTS = (
    "chair-report-2020",
    "chair-report-2024",
    "chair-report-2026",
    "meeting-11-report-2018",
    "contribution-21-wsis20",
)


@pytest.mark.corpus
@pytest.mark.slow
def test_real_documents_that_quote_the_texts_of_2018() -> None:
    documents = [real(name) for name in (*(f"{each}.txt" for each in REPORTS), "../pp18/final-acts-pp18.akn.xml")]
    accounts = []
    for document in documents:
        checksum = file_key(document.reading.checksum)
        accounts.append(Account(checksum, tuple(merged(checksum, all_claims(document))), document.reading.text))
    claims = lineage(documents[0].register, *accounts)
    labels = {v.text for c in claims for p, v in c.details if p == "rdfs:label" and isinstance(v, Value)}
    assert labels == {f"PP Resolution 102: {old} → {new}, {became}" for old, new, became in CARRIED_ON}
    begins = {claim.object: words(account, claim) for account in accounts for _, claim in account.claims}
    tied = [(begins[c.subject], begins[c.object]) for c in claims if c.predicate == "rc:excerptOf"]
    assert len(tied) == len(QUOTED_THERE)
    for excerpt, clause in QUOTED_THERE:
        assert any(one.startswith(excerpt) and other.startswith(clause) for one, other in tied), excerpt


def words(account: Account, claim: Claim) -> str:
    """The words of a claim, white space folded."""
    return " ".join(" ".join(account.text[span.start : span.end] for span in claim.spans).split())
