"""Worker tasks: draw pages of documents."""

from __future__ import annotations

from pathlib import Path

from app.preview.page_picture import render_first_page


def draw_first_page(path: str, width_px: int, name: str) -> bytes:
    """Draw the first page of a PDF, which sentences call `name`.

    Returns:
        PNG bytes, `width_px` wide.

    Raises:
        DocumentError: it cannot be drawn.
    """
    return render_first_page(Path(path), width_px, name)
