"""`python -m ingest.evaluation` is `recalling evaluate`, from a checkout in which nothing is installed."""

from __future__ import annotations

from ingest.commands import evaluate

if __name__ == "__main__":
    evaluate(prog_name="recalling evaluate")
