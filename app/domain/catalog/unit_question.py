"""The unit of files that state none: what a person answered, and which files look otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.domain.catalog.geometry import FileReport, FindingCode, UnitSource
from app.domain.catalog.length_unit import LengthUnit

# A file of single parts: hardly one is smaller than this in millimetres.
_SMALLEST_IN_MM = 3.0
_SMALLEST_IN_INCH = 0.3


@dataclass(frozen=True, slots=True)
class UnitAnswer:
    """One answer for all files of an import, and others for single files.

    Attributes:
        batch: None assumes millimetres and says so.
        by_file: by the file's name in the import.
    """

    batch: LengthUnit | None = None
    by_file: Mapping[str, LengthUnit] = field(default_factory=dict)

    def of(self, name: str) -> LengthUnit | None:
        """Return what was said of a file."""
        return self.by_file.get(name, self.batch)

    def with_files(self, names: Iterable[str], unit: LengthUnit | None) -> UnitAnswer:
        """Say the unit of single files; None lets them follow the batch again."""
        others = {name: said for name, said in self.by_file.items() if name not in set(names)}
        fresh = {} if unit is None else dict.fromkeys(names, unit)
        return replace(self, by_file=others | fresh)


def sides_of(report: FileReport) -> tuple[float, float, float] | None:
    """Return the sides of a file in its own numbers; None if it states its unit or is unread."""
    if report.facts is None or report.unit_source is UnitSource.FILE:
        return None
    x, y, z = (side / report.unit.in_mm for side in report.facts.size_mm)
    return x, y, z


def suggest_unit(report: FileReport) -> LengthUnit | None:
    """Return the unit a file of no stated unit looks like; None where millimetres fit.

    A file whose unit somebody has named before is not doubted again.

    A part under three millimetres is rarer than one drawn in inches, and one under a third of an
    inch is rarer than one drawn in metres. Sides that are whole 32nds and no steps of a drawing
    in millimetres (a finding of the reader) are inches too.
    """
    sides = sides_of(report)
    if sides is None or report.facts is None or not max(sides) > 0:
        return None
    if report.unit_source is UnitSource.USER:
        return None
    longest = max(sides)
    if longest < _SMALLEST_IN_INCH:
        return LengthUnit.M
    doubtful = any(f.code is FindingCode.UNIT_DOUBTFUL for f in report.facts.findings)
    too_small = longest < _SMALLEST_IN_MM
    # What is too large for millimetres only gets larger in inches.
    if too_small or (doubtful and longest < 100):
        return LengthUnit.INCH
    return None


def unit_in_use(report: FileReport, said: LengthUnit | None) -> LengthUnit:
    """Return the unit that holds for a file: what was said now, else what was known before."""
    if report.unit_source is UnitSource.FILE or said is None:
        return report.unit
    return said


def scaled_sides(sides: Sequence[float], unit: LengthUnit | None) -> tuple[float, ...]:
    """Return sides in mm if their numbers are in `unit`; None assumes millimetres."""
    factor = (unit or LengthUnit.MM).in_mm
    return tuple(side * factor for side in sides)
