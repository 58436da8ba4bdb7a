"""A build as a whole: what lands, what is kept out, and what a second, an interrupted and a wider build change."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from fpdf import FPDF

from ingest import resources
from ingest.build import Order, Outcome, build
from ingest.cli import main

TEXT = """Report of the Chair

1.1 The eighteenth meeting of CWG-Internet was held on 18 October 2023 in Geneva.
1.2 The Group recalled Resolution 102 (Rev. Bucharest, 2022).
"""


def run(places: tuple[Path, ...], out: Path, **options: object) -> Outcome:
    return build(Order(places, out, resources.register_folders(), **options), lambda *_: None)  # type: ignore[arg-type]


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "report.txt").write_text(TEXT, encoding="utf-8")
    return folder


BAD_FILES = [
    # name          bytes                                    code of the finding
    ("empty.txt", b"", "empty"),
    ("torn.docx", b"PK\x03\x04 this is no archive", "corrupt"),
    ("torn.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\nnothing follows", "corrupt"),
    ("torn.xml", b"<?xml version='1.0'?><akomaNtoso><open></akomaNtoso>", "corrupt"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "code"), BAD_FILES)
def test_a_bad_file_gives_one_finding_and_the_others_land(
    papers: Path, tmp_path: Path, name: str, content: bytes, code: str
) -> None:
    (papers / name).write_bytes(content)
    outcome = run((papers,), tmp_path / "out")
    assert outcome.counts["documents"] == 1
    assert outcome.kept_out == (name,)
    assert [f.code for f in outcome.findings if name in f.message] == [code]


def encrypted_pdf() -> bytes:
    paper = FPDF()
    paper.set_encryption(owner_password="lighthouse", user_password="keeper")  # noqa: S106  # of a made-up file
    paper.add_page()
    paper.set_font("Helvetica")
    paper.cell(text="Nobody reads this.")
    return bytes(paper.output())


def test_an_encrypted_file_gives_one_finding(papers: Path, tmp_path: Path) -> None:
    (papers / "locked.pdf").write_bytes(encrypted_pdf())
    outcome = run((papers,), tmp_path / "out")
    assert outcome.counts["documents"] == 1
    assert [f.code for f in outcome.findings if "locked.pdf" in f.message] == ["encrypted"]


def test_a_file_that_is_not_what_its_name_says_is_read_and_told(papers: Path, tmp_path: Path) -> None:
    (papers / "report.txt").rename(papers / "report.pdf")
    done = CliRunner().invoke(main, ["build", str(papers), "--out", str(tmp_path / "out")])
    assert done.exit_code == 1
    assert done.output.count("mislabelled") == 1
    assert run((papers,), tmp_path / "out").counts["documents"] == 1


def test_a_build_with_a_bad_file_ends_with_status_1_and_publishes(papers: Path, tmp_path: Path) -> None:
    (papers / "empty.txt").write_bytes(b"")
    done = CliRunner().invoke(main, ["build", str(papers), "--out", str(tmp_path / "out")])
    assert done.exit_code == 1
    assert "empty.txt" in done.output
    assert (tmp_path / "out" / "current" / "graph.nq").exists()


def test_strict_publishes_nothing_when_a_file_is_bad(papers: Path, tmp_path: Path) -> None:
    (papers / "empty.txt").write_bytes(b"")
    done = CliRunner().invoke(main, ["build", str(papers), "--out", str(tmp_path / "out"), "--strict"])
    assert done.exit_code == 1
    assert not (tmp_path / "out" / "current").exists()


def test_a_folder_without_documents_says_so(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["build", str(tmp_path), "--out", str(tmp_path / "out")])
    assert (done.exit_code, "no document found" in done.output) == (1, True)


def files(version: Path) -> dict[str, bytes]:
    """What must be the same byte for byte: the graph, the texts, the findings."""
    found = {"graph.nq": version / "graph.nq", "findings.jsonl": version / "findings.jsonl"}
    found |= {path.name: path for path in (version / "texts").iterdir()}
    return {name: path.read_bytes() for name, path in found.items()}


@pytest.mark.slow
def test_two_builds_are_the_same_byte_for_byte(sample_dataset: Path, tmp_path: Path) -> None:
    outcome = run((resources.folder("samples") / "cwg-internet",), tmp_path / "again", workers=1)
    assert files(outcome.version) == files(sample_dataset / "current")
    assert outcome.build == (sample_dataset / "current").resolve().name


def test_an_unchanged_build_reads_nothing_again(papers: Path, tmp_path: Path) -> None:
    first = run((papers,), tmp_path / "out")
    second = run((papers,), tmp_path / "out")
    assert (second.build, second.unchanged) == (first.build, True)


def test_add_keeps_what_was_there(papers: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run((papers,), out)
    other = tmp_path / "other.txt"
    other.write_text("The nineteenth meeting of CWG-Internet was held on 1 February 2024.\n", encoding="utf-8")
    outcome = run((other,), out, add=True)
    assert outcome.counts["documents"] == 2
    both = run((papers, other), tmp_path / "both")
    assert files(outcome.version) == files(both.version)


def test_restatements_are_never_built_with_documents(papers: Path, tmp_path: Path) -> None:
    samples = resources.folder("samples") / "cwg-internet"
    done = CliRunner().invoke(main, ["build", str(papers), str(samples), "--out", str(tmp_path / "out")])
    assert (done.exit_code, "never share a graph" in done.output) == (1, True)


BUILD_AGAIN = "import sys; from ingest.cli import main; sys.exit(main())"


@pytest.mark.slow
def test_a_build_killed_at_any_moment_leaves_the_published_version_whole(papers: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = run((papers,), out)
    before = files(first.version)
    (papers / "more.txt").write_text("The Group met on 4 October 2024.\n", encoding="utf-8")
    moments = random.Random(20)  # noqa: S311  # moments, not secrets
    for _ in range(20):
        building = subprocess.Popen(
            [sys.executable, "-c", BUILD_AGAIN, "build", str(papers), "--out", str(out)],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        time.sleep(moments.uniform(0.05, 4.0))
        building.send_signal(signal.SIGKILL)
        building.wait()
        version = (out / "current").resolve()
        assert json.loads((version / "manifest.json").read_text())["build"] == version.name
        if version.name == first.build:
            assert files(version) == before
    outcome = run((papers,), out)
    assert outcome.counts["documents"] == 2
