"""How faithfully documents give the words of clauses whose full text the record has.

Only the text of the very revision that a document names decides; without it nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.fidelity import Judgement, judge, nowhere
from ingest.inference.archive import Account, Archive, conclusion
from ingest.inference.texts import Holding, Part, cleaned, comparable, holdings
from ingest.lineage.quoting import clear, nearest
from ingest.model import Claim, Entity, Value
from ingest.rulebook import rules
from ingest.text.folding import fold

RULE = "quotation-fidelity"
NOWHERE = "no clause of the full text has these words, and they are not in what stands around the clauses"


def quotation_fidelity(archive: Archive) -> Iterator[Claim]:
    """A verdict for each excerpt that can be held against the full text of its revision, with the words that differ."""
    accounts = {account.name: account for account in archive.accounts}
    for held in holdings(archive).values():
        for holding in held:
            for excerpt in holding.excerpts:
                yield from _verdict(excerpt, holding, accounts)


def _verdict(excerpt: Part, holding: Holding, accounts: dict[str, Account]) -> Iterator[Claim]:
    text = next((text for text in holding.whole if text and comparable(excerpt, text[0])), ())
    among = [part for part in text if comparable(excerpt, part) and not excerpt.overlaps(part)]
    if not among or excerpt.file == among[0].file:
        return
    words = excerpt.provision.words
    marked = _between_marks(excerpt, accounts[excerpt.file])
    found = nearest(excerpt.provision, [part.provision for part in among])
    whole = _whole(text, accounts[text[0].file])
    if clear(found, rules("lineage")["quote"]["own"]) and found is not None:
        clause = among[found.index]
        yield from _concluded(excerpt, judge(words, clause.provision.words, whole, marked=marked), (clause,))
    elif _told(words, marked=marked) and _one_language(excerpt, text[0]) and nowhere(words, whole, marked=marked):
        score = found.score if found else 0.0
        yield from _concluded(excerpt, Judgement("unsupported", NOWHERE, score), text)


def _concluded(excerpt: Part, found: Judgement, rests_on: tuple[Part, ...]) -> Iterator[Claim]:
    premises = (excerpt.key, *(part.key for part in rests_on))
    said = Entity("concept", ("fidelity", found.verdict))
    why = None if found.verdict == "verbatim" else found.reason
    yield conclusion(excerpt.entity, "rc:fidelity", said, RULE, premises, doubt=why, score=found.score)
    for predicate, runs in (("rc:wordsOnlyQuoted", found.quoted), ("rc:wordsOnlyInClause", found.clause)):
        for run in dict.fromkeys(runs):
            value = Value(run, language=excerpt.language)
            yield conclusion(excerpt.entity, predicate, value, RULE, premises)


def _told(words: str, *, marked: bool) -> bool:
    """Whether the words are those of a clause, and not its name alone."""
    return marked or re.match(rules("fidelity")["clause"]["begins"], words.casefold()) is not None


def _one_language(excerpt: Part, other: Part) -> bool:
    return excerpt.language is not None and excerpt.language == other.language


def _between_marks(excerpt: Part, account: Account) -> bool:
    """Whether an excerpt stands between quotation marks in its paragraph."""
    start, end = excerpt.spans[0].start, excerpt.spans[-1].end
    block = next((b for s, e, b in account.sentences if s <= start < e), None)
    bounds = [(s, e) for s, e, b in account.sentences if b == block]
    if block is None:
        return False
    plain = fold(account.text[bounds[0][0] : bounds[-1][1]])[0].replace("«", '"').replace("»", '"')
    before, after = plain[: start - bounds[0][0]], plain[end - bounds[0][0] - 1 :]
    return before.count('"') % 2 == 1 and '"' in after


def _whole(text: tuple[Part, ...], account: Account) -> str:
    """The text of a revision with what stands between and behind its clauses, up to the next text of the document."""
    start = min(span.start for part in text for span in part.spans)
    end = max(span.end for part in text for span in part.spans)
    others = [
        span.start
        for _, claim in account.claims
        if claim.predicate == "eli:has_part" and claim.subject != text[0].revision
        for span in claim.spans
        if span.start >= end
    ]
    return cleaned(account.text[start : min(others, default=len(account.text))])
