"""Topics by the words of a text, where no register knows them: candidates, one for all wordings of the same subject.

"The licensing of flood maps" and "flood-map licensing" have the same words but for order and small ones, and are one
topic; "sediment data" is the topic of the round on "Sediment data for small ports", if the text has one such title.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from ingest.context import Document
from ingest.model import Entity
from ingest.rulebook import rules

LONGEST = 100
"""Signs; longer words are a statement and no subject."""

_SMALL = frozenset({"of", "the", "a", "an", "for", "on", "in", "to", "and", "or", "its", "their", "at", "by", "with"})
_QUESTION = re.compile(r"(?:whether|which|how|what|who|when|where)\s", re.IGNORECASE)
_NO_NOUN = re.compile(
    r"(?:at|in|on|by|for|to|with|from|and|but|or|that|as|during|of|under|over|after|before|into|about|not|no|so|very|further)\s",
    re.I,
)
"""How words begin that are no noun phrase: "at length"."""
_TITLE = re.compile(
    r"(?:\b(?:consultation|call|survey|round|topic|theme|subject)s?\b[^\"\n]{0,40}\"(?P<behind>[^\"\n]{4,120})\""
    r"|\"(?P<before>[^\"\n]{4,120})\"\s+as\s+(?:the|a|its|their)\s+(?:\w+\s+)?(?:topic|theme|subject))",
    re.IGNORECASE,
)


def slug(words: str) -> str:
    """The words as a key: lower case, letters and digits joined by hyphens, at most ten words."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", re.sub(r"'s\b", "s", plain))[:10])


@cache
def _vague() -> frozenset[str]:
    return frozenset(rules("outcomes")["vague"]["words"])


def subject_of(words: str) -> str | None:
    """The words of a phrase as those of a subject, without article; None where they name none.

    A subject is a question ("whether fees should rise"), or two words at least, none of them vague: no paper, meeting,
    body, instrument or pronoun.
    """
    words = re.sub(r"\s+", " ", words).strip(" .;,:\"'")
    if _QUESTION.match(words):
        return words if words.count(" ") > 3 and len(words) <= LONGEST else None
    words = re.sub(r"^(?:the|its|their|a|an)\s+", "", words, flags=re.IGNORECASE)
    if _NO_NOUN.match(words):
        return None
    plain = {word.removesuffix("s") for word in re.findall(r"[a-z]+", words.lower())}
    numbered = re.search(r"\d{2}|\d/\d|\d\.", words)
    return words if " " in words and len(words) <= LONGEST and not plain & _vague() and not numbered else None


def topic_called(document: Document, words: str) -> Entity:
    """The topic of that name if a register knows exactly one, else a candidate, the same for all its wordings."""
    plain = re.sub(r"\s+", " ", words).strip(" .;,:\"'")
    for name in (plain, re.sub(r"^(?:The|A|An)\s+", "", plain), re.sub(r"\s*\([A-Z][A-Za-z]*\)", "", plain)):
        known = document.register.topic_named(name)
        if len(known) == 1:
            return known[0].entity
    meant = frozenset(_content(plain))
    candidates: dict[frozenset[str], Entity] = document.memo.setdefault("candidate topics", {})
    if meant not in candidates:
        candidates[meant] = _title_with(document, meant) or Entity("topic", ("candidate", slug(plain)))
    return candidates[meant]


def _content(words: str) -> list[str]:
    found = [word.removesuffix("s") for word in re.findall(r"\w+", re.sub(r"'s\b", "", words.lower()))]
    return [word for word in found if word not in _SMALL] or found


def _title_with(document: Document, meant: frozenset[str]) -> Entity | None:
    """The one title of a round or theme of the text that holds all these words, two at least."""
    if "theme titles" not in document.memo:
        found = (match["behind"] or match["before"] for match in _TITLE.finditer(document.clean.text))
        document.memo["theme titles"] = tuple(dict.fromkeys(found))
    titles = [title for title in document.memo["theme titles"] if meant <= frozenset(_content(title))]
    if len(meant) < 2 or len(titles) != 1 or meant == frozenset(_content(titles[0])):
        return None
    return topic_called(document, titles[0])
