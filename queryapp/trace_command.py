"""`recalling trace`: the mandate of an activity, or what hangs on a provision, in a terminal."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from queryapp.cards import Card, Trace
from queryapp.naming import resolve
from queryapp.panels import RESTATED, Reader
from queryapp.trace import trace
from queryapp.trace_text import as_text, headline


class Day(click.ParamType[str]):
    """An ISO date, kept as its text."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Refuse what is no date, with an example."""
        from datetime import date

        try:
            return date.fromisoformat(str(value)).isoformat()
        except ValueError:
            self.fail(f"{value} is no day of the calendar; write it as 2025-02-20", param, ctx)


def as_dict(made: Trace, note: str) -> dict[str, Any]:
    """The trace for programs: every card with its account."""

    def card(each: Card) -> dict[str, Any]:
        said = asdict(each)
        del said["also"]
        said["notThatDay"] = said.pop("off")
        said["accounts"] = [{"tie": tie, **asdict(known), "how": known.how} for tie, known in each.accounts]
        return {**said, "known": each.known.how}

    weak = made.weakest
    return {
        "thing": made.iri,
        "label": made.label,
        "answer": headline(made),
        "on": made.on or None,
        "onBecause": made.on_why or None,
        "knownOn": made.known or None,
        "inOffice": [asdict(holder) for holder in made.holders],
        "notKnown": [card(each) for each in made.unknown],
        **({"note": note} if note else {}),
        "stages": {role: [card(each) for each in cards] for role, cards in made.stages.items()},
        "below": [card(each) for each in made.below],
        "weakest": {"role": weak.role, "thing": weak.iri, "how": weak.known.how} if weak else None,
        "missing": list(made.missing),
        "leftOut": {"knownLater": made.later, "undated": made.undated},
    }


EXAMPLES = """\b
Examples:
  recalling trace consultation/cwg-internet/2024-02 --on 2024-03-01
  recalling trace atlas resolution/pp/102 --format json
  recalling trace atlas body/cwg-internet --on 2021-05-01 --known 2020-12-31
"""


@click.command("trace", epilog=EXAMPLES)
@click.argument("arguments", nargs=-1, required=True, metavar="[DIR] THING")
@click.option(
    "--on",
    type=Day(),
    default=None,
    help="As of this day: judge every hop by it; without it, texts by the activity's own first day.",
)
@click.option(
    "--known", type=Day(), default=None, help="As known on this day; hops known only later are named as not known."
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(arguments: tuple[str, ...], on: str | None, known: str | None, form: str) -> None:
    """Trace THING up to the clause that mandates it, or down to what hangs on it.

    THING is an IRI, an address below the base, or a name that means one thing. DIR is the dataset folder, by default
    "dataset". Each hop has its evidence, how it is known, and whether it was so on the day.
    """
    from queryapp.config import Config
    from queryapp.dataset import current_version, open_version

    if len(arguments) > 2:
        raise click.UsageError("Give a folder and one thing; quote a name that has spaces.")
    folder, thing = (Path(arguments[0]) if len(arguments) == 2 else Path("dataset")), arguments[-1]
    dataset = open_version(current_version(folder), Config(dataset=folder))
    try:
        reader = Reader(dataset.store, dataset.base)
        index = (dataset.folder or folder) / "search.sqlite"
        made = trace(reader, resolve(reader, index, thing), on=on or "", known=known or "")
        note = RESTATED if dataset.manifest.restated else ""
        if form == "json":
            click.echo(json.dumps(as_dict(made, note), ensure_ascii=False, indent=2))
        else:
            click.echo(as_text(made, note), nl=False)
    finally:
        dataset.close()
