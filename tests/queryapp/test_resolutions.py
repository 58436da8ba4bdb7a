"""The pages of a resolution, of a clause, and of two revisions side by side, on the record of the ferries."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
from collections.abc import Iterator
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from queryapp import create_app
from queryapp.config import Config
from tests.smalldata import write_small_dataset
from tests.smallgraph import BASE, REVISED, small

HTML = {"Accept": "text/html"}
FERRIES = "resolution/assembly/12"


@pytest.fixture(scope="module")
def ferries(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder = write_small_dataset(tmp_path_factory.mktemp("revised") / "dataset", data=small(REVISED))
    app = create_app(Config(dataset=folder))
    app.testing = True
    yield app
    app.extensions["recalling"].datasets.close()


@pytest.fixture
def visitor(ferries: Flask) -> FlaskClient:
    return ferries.test_client()


def words(answer: str) -> str:
    """What a reader of the page sees, in one line."""
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", answer.partition("<main")[2].partition("</main>")[0])))


def compared(earlier: int, later: int, more: str = "") -> str:
    return f"/compare?from={FERRIES}/{earlier}&to={FERRIES}/{later}{more}"


EXCERPT = "excerpt/{}/{}".format(*(lambda q: (q.text.file, q.start))(small(REVISED).quotes["log-print"]))
CLAUSE = f"{FERRIES}/2044/clause"

SAID = [
    # page                                     what a reader must see there
    (f"/things/{FERRIES}?on=2046-01-01", "In force on 2046-01-01: Resolution 12 (Rev. Brackwater, 2044) ."),
    (f"/things/{FERRIES}?on=2046-01-01", "Ferries and rafts at night (title of 2044)"),
    (f"/things/{FERRIES}?on=2046-01-01", "2052-07-01 (planned); 1 of the duties below falls due there"),
    (f"/things/{FERRIES}?on=2041-01-01", "Ferries at night (title of 2040)"),
    (f"/things/{FERRIES}?on=2048-03-01", "Which revision was in force on 2048-03-01 cannot be told"),
    (f"/things/{FERRIES}?on=2030-01-01", "Which revision was in force on 2030-01-01 is not in the record."),
    (f"/things/{FERRIES}?on=2060-01-01", "2052-07-01 (planned, not known to have been held)"),
    (f"/things/{FERRIES}", "only its year is known (2048), not the day from which it held"),
    (f"/things/{FERRIES}", "until when it held is not known; the next revision is of 2048"),
    (f"/things/{FERRIES}", "“Resolution 12 (Rev. Brackwater, 2044)” 2×"),
    (f"/things/{FERRIES}", "stale 1×; then in force: Resolution 12 (Rev. Cawley, 2048)"),
    (f"/things/{FERRIES}/2040?on=2046-01-01", "This revision was not: it ended on 2044-07-05."),
    (f"/things/{FERRIES}/2044", "full, 9 clauses"),
    (f"/things/{FERRIES}/2044", "Consultation on the lamp fund by 2044, instructs Harbourmaster 4"),
    (f"/things/{FERRIES}/2048", "no full text is loaded; excerpts, 1 clause known from documents"),
    (f"/things/{CLAUSE}/7", "2 to print the list each year;"),
    (f"/things/{CLAUSE}/7", "clause 7 by order in the text"),
    (f"/things/{CLAUSE}/7?on=2041-01-01", "in force on 2041-01-01 no: from 2044-07-05"),
    (f"/things/{CLAUSE}/7", "the same renumbered [I] inferred by the rule clause lineage , likeness 1.00"),
    (f"/things/{CLAUSE}/7", "Log of the Harbourmaster, 2049"),
    (f"/things/{CLAUSE}/6", "Harbourmaster: report to the Assembly of 2052"),
    (f"/things/{CLAUSE}/9", "Consultation on the lamp fund"),
    (f"/things/{EXCERPT}", "Known from an excerpt in Log of the Harbourmaster, 2049 : where it"),
    (compared(2040, 2044), "9 rows: 2 the same, 4 edited, 2 renumbered, 1 moved, 1 split, 1 merged, 1 new, 1 dropped."),
    (compared(2040, 2044), "1 clause the same: considering a)"),
    (compared(2040, 2044), "number 1 became 2."),
    (compared(2040, 2044), "resolves 2 of the later text is nearly as like"),
    (compared(2040, 2044), "from “resolves” to “instructs Harbourmaster”."),
    (compared(2040, 2044), "number 2 and 3 became 4; 2 clauses became one clause."),
    (compared(2044, 2048), "1 clause of it is known from excerpts. This comparison is partial"),
    (compared(2044, 2048), "Compared with an excerpt."),
    (compared(2040, 2048), "Compared step by step through 2044 : the kinds are those of the two ends."),
    ("/compare", "Assembly Resolution 12: 2044 and 2048"),
]  # fmt: skip


@pytest.mark.parametrize(("page", "said"), SAID)
def test_pages_say_what_the_record_holds(visitor: FlaskClient, page: str, said: str) -> None:
    answer = visitor.get(page, headers=HTML)
    assert answer.status_code == 200
    assert said in words(answer.text)


UNSAID = [
    (compared(2044, 2048), "dropped"),  # one side is known from an excerpt: nobody can say
    (f"/things/{FERRIES}?on=2041-01-01", "title of 2044"),
    (f"/things/{FERRIES}?known=2047-01-01", "Rev. Cawley"),  # nothing was known of it then
    (f"/things/{CLAUSE}/7?known=2047-01-01", "to read it aloud"),
    (f"/things/{CLAUSE}/7", "The clause that it quotes"),
    (compared(2044, 2048), "no such clause"),
]


@pytest.mark.parametrize(("page", "unsaid"), UNSAID)
def test_pages_do_not_say_what_nobody_can_know(visitor: FlaskClient, page: str, unsaid: str) -> None:
    answer = visitor.get(page, headers=HTML)
    assert answer.status_code == 200
    assert unsaid not in words(answer.text).partition("Other pairs")[0].replace("called new or dropped", "")


MARKED = [
    ("del", "and"),
    ("ins", "still"),
    ("ins", "and rafts;"),
    ("ins", "that every ferry carries"),
    ("ins", "to see"),
]


@pytest.mark.parametrize(("element", "text"), MARKED)
def test_differing_words_are_marked_in_text_too(visitor: FlaskClient, element: str, text: str) -> None:
    page = visitor.get(compared(2040, 2044), headers=HTML).text
    said = "removed" if element == "del" else "added"
    assert f'<{element}><span class="vh">{said}: </span>{text}<span class="vh"> (end)</span></{element}>' in page


def test_rows_are_filtered_by_kind(visitor: FlaskClient) -> None:
    page = words(visitor.get(compared(2040, 2044, "&kind=new&kind=dropped"), headers=HTML).text)
    assert "to report to the Assembly of 2052" in page
    assert "that rafts are counted" in page
    assert "that lamps are still few" not in page
    assert "9 rows: 2 the same" in page  # the counts stay those of the whole


def test_the_older_text_stands_on_the_left_whichever_is_asked_for_first(visitor: FlaskClient) -> None:
    answer = visitor.get(compared(2044, 2040, "&kind=new&on=2046-01-01"), headers=HTML)
    assert answer.status_code == 303
    again = visitor.get(answer.headers["Location"], headers=HTML)
    assert again.status_code == 200
    assert "Resolution 12 (Aldmoor, 2040) and Resolution 12 (Rev. Brackwater, 2044)" in words(again.text)


REFUSED = [
    (compared(2040, 2040), 404),
    (f"/compare?from={FERRIES}/2040&to=body/assembly", 404),
    ("/compare?from=xylophone&to=xylophone", 404),
    (compared(2040, 2044, "&format=xls"), 400),
    (compared(2040, 2044, "&on=soon"), 400),
]


@pytest.mark.parametrize(("page", "status"), REFUSED)
def test_what_cannot_be_compared_is_refused(visitor: FlaskClient, page: str, status: int) -> None:
    assert visitor.get(page, headers=HTML).status_code == status


def test_a_comparison_comes_as_csv_and_json(visitor: FlaskClient) -> None:
    rows = list(csv.DictReader(io.StringIO(visitor.get(compared(2040, 2044, "&format=csv")).text)))
    made = json.loads(visitor.get(compared(2040, 2044, "&format=json")).data)["rows"]
    assert len(rows) == len(made) == 9
    split = next(row for row in rows if "split" in row["kindLabel"])
    assert split["later"] == f"{BASE}{CLAUSE}/4 {BASE}{CLAUSE}/5"
    assert (split["removedLabel"], split["score"], split["partialLabel"]) == ("and a bell", "0.78", "no")
    assert {row["how"] for row in rows} == {"inferred"}
    only = visitor.get(compared(2040, 2044, "&format=csv&kind=new")).text
    assert len(list(csv.DictReader(io.StringIO(only)))) == 1


def test_each_clause_of_a_comparison_leads_to_its_page_and_its_sentence(visitor: FlaskClient) -> None:
    page = visitor.get(compared(2040, 2044), headers=HTML).text
    for number in range(1, 10):
        quote = small(REVISED).quotes[f"a44-{number}"]
        assert f'href="/things/{CLAUSE}/{number}"' in page
        assert f'href="/evidence/{quote.text.file}/{quote.start}-{quote.end}"' in page


def test_neighbours_and_a_readable_address_lead_to_a_clause(visitor: FlaskClient) -> None:
    page = visitor.get(f"/things/{CLAUSE}/7", headers=HTML).text
    assert f'rel="prev" href="/things/{CLAUSE}/6"' in page
    assert f'rel="next" href="/things/{CLAUSE}/8"' in page
    answer = visitor.get(f"/id/{FERRIES}/2044/instructs-harbourmaster/2", headers=HTML)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/things/{CLAUSE}/7")


def test_what_points_at_it_comes_with_its_paragraph_and_sentence(visitor: FlaskClient) -> None:
    rows = json.loads(visitor.get(f"/things/{FERRIES}?panel=resolution_references&format=json").data)["rows"]
    fund = next(row for row in rows if row["type"][0]["label"] == "mandated by")
    assert fund["document"][0]["label"] == "Log of the Harbourmaster, 2049"
    assert fund["paragraph"][0]["value"] == "3"
    assert fund["sentence"][0]["value"].startswith("The lamp fund was set up")
    successor = next(row for row in rows if row["type"][0]["label"] == "successor")
    assert "document" not in successor  # a conclusion stands in no document


PAGES = [f"/things/{FERRIES}", f"/things/{FERRIES}/2044", f"/things/{CLAUSE}/7", compared(2040, 2044), "/compare"]


@pytest.mark.parametrize("page", PAGES)
def test_pages_keep_their_budget_and_need_no_inline_style(visitor: FlaskClient, page: str) -> None:
    answer = visitor.get(page, headers=HTML)
    assert len(gzip.compress(answer.data)) <= 20_000
    assert answer.text.count("<h1>") == 1
    assert re.search(r"\sstyle=|\son\w+=|<script>|<style>", answer.text) is None


def test_a_revision_without_a_text_says_so_and_shows_the_known_clauses_of_the_other(client: FlaskClient) -> None:
    page = words(client.get("/compare?from=resolution/pp/88/2023&to=resolution/pp/88/2031", headers=HTML).text)
    assert "No text of Resolution 88 (Milford, 2023) is loaded: it cannot be compared" in page
    assert "to conduct open consultations on quays and tides" in page
    assert "No clause of it is in the record." in page
    assert "no such clause" not in page
