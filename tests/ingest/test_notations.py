"""One revision under all its notations; a city that names a body only with its year. Sentences, real registers."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest import finders, resolve, text
from ingest.context import Document, Metadata
from ingest.model import Entity, Link, Source
from ingest.readers import read
from ingest.register import Register, load
from ingest.resources import register_folders


@pytest.fixture(scope="module")
def register() -> Register:
    return load(register_folders())


def cited(folder: Path, register: Register, words: str) -> list[Link]:
    """The citations of a sentence, read as a document of a working group."""
    path = folder / "sentence.txt"
    path.write_text(f"The meeting took note of {words} and went on.\n", encoding="utf-8")
    reading = read(path)
    clean = text.clean(reading)
    known = Metadata(Entity("document", ("cwg-internet", "99", "1")), kind="meeting-report", body="cwg-internet")
    bare = Document(Source(path), reading, clean, known, register)
    links = resolve.resolve(finders.find_all(clean, register), bare)
    return [link for link in links if link.mention.kind == "citation"]


def keys(links: list[Link]) -> list[str]:
    return [" ".join(link.entity.key[1:]) if link.entity else "" for link in links]


NOTATIONS = [
    # the revision; every way to write it
    ("council 1305 2009", "Council Resolution 1305 (2009)", "Council Resolution 1305 (C09)",
     "Resolution 1305 (Council 2009)", "Council Resolution 1305 (adopted 2009)",
     "Resolution 1305 of the Council (2009)"),
    ("council 1305 2019", "Council Resolution 1305 (C09, last amended C19)", "Council Resolution 1305 (Mod. 2019)",
     "Council Resolution 1305 (2009, last amended 2019)", "Council Resolution 1305 (2009; mod. 2019)",
     "Council Resolution 1305 (Council 2009, last amended Council 2019)", "Council Resolution 1305 (rev. 2019)",
     "Council Resolution 1305, as amended in 2019,", "Council Resolution 1305 (2009), as last amended in 2019,"),
    ("council 1306 2015", "Council Resolution 1306 (Rev. 2015)", "Resolution 1306 (Rev. Council 2015)"),
    ("council 1332 2016", "Council Resolution 1332 (Modified 2016)", "Resolution 1332 (Mod. 2016)"),
    ("council 1333 2016", "Resolution 1333 (Rev. 2016)", "Council Resolution 1333 (C11, last amended C16)"),
    ("council 1333 2025", "Council Resolution 1333 (2011, last amended C25)",
     "Resolution 1333 (C11, last amended in C25)"),
    ("council 1336 2019", "Council Resolution 1336 (Mod. 2019)", "Resolution 1336 (Modified 2019)"),
    ("council 925 2019", "Council Resolution 925 (C-1985, last amended C19)"),
    ("pp 102 2018", "Resolution 102 (Rev. Dubai, 2018)", "Resolution 102 (Rev. Dubai 2018)",
     "Resolution 102 (Rev Dubai, 2018)", "Resolution 102 (Rev.Dubai, 2018)", "RESOLUTION 102 (REV. DUBAI, 2018)",
     "Resolution 102 (Dubai, 2018)", "Resolution 102 Rev. (Dubai, 2018)", "Resolution 102, (Rev. Dubai, 2018)",
     "Resolution 102 (Rev. PP-18)", "PP-18 Resolution 102",
     "Resolution 102 of the Plenipotentiary Conference (Rev. Dubai, 2018)",
     "Resolution 102 (Minneapolis, 1998; Rev. Dubai, 2018)", "Resolution 102 (Minneapolis, 1998) (Rev. Dubai, 2018)",
     "PP Resolution 102 (Rev. 2018)", "Res. 102 (Rev. Dubaï, 2018)"),
    ("pp 102 2022", "Resolution 102 (Rev. Bucharest, 2022)", "Resolution 102 (Dubai, 2018; Rev. Bucharest, 2022)",
     "Resolution 102 (Rev. Dubai, 2018; Rev. Bucharest, 2022)"),
    ("pp 197 2014", "Resolution 197 (Busan, 2014)", "PP-14 Res. 197"),
    ("wtsa 20 2016", "Resolution 20 (Rev. Hammamet, 2016)", "Resolution 20 Rev. (Hammamet, 2016)",
     "Resolution 20 (Rev. (Hammamet, 2016)", "Resolution 20 (Rev. (Hammamet, 2016))", "WTSA-16 Resolution 20"),
    ("ra 7 2015", "Resolution ITU-R 7-3 (Rev. Geneva, 2015)", "Resolution ITU-R 7 (Rev. Geneva, 2015)"),
    ("wrc 646 2015", "Resolution 646 (Rev.WRC-15)", "Resolution 646 (Rev. WRC-15)", "Resolution 646 (WRC-2015)"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("revision", "words"), [(revision, words) for revision, *written in NOTATIONS for words in written]
)
def test_a_revision_under_each_notation(tmp_path: Path, register: Register, revision: str, words: str) -> None:
    links = cited(tmp_path, register, words)
    assert keys(links) == [revision]
    assert links[0].entity is not None
    assert register.revision(*links[0].entity.key) is not None, "the register has no such revision"


PLACES = [
    # words; the revision, or "" where it stays open
    ("Resolution 58 (Rev. Dubai, 2012)", "wtsa 58 2012"),
    ("Resolution 4 (Dubai, 2012)", "wcit 4 2012"),
    ("Resolution 30 (Rev. Dubai, 2014)", "wtdc 30 2014"),
    ("Resolution 58 (Rev. Busan, 2014)", "pp 58 2014"),
    ("Resolution 58 (Rev. Buenos Aires, 2017)", "wtdc 58 2017"),
    ("Resolution 9 (Buenos Aires, 1994)", "wtdc 9 1994"),  # the year names the conference, though no row has the text
    ("Resolution 44 (Istanbul, 2002)", "wtdc 44 2002"),
    ("Resolution 44 (Istanbul, 2000)", "ra 44 2000"),  # texts of the radio conference there are cited by its tag
    ("Resolution 49 (Doha, 2006)", "wtdc 49 2006"),
    ("Opinion 4 (Geneva, 2013)", "wtpf 4 2013"),
    ("Resolution 20 (Geneva, 1996)", "wtsa 20 1996"),  # the forum there that year issues opinions
    ("Opinion 1 (Geneva, 1996)", "wtpf 1 1996"),
    ("Resolution 62 (Rev. Geneva, 2015)", "ra 62 2015"),
    ("Resolution 58 (Dubai)", ""),  # a city alone names no body
    ("Resolution 58 (Rev. Geneva)", ""),
    ("Resolution 58 (Rev. Dubai, 2016)", ""),  # nobody met there that year
    ("Resolution 5 (Dubai, 2023)", ""),  # a radio conference and a radio assembly met there
]  # fmt: skip


@pytest.mark.parametrize(("words", "revision"), PLACES)
def test_city_and_year_name_the_body(tmp_path: Path, register: Register, words: str, revision: str) -> None:
    assert keys(cited(tmp_path, register, words)) == [revision]


def test_who_does_something_with_a_text_did_not_issue_it(tmp_path: Path, register: Register) -> None:
    words = "the use made of Resolution 25 (Rev. Dubai, 2018) by the Telecommunication Development Bureau"
    assert keys(cited(tmp_path, register, words)) == ["pp 25 2018"]
