"""Where sentences end. The sentences are invented."""

from __future__ import annotations

import pytest

from ingest.text.sentences import split

CASES = [
    # text, with | where a sentence ends
    "The group met. | It agreed.",
    "Was it so? | Yes! | Done.",
    "Mr. A. B. Harbour and Ms. C. Quay spoke. | The Chair thanked them.",
    "See Res. 12 (Rev. Alba, 2030) and No. 5 of the list. | All agreed.",
    "The answer was no. | The item was closed.",
    "It cited Rec. X.12, para. 3, pp. 4-5 and Art. 7. | Nobody objected.",
    "Use maps, pages etc. as a means. | The rest follows.",
    "It met on 3 Dec. 2031 in Alba. | Then it rose.",
    "It ended on 5 Dec. | The rest was put off.",
    "The list (see No. 3. This is inside. And this) goes on. | Next.",
    'The paper "First. Then second" was noted. | Next.',
    "Counted 5. | 12 answers came in.",
    "1 to open the port; 2 to close it; 3 to report.",
    "The U.S. delegation spoke. | It left.",
    "That holds in the U.S. | The others differ.",
    "An open bracket (does not hold. | The text goes on.",
    "e.g. this, i.e. that, vs. those. | End.",
    "Заседание открыл г-н Петров. | Группа согласилась.",
    "La réunion a pris fin. | Étaient présents trois États.",
    "第一句。|第二句。",
    "ends with a version 2.0 of it. | Then more.",
    "He said: wait… | Then it went on.",
]  # fmt: skip


@pytest.mark.parametrize("marked", CASES)
def test_sentences_end_where_marked(marked: str) -> None:
    parts = [part.strip() for part in marked.split("|")]
    text = marked.replace("|", "") if "。" in marked else " ".join(parts)
    assert [text[start:end] for start, end in split(text, 0, len(text))] == parts


def test_offsets_are_of_the_whole_text() -> None:
    text = "Left out. One. Two. Left out."
    assert [text[start:end] for start, end in split(text, 10, 19)] == ["One.", "Two."]


def test_many_brackets_and_stops_take_no_time() -> None:
    text = "(" * 20_000 + "A. B " * 20_000 + ")" * 20_000
    assert list(split(text, 0, len(text)))
