"""How well a few typed letters fit a command's words."""

from __future__ import annotations

import re
from itertools import pairwise

_WORDS = re.compile(r"\w+")


def fit(query: str, text: str) -> float | None:
    """Return how well `query` fits `text`, lower is better; None if it does not.

    Every typed word must be the beginning of a word of the text, or its letters the initials of
    words that follow each other (`ipp` for "Import print package"). Text that begins with the
    query comes first, then words in the typed order, then short texts.
    """
    typed = query.casefold().split()
    words = _WORDS.findall(text.casefold())
    if not typed:
        return 0.0
    places = [_place(word, words) for word in typed]
    if any(place is None for place in places):
        return _initials(query.casefold().replace(" ", ""), words)
    found = [place for place in places if place is not None]
    disorder = sum(later < earlier for earlier, later in pairwise(found))
    return found[0] + disorder + len(words) / 100


def _place(typed: str, words: list[str]) -> int | None:
    return next((n for n, word in enumerate(words) if word.startswith(typed)), None)


def _initials(letters: str, words: list[str]) -> float | None:
    if len(letters) < 2:
        return None
    place = "".join(word[0] for word in words).find(letters)
    return None if place < 0 else 10.0 + place
