"""The one command, `recalling`: its subcommands come from the entry points of both sides."""

from __future__ import annotations

import sys
from importlib.metadata import entry_points

import click

GROUP = "recalling.commands"

EPILOG = """\b
Examples:
  recalling build                          the sample corpus into ./dataset
  recalling build papers/ --out atlas      a folder of documents into ./atlas
  recalling serve atlas                    its pages and /sparql on http://127.0.0.1:8000/
  recalling query atlas 'SELECT * { ?s a eli:LegalResource } LIMIT 5'
"""


class Commands(click.Group):
    """Subcommands found among entry points and imported only when they are used."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: D102  # click's own
        return sorted({point.name for point in entry_points(group=GROUP)})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: D102
        for point in entry_points(group=GROUP, name=cmd_name):
            command = point.load()
            if isinstance(command, click.Command):
                return command
        return None


@click.command(cls=Commands, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="recalling", prog_name="recalling")
def main() -> None:
    """Read an institution's documents into a graph in which every fact opens its sentence, and query it."""


if __name__ == "__main__":
    sys.exit(main())
