"""Named people: by their form of address, by the role in front of the name, or by the signature they put.

Only people with a name. "Mr A, Ms B and Mr C from Norland, Sudmark and Osterland" are three persons with a
country each; "(Norland)" behind a name is that person's country and nobody else's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.finders import names
from ingest.finders.hits import Hit, mentions
from ingest.model import Mention
from ingest.register import Register
from ingest.text import Clean, CleanBlock

_TITLE = r"(?:Mr|Mrs|Ms|Miss|Mme|Dr|Prof|Professor|Amb|Ambassador|Eng|Engr|Sir|Sheikh|Hon|H\.\s?E|H\.\s?R\.\s?H)\b\.?"
_PART = (
    r"(?:[A-Z][\w'.]*(?:-[A-Za-z][\w']*)*|[Aa]l-[A-Z]\w+"
    r"|(?:de|da|do|dos|del|della|di|du|van|von|der|den|bin|bint|ibn|al|el|la|le|ul|y|e)\b)"
)
_NAME = rf"(?P<name>[A-Z][\w'.]*(?:-[A-Za-z][\w']*)*(?: {_PART}){{0,5}})"
_ADDRESSED = re.compile(rf"\b(?P<title>{_TITLE}(?: {_TITLE})*) {_NAME}")
_ROLE = (
    r"(?:(?:Acting |Deputy |Co-|Vice[- ]|First |Second )?(?:[Cc]hair(?:man|woman|persons?|men|s)?|[Cc]hairmen"
    r"|[Pp]resident|[Rr]apporteur"
    r"|[Ss]ecretary-[Gg]eneral|[Ss]ecretary|[Dd]irector|[Cc]oordinator|[Cc]onvenor|[Mm]oderator|[Cc]ounsellor"
    r"|[Ff]ocal [Pp]oint))"
)
_ROLE_FIRST = re.compile(
    rf"(?:^|(?<=\. )|(?<=\n))(?P<role>{_ROLE})(?: of (?:the )?(?P<of>[^:\n]{{2,80}}))?: (?:{_TITLE} )*{_NAME}"
)
_SIGNED = re.compile(
    rf"^(?P<title>{_TITLE} )?{_NAME}(?: ?\((?P<country>[^()]{{2,60}})\))?"
    rf"(?:,? (?P<role>{_ROLE})\b(?P<of>[^.\n]{{0,120}}))?\.?$"
)
_ROLE_LINE = re.compile(rf"^\(?(?P<role>{_ROLE})\b(?P<of>[^.\n]{{0,120}})\)?\.?$")
_BEHIND = re.compile(
    r" ?\((?P<country>[^()]{2,60})\)|,? (?:from|of) (?:the )?(?P<from>[A-Z][\w' -]{2,60})"
    r"|, (?P<plain>[A-Z][\w' -]{2,40})(?=,|\.|;|\)|$)"
)
_ROLE_BEHIND = re.compile(rf",? (?:the |as |who is |then )?(?P<role>{_ROLE})\b(?:,| of| for| to)? ?(?:the )?")
_ROLE_AHEAD = re.compile(rf"\b(?P<role>{_ROLE})(?: (?:of|for) (?:the )?(?P<of>[^.;:,]{{1,80}}?))?,? ?$")
_NOT_NAMES = frozenset(
    (
        "Action", "Annex", "Chair", "Chairman", "Council", "Director", "Document", "Draft", "Member", "Note",
        "President", "Report", "Secretary", "Summary", "The", "Vice",
    )
)  # fmt: skip
_BEFORE_ROLE = re.compile(
    r" (?=(?:Executive|Permanent|Acting|Deputy|Vice-?|First|Second|Senior)? ?(?:Secretary|Secretary-General"
    r"|Director|Director-General|Registrar|Chair|Chairman|Chairwoman|Chairperson|President|Rapporteur|Treasurer)$)"
)
"""Where a role stands behind a name without a comma, as at the end of a letter."""
_PLURAL_ROLE = re.compile(
    rf"(?:[Cc]hairs|[Cc]hairmen|[Cc]hairpersons|[Rr]apporteurs"
    rf"|[Dd]irectors) (?:of [^.;:,]{{2,80}} )?,? ?{_TITLE} $"
)
_PLURAL_BEHIND = re.compile(
    r"(?: ?\([^()]{2,60}\))?,? (?:the |as |who (?:are|were) )?(?:respective )?"
    r"(?P<role>(?:[Vv]ice-? ?|[Cc]o-)?"
    r"(?:[Cc]hairs|[Cc]hair(?:men|persons)|[Rr]apporteurs|[Dd]irectors|[Cc]oordinators))\b"
    r"(?P<in>,? (?:of|for) (?:the )?)?"
)
_IN_TURN = re.compile(r",? \(?(?:respectively|in that order|in turn)\b")
_LISTED_BODY = re.compile(r"(?:^|,? and |, )(?:of |for )?(?:the )?(?P<body>[A-Z].*?)(?=,? and |, |$)")
_BETWEEN = re.compile(rf"(?: from (?:the )?[A-Z][\w' ]+?| ?\([^()]{{2,60}}\))?,? (?:and )?(?:{_TITLE} )+")
_SIGNING_BLOCKS = 6


@dataclass(frozen=True, slots=True)
class Named:
    """A person in the cleaned copy, with what the words beside the name say of that person alone."""

    start: int
    end: int
    name: str
    country: tuple[int, int] | None = None
    role: str | None = None
    of: tuple[int, int] | None = None
    signs: bool = False
    open_of: bool = False
    """Whether the role is held in something that no register has."""
    title: str | None = None

    def hit(self, text: str) -> Hit:
        """The mention that it makes: parts name, country (as written), role, of (as written), signs."""
        parts = {"name": self.name}
        if self.title:
            parts["title"] = self.title
        if self.country:
            parts |= {"country": text[slice(*self.country)], "country_from": str(self.country[0])}
            parts["country_to"] = str(self.country[1])
        if self.role:
            parts["role"] = role_concept(self.role)
        if self.of:
            parts |= {"of": text[slice(*self.of)], "of_from": str(self.of[0]), "of_to": str(self.of[1])}
        if self.signs:
            parts["signs"] = "yes"
        if self.open_of:
            parts["elsewhere"] = "yes"
        return Hit(self.start, self.end, "person", parts)


def role_concept(words: str) -> str:
    """The term of the code list for a role as written."""
    plain = words.lower().replace("-", " ")
    if "rapporteur" in plain:
        return "rapporteur"
    for stem, concept in (("vice", "vice-chair"), ("acting", "acting-chair"), ("co ", "co-chair")):
        if plain.startswith(stem) and "chair" in plain:
            return concept
    if "deputy secretary" in plain:
        return "deputy-secretary-general"
    for stem in ("chair", "secretary general", "secretary", "director", "coordinator", "moderator", "focal point"):
        if stem in plain:
            return stem.replace(" ", "-")
    return "chair" if "president" in plain else "coordinator" if "convenor" in plain else "member"


def find(clean: Clean, register: Register) -> Iterator[Mention]:
    """Mentions of people; parts: name, country, role (code list), of (body as written), signs, elsewhere.

    elsewhere is "yes" where the words name what the role is held in, and no register has it.
    """
    return mentions(clean, hits(clean, register))


def hits(clean: Clean, register: Register) -> list[Hit]:
    """The people of a document in order; country_from … of_to are offsets in the cleaned copy."""
    text, named = clean.text, names.hits(clean.text, register)
    states = [hit for hit in named if hit.kind == "state"]
    bodies = [hit for hit in named if hit.kind == "body"]
    for office in (hit for hit in named if hit.kind == "office"):
        bodies += [hit for hit in names.inside(text, office, register) if hit.kind == "body"]
    found = {each.start: each for each in _addressed(text, states, bodies)}
    for each in (*_role_first(text, states, bodies), *_signatures(clean, states, bodies)):
        same = next((start for start, old in found.items() if old.start <= each.start < old.end), None)
        if same is None:
            found[each.start] = each
        else:
            old = found[same]
            found[same] = replace(
                old,
                country=old.country or each.country,
                role=old.role or each.role,
                of=old.of or each.of,
                signs=old.signs or each.signs,
            )
    return [found[start].hit(text) for start in sorted(found)]


def _addressed(text: str, states: Sequence[Hit], bodies: Sequence[Hit]) -> list[Named]:
    found = []
    for match in _ADDRESSED.finditer(text):
        end = _name_end(match)
        name = text[match.start("name") : end]
        if name.split()[0] in _NOT_NAMES:
            continue
        person = Named(match.start("name"), end, name, title=match["title"])
        found.append(_described(text, person, match.start(), states, bodies))
    return _shared_countries(text, found, states, bodies)


def _name_end(match: re.Match[str]) -> int:
    """Where the name ends: before a sentence's full stop and before particles that lead nowhere."""
    words = re.sub(
        r"(?: (?:de|da|do|dos|del|della|di|du|van|von|der|den|bin|ibn|al|el|la|le|ul|y|e))+$", "", match["name"]
    )
    if words.endswith(".") and not re.search(r"\b[A-Z]\.$", words):
        words = words[:-1]
    words = re.split(r"(?<=[a-z]{2})\. ", words)[0]
    words = _BEFORE_ROLE.split(words)[0]
    return match.start("name") + len(words.rstrip("'"))


def _described(text: str, person: Named, left: int, states: Sequence[Hit], bodies: Sequence[Hit]) -> Named:
    """The person with country and role, as far as the words beside the name give them."""
    at = person.end
    behind = _BEHIND.match(text, at)
    if behind:
        start, end = next(behind.span(g) for g in ("country", "from", "plain") if behind[g])
        state = next((s for s in states if s.start >= start and s.end <= end and s.start - start <= 4), None)
        several = [s for s in states if start <= s.start and s.end <= end] if behind["country"] else []
        if state and len(several) <= 1:
            person, at = (
                replace(person, country=(state.start, state.end)),
                max(behind.end() if behind["country"] else 0, state.end),
            )
    role = _ROLE_BEHIND.match(text, at)
    if role:
        body = next((b for b in bodies if 0 <= b.start - role.end() <= 1), None)
        open_of = body is None and bool(re.match(r"[A-Z]", text[role.end() : role.end() + 1]))
        return replace(person, role=role["role"], of=(body.start, body.end) if body else None, open_of=open_of)
    ahead = _ROLE_AHEAD.search(text, max(0, left - 120, text.rfind("\n", 0, left) + 1), left)
    if ahead and not re.search(r"\bMr|\bMs|\band\b", ahead["of"] or ""):
        body = next((b for b in bodies if ahead.start("of") <= b.start and b.end <= ahead.end("of") + 1), None)
        words = (ahead["of"] or "").strip()
        if body or not words:
            return replace(person, role=ahead["role"], of=(body.start, body.end) if body else None)
    return person


def _share_roles(text: str, out: list[Named], group: Sequence[int], bodies: Sequence[Hit]) -> None:
    """ "Mr A and Mr B, Chairs of X and of Y respectively": a role in the plural is that of each, its bodies in turn.

    Without "respectively" one body is that of all; what cannot be told apart is left open.
    """
    last = out[group[-1]]
    behind = _PLURAL_BEHIND.match(text, last.end)
    if behind is None:
        return
    stretch = re.compile(r"[^.;\n]*").match(text, behind.end())
    words = stretch.group() if stretch else ""
    in_turn = _IN_TURN.search(words)
    held: list[tuple[int, int] | None] = [None] * len(group)
    named = [b for b in bodies if behind.end() <= b.start and b.end <= behind.end() + len(words)]
    if in_turn and behind["in"]:
        parts = list(re.finditer(_LISTED_BODY, words[: in_turn.start()]))
        if len(parts) == len(group):
            whole = {(b.start - behind.end(), b.end - behind.end()) for b in named}
            held = [
                (p.start("body") + behind.end(), p.end("body") + behind.end()) if p.span("body") in whole else None
                for p in parts
            ]
    elif behind["in"] and named and named[0].start == behind.end():
        more = re.match(r",? and (?:of |for )?(?:the )?[A-Z]", text[named[0].end :])
        held = [None if more else (named[0].start, named[0].end)] * len(group)
    for at, body in zip(group, held, strict=True):
        out[at] = replace(out[at], role=behind["role"], of=body, open_of=body is None and bool(behind["in"]))


def _shared_countries(text: str, found: list[Named], states: Sequence[Hit], bodies: Sequence[Hit]) -> list[Named]:
    """ "Mr A, Ms B and Mr C (X, Y and Z)": as many countries as people of the list, in turn."""
    out = list(found)
    index = 0
    while index < len(out):
        group = [index]
        while group[-1] + 1 < len(out) and _BETWEEN.fullmatch(text, out[group[-1]].end, out[group[-1] + 1].start):
            group.append(group[-1] + 1)
        last = out[group[-1]]
        bracket = re.compile(
            r" ?\((?P<all>[^()]{5,200})\)| from (?P<from>[^.;:()]{5,200}?)(?=,? (?:for|who|led|chaired|were"
            r"|respectively)\b)"
        ).match(text, last.end)
        if len(group) > 1 and bracket:
            start, end = bracket.span("all" if bracket["all"] else "from")
            named = [s for s in states if start <= s.start and s.end <= end]
            listed = re.split(r", and | and |, ", text[start:end])
            if len(named) == len(group) == len(listed):
                for at, state in zip(group, named, strict=True):
                    out[at] = replace(out[at], country=(state.start, state.end))
            elif len(listed) == len(group):
                out[group[-1]] = replace(last, country=None)
        if len(group) > 1:
            _share_roles(text, out, group, bodies)
        if (
            len(group) > 1
            and out[index].role
            and _PLURAL_ROLE.search(text[max(0, out[index].start - 60) : out[index].start])
        ):
            for at in group[1:]:
                out[at] = replace(out[at], role=out[index].role, of=out[index].of)
        index = group[-1] + 1
    return out


def _role_first(text: str, states: Sequence[Hit], bodies: Sequence[Hit]) -> Iterator[Named]:
    """ "Chair: Ada Lindqvist (Norland)"."""
    for match in _ROLE_FIRST.finditer(text):
        end = _name_end(match)
        if match["name"].split()[0] in _NOT_NAMES or len(text[match.start("name") : end].split()) < 2:
            continue
        person = _described(
            text, Named(match.start("name"), end, text[match.start("name") : end]), match.start("name"), states, []
        )
        body = next(
            (b for b in bodies if match["of"] and match.start("of") <= b.start and b.end <= match.end("of")), None
        )
        yield replace(
            person, role=match["role"], of=(body.start, body.end) if body else None, signs=_is_last(text, end)
        )


def _is_last(text: str, end: int) -> bool:
    """Whether the line stands at the end of the document, where people sign."""
    return text.count("\n", end) <= _SIGNING_BLOCKS and not re.search(r"\n\d+(?:\.\d+)*\.? ", text[end:])


def _signatures(clean: Clean, states: Sequence[Hit], bodies: Sequence[Hit]) -> Iterator[Named]:
    """A name alone on one of the last lines, with its role on the same line or the next."""
    last = [block for block in clean.blocks if block.kind not in ("footnote",)][-_SIGNING_BLOCKS:]
    for block, following in zip(last, [*last[1:], None], strict=True):
        person = _signature(clean.text, block, following, states, bodies)
        if person:
            yield person


def _signature(
    text: str, block: CleanBlock, following: CleanBlock | None, states: Sequence[Hit], bodies: Sequence[Hit]
) -> Named | None:
    words = text[block.content : block.end].strip()
    offset = text.index(words, block.content) if words else block.content
    match = _SIGNED.match(words)
    if match is None or match["name"].split()[0] in _NOT_NAMES or len(match["name"].split()) < 2:
        return None
    role_line = _ROLE_LINE.match(text[following.content : following.end].strip()) if following else None
    role, source, base = match["role"], match, offset
    if role is None and role_line and following:
        role, source, base = role_line["role"], role_line, text.index(role_line.group(), following.content)
    if role is None:
        return None
    country = None
    if match["country"]:
        start, end = offset + match.start("country"), offset + match.end("country")
        country = next(((s.start, s.end) for s in states if start <= s.start and s.end <= end), None)
    start, end = base + source.start("of"), base + source.end("of")
    body = next((b for b in bodies if start <= b.start and b.end <= end), None)
    begin = offset + match.start("name")
    return Named(
        begin,
        begin + len(match["name"]),
        match["name"],
        country,
        role,
        (body.start, body.end) if body else None,
        signs=True,
    )
