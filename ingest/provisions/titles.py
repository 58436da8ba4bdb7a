"""Titles of instruments that break off, or may do so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from ingest.context import Document
from ingest.provisions.clauses import Instrument
from ingest.rulebook import rules


def titles_that_break_off(document: Document, found: Sequence[Instrument]) -> set[tuple[int, int]]:
    """Where they stand in the cleaned copy. Worked out once a document."""
    if "titles-cut" not in document.memo:
        document.memo["titles-cut"] = _cut(document, found)
    titles: set[tuple[int, int]] = document.memo["titles-cut"]
    return titles


def _cut(document: Document, found: Sequence[Instrument]) -> set[tuple[int, int]]:
    """Where the titles stand that break off; where several do at one length, those of that length are doubted too."""
    titles = [instrument.title for instrument in found if instrument.title is not None]
    text = document.clean.text
    vocabulary = Counter(re.findall(r"\w+", text)) if titles else Counter()
    cut = {title for title in titles if _breaks_off(text[slice(*title)].strip(), vocabulary)}
    lengths = [end - start for start, end in cut]
    if len(lengths) > 1:
        cut |= {title for title in titles if title[1] - title[0] in lengths}
    return cut


def _breaks_off(words: str, vocabulary: Mapping[str, int]) -> bool:
    """Whether a title ends in dots, in a word that cannot be the last, in an open bracket or in half a word."""
    rule = rules("clauses")["cut"]
    if words.endswith(("...", "…")):
        return True
    last = re.split(r"[\s/]", words)[-1]
    if len(words) < rule["shortest"]:
        return False
    if last.lower() in rule["last_words"] or words.count("(") > words.count(")"):
        return True
    known = vocabulary.get(last, 0) > 1 or not last.isalpha()
    return not known and any(word.startswith(last) and word != last for word in vocabulary)
