"""What every reading keeps to, and small ways to make one from words."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from ingest.model import Block, BlockKind, Reading, Span
from ingest.readers import read
from ingest.text import Clean


def reading_of(*blocks: str | tuple[BlockKind, str], media_type: str = "text/plain") -> Reading:
    """A reading of the given blocks, a paragraph each unless its kind is given; no numbers are looked for."""
    text, made = "", []
    for order, given in enumerate(blocks, 1):
        kind, words = given if isinstance(given, tuple) else ("paragraph", given)
        start = len(text)
        text += words + "\n"
        number = words.split()[0] if kind == "footnote" else None
        content = start + (len(number) + 1 if number else 0)
        made.append(Block(order, Span(start, start + len(words)), kind, content, number))
    return Reading("0" * 64, media_type, text, tuple(made))


def written(folder: Path, name: str, content: str | bytes) -> Path:
    """A file with this content."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """A zip file with these members."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def shapes(reading: Reading) -> list[tuple[str, int, str | None, str]]:
    """Kind, level, number and words of each block."""
    return [(b.kind, b.level, b.number, reading.text[b.content : b.span.end]) for b in reading.blocks]


def words_of(folder: Path, name: str, content: str | bytes) -> list[tuple[str, int, str | None, str]]:
    """The shapes of a file with this content, checked for what every reading keeps to."""
    reading = read(written(folder, name, content))
    check(reading)
    return shapes(reading)


def check(reading: Reading) -> None:
    """Blocks in order, without overlap, white space alone between them, each tight and holding its number."""
    done = 0
    for order, block in enumerate(reading.blocks, 1):
        start, end = block.span.start, block.span.end
        assert block.order == order
        assert done <= start < end
        assert not reading.text[done:start].strip(), f"lost before block {order}: {reading.text[done:start]!r}"
        assert start <= block.content <= end
        words = reading.text[start:end]
        assert words == words.strip()
        if block.number is not None:
            assert block.number in reading.text[start : block.content]
        done = end
    assert not reading.text[done:].strip()
    assert len(reading.checksum) == 64


def check_map(reading: Reading, clean: Clean) -> None:
    """Every character of the cleaned copy has a stretch of the text as read; blocks and sentences lie in it."""
    assert len(clean.origin) == len(clean.ends) == len(clean.text) + 1
    assert all(a <= b for a, b in zip(clean.origin, clean.origin[1:], strict=False))
    assert all(a <= b <= len(reading.text) for a, b in zip(clean.origin, clean.ends, strict=True))
    for block in clean.blocks:
        assert 0 <= block.start <= block.content <= block.end <= len(clean.text)
        assert "\n" not in clean.text[block.start : block.end]
        span = clean.span(block.start, block.end)
        source = reading.blocks[block.order - 1].span
        assert source.start <= span.start < span.end <= source.end
    for sentence in clean.sentences:
        words = clean.text[sentence.start : sentence.end]
        assert words
        assert words == words.strip()
        quote = clean.span(sentence.start, sentence.end)
        slice_ = reading.text[quote.start : quote.end]
        assert slice_ == slice_.strip()
        assert clean.sentence_at(sentence.start) == sentence
