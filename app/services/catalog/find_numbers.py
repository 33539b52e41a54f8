"""Use case: which of the pasted part numbers the library has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.catalog.part import number_key
from app.domain.inventory.pasted_numbers import PastedNumbers, read_lists, tell_apart

if TYPE_CHECKING:
    from app.storage.library import Library


def find_numbers(library: Library, text: str) -> PastedNumbers:
    """Tell numbers that are known from those that are not.

    Args:
        text: lines, cells of a spreadsheet, or numbers with commas between them.
    """
    lists = read_lists(text)
    keys = {number_key(number) for numbers in lists for number in numbers}
    with library.reading() as read:
        known = read.parts.known_keys(keys)
    return tell_apart(lists, known)
