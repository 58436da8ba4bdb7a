"""Packed answers: what a client takes, what it is told, and that the same is in them."""

from __future__ import annotations

import gzip

import pytest
from flask.testing import FlaskClient

from queryapp.packing import STATIC
from queryapp.views.frame import vendor

HTML = {"Accept": "text/html"}
PAGES = ["/topics", "/things/resolution/pp/61", "/things/body/cwg-harbour.ttl", "/topics?format=svg", "/quality"]


@pytest.mark.parametrize("address", PAGES)
def test_long_text_goes_out_packed_to_those_who_take_it(client: FlaskClient, address: str) -> None:
    plain = client.get(address, headers=HTML)
    assert "Content-Encoding" not in plain.headers
    assert "Accept-Encoding" in plain.headers["Vary"]
    packed = client.get(address, headers={**HTML, "Accept-Encoding": "br, gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert int(packed.headers["Content-Length"]) == len(packed.data) < len(plain.data)
    assert len(gzip.decompress(packed.data)) == len(plain.data)
    assert "Accept-Encoding" in packed.headers["Vary"]


UNPACKED = [
    # address      what the client takes
    ("/healthz", "gzip"),
    ("/topics", "gzip;q=0, identity"),
    ("/topics", "br"),
    ("/downloads/graph.nq", "gzip"),
]


@pytest.mark.parametrize(("address", "takes"), UNPACKED)
def test_short_unwanted_and_streamed_answers_stay_as_they_are(client: FlaskClient, address: str, takes: str) -> None:
    answer = client.get(address, headers={**HTML, "Accept-Encoding": takes})
    assert answer.status_code == 200
    assert "Content-Encoding" not in answer.headers
    answer.close()


def test_what_a_client_has_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get("/things/body/cwg-harbour.ttl", headers={"Accept-Encoding": "gzip"})
    tag = first.headers["ETag"]
    assert tag.startswith("W/")
    for takes in ("gzip", "identity"):
        again = client.get("/things/body/cwg-harbour.ttl", headers={"Accept-Encoding": takes, "If-None-Match": tag})
        assert (again.status_code, again.data) == (304, b"")


def test_the_style_sheet_is_packed_and_kept(client: FlaskClient) -> None:
    answer = client.get("/static/site.css?v=1", headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(answer.data) == (STATIC / "site.css").read_bytes()
    assert "immutable" in answer.headers["Cache-Control"]
    tag = answer.headers["ETag"]
    assert client.get("/static/site.css", headers={"If-None-Match": tag}).status_code == 304
    assert client.get("/static/site.css").headers["Cache-Control"] == "no-cache"


@pytest.mark.skipif(not vendor(), reason="the scripts were not built: npm run build in queryapp/frontend")
@pytest.mark.parametrize(
    ("takes", "encoding", "ending"), [("br, gzip", "br", ".br"), ("gzip", "gzip", ".gz"), ("", None, "")]
)
def test_the_twin_that_the_build_made_is_served(
    client: FlaskClient, takes: str, encoding: str | None, ending: str
) -> None:
    name = f"vendor/{vendor()['site.js']}"
    answer = client.get(f"/static/{name}", headers={"Accept-Encoding": takes})
    assert answer.data == (STATIC / f"{name}{ending}").read_bytes()
    assert answer.headers.get("Content-Encoding") == encoding
    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["Vary"] == "Accept-Encoding"
    font = client.get(f"/static/vendor/{vendor()['public-sans-latin.woff2']}", headers={"Accept-Encoding": takes})
    assert "Content-Encoding" not in font.headers


@pytest.mark.parametrize("name", ["../config.py", "vendor/../../config.py", "nothing.css", "vendor"])
def test_nothing_else_is_served(client: FlaskClient, name: str) -> None:
    assert client.get(f"/static/{name}").status_code == 404
