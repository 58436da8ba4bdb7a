"""Footnote marks of HTML: raised, or linked to a note."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from ingest.readers.marks import is_mark

_ABOVE = re.compile(r"vertical-align\s*:\s*(?:super|text-top|[1-9])|mso-text-raise\s*:\s*[1-9]", re.IGNORECASE)


def target(mark: LexborNode) -> str:
    """The id that a footnote mark links to, without the underscore that Word puts before it."""
    link = mark if mark.tag == "a" else mark.parent
    href = link.attributes.get("href") if link is not None else None
    return (href or "").lstrip("#_")


def hints(node: LexborNode) -> str:
    """What role, class and type say that an element is."""
    attributes = node.attributes
    return " ".join(attributes.get(name) or "" for name in ("role", "class", "epub:type")) if attributes else ""


def is_set_above(node: LexborNode) -> bool:
    """Whether a style or a class of its own raises the element."""
    style = (node.attributes.get("style") or "") if node.attributes else ""
    return bool(_ABOVE.search(style)) or bool(re.search(r"\bsuper(?:script)?\b", hints(node)))


def is_note_mark(node: LexborNode) -> bool:
    """Raised digits or a raised link; "21st" with raised letters is none."""
    text = node.text(strip=True)
    linked = node.css_first("a[href]") is not None or (node.parent is not None and node.parent.tag == "a")
    return is_mark(text) or (linked and re.fullmatch(r"[a-z]", text) is not None)
