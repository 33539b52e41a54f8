"""How much a foreign file may ask of us before it is refused."""

from __future__ import annotations

from app.base.errors import GeometryError
from app.base.figures import figure
from app.base.i18n import _

MAX_FILE_BYTES = 1 << 30
MAX_TRIANGLES = 20_000_000
MAX_VERTICES = 40_000_000


def check_file_size(size_bytes: int) -> None:
    """Raise `GeometryError` if a file is too large to be read."""
    if size_bytes > MAX_FILE_BYTES:
        raise GeometryError(
            _("The file has {size} MB; files up to {limit} MB are read.").format(
                size=size_bytes >> 20, limit=MAX_FILE_BYTES >> 20
            ),
            hint=_("Export it again with a coarser tolerance."),
        )


def check_triangle_count(count: int) -> None:
    """Raise `GeometryError` if a mesh has too many triangles."""
    if count > MAX_TRIANGLES:
        raise GeometryError(
            _("The file has {count} triangles; up to {limit} are read.").format(
                count=figure(count), limit=figure(MAX_TRIANGLES)
            ),
            hint=_("Export it again with a coarser tolerance."),
        )


def check_vertex_count(count: int) -> None:
    """Raise `GeometryError` if a mesh has too many corners."""
    if count > MAX_VERTICES:
        raise GeometryError(
            _("The file has {count} corners; up to {limit} are read.").format(
                count=figure(count), limit=figure(MAX_VERTICES)
            ),
            hint=_("Export it again with a coarser tolerance."),
        )


def no_triangles() -> GeometryError:
    """Return the error for a file that is readable but holds no surface."""
    return GeometryError(_("The file holds no triangles."), hint=_("Export the part again."))
