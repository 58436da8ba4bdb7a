"""The formats of answers: names, media types, file endings; and which of them a client takes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name (which is the file ending too), its media type, and others that clients use for it."""

    name: str
    media_type: str
    aliases: tuple[str, ...] = ()
    charset: bool = False

    def content_type(self, media_type: str | None = None) -> str:
        """The Content-Type to send, under the media type that the client asked for."""
        return (media_type or self.media_type) + ("; charset=utf-8" if self.charset else "")


JSON = Format("json", "application/sparql-results+json", ("application/json",))
XML = Format("xml", "application/sparql-results+xml", ("application/xml", "text/xml"))
CSV = Format("csv", "text/csv", charset=True)
TSV = Format("tsv", "text/tab-separated-values", charset=True)
TURTLE = Format("ttl", "text/turtle", ("application/x-turtle",), charset=True)
N_TRIPLES = Format("nt", "application/n-triples", ("text/plain",), charset=True)
RDF_XML = Format("rdf", "application/rdf+xml", ("application/xml", "text/xml"))
JSON_LD = Format("jsonld", "application/ld+json", ("application/json",))

ROWS = (JSON, XML, CSV, TSV)
"""For SELECT and ASK, the one sent to a client without wishes first."""

GRAPHS = (TURTLE, N_TRIPLES, RDF_XML, JSON_LD)
"""For CONSTRUCT and DESCRIBE, likewise."""

BY_NAME = {format_.name: format_ for format_ in (*ROWS, *GRAPHS)}

HTML = ("text/html", "application/xhtml+xml")

LONGEST_ACCEPT = 2000
"""Characters of an Accept header that are looked at."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The format that a client prefers, and the media type by which it asked for it."""

    format: Format
    media_type: str

    @property
    def content_type(self) -> str:
        """The Content-Type to send."""
        return self.format.content_type(self.media_type)


def choose(accept: str | None, offered: Sequence[Format], named: str | None = None) -> Choice | None:
    """What to send to a client: the format named in the address, else the best by Accept, else None.

    No Accept at all takes anything. Of equal wishes the first offered wins.
    """
    if named is not None:
        return next((Choice(format_, format_.media_type) for format_ in offered if format_.name == named), None)
    if not accept or not accept.strip():
        return Choice(offered[0], offered[0].media_type)
    wishes = parse_accept_header(accept[:LONGEST_ACCEPT], MIMEAccept)
    best: tuple[float, int] | None = None
    chosen = None
    for place, (format_, media_type) in enumerate(_types(offered)):
        quality = wish(wishes, media_type)
        rank = (quality, -place)
        if quality > 0 and (best is None or rank > best):
            best, chosen = rank, Choice(format_, media_type)
    return chosen


def wish(wishes: MIMEAccept, media_type: str) -> float:
    """The quality that Accept gives a media type; the most specific range that matches decides (RFC 9110)."""
    main = media_type.partition("/")[0]
    ranges = {value.partition(";")[0].strip().lower(): quality for value, quality in reversed(list(wishes))}
    for each in (media_type, f"{main}/*", "*/*"):
        if each in ranges:
            return float(ranges[each])
    return 0.0


def wants_page(accept: str | None) -> bool:
    """Whether a client is a browser: it names HTML, and likes no data format better."""
    if not accept:
        return False
    wishes = parse_accept_header(accept[:LONGEST_ACCEPT], MIMEAccept)
    named = {value.partition(";")[0].strip().lower() for value, _ in wishes}
    if not named.intersection(HTML):
        return False
    page = max(wish(wishes, media_type) for media_type in HTML)
    data = (wish(wishes, media_type) for _, media_type in _types((*GRAPHS, *ROWS)) if media_type in named)
    specific = [quality for quality in data if quality > page]
    return page > 0 and not specific


def _types(offered: Iterable[Format]) -> list[tuple[Format, str]]:
    """Media types of the offered formats, canonical ones first."""
    formats = list(offered)
    return [(f, f.media_type) for f in formats] + [(f, alias) for f in formats for alias in f.aliases]
