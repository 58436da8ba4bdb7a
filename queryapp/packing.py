"""Smaller answers: files of the site in the packed form that the build made, pages packed as they go out."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

from flask import Flask, Response, request
from werkzeug.security import safe_join

from queryapp.problems import Problem

STATIC = Path(__file__).parent / "static"

TWINS = (("br", ".br"), ("gzip", ".gz"))
"""Encodings in the order of their size, and the ending of the file that holds a thing in that encoding."""

LEAST = 1000
"""Bytes below which packing gains nothing."""

LEVEL = 5

HASHED = re.compile(r"\.[0-9a-f]{10}\.\w+$")
"""The end of a name that changes with what is in the file."""

PACKED = re.compile(
    r"text/|image/svg\+xml|application/(?:[\w.-]+\+)?(?:json|xml|javascript|ld\+json|n-triples|problem)"
)
"""Media types that are worth packing."""

YEAR = 31_536_000

TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".json": "application/json",
    ".woff2": "font/woff2",
}


def register(app: Flask) -> None:
    """Serve the site's files under /static, and pack answers that a client takes packed."""
    app.add_url_rule("/static/<path:filename>", endpoint="static", view_func=static_file)
    app.after_request(packed)


def static_file(filename: str) -> Response:
    """A file of the site, in the smallest form that the client takes; kept for a year if its name has a hash."""
    path = _file(filename)
    if path is None:
        raise Problem(404, "There is no such file.")
    twins = ((encoding, path.with_name(path.name + ending)) for encoding, ending in TWINS)
    taken = (pair for pair in twins if request.accept_encodings.quality(pair[0]) > 0 and pair[1].is_file())
    encoding, chosen = next(taken, ("", path))
    response = Response(chosen.read_bytes(), content_type=TYPES.get(path.suffix, "application/octet-stream"))
    if encoding:
        response.headers["Content-Encoding"] = encoding
    response.add_etag()
    response.vary.add("Accept-Encoding")
    forever = HASHED.search(filename) or "v" in request.args
    response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable" if forever else "no-cache"
    response.make_conditional(request)
    return response


def _file(filename: str) -> Path | None:
    """The file of that name below STATIC, None if there is none."""
    found = safe_join(str(STATIC), filename)
    return Path(found) if found and Path(found).is_file() else None


def packed(response: Response) -> Response:
    """The answer in gzip, if it is text, long enough, and the client takes it.

    An ETag becomes weak: the packed bytes say the same, but are others.
    """
    if not PACKED.match(response.content_type or "") or response.direct_passthrough or response.is_streamed:
        return response
    response.vary.add("Accept-Encoding")
    if (
        response.status_code in (204, 206, 304)
        or "Content-Encoding" in response.headers
        or request.accept_encodings.quality("gzip") <= 0
        or len(response.get_data()) < LEAST
    ):
        return response
    response.set_data(gzip.compress(response.get_data(), LEVEL, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    tag, is_weak = response.get_etag()
    if tag and not is_weak:
        response.set_etag(tag, weak=True)
    return response
