"""Sheets of A4 being filled from top to bottom: text, rules and boxes with known places.

Nothing here interprets markup: text is set letter by letter as it was given.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from app.base.errors import DocumentError
from app.base.figures import figure
from app.base.i18n import _
from app.documents.certificates.fonts import REGULAR, STRONG, check_text, fonts

PT_PER_MM = 72 / 25.4
WIDTH_MM, HEIGHT_MM = 210.0, 297.0
LEFT_MM, RIGHT_MM, TOP_MM = 23.0, 197.0, 13.0
BOTTOM_MM = 272.0  # where the body ends; the footer follows
BODY_PT, CAPTION_PT, TITLE_PT = 8.6, 6.8, 15.0
LEADING_MM = 4.35
BLACK, CAPTION, HAIRLINE = (0.0, 0.0, 0.0), (0.29, 0.29, 0.29), (0.741, 0.741, 0.741)
MISSING_FILL, MISSING_BORDER = (1.0, 0.941, 0.82), (0.733, 0.463, 0.051)

Colour = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text; `x` is its left edge, y its baseline, mm from the page's top left."""

    x: float
    y: float
    text: str
    size_pt: float = BODY_PT
    font: str = REGULAR
    colour: Colour = BLACK


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line between two points, mm from the page's top left."""

    x1: float
    y1: float
    x2: float
    y2: float
    width_pt: float
    colour: Colour = BLACK


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle with its top left corner at (x, y), mm."""

    x: float
    y: float
    width: float
    height: float
    border_pt: float = 0.9
    border: Colour = BLACK
    fill: Colour | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """The part picture, fitted into a rectangle with its top left corner at (x, y), mm."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code with its top left corner at (x, y); `size` mm."""

    x: float
    y: float
    size: float
    text: str


Mark = Text | Rule | Box | Picture | Code


@dataclass(slots=True)
class Sheet:
    """One page: its marks, and how far down it is filled."""

    marks: list[Mark] = field(default_factory=list)
    y: float = TOP_MM

    def add(self, *marks: Mark) -> None:
        self.marks.extend(marks)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size_pt: float = BODY_PT,
        strong: bool = False,
        colour: Colour = BLACK,
    ) -> None:
        font = STRONG if strong else REGULAR
        self.add(Text(x, y, check_text(text), size_pt, font, colour))

    def caption(self, x: float, y: float, text: str) -> None:
        self.text(x, y, text, size_pt=CAPTION_PT, colour=CAPTION)


def width_mm(text: str, size_pt: float = BODY_PT, *, strong: bool = False) -> float:
    """Return how wide a line of text is."""
    advances = _advances(STRONG if strong else REGULAR)
    return sum(map(advances.__getitem__, text)) * size_pt / 1000 / PT_PER_MM


def wrap(
    text: str, available_mm: float, size_pt: float = BODY_PT, *, strong: bool = False
) -> list[str]:
    """Break text into lines that fit; line breaks in it are kept, overlong words are cut.

    Returns:
        At least one line; joined they hold every letter of the text that is not white space.
    """
    space_mm = width_mm(" ", size_pt, strong=strong)
    lines: list[str] = []
    for paragraph in check_text(text).splitlines() or [""]:
        line, used_mm = "", 0.0
        for word in re.findall(r"\S+", paragraph):
            word_mm = width_mm(word, size_pt, strong=strong)
            if line and used_mm + space_mm + word_mm <= available_mm:
                line, used_mm = f"{line} {word}", used_mm + space_mm + word_mm
                continue
            if line:
                lines.append(line)
            *full, line = _cut(word, word_mm, available_mm, size_pt, strong=strong)
            lines.extend(full)
            used_mm = width_mm(line, size_pt, strong=strong) if full else word_mm
        lines.append(line)
    return lines


def _cut(
    word: str, word_mm: float, available_mm: float, size_pt: float, *, strong: bool
) -> list[str]:
    if word_mm <= available_mm:
        return [word]
    pieces, piece = [], ""
    for letter in word:
        if piece and width_mm(piece + letter, size_pt, strong=strong) > available_mm:
            pieces.append(piece)
            piece = ""
        piece += letter
    return [*pieces, piece]


def check_height(text: str, needed_mm: float, available_mm: float) -> None:
    """Refuse a text that would run over the end of the page.

    Raises:
        DocumentError: shows how the text begins.
    """
    if needed_mm > available_mm:
        raise DocumentError(
            _("“{text} …” is too long for the certificate ({count} letters).").format(
                text=" ".join(text.split())[:40], count=figure(len(text))
            )
        )


@lru_cache(maxsize=2)
def _advances(font: str) -> dict[str, float]:
    """Return the width of each letter, in thousandths of the size."""
    face = fonts()[font].face
    return {chr(code): float(width) for code, width in face.charWidths.items()}
