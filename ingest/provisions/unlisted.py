"""Heads whose verb no rule lists: their form and their place say that they head clauses, and of which part.

The form alone says little ("meeting" is no participle, "measures" no verb), so that the reader asks only where a head
is due: a line of its own between two clauses, or a paragraph of a text whose other paragraphs begin with their verbs.
"""

from __future__ import annotations

import re

from ingest.provisions.grammar import Grammar, grammar
from ingest.provisions.heads import Head, governing

OTHER = {False: "other-preambular", True: "other-operative"}
"""The role of such a verb, by whether it stands in the operative part."""


def alone(text: str, language: str | None, *, operative: bool) -> Head | None:
    """The text as a verb and nothing else but those it speaks to: "foreseeing", "implores the Harbour Master"."""
    forms = grammar(language)
    words = text.strip()
    found = (forms.unknown.operative if operative else forms.unknown.preambular).match(words)
    if found is None or not _is_verb(found, forms) or not words[:1].islower():
        return None
    return governing(words, OTHER[operative], found.end(), language, whole=True, addressed=operative)


def leads(text: str, language: str | None, *, operative: bool) -> Head | None:
    """A verb with which the text begins and goes on: "Mourning the lost boats,", "Adjures the pilots to wait;"."""
    forms = grammar(language)
    found = (forms.unknown.leads_operative if operative else forms.unknown.leads_preambular).match(text)
    if found is None or not _is_verb(found, forms) or not text[:1].isupper():
        return None
    return governing(text, OTHER[operative], found.end(), language, whole=False, addressed=operative)


def _is_verb(found: re.Match[str], forms: Grammar) -> bool:
    return not forms.unknown.never.intersection(found["verb"].lower().split())
