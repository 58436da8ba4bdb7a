"""The commands: what they print where, and their exit status."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner

from queryapp.commands import is_loopback, query, serve

MEETINGS = (
    "SELECT ?meeting ?start { ?meeting a <https://w3id.org/recalling/ontology#Meeting> ;"
    " <https://schema.org/startDate> ?start } ORDER BY ?meeting"
)
CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(query, list(arguments))
    return result.exit_code, result.stdout, result.stderr


def test_table_shows_labels(small_dataset: Path) -> None:
    status, out, _ = run(str(small_dataset), MEETINGS)
    assert status == 0
    assert out.splitlines()[0].split() == ["meeting", "start"]
    assert out.splitlines()[2].split("  ")[0] == "Seventh meeting of CWG-Harbour"
    assert out.splitlines()[-1] == "3 rows"


def test_formats(small_dataset: Path) -> None:
    folder = str(small_dataset)
    assert run(folder, MEETINGS, "--format", "csv")[1].splitlines()[0] == "meeting,start"
    assert len(json.loads(run(folder, MEETINGS, "--format", "json")[1])["results"]["bindings"]) == 3
    assert run(folder, "ASK { ?s ?p ?o }")[1] == "yes\n"
    graph = "CONSTRUCT WHERE { ?s a <https://w3id.org/recalling/ontology#Meeting> }"
    assert "rc:Meeting" in run(folder, graph)[1]
    assert isinstance(json.loads(run(folder, graph, "--format", "json")[1]), list)


def test_a_file_is_read(small_dataset: Path, tmp_path: Path) -> None:
    file = tmp_path / "meetings.rq"
    file.write_text(MEETINGS)
    assert run(str(small_dataset), str(file)) == run(str(small_dataset), MEETINGS)


def test_control_characters_do_not_reach_the_terminal(small_dataset: Path) -> None:
    out = run(str(small_dataset), r'SELECT ("a\u001B[2Jb\u202Ec\nd" AS ?x) {}')[1]
    assert "\x1b" not in out
    assert "\u202e" not in out
    assert len(out.splitlines()) == 4


FAILS = [
    # arguments                                          status  said
    (["nowhere", "ASK {}"],                              1,      "no such folder"),
    (["DIR", "SELECT *\n{ ?s a xylo:phone }"],            1,      "Line 2, column 8: the prefix xylo: is not declared"),
    (["DIR", "SELECT * { ?s a skos:Concept\n;; ?x }"],    1,      "Line 2, column"),
    (["DIR", "SELECT"],                                  1,      "cannot be read"),
    (["DIR", "SELECT * { SERVICE <x:y> {} }"],           1,      "SERVICE is refused"),
    (["DIR", "no/such/file.rq"],                         1,      "file.rq"),
    (["DIR", CROSS, "--timeout", "0.3"],                 1,      "Stopped after 0.3 seconds"),
    (["DIR", "ASK {}", "--format", "png"],               2,      "png"),
    (["DIR", "a", "b"],                                  2,      "quotation marks"),
    (["DIR"],                                            2,      "the query is missing"),
    ([],                                                 2,      "Missing argument"),
    (["ASK {}", "--endpoint", "file:///etc/passwd"],     2,      "no http address"),
    (["ASK {}", "--endpoint", "http://127.0.0.1:9/"],    1,      "cannot be reached"),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "status", "said"), FAILS)
def test_errors(small_dataset: Path, arguments: list[str], status: int, said: str) -> None:
    exit_code, out, err = run(*[str(small_dataset) if word == "DIR" else word for word in arguments])
    assert exit_code == status
    assert out == ""
    assert said in err
    assert "Traceback" not in err


def test_known_prefixes_need_no_declaration(small_dataset: Path) -> None:
    status, out, said = run(str(small_dataset), "SELECT ?m { ?m a rc:Meeting } ORDER BY ?m")
    assert (status, out.splitlines()[-1]) == (0, "3 rows")
    assert said == "added PREFIX rc: <https://w3id.org/recalling/ontology#>\n"


NOTHING = [
    # query, and what keeps it empty
    ("SELECT * { ?m a rc:Meeting ; rc:verdict ?v }", ["line 1: without this there would be rows: a rc:Meeting"]),
    ("SELECT *\n{ ?m a rc:Meeting .\n?m rc:ordinal 4711 }",
     ["line 3: without this there would be rows: ?m rc:ordinal 4711"]),
    ("SELECT * { ?m a <x:none> ; rc:ordinal 4711 }", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "blamed"), NOTHING)
def test_without_rows_the_pattern_to_blame_is_named(small_dataset: Path, text: str, blamed: list[str]) -> None:
    status, out, said = run(str(small_dataset), text)
    assert (status, out.splitlines()[-1]) == (0, "0 rows")
    assert "nothing matches" in said.splitlines()
    assert all(line in said.splitlines() for line in blamed)
    assert blamed or "without this" not in said


def test_a_question_file_is_asked_about_what_the_dataset_has(small_dataset: Path) -> None:
    """The examples of the project's questions are not in the invented record."""
    question = Path(__file__).parents[2] / "ontology" / "questions" / "05-decisions-of-meeting.rq"
    status, out, said = run(str(small_dataset), str(question))
    assert status == 0
    assert int(out.splitlines()[-1].partition(" ")[0]) > 0
    assert "meeting: the example has no answer in this dataset; asked about meeting/cwg-harbour/" in said


@pytest.mark.parametrize("command", [serve, query])
def test_help_ends_in_examples(command: object) -> None:
    text = CliRunner().invoke(command, ["--help"]).stdout  # type: ignore[arg-type]
    assert "Examples:\n    recalling " in text


HOSTS = [
    ("127.0.0.1", True),
    ("::1", True),
    ("localhost", True),
    ("0.0.0.0", False),  # noqa: S104  # not listened on
    ("::", False),
    ("192.0.2.1", False),
]


@pytest.mark.parametrize(("host", "loopback"), HOSTS)
def test_loopback(host: str, loopback: bool) -> None:
    assert is_loopback(host) == loopback


def start(*arguments: str) -> subprocess.Popen[str]:
    program = "from queryapp.commands import serve; serve()"
    return subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2],
    )  # fmt: skip


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])  # noqa: S104  # what is printed then is the point
def test_serve_answers_and_stops(small_dataset: Path, host: str) -> None:
    server = start(str(small_dataset), "--port", "0", "--host", host)
    assert server.stderr is not None
    try:
        line = server.stderr.readline()
        found = re.search(r"http://[^:]+:(\d+)/", line)
        assert found, line
        assert "5ma11da7a0000001" in line
        if host != "127.0.0.1":
            assert "Open to everyone" in server.stderr.readline()
        address = f"http://127.0.0.1:{found[1]}/sparql?query=ASK%7B%7D"
        with urllib.request.urlopen(address, timeout=10) as answer:  # our own server
            assert json.load(answer)["boolean"] is True
            assert "waitress" not in (answer.headers["Server"] or "")
    finally:
        server.send_signal(signal.SIGTERM)
        out, _ = server.communicate(timeout=10)
    assert server.returncode == 0
    assert out == ""


def test_killed_server_leaves_no_workers(small_dataset: Path) -> None:
    server = start(str(small_dataset), "--port", "0")
    assert server.stderr is not None
    found = re.search(r":(\d+)/", server.stderr.readline())
    assert found
    with urllib.request.urlopen(f"http://127.0.0.1:{found[1]}/sparql?query=ASK%7B%7D", timeout=10) as answer:
        answer.read()
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
    workers = [child for child in children if "queryapp.worker" in Path(f"/proc/{child}/cmdline").read_text()]
    assert workers
    server.kill()
    server.communicate(timeout=10)
    for _ in range(100):
        if not any(Path(f"/proc/{worker}").exists() for worker in workers):
            return
        time.sleep(0.05)
    pytest.fail("workers outlive their server")


def test_serve_says_when_the_port_is_taken(small_dataset: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        result = CliRunner().invoke(serve, [str(small_dataset), "--port", str(taken.getsockname()[1])])
    assert result.exit_code == 1
    assert "cannot be listened on" in result.stderr


def test_serve_refuses_the_world_where_queries_could_reach_it(
    small_dataset: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a machine that grants no confinement, the worker can connect: the self-test sees it, and serve stops."""
    from queryapp import workers

    free = "import queryapp.confine as c; c._filter = lambda _: False; c.CLONE_NEWUSER = c.CLONE_NEWNET = 0; from"
    unconfined = workers.PROGRAM.replace("from", free, 1)
    monkeypatch.setattr(workers, "PROGRAM", unconfined)
    result = CliRunner().invoke(serve, [str(small_dataset), "--port", "0", "--host", "0.0.0.0"])  # noqa: S104
    assert result.exit_code == 1
    assert "Not listening on 0.0.0.0" in result.stderr
