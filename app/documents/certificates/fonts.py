"""The embedded fonts of documents, and which text they can show faithfully."""

from __future__ import annotations

import unicodedata
import zlib
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from app.base.errors import DocumentError
from app.base.i18n import _
from app.base.paths import resource_path

if TYPE_CHECKING:
    from reportlab.pdfbase.ttfonts import TTFont

REGULAR, STRONG = "Inter-Regular", "Inter-SemiBold"

# Assigned before any text is set, so that almost every certificate uses the same subset of the font
# and its compressed bytes can be kept.
COMMON_SIGNS = "ÄÖÜäöüßÉéÈèÀàÇçÑñØøÅå–—‘’“”„…·×÷±≤≥≈°µΩ€§→✓"


@lru_cache(maxsize=1)
def fonts() -> dict[str, TTFont]:
    """Return the registered fonts by name; parsed once."""
    from reportlab.pdfbase import pdfmetrics

    known = {name: _load(name) for name in (REGULAR, STRONG)}
    for font in known.values():
        pdfmetrics.registerFont(font)
    return known


def check_text(text: str) -> str:
    """Return the text in composed form, or refuse what the page could not show faithfully.

    Control and formatting characters (such as those that turn the reading direction), combining
    marks that have no composed form, and letters our fonts lack would all print as something else
    than what was written. Line breaks and tabs are white space.

    Raises:
        DocumentError: names the first character that cannot be printed.
    """
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    if composed.isascii() and composed.isprintable():
        return composed
    letters = fonts()[REGULAR].face.charToGlyph
    strong = fonts()[STRONG].face.charToGlyph
    for sign in composed:
        category = unicodedata.category(sign)
        shown = ord(sign) in letters and ord(sign) in strong
        if sign not in "\n\t" and (not shown or category[0] == "C" or category in ("Mn", "Me")):
            raise DocumentError(
                _("“{text}” cannot be printed: the fonts have no {name} (U+{code}).").format(
                    text="".join(c for c in composed if c.isprintable()),
                    name=unicodedata.name(sign, _("such character")),
                    code=f"{ord(sign):04X}",
                )
            )
    return composed


def _load(name: str) -> TTFont:
    from reportlab.pdfbase.ttfonts import TTFont

    font = TTFont(name, str(resource_path("fonts", f"{name}.ttf")))
    face = font.face

    @lru_cache(maxsize=64)
    def packed(subset: tuple[int, ...]) -> tuple[bytes, int]:
        plain = face.makeSubset(list(subset))
        return zlib.compress(plain, 9), len(plain)

    def add_kept_subset(document: Any, font_name: str, subset: list[int]) -> Any:
        return _describe_font(document, face, font_name, *packed(tuple(subset)))

    # Cutting out and compressing the subset is most of the work of a page; ReportLab would do it
    # again for each document.
    face.addSubsetObjects = add_kept_subset
    return font


def _describe_font(document: Any, face: Any, name: str, packed: bytes, size: int) -> Any:
    from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream
    from reportlab.pdfbase.ttfonts import FF_NONSYMBOLIC, FF_SYMBOLIC

    file = PDFStream(
        PDFDictionary({"Length1": size, "Filter": PDFName("FlateDecode")}), content=packed
    )
    descriptor = PDFDictionary(
        {
            "Type": PDFName("FontDescriptor"),
            "FontName": PDFName(name),
            # The subset has an encoding of its own, which is what "symbolic" means.
            "Flags": (face.flags & ~FF_NONSYMBOLIC) | FF_SYMBOLIC,
            "FontBBox": PDFArray(face.bbox),
            "Ascent": face.ascent,
            "Descent": face.descent,
            "CapHeight": face.capHeight,
            "ItalicAngle": face.italicAngle,
            "StemV": face.stemV,
            "MissingWidth": face.defaultWidth,
            "FontFile2": document.Reference(file, f"fontFile:{name}"),
        }
    )
    return document.Reference(descriptor, f"fontDescriptor:{name}")
