"""What a document says that no earlier one said: sentences, archives, and what was carried over and is outdated."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence

import pytest

from ingest.inference import Account
from ingest.inference.novelty import told, what_is_new
from ingest.inference.outdated import outdated_repetitions
from ingest.model import Claim, Entity, Span, Value
from tests.ingest.archives import archive, paper

PAIRS = [
    # earlier sentence, later sentence, what the later one is
    ("The Panel is limited to guilds.", "The Panel is limited to guilds.", "repeated"),
    ("The Panel’s minutes are “open”.", 'The panel\'s minutes are "open";', "repeated"),
    ("Policy-makers met in Larkhaven.", "Policy makers met in Larkhaven.", "repeated"),
    ("Conclusion", "Conclusion", "repeated"),
    ("The Panel met on 3 May 2031.", "The Panel met on 7 June 2032.", "refilled"),
    ("The report of the ninth meeting was approved.", "The report of the twelfth meeting was approved.", "refilled"),
    ("The report of the 9th meeting was approved.", "The report of the 12th meeting was approved.", "refilled"),
    ("Within the budget 2030-2031.", "Within the budget 2032-2033.", "refilled"),
    ("Le groupe s'est réuni le 3 mai 2031.", "Le groupe s'est réuni le 7 juin 2032.", "refilled"),
    ("El grupo se reunió el 3 de mayo de 2031.", "El grupo se reunió el 7 de junio de 2032.", "refilled"),
    (
        "The Chairman thanks the keepers, the vice-chairmen and the clerks for their help in the year.",
        "The Chair thanks the keepers, the vice-chairs and the clerks for all their help in the year.",
        "edited",
    ),
    (
        "Charts were printed under Resolution 61 (Norby, 2027) for every harbour.",
        "Charts were printed under Resolution 61 (Rev. Larkhaven, 2031) for every harbour.",
        "edited",  # which revision is meant is no date
    ),
    (
        "Answers came from 52 keepers, 15 of them women, and from 8 harbour masters of the coast.",
        "Answers came from 47 keepers, 21 of them women, and from 6 harbour masters of the coast.",
        "edited",  # counts are no dates
    ),
    (
        "The terms of the Panel are laid down in its charter, which the Assembly revised at length and with some care.",
        "The terms of the Panel are laid down in its charter.",
        "edited",  # all of it was said, in a longer sentence
    ),
    ("Approved as amended.", "Approved as drafted.", "new"),  # two short ones are alike by chance
    ("3 May 2031", "7 June 2032", "new"),  # a date alone says nothing anew
    ("The Panel discussed the tides of spring.", "The Panel heard a paper on lamps and their oil.", "new"),
    (
        "Reed beds of the lower marshes and their part in the keeping of herons",
        "The office will send to all parishes a questionnaire on: Reed beds of the lower marshes and their part in the"
        " keeping of herons",
        "new",  # a title in common is no sentence in common
    ),
    (
        "The main results of the ninth meeting, held in Norby, were the following.",
        "The minutes of the ninth meeting, held in Norby, were lost in a flood of the cellar.",
        "new",
    ),
]  # fmt: skip


def kinds(*accounts: Account) -> dict[str, list[str]]:
    return {each.account.name: [origin.kind for origin in each.origins] for each in told(archive(*accounts))}


@pytest.mark.parametrize(("earlier", "later", "kind"), PAIRS)
def test_what_a_sentence_is(earlier: str, later: str, kind: str) -> None:
    one, other = paper("one", "2031-07-01", [earlier]), paper("other", "2032-07-01", [later])
    assert kinds(one, other) == {"other": [kind]}


LINE = "The Panel keeps the register of lamps for all harbours."


def test_the_latest_document_and_the_first_are_named_with_the_words_that_differ() -> None:
    papers = [
        paper("first", "2030-01-01", ["Lamps.", LINE]),
        paper("second", "2031-01-01", [LINE]),
        paper("third", "2032-01-01", ["Oil.", LINE.replace("all", "most")]),
    ]
    *_, third = told(archive(*papers))
    (oil, line) = third.origins
    assert (oil.kind, oil.earlier, oil.first) == ("new", None, None)
    assert third.earlier[line.earlier[0]].name == "second" if line.earlier else False
    assert third.earlier[line.first[0]].name == "first" if line.first else False
    assert (line.gone, line.come) == (("all",), ("most",))


DAYS = [
    # days of the first and of the second document; which documents have earlier ones
    (("2031-01-01", "2031-12-31"), ("2032-01-01", "2032-06-30"), {"second"}),
    (("2031-01-01", "2032-03-31"), ("2032-01-01", "2032-06-30"), set()),  # nobody can say which is older
    ("2031-01-01", "2031-01-01", set()),
    ((None, None), "2032-01-01", set()),
    ("2031-01-01", (None, "2032-01-01"), set()),  # may be of 1900
    ((None, "2031-01-01"), "2032-01-01", {"second"}),
]


@pytest.mark.parametrize(("one", "other", "later"), DAYS)
def test_earlier_is_what_is_surely_earlier(
    one: str | tuple[str | None, str | None], other: str | tuple[str | None, str | None], later: set[str]
) -> None:
    assert kinds(paper("first", one, [LINE]), paper("second", other, [LINE])).keys() == later


def test_counts_and_the_passages_that_state_facts() -> None:
    stated = Claim(
        Entity("body", ("panel",)), "rc:concerns", Entity("topic", ("lamps",)), "asserted", "text", "invented",
        (Span(6, 20),),
    )  # fmt: skip
    papers = [
        paper("first", "2030-01-01", [LINE, "Other words stand here, and nothing but other words."]),
        paper("second", "2031-01-01", ["Lamps", LINE, "Oil was dear in the winter of that year."], [("s", stated)]),
    ]
    claims = list(what_is_new(archive(*papers)))
    counts = {c.predicate: c.object.text for c in claims if isinstance(c.object, Value)}
    assert counts == {
        "rc:earlierDocuments": "1", "rc:sentencesNew": "2", "rc:sentencesEdited": "0", "rc:sentencesRefilled": "0",
        "rc:sentencesRepeated": "1",
    }  # fmt: skip
    (pair,) = [c for c in claims if not isinstance(c.object, Value)]
    assert (pair.subject, pair.predicate, pair.object) == (
        Entity("evidence", ("second", f"6-{6 + len(LINE)}")),
        "rc:repeats",
        Entity("evidence", ("first", f"0-{len(LINE)}")),
    )
    assert set(pair.premises) == {"first-read", "second-read"}


def test_an_answer_of_a_day_stands_on_all_later_days() -> None:
    """The archive of each day is a beginning of the whole; asked in any order it gives the same."""
    papers = corpus(8, 12, seed=3)
    whole = kinds(*papers)
    for count in (5, 2, 8, 3):
        part = kinds(*papers[:count])
        assert part == {name: whole[name] for name in part}
        assert len(part) == count - 1


def test_documents_with_the_same_names_and_other_words_are_other_documents() -> None:
    kinds(paper("a", "2031-01-01", [LINE]), paper("b", "2032-01-01", [LINE]))
    assert kinds(paper("a", "2031-01-01", ["Oil is dear."]), paper("b", "2032-01-01", [LINE])) == {"b": ["new"]}


def corpus(documents: int, sentences: int, seed: int) -> list[Account]:
    """Documents of made-up words, a third of whose sentences come from the document before."""
    chance = random.Random(seed)  # noqa: S311  # made-up words
    words = ["".join(chance.choice("bdfgklmnprst") + chance.choice("aeiou") for _ in range(3)) for _ in range(4000)]
    found: list[Account] = []
    lines: list[str] = []
    for number in range(documents):
        kept = chance.sample(lines, len(lines) // 3)
        fresh = [" ".join(chance.choices(words, k=chance.randint(8, 30))) for _ in range(sentences - len(kept))]
        lines = kept + fresh
        day = f"{1900 + number // 300}-{number // 25 % 12 + 1:02d}-{number % 25 + 1:02d}"
        found.append(paper(f"d{number:04d}", day, lines))
    return found


def test_five_documents_take_well_under_a_second() -> None:
    papers = corpus(5, 100, seed=9)
    started = time.perf_counter()
    found = kinds(*papers)
    assert time.perf_counter() - started < 1
    assert [found[name].count("repeated") for name in sorted(found)] == [33, 33, 33, 33]


# ---- carried over and outdated --------------------------------------------------------------------------------------

NEXT = "The Panel will take up the matter at its next meeting in 2033."
OUTDATED: list[tuple[str, str, Sequence[int], Sequence[int], str | None]] = [
    # sentence of 2032, sentence of 2036, meetings each reports on, the words that no longer fit
    (NEXT, NEXT, (), (), "2033"),
    (NEXT, NEXT.replace("take up", "look at"), (), (), "2033"),  # edited, the date left
    ("The fair shall be held in May 2034.", "The fair shall be held in May 2034.", (), (), "May 2034"),
    ("The survey is now open, from March 2032 to May 2033.", "The survey is now open, from March 2032 to May 2033.",
     (), (), "March 2032 to May 2033"),
    ("The lamps are to be lit on 3 June 2032.", "The lamps are to be lit on 3 June 2032.", (), (), "3 June 2032"),
    ("The sixth meeting will discuss oil.", "The sixth meeting will discuss oil.", (5,), (8, 9), "sixth"),
    ("La prochaine réunion aura lieu en mai 2033.", "La prochaine réunion aura lieu en mai 2033.", (), (), "mai 2033"),
    (NEXT, NEXT.replace("2033", "2037"), (), (), None),  # brought up to date
    (NEXT.replace("2033", "2038"), NEXT.replace("2033", "2038"), (), (), None),  # still to come
    (NEXT.replace("2033", "2036"), NEXT.replace("2033", "2036"), (), (), None),  # this year
    ("The fair was held in May 2031.", "The fair was held in May 2031.", (), (), None),  # past, and said to be past
    ("The fair would be held in May 2034.", "The fair would be held in May 2034.", (), (), None),  # was said to come
    ("It will act by Resolution 61 (Norby, 2027).", "It will act by Resolution 61 (Norby, 2027).", (), (), None),
    ("The lamps of 2029 will be lit.", "The lamps of 2029 will be lit.", (), (), None),  # past when first written
    ("The sixth meeting discussed oil.", "The sixth meeting discussed oil.", (5,), (8, 9), None),
    ("The sixth meeting will discuss oil.", "The tenth meeting will discuss oil.", (5,), (8, 9), None),
    ("The sixth meeting will discuss oil.", "The sixth meeting will discuss oil.", (), (8, 9), None),  # nobody knows
    ("The sixth lamp will be lit.", "The sixth lamp will be lit.", (5,), (8, 9), None),  # no meeting
    ("The Panel met in 2030 and oil was dear.", "It will meet again in 2033, when oil is cheap.", (), (), None),  # new
]  # fmt: skip


@pytest.mark.parametrize(("earlier", "later", "then", "now", "words"), OUTDATED)
def test_outdated(earlier: str, later: str, then: Sequence[int], now: Sequence[int], words: str | None) -> None:
    papers = [
        paper("then", "2032-02-01", [earlier], meetings=then),
        paper("now", "2036-02-01", ["Preface", later], meetings=now),
    ]
    found = list(outdated_repetitions(archive(*papers)))
    assert [f"speaks of {words} as still to come" in finding.message for finding in found] == [True] * bool(words)
    for finding in found:
        assert [name for name, _ in finding.passages] == ["then", "now"]
        assert finding.question


def test_the_first_appearance_is_named_and_shown() -> None:
    papers = [paper(f"of-{year}", f"{year}-02-01", [NEXT]) for year in (2031, 2032, 2036)]
    (finding,) = outdated_repetitions(archive(*papers))
    assert finding.message == (
        "“The Panel will take up the matter at its next meeting in 2033.” speaks of 2033 as still to come; this"
        " document is of 2036 or later. The words are carried over from those of 2031, the first, and 2032."
    )
    assert [name for name, _ in finding.passages] == ["of-2031", "of-2032", "of-2036"]


def test_what_another_text_is_quoted_to_say_is_not_outdated() -> None:
    excerpt = Claim(
        Entity("revision", ("resolution", "pc", "61", "2031")), "eli:has_part", Entity("excerpt", ("now", "0")),
        "asserted", "text", "invented", (Span(0, 20),),
    )  # fmt: skip
    papers = [paper("then", "2032-02-01", [NEXT]), paper("now", "2036-02-01", [NEXT], [("e", excerpt)])]
    assert list(outdated_repetitions(archive(*papers))) == []
