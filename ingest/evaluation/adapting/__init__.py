"""The one place where the graph's things and properties are turned into the guide's keys and relations."""

from __future__ import annotations

from ingest.evaluation.adapting.reading import account, of_dataset

__all__ = ["account", "of_dataset"]
