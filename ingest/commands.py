"""The commands of the way in: build, check, export, registers, sources."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ingest.errors import IngestError

if TYPE_CHECKING:
    from ingest.model import Finding

DATASET = Path("dataset")
"""Where a dataset is made and looked for, if nothing is said."""

FORMATS = ("jsonld", "nquads", "ntriples", "trig", "turtle")

registers_option = click.option(
    "--registers",
    "register_places",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder of registers (may be given again). Default: those that come with the code.",
)


def _registers(places: tuple[Path, ...]) -> tuple[Path, ...]:
    from ingest import resources

    return tuple(place.resolve() for place in places) or resources.register_folders()


def _print_findings(findings: Iterable[Finding], *, limit: int) -> None:
    ordered = sorted(findings, key=lambda f: ("violation", "warning", "info").index(f.severity))
    for found in ordered[:limit]:
        click.echo(f"{found.severity:9}  {found.code}: {found.message}")
        if found.question:
            click.echo(f"           {found.question}")
    if len(ordered) > limit:
        click.echo(f"… and {len(ordered) - limit} more: see findings.jsonl in the dataset.")


class Bar:
    """Progress on standard error: a line that rewrites itself on a terminal, plain lines elsewhere."""

    def __init__(self) -> None:
        self._tty = sys.stderr.isatty()

    def __call__(self, what: str, done: int, total: int) -> None:
        """Say how far a stage has come."""
        if self._tty:
            ending = "\n" if done == total else ""
            click.echo(f"\r{what}: {done} of {total}\033[K{ending}", err=True, nl=False)
        elif done in (0, total):
            click.echo(f"{what}: {done} of {total}", err=True)


def _is_day(text: str) -> bool:
    try:
        return len(text) == 10 and bool(date.fromisoformat(text))
    except ValueError:
        return False


@click.command(
    epilog="""\b
Examples:
  recalling build                              the sample corpus into ./dataset
  recalling build papers/ --out atlas
  recalling build papers/sources.csv --workers 4
  recalling build more/report.pdf --add --out atlas
  recalling build papers/ --known 2024-06-04 --out before
"""
)
@click.argument("documents", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=DATASET,
    show_default=True,
    help="The dataset folder.",
)
@click.option(
    "--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="Processes that read documents."
)
@click.option("--dask", metavar="ADDRESS", help="Read on a Dask cluster instead, at its scheduler's address.")
@click.option(
    "--base",
    metavar="IRI",
    help="Base of the IRIs of things. Default: https://w3id.org/recalling/id/, for restatements …/recalling/sample/id/",
)
@click.option("--add", is_flag=True, help="Add the documents to those that the dataset holds.")
@click.option("--strict", is_flag=True, help="Fail, and publish nothing new, if a document is kept out.")
@click.option("--ignore-sources", is_flag=True, help="Take folders without their sources.csv.")
@click.option("--known", metavar="DATE", help="Use only the documents and register rows that were known on that day.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@registers_option
def build(
    documents: tuple[Path, ...], out: Path, workers: int, dask: str | None, base: str | None, add: bool, strict: bool,
    ignore_sources: bool, known: str | None, form: str, register_places: tuple[Path, ...],
) -> None:  # fmt: skip
    """Read DOCUMENTS (files, folders or registers of documents) into a dataset folder.

    Without DOCUMENTS, the sample corpus. Unchanged documents are not read again. A document that cannot be read,
    or whose facts break a shape, is kept out and gives a finding; the others still land. Exit status 1 if any was kept
    out, or is not what its name says.
    """
    from ingest import resources
    from ingest.build import Order
    from ingest.build import build as run

    if base is not None and not base.startswith(("http://", "https://")):
        raise click.BadParameter(f"{base!r} is no http(s) IRI.", param_hint="--base")
    if known is not None and not _is_day(known):
        raise click.BadParameter(f"{known!r} is no day. Write it as 2025-02-20.", param_hint="--known")
    places = documents or (resources.folder("samples") / "cwg-internet",)
    order = Order(places, out, _registers(register_places), workers, dask, base, add, not ignore_sources, strict, known)
    outcome = run(order, Bar())
    if form == "json":
        click.echo(json.dumps({"build": outcome.build, "counts": dict(outcome.counts), "kept_out": outcome.kept_out}))
    else:
        state = "unchanged" if outcome.unchanged else "published"
        click.echo(f"{out}: build {outcome.build} {state} in {outcome.seconds:.1f} s")
        for name, count in outcome.counts.items():
            click.echo(f"  {count:8}  {name}")
        _print_findings(outcome.findings, limit=20)
    if outcome.kept_out:
        raise IngestError(f"{len(outcome.kept_out)} kept out: {', '.join(outcome.kept_out)}. The findings say why.")
    if mislabelled := sum(found.code == "mislabelled" for found in outcome.findings):
        raise IngestError(f"{mislabelled} read, but not what the name says: see the findings, and rename.")


@click.command(epilog="\b\nExamples:\n  recalling check atlas\n  recalling check atlas --format json\n")
@click.argument("dataset", type=click.Path(exists=True, file_okay=False, path_type=Path), default=DATASET)
@click.option(
    "--referee", is_flag=True, help="Judge by pySHACL alone with all shapes (slow), and say where it differs."
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def check(dataset: Path, referee: bool, form: str) -> None:
    """Judge the graph of a dataset by the shapes again, and list its findings.

    Exit status 1 if a shape is violated or the referee finds something else.
    """
    from ingest.dataset.checking import check_dataset

    found = check_dataset(dataset, referee=referee)
    if form == "json":
        from ingest.dataset.results import raw_finding

        for each in found:
            click.echo(json.dumps(raw_finding(each), ensure_ascii=False))
    else:
        click.echo(f"{dataset}: {len(found)} finding{'s' if len(found) != 1 else ''}")
        _print_findings(found, limit=200)
    if any(each.severity == "violation" for each in found):
        raise IngestError("The graph does not conform: see the violations above.")


@click.command(
    epilog="""\b
Examples:
  recalling export atlas --format trig > atlas.trig
  recalling export --format nquads --out graph.nq
"""
)
@click.argument("dataset", type=click.Path(exists=True, file_okay=False, path_type=Path), default=DATASET)
@click.option("--format", "form", type=click.Choice(FORMATS), default="nquads", show_default=True)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="A file. Default: standard output.")
@click.option("--mentions", is_flag=True, help="With the bare mentions as annotations (large).")
def export(dataset: Path, form: str, out: Path | None, mentions: bool) -> None:
    """Write the graph in an RDF format. Turtle and N-Triples hold the default graph alone."""
    from ingest.dataset.exporting import export_graph

    if out is None:
        export_graph(dataset, form, sys.stdout.buffer, mentions=mentions)
        return
    with out.open("wb") as stream:
        export_graph(dataset, form, stream, mentions=mentions)


@click.group(epilog="\b\nExamples:\n  recalling registers check\n  recalling registers coverage atlas\n")
def registers() -> None:
    """Test the registers, and see what documents cite that no register knows."""


@registers.command("check", epilog="\b\nExample:\n  recalling registers check\n")
@registers_option
def registers_check(register_places: tuple[Path, ...]) -> None:
    """Test the registers against themselves; without --registers those that come with the code.

    Intervals that overlap, revisions out of order or adopted elsewhere, dead and circular references, names and tags
    that collide, things known before they were, cut titles, number forms. Each line names the file and line to look
    at. Exit status 1 on a violation; warnings and infos leave it 0.
    """
    from ingest import register

    found = register.check(register.load(_registers(register_places)))
    click.echo(f"registers: {len(found)} finding{'s' if len(found) != 1 else ''}")
    _print_findings(found, limit=200)
    if any(each.severity == "violation" for each in found):
        raise IngestError("The registers do not hold together: see the violations above.")


@registers.command(
    "coverage",
    epilog="\b\nExamples:\n  recalling registers coverage atlas\n  recalling registers coverage atlas --format csv\n",
)
@click.argument("dataset", type=click.Path(exists=True, file_okay=False, path_type=Path), default=DATASET)
@click.option("--format", "form", type=click.Choice(["text", "csv", "json"]), default="text", show_default=True)
def registers_coverage(dataset: Path, form: str) -> None:
    """Say what the documents of DATASET cite or name that no register knows.

    By kind, most often first, each with the reason why it stayed open and the first place where it stands. json
    gives an object a line.
    """
    from ingest.dataset.coverage import gaps
    from ingest.registers.coverage import written

    for line in written(gaps(dataset), form):
        click.echo(line)


@click.group(epilog="\b\nExample:\n  recalling sources init papers/ > papers/sources.csv\n")
def sources() -> None:
    """Registers of documents: what is known of each file in a folder."""


@sources.command("init", epilog="\b\nExample:\n  recalling sources init papers/ --out papers/sources.csv\n")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A file that must not exist yet. Default: standard output.",
)
@registers_option
def sources_init(folder: Path, out: Path | None, register_places: tuple[Path, ...]) -> None:
    """Propose a register for a FOLDER of documents, each value with its evidence, to be edited.

    Values come from the texts alone: no date and no number is read from a file's name. The column "basis" quotes the
    words for each value; mend what is wrong, set "verified" to yes, and build the folder again.
    """
    from ingest.proposing import propose

    if out is not None and out.exists():
        raise IngestError(f"{out} is there already. Name another file, so that nothing edited is lost.")
    text, failures = propose(folder, _registers(register_places), Bar())
    if out is None:
        click.echo(text, nl=False)
    else:
        out.write_text(text, encoding="utf-8", newline="")
        click.echo(f"{out}: {text.count(chr(10)) - 1} documents proposed", err=True)
    for failure in failures:
        click.echo(failure, err=True)
    if failures:
        raise IngestError(f"{len(failures)} of the files could not be read; the others are proposed.")


@click.command(
    epilog="""\b
Examples:
  recalling evaluate FOLDER
  recalling evaluate FOLDER --misses
  recalling evaluate FOLDER --format csv
  recalling evaluate FOLDER --floors floors.toml --record dataset
"""
)
@click.argument("gold_dir", metavar="FOLDER", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--misses", is_flag=True, help="Also what was missed and what was falsely said, with the words around it."
)
@click.option(
    "--floors",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A TOML file of figures that must be reached. Exit status 1 if one is not.",
)
@click.option(
    "--record",
    "place",
    type=click.Path(file_okay=False, path_type=Path),
    help="Keep the figures in this dataset (its page /quality shows them) or folder.",
)
@click.option("--format", "form", type=click.Choice(["text", "csv", "json"]), default="text", show_default=True)
@registers_option
def evaluate(
    gold_dir: Path, misses: bool, floors: Path | None, place: Path | None, form: str, register_places: tuple[Path, ...]
) -> None:
    """Measure how well the documents of a gold FOLDER are read: precision, recall and F1 by type, beside a baseline.

    FOLDER holds JSON files in the form of the annotation guide, each beside its document. Of a folder named heldout
    only sums are told. Exit status 1 if a decision, request or view is given to somebody whom its sentence does not
    name, or if a figure is below its floor.
    """
    from ingest.evaluation import figures
    from ingest.evaluation.measuring import measure
    from ingest.evaluation.writing import written

    measured = measure(gold_dir, _registers(register_places), progress=Bar())
    for line in written(measured, form, misses=misses):
        click.echo(line)
    if place is not None:
        click.echo(f"figures kept in {figures.record(measured, place)}", err=True)
    if broken := tuple(figures.below(measured, floors)):
        raise IngestError("\n  ".join((f"{gold_dir} is not read as well as it must be:", *broken)))
