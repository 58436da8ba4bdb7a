"""What a text names by itself, laid over what the registers know: the registers come first, and are never mixed up.

In a document of an institution that a register knows, "the Assembly" and "the Secretary-General" are those of that
institution, or stay open. In a document of any other they are its own, known from the text alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ingest.finders import local, posts
from ingest.finders.hits import Hit, longest
from ingest.finders.local import MARK
from ingest.register import Register

_ROOTS = frozenset({"union", "un-organ", "specialized-agency"})
_WORKING = frozenset({"council-working-group", "expert-group", "study-group", "advisory-group", "council", "sector"})
_HEAD = 3000
"""Characters at the beginning of a document in which it says whose it is."""


def merged(text: str, named: Sequence[Hit], register: Register) -> list[Hit]:
    """The names of registers and those of the text, none overlapping; of equals that of the register.

    A name of a register that needs its context carries in `local` what the text itself may mean by it.
    """
    sure = [hit for hit in named if hit.parts.get("context") != "yes"]
    taken = tuple(sorted({(hit.start, hit.end) for hit in sure}))
    own = [*local.hits(text, taken), *posts.offices(text)]
    at_home = _is_of_registered_institution(longest([*sure, *own]), register)
    if at_home:
        own = [hit for hit in own if not _is_registered(text, hit, register)]
    else:
        own = [_apart(text, hit, register) for hit in (*own, *posts.secretariat(text))]
    by_place = {(hit.start, hit.end): hit for hit in own}
    return longest([*(_with_local(hit, by_place.get((hit.start, hit.end))) for hit in named), *own])


def _is_registered(text: str, hit: Hit, register: Register) -> bool:
    """Whether the words are, in a text of a registered institution, for the registers alone to resolve."""
    return "chair" in hit.parts or bool(
        register.entities_named(text[hit.start : hit.end], "body", "office", context=True)
    )


def _is_of_registered_institution(kept: Sequence[Hit], register: Register) -> bool:
    """Whether the opening of a text names for sure an institution of a register, or a working body of one."""
    for hit in kept:
        if hit.start > _HEAD:
            return False
        if hit.kind == "body" and hit.parts.get("form") not in (None, "local"):
            bodies = [register.bodies[slug] for slug in register.body_named(hit.parts["name"])]
            if any(body.kind in (_ROOTS if body.parent is None else _WORKING) for body in bodies):
                return True
    return False


def _with_local(hit: Hit, own: Hit | None) -> Hit:
    if own is None or hit.kind != own.kind or hit.parts.get("context") != "yes":
        return hit
    kept = {name: own.parts[name] for name in ("noun", "candidates", "kind") if name in own.parts}
    return Hit(hit.start, hit.end, hit.kind, {**hit.parts, **kept, "local": own.parts["name"]})


def _apart(text: str, hit: Hit, register: Register) -> Hit:
    """The text's own body or office, under a slug that none of a register has.

    In a document of a registered institution an acronym of the register is that body's, whatever name stands before it.
    """
    slug = hit.parts["name"].removeprefix(MARK)
    known = register.bodies if hit.kind == "body" else register.offices
    if slug not in known:
        return hit
    return Hit(hit.start, hit.end, hit.kind, {**hit.parts, "name": f"{MARK}{local.marked(text, slug)}"})


def slugs(parts: Mapping[str, str]) -> tuple[str, ...]:
    """The slugs of what a name may mean by the text alone; none for a name that only a register gives."""
    if "candidates" in parts:
        return tuple(parts["candidates"].split())
    name = parts.get("local", parts.get("name", ""))
    return (name.removeprefix(MARK),) if name.startswith(MARK) else ()
