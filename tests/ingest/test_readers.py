"""What `read` does with any file: what it takes it for, what it refuses, what it says of it."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from ingest.errors import IngestError
from ingest.readers import ReadError, read
from ingest.readers.decode import decode
from ingest.text import clean
from tests.ingest.reading import check, check_map, shapes, words_of, written, zipped

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
AKN = 'xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"'


def encrypted_zip() -> bytes:
    data = bytearray(zipped({"word/document.xml": f"<w:document {W}/>"}))
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(sign) + offset] |= 1
    return bytes(data)


ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
HOSTILE: list[tuple[str, bytes, str]] = [
    # name, content, code
    ("empty.txt", b"", "empty"),
    ("blank.pdf", b" \r\n\t ", "empty"),
    ("nul.txt", b"\0\0\0\0", "empty"),
    ("marks.txt", b"_____\n\n- 3 -\n", "no-text"),
    ("broken.pdf", b"%PDF-1.7\nnothing of the kind", "corrupt"),
    ("half.docx", zipped({"word/document.xml": f"<w:document {W}/>"})[:60], "corrupt"),
    ("other.docx", zipped({"xl/workbook.xml": "<a/>"}), "unreadable"),
    ("nodoc.docx", zipped({"word/styles.xml": "<a/>"}), "corrupt"),
    ("bad.docx", zipped({"word/document.xml": f"<w:document {W}><w:body>"}), "corrupt"),
    ("void.docx", zipped({"word/document.xml": f"<w:document {W}><w:body/></w:document>"}), "no-text"),
    ("locked.docx", encrypted_zip(), "encrypted"),
    ("bomb.docx", zipped({"word/document.xml": b"<a>" + b" " * 30_000_000 + b"</a>"}), "unsafe"),
    ("many.docx", zipped({"word/document.xml": "<a/>"} | {f"m/{n}": "" for n in range(5_001)}), "unsafe"),
    ("entity.docx", zipped({"word/document.xml": f"{ENTITIES}<w:document {W}/>"}), "unsafe"),
    ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "unreadable"),
    ("locked2.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    ("rich.txt", b"{\\rtf1 text}", "unreadable"),
    ("laughs.xml", f"{ENTITIES}<akomaNtoso {AKN}><act>&b;</act></akomaNtoso>".encode(), "unsafe"),
    ("laughs16.xml", f"{ENTITIES}<akomaNtoso {AKN}><act>&b;</act></akomaNtoso>".encode("utf-16"), "unsafe"),
    ("external.xml", b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><akomaNtoso/>', "unsafe"),
    ("deep.xml", f"<akomaNtoso {AKN}>".encode() + b"<p>" * 100_000, "corrupt"),
    ("open.xml", f"<akomaNtoso {AKN}><act>".encode(), "corrupt"),
    ("other.xml", b"<?xml version='1.0'?><feed><p>x</p></feed>", "unreadable"),
    ("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, "unreadable"),
    ("void.html", b"<html><script>var a = 'text';</script></html>", "no-text"),
    ("mark.txt", b"\xff\xfea", "corrupt"),
]


@pytest.mark.parametrize(("name", "content", "code"), HOSTILE, ids=[name for name, _, _ in HOSTILE])
def test_what_cannot_be_read_is_one_line_that_names_the_file(
    tmp_path: Path, name: str, content: bytes, code: str
) -> None:
    with pytest.raises(ReadError) as caught:
        read(written(tmp_path, name, content))
    assert caught.value.code == code
    assert isinstance(caught.value, IngestError)
    assert caught.value.message.startswith(name)
    assert "\n" not in caught.value.message


def test_only_regular_files(tmp_path: Path) -> None:
    target = written(tmp_path, "there.txt", "Words.")
    link = tmp_path / "link.txt"
    link.symlink_to(target)
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    for path in (link, pipe, tmp_path):
        with pytest.raises(ReadError) as caught:
            read(path)
        assert caught.value.code == "not-a-file"
    with pytest.raises(ReadError) as caught:
        read(tmp_path / "none.txt")
    assert caught.value.code == "missing"


SNIFFED = [
    # name, content, media type, mislabelled
    ("a.txt", "Words.", "text/plain", False),
    ("a.md", "# Words", "text/markdown", False),
    ("a", "Words.", "text/plain", False),
    ("a.pdf", "Words.", "text/plain", True),
    ("a.txt", "<!DOCTYPE html>\n<html><p>Words.", "text/html", True),
    ("a.html", "<p>Words.</p>", "text/html", False),
    ("a.html", "\ufeff<!-- c --><html><p>Words.</html>", "text/html", False),
    ("a.md", "<div>\n\nWords\n</div>", "text/markdown", False),
    ("a.xml", f"<akomaNtoso {AKN}><doc><p>Words.</p></doc></akomaNtoso>", "application/akn+xml", False),
    ("a.html", "<?xml version='1.0'?>\n<an:akomaNtoso xmlns:an='urn:x'><p>Words.</p></an:akomaNtoso>",
     "application/akn+xml", True),
    ("a.txt", "<3 the harbour", "text/plain", False),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "media_type", "mislabelled"), SNIFFED)
def test_the_content_decides(tmp_path: Path, name: str, content: str, media_type: str, mislabelled: bool) -> None:
    reading = read(written(tmp_path, name, content))
    assert reading.media_type == media_type
    assert ("mislabelled" in {finding.code for finding in reading.findings}) == mislabelled
    check(reading)


TEXT = "Côte d’Ivoire agreed – 5 €."
ENCODED = [
    # bytes, encoding, whether it is said
    (TEXT.encode(), "utf-8", False),
    (b"\xef\xbb\xbf" + TEXT.encode(), "utf-8", False),
    (b"\xff\xfe" + TEXT.encode("utf-16-le"), "utf-16-le", False),
    (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16-be", False),
    (b"\xff\xfe\0\0" + TEXT.encode("utf-32-le"), "utf-32-le", False),
    (TEXT.encode("utf-16-le"), "utf-16-le", True),
    (TEXT.encode("utf-16-be"), "utf-16-be", True),
    (TEXT.encode("cp1252"), "cp1252", True),
]


@pytest.mark.parametrize(("data", "encoding", "said"), ENCODED)
def test_decoding(data: bytes, encoding: str, said: bool) -> None:
    decoded = decode(data, "a.txt")
    assert (decoded.text, decoded.encoding) == (TEXT, encoding)
    assert bool(decoded.findings) == said


def test_bytes_that_no_encoding_has_are_still_read() -> None:
    decoded = decode(b"a \x81 b \xff", "a.txt")
    assert decoded.encoding == "latin-1"
    assert len(decoded.text) == 7


def test_plain_text_is_kept_to_the_character(tmp_path: Path) -> None:
    content = "One\u00a0line.\r\n\r\n[bookmark: x]1.1\tTwo\u00ad.\r \tThree\n"
    reading = read(written(tmp_path, "a.txt", content))
    assert reading.text == content
    check(reading)
    assert shapes(reading) == [
        ("paragraph", 0, None, "One\u00a0line."),
        ("paragraph", 0, "1.1", "Two\u00ad."),
        ("paragraph", 0, None, "Three"),
    ]


def test_wrapped_lines_are_put_together(tmp_path: Path) -> None:
    content = (
        "PURPOSE OF THE REPORT\n\n"
        "This report tells of the meetings that the harbour working party held in\n"
        "the year 2031, and of what the ports asked it to do before the next assem-\n"
        "bly meets in the town of Alba.\n"
        "1.1 The working party met twice and took note of all the papers that were\n"
        "handed in by ports and by companies that run quays.\n"
        "a) first point of the list;\n"
        "b) second point of the list.\n"
    )
    found = words_of(tmp_path, "a.txt", content)
    assert [(kind, number) for kind, _, number, _ in found] == [
        ("heading", None), ("paragraph", None), ("paragraph", "1.1"), ("item", "a)"), ("item", "b)"),
    ]  # fmt: skip
    assert "before the next assembly meets" in clean(read(tmp_path / "a.txt")).text


def test_page_breaks_and_running_heads_of_a_text_dump(tmp_path: Path) -> None:
    pages = [f"HARBOUR/7-E\nWords of page {n} that are said.\n- {n} -\n" for n in range(1, 5)]
    reading = read(written(tmp_path, "a.txt", "\f".join(pages)))
    check(reading)
    kinds = [(block.kind, block.page) for block in reading.blocks]
    assert kinds == [(kind, page) for page in range(1, 5) for kind in ("header", "paragraph", "page-number")]


def test_markdown(tmp_path: Path) -> None:
    content = (
        "---\ntitle: The report\n---\n# 1. Title *of* it\n\nPurpose\n=======\n\n1. First\n   goes on\n2. Second\n"
        "   - inner\n   - a) lettered\n\n1.1 A paragraph[^1].\n\n| A | B |\n|---|---|\n| 1 | two \\| three |\n\n"
        "> quoted\n> more\n\n[^1]: The note.\n\n***\n"
    )
    reading = read(written(tmp_path, "a.md", content))
    check(reading)
    assert reading.text == content
    assert reading.title == "The report"
    result = clean(reading)
    check_map(reading, result)
    assert result.text.split("\n") == [
        "1. Title of it", "Purpose", "1. First goes on", "2. Second", "- inner", "a) lettered", "1.1 A paragraph.",
        "A", "B", "1", "two | three", "quoted more", "The note.",
    ]  # fmt: skip
    assert [(block.kind, block.level, block.number) for block in result.blocks] == [
        ("heading", 1, "1."), ("heading", 1, None), ("item", 1, "1."), ("item", 1, "2."), ("item", 2, "-"),
        ("item", 2, "a)"), ("paragraph", 0, "1.1"), *[("cell", 0, None)] * 4, ("paragraph", 0, None),
        ("footnote", 0, "1"),
    ]  # fmt: skip


def test_the_language_is_told_from_the_words(tmp_path: Path) -> None:
    cases = {
        "en": "The report of the meeting was adopted by the group and sent to the Council.",
        "fr": "Le rapport de la réunion est adopté par le groupe et les membres du conseil pour la suite.",
        "es": "El informe de la reunión se aprobó por el grupo y los miembros del consejo para la próxima.",
        "ru": "Отчет о собрании был утвержден группой и направлен Совету.",
        "ar": "اعتمد الفريق تقرير الاجتماع وأحاله إلى المجلس للنظر فيه.",
        "zh": "工作组通过了会议报告，并将其提交理事会审议，以便采取进一步的行动和措施。",
    }
    for code, words in cases.items():
        assert read(written(tmp_path, f"{code}.txt", words)).language == code
    assert read(written(tmp_path, "none.txt", "12/7 Rev. 2")).language is None


SLOW = [
    ("rules.txt", "_" * 200_000 + " x"),
    ("notes.txt", "_____ 1 a b " * 5_000),
    ("blanks.txt", " " * 200_000 + "x"),
    ("initials.txt", "I. Quay\n" * 10_000),
    ("bare.txt", "1 a\n" * 10_000),
    ("brackets.md", "[" * 20_000),
    ("comments.md", "<!--" * 10_000),
    ("marks.txt", 'HYPERLINK "' * 10_000 + "x" + "[bookmark: " * 10_000),
    ("mixed.txt", "o\u043e" * 100_000),
    ("breaks.html", "<html><p>" + "1. a<br>" * 10_000),
    ("rows.html", "<html><table>" + "<tr><td>x" * 10_000),
    ("items.html", "<html><ol>" + "<li>x" * 10_000),
]


@pytest.mark.parametrize(("name", "content"), SLOW, ids=[name for name, _ in SLOW])
def test_time_grows_with_the_length_alone(tmp_path: Path, name: str, content: str) -> None:
    start = time.process_time()
    clean(read(written(tmp_path, name, content)))
    assert time.process_time() - start < 3


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("name", "blocks", "headings", "numbered"),
    [
        ("cwg-internet/chair-report-2020.txt", 21, 3, 16),
        ("cwg-internet/chair-report-2024.txt", 49, 8, 33),
        ("cwg-internet/chair-report-2026.txt", 43, 8, 30),
        ("cwg-internet/contribution-21-wsis20.txt", 19, 5, 7),
        ("cwg-internet/meeting-11-report-2018.txt", 109, 26, 92),
        ("word/wtsa16-resolution-1.docx", 397, 90, 279),
        ("pp18/final-acts-pp18.akn.xml", 3417, 569, 2622),
    ],
)
def test_real_documents(corpus: Path, name: str, blocks: int, headings: int, numbered: int) -> None:
    reading = read(corpus / name)
    check(reading)
    check_map(reading, clean(reading))
    assert "text-lost" not in {finding.code for finding in reading.findings}
    found = (
        len(reading.blocks),
        sum(block.kind == "heading" for block in reading.blocks),
        sum(block.number is not None for block in reading.blocks),
    )
    assert found == (blocks, headings, numbered)
