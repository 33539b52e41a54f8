"""Tasks that stand for drawing on computers that can, and cannot, draw."""

from __future__ import annotations

import os
import signal

from app.base.errors import GeometryError


def crash_in_driver(size_px: int = 8) -> bool:
    os.kill(os.getpid(), signal.SIGSEGV)
    return size_px > 0


def draw_well(size_px: int = 8) -> bool:
    return size_px > 0


def refuse_file(size_px: int) -> bool:
    raise GeometryError("The file is odd.", hint="Look again.")
