"""Which of the institution's languages a text is in, from its letters and its commonest words."""

from __future__ import annotations

import re
from collections import Counter

from ingest.text.genre import genre

_ENOUGH = 20
_SCRIPTS = (
    ("ru", re.compile("[\u0400-\u04ff]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
)


def language(text: str) -> str | None:
    """The language as a two-letter code, or None where the text is too short or too mixed to tell."""
    sample = text[:40_000]
    letters = sum(1 for char in sample if char.isalpha())
    if letters < _ENOUGH:
        return None
    for code, script in _SCRIPTS:
        if len(script.findall(sample)) > 0.5 * letters:
            return code
    words = Counter(re.findall(r"[^\W\d_]+", sample.lower()))
    scores = {code: sum(words[word] for word in common) for code, common in genre().languages.items()}
    best, second = sorted(scores.items(), key=lambda item: -item[1])[:2]
    total = sum(words.values())
    return best[0] if best[1] >= max(3, 0.08 * total) and best[1] >= 1.5 * second[1] else None
