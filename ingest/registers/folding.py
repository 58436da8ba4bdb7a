"""When two ways of writing a name are the same."""

from __future__ import annotations

import re
import unicodedata

_JOINT = re.compile(r"[\s\-_\u2010-\u2015\u2212\u00ad]+")
_QUOTES = str.maketrans({"\u2018": "'", "\u2019": "'", "\u02bc": "'", "\u201c": '"', "\u201d": '"'})
_MARK = re.compile(r"\s*([&/,.()])\s*")
_CODE = re.compile(r"[A-Z0-9&+.\- ]{1,6}")


def fold(text: str) -> str:
    """The form in which names are compared.

    Accents, the kind of quote, white space against hyphens and a leading article do not count. Letter case does not
    count either, except in short codes ("US", "DG"), which would otherwise be words of the language.
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.translate(_QUOTES)) if not unicodedata.combining(c))
    joined = _MARK.sub(r"\1", _JOINT.sub(" ", plain).strip())
    if joined[:4].lower() == "the ":
        joined = joined[4:]
    return joined if _CODE.fullmatch(joined) else joined.casefold()
