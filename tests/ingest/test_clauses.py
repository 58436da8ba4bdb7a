"""Heads, clauses of whole instruments, excerpts in other texts; every defect repaired is a finding."""

from __future__ import annotations

import csv
import re
import time
from pathlib import Path

import pytest

from ingest.claims.clauses import claims, findings
from ingest.context import Document
from ingest.graph.iris import file_key, path
from ingest.model import Claim, Entity, Value
from ingest.provisions.excerpts import excerpts
from ingest.provisions.heads import ending, read_head, run_on
from ingest.provisions.instruments import instruments
from ingest.provisions.numerals import numeral, split_inline
from ingest.rulebook import rules
from tests.ingest.harbour import document

DATA = Path(__file__).parent.parent / "data" / "clauses"
CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
RULES = rules("clauses")
ENDS = RULES["ends"]
EXPECTED = list(csv.DictReader((DATA / "expected.csv").read_text(encoding="utf-8").splitlines()))
BEFORE = {"en": "to do the last thing, ", "fr": "de faire le reste, "}


def _heads(kind: str) -> list[tuple[str, str]]:
    return [(language, words) for language, form in RULES["grammar"].items() for words in form[kind]]


@pytest.mark.parametrize(("language", "words"), _heads("examples"))
def test_example_of_a_head(language: str, words: str) -> None:
    assert read_head(words, language)
    hanging = run_on(BEFORE[language] + words, language)
    assert hanging is not None
    assert hanging.start == len(BEFORE[language])


@pytest.mark.parametrize(("language", "words"), _heads("near_misses"))
def test_near_miss_of_a_head(language: str, words: str) -> None:
    assert read_head(words, language) is None
    assert run_on(BEFORE[language] + words, language) is None


@pytest.mark.parametrize("words", [*ENDS["examples"], *ENDS["line_examples"]])
def test_example_of_an_ending(words: str) -> None:
    assert ending(words) is not None


@pytest.mark.parametrize("words", [*ENDS["near_misses"], *ENDS["line_near_misses"]])
def test_near_miss_of_an_ending(words: str) -> None:
    assert ending(words) is None


@pytest.mark.parametrize("name", ["title", "enacting", "article"])
def test_lines_of_an_instrument(name: str) -> None:
    form = re.compile(RULES[name]["regex"])
    assert [words for words in RULES[name]["examples"] if not form.fullmatch(words)] == []
    assert [words for words in RULES[name]["near_misses"] if form.fullmatch(words)] == []


@pytest.mark.parametrize("row", RULES["role"], ids=lambda row: f"{row['concept']}-{row.get('language', 'en')}")
def test_every_role_is_read_from_its_words(row: dict[str, list[str]]) -> None:
    for words in row["words"]:
        head = read_head(words, str(row.get("language", "en")))
        assert head is not None
        assert head.role == str(row["concept"])
        assert head.operative == (str(row["part"]) == "operative")


def test_every_role_is_in_the_code_list() -> None:
    scheme = (Path(__file__).parents[2] / "ontology" / "schemes" / "clause-role.ttl").read_text(encoding="utf-8")
    for row in rules("clauses")["role"]:
        for concept in (row["concept"], row.get("further", row["concept"])):
            assert f'skos:notation "{concept}"' in scheme


def held(tmp_path: Path) -> Document:
    written = (DATA / "resolution-61.txt").read_text(encoding="utf-8")
    return document(tmp_path, written, body="pc", kind="final-acts", date="2031-10-15")


def said(claim: Claim, predicate: str) -> list[str]:
    return [v.text if isinstance(v, Value) else ":".join((v.kind, *v.key)) for p, v in claim.details if p == predicate]


def test_clauses_of_a_text_with_every_defect(tmp_path: Path) -> None:
    found = held(tmp_path)
    rows = []
    for claim in claims(found):
        if not isinstance(claim.object, Entity) or claim.object.kind != "clause":
            continue
        words = found.reading.text[claim.spans[0].start : claim.spans[0].end]
        parent = [p.rpartition(":")[2] for p in said(claim, "rc:parentClause")]
        role = said(claim, "rc:clauseRole")[0].rpartition(":")[2]
        rows.append(
            (claim.object.key[2], claim.object.key[4], role, "|".join(said(claim, "rc:addressee")),
             "".join(said(claim, "rc:numberAsPrinted")), "".join(parent), words)
        )  # fmt: skip
    wanted = [tuple(row.values()) for row in EXPECTED]
    assert [row[:6] for row in rows] == [row[:6] for row in wanted]
    for row, want in zip(rows, wanted, strict=True):
        assert row[6].startswith(want[6])


def test_addresses_that_people_can_read(tmp_path: Path) -> None:
    addresses = [address for claim in claims(held(tmp_path)) for address in said(claim, "rc:address")]
    assert "resolution/pc/61/2031/resolves/2" in addresses
    assert "resolution/pc/61/2031/instructs-secretary-general-treasurer/2" in addresses


def test_an_instrument_has_its_title_and_its_own_citations(tmp_path: Path) -> None:
    found = list(claims(held(tmp_path)))
    assert [(c.subject.key[2], c.object) for c in found if c.predicate == "eli:title"] == [
        ("61", Value("Tide tables for small harbours", language="en"))
    ]
    assert [(c.subject.key[2], str(c.object)) for c in found if c.predicate == "eli:cites"] == [
        ("61", "revision:resolution:pc:40:2027")
    ]


def test_each_defect_is_a_finding(tmp_path: Path) -> None:
    codes = sorted(finding.code for finding in findings(held(tmp_path)))
    assert codes == ["merged-provisions", "run-on-heading", "title-cut"]
    merged = next(f for f in findings(held(tmp_path)) if f.code == "merged-provisions")
    assert len(merged.passages) == 3


def test_this_resolution_is_the_one_it_stands_in(tmp_path: Path) -> None:
    nominal = [link for link in held(tmp_path).links if link.mention.kind == "nominal"]
    assert [link.entity for link in nominal] == [Entity("revision", ("resolution", "pc", "88", "2031"))]


def test_a_document_that_is_a_resolution_needs_no_title_line(tmp_path: Path) -> None:
    own = Entity("revision", ("resolution", "pc", "61", "2031"))
    found = document(tmp_path, "resolves\n\n1\tto begin;\n\n2\tto go on.", entity=own, body="pc")
    (instrument,) = instruments(found)
    assert [(c.number, c.head.role) for c in instrument.clauses] == [("1", "resolves"), ("2", "resolves")]


def test_a_report_holds_no_instrument(tmp_path: Path) -> None:
    assert list(instruments(document(tmp_path, "considering\n\n1\tResolution 61 was read.\n\n2\tIt was long."))) == []


AKN = (DATA / "acts.xml").read_text(encoding="utf-8")


def test_clauses_of_akoma_ntoso(tmp_path: Path) -> None:
    (found,) = instruments(document(tmp_path, AKN, body="pc", ending="xml"))
    assert [(c.position, c.head.role, c.head.addressee, c.number) for c in found.clauses] == [
        (1, "recalling", None, "a)"), (2, "recalling", None, "b)"), (3, "resolves", None, "1"),
        (4, "invites", "Member States", "1"),
    ]  # fmt: skip


L = "Resolution 61 (Larkhaven, 2031) "
QUOTED = [
    # text; (role, addressee, number, words) of each excerpt
    (L + "instructed the Council:\n–\tto open a register, with advice from CWG-Harbour;\n–\tto set the fees anew.",
     [("instructs", "the Council", None, "to open"), ("instructs", "the Council", None, "to set")]),
    (L + "invites the Harbour Master\n5\tto draw a tide atlas; 6 that pilots may add charts.\n[...]\n8\tto print it.",
     [("invites", "the Harbour Master", "5", "to draw"), ("invites", "the Harbour Master", "6", "that pilots"),
      ("invites", "the Harbour Master", "8", "to print")]),
    (L + "resolves\n1\tto build quays; 2 that quays be lit.",
     [("resolves", None, "1", "to build"), ("resolves", None, "2", "that quays")]),
    (L + "instructed the Council to revise its Resolution 2207, to direct CWG-Harbour, limited to pilots, and to go.",
     [("instructs", "the Council", None, "to revise"), ("instructs", "the Council", None, "to direct"),
      ("instructs", "the Council", None, "to go")]),
    ("the mandate vide PP resolution 61 under instructs the SG, “to go on with tables; to sell tables;”. Later.",
     [("instructs", "the SG", None, "to go on"), ("instructs", "the SG", None, "to sell")]),
    (L + "invites the Harbour Master 2 to draw charts; 3 to sell them.",
     [("invites", "the Harbour Master", "2", "to draw charts"), ("invites", "the Harbour Master", "3", "to sell")]),
    ("Resolution 12 (Osterby, 2027) of the Standards Assembly, which instructs the study groups to weigh the cost.",
     [("instructs", "the study groups", None, "to weigh")]),
    ("resolves 4 of Resolution 61 (Rev. Larkhaven, 2031); Annex 2 to Resolution 88 (Rev. Larkhaven, 2031)",
     [("resolves", None, "4", "resolves 4"), (None, None, "Annex 2", "Annex 2")]),
    (L + "resolved to instruct the Treasurer, in consultation with the Council:\na)\tto count;\nb)\tto report.",
     [("instructs", "the Treasurer", "a)", "to count"), ("instructs", "the Treasurer", "b)", "to report")]),
    (L + "instructs the Council “to weigh every anchor on the quay”, and that was done.",
     [("instructs", "the Council", None, "to weigh")]),
    (L + "instructs the Treasurer: “to count the dues; to print the sum”.",
     [("instructs", "the Treasurer", None, "to count"), ("instructs", "the Treasurer", None, "to print")]),
    (L + "resolves “that lamps burn all night”.", [("resolves", None, None, "that lamps")]),
    (L + "instructs the Council to print the “to do list” of the port.",
     [("instructs", "the Council", None, "to print the")]),
    # near misses: the citing text's own head, a view, a topic, another sentence, a paragraph of the report itself
    (L + ", instructs the Council to print it.", []),
    ("In Resolution 61 (Rev. Larkhaven, 2031), instructs the Treasurer\n1\tto count.", []),
    (L + "decided the modality of the open consultation.", []),
    (L + "was read. It instructed the Council to wait.", []),
    (L + "invites pilots.\n2.1\tTo close, the Chair thanked all.", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), QUOTED, ids=lambda value: str(value)[37:80])
def test_excerpts(tmp_path: Path, text: str, wanted: list[tuple[str | None, str | None, str | None, str]]) -> None:
    found = document(tmp_path, text)
    got = list(excerpts(found))
    assert [(e.role, e.addressee, e.number) for e in got] == [row[:3] for row in wanted]
    for excerpt, row in zip(got, wanted, strict=True):
        assert found.clean.text[excerpt.start : excerpt.end].startswith(row[3])


def test_an_excerpt_is_a_clause_of_what_is_quoted(tmp_path: Path) -> None:
    found = document(tmp_path, QUOTED[0][0])
    claim = next(c for c in claims(found) if c.predicate == "eli:has_part")
    assert claim.subject == Entity("revision", ("resolution", "pc", "61", "2031"))
    assert isinstance(claim.object, Entity)
    assert claim.object.kind == "excerpt"
    assert said(claim, "rc:addressee") == ["body:council"]
    assert said(claim, "rc:quotedIn") == [":".join((found.entity.kind, *found.entity.key))]
    assert said(claim, "rc:numberAsPrinted") == []


HEADED = "RESOLUTION 61 (REV. LARKHAVEN, 2031)\n\nTides\n\n"
READ = [
    # what it shows, the text, (role, addressee, number, parent, first words) of each clause
    ("verbs that lead their clauses, continuous numbers, items of a numbered head",
     "Resolution 12/3\n\nHuts\n\nDeeply alarmed by storms,\n\nAlso recalling its decision 4/1,\n\n"
     "1. Decides to wait;\n\n"
     "2. Requests the Treasurer, in consultation with the Council:\n\n(a) To pay;\n\n(b) To report.",
     [("concerned", None, None, None, "Deeply alarmed"), ("recalling", None, None, None, "Also recalling"),
      ("decides", None, "1.", None, "Decides to"), ("requests", "the Treasurer", "2.", None, "Requests the"),
      ("requests", "the Treasurer", "(a)", 4, "To pay"), ("requests", "the Treasurer", "(b)", 4, "To report")]),
    ("heads inside a paragraph, with and without numbers",
     HEADED + "resolves\n\n1\tto wait, invites Member States 1 to row; 2 to sail, urges pilots to look out.",
     [("resolves", None, "1", None, "to wait,"), ("invites", "Member States", "1", None, "to row"),
      ("invites", "Member States", "2", None, "to sail"), ("urges", "pilots", None, None, "to look")]),
    ("a verb of the sentence itself is no head",
     HEADED + "recalling\n\na)\tthat Resolution 40, on lamps, instructs the Board to count;\n\nb)\tthe tides,\n\n"
     "resolves\n\nto hold a forum that, each year, invites pilots to speak.",
     [("recalling", None, "a)", None, "that Resolution"), ("recalling", None, "b)", None, "the tides"),
      ("resolves", None, None, None, "to hold")]),
    ("resolves to instruct: the inner verb speaks to the addressee",
     HEADED + "resolves to instruct the Council\n\nto wait,\n\nresolves\n\n1 to instruct the Treasurer to pay.",
     [("instructs", "the Council", None, None, "to wait"), ("resolves", None, "1", None, "to instruct")]),
    ("lists inside a line, and a reference that is none",
     HEADED + "instructs the Treasurer\n\n1\tto do as resolves 1, 2 and 3 say;\n\n"
     "2\tto prevent a) fire; b) flood;\n\n3\tto rest.",
     [("instructs", "the Treasurer", "1", None, "to do as resolves 1, 2 and 3"),
      ("instructs", "the Treasurer", "2", None, "to prevent"), ("instructs", "the Treasurer", "a)", 2, "fire"),
      ("instructs", "the Treasurer", "b)", 2, "flood"), ("instructs", "the Treasurer", "3", None, "to rest")]),
    ("clauses without numbers, dashes, and a page's broken sentence",
     HEADED + "considering\n\nthat tides rise;\n\nthat they fall and\n\nrise again,\n\nresolves\n\n"
     "to print:\n\n–\tthe atlas;\n\n–\tthe list.",
     [("considering", None, None, None, "that tides"), ("considering", None, None, None, "that they"),
      ("resolves", None, None, None, "to print"), ("resolves", None, None, 3, "the atlas"),
      ("resolves", None, None, 3, "the list")]),
    ("a quotation of another text holds no clauses, nor does an annex",
     HEADED + 'resolves\n\nto wait,\n\n"resolves\n\n4 to sell the quays"\n\ninvites pilots\n\nto help.\n\nAnnex 1\n\n'
     "instructs the Treasurer\n\nto pay.",
     [("resolves", None, None, None, "to wait"), ("invites", "pilots", None, None, "to help")]),
    ("recitals and articles",
     "DECISION 2031/7\n\nFees\n\nThe Harbour Board,\n\nHaving regard to the Charter,\n\nWhereas:\n\n"
     "(1) Fees are low.\n\n"
     "(2) Costs are high.\n\nHAS DECIDED AS FOLLOWS:\n\nArticle 1\n\n1. Fees rise.\n\n"
     "2. Pilots notes are free.\n\nArticle 2\n\n"
     "This decision applies at once.\n\nDone at Norby, 3 May 2031.\n\nThe President",
     [("having-regard-to", None, None, None, "Having"), ("considering", None, "(1)", None, "Fees are"),
      ("considering", None, "(2)", None, "Costs"), ("decides", None, "1.", None, "Fees rise"),
      ("decides", None, "2.", None, "Pilots"), ("decides", None, None, None, "This decision")]),
    ("French, with its colon behind a space",
     "RÉSOLUTION 61 (RÉV. LARKHAVEN, 2031)\n\nMarées\n\nconsidérant en outre\n\na) que les marées montent;\n\n"
     "b) que le Conseil, à sa session de 2030, a décidé de charger un groupe d'attendre,\n\n"
     "décide de charger le Conseil\n\n"
     "1 d'attendre; 2 de compter,\n\nprie le Trésorier, en collaboration avec le Conseil, de payer.",
     [("considering-further", None, "a)", None, "que les"), ("considering-further", None, "b)", None, "que le Conseil"),
      ("instructs", "le Conseil", "1", None, "d'attendre"), ("instructs", "le Conseil", "2", None, "de compter"),
      ("requests", "le Trésorier", None, None, "prie le")]),
    ("an addressee below its verb, and a body that speaks in the line of its verbs",
     HEADED + "The Harbour Board, having considered the tides, and noting the winds, decides:\n\n"
     "1 to wait,\n\nurges\n\n"
     "pilots in arrears, especially those of small harbours, to pay.",
     [("having-considered", None, None, None, "having"), ("decides", None, "1", None, "to wait"),
      ("urges", "pilots in arrears", None, None, "pilots")]),
    ("a footnote between items, and one number that is no mark",
     HEADED + "considering\n\na)\tthe tides of ports1;\n\n1\tPorts are those with quays.\n\nb)\tthe winds,\n\n"
     "resolves\n\n1\tto light quay1;\n\n2\tTo wait.",
     [("considering", None, "a)", None, "the tides"), ("considering", None, "b)", None, "the winds"),
      ("resolves", None, "1", None, "to light"), ("resolves", None, "2", None, "To wait")]),
    ("a running head that repeats the title, and a clause that ends like it",
     "Resolution 12/3\n\nHuts of the passes\n\nRecalling its decision 4/1,\n\n1. Decides:\n\n(a) to wait;\n\n"
     "B/12/3    Huts of the passes\n\n(b) to light the\n\nhuts of the passes.",
     [("recalling", None, None, None, "Recalling"), ("decides", None, "1.", None, "Decides"),
      ("decides", None, "(a)", 2, "to wait"), ("decides", None, "(b)", 2, "to light")]),
    ("letters and Roman numbers, bis, and numbers of numbers",
     HEADED + "considering\n\nh)\tthe sea:\n\ni)\tits tides;\n\nii)\tits winds;\n\ni)\tthe land;\n\n"
     "i)bis\tthe sky,\n\nresolves\n\n"
     "4\tto print:\n\n4.1\tcharts;\n\n4.2\tlists;\n\n5\tto sell them.",
     [("considering", None, "h)", None, "the sea"), ("considering", None, "i)", 1, "its tides"),
      ("considering", None, "ii)", 1, "its winds"), ("considering", None, "i)", None, "the land"),
      ("considering", None, "i)bis", None, "the sky"), ("resolves", None, "4", None, "to print"),
      ("resolves", None, "4.1", 6, "charts"), ("resolves", None, "4.2", 6, "lists"),
      ("resolves", None, "5", None, "to sell")]),
]  # fmt: skip
Row = tuple[str, str | None, str | None, int | None, str]


@pytest.mark.parametrize(("shows", "text", "wanted"), READ, ids=[row[0] for row in READ])
def test_reading(tmp_path: Path, shows: str, text: str, wanted: list[Row]) -> None:
    found = document(tmp_path, text, body="pc")
    clauses = [clause for instrument in instruments(found) for clause in instrument.clauses]
    got = [(c.head.role, c.head.addressee, c.number, c.parent) for c in clauses]
    assert got == [row[:4] for row in wanted], shows
    for clause, row in zip(clauses, wanted, strict=True):
        assert found.clean.text[clause.start : clause.end].startswith(row[4])


def test_an_instrument_of_no_known_number_is_a_thing_of_its_own(tmp_path: Path) -> None:
    found = document(tmp_path, READ[0][1], body="pc")
    (whole,) = {claim.object for claim in claims(found) if claim.predicate == "dcterms:hasPart"}
    assert isinstance(whole, Entity)
    assert (whole.kind, whole.key[1]) == ("unidentified", "0")
    assert [str(c.object) for c in claims(found) if (c.subject, c.predicate) == (whole, "eli:is_member_of")] == []
    named = {c.predicate: c.object for c in claims(found) if c.subject == whole and isinstance(c.object, Value)}
    assert named["rdfs:label"] == Value("Resolution 12/3: Huts", language="en")
    stated = [claim for claim in claims(found) if claim.predicate == "eli:has_part"]
    assert {claim.subject for claim in stated} == {whole}
    assert {part for claim in stated for part in said(claim, "eli:is_part_of")} == {str(whole)}
    assert {claim.object.kind for claim in stated if isinstance(claim.object, Entity)} == {"clause"}
    assert said(stated[-1], "rc:parentClause") == [str(stated[3].object)]
    key = file_key(found.reading.checksum)
    assert path(whole) == f"unidentified/{key}/0"
    assert [path(c.object) for c in stated[:1] if isinstance(c.object, Entity)] == [f"unidentified/{key}/0/clause/1"]
    assert said(stated[0], "rdfs:label") == ["Resolution 12/3: Huts, concerned"]


def test_a_line_of_number_and_title_stands_above_the_body_named(tmp_path: Path) -> None:
    lines = (
        "Adopted in the spring\n\n12/3. Huts of the passes\n\n{}\n\nRecalling its decision 4/1,\n\n1. Decides to wait."
    )
    titles = []
    for below in ("The General Assembly of the Alpine Union,", "Huts were seen."):
        found = list(instruments(document(tmp_path, lines.format(below), body="pc")))
        titles.append([i.title is not None for i in found])
    assert titles == [[True], []]


def test_a_title_is_in_the_language_of_its_heads(tmp_path: Path) -> None:
    text = "RÉSOLUTION 61\n\nMarées\n\nconsidérant\n\nles marées,\n\ndécide\n\nd'attendre."
    found = document(tmp_path, text, body="pc")
    assert found.reading.language is None
    assert [c.object for c in claims(found) if c.predicate == "eli:title"] == [Value("Marées", language="fr")]


def test_clauses_of_two_instruments_of_no_known_number_never_mix(tmp_path: Path) -> None:
    text = "\n\n".join(READ[0][1].replace("12/3", number) for number in ("12/3", "12/4"))
    stated = [claim for claim in claims(document(tmp_path, text, body="pc")) if claim.predicate == "eli:has_part"]
    first, second = ([c for c in stated if c.subject == whole] for whole in dict.fromkeys(c.subject for c in stated))
    assert [said(c, "rc:position") for c in first] == [said(c, "rc:position") for c in second]
    for part in (first, second):
        nodes = {str(claim.object) for claim in part}
        assert {parent for claim in part for parent in said(claim, "rc:parentClause")} < nodes


def test_a_title_without_its_year_says_of_which_resolution_it_is(tmp_path: Path) -> None:
    text = "PP RESOLUTION 61\n\nTides\n\nrecalling\n\nthe tides,\n\nresolves\n\nto wait."
    found = list(claims(document(tmp_path, text, body="pc")))
    assert {str(c.subject): str(c.object) for c in found if c.predicate == "eli:is_member_of"} == {
        str(next(c.object for c in found if c.predicate == "dcterms:hasPart")): "instrument:resolution:pc:61"
    }


def test_the_body_of_the_enacting_line_issues_what_no_form_names(tmp_path: Path) -> None:
    title = "RECOMMENDATION 3 (Hohfeld, 2034)\n\nNets\n\nThe Standards Assembly,\n\n"
    text = f"{title}considering\n\nthe fry,\n\nrecommends\n\nto wait."
    (instrument,) = instruments(document(tmp_path, text))
    assert instrument.entity == Entity("revision", ("recommendation", "sa", "3", "2034"))


SPLITS = [
    # number of the paragraph, its words, the numbers found
    ("1", "to go; 2 that all go; 3 to rest", ["1", "2", "3"]),
    ("1", "to pay 2 coins; 4 to rest", ["1"]),
    ("a)", "one; b) two; c) three", ["a)", "b)", "c)"]),
    ("i)", "one; ii) two; and iii) three", ["i)", "ii)", "iii)"]),
    ("–", "one; 2 two", ["–"]),
]


@pytest.mark.parametrize(("printed", "words", "wanted"), SPLITS)
def test_numbers_inside_a_line(printed: str, words: str, wanted: list[str]) -> None:
    found = split_inline(words, 0, len(words), numeral(printed))
    assert [number.printed for number, _, _ in found if number] == wanted


def test_hostile_text_is_read_in_linear_time() -> None:
    started = time.perf_counter()
    run_on("to x, " + "instructs the Council, in A " * 20000)
    read_head("instructs the " + "A and " * 3000)
    read_head("instructs the A" + ", in B" * 60 + "!")
    assert time.perf_counter() - started < 2


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.is_dir(), reason="the folder of real documents is not there")
def test_the_final_acts_have_all_their_instruments() -> None:
    from ingest import text
    from ingest.context import Metadata
    from ingest.model import Source
    from ingest.readers import read

    path = CORPUS / "pp18" / "final-acts-pp18.akn.xml"
    reading = read(path)
    own = Metadata(Entity("document", ("acts",)), body="pc")
    from tests.ingest.harbour import register

    found = list(instruments(Document(Source(path), reading, text.clean(reading), own, register())))
    assert len(found) == 64
    assert [len(i.clauses) for i in found if i.first == 1004] == [88]
