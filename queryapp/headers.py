"""Headers that every response carries, and log lines that no request can forge."""

from __future__ import annotations

import logging
import re
import secrets
import time

from flask import Flask, Response, g, request

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data:; "
    "connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")

log = logging.getLogger("queryapp.access")


def register(app: Flask) -> None:
    """Set the headers after each request; templates get the nonce for style elements as csp_nonce()."""

    @app.before_request
    def begin() -> None:
        g.began = time.monotonic()

    @app.after_request
    def finish(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = POLICY.format(nonce=nonce())
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = "ETag, Link, Location, Retry-After, Server-Timing"
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        took = (time.monotonic() - g.get("began", time.monotonic())) * 1000
        line = f"{request.remote_addr} {request.method} {request.path} {response.status_code} {took:.0f} ms"
        log.info("%s", safe(line))
        return response

    app.jinja_env.globals["csp_nonce"] = nonce


def nonce() -> str:
    """The nonce of the current response."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    found: str = g.csp_nonce
    return found


def safe(line: str) -> str:
    """A line for the log: control characters written out, so that it stays one line, and not too long."""
    return _CONTROL.sub(lambda match: f"\\x{ord(match[0]):02x}", line)[:2000]


class SafeFormatter(logging.Formatter):
    """Writes control characters out in messages; tracebacks keep their lines, each indented."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  # the name is logging's
        """The message on one line."""
        record.message = safe(record.message)
        return super().formatMessage(record)

    def formatException(self, ei) -> str:  # type: ignore[no-untyped-def]  # noqa: N802
        """The traceback, indented, so that none of its lines looks like a record."""
        lines = super().formatException(ei).splitlines()
        return "\n".join("    " + safe(line) for line in lines)
