"""HTML: block elements to blocks, without recursion, so that depth cannot hurt."""

from __future__ import annotations

import re
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ingest.model import Reading
from ingest.readers.builder import Builder
from ingest.readers.decode import decode
from ingest.readers.html_walk import HtmlWalk
from ingest.text.languages import language

_DEEPEST = 1_000
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]{0,40})[^<>]*>")
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
    | {"p", "li", "td", "th", "tr", "dt", "dd", "option"}  # may be left open
)
_CHARSET = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)


def read(data: bytes, path: Path) -> Reading:
    """Read an HTML file; what a browser would not show is left out."""
    declared = _CHARSET.search(data[:4096])
    decoded = decode(data, path.name, declared[1].decode("ascii") if declared else None)
    builder = Builder()
    text, cut = _flattened(decoded.text)
    if cut:
        message = f"{cut} elements more than {_DEEPEST} deep were opened up; their text was kept."
        builder.find("deep-nesting", "info", message)
    tree = LexborHTMLParser(text)
    if tree.body is not None:
        HtmlWalk(builder).run(tree.body)
    builder.settle()
    builder.findings[:0] = decoded.findings
    text = builder.text()
    return Reading(
        "",
        "",
        text,
        tuple(builder.blocks),
        encoding=decoded.encoding,
        language=_declared(tree.root) or language(text),
        title=_title(tree),
        findings=tuple(builder.findings),
    )


def _flattened(text: str) -> tuple[str, int]:
    """Without the tags below a depth that no document has: the parser takes time with the square of the depth."""
    if text.count("<") <= _DEEPEST:
        return text, 0
    depth = cut = done = 0
    pieces: list[str] = []
    for match in _TAG.finditer(text):
        closing, name = match[1] == "/", match[2].lower()
        if name in _VOID or match.group().endswith("/>"):
            continue
        depth = max(0, depth - 1) if closing else depth + 1
        if depth + closing > _DEEPEST:
            pieces += [text[done : match.start()], "\n"]
            done = match.end()
            cut += not closing
    if depth > _DEEPEST // 2 and not cut:  # many elements whose end tags are left out, as in old pages
        return text, 0
    return "".join([*pieces, text[done:]]), cut


def _declared(root: LexborNode | None) -> str | None:
    value = (root.attributes.get("lang") or root.attributes.get("xml:lang")) if root is not None else None
    code = (value or "").strip().lower().split("-")[0]
    return code if re.fullmatch(r"[a-z]{2,3}", code) else None


def _title(tree: LexborHTMLParser) -> str | None:
    found = tree.css_first("head > title")
    return " ".join(found.text().split()) or None if found is not None else None
