"""The documentation against the thing: every command, option and route is in it, every example in it runs."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from ingest.cli import main
from queryapp import create_app
from queryapp.config import Config
from tests.smalldata import write_small_dataset

ROOT = Path(__file__).parent.parent
HELP = ROOT / "queryapp" / "help"
TEXT = "\n".join(path.read_text(encoding="utf-8") for path in sorted(HELP.glob("*.md")))
PLACEHOLDERS = re.compile(r"[\[\]…]|\b(FILE|THING|FOLDER|COMMAND|URL|DIR|DOCUMENTS)\b")


def commands(
    group: click.Command = main, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command that does something, with the words that call it."""
    if not isinstance(group, click.Group):
        yield path, group
        return
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield from commands(command, (*path, name))


@pytest.mark.parametrize(("path", "command"), [pytest.param(p, c, id="-".join(p)) for p, c in commands()])
def test_every_command_and_option_is_documented(path: tuple[str, ...], command: click.Command) -> None:
    text = (HELP / "03-commands.md").read_text(encoding="utf-8")
    assert f"recalling {' '.join(path)}" in text
    for parameter in command.params:
        if isinstance(parameter, click.Option) and not parameter.is_eager:
            [flag] = [opt for opt in parameter.opts if opt.startswith("--")][:1]
            assert f"`{flag}`" in text, f"recalling {' '.join(path)} {flag}"


@pytest.mark.parametrize(("path", "command"), [pytest.param(p, c, id="-".join(p)) for p, c in commands()])
def test_every_help_text_ends_in_an_example(path: tuple[str, ...], command: click.Command) -> None:
    assert command.help
    assert command.epilog
    assert f"recalling {' '.join(path)}" in command.epilog.splitlines()[-1] + command.epilog


def test_every_route_is_documented(tmp_path: Path) -> None:
    app = create_app(Config(dataset=write_small_dataset(tmp_path / "dataset")))
    missing = []
    for rule in app.url_map.iter_rules():
        fixed = rule.rule.split("<")[0].rstrip("/") or "/"
        if fixed not in TEXT:
            missing.append(rule.rule)
    app.extensions["recalling"].datasets.close()
    assert missing == []


def examples() -> list[str]:
    """Every line of an indented block, in the help and in the README, and every example of a help text."""
    sources = [TEXT, (ROOT / "README.md").read_text(encoding="utf-8"), main.epilog or ""]
    sources += [command.epilog or "" for _, command in commands()]
    found = []
    for source in sources:
        for line in source.splitlines():
            call = re.split(r"\s{2,}(?=[#a-z])|\s{4,}", line.strip())[0]
            if re.match(r" +recalling ", line) and not PLACEHOLDERS.search(re.sub(r"'[^']*'|\"[^\"]*\"", "", call)):
                found.append(call)
    return sorted(dict.fromkeys(found), key=lambda call: (" build" not in call, "--add" in call, call))


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, sample_dataset: Path) -> Path:
    """A folder in which the examples can be typed: papers, a register, two datasets, a query."""
    folder = tmp_path_factory.mktemp("desk")
    samples = ROOT / "data" / "samples"
    (folder / "papers").mkdir()
    (folder / "more").mkdir()
    shutil.copy(samples / "lighthouse" / "lantern-4-report.md", folder / "papers" / "report.md")
    shutil.copy(samples / "lighthouse" / "lantern-4-contribution-3.txt", folder / "papers" / "contribution.txt")
    (folder / "papers" / "sources.csv").write_text("id,file\nreport,report.md\n", encoding="utf-8")
    shutil.copy(samples / "cwg-internet" / "meeting-11-report.pdf", folder / "more" / "report.pdf")
    shutil.copy(ROOT / "ontology" / "questions" / "03-revision-in-force.rq", folder / "question.rq")
    for name in ("atlas", "dataset"):
        shutil.copytree(sample_dataset, folder / name, symlinks=True)
    return folder


def environment() -> dict[str, str]:
    return {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}


@pytest.mark.slow
@pytest.mark.xdist_group("examples")
@pytest.mark.parametrize("call", [call for call in examples() if " serve" not in call])
def test_every_example_runs(call: str, desk: Path) -> None:
    again = desk / "papers" / "sources.csv"
    if "sources init" in call and "--out papers/sources.csv" in call:
        again.unlink(missing_ok=True)
    if "--add" not in call:
        call = call.replace("--out atlas", "--out another")
    elif " --out atlas" in call:
        call = "recalling build papers --out papers-atlas && " + call.replace("--out atlas", "--out papers-atlas")
    done = subprocess.run(call, shell=True, cwd=desk, env=environment(), capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
@pytest.mark.xdist_group("examples")
@pytest.mark.parametrize("call", [call for call in examples() if " serve" in call and "--host 0.0.0.0" not in call])
def test_every_serve_example_answers(call: str, desk: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [*f"{call} --port {port}".split()],
        cwd=desk,
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(100):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2) as answer:
                    assert answer.status == 200
                    break
            except OSError:
                time.sleep(0.1)
        else:
            pytest.fail(f"{call}: no answer")
    finally:
        server.terminate()
        server.wait(timeout=20)
