"""Print the verdicts that differ, and the table of all."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.verdictcases.comparing import differences, every, table


def main() -> int:
    """Print every difference and the table; status 1 where one is found."""
    with tempfile.TemporaryDirectory() as folder:
        found = every(Path(folder))
    other = list(differences(found))
    sys.stdout.write("\n".join([*other, table(found)]) + "\n")
    return 1 if other else 0


if __name__ == "__main__":
    sys.exit(main())
