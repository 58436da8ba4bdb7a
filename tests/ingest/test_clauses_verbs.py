"""English instruments with rarer verbs, and with verbs that no rule lists; lines that look like heads and are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.provisions.instruments import instruments
from tests.ingest.harbour import document

Row = tuple[str, str | None, str | None, int | None, str]
HEADED = "RESOLUTION 61 (REV. LARKHAVEN, 2031)\n\nTides\n\n"

GENERAL = (
    """Resolution 44/17

Kelp forests

The Coast Assembly,

Recalling its resolution 43/2,

Alarmed at the loss of kelp,

Deploring the dumping of ballast,

Gravely concerned that urchins spread,

Paying tribute to the divers of Norby,

Mourning the crew of the survey boat,

Having regard also to the report of the Warden,

1. Commends the divers for their work;

2. Takes note with appreciation of the report of the Warden;

3. Stresses that kelp needs cold water;

4. Underlines the need for quiet bays;

5. Welcomes the new reserve;

6. Urges all coastal States to stop dumping;

7. Reiterates its call for clean ballast;

8. Requests the Warden to report to it at its next session;

9. Beseeches skippers to slow down;

10. Regrets that no chart exists;

11. Forbids the sale of young kelp;

12. Decides to remain seized of the matter.""",
    [
        ("recalling", None, None, None, "Recalling"),
        ("concerned", None, None, None, "Alarmed"),
        ("regretting", None, None, None, "Deploring"),
        ("concerned", None, None, None, "Gravely"),
        ("commending", None, None, None, "Paying"),
        ("other-preambular", None, None, None, "Mourning"),
        ("having-regard-to", None, None, None, "Having"),
        ("commends", None, "1.", None, "Commends"),
        ("notes", None, "2.", None, "Takes note"),
        ("stresses", None, "3.", None, "Stresses"),
        ("emphasizes", None, "4.", None, "Underlines"),
        ("welcomes", None, "5.", None, "Welcomes"),
        ("urges", "all coastal States", "6.", None, "Urges"),
        ("reiterates", None, "7.", None, "Reiterates"),
        ("requests", "the Warden", "8.", None, "Requests"),
        ("urges", "skippers", "9.", None, "Beseeches"),
        ("deplores", None, "10.", None, "Regrets"),
        ("other-operative", None, "11.", None, "Forbids"),
        ("decides", None, "12.", None, "Decides"),
    ],
)

HEALTH = (
    """ASM12.4

The Twelfth Assembly of Springs,

Having considered the report on hot springs;

Cognizant of the drought;

Dismayed by the closing of two baths,

1. ENDORSES the plan of work;

2. CALLS UPON Member States:

(1) to measure their springs;

(2) to share what they measure;

3. REQUESTS the Director-General:

(1) to keep an atlas;

(2) to report to the next Assembly.""",
    [
        ("having-considered", None, None, None, "Having"),
        ("aware", None, None, None, "Cognizant"),
        ("concerned", None, None, None, "Dismayed"),
        ("endorses", None, "1.", None, "ENDORSES"),
        ("calls-upon", "Member States", "2.", None, "CALLS UPON"),
        ("calls-upon", "Member States", "(1)", 5, "to measure"),
        ("calls-upon", "Member States", "(2)", 5, "to share"),
        ("requests", "the Director-General", "3.", None, "REQUESTS"),
        ("requests", "the Director-General", "(1)", 8, "to keep"),
        ("requests", "the Director-General", "(2)", 8, "to report"),
    ],
)

ALONE = (
    HEADED
    + """The Plenipotentiary Conference of the International Harbour Union (Larkhaven, 2031),

foreseeing

a)\thigher tides;

b)\tstronger winds,

deeply grateful for

the help of pilots,

mistrustful of

old charts,

noting

that time is short,

resolves

to wait,

implores the Harbour Master

to light the quays,

forbids

1\tto sell old charts;

2\tto copy them.""",
    [
        ("other-preambular", None, "a)", None, "higher"),
        ("other-preambular", None, "b)", None, "stronger"),
        ("other-preambular", None, None, None, "the help"),
        ("other-preambular", None, None, None, "old charts"),
        ("noting", None, None, None, "that time"),
        ("resolves", None, None, None, "to wait"),
        ("urges", "the Harbour Master", None, None, "to light"),
        ("other-operative", None, "1", None, "to sell"),
        ("other-operative", None, "2", None, "to copy"),
    ],
)

NO_HEADS = (
    HEADED
    + """considering

a)\tthat pilots need skills, including

training

and rest;

b)\tthe costs,

resolves

1\tto provide for:

a)\tmeetings

b)\tfees

2\tto keep the following:

charts,

instructs the Treasurer

to pay for

meetings""",
    [
        ("considering", None, "a)", None, "that pilots"),
        ("considering", None, "b)", None, "the costs"),
        ("resolves", None, "1", None, "to provide"),
        ("resolves", None, "a)", 3, "meetings"),
        ("resolves", None, "b)", 3, "fees"),
        ("resolves", None, "2", None, "to keep"),
        ("resolves", None, None, 6, "charts"),
        ("instructs", "the Treasurer", None, None, "to pay"),
    ],
)

NO_LEADS = (
    """Resolution 44/18

Nets

The Coast Assembly,

Recalling its resolution 43/2,

United in their wish to fish,

1. Decides to wait;

2. States that fish less shall be thanked;

3. Members with nets may mend them;

4. Nets of hemp are preferred.""",
    [
        ("recalling", None, None, None, "Recalling"),
        ("recalling", None, None, None, "United"),
        ("decides", None, "1.", None, "Decides"),
        ("decides", None, "2.", None, "States that"),
        ("decides", None, "3.", None, "Members"),
        ("decides", None, "4.", None, "Nets of"),
    ],
)

TEXTS = [
    ("a general assembly", *GENERAL),
    ("a health assembly", *HEALTH),
    ("verbs that no rule lists, alone", *ALONE),
    ("lines that are no heads", *NO_HEADS),
    ("paragraphs that begin with no verb", *NO_LEADS),
]


@pytest.mark.parametrize(("shows", "text", "wanted"), TEXTS, ids=[row[0] for row in TEXTS])
def test_verbs(tmp_path: Path, shows: str, text: str, wanted: list[Row]) -> None:
    found = document(tmp_path, text, body="pc")
    clauses = [clause for instrument in instruments(found) for clause in instrument.clauses]
    got = [(c.head.role, c.head.addressee, c.number, c.parent) for c in clauses]
    assert got == [row[:4] for row in wanted], shows
    for clause, row in zip(clauses, wanted, strict=True):
        assert found.clean.text[clause.start : clause.end].startswith(row[4])
