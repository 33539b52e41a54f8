"""Turn filled sheets into PDF bytes: embedded fonts, metadata, attached record, nothing random."""

from __future__ import annotations

import hashlib
import io
import threading
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from app.base.errors import DocumentError
from app.base.i18n import _, language
from app.documents.certificates.fonts import COMMON_SIGNS, REGULAR, STRONG, fonts
from app.documents.certificates.sheet import (
    HEIGHT_MM,
    PT_PER_MM,
    WIDTH_MM,
    Box,
    Code,
    Mark,
    Picture,
    Rule,
    Sheet,
    Text,
)

_MAX_PICTURE_PX = 4000
_one_at_a_time = threading.Lock()  # ReportLab keeps fonts and images in places all documents share


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfFacts:
    """What a PDF says of itself.

    Attributes:
        made_at: date of the file, with zone; the same facts give the same bytes.
        attachment_name, attachment: file carried inside; b"" for none.
        watermark: word across each page; "" for none.
    """

    title: str
    author: str
    subject: str
    made_at: datetime
    attachment_name: str = ""
    attachment: bytes = b""
    watermark: str = ""


def write_pdf(sheets: Sequence[Sheet], facts: PdfFacts, picture_png: bytes = b"") -> bytes:
    """Return the PDF of the sheets.

    Args:
        sheets: filled pages.
        facts: metadata and attachment.
        picture_png: shown where a sheet has its `Picture` mark.

    Raises:
        DocumentError: the picture cannot be read.
    """
    from reportlab.pdfgen.canvas import Canvas

    with _one_at_a_time:
        fonts()
        target = io.BytesIO()
        canvas = Canvas(
            target,
            pagesize=(WIDTH_MM * PT_PER_MM, HEIGHT_MM * PT_PER_MM),
            pageCompression=1,
            invariant=1,
            initialFontName=REGULAR,
            lang=language(),
        )
        _describe(canvas, facts)
        for font in fonts().values():
            font.splitString(COMMON_SIGNS, canvas._doc)
        for sheet in sheets:
            _draw_sheet(canvas, sheet, facts.watermark, picture_png)
        if facts.attachment:
            _attach(canvas, facts)
        canvas.save()
        return target.getvalue()


def _describe(canvas: Any, facts: PdfFacts) -> None:
    canvas.setTitle(facts.title)
    canvas.setAuthor(facts.author)
    canvas.setSubject(facts.subject)
    canvas.setCreator("Everspare")
    canvas.setProducer("Everspare, ReportLab")
    stamp = canvas._doc._timeStamp
    offset = facts.made_at.utcoffset()
    minutes = int(offset.total_seconds() // 60) if offset else 0
    sign = -1 if minutes < 0 else 1
    stamp.YMDhms = facts.made_at.timetuple()[:6]
    stamp.dhh, stamp.dmm = sign * (abs(minutes) // 60), sign * (abs(minutes) % 60)


def _draw_sheet(canvas: Any, sheet: Sheet, watermark: str, picture_png: bytes) -> None:
    if watermark:
        _draw_watermark(canvas, watermark)
    for mark in sheet.marks:
        _draw(canvas, mark, picture_png)
    canvas.showPage()


def _draw(canvas: Any, mark: Mark, picture_png: bytes) -> None:
    if isinstance(mark, Text):
        canvas.setFillColorRGB(*mark.colour)
        canvas.setFont(mark.font, mark.size_pt)
        canvas.drawString(mark.x * PT_PER_MM, _up(mark.y), mark.text)
    elif isinstance(mark, Rule):
        canvas.setStrokeColorRGB(*mark.colour)
        canvas.setLineWidth(mark.width_pt)
        canvas.line(mark.x1 * PT_PER_MM, _up(mark.y1), mark.x2 * PT_PER_MM, _up(mark.y2))
    elif isinstance(mark, Box):
        _draw_box(canvas, mark)
    elif isinstance(mark, Picture):
        _draw_picture(canvas, mark, picture_png)
    else:
        _draw_code(canvas, mark)


def _draw_box(canvas: Any, box: Box) -> None:
    canvas.setStrokeColorRGB(*box.border)
    canvas.setLineWidth(box.border_pt)
    if box.fill is not None:
        canvas.setFillColorRGB(*box.fill)
    canvas.rect(
        box.x * PT_PER_MM,
        _up(box.y + box.height),
        box.width * PT_PER_MM,
        box.height * PT_PER_MM,
        fill=int(box.fill is not None),
    )


def _draw_watermark(canvas: Any, word: str) -> None:
    canvas.saveState()
    canvas.setFillColorRGB(0.93, 0.93, 0.93)
    canvas.setFont(STRONG, 110)
    canvas.translate(WIDTH_MM / 2 * PT_PER_MM, HEIGHT_MM / 2 * PT_PER_MM)
    canvas.rotate(52)
    canvas.drawCentredString(0, -40, word)
    canvas.restoreState()


def _draw_picture(canvas: Any, place: Picture, png: bytes) -> None:
    width_px, height_px, packed = _packed_picture(png)
    scale = min(place.width / width_px, place.height / height_px) * PT_PER_MM
    width, height = width_px * scale, height_px * scale
    x = (place.x + place.width / 2) * PT_PER_MM - width / 2
    y = _up(place.y + place.height / 2) - height / 2
    name = "picture-" + hashlib.sha256(packed).hexdigest()[:16]
    if not canvas.hasForm(name):
        canvas._doc.addForm(name, _image_object(width_px, height_px, packed))
    canvas.saveState()
    canvas.transform(width, 0, 0, height, x, y)
    canvas.doForm(name)
    canvas.restoreState()


@lru_cache(maxsize=16)
def _packed_picture(png: bytes) -> tuple[int, int, bytes]:
    """Return (width, height, compressed RGB); kept, for packing pixels costs more than a page."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(png), formats=("PNG",)) as opened:
            if max(opened.size) > _MAX_PICTURE_PX:
                raise DocumentError(_("The part picture is too large for a certificate."))
            page = Image.new("RGBA", opened.size, "white")
            page.alpha_composite(opened.convert("RGBA"))
    except (OSError, ValueError, SyntaxError) as error:
        raise DocumentError(_("The part picture cannot be read.")) from error
    return page.width, page.height, zlib.compress(page.convert("RGB").tobytes(), 9)


def _image_object(width_px: int, height_px: int, packed: bytes) -> Any:
    from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFName, PDFStream

    return PDFStream(
        PDFDictionary(
            {
                "Type": PDFName("XObject"),
                "Subtype": PDFName("Image"),
                "Width": width_px,
                "Height": height_px,
                "ColorSpace": PDFName("DeviceRGB"),
                "BitsPerComponent": 8,
                "Filter": PDFName("FlateDecode"),
            }
        ),
        content=packed,
    )


def _draw_code(canvas: Any, code: Code) -> None:
    modules = qr_modules(code.text)
    side = code.size * PT_PER_MM / len(modules)
    left, top = code.x * PT_PER_MM, _up(code.y)
    path = canvas.beginPath()
    for row, line in enumerate(modules):
        column = 0
        while column < len(line):
            run = column
            while run < len(line) and line[run]:
                run += 1
            if run > column:  # one rectangle for a run of dark squares leaves no seams
                y = top - (row + 1) * side
                path.rect(left + column * side, y, (run - column) * side, side)
            column = run + 1
    canvas.setFillColorRGB(0, 0, 0)
    canvas.drawPath(path, stroke=0, fill=1)


def qr_modules(text: str) -> list[list[bool]]:
    """Return the squares of a QR code, rows from the top, True for dark; level M."""
    from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(text)
    code.version = code.calculate_version()
    # Any of the eight masks is valid; trying all of them takes longer than the rest of the page.
    code.makeImpl(False, 0)
    count = code.getModuleCount()
    return [[bool(code.isDark(row, column)) for column in range(count)] for row in range(count)]


def _attach(canvas: Any, facts: PdfFacts) -> None:
    from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream, PDFString

    document = canvas._doc
    file = PDFStream(
        PDFDictionary(
            {
                "Type": PDFName("EmbeddedFile"),
                "Subtype": PDFName("application/json"),
                "Params": PDFDictionary({"Size": len(facts.attachment)}),
            }
        ),
        content=facts.attachment,
        filters=[],
    )
    description = PDFDictionary(
        {
            "Type": PDFName("Filespec"),
            "F": PDFString(facts.attachment_name),
            "UF": PDFString(facts.attachment_name),
            "EF": PDFDictionary({"F": document.Reference(file)}),
            "AFRelationship": PDFName("Data"),
            "Desc": PDFString(facts.subject),
        }
    )
    names = PDFArray([PDFString(facts.attachment_name), document.Reference(description)])
    tree = PDFDictionary({"EmbeddedFiles": PDFDictionary({"Names": names})})
    document.Catalog.Names = tree


def _up(y_mm: float) -> float:
    return (HEIGHT_MM - y_mm) * PT_PER_MM
