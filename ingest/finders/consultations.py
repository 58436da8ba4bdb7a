"""Rounds of consultation, where the text says which: by window, topic, ordinal or day.

"an open consultation" as such is no round; "the open consultation on …", "the fifth consultation" and "the
consultation (February-September 2031)" are. "this consultation" is found as well: it means the one before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ingest.finders.hits import ORDINAL, Hit, mentions, ordinal
from ingest.model import Mention
from ingest.register import Register
from ingest.text import Clean, CleanBlock, Sentence, dates

_KIND = (
    r"(?:on-?line|physical|open|public|virtual|written|hybrid|in-person|face-to-face|remote"
    r"|multi-?stakeholder|stakeholder)"
)
_NOUN = re.compile(
    rf"(?:\b(?P<number>{ORDINAL}) (?:\w+ )?)?(?:\b(?:rounds?|cycles?) of )?(?:\b{_KIND}(?:,? (?:and|&) |/| ))*"
    rf"\bconsultations?\b(?: (?:meetings?|rounds?|cycles?|process|exercise))?"
    rf"|(?:\b(?P<number2>{ORDINAL}) )?\b(?:physical|in-person|virtual) meetings?(?= on the (?:topic|subject|theme))"
    rf"|\b(?:the|this|that) (?:current |present |latest |same |next )?(?:round|consultation)\b(?! of)",
    re.IGNORECASE,
)  # fmt: skip
_ANY = re.compile(r"[Cc]onsultation|CONSULTATION|\brounds?\b|\bmeetings? on the (?:topic|subject|theme)")
_JOINED = re.compile(r",? (?:and|as well as|&) (?:the |a |its )?$")
_NOMINAL = re.compile(
    r"\b(?:the|this|these|said|same|its)(?: (?:current|present|same|latest|said|recent|above|last|preceding))? $",
    re.IGNORECASE,
)
_TOPIC_WORD = r"(?:topic|subject|theme|title|question|issue)"
_QUOTED = re.compile(
    rf"(?:,? (?:which (?:was|is) )?(?:(?:up)?on|about|titled|entitled|called|under the title|regarding|concerning"
    rf"|devoted to|dedicated to"
    rf"|dealing with|addressing|with)(?: (?:the|this|its|a))?(?: (?:following|overall|agreed"
    rf"|main))?(?: {_TOPIC_WORD})?(?: of)?,? ?:? ?)"
    r"(?P<mark>[\"'])(?P<topic>[^\"]{3,300}?)(?P=mark)(?![A-Za-z])"
)
_BARE_QUOTE = re.compile(r"(?<![\w])\"(?P<topic>[^\"]{3,300})\"")
_COLON = re.compile(
    rf"\b(?:on|with|under|about)? ?(?:the|this|its|a) (?:following |overall |agreed )?{_TOPIC_WORD}(?: (?:is|was"
    rf"|will be|would be|of))?: ?(?P<topic>[^\n]{{3,300}})"
)
_NAMED = re.compile(rf"\bon the {_TOPIC_WORD} of (?P<topic>[^\n\",.;:(]{{3,200}})")
_NEXT = re.compile(
    rf"(?:Its|The|This|Their) {_TOPIC_WORD}(?: of (?:the|this) (?:round|consultation))?(?: was| is| will be"
    rf"| would be)?:? "
    r"(?P<topic>\"[^\"\n]{3,300}\"|(?<=: )[^\n]{3,300})"
)
_LED = re.compile(rf"{_TOPIC_WORD}s?[^.:\n]{{0,40}}:$")
_PLAIN = re.compile(
    r"(?: that was)?(?: held)? (?:on|about) (?!\d|(?:the|this|that) (?:topic|subject|theme|CWG|Council|website"
    r"|basis|agenda|ITU)\b)"
    r"(?P<topic>(?:the |a )?[A-Za-z][^,.;:()\"\n]{2,160}?)"
    r"(?= (?:was|were|is|are|will|would|has|have|had|should|could|may|from|between|held|conducted|launched|closed"
    r"|opened|ran|runs"
    r"|received|drew|to be|in accordance|in line|during|until|by|that|which|at (?:its|the)|attracted"
    r"|and (?:closed|opened|the)|on \d{1,2}|in (?:19|20)\d\d"
    r"|in (?:January|February|March|April|May|June|July|August|September|October|November|December))\b|[,.;:(]|$|\n)"
)
_MOST_ROUNDS = 40
"""Rounds that one sentence can name; what repeats more often is no prose."""

_TAKEN_UP = re.compile(
    r"\b(?:held|conducted|carried out|launched|opened|organi[sz]ed|closed|ran|is (?:now )?(?:holding|conducting"
    r"|running)|(?:is|are) (?:still |now |currently )?(?:under way|underway|ongoing|in progress|open)"
    r"|responses?|answers|replies|summary)\b(?!.*\bno consensus\b)"
)
_TRAILING = re.compile(r"\s*\((?!(?:[A-Z]{2,}s?|[A-Z][A-Za-z]*[A-Z]s?)\)).*$")


@dataclass(frozen=True, slots=True)
class Round:
    """A round as one sentence names it; offsets are in the cleaned copy."""

    start: int
    end: int
    words: str
    number: int | None = None
    window: dates.Dated | None = None
    day: dates.Dated | None = None
    topic: tuple[int, int] | None = None
    nominal: bool = False
    extra: dict[str, str] = field(default_factory=dict)

    def hit(self, text: str) -> Hit:
        """The mention that it makes: parts first and last (months), topic, number, day, nominal, words."""
        parts = {"words": self.words}
        if self.number:
            parts["number"] = str(self.number)
        if self.window and self.window.period:
            parts |= {"first": self.window.period.start[:7], "last": self.window.period.end[:7]}
            parts |= {"window_from": str(self.window.start), "window_to": str(self.window.end)}
        if self.day and self.day.period:
            parts["day"] = self.day.period.start
        if self.topic:
            parts["topic"] = text[slice(*self.topic)]
            parts |= {"topic_from": str(self.topic[0]), "topic_to": str(self.topic[1])}
        if self.nominal:
            parts["nominal"] = "yes"
        return Hit(self.start, self.end, "consultation", parts | self.extra)


def find(clean: Clean, register: Register) -> Iterator[Mention]:
    """Mentions of rounds; parts: first, last (YYYY-MM), topic, number, day (ISO), nominal, words, elsewhere, taken_up.

    elsewhere is the first month that the same document gives to the same topic in another sentence.
    taken_up is "yes" where the sentence says that the round exists, not only that somebody thought of it.
    """
    return mentions(clean, hits(clean))


def hits(clean: Clean) -> list[Hit]:
    """The rounds of a document in order; window_from … topic_to are offsets in the cleaned copy."""
    found: list[Round] = []
    blocks = {block.order: at for at, block in enumerate(clean.blocks)}
    for at, sentence in enumerate(clean.sentences):
        if not _ANY.search(clean.text, sentence.start, sentence.end):
            continue
        after = next(iter(clean.sentences[at + 1 : at + 2]), sentence)
        following = clean.blocks[blocks[sentence.block] + 1 :][:1]
        here = clean.blocks[blocks[sentence.block]]
        rounds = list(_sentence(clean.text, sentence, here, following))
        if after.block == sentence.block and len(rounds) == 1 and rounds[0].topic is None:
            rounds = [replace(rounds[0], topic=_told_next(clean.text, after))]
        found += rounds
    windows = {_key(clean.text, each): each.window for each in found if each.topic and each.window}
    return [_elsewhere(clean.text, each, windows).hit(clean.text) for each in found]


def _told_next(text: str, sentence: Sentence) -> tuple[int, int] | None:
    """The topic in a sentence of its own behind the round: "Its topic: …", "The subject was “…”."."""
    match = _NEXT.match(text, sentence.start, sentence.end)
    return _trimmed(text, *match.span("topic")) if match else None


def same_topic(one: str, other: str) -> bool:
    """Whether two wordings name one topic: letter case, articles, marks and an abbreviation in brackets aside."""
    return folded(one) == folded(other)


def folded(topic: str) -> str:
    """A topic without what wordings differ in."""
    plain = re.sub(r"\([A-Z][A-Za-z]*\)", " ", topic).casefold()
    return " ".join(word for word in re.findall(r"\w+", plain) if word not in ("the", "a", "an"))


def _key(text: str, each: Round) -> str:
    return folded(text[slice(*each.topic)]) if each.topic else ""


def _elsewhere(text: str, each: Round, windows: Mapping[str, dates.Dated]) -> Round:
    window = windows.get(_key(text, each)) if each.topic and not each.window else None
    if window is None or window.period is None:
        return each
    return replace(each, extra={**each.extra, "elsewhere": window.period.start[:7]})


def _sentence(text: str, sentence: Sentence, block: CleanBlock, following: Sequence[CleanBlock]) -> Iterator[Round]:
    stretches = _noun_phrases(text, sentence)[:_MOST_ROUNDS]
    dated = [replace(d, start=d.start + sentence.start, end=d.end + sentence.start)
             for d in dates.find(text[sentence.start : sentence.end])]  # fmt: skip
    for index, (start, end, number) in enumerate(stretches):
        limit = stretches[index + 1][0] if index + 1 < len(stretches) else sentence.end
        after = [d for d in dated if end <= d.start < limit]
        before = [d for d in dated if d.end <= start] if len(stretches) == 1 else []
        window = next((d for d in (*after, *before) if _is_window(text, d)), None)
        window = window or _opened_and_closed(text, after)
        topic = _topic(text, end, limit, sentence, block, following)
        day = next(
            (d for d in after if d.period and d.period.precision == "day" and _is_glue(text[end : d.start])), None
        )
        specific = window or topic or number or (day and re.search("meeting", text[start:end], re.IGNORECASE))
        nominal = not specific and bool(_NOMINAL.search(text[max(0, start - 40) : start]) or
                                        re.match(r"(?:this|that|the) ", text[start:end], re.IGNORECASE))  # fmt: skip
        if specific or nominal:
            extra = {"taken_up": "yes"} if _TAKEN_UP.search(text, sentence.start, sentence.end) else {}
            yield Round(start, end, text[start:end], number, window, day, topic, nominal, extra)


def _noun_phrases(text: str, sentence: Sentence) -> list[tuple[int, int, int | None]]:
    """The phrases that can name a round; two joined by "and" are one, unless each has an ordinal."""
    found: list[tuple[int, int, int | None]] = []
    for match in _NOUN.finditer(text, sentence.start, sentence.end):
        number = ordinal(match["number"] or match["number2"] or "")
        if found and _JOINED.fullmatch(text, found[-1][1], match.start()) and not (number and found[-1][2]):
            found[-1] = (found[-1][0], match.end(), number or found[-1][2])
        else:
            found.append((match.start(), match.end(), number))
    return found


def _is_window(text: str, dated: dates.Dated) -> bool:
    """Months from and to, or days at least a week apart: the time in which answers are taken."""
    period = dated.period
    if period is None or period.precision == "year":
        return False
    if period.precision == "month":
        return not period.single
    return period.start[:7] != period.end[:7] or int(period.end[8:]) - int(period.start[8:]) >= 7


def _opened_and_closed(text: str, after: Sequence[dates.Dated]) -> dates.Dated | None:
    """ "opened in May 2031 and closed in August 2031": two months that the verbs make the ends of a window."""
    if len(after) != 2 or any(d.period is None or d.period.precision == "year" for d in after):
        return None
    first, last = after
    opened = re.search(
        r"\b(?:opened|began|started|launched) (?:in|on) (?:the )?$", text[max(0, first.start - 24) : first.start]
    )
    closed = re.fullmatch(
        r",? (?:and )?(?:was )?(?:closed|ended|concluded) (?:in|on) (?:the )?", text[first.end : last.start]
    )
    if not opened or not closed or first.period is None or last.period is None or last.period.end < first.period.start:
        return None
    return replace(first, end=last.end, period=replace(first.period, end=last.period.end))


def _is_glue(between: str) -> bool:
    return bool(re.fullmatch(r"(?:,? ?(?:which |that )?(?:was |is |were |will be |to be )?(?:held|convened"
                             r"|took place|organized)?"
                             r"(?: in [A-Z]\w+,?)?(?: on)? ?\(?)?", between))  # fmt: skip


def _topic(
    text: str, start: int, limit: int, sentence: Sentence, block: CleanBlock, following: Sequence[CleanBlock]
) -> tuple[int, int] | None:
    """Where the topic stands: in quotes, after a colon, in plain words, or alone in the next block."""
    quoted = _QUOTED.search(text, start, limit)
    if quoted:
        return quoted.span("topic")
    named = re.search(_TOPIC_WORD, text[sentence.start : limit])
    lone = list(_BARE_QUOTE.finditer(text, sentence.start, limit))
    if named and len(lone) == 1 and not _COLON.search(text, start, limit):
        return lone[0].span("topic")
    if _LED.search(text[sentence.start : sentence.end]) and sentence.end >= block.end - 1 and following:
        return _trimmed(text, following[0].content, following[0].end)
    for form in (_COLON, _NAMED):
        match = form.search(text, start, limit)
        if match:
            return _trimmed(text, *match.span("topic"))
    plain = _PLAIN.match(text, _behind_bracket(text, start, limit), limit)
    return _trimmed(text, *plain.span("topic")) if plain else None


def _behind_bracket(text: str, start: int, limit: int) -> int:
    bracket = re.compile(r" ?\([^()]{0,80}\),?").match(text, start, limit)
    return bracket.end() if bracket else start


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The topic without a remark in brackets, a final stop and quotation marks; an abbreviation may stay."""
    words = _TRAILING.sub("", text[start:end]).rstrip(" .;,:")
    end = start + len(words)
    while start < end and text[start] in "\"' ":
        start += 1
    while end > start and text[end - 1] in "\"' ":
        end -= 1
    return (start, end) if 3 <= end - start <= 300 else None
