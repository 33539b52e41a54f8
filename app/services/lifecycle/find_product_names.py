"""Use case: find products by a part of their name."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.storage.library import Library


def find_product_names(library: Library, text: str, *, limit: int) -> list[str]:
    """Return at most `limit` names that hold `text`, whatever its case, alphabetically."""
    with library.reading() as read:
        return read.products.names(text, limit)
