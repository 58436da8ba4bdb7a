"""What can go wrong while answering, said for the person who asked."""

from __future__ import annotations

import click


class QueryError(click.ClickException):
    """A known error: the message says what is wrong, where and what to do. Exit status 1."""

    exit_code = 1
