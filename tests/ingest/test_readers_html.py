"""HTML, from tidy to hostile."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.readers import read
from ingest.text import clean
from tests.ingest.reading import check, shapes, words_of, written

CASES = [
    # body, what comes of it
    ("<h2>Closing</h2><p>It <b>rose</b>.</p>", [("heading", 2, None, "Closing"), ("paragraph", 0, None, "It rose.")]),
    ("<h1>1 Introduction</h1><p>1.1 It met.</p>",
     [("heading", 1, "1", "Introduction"), ("paragraph", 0, "1.1", "It met.")]),
    ("<div>One<div>Two</div>Three</div>", [("paragraph", 0, None, w) for w in ("One", "Two", "Three")]),
    ("One<br>line<br><br>Two", [("paragraph", 0, None, "One\nline"), ("paragraph", 0, None, "Two")]),
    ("1.1 One.<br>1.2 Two.", [("paragraph", 0, "1.1", "One."), ("paragraph", 0, "1.2", "Two.")]),
    ("<ol><li>a<li>b<li value=7>c</ol>", [("item", 1, "1.", "a"), ("item", 1, "2.", "b"), ("item", 1, "7.", "c")]),
    ("<ol type=a start=3><li>x</ol>", [("item", 1, "c.", "x")]),
    ('<ol style="list-style-type: upper-roman"><li>x</ol>', [("item", 1, "I.", "x")]),
    ("<ol reversed><li>a<li>b</ol>", [("item", 1, "2.", "a"), ("item", 1, "1.", "b")]),
    ("<ul><li>a<ul><li>b</ul><li>c</ul>", [("item", 1, "•", "a"), ("item", 2, "•", "b"), ("item", 1, "•", "c")]),
    ("<ul><li>a) typed</ul>", [("item", 1, "a)", "typed")]),
    ("<ol><li><p>a</p><p>more</p></li></ol>", [("item", 1, "1.", "a"), ("paragraph", 0, None, "more")]),
    ("<table><tr><td>a<td>b<tr><th>c<th></table>", [("cell", 0, None, w) for w in "abc"]),
    ("<table><tr><td>o<table><tr><td>i<td>j</table><td>p</table>", [("cell", 0, None, w) for w in "oijp"]),
    ("<table><tr><td><p>Purpose<p>To report.</table>",
     [("heading", 1, None, "Purpose"), ("paragraph", 0, None, "To report.")]),
    ("<pre>1. one\n2. two</pre>", [("item", 1, "1.", "one"), ("item", 1, "2.", "two")]),
    ("x<script>no</script><style>no</style><template>no</template>y", [("paragraph", 0, None, "xy")]),
    ("<p>x &lt;b&gt; &amp;amp; &nbsp;y</p>", [("paragraph", 0, None, "x <b> &amp; \u00a0y")]),
    ("the 21<sup>st</sup>, 5 m<sup>2</sup>, <q>so</q>", [("paragraph", 0, None, "the 21st, 5 m², “so”")]),
    ("<p>a<sup>2)</sup> b<sup>*</sup> c<sup>th</sup> d<sup>x</sup> e<sup>-3</sup>",
     [("paragraph", 0, None, "a² b* cth dx e-3")]),
    ('<p>a<span style="vertical-align: super">7</span> b<span class="superscript">8</span> c<span>9</span>',
     [("paragraph", 0, None, "a⁷ b⁸ c9")]),
    ('<p>a<span style="vertical-align:super">st</span> b<span style="vertical-align:sub">2</span>',
     [("paragraph", 0, None, "ast b2")]),
    ("<nav>menu</nav><header>site</header>words<footer>foot</footer>",
     [("header", 0, None, "menu"), ("header", 0, None, "site"), ("paragraph", 0, None, "words"),
      ("footer", 0, None, "foot")]),
    ("<article><header>Words</header></article>", [("paragraph", 0, None, "Words")]),
]  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), CASES)
def test_blocks(tmp_path: Path, body: str, expected: list[tuple[str, int, str | None, str]]) -> None:
    found = words_of(tmp_path, "a.html", f"<html><body>{body}</body></html>")
    if body.startswith("<pre>"):  # what a list in plain text is, the outline says
        found = [("item", 1, number, words) for _, _, number, words in found]
    assert found == expected


NOTES = [
    '<p>Ports<sup><a href="#n1">1</a></sup> met.</p>'
    '<ol><li id="n1">Small ones. <a class="footnote-backref" href="#r">↩</a></ol>',
    '<p>Ports<a role="doc-noteref" href="#n1">1</a> met.</p><aside role="doc-footnote" id="n1">1 Small ones.</aside>',
    '<p>Ports<sup id="r1"><a href="#n1">[1]</a></sup> met.</p>'
    '<section class="footnotes"><ol><li>Small ones.</ol></section>',
    '<p>Ports<a href="#_ftn1" name="_ftnref1"><span class=MsoFootnoteReference>[1]</span></a> met.</p>'
    '<div id="ftn1"><p>[1] Small ones.</p></div>',
]  # fmt: skip


@pytest.mark.parametrize("body", NOTES)
def test_footnotes(tmp_path: Path, body: str) -> None:
    reading = read(written(tmp_path, "a.html", f"<html><body>{body}</body></html>"))
    check(reading)
    assert [(kind, words) for kind, _, _, words in shapes(reading)] == [
        ("paragraph", "Ports¹ met."), ("footnote", "Small ones."),
    ]  # fmt: skip
    assert clean(reading).text.startswith("Ports met.\n")


def test_hidden_text_is_left_out_and_said(tmp_path: Path) -> None:
    body = "<p hidden>no</p><p style='display:none'>no</p><p style='mso-hide:all'>no</p><p>yes</p>"
    reading = read(written(tmp_path, "a.html", f"<html><body>{body}</body></html>"))
    assert reading.text == "yes"
    assert [finding.code for finding in reading.findings] == ["hidden-text"]


def test_what_the_head_says(tmp_path: Path) -> None:
    head = b"<meta charset=windows-1252><title> Le\n titre </title>"
    page = b"<!DOCTYPE html><html lang='fr-CH'><head>" + head + b"</head><body>caf\xe9"
    reading = read(written(tmp_path, "a.html", page))
    assert (reading.language, reading.title, reading.encoding, reading.text) == ("fr", "Le titre", "cp1252", "café")
    assert reading.findings == ()


DEEP = [
    "<div>" * 100_000 + "KEPT" + "</div>" * 100_000 + "<p>AFTER</p>",
    "<b>" * 50_000 + "KEPT" + "</b>" * 50_000 + "<p>AFTER</p>",
    "<ul><li>" * 20_000 + "KEPT" + "</ul>" * 20_000 + "<p>AFTER</p>",
    "<table><tr><td>" * 5_000 + "KEPT" + "</table>" * 5_000 + "<p>AFTER</p>",
]


@pytest.mark.parametrize("body", DEEP, ids=["div", "b", "ul", "table"])
def test_depth_neither_crashes_nor_loses_text(tmp_path: Path, body: str) -> None:
    reading = read(written(tmp_path, "a.html", body))
    check(reading)
    assert "KEPT" in reading.text
    assert "AFTER" in reading.text


def test_unclosed_tags_take_no_time(tmp_path: Path) -> None:
    reading = read(written(tmp_path, "a.html", "<html><p>words" + "<a" * 200_000))
    assert reading.text == "words"


def test_many_open_paragraphs_are_not_depth(tmp_path: Path) -> None:
    reading = read(written(tmp_path, "a.html", "<html><body>" + "<p>One.\n" * 3_000))
    assert len(reading.blocks) == 3_000
    assert reading.findings == ()
