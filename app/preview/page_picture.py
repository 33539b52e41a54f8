"""The first page of a PDF as a picture, drawn by PDFium."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from app.base.errors import DocumentError
from app.base.i18n import _
from app.preview.png import encode_png


def render_first_page(path: Path, width_px: int, name: str) -> bytes:
    """Return the first page as PNG on white, `width_px` wide.

    Args:
        name: of the document, for sentences.

    Raises:
        DocumentError: the file is no PDF that can be drawn, or has no page.
    """
    import pypdfium2 as pdfium  # megabytes of its own, loaded only where a page is drawn

    try:
        document = pdfium.PdfDocument(path)
        try:
            page = document[0]
            bitmap = page.render(scale=width_px / page.get_width(), rev_byteorder=True)
            pixels = np.ascontiguousarray(bitmap.to_numpy()[..., :3])
        finally:
            document.close()
    except (pdfium.PdfiumError, IndexError, OSError, ZeroDivisionError) as error:
        raise DocumentError(_("{file} cannot be shown as a page.").format(file=name)) from error
    return encode_png(pixels)
