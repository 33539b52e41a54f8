"""Geometry files, what was measured on them and what is wrong with them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.catalog.length_unit import LengthUnit as LengthUnit


class UnitSource(StrEnum):
    """How we know the unit."""

    FILE = "file"  # the format states it (3MF, STEP)
    USER = "user"  # a person said so
    ASSUMED = "assumed"  # millimetres, because the format states none and nobody said otherwise


class GeometryFormat(StrEnum):
    STL = "stl"
    THREE_MF = "3mf"
    OBJ = "obj"
    PLY = "ply"
    STEP = "step"


class GeometryRole(StrEnum):
    """What a file is to its revision."""

    MASTER = "master"
    TESSELLATION = "tessellation"
    BUILD = "build"
    INSPECTION_REFERENCE = "inspection_reference"


class Severity(StrEnum):
    NOTE = "note"
    WARNING = "warning"
    DANGER = "danger"  # blocks release unless ignored with a signed reason


class FindingCode(StrEnum):
    NOT_FINITE = "not_finite"
    COUNT_LIES = "count_lies"
    EMPTY = "empty"
    OPEN = "open"
    NON_MANIFOLD = "non_manifold"
    INSIDE_OUT = "inside_out"
    INCONSISTENT_WINDING = "inconsistent_winding"
    DEGENERATE = "degenerate"
    DUPLICATE_FACES = "duplicate_faces"
    UNIT_DOUBTFUL = "unit_doubtful"
    READER_WARNING = "reader_warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing noticed about a geometry file; `text` is told and fit to show."""

    code: FindingCode
    severity: Severity
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Geometry:
    """A user's file, kept byte for byte, in its role for one revision."""

    id: int = 0
    version: int = 1
    revision_id: int
    role: GeometryRole = GeometryRole.MASTER
    sha256: str
    file_name: str
    format: GeometryFormat
    size_bytes: int
    unit: LengthUnit
    unit_source: UnitSource


@dataclass(frozen=True, slots=True, kw_only=True)
class GeometryFacts:
    """What was measured on a file; carries the hash it was measured on. Derived, rebuildable.

    Attributes:
        sha256: of the bytes that were measured.
        unit: unit applied; all numbers are in mm after applying it.
        volume_mm3: signed volume; meaningful only where `watertight`.
        bounds_mm: (xmin, ymin, zmin, xmax, ymax, zmax).
    """

    id: int = 0
    sha256: str
    unit: LengthUnit
    triangles: int
    bodies: int
    watertight: bool
    volume_mm3: float
    area_mm2: float
    bounds_mm: tuple[float, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def size_mm(self) -> tuple[float, float, float]:
        low, high = self.bounds_mm[:3], self.bounds_mm[3:]
        return (high[0] - low[0], high[1] - low[1], high[2] - low[2])

    @property
    def in_danger(self) -> bool:
        return any(finding.severity is Severity.DANGER for finding in self.findings)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReport:
    """What reading one file told, without cataloguing it.

    Attributes:
        accepted: whether it may be catalogued; a file with a danger finding may, an unreadable or
            empty one may not.
        reason: why it was not accepted; "" if it was.
    """

    file_name: str
    sha256: str
    size_bytes: int
    format: GeometryFormat | None
    unit: LengthUnit
    unit_source: UnitSource
    facts: GeometryFacts | None
    accepted: bool
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IgnoredFinding:
    """A signed reason why one danger finding on one file does not block its release."""

    id: int = 0
    version: int = 1
    geometry_sha256: str
    code: FindingCode
    reason: str
    who: str
    at: datetime
