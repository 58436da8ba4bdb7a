"""Every page: it answers, within its budget; facts open their sentences; formats, dates, errors, restatements."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from queryapp import create_app
from queryapp.config import Config
from queryapp.queries import load_all
from queryapp.views.frame import VENDOR, vendor
from queryapp.views.query import expanded, short
from queryapp.views.search import COMPETENCY as COMPETENCY_FOLDER
from queryapp.views.things import KINDS
from tests.smalldata import BASE, write_small_dataset
from tests.smallgraph import small

HTML = {"Accept": "text/html"}
LISTS = ("resolutions", "meetings", "documents", "contributions", "consultations", "duties", "people")
PAGES = ("/", "/topics", "/trace", "/trace?view=coverage", "/search", "/search?q=tide", "/quality", "/query",
         "/downloads", "/about", "/help", "/compare", *(f"/{name}" for name in LISTS))  # fmt: skip


def quote(name: str) -> str:
    found = small().quotes[name]
    return f"/evidence/{found.text.file}/{found.start}-{found.end}"


def things() -> list[str]:
    """Every thing of the small record that has a class, one of each kind at least."""
    typed = {q.subject.value for q in small().quads if q.predicate.value.endswith("#type")}  # type: ignore[union-attr]
    parts = ("/target", "/quote", "/position")
    return sorted(
        iri.removeprefix(BASE) for iri in typed if iri.startswith(BASE) and not iri.endswith(parts) and "/p/" not in iri
    )


@pytest.mark.parametrize("address", PAGES)
def test_every_page_answers_within_its_budget(client: FlaskClient, address: str) -> None:
    answer = client.get(address, headers=HTML)
    assert answer.status_code == 200
    assert len(gzip.compress(answer.data)) <= 20_000
    assert answer.text.count("<h1>") == 1
    assert re.search(r"\sstyle=|\son\w+=|<script>|<style>", answer.text) is None


def test_every_thing_has_a_page(client: FlaskClient) -> None:
    broken = {}
    for path in things():
        answer = client.get(f"/things/{path}", headers=HTML)
        if answer.status_code != 200 or answer.text.count("<h1>") != 1 or len(gzip.compress(answer.data)) > 20_000:
            broken[path] = answer.status_code
    assert broken == {}


def test_every_panel_of_every_kind_comes_as_csv_and_json(client: FlaskClient) -> None:
    thing = {"meeting": "meeting/cwg-harbour/7", "document": "document/cwg-harbour/7/3", "body": "body/cwg-harbour",
             "resolution": "resolution/pp/61", "topic": "topic/night-pilotage", "person": "person/ada-lindqvist",
             "consultation": "consultation/cwg-harbour/2031-03", "State": "state/XNL"}  # fmt: skip
    for kind in KINDS:
        for name in kind.panels if kind.name in thing else ():
            address = f"/things/{thing[kind.name]}?panel={name}"
            rows = list(csv.reader(io.StringIO(client.get(f"{address}&format=csv").text)))
            made = json.loads(client.get(f"{address}&format=json").data)
            assert len(rows) - 1 == len(made["rows"])
            assert "restated" not in rows[0]


def test_every_panel_query_has_a_heading_a_question_and_columns() -> None:
    for question in load_all():
        assert question.title, question.name
        assert question.question, question.name
        assert question.form != "SELECT" or question.columns, question.name


EVIDENCE = [
    # page                                         quote
    ("/things/topic/harbour-fees", "cr-deferred"),
    ("/things/meeting/cwg-harbour/9", "cr-requested"),
    ("/things/consultation/cwg-harbour/2031-03", "cr-counts-quays"),
    ("/things/resolution/pp/61/2031", "fa31-open"),
    ("/topics", "cr-deferred"),
    ("/trace?from=consultation/cwg-harbour/2032-01", "cr-summary-tides"),
    ("/contributions", "c73-by"),
    ("/quality", "cr-counts-quays"),
]


@pytest.mark.parametrize(("page", "name"), EVIDENCE)
def test_a_fact_leads_to_its_sentence(client: FlaskClient, page: str, name: str) -> None:
    answer = client.get(page, headers=HTML)
    assert f'href="{quote(name)}"' in answer.text
    sentence = client.get(quote(name), headers=HTML)
    assert sentence.status_code == 200
    assert re.search(r"<mark>.+</mark>", sentence.text)


def test_the_sentence_has_document_paragraph_language_and_a_citation(client: FlaskClient) -> None:
    page = client.get(quote("cr-deferred"), headers=HTML).text
    assert (
        "<mark>The Group deferred the matter of harbour fees to the next meeting, provided that funds are found.</mark>"
        in page
    )
    for said in (
        "Report by the Chair of CWG-Harbour to Council 2033",
        "paragraph b)",
        "<dd>en</dd>",
        "Cite this sentence",
    ):
        assert said in page
    drawer = client.get(quote("cr-deferred") + "?part=drawer").text
    assert "<mark>" in drawer
    assert "<html" not in drawer


NOWHERE = ["/evidence/0000/1-2", "/evidence/../1-2", "/things/nobody/knows-it", "/help/xylophone", "/q/xylophone",
           "/q/zzz", "/downloads/secret", "/trace?from=xylophone", "/topics?body=x", "/query?question=xylophone",
           "/things/topic/safe-quays?panel=labels", "/quality?panel=labels"]  # fmt: skip


@pytest.mark.parametrize("address", NOWHERE)
def test_what_is_not_there_is_a_page_that_says_so(client: FlaskClient, address: str) -> None:
    answer = client.get(address, headers=HTML)
    assert answer.status_code == 404
    assert "<h1>Not Found</h1>" in answer.text


@pytest.mark.parametrize(
    "address",
    [
        "/?on=yesterday",
        "/topics?known=2031-13-01",
        "/things/topic/safe-quays?on=1",
        "/meetings?panel=meetings_list&format=xls",
    ],
)
def test_a_wrong_argument_is_refused(client: FlaskClient, address: str) -> None:
    assert client.get(address, headers=HTML).status_code == 400


def test_links_carry_the_dates_along(client: FlaskClient) -> None:
    page = client.get("/things/meeting/cwg-harbour/7?on=2032-01-01&known=2032", headers=HTML).text
    assert 'href="/things/topic/night-pilotage?on=2032-01-01&amp;known=2032-01-01"' in page


UNDATED_LINKS = re.compile(
    r"/(?:static|downloads/|scheme|sparql|q/|ontology|catalog|examples|openapi|\.well-known|healthz|data/)"
    r"|\.(?:ttl|jsonld|nt|rdf|json|csv)$"
)
DATED = ("/", "/topics", "/trace", "/trace?from=body/cwg-harbour", "/search?q=tide", "/quality", "/meetings", "/about",
         "/things/meeting/cwg-harbour/7", "/things/topic/night-pilotage", "/things/body/cwg-harbour",
         "/things/document/cwg-harbour/7/10", "/things/consultation/cwg-harbour/2031-09")  # fmt: skip


@pytest.mark.parametrize("address", DATED)
def test_every_link_and_form_of_a_page_keeps_both_days(client: FlaskClient, address: str) -> None:
    days = "on=2032-01-01&known=2032-12-31"
    page = client.get(f"{address}{'&' if '?' in address else '?'}{days}", headers=HTML).text
    links = {link.replace("&amp;", "&") for link in re.findall(r'href="(/[^"]*|\?[^"]*)"', page)}
    assert len(links) > 15
    cleared = re.search(r'href="([^"]*)">Clear both days', page)
    assert cleared
    assert "known=" not in cleared[1]
    lost = {
        link for link in links - {cleared[1].replace("&amp;", "&")}
        if days not in link and not UNDATED_LINKS.search(link.partition("?")[0])
    }  # fmt: skip
    assert lost == set()
    assert page.count('name="on" value="2032-01-01"') >= 2  # the form of the days, and that of the search


def test_a_wrong_day_is_refused_with_what_to_write(client: FlaskClient) -> None:
    answer = client.get("/meetings?known=2031-02-30", headers=HTML)
    assert answer.status_code == 400
    assert "known=2031-02-30: not a day of the calendar." in answer.text
    assert "Write it as known=2025-02-20" in answer.text


def test_what_known_leaves_out_is_counted_on_the_page(client: FlaskClient) -> None:
    page = client.get("/things/topic/night-pilotage?known=2031-12-31", headers=HTML).text
    assert re.search(r"Left out: \d+ known only after 2031-12-31", page)
    assert "Left out" not in client.get("/things/topic/night-pilotage", headers=HTML).text


MARKS = [
    # page                                        tag that must stand there
    ("/things/consultation/cwg-harbour/2032-01", '<span class="how how-planned"><b>[P]</b> planned</span>'),
    ("/things/consultation/cwg-harbour/2032-01", '<span class="how how-inferred"><b>[I]</b> inferred</span>'),
    ("/things/topic/night-pilotage", '<span class="how how-proposed"><b>[P]</b> proposed</span>'),
    ("/things/resolution/pp/61/2031", '<span class="how how-register"><b>[R]</b> from a register</span>'),
    ("/things/conference/pp/2035", '<span class="how how-unverified"><b>[R]</b> from a register, unverified</span>'),
]


@pytest.mark.parametrize(("page", "tag"), MARKS)
def test_stated_planned_inferred_and_register_look_different(client: FlaskClient, page: str, tag: str) -> None:
    assert tag in client.get(page, headers=HTML).text


def test_counts_that_do_not_add_up_are_shown_as_they_are(client: FlaskClient) -> None:
    page = client.get("/things/consultation/cwg-harbour/2031-03", headers=HTML).text
    assert "The groups add up to 37; the stated total is 40." in page
    assert (
        "add up to the stated total of 21" in client.get("/things/consultation/cwg-harbour/2031-09", headers=HTML).text
    )


def test_a_revision_strip_says_what_held(client: FlaskClient) -> None:
    page = client.get("/things/resolution/pp/61?on=2030-05-01", headers=HTML).text
    assert "Resolution 61 (Rev. Osterby, 2027), in force on 2030-05-01" in page
    before = client.get("/things/resolution/pp/61?on=2001-01-01", headers=HTML).text
    assert "Which revision was in force on 2001-01-01 is not in the record." in before


def test_a_document_marks_its_mentions_and_leaves_open_ones_open(client: FlaskClient) -> None:
    page = client.get("/things/document/harbour-chair-report-2033", headers=HTML).text
    assert '<a href="/things/resolution/pp/61/2027">Resolution 61 (Rev. Osterby, 2027)</a></mark>' in page
    assert re.search(r'<mark class="k-meeting open "[^>]*a meeting without ordinal[^>]*>the next meeting</mark>', page)
    only = client.get("/things/document/harbour-chair-report-2033?shown=1&show=topic", headers=HTML).text
    assert "k-topic" in only
    assert '<mark class="k-citation ' not in only


def test_facets_narrow_a_list_and_never_to_nothing(client: FlaskClient) -> None:
    page = client.get("/contributions", headers=HTML).text
    links = re.findall(r'href="(\?[^"]*submitter=[^"]+)"', page)
    assert links
    for link in links:
        assert "Not in the record" not in client.get("/contributions" + link.replace("&amp;", "&"), headers=HTML).text


def test_absence_is_shown_as_absence(client: FlaskClient) -> None:
    page = client.get("/things/topic/tidal-power", headers=HTML).text
    assert "Not in the record." in page


def test_a_query_runs_without_scripts(client: FlaskClient) -> None:
    text = "PREFIX rc: <https://w3id.org/recalling/ontology#>\nSELECT ?m WHERE { ?m a rc:Meeting } ORDER BY ?m"
    page = client.get("/query", query_string={"query": text}, headers=HTML)
    assert "3 rows, complete" in page.text
    assert ">Seventh meeting of CWG-Harbour</a>" in page.text
    assert "/sparql?format=csv&amp;query=PREFIX" in page.text


FACES = [
    # query                                      status  what the page says
    (
        "SELECT * WHERE { ?s a rc:Meeting }",
        200,
        "Added <code>PREFIX rc: &lt;https://w3id.org/recalling/ontology#&gt;</code>",
    ),
    ("SELECT * WHERE { ?s a xylo:phone }", 400, "the prefix xylo: is not declared"),
    ("SELECT * WHERE { ?s ?p }", 400, "Line 1, column"),
    ("SELECT * WHERE { ?s a <x:none> }", 200, "Nothing matches."),
    ("SELECT * { ?m a rc:Meeting ; rc:verdict ?v }", 200, "line 2: <code>a rc:Meeting</code>"),
    ("ASK { ?s ?p ?o }", 200, "Yes."),
    ("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 1", 200, "A graph, as Turtle."),
    ("SELECT * WHERE { SERVICE <http://x/> { ?s ?p ?o } }", 403, "Not answered"),
]


@pytest.mark.parametrize(("text", "status", "said"), FACES)
def test_every_outcome_of_a_query_has_a_face(client: FlaskClient, text: str, status: int, said: str) -> None:
    answer = client.get("/query", query_string={"query": text}, headers=HTML)
    assert (answer.status_code, said in answer.text) == (status, True)


COMPETENCY = [question.name for question in load_all(COMPETENCY_FOLDER)]


@pytest.mark.parametrize("name", COMPETENCY)
def test_a_question_opens_as_a_form_and_runs_without_scripts(client: FlaskClient, name: str) -> None:
    page = client.get(f"/query?question={name}", headers=HTML)
    assert page.status_code == 200
    if 'class="row ask"' in page.text:
        form = page.text.partition('class="row ask"')[2].partition("</form>")[0]
        fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
        for field, options in re.findall(r'<select name="(\w+)">(.*?)</select>', form, re.DOTALL):
            fields[field] = re.findall(r'value="([^"]*)" selected', options)[0]
        answer = client.get("/query", query_string=fields, headers=HTML)
        assert re.search(r"rows?, complete|Nothing matches", answer.text)


CHOSEN = [
    # arguments                                                    status  stands in the query, or is said
    ("question=04-topic-at-meetings&topic=topic/night-pilotage&run=1", 200, "id/topic/night-pilotage&gt; }"),
    ("question=04-topic-at-meetings&topic=topic/night-pilotage&run=1", 200, "rows, complete"),
    ("question=03-revision-in-force&on=2029-05-01", 200, "&#34;2029-05-01&#34;^^"),
    ("question=03-revision-in-force&on=soon", 400, "not a date"),
    ("question=04-topic-at-meetings&topic=a{b}", 400, "not an absolute IRI"),
]


@pytest.mark.parametrize(("arguments", "status", "said"), CHOSEN)
def test_what_is_chosen_stands_in_the_query(client: FlaskClient, arguments: str, status: int, said: str) -> None:
    answer = client.get(f"/query?{arguments}", headers=HTML)
    assert (answer.status_code, said in answer.text) == (status, True)


def test_a_panels_query_opens_filled_for_its_thing(client: FlaskClient) -> None:
    page = client.get("/query?panel=topic_statuses&about=" + BASE + "topic/safe-quays", headers=HTML).text
    assert "VALUES ?thing { &lt;https://w3id.org/recalling/id/topic/safe-quays&gt; }" in page


@pytest.mark.parametrize("text", ["SELECT * WHERE {}", "# Größe, 試し\nASK {}", "x" * 20_000])
def test_a_short_link_gives_the_same_query_back(client: FlaskClient, text: str) -> None:
    address = short(text)
    assert expanded(address.removeprefix("/q/")) == text
    assert client.get(address).status_code == 303


def test_a_short_link_cannot_unpack_to_more_than_a_query(client: FlaskClient) -> None:
    assert client.get(short("x" * 200_000)).status_code == 404


def test_lanes_come_as_svg_and_csv(client: FlaskClient) -> None:
    drawing = client.get("/topics?format=svg")
    assert drawing.content_type.startswith("image/svg+xml")
    assert drawing.text.startswith('<svg xmlns="http://www.w3.org/2000/svg"')
    rows = list(csv.DictReader(io.StringIO(client.get("/topics?format=csv").text)))
    assert ("Tide tables", "launched", "planned") in {(r["topicLabel"], r["outcome"], r["how"]) for r in rows}


BACK = [("/topics?on=2031-01-01", "/topics?on=2031-01-01"), ("//evil.example/", "/"), ("https://evil.example/", "/"),
        ("/\\evil.example", "/"), ("/a\r\nX: y", "/")]  # fmt: skip


@pytest.mark.parametrize(("back", "location"), BACK)
def test_choosing_colours_leads_back_to_the_site_only(client: FlaskClient, back: str, location: str) -> None:
    answer = client.post("/scheme", data={"scheme": "dark", "back": back})
    assert (answer.status_code, answer.headers["Location"]) == (303, location)
    assert 'data-scheme="dark"' in client.get("/topics", headers=HTML).text


@pytest.fixture(scope="module")
def restated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder = write_small_dataset(tmp_path_factory.mktemp("restated") / "dataset")
    path = folder / "current" / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), "restated": True}), "utf-8")
    app = create_app(Config(dataset=folder))
    yield app
    app.extensions["recalling"].datasets.close()


RESTATED = [*PAGES, "/things/topic/safe-quays", "/things/document/cwg-harbour/7/3", "/evidence",
            "/evidence?part=drawer",
            "/things/topic/night-pilotage?panel=topic_statuses&format=csv", "/topics?format=csv", "/topics?format=svg",
            "/things/topic/night-pilotage?panel=topic_statuses&format=json", "/search?q=tide&format=json",
            "/trace?from=resolution/pp/61&format=json", "/trace?from=resolution/pp/61&format=text"]  # fmt: skip


@pytest.mark.parametrize("address", RESTATED)
def test_a_restated_dataset_says_so_everywhere(restated: Flask, address: str) -> None:
    address = address.replace("/evidence", quote("cr-deferred"), 1)
    assert "estated, not the institution" in restated.test_client().get(address, headers=HTML).text


def test_the_site_works_without_its_bundles(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("queryapp.views.frame.VENDOR", tmp_path)
    vendor.cache_clear()
    try:
        page = client.get("/query", headers=HTML).text
    finally:
        vendor.cache_clear()
    assert "<textarea" in page
    assert "/vendor/" not in page
    assert "<script src" not in page


def test_styles_and_scripts_keep_their_budget() -> None:
    assert len(gzip.compress((VENDOR.parent / "site.css").read_bytes())) <= 8_000
    if not vendor():
        pytest.skip("the scripts were not built: npm run build in queryapp/frontend")
    sizes = {name: (VENDOR / hashed).stat().st_size for name, hashed in vendor().items()}
    packed = {name: len(gzip.compress((VENDOR / hashed).read_bytes())) for name, hashed in vendor().items()}
    assert packed["site.js"] <= 15_000
    assert packed["editor.js"] <= 140_000
    assert sizes["public-sans-latin.woff2"] + sizes["literata-latin.woff2"] <= 80_000


def test_answers_of_the_endpoint_say_in_a_header_that_they_are_restated(restated: Flask, client: FlaskClient) -> None:
    for asked, note in ((restated.test_client(), "restated, not the institution's words"), (client, None)):
        assert asked.get("/sparql?query=ASK{}&format=json").headers.get("X-Note") == note
