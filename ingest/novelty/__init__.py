"""What a document says that no earlier document said: each sentence and its likest earlier one, by their words.

How it is decided and where it errs is in `ingest/decisions/0103-what-is-new.md`, its figures in `novelty.toml`.
"""

from __future__ import annotations

from ingest.novelty.forms import Form, form
from ingest.novelty.origins import Kind, Origin, Spoken, origins

__all__ = ["Form", "Kind", "Origin", "Spoken", "form", "origins"]
