"""The commands `serve` and `query`. `trace` is a command of its own file."""

from __future__ import annotations

import ipaddress
import logging
import signal
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any, TypeVar

import click

from queryapp.config import Config, Limits
from queryapp.errors import QueryError
from queryapp.trace_command import Day
from queryapp.trace_command import command as trace

__all__ = ["query", "serve", "trace"]

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

DEFAULT_FOLDER = Path("dataset")


def common(command: Decorated) -> Decorated:
    """Options of both commands: an endpoint in place of a folder, and what a query may cost."""
    options = (
        click.option("--endpoint", metavar="URL", help="Ask this SPARQL 1.1 endpoint instead of a folder."),
        click.option("--timeout", type=click.FloatRange(0.1, 3600), default=10.0, show_default=True, metavar="SECONDS"),
        click.option("--max-result-mb", type=click.IntRange(1, 2000), default=50, show_default=True, metavar="MB"),
        click.option("--max-memory-mb", type=click.IntRange(64, 64_000), default=1024, show_default=True, metavar="MB"),
    )
    for option in reversed(options):
        command = option(command)
    return command


SERVE_EXAMPLES = """\b
Examples:
  recalling serve
  recalling serve atlas
  recalling serve atlas --host 0.0.0.0 --port 8080
"""

QUERY_EXAMPLES = """\b
Examples:
  recalling query 'SELECT * { ?s a eli:LegalResource } LIMIT 5'
  recalling query atlas 'SELECT * { ?m a rc:Meeting ; rdfs:label ?name } ORDER BY ?name' --format csv
  recalling query atlas question.rq --on 2021-05-01
  recalling query atlas question.rq --known 2020-12-31
"""


@click.command(epilog=SERVE_EXAMPLES)
@click.argument("folder", required=False, type=click.Path(path_type=Path, file_okay=False))
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65_535), default=8000, show_default=True, help="0 takes any free port.")
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="Foreign queries at once.")
@click.option("--threads", type=click.IntRange(1, 256), default=8, show_default=True, help="Requests at once.")
@click.option(
    "--budget",
    type=click.FloatRange(1),
    metavar="SECONDS",
    help="Query time per client and minute. [default: 30; none on a loopback address]",
)
@click.option("--trusted-proxy", metavar="ADDRESS", help="A proxy whose X-Forwarded-For says who the client is.")
@common
def serve(
    folder: Path | None,
    host: str,
    port: int,
    workers: int,
    threads: int,
    budget: float | None,
    trusted_proxy: str | None,
    **limits: Any,
) -> None:
    """Serve a dataset folder as pages, data and a SPARQL endpoint.

    FOLDER is what `recalling build` made; ./dataset if not given. A new build in it is served from the next request
    on. The server only reads; queries run in processes that are stopped at their time limit.
    """
    from queryapp import create_app

    open_to_others = not is_loopback(host)
    config = _config(
        folder,
        workers=workers,
        budget=budget if budget is not None else (30.0 if open_to_others else None),
        client_queries=max(1, workers - 1) if open_to_others else None,
        **limits,
    )
    _log_to_stderr()
    app = create_app(config)
    datasets = app.extensions["recalling"].datasets
    try:
        with datasets.pinned() as dataset:
            if not dataset.foreign.is_confined():
                _refuse_or_warn(host, open_to_others=open_to_others)
            described = config.endpoint or f"{config.dataset} (build {dataset.build})"
        _listen(app, host, port, threads, trusted_proxy, described, open_to_others=open_to_others)
    finally:
        datasets.close()


@click.command(epilog=QUERY_EXAMPLES)
@click.argument("arguments", nargs=-1, required=True, metavar="[FOLDER] FILE.rq|'SELECT …'")
@click.option(
    "--format", "format_", type=click.Choice(["table", "csv", "json", "ttl"]), help="[default: table; ttl for graphs]"
)
@click.option("--on", type=Day(), help="As of this day: fills the query's VALUES ?on { … }.")
@click.option(
    "--known", type=Day(), help="As known on this day: asks the graph as it was then; fills VALUES ?known too."
)
@common
def query(arguments: tuple[str, ...], format_: str | None, on: str | None, known: str | None, **limits: Any) -> None:
    """Ask a dataset folder, and print the answer.

    FOLDER is what `recalling build` made; ./dataset if not given. The query is a file or the text itself. A table
    shows the labels of things; csv and json hold the IRIs. The project's prefixes need no declaration. A query that
    runs too long is stopped, and says so. With --known, what was not known on the day is not there to be found, and
    what was overturned later is; how much is left out is said on standard error.
    """
    from queryapp.asking import ask

    folder, text = _folder_and_text(arguments, endpoint=limits["endpoint"])
    config = _config(folder, workers=1, budget=None, client_queries=None, **limits)
    told = ask(config, text, format_, on=on or "", known=known or "")
    for note in told.notes:
        click.echo(note, err=True)
    sys.stdout.buffer.write(told.body)
    sys.stdout.buffer.flush()


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _config(folder: Path | None, *, endpoint: str | None, timeout: float, **rest: Any) -> Config:
    if endpoint and not endpoint.startswith(("http://", "https://")):
        raise click.BadParameter(f"{endpoint!r} is no http address.", param_hint="--endpoint")
    limits = Limits(seconds=timeout, result_mb=rest.pop("max_result_mb"), memory_mb=rest.pop("max_memory_mb"))
    dataset = folder or (None if endpoint else DEFAULT_FOLDER)
    return Config(dataset=dataset, endpoint=endpoint, limits=limits, **rest)


def _folder_and_text(arguments: tuple[str, ...], *, endpoint: str | None) -> tuple[Path | None, str]:
    """What stands before the query, if anything, and the query's text, read from its file if it is one."""
    if len(arguments) > 2:
        raise click.UsageError("Give a folder and one query; a query with spaces needs quotation marks.")
    folder = Path(arguments[0]) if len(arguments) == 2 else None
    said = arguments[-1]
    if not said.endswith(".rq"):
        if endpoint is None and _is_folder(said):
            raise click.UsageError(f"{said} is a folder; the query is missing.")
        return folder, said
    try:
        return folder, Path(said).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as broken:
        raise QueryError(f"{said}: cannot be read ({broken}).") from broken


def _is_folder(said: str) -> bool:
    try:
        return Path(said).is_dir()
    except OSError:  # a query is often longer than a name may be
        return False


def _refuse_or_warn(host: str, *, open_to_others: bool) -> None:
    if open_to_others:
        raise QueryError(
            f"Not listening on {host}: on this machine a query could open network connections, because the kernel "
            "grants neither seccomp nor a network namespace. Listen on 127.0.0.1, or run in a container that does."
        )
    click.echo("Warning: a query could open network connections on this machine; serving loopback only.", err=True)


def _listen(
    app: Any, host: str, port: int, threads: int, trusted_proxy: str | None, described: str, *, open_to_others: bool
) -> None:
    """Serve until Ctrl+C or SIGTERM."""
    from waitress.server import create_server  # type: ignore[import-untyped]  # waitress brings no types

    proxy = {"trusted_proxy": trusted_proxy, "trusted_proxy_headers": "x-forwarded-for x-forwarded-proto"}
    with _bound(host, port) as listener:
        server = create_server(
            app,
            sockets=[listener],
            threads=threads,
            ident=None,
            channel_timeout=20,
            connection_limit=400,
            max_request_header_size=128_000,
            max_request_body_size=1_000_000,
            clear_untrusted_proxy_headers=True,
            **(proxy if trusted_proxy else {}),
        )
        signal.signal(signal.SIGTERM, _stop)
        shown = f"[{host}]" if ":" in host else host
        at = f"http://{shown}:{listener.getsockname()[1]}/"
        click.echo(f"Serving {described} at {at}  (Ctrl+C stops)", err=True)
        if open_to_others:
            click.echo("Open to everyone who reaches this address: pages, /sparql (reading only), dumps.", err=True)
        try:
            server.run()
        finally:
            server.close()


def _bound(host: str, port: int) -> socket.socket:
    """A listening socket. Raises QueryError for an address that cannot be had."""
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as taken:
        raise QueryError(f"{host}:{port} cannot be listened on ({taken.strerror or taken}). Try --port 0.") from taken


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)


def _log_to_stderr() -> None:
    from queryapp.headers import SafeFormatter

    handler = logging.StreamHandler()
    handler.setFormatter(SafeFormatter("%(asctime)s %(levelname)s %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    logging.getLogger("queryapp").setLevel(logging.INFO)
