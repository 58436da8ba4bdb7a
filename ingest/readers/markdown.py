"""Markdown: every character as it is; blocks where markdown-it sees them, markup left out of the words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ingest.model import Block, BlockKind, Reading, Span
from ingest.readers.decode import decode
from ingest.text.numbering import printed_number, skip_debris

_LEAD = re.compile(r"[ \t>]*")
_HEAD = re.compile(r"#{1,6}[ \t]+")
_NOTE = re.compile(r"\[\^([^\]\s]{1,20})\]:[ \t]*")
_TAG = re.compile(r"<!--.{0,2000}?-->|<[^<>]{1,2000}>", re.DOTALL)
_FRONT = re.compile(r"\A---[ \t]*\r?\n(?P<fields>(?:.{0,500}\r?\n){0,100}?)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)")
_CELL = re.compile(r"(?:\\\||[^|\n])+")


def read(data: bytes, path: Path) -> Reading:
    """Read a Markdown file; the text is the decoded file, every character of it."""
    decoded = decode(data, path.name)
    blocks = tuple(_blocks(decoded.text))
    title = _front_title(decoded.text) or next(
        (_words(decoded.text, block) for block in blocks if block.kind == "heading" and block.level == 1),
        None,
    )
    return Reading("", "", decoded.text, blocks, encoding=decoded.encoding, title=title, findings=decoded.findings)


def _front_title(text: str) -> str | None:
    front = _FRONT.match(text)
    field = re.search(r"(?mi)^title:[ \t]*[\"']?(.+?)[\"']?[ \t]*$", front["fields"]) if front else None
    return field[1] if field else None


def _words(text: str, block: Block) -> str:
    return text[block.content : block.span.end].strip("# \t*_")


def _line_starts(text: str) -> list[int]:
    """Where lines start, as markdown-it counts them: it ends lines at LF, CR LF and CR alone."""
    return [0, *(match.end() for match in re.finditer(r"\r\n|\n|\r", text))]


def _blocks(text: str) -> Iterator[Block]:
    starts = [*_line_starts(text), len(text), len(text)]
    covered = 0
    order = 0
    for kind, level, first, last in _stretches(text):
        start, end = starts[min(first, len(starts) - 1)], starts[min(last, len(starts) - 1)]
        for part in (*_leftover(text, covered, start), *_pieces(text, kind, level, max(start, covered), end)):
            order += 1
            yield Block(order, part.span, part.kind, part.content, part.number, part.level)
        covered = max(covered, end)
    for part in _leftover(text, covered, len(text)):
        order += 1
        yield Block(order, part.span, part.kind, part.content, part.number, part.level)


def _stretches(text: str) -> Iterator[tuple[str, int, int, int]]:
    """What markdown-it makes blocks of: the kind, the level, the first line and the line after the last."""
    parser = MarkdownIt("commonmark", {"maxNesting": 100}).enable("table")
    parser.core.ruler.enableOnly(["normalize", "block"])  # what stands inside a block is no business of ours
    if front := _FRONT.match(text):
        lines = len(_line_starts(front.group())) - 1
        yield "debris", 0, 0, lines
        text = "\n" * lines + text[front.end() :]
    lists = 0
    fresh: int | None = None
    for token in parser.parse(text.replace("\0", " ")):
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            lists += 1
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            lists -= 1
        elif token.type == "list_item_open":
            fresh = lists
        elif token.map:
            yield from _stretch(token, fresh)
            if token.type in {
                "paragraph_open",
                "heading_open",
                "fence",
                "code_block",
                "html_block",
                "tr_open",
            }:
                fresh = None


def _stretch(token: Token, fresh: int | None) -> Iterator[tuple[str, int, int, int]]:
    first, last = token.map or [0, 0]
    match token.type:
        case "heading_open":
            yield "heading", int(token.tag[1:]), first, last
        case "paragraph_open":
            yield ("item", fresh, first, last) if fresh else ("paragraph", 0, first, last)
        case "fence" | "code_block":
            yield "code", 0, first, last
        case "html_block":
            yield "markup", 0, first, last
        case "hr":
            yield "debris", 0, first, last
        case "tr_open":
            yield "row", 0, first, last


def _pieces(text: str, kind: str, level: int, start: int, end: int) -> Iterator[Block]:
    span = _trimmed(text, start, end)
    if span is None:
        return
    start, end = span
    if kind == "row":
        yield from _cells(text, start, end)
        return
    if kind == "debris" or (kind == "markup" and not _TAG.sub("", text[start:end]).strip()):
        yield Block(0, Span(start, end), "debris", start)
        return
    yield from _worded(text, kind, level, start, end)


def _cells(text: str, start: int, end: int) -> Iterator[Block]:
    """The cells of a row; a cell takes the bar before it, the last one also the bar after it."""
    filled = [span for match in _CELL.finditer(text, start, end) if (span := _trimmed(text, *match.span()))]
    for at, (first, last) in enumerate(filled):
        before = _trimmed(text, filled[at - 1][1] if at else start, first)
        tail = end if at == len(filled) - 1 else last
        yield Block(0, Span(before[0] if before else first, tail), "cell", first)
    if not filled:
        yield Block(0, Span(start, end), "debris", start)


def _worded(text: str, kind: str, level: int, start: int, end: int) -> Iterator[Block]:
    """A heading, item, paragraph or footnote: where its words start after the markup and the number."""
    content = max(start, _LEAD.match(text, start, end).end())  # type: ignore[union-attr]  # matches nothing too
    if note := _NOTE.match(text, content, end):
        yield Block(0, Span(start, end), "footnote", note.end(), note[1])
        return
    if kind == "heading" and (marks := _HEAD.match(text, content, end)):
        content = marks.end()
    printed = printed_number(text, content, end) if kind != "code" else None
    number = None
    if printed and (printed.sure or kind in {"item", "heading"}):
        number, content = printed.text, printed.content
        inner = printed_number(text, content, end) if printed.style == "bullet" else None
        if inner and inner.sure and inner.style != "bullet":  # "- a) first", where the list is only the markup
            number, content = inner.text, inner.content
    names: dict[str, BlockKind] = {"heading": "heading", "item": "item"}
    yield Block(0, Span(start, end), names.get(kind, "paragraph"), skip_debris(text, content, end), number, level)


def _leftover(text: str, start: int, end: int) -> Iterator[Block]:
    """What lies between: rules of tables, link definitions. Never words that a reader sees, except cells."""
    for line in re.finditer(r"[^\n\r]+", text[start:end]):
        if span := _trimmed(text, start + line.start(), start + line.end()):
            yield Block(0, Span(*span), "debris", span[0])


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and (text[start].isspace()):
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None
