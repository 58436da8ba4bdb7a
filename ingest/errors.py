"""What can go wrong on the way in, said for the person who has to mend it."""

from __future__ import annotations

import click


class IngestError(click.ClickException):
    """A known error: the message names the file, the place and what to do. Exit status 1."""

    exit_code = 1
