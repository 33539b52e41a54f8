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
    from reportlab import rl_config
    from reportlab.pdfgen.canvas import Canvas

    with _one_at_a_time:
        fonts()
        rl_config.useA85 = 0  # streams as bytes: smaller and faster than as text
        target = io.BytesIO()
        canvas = Canvas(
            target,
            pagesize=(WIDTH_MM * PT_PER_MM, HEIGHT_MM * PT_PER_MM),
            pageCompression=1,
            invariant=1,
            pdfVersion=(1, 7),
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
        _draw_text(canvas, mark)
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


def _draw_text(canvas: Any, mark: Text) -> None:
    """Set one line. ReportLab's own `drawString` does the same at three times the cost."""
    font, document = fonts()[mark.font], canvas._doc
    red, green, blue = mark.colour
    code = [
        f"BT {red:g} {green:g} {blue:g} rg 1 0 0 1 {mark.x * PT_PER_MM:.2f} {_up(mark.y):.2f} Tm"
    ]
    for subset, letters in font.splitString(mark.text, document):
        name = font.getSubsetInternalName(subset, document)
        code.append(f"{name} {mark.size_pt:g} Tf ({_escaped(letters)}) Tj")
    canvas._code.append(" ".join([*code, "ET"]))


def _escaped(letters: bytes) -> str:
    """Return the inside of a PDF string, in ASCII."""
    if letters.isalnum() and letters.isascii():
        return letters.decode("ascii")
    return "".join(
        chr(letter) if 32 <= letter < 127 and letter not in b"\\()" else f"\\{letter:03o}"
        for letter in letters
    )


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
    width_px, height_px, colours, packed = _packed_picture(png)
    scale = min(place.width / width_px, place.height / height_px) * PT_PER_MM
    width, height = width_px * scale, height_px * scale
    x = (place.x + place.width / 2) * PT_PER_MM - width / 2
    y = _up(place.y + place.height / 2) - height / 2
    name = "picture-" + hashlib.sha256(packed).hexdigest()[:16]
    if not canvas.hasForm(name):
        canvas._doc.addForm(name, _image_object(width_px, height_px, colours, packed))
    canvas.saveState()
    canvas.transform(width, 0, 0, height, x, y)
    canvas.doForm(name)
    canvas.restoreState()


@lru_cache(maxsize=16)
def _packed_picture(png: bytes) -> tuple[int, int, str, bytes]:
    """Return (width, height, colour space, packed pixels); kept, for packing takes its time."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(png), formats=("PNG",)) as opened:
            if max(opened.size) > _MAX_PICTURE_PX:
                raise DocumentError(_("The part picture is too large for a certificate."))
            page = Image.new("RGBA", opened.size, "white")
            page.alpha_composite(opened.convert("RGBA"))
    except (OSError, ValueError, SyntaxError) as error:
        raise DocumentError(_("The part picture cannot be read.")) from error
    grey = page.convert("L")
    if grey.convert("RGB").tobytes() == page.convert("RGB").tobytes():
        return page.width, page.height, "DeviceGray", zlib.compress(grey.tobytes(), 9)
    return page.width, page.height, "DeviceRGB", zlib.compress(page.convert("RGB").tobytes(), 9)


def _image_object(width_px: int, height_px: int, colours: str, packed: bytes) -> Any:
    from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFName, PDFStream

    return PDFStream(
        PDFDictionary(
            {
                "Type": PDFName("XObject"),
                "Subtype": PDFName("Image"),
                "Width": width_px,
                "Height": height_px,
                "ColorSpace": PDFName(colours),
                "BitsPerComponent": 8,
                "Filter": PDFName("FlateDecode"),
            }
        ),
        content=packed,
    )


def _draw_code(canvas: Any, code: Code) -> None:
    modules = qr_modules(code.text)
    side = code.size * PT_PER_MM / len(modules)
    # In units of squares, so that edges are whole numbers; a run of dark squares is one rectangle,
    # which leaves no seams.
    squares = [
        f"{start} {-row - 1} {end - start} 1 re"
        for row, line in enumerate(modules)
        for start, end in _dark_runs(line)
    ]
    canvas.saveState()
    canvas.setFillColorRGB(0, 0, 0)
    canvas.transform(side, 0, 0, side, code.x * PT_PER_MM, _up(code.y))
    canvas._code.append("\n".join([*squares, "f"]))
    canvas.restoreState()


def _dark_runs(line: Sequence[bool]) -> list[tuple[int, int]]:
    """Return (start, end) of each run of dark squares in a row."""
    runs: list[tuple[int, int]] = []
    for column, dark in enumerate(line):
        if dark and runs and runs[-1][1] == column:
            runs[-1] = (runs[-1][0], column + 1)
        elif dark:
            runs.append((column, column + 1))
    return runs


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
