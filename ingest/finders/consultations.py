"""Rounds of consultation, where the text says which: by window, topic, ordinal or day.

"an open consultation" as such is no round; "the open consultation on …", "the fifth consultation" and "the
consultation (February-September 2031)" are. "this consultation" is found as well: it means the one before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from ingest.finders import round_lists, round_nouns, round_topics
from ingest.finders.hits import ORDINAL, Hit, mentions, ordinal
from ingest.finders.round_topics import folded as folded
from ingest.finders.round_topics import same_topic as same_topic
from ingest.finders.round_windows import Ends, dated_in, ends, is_window, opened_and_closed
from ingest.model import Mention
from ingest.register import Register
from ingest.rulebook import rules
from ingest.text import Clean, CleanBlock, Sentence, dates

_KIND = (
    r"(?:on-?line|physical|open|public|virtual|written|hybrid|in-person|face-to-face|remote"
    r"|multi-?stakeholder|stakeholder)"
)
_NOUN = re.compile(
    rf"(?:\b(?P<number>{ORDINAL}) (?!informal)(?:\w+ )?)?(?<!informal )(?<!bilateral )"
    rf"(?:\b(?:rounds?|cycles?) of )?(?:\b{_KIND}(?:,? (?:and|&) |/| ))*"
    rf"\bconsultations?\b(?: (?:meetings?|rounds?|cycles?|process|exercise))?"
    rf"|(?:\b(?P<number2>{ORDINAL}) )?\b(?:physical|in-person|virtual) meetings?(?= on the (?:topic|subject|theme))"
    rf"|\b(?:the|this|that) (?:current |present |latest |same |next )?(?:round|consultation)\b(?! of)",
    re.IGNORECASE,
)  # fmt: skip
_ANY = re.compile(
    r"[Cc]onsultation|CONSULTATION|\b[Rr]ounds?\b|\bmeetings? on the (?:topic|subject|theme)"
    r"|[Cc]alls?\b(?! upon)|CALLS?\b|[Ss]urveys?\b|\b(?:inquir|enquir|poll|questionnaire|hearing)"
    r"|(?:requests?|invitations?) (?:for|to comment)"
)
_JOINED = re.compile(r",? (?:and|as well as|&) (?:the |a |its )?$")
_OF = re.compile(r" ?\([^()]{3,80}\) of (?:the |an? |its )?")
"""Between "the next round" with its window and "open consultation": one round."""
_NOMINAL = re.compile(
    r"\b(?:the|this|these|said|same|its)(?: (?:current|present|same|latest|said|recent|above|last|preceding))? $",
    re.IGNORECASE,
)
_MOST_ROUNDS = 40
"""Rounds that one sentence can name; what repeats more often is no prose."""

_NOT_TAKEN_UP = re.compile(
    r"\bno consensus\b|\b(?:declined|refused|rejected|unable|not possible|instead of|rather than)\b", re.IGNORECASE
)


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
    ends: Ends = field(default_factory=Ends)
    label: str | None = None
    noun: str | None = None
    again: bool = False
    asked: str | None = None
    """Whose views are asked for, folded: "a survey of pilots" is named again by these words."""
    extra: dict[str, str] = field(default_factory=dict)

    def hit(self, text: str) -> Hit:
        """The mention that it makes: parts first and last (months), topic, number, day, nominal, words."""
        parts = {"words": self.words}
        if self.number:
            parts["number"] = str(self.number)
        if self.window and self.window.period:
            parts |= {"first": self.window.period.start[:7], "last": self.window.period.end[:7]}
            if self.window.period.precision != "year":
                parts["begins"] = self.window.period.start
            parts |= {"window_from": str(self.window.start), "window_to": str(self.window.end)}
        elif self.ends.first() or self.ends.last():
            parts |= _told_ends(self.ends)
        if self.day and self.day.period:
            parts["day"] = self.day.period.start
        if self.label:
            parts["label"] = self.label
        if self.noun:
            parts["noun"] = self.noun
        if self.topic:
            parts["topic"] = text[slice(*self.topic)]
            parts |= {"topic_from": str(self.topic[0]), "topic_to": str(self.topic[1])}
        if self.nominal:
            parts["nominal"] = "yes"
        return Hit(self.start, self.end, "consultation", parts | self.extra)


def _told_ends(told: Ends) -> dict[str, str]:
    """opens and closes as ISO months or days, and where the words stand in the cleaned copy."""
    parts: dict[str, str] = {}
    for name, value, dated in (("opens", told.first(), told.opens), ("closes", told.last(), told.closes or told.opens)):
        if value and dated:
            parts |= {name: value, f"{name}_from": str(dated.start), f"{name}_to": str(dated.end)}
    return parts


def find(clean: Clean, register: Register) -> Iterator[Mention]:
    """Mentions of rounds; parts: first, last (YYYY-MM), topic, number, day (ISO), nominal, words, elsewhere, taken_up.

    begins is the day or month in which the window begins. opens and closes (ISO) are told by verbs where there is no
    window; label is that of an item in a list of rounds, noun the word for a round where it is another.
    elsewhere is the first month that the same document gives to the same topic in another sentence.
    taken_up is "yes" where the sentence says that the round exists, not only that somebody thought of it.
    """
    return mentions(clean, hits(clean))


def hits(clean: Clean) -> list[Hit]:
    """The rounds of a document in order; window_from … topic_to are offsets in the cleaned copy."""
    found: list[Round] = []
    blocks = {block.order: at for at, block in enumerate(clean.blocks)}
    listed = {each.sentence.start: each for each in round_lists.rounds(clean)}
    for at, sentence in enumerate(clean.sentences):
        if sentence.start in listed:
            found.append(_listed(clean.text, listed[sentence.start]))
            continue
        if not _ANY.search(clean.text, sentence.start, sentence.end):
            continue
        after = next(iter(clean.sentences[at + 1 : at + 2]), sentence)
        following = clean.blocks[blocks[sentence.block] + 1 :][:1]
        here = clean.blocks[blocks[sentence.block]]
        rounds = list(_sentence(clean.text, sentence, here, following))
        if after.block == sentence.block and len(rounds) == 1 and rounds[0].topic is None:
            rounds = [replace(rounds[0], topic=round_topics.told_next(clean.text, after))]
        found += rounds
    found = _named_again(clean.text, found)
    months = {_key(clean.text, each): _first(each) for each in found if each.topic and each.ends.first()}
    months |= {_key(clean.text, each): _first(each) for each in found if each.topic and each.window}
    return [_elsewhere(clean.text, each, months).hit(clean.text) for each in found]


def _listed(text: str, item: round_lists.Item) -> Round:
    """A round that is an item of a list: its title, and what stands in its sentence."""
    start, end = item.title
    dated = dated_in(text, item.sentence)
    window = next((each for each in dated if is_window(each)), None)
    told = Ends() if window else ends(text, item.sentence, dated, (start, end))
    return Round(
        start - 1, end + 1, text[start:end], None, window, None, (start, end), False, told, item.label,
        extra={"taken_up": "yes"},
    )  # fmt: skip


def _named_again(text: str, found: Sequence[Round]) -> list[Round]:
    """Without "the survey" and "round (b)" where the text has named no such round; with its window where that follows.

    "A survey of pilots. The survey had been held from April to July 2031": the second gives the first its window.
    """
    kept: list[Round] = []
    labels = {each.label for each in found if each.label and each.topic}
    for each in found:
        if each.label and not each.topic:
            known = each.label in labels
        else:
            known = not each.again or any(earlier.noun == each.noun and not earlier.again for earlier in kept)
        if known:
            kept.append(each)
    return [_time_behind(each, kept[at + 1 :] + (kept[:at] if each.asked else [])) for at, each in enumerate(kept)]


def _time_behind(each: Round, following: Sequence[Round]) -> Round:
    if each.noun is None or each.again or _first(each):
        return each
    same = (other for other in following if other.noun == each.noun and (other.again or other.asked == each.asked))
    month = next((_first(other) for other in same if _first(other)), None)
    return replace(each, extra={**each.extra, "elsewhere": month}) if month else each


def _asked(text: str, noun: round_nouns.Noun | None) -> str | None:
    return folded(text[slice(*noun.of)]) if noun is not None and noun.of else None


def _first(each: Round) -> str | None:
    """The month in which a round opens, where its own sentence tells it."""
    if each.window and each.window.period:
        return each.window.period.start[:7]
    first = each.ends.first()
    return first[:7] if first else None


def _key(text: str, each: Round) -> str:
    return folded(text[slice(*each.topic)]) if each.topic else ""


def _elsewhere(text: str, each: Round, months: Mapping[str, str | None]) -> Round:
    month = months.get(_key(text, each)) if each.topic and not each.window and "elsewhere" not in each.extra else None
    return replace(each, extra={**each.extra, "elsewhere": month}) if month and month != _first(each) else each


def _sentence(text: str, sentence: Sentence, block: CleanBlock, following: Sequence[CleanBlock]) -> Iterator[Round]:
    stretches = _noun_phrases(text, sentence)[:_MOST_ROUNDS]
    if not stretches:
        return
    dated = dated_in(text, sentence)
    for index, (start, end, number, noun) in enumerate(stretches):
        limit = stretches[index + 1][0] if index + 1 < len(stretches) else sentence.end
        after = [d for d in dated if start <= d.start < limit]
        before = [d for d in dated if d.end <= start] if len(stretches) == 1 else []
        window = next((d for d in (*after, *before) if is_window(d)), None)
        window = window or opened_and_closed(text, after)
        told = Ends() if window or len(stretches) > 1 else ends(text, sentence, dated, (start, end))
        topic = round_topics.topic(text, end, limit, sentence, block, following)
        day = next(
            (d for d in after if d.period and d.period.precision == "day" and _is_glue(text[end : d.start])), None
        )
        specific = bool(window or topic or number or (day and re.search("meeting", text[start:end], re.IGNORECASE)))
        if noun is not None and not noun.again:
            specific = round_nouns.stands_alone(text, noun, sentence, bool(window or told.first()), topic or noun.of)
        nominal = not specific and bool(_NOMINAL.search(text[max(0, start - 40) : start]) or
                                        re.match(r"(?:this|that|the) ", text[start:end], re.IGNORECASE))  # fmt: skip
        if noun is not None and noun.again:
            nominal = True
        label = noun.label if noun else None
        if specific or nominal or label:
            extra = {"taken_up": "yes"} if _is_taken_up(text, sentence) else {}
            word = noun.word if noun else None
            yield Round(start, end, text[start:end], number, window, day, topic, nominal and not window, told, label,
                        word, bool(noun and noun.again), _asked(text, noun), extra)  # fmt: skip


def _is_taken_up(text: str, sentence: Sentence) -> bool:
    """Whether a sentence says of its round that it was, is or will be: how, is for the claims to say."""
    told = _told_form().search(text, sentence.start, sentence.end)
    return told is not None and not _NOT_TAKEN_UP.search(text, sentence.start, sentence.end)


@cache
def _told_form() -> re.Pattern[str]:
    return re.compile(rules("consultations")["told"]["regex"])


def _noun_phrases(text: str, sentence: Sentence) -> list[tuple[int, int, int | None, round_nouns.Noun | None]]:
    """The phrases that can name a round; two joined by "and" are one, unless each has an ordinal."""
    found: list[tuple[int, int, int | None, round_nouns.Noun | None]] = []
    for match in _NOUN.finditer(text, sentence.start, sentence.end):
        number = ordinal(match["number"] or match["number2"] or "")
        if (found and _JOINED.fullmatch(text, found[-1][1], match.start()) and not (number and found[-1][2])) or (
            found and _OF.fullmatch(text, found[-1][1], match.start())
        ):
            found[-1] = (found[-1][0], match.end(), number or found[-1][2], None)
        else:
            found.append((match.start(), match.end(), number, None))
    for noun in round_nouns.find(text, sentence):
        overlap = [each for each in found if each[0] < noun.end and noun.start < each[1]]
        if not overlap:
            found.append((noun.start, noun.end, noun.number, noun))
        elif noun.label:
            found = [each for each in found if each not in overlap]
            found.append((noun.start, noun.end, None, noun))
    return sorted(found, key=lambda each: each[:2])


def _is_glue(between: str) -> bool:
    return bool(re.fullmatch(r"(?:,? ?(?:which |that )?(?:was |is |were |will be |to be )?(?:held|convened"
                             r"|took place|organized)?"
                             r"(?: in [A-Z]\w+,?)?(?: on)? ?\(?)?", between))  # fmt: skip
