"""What a document is, whose, which number and date it states, what it reports on and asks for.

By its own form and words; a register of documents fills what the text leaves open and is marked as the source
of that. Nothing is read from the file's name, and what neither tells stays unknown.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ingest.context import Metadata
from ingest.finders import meetings
from ingest.finders.hits import Hit
from ingest.graph.iris import file_key
from ingest.metadata.cover import Cover
from ingest.metadata.titles import INSTRUMENTS, SUBMITTED, title
from ingest.model import Claim, Entity, Reading, Source, Span, Value
from ingest.register import Register
from ingest.resolving.events import filed_for
from ingest.resolving.names import body_slugs
from ingest.rulebook import rules
from ingest.text import Clean, dates

_GROUPS = frozenset({"council-working-group", "expert-group", "study-group", "advisory-group", "committee",
                     "drafting-group", "correspondence-group"})  # fmt: skip
_CLASSES = {
    "chair-report": "undo:MeetingReport", "meeting-report": "undo:MeetingReport", "contribution": "undo:PositionPaper",
    "agenda": "undo:MeetingAgenda", "resolution": "undo:Resolution", "decision": "undo:Decision",
    "recommendation": "undo:Recommendation", "final-acts": "undo:OfficialCompilation", "circular": "undo:Circular",
}  # fmt: skip
_INVITED = re.compile(
    r",? (?:is|are) (?:hereby |kindly |therefore )?(?:invited|requested|asked|called upon) to (?P<what>[^.\n]{3,240})"
)
_SPAN_OF_TIME = re.compile(
    r"\bmeetings?\b[^.\n]{0,140}\b(?:held|covering|from|between)\b|\bperiod\b|^(?:between|from)\b", re.IGNORECASE
)
_SELF = re.compile(
    r"\b(?:report|document|proposals?|contribution|paper|account|submission|summary|table)\b", re.IGNORECASE
)
_PART = re.compile(r"\b(?:recommendations?|conclusions?|sections?|annex(?:es)?|part)\b", re.IGNORECASE)
"""Parts of a document that its opening may ask for instead of the whole."""


def identify(source: Source, reading: Reading, clean: Clean, register: Register) -> Metadata:
    """What is known of a document before its sentences are read, each with its words or its register row."""
    return _Identifier(source, reading, clean, register).metadata()


class _Identifier:
    """One document on its way to its metadata."""

    def __init__(self, source: Source, reading: Reading, clean: Clean, register: Register) -> None:
        self.source, self.reading, self.clean, self.register = source, reading, clean, register
        self.cover = Cover(reading, clean, register)
        self.names = self.cover.names
        self.meetings = meetings.hits(clean, register)

    def metadata(self) -> Metadata:
        kind, kind_spans = self.cover.kind()
        number = self.cover.number()
        body = self._body(number, kind)
        day = self.cover.date()
        reported = self._meetings(kind, body, number)
        entity = self._entity(number)
        said = _Said(entity, self.source)
        claims = [
            *self._kind_claims(said, kind, kind_spans),
            *self._number_claims(said, number),
            *self._date_claims(said, day),
            *self._meeting_claims(said, kind, reported),
            *self._title_claims(said, kind),
            *self._submitters(said, kind),
            *self._request(said, body, number),
            *self._period(said),
        ]
        return Metadata(
            entity=entity,
            kind=kind or self._registered_kind(),
            body=body,
            number=number[0] if number else self.source.number,
            date=day[0] if day else self.source.date,
            not_before=self.source.not_before,
            not_after=self.source.not_after,
            meetings=tuple(dict.fromkeys(meeting for meeting, _ in reported)),
            claims=tuple(claims),
        )

    # ---- kind ---------------------------------------------------------------------------------------------------

    def _registered_kind(self) -> str | None:
        said = (self.source.kind or "").lower()
        rows: list[dict[str, Any]] = rules("metadata")["register"]
        return next((row["kind"] for row in rows if said and row["contains"] in said), said.replace(" ", "-") or None)

    def _kind_claims(self, said: _Said, kind: str | None, spans: tuple[Span, ...]) -> Iterator[Claim]:
        registered = self._registered_kind()
        for name, claim in ((kind, said.text), (None if kind else registered, said.row)):
            if name:
                yield claim("rc:documentKind", Entity("concept", ("document-kind", name)), "document-kind", *spans)
                if name in _CLASSES:
                    yield claim("rdf:type", Value(_CLASSES[name], "curie"), "document-kind", *spans)

    # ---- number and identity ------------------------------------------------------------------------------------

    def _entity(self, number: tuple[str, Span] | None) -> Entity:
        """The work: a restatement by its register id, a document by its number, by its register id, by its file."""
        if self.source.restates:
            return Entity("restatement", (self.source.id or file_key(self.reading.checksum),))
        own = self.cover.thing(number[0] if number else None) or self.cover.thing(self.source.number)
        if own:
            return own
        return Entity("document", (self.source.id or file_key(self.reading.checksum),))

    def _number_claims(self, said: _Said, number: tuple[str, Span] | None) -> Iterator[Claim]:
        if number:
            yield said.text("dcterms:identifier", Value(number[0]), "document-number", number[1])
        elif self.source.number:
            yield said.row("dcterms:identifier", Value(self.source.number), "document-number")

    # ---- body ---------------------------------------------------------------------------------------------------

    def _body(self, number: tuple[str, Span] | None, kind: str | None) -> str | None:
        """The body whose document it is: by its number, else the working body that it speaks of most."""
        own = self.cover.thing(number[0] if number else None)
        if own and len(own.key) < 4 and (kind != "chair-report" or self._files_reports(own.key[0])):
            return own.key[0]
        if kind in INSTRUMENTS:
            return next(
                (hit.parts["body"] for hit in self.names if hit.kind == "event" and self._is_in_head(hit)),
                self.source.body,
            )
        if (titled := self._body_of_title()) is not None:
            return titled
        counts = Counter(slug for hit in self.names if hit.kind == "body" for slug in self._group(hit))
        ranked = counts.most_common(2)
        if ranked and (len(ranked) == 1 or ranked[0][1] >= 2 * ranked[1][1]):
            return ranked[0][0]
        return self.source.body or (ranked[0][0] if ranked and ranked[0][1] > ranked[1][1] else None)

    def _body_of_title(self) -> str | None:
        """The one body whose meetings the head says it is a report on: "Report of the fifth meeting of CWG-COP"."""
        end = self.cover.head[-1].end if self.cover.head else 0
        named: set[str] = set()
        for hit in self.meetings:
            line = self.clean.text[self.clean.text.rfind("\n", 0, hit.start) + 1 : hit.start]
            if (
                hit.start < end
                and "body" in hit.parts
                and re.search(r"\b(?:report|minutes|record)\b", line, re.IGNORECASE)
            ):
                named.update(body_slugs(hit.parts["body"], self.register, None))
        return named.pop() if len(named) == 1 else None

    def _is_in_head(self, hit: Hit) -> bool:
        return "body" in hit.parts and bool(self.cover.head) and hit.start < self.cover.head[-1].end

    def _group(self, hit: Hit) -> tuple[str, ...]:
        """The body of a name, if it is one of those that file documents of this genre."""
        if hit.parts.get("context") == "yes":
            return ()
        slugs = body_slugs(hit.parts["name"], self.register, None)
        known = [self.register.bodies.get(slug) for slug in slugs]
        told = hit.parts.get("kind", "committee")
        kinds = [told if body is None else body.kind for body in known]
        return tuple(slug for slug, kind in zip(slugs, kinds, strict=True) if kind in _GROUPS)

    def _files_reports(self, slug: str) -> bool:
        """Whether a body is a working body: a chair's report numbered by a Council is on one that reports to it."""
        body = self.register.bodies.get(slug)
        return body is None or body.kind in _GROUPS

    # ---- date ---------------------------------------------------------------------------------------------------

    def _date_claims(self, said: _Said, day: tuple[str, Span] | None) -> Iterator[Claim]:
        if day:
            yield said.text("dcterms:date", Value(day[0], "xsd:date"), "document-date", day[1])
        elif self.source.date:
            yield said.row("dcterms:date", Value(self.source.date, "xsd:date"), "document-date")

    # ---- meetings -----------------------------------------------------------------------------------------------

    def _meetings(
        self, kind: str | None, body: str | None, number: tuple[str, Span] | None
    ) -> list[tuple[Entity, Span | None]]:
        """The meetings of its body that it reports on, or for which it was written; None: the register says so."""
        if body is None:
            return []
        own = [hit for hit in self.meetings if "ordinal" in hit.parts and self._is_of(hit, body)]
        found = self._told(kind, own)
        if not found and (thing := self.cover.thing(number[0] if number else None)) and len(thing.key) > 2 and number:
            meeting = filed_for(thing, self.register)
            return [(meeting, number[1])] if meeting else []
        told: list[tuple[Entity, Span | None]] = [
            (Entity("meeting", (body, hit.parts["ordinal"])), self.clean.span(hit.start, hit.end)) for hit in found
        ]
        said = [(Entity("meeting", (body, each)), None) for each in self.source.meetings]
        known = {meeting for meeting, _ in told}
        return [*told, *(pair for pair in said if pair[0] not in known)] if told or self.source.meetings else []

    def _is_of(self, hit: Hit, body: str) -> bool:
        words = hit.parts.get("body")
        return words is None or body_slugs(words, self.register, body) == (body,)

    def _told(self, kind: str | None, own: list[Hit]) -> list[Hit]:
        if kind == "meeting-report":
            return self._reported_one(own)
        if kind == "chair-report":
            head_end = self.cover.head[-1].end if self.cover.head else 0
            opening = [hit for hit in own if hit.start < head_end]
            held = [hit for hit in own if "start" in hit.parts and hit.parts.get("held") == "asserted"]
            told = (
                opening
                if len({hit.parts["ordinal"] for hit in opening}) >= len({h.parts["ordinal"] for h in held})
                else held
            )
            return self._covered(own) or told or []
        ordinals = {hit.parts["ordinal"] for hit in own}
        return own[:1] if kind == "contribution" and len(ordinals) == 1 else []

    def _covered(self, own: list[Hit]) -> list[Hit]:
        """ "This report covers the seventh to ninth meetings": said in so many words."""
        form = re.compile(r"\breport (?:covers|summari[sz]es|sums up|is on|concerns|deals with)[^.]*$")
        for hit in own:
            sentence = self.clean.sentence_at(hit.start)
            if sentence and form.search(self.clean.text[sentence.start : hit.start]):
                return [each for each in own if sentence.start <= each.start < sentence.end]
        return []

    def _reported_one(self, own: list[Hit]) -> list[Hit]:
        form = re.compile(
            r"(?:report|minutes|record) of (?:the )?$|^$"
            r"|(?:participants|delegates|delegations|members) (?:of|to) (?:the )?$",
            re.IGNORECASE,
        )
        to_come = {hit.parts["ordinal"] for hit in own if hit.parts.get("held") in ("planned", "negated")}
        own = [hit for hit in own if hit.parts["ordinal"] not in to_come]
        head_end = self.cover.head[-1].end if self.cover.head else 0
        named: Counter[str] = Counter()
        for hit in own:
            line = self.clean.text.rfind("\n", 0, hit.start) + 1 if hit.start < head_end else 0
            if form.search(self.clean.text[max(line, hit.start - 60) : hit.start]):
                named[hit.parts["ordinal"]] += 1
        if not named:
            named = Counter(hit.parts["ordinal"] for hit in own)
        ranked = named.most_common(2)
        if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
            return []
        return [next(hit for hit in own if hit.parts["ordinal"] == ranked[0][0])]

    def _meeting_claims(
        self, said: _Said, kind: str | None, reported: list[tuple[Entity, Span | None]]
    ) -> Iterator[Claim]:
        kind = kind or self._registered_kind()
        predicate = "rc:reportsOn" if kind in ("chair-report", "meeting-report") else "rc:filedFor"
        for meeting, span in reported:
            if span is not None:
                yield said.text(predicate, meeting, "meetings-reported", span)
            elif self.source.row:
                yield said.row(predicate, meeting, "meetings-reported")

    # ---- title, submitter, addressee ----------------------------------------------------------------------------

    def _title_claims(self, said: _Said, kind: str | None) -> Iterator[Claim]:
        told = title(self.cover, kind)
        if told:
            yield said.text("dcterms:title", Value(told[0]), "document-title", told[1])
        elif told is None and self.source.title:
            yield said.row("dcterms:title", Value(self.source.title), "document-title")

    def _submitters(self, said: _Said, kind: str | None) -> Iterator[Claim]:
        if kind != "contribution":
            return
        for block in self.cover.head:
            if not SUBMITTED.match(self.cover.words(block)) and not self.cover.only_states(block):
                continue
            for hit in self.cover.states(block):
                state = self.register.state_named(hit.parts["name"], adjectives=True)
                if state:
                    span = self.clean.span(hit.start, hit.end)
                    yield said.text("rc:submittedBy", state.entity, "submitter-line", span)
            return

    def _of_own_number(self, hit: Hit, number: tuple[str, Span] | None) -> tuple[str, ...]:
        """The body in whose series the document is numbered, if the short name can mean it: "the Council"."""
        own = self.cover.thing(number[0] if number else None)
        short = self.register.entities_named(hit.parts["name"], "body", context=True)
        return own.key[:1] if own and any(entity.key[:1] == own.key[:1] for entity in short) else ()

    def _request(self, said: _Said, body: str | None, number: tuple[str, Span] | None) -> Iterator[Claim]:
        """ "The Council is invited to note the report": whom it addresses, and what for."""
        for hit in self.names:
            asked = _INVITED.match(self.clean.text, hit.end) if hit.kind == "body" else None
            in_head = bool(self.cover.head) and hit.end <= self.cover.head[-1].end
            if asked is None or not (_SELF.search(asked["what"]) or (in_head and _PART.search(asked["what"]))):
                continue
            slugs = body_slugs(hit.parts["name"], self.register, body) or self._of_own_number(hit, number)
            if len(slugs) != 1:
                continue
            span = self.clean.span(hit.start, asked.end())
            yield said.text("rc:submittedTo", Entity("body", (slugs[0],)), "action-required", span)
            for row in rules("metadata")["action"]:
                if re.search(row["regex"], asked["what"]):
                    yield said.text(
                        "rc:actionRequired", Entity("concept", ("action", row["concept"])), "action-required", span
                    )

    def _period(self, said: _Said) -> Iterator[Claim]:
        """The time that a report says it covers, where its opening says so in months."""
        for block in self.cover.head:
            words = self.clean.text[block.content : block.end]
            for dated in dates.find(words):
                if (
                    dated.period
                    and dated.period.precision == "month"
                    and _SPAN_OF_TIME.search(words[: dated.start + 20])
                ):
                    span = self.clean.span(block.content + dated.start, block.content + dated.end)
                    value = Value(f"{dated.period.start}/{dated.period.end}")
                    yield said.text("dcterms:temporal", value, "period-covered", span)
                    return


@dataclass(frozen=True, slots=True)
class _Said:
    """Makes claims about one document, from its text or from its row in the register of documents."""

    entity: Entity
    source: Source

    def text(self, predicate: str, value: Entity | Value, rule: str, *spans: Span) -> Claim:
        return Claim(self.entity, predicate, value, "asserted", "text", rule, spans)

    def row(self, predicate: str, value: Entity | Value, rule: str, *_: Span) -> Claim:
        return Claim(self.entity, predicate, value, "asserted", "register", rule, row=self.source.row)
