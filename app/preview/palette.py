"""Colours of 3D pictures, read from the design tokens that the window uses too."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import Any

from app.base.paths import resource_path

Rgb = tuple[float, float, float]  # red, green, blue, each 0 to 1


class PictureTheme(StrEnum):
    """What a picture is made for."""

    LIGHT = "light"
    DARK = "dark"
    PRINT = "print"  # greys on white paper, readable after a black-and-white copy


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours of one theme; the background runs from top to bottom."""

    part: Rgb
    edge: Rgb
    background_top: Rgb
    background_bottom: Rgb

    def with_softer_edges(self, strength: float) -> Palette:
        """Return the palette with edges drawn towards the part's colour (0) or as they are (1)."""
        mixed = [
            part + (edge - part) * strength for part, edge in zip(self.part, self.edge, strict=True)
        ]
        return replace(self, edge=(mixed[0], mixed[1], mixed[2]))


def rgb(hex_value: str) -> Rgb:
    """Turn "#RRGGBB" into three numbers from 0 to 1."""
    digits = hex_value.removeprefix("#")
    red, green, blue = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return red, green, blue


@lru_cache
def palette_of(theme: PictureTheme) -> Palette:
    """Return the colours of `theme`."""
    tokens = json.loads(resource_path("tokens.json").read_text(encoding="utf-8"))
    if theme is PictureTheme.PRINT:
        return _print_palette(tokens["color"]["print"])
    colors: dict[str, Any] = tokens["color"][theme.value]
    return Palette(
        part=rgb(colors["part"]),
        edge=rgb(colors["partEdge"]),
        background_top=rgb(colors["viewportTop"]),
        background_bottom=rgb(colors["viewportBottom"]),
    )


def _print_palette(colors: dict[str, str]) -> Palette:
    paper: Rgb = (1.0, 1.0, 1.0)
    # Halfway between rule and paper: faces turned away stay apart from the black edges in a copy.
    return Palette(
        part=(0.86, 0.86, 0.86),
        edge=rgb(colors["rule"]),
        background_top=paper,
        background_bottom=paper,
    )
