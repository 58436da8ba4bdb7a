"""What to call a change, and which words went and came."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.lineage.grouping import Group
from ingest.lineage.heads import moved, renumbered
from ingest.lineage.likeness import Text, likeness
from ingest.lineage.records import Change, Provision
from ingest.lineage.words import differing


def changes(
    groups: Sequence[Group],
    earlier: Sequence[Provision],
    later: Sequence[Provision],
    before: Sequence[Text],
    after: Sequence[Text],
) -> tuple[Change, ...]:
    """The groups as changes, in the order of the later text, then what went, in the order of the earlier."""
    ordered = sorted(groups, key=lambda g: (not g.later, g.later or g.earlier))
    return tuple(_change(group, earlier, later, before, after) for group in ordered)


def _change(
    group: Group,
    earlier: Sequence[Provision],
    later: Sequence[Provision],
    before: Sequence[Text],
    after: Sequence[Text],
) -> Change:
    olds, news = [earlier[i] for i in group.earlier], [later[j] for j in group.later]
    was, now = tuple(one.position for one in olds), tuple(one.position for one in news)
    if not olds or not news:
        return Change(("dropped",) if olds else ("new",), was, now, 0.0)
    one = _joined([before[i] for i in group.earlier])
    other = _joined([after[j] for j in group.later])
    main = "split" if len(news) > 1 else "merged" if len(olds) > 1 else "same" if one.key == other.key else "edited"
    also = [name for name, holds in (("renumbered", renumbered), ("moved", moved)) if holds(olds, news)]
    removed, added = ((), ()) if main == "same" else differing(_words(olds), _words(news))
    return Change((main, *also), was, now, round(likeness(one, other), 3), removed, added)


def _joined(texts: Sequence[Text]) -> Text:
    return Text(tuple(part for text in texts for part in text.key), texts[0].weights)


def _words(provisions: Sequence[Provision]) -> str:
    return "\n".join(one.words for one in provisions)
