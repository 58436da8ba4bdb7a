"""Invented institutions and documents, and the verdicts that their citations must get: a check that shares no rule.

Each institution is a folder of registers with conferences and sessions whose closing days are known to the day, the
month or the year, or are not verified; resolutions with gaps, first texts, merged and ended ones, rows that nobody
verified, lists that are complete to a day or to none. Its documents cite them in many notations, before, on and after
closing days. What each citation must get is worked out here on a calendar, day by day and for every way that things
may have been; then the project's own build reads the folder, and the two are compared.

    python -m tests.verdictcases            all institutions, a confusion table, the differences one by one
"""

from __future__ import annotations

from tests.verdictcases.comparing import TERMS, differences, every, table

__all__ = ["TERMS", "differences", "every", "table"]
