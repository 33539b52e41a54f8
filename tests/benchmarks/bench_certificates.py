"""Certificates a CPU-second: ours against ReportLab used as its manual says, on the same page.

Run: python tests/benchmarks/bench_certificates.py
"""

from __future__ import annotations

import io
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
sys.path.insert(0, str(Path(__file__).parents[1]))

from app.base.paths import resource_path
from app.documents.certificates.certificate_file import issue_document
from app.documents.certificates.certificate_sheets import Printed, lay_out
from app.documents.certificates.pdf_file import PdfFacts, write_pdf
from app.documents.certificates.sheet import (
    HEIGHT_MM,
    PT_PER_MM,
    Box,
    Code,
    Picture,
    Rule,
    Sheet,
    Text,
)
from app.domain.certificates.certificate_content import CertificateContent
from helpers.signed_samples import NOW, certificate_content, picture_png, signing_key

ROUNDS, PAGES = 7, 20


def content_of(number: int) -> CertificateContent:
    rows = tuple(f"Characteristic {n}: limit ≥ {n}.{number % 10} mm" for n in range(20))
    return certificate_content(number=f"C-2026-{number:04d}", requirements=rows)


def sheets_of(number: int, *, code: bool) -> list[Sheet]:
    sheets = lay_out(content_of(number), Printed(record_sha256="0" * 64, has_picture=True))
    for sheet in sheets:
        sheet.marks = [mark for mark in sheet.marks if code or not isinstance(mark, Code)]
    return sheets


def ours_without_code(number: int, picture: bytes) -> bytes:
    facts = PdfFacts(title="t", author="a", subject="s", made_at=NOW)
    return write_pdf(sheets_of(number, code=False), facts, picture)


def plain_reportlab(number: int, picture: bytes, *, code: bool) -> bytes:
    """The same marks at the same places, drawn with ReportLab's own means."""
    from reportlab.graphics import renderPDF
    from reportlab.graphics.barcode.qr import QrCodeWidget
    from reportlab.graphics.shapes import Drawing
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    target = io.BytesIO()
    canvas = Canvas(target, pageCompression=1, initialFontName="Plain-Inter-Regular")
    for sheet in sheets_of(number, code=code):
        for mark in sheet.marks:
            x = getattr(mark, "x", 0.0) * PT_PER_MM
            y = (HEIGHT_MM - getattr(mark, "y", 0.0)) * PT_PER_MM
            if isinstance(mark, Text):
                canvas.setFillColorRGB(*mark.colour)
                canvas.setFont(f"Plain-{mark.font}", mark.size_pt)
                canvas.drawString(x, y, mark.text)
            elif isinstance(mark, Rule):
                canvas.setLineWidth(mark.width_pt)
                low = (HEIGHT_MM - mark.y1) * PT_PER_MM
                canvas.line(mark.x1 * PT_PER_MM, low, mark.x2 * PT_PER_MM, low)
            elif isinstance(mark, Box):
                height = mark.height * PT_PER_MM
                canvas.rect(x, y - height, mark.width * PT_PER_MM, height)
            elif isinstance(mark, Picture):
                image = ImageReader(io.BytesIO(picture))
                height = mark.height * PT_PER_MM
                width = mark.width * PT_PER_MM
                canvas.drawImage(image, x, y - height, width, height, preserveAspectRatio=True)
            elif isinstance(mark, Code):
                size = mark.size * PT_PER_MM
                drawing = Drawing(size, size)
                drawing.add(QrCodeWidget(mark.text, barWidth=size, barHeight=size, barBorder=0))
                renderPDF.draw(drawing, canvas, x, y - size)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def pages_a_second(make: Callable[[int], object]) -> float:
    make(0)
    rates = []
    for round_ in range(ROUNDS):
        start = time.process_time()
        for page in range(PAGES):
            make(round_ * PAGES + page)
        rates.append(PAGES / (time.process_time() - start))
    return statistics.median(rates)


def main() -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    for name in ("Inter-Regular", "Inter-SemiBold"):
        font = TTFont(f"Plain-{name}", str(resource_path("fonts", f"{name}.ttf")))
        pdfmetrics.registerFont(font)
    key, picture = signing_key(), picture_png((836, 688))
    print(f"{'20 rows, embedded font, picture':<46}{'pages/CPU-s':>12}{'x plain':>9}")
    for title, plain, ours in (
        (
            "with code, record and seal",
            lambda n: plain_reportlab(n, picture, code=True),
            lambda n: issue_document(content_of(n), key, "bench", picture),
        ),
        (
            "the page alone, without code",
            lambda n: plain_reportlab(n, picture, code=False),
            lambda n: ours_without_code(n, picture),
        ),
    ):
        slow, fast = pages_a_second(plain), pages_a_second(ours)
        print(f"{'ReportLab by its manual, ' + title:<46}{slow:>12.0f}{1.0:>9.2f}")
        print(f"{'Everspare, ' + title:<46}{fast:>12.0f}{fast / slow:>9.2f}")


if __name__ == "__main__":
    main()
