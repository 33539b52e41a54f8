"""What a mesh reader is, and the registry of all of them (an extension point)."""

from __future__ import annotations

from enum import IntEnum
from typing import Protocol

from app.base.extensions import Registry
from app.domain.catalog.geometry import GeometryFormat, LengthUnit
from app.geometry.mesh_arrays import MeshArrays


class Match(IntEnum):
    """How surely some content is of a format."""

    NO = 0
    POSSIBLE = 1  # the content does not contradict; the file's suffix decides
    LIKELY = 2  # the content reads like it
    CERTAIN = 3  # magic bytes, or a length that fits exactly


class MeshReader(Protocol):
    """Reads files of one format. Sees bytes only, never a path.

    Attributes:
        format: what its files are recorded as.
        suffixes: lower-case, with the dot.
    """

    format: GeometryFormat
    suffixes: tuple[str, ...]

    def recognise(self, data: bytes) -> Match:
        """Tell from the content how surely it is of this format; quick, never raises."""
        ...

    def load(self, data: bytes, unit: LengthUnit | None) -> MeshArrays:
        """Read all triangles.

        Args:
            data: the whole file.
            unit: what the user said; a format that states its own unit keeps to that.

        Raises:
            GeometryError: it cannot be read; the sentence does not name the file.
        """
        ...


mesh_readers: Registry[MeshReader] = Registry("everspare.mesh_readers")
