"""Pixels to PNG bytes: small, without another imaging library."""

from __future__ import annotations

import struct
import zlib

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]  # (height, width, 1 | 3 | 4): grey, RGB or RGBA

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_COLOUR_TYPE = {1: 0, 3: 2, 4: 6}
_FILTER_UP = 2  # each row as the difference to the row above: shaded parts compress well


def encode_png(pixels: Pixels) -> bytes:
    """Encode pixels, top row first.

    Args:
        pixels: (height, width, channels) uint8 with 1 (grey), 3 (RGB) or 4 (RGBA) channels.
    """
    height, width, channels = pixels.shape
    rows = np.empty((height, 1 + width * channels), np.uint8)
    rows[:, 0] = _FILTER_UP
    flat = pixels.reshape(height, width * channels)
    rows[0, 1:] = flat[0]
    np.subtract(flat[1:], flat[:-1], out=rows[1:, 1:])
    header = struct.pack(">IIBBBBB", width, height, 8, _COLOUR_TYPE[channels], 0, 0, 0)
    return b"".join(
        (
            _SIGNATURE,
            _chunk(b"IHDR", header),
            _chunk(b"IDAT", zlib.compress(rows.tobytes(), 6)),
            _chunk(b"IEND", b""),
        )
    )


def _chunk(kind: bytes, content: bytes) -> bytes:
    checksum = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checksum)


def reduce_pixels(pixels: Pixels, factor: int) -> Pixels:
    """Average blocks of `factor` × `factor` pixels; transparent ones lend no colour.

    Args:
        pixels: (height, width, 4) uint8, both sides divisible by `factor`.
    """
    if factor == 1:
        return pixels
    height, width, _ = pixels.shape
    weighted = pixels.astype(np.float32)
    weighted[..., :3] *= weighted[..., 3:]
    # Rows first: whole rows lie together in memory.
    rows = weighted.reshape(height // factor, factor, width * 4).sum(axis=1)
    blocks = rows.reshape(height // factor, width // factor, factor, 4).sum(axis=2)
    alpha = blocks[..., 3:]
    reduced = np.empty(blocks.shape, np.uint8)
    reduced[..., :3] = np.rint(blocks[..., :3] / np.maximum(alpha, 1.0))
    reduced[..., 3:] = np.rint(alpha / (factor * factor))
    return reduced
