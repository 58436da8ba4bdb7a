"""Where each sentence of a document was said before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from ingest.lineage.words import differing
from ingest.novelty.forms import Form
from ingest.novelty.shelf import Shelf, Shelved

Kind: TypeAlias = Literal["repeated", "refilled", "edited", "new"]
"""What a sentence is: the same words as an earlier one; the same but for dates and ordinals; the same with some other
words; none of these. The terms of the code list `novelty`."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """The sentences of one document in order: words are cleaned, forms those of the words."""

    words: tuple[str, ...]
    forms: tuple[Form, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """What a sentence is to the earlier documents.

    place is that of the sentence in its document, from 0. earlier and first are (place of the document on the shelf,
    place of the sentence in it): the latest earlier sentence that it is like, and the first in which the words of that
    one stand (of a refilled one: its words but for dates). None for what is new. score is from 0 to 1; gone and come
    are the runs of words of the earlier sentence and of this one that differ.
    """

    place: int
    kind: Kind
    earlier: tuple[int, int] | None = None
    first: tuple[int, int] | None = None
    score: float | None = None
    gone: tuple[str, ...] = ()
    come: tuple[str, ...] = ()


def origins(spoken: Spoken, shelf: Shelf, first: int, on_shelf: Sequence[Spoken]) -> Iterator[Origin]:
    """The origin of each sentence of a document among the first documents of a shelf; on_shelf are those documents."""
    for place, form in enumerate(spoken.forms):
        if form.key:
            yield _origin(spoken, place, shelf, first, on_shelf)


def _origin(spoken: Spoken, place: int, shelf: Shelf, first: int, on_shelf: Sequence[Spoken]) -> Origin:
    form = spoken.forms[place]
    if same := shelf.same(form, first):
        return Origin(place, "repeated", _latest(same), _where(same[0]), 1.0)
    if refilled := shelf.refilled(form, first):
        at = _latest(refilled)
        return Origin(place, "refilled", at, _where(refilled[0]), 1.0, *_words(on_shelf, at, spoken.words[place]))
    near = shelf.likest(form, first)
    if near is None:
        return Origin(place, "new")
    one, score = near
    oldest = shelf.same(one.form, first)[0]
    words = _words(on_shelf, _where(one), spoken.words[place])
    return Origin(place, "edited", _where(one), _where(oldest), round(score, 3), *words)


def _latest(found: Sequence[Shelved]) -> tuple[int, int]:
    """The latest document's sentence; of several in one document the first."""
    last = found[-1].document
    return _where(next(each for each in found if each.document == last))


def _where(one: Shelved) -> tuple[int, int]:
    return one.document, one.place


def _words(on_shelf: Sequence[Spoken], at: tuple[int, int], words: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    document, place = at
    return differing(on_shelf[document].words[place], words)
