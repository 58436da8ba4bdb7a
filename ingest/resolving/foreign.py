"""Whether the registers know the institution that a text is of: if not, short names and bare numbers are its own."""

from __future__ import annotations

import re
from functools import lru_cache

from ingest.context import Document
from ingest.finders import names
from ingest.register import Register

_PLACE = re.compile(r"\((?:[Rr]ev\.? ?|REV\.? ?)?(?P<city>[A-Z][\w' -]{2,30}), (?P<year>(?:19|20)\d\d)\)")


def is_foreign(document: Document) -> bool:
    """Whether a text is of an institution that no register knows.

    It is not if its own body is registered, or if it names for sure a body whose institution has registered
    conferences: then short names ("the Council") and bare numbers are those of that institution.
    """
    if "foreign" not in document.memo:
        document.memo["foreign"] = _is_foreign(document)
    return bool(document.memo["foreign"])


def _is_foreign(document: Document) -> bool:
    register = document.register
    if document.metadata.body in register.bodies:
        return False
    if any(register.conferences(held["city"].title(), held["year"]) for held in _PLACE.finditer(document.clean.text)):
        return False
    for hit in names.hits(document.clean.text, register):
        if hit.kind == "event" and register.conference_tagged(document.clean.text[hit.start : hit.end]):
            return False
        sure = hit.kind == "body" and hit.parts.get("context") != "yes"
        if sure and not _institutions(register).isdisjoint(register.body_named(hit.parts["name"])):
            return False
    return True


@lru_cache(maxsize=8)
def _institutions(register: Register) -> frozenset[str]:
    """The bodies of institutions of which conferences or sessions are registered."""
    roots = {(register.ancestors(slug) or (slug,))[-1] for slug in register.bodies if register.occasions(slug)}
    return frozenset(slug for slug in register.bodies if (register.ancestors(slug) or (slug,))[-1] in roots)
