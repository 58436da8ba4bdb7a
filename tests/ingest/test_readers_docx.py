"""Word files, made here: the numbers Word prints, and every container that can hold text."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_BREAK

from ingest.readers import read
from ingest.readers.docx_numbering import formatted
from ingest.text import clean
from tests.ingest.reading import check, shapes, written, zipped

NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def package(body: str, **parts: str) -> bytes:
    """A .docx with this body and further parts ("numbering", "styles", "footnotes", "header1" …)."""
    kinds = {name: name.rstrip("0123456789") for name in parts}
    relations = "".join(
        f'<Relationship Id="{name}" Type="{REL}/{kind}" Target="{name}.xml"/>' for name, kind in kinds.items()
    )
    members = {
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="a" Type="{REL}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'relationships">{relations}</Relationships>',
        "word/document.xml": f"<w:document {NS}><w:body>{body}</w:body></w:document>",
    }
    roots = {"header": "hdr", "footer": "ftr"}
    for name, content in parts.items():
        root = roots.get(kinds[name], kinds[name])
        members[f"word/{name}.xml"] = f"<w:{root} {NS}>{content}</w:{root}>"
    return zipped(dict(members))


def p(text: str, props: str = "") -> str:
    return f"<w:p><w:pPr>{props}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def numbered(text: str, num: int, level: int = 0) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>')


def lvl(at: int, form: str, text: str, extra: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{extra}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


NUMBERING = (
    '<w:abstractNum w:abstractNumId="0">'
    + lvl(0, "decimal", "%1")
    + lvl(1, "decimal", "%1.%2")
    + lvl(2, "lowerLetter", "%3)")
    + lvl(3, "lowerRoman", "(%4)")
    + "</w:abstractNum>"
    + '<w:abstractNum w:abstractNumId="1">'
    + lvl(0, "bullet", "\uf0b7")
    + lvl(1, "upperRoman", "%2.", start=4)
    + lvl(2, "decimal", "%2-%3", "<w:isLgl/>")
    + "</w:abstractNum>"
    + '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    + '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    + '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/>'
    + "</w:lvlOverride></w:num>"
    + '<w:num w:numId="4"><w:abstractNumId w:val="0"/></w:num>'
)


def test_automatic_numbers_are_printed(tmp_path: Path) -> None:
    body = (
        numbered("Introduction", 1)
        + numbered("The group met.", 1, 1)
        + numbered("first;", 1, 2)
        + numbered("inner;", 1, 3)
        + numbered("second.", 1, 2)
        + numbered("It rose.", 1, 1)
        + numbered("again;", 1, 2)
        + numbered("Activities", 4)
        + numbered("It acted.", 1, 1)
        + numbered("Closing", 3)
        + numbered("point", 2)
        + numbered("Roman.", 2, 1)
        + numbered("Legal.", 2, 2)
        + numbered("none", 0)
        + numbered("unknown", 99)
    )
    reading = read(written(tmp_path, "a.docx", package(body, numbering=NUMBERING)))
    check(reading)
    assert [(kind, number, words) for kind, _, number, words in shapes(reading)] == [
        ("heading", "1", "Introduction"), ("paragraph", "1.1", "The group met."), ("item", "a)", "first;"),
        ("item", "(i)", "inner;"), ("item", "b)", "second."), ("paragraph", "1.2", "It rose."),
        ("item", "a)", "again;"),
        ("heading", "2", "Activities"), ("paragraph", "2.1", "It acted."), ("heading", "7", "Closing"),
        ("item", "•", "point"), ("paragraph", "IV.", "Roman."), ("paragraph", "4-1", "Legal."),
        ("paragraph", None, "none"), ("paragraph", None, "unknown"),
    ]  # fmt: skip
    assert "1.1\tThe group met." in reading.text


STYLES = (
    '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/>'
    '</w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="H1b"><w:name w:val="Own"/><w:basedOn w:val="H1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="P2"><w:name w:val="Numbered"/><w:pPr><w:numPr><w:numId w:val="1"/>'
    "</w:numPr></w:pPr></w:style>"
    '<w:style w:type="paragraph" w:styleId="Call"><w:name w:val="Call"/></w:style>'
    '<w:style w:type="character" w:styleId="FR"><w:name w:val="footnote reference"/></w:style>'
)


def test_numbers_and_headings_come_from_styles(tmp_path: Path) -> None:
    numbering = NUMBERING.replace('<w:lvlText w:val="%1.%2"/>', '<w:pStyle w:val="P2"/><w:lvlText w:val="%1.%2"/>')
    body = "".join(
        p(text, f'<w:pStyle w:val="{style}"/>')
        for style, text in (
            ("H1", "Introduction"),
            ("P2", "It met."),
            ("H1b", "Next"),
            ("P2", "It rose."),
            ("Call", "noting"),
        )
    )
    reading = read(written(tmp_path, "a.docx", package(body, numbering=numbering, styles=STYLES)))
    assert shapes(reading) == [
        ("heading", 1, "1", "Introduction"), ("paragraph", 0, "1.1", "It met."), ("heading", 1, "2", "Next"),
        ("paragraph", 0, "2.1", "It rose."), ("heading", 2, None, "noting"),
    ]  # fmt: skip


HOLDERS = [
    # what holds the text; every one of them must come through
    "<w:p><w:hyperlink><w:r><w:t>KEPT</w:t></w:r></w:hyperlink></w:p>",
    "<w:p><w:smartTag><w:smartTag><w:r><w:t>KEPT</w:t></w:r></w:smartTag></w:smartTag></w:p>",
    "<w:p><w:ins><w:r><w:t>KEPT</w:t></w:r></w:ins></w:p>",
    "<w:p><w:moveTo><w:r><w:t>KEPT</w:t></w:r></w:moveTo></w:p>",
    "<w:sdt><w:sdtPr/><w:sdtContent><w:p><w:r><w:t>KEPT</w:t></w:r></w:p></w:sdtContent></w:sdt>",
    "<w:p><w:sdt><w:sdtContent><w:r><w:t>KEPT</w:t></w:r></w:sdtContent></w:sdt></w:p>",
    '<w:p><w:fldSimple w:instr="REF x"><w:r><w:t>KEPT</w:t></w:r></w:fldSimple></w:p>',
    '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:r>'
    '<w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>KEPT</w:t></w:r></w:p>',
    "<w:customXml><w:p><w:r><w:t>KEPT</w:t></w:r></w:p></w:customXml>",
    "<w:tbl><w:tr><w:tc><w:tbl><w:tr><w:tc><w:p><w:r><w:t>KEPT</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:tc></w:tr></w:tbl>",
    "<w:tbl><w:sdt><w:sdtContent><w:tr><w:tc><w:p><w:r><w:t>KEPT</w:t></w:r></w:p></w:tc></w:tr></w:sdtContent></w:sdt></w:tbl>",
    "<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent><w:p><w:r><w:t>KEPT</w:t></w:r></w:p>"
    "</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>KEPT</w:t></w:r></w:p>"
    "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>",
    "<w:p><w:unheardOf><w:r><w:t>KEPT</w:t></w:r></w:unheardOf></w:p>",
    "<w:p><w:r><w:ruby><w:rt><w:r><w:t>x</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>KEPT</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>",
    "<w:p><m:oMath><m:r><m:t>KEPT</m:t></m:r></m:oMath></w:p>",
]  # fmt: skip


@pytest.mark.parametrize("holder", HOLDERS)
def test_no_container_swallows_text(tmp_path: Path, holder: str) -> None:
    reading = read(written(tmp_path, "a.docx", package(p("Before.") + holder + p("After."))))
    check(reading)
    assert reading.text == "Before.\nKEPT\nAfter."
    lost = {finding.code for finding in reading.findings}
    assert lost <= ({"text-lost"} if "ruby" in holder else set())


def test_what_is_left_out_is_said(tmp_path: Path) -> None:
    body = (
        "<w:p><w:del><w:r><w:delText>old</w:delText></w:r></w:del><w:ins><w:r><w:t>new</w:t></w:r></w:ins></w:p>"
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r></w:p>"
        "<w:p><w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>shown</w:t></w:r></w:p>"
    )
    comments = f'<w:comment w:id="0">{p("aside")}</w:comment>'
    reading = read(written(tmp_path, "a.docx", package(body, comments=comments)))
    assert reading.text == "new\nshown"
    assert [finding.code for finding in reading.findings] == ["tracked-deletions", "hidden-text", "comments"]


RAISED = [
    # raised words, as they are read behind "ports"
    ("2", "ports² met"), ("(3)", "ports³ met"), ("4)", "ports⁴ met"), ("a)", "portsᵃ met"), ("*", "ports* met"),
    ("st", "portsst met"), ("-3", "ports-3 met"), ("a", "portsa met"), ("1000", "ports1000 met"),
]  # fmt: skip


@pytest.mark.parametrize(("above", "wanted"), RAISED)
def test_raised_words_that_are_marks(tmp_path: Path, above: str, wanted: str) -> None:
    mark = f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>{above}</w:t></w:r>'
    body = f'<w:p><w:r><w:t>The ports</w:t></w:r>{mark}<w:r><w:t xml:space="preserve"> met.</w:t></w:r></w:p>'
    assert wanted in read(written(tmp_path, "a.docx", package(body))).text


def test_footnotes_marks_headers_and_symbols(tmp_path: Path) -> None:
    body = (
        '<w:p><w:r><w:t>developing</w:t></w:r><w:r><w:footnoteReference w:id="5"/></w:r>'
        "<w:r><w:t> ports, the 21</w:t></w:r>"
        '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>st</w:t></w:r><w:r><w:t> of 5 m</w:t></w:r>'
        '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r>'
        "<w:r><w:noBreakHyphen/><w:t>x</w:t><w:br/>"
        '<w:t>y</w:t><w:softHyphen/><w:sym w:font="Symbol" w:char="F0B7"/></w:r></w:p>'
        '<w:p><w:r><w:t>(2018)</w:t></w:r><w:r><w:endnoteReference w:id="3"/></w:r>'
        '<w:r><w:rPr><w:rStyle w:val="FR"/></w:rPr><w:footnoteReference w:customMarkFollows="1" w:id="6"/>'
        "<w:t>2</w:t></w:r></w:p>"
        '<w:sectPr><w:headerReference w:type="default" r:id="header1"/>'
        '<w:footerReference w:type="default" r:id="footer1"/>'
        '<w:headerReference w:type="first" r:id="header1"/></w:sectPr>'
    )
    mark = '<w:r><w:rPr><w:rStyle w:val="FR"/></w:rPr>'
    footnotes = (
        f'<w:footnote w:type="separator" w:id="0">{p("-----")}</w:footnote>'
        f'<w:footnote w:id="5"><w:p>{mark}<w:footnoteRef/></w:r>'
        "<w:r><w:tab/><w:t>Small ports.</w:t></w:r></w:p></w:footnote>"
        f'<w:footnote w:id="6"><w:p>{mark}<w:t>2</w:t></w:r><w:r><w:t> Typed.</w:t></w:r></w:p></w:footnote>'
        f'<w:footnote w:id="7">{p("Never referred to.")}</w:footnote>'
    )
    endnotes = (
        f'<w:endnote w:id="3"><w:p>{mark}<w:endnoteRef/></w:r><w:r><w:t> At the end.</w:t></w:r></w:p></w:endnote>'
    )
    data = package(
        body, styles=STYLES, footnotes=footnotes, endnotes=endnotes, header1=p("HARBOUR/7"), footer1=p("Page 1")
    )
    reading = read(written(tmp_path, "a.docx", data))
    check(reading)
    assert shapes(reading) == [
        ("paragraph", 0, None, "developing¹ ports, the 21st of 5 m²\u2011x\ny\u00ad•"),
        ("footnote", 0, "1", "Small ports."),
        ("paragraph", 0, None, "(2018)¹²"),
        ("footnote", 0, "1", "At the end."),
        ("footnote", 0, "2", "Typed."),
        ("footnote", 0, None, "Never referred to."),
        ("header", 0, None, "HARBOUR/7"),
        ("footer", 0, None, "Page 1"),
    ]
    assert reading.findings == ()
    assert clean(reading).text.startswith("developing ports, the 21st of 5 m²-x y•\n")


def test_tables_and_frames(tmp_path: Path) -> None:
    cell = "<w:tc>{}</w:tc>"
    grid = "<w:tbl><w:tr>" + cell.format(p("a")) + cell.format(p("b") + p("c")) + "</w:tr></w:tbl>"
    frame = "<w:tbl><w:tr>" + cell.format(p("Purpose") + p("To report.")) + "</w:tr></w:tbl>"
    reading = read(written(tmp_path, "a.docx", package(grid + frame)))
    assert [(kind, words) for kind, _, _, words in shapes(reading)] == [
        ("cell", "a"), ("cell", "b"), ("cell", "c"), ("heading", "Purpose"), ("paragraph", "To report."),
    ]  # fmt: skip


def test_a_file_of_python_docx_with_pages_and_title(tmp_path: Path) -> None:
    document = docx.Document()
    document.core_properties.title = "Report of the working party"
    document.add_heading("Introduction", 1)
    document.add_paragraph("The working party on harbours met in the town of Alba.")
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph("It rose.")
    file = io.BytesIO()
    document.save(file)
    reading = read(written(tmp_path, "a.docx", file.getvalue()))
    check(reading)
    assert reading.title == "Report of the working party"
    assert reading.language == "en"
    assert [(block.kind, block.page) for block in reading.blocks] == [
        ("heading", 1),
        ("paragraph", 1),
        ("paragraph", 2),
    ]


FORMATS = [
    (3, "lowerLetter", "c"), (28, "lowerLetter", "bb"), (4, "upperLetter", "D"), (9, "lowerRoman", "ix"),
    (1994, "upperRoman", "MCMXCIV"), (7, "decimalZero", "07"), (11, "ordinal", "11th"), (22, "ordinal", "22nd"),
    (2, "none", ""), (2, "unheardOf", "2"), (0, "upperRoman", "0"), (3, "russianLower", "в"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "form", "printed"), FORMATS)
def test_number_formats(value: int, form: str, printed: str) -> None:
    assert formatted(value, form) == printed
