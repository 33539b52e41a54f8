"""What becomes of the rows of a preview, in words, as far as it is known by now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from app.base.figures import figure
from app.base.i18n import _
from app.domain.catalog.geometry import FileReport
from app.domain.catalog.length_unit import LengthUnit
from app.domain.catalog.part_table import ProblemCode
from app.domain.catalog.unit_question import (
    UnitAnswer,
    scaled_sides,
    sides_of,
    suggest_unit,
    unit_in_use,
)
from app.services.catalog.foresee_import import Foreseen
from app.ui.catalog.import_preview import Preview, PreviewRow, RowState

ASKED_SUFFIXES = (".stl", ".obj", ".ply")


@dataclass(frozen=True, slots=True)
class Outlook:
    """Foreseen acts and measured files; replaced as a whole whenever more is known.

    Attributes:
        foreseen: None until the rows have been rehearsed.
        reports: of the files read so far, by name.
        units: what was said of files that state none.
        doubtful: files that look like another unit than the one that holds for them.
    """

    foreseen: Foreseen | None = None
    reports: Mapping[str, FileReport] = field(default_factory=dict)
    units: UnitAnswer = field(default_factory=UnitAnswer)
    doubtful: Mapping[str, LengthUnit] = field(default_factory=dict)

    def outcome(self, row: PreviewRow) -> tuple[str, str]:
        """Return the name of a glyph and the word for what becomes of a row."""
        if row.state in _SETTLED:
            mark, word = _SETTLED[row.state]
            return mark, word()
        if row.state is RowState.REFUSED:
            return "danger", _fault_word(row)
        bad = [name for name in row.files if self.refused(name)]
        if bad and len(bad) == len(row.files) and row.row == 0:
            return "danger", _("Unreadable")
        if any(name in self.doubtful for name in row.files):
            return "warning", _("Unit?")
        return self._act(row.key)

    def _act(self, key: str) -> tuple[str, str]:
        if self.foreseen is None:
            return "none", _("Taken")
        if key in self.foreseen.created:
            return "good", _("New")
        if key in self.foreseen.updated:
            return "good", _("Updates")
        if key in self.foreseen.unchanged:
            return "none", _("Unchanged")
        return "note", _("Known file")

    def refused(self, name: str) -> bool:
        report = self.reports.get(name)
        return report is not None and not report.accepted

    def size_text(self, name: str) -> str:
        """Return the size of a file in the unit that holds for it; "" until it was read."""
        report = self.reports.get(name)
        if report is None or report.facts is None:
            return ""
        sides = sides_of(report)
        if sides is None:
            return sides_text(report.facts.size_mm)
        return sides_text(scaled_sides(sides, unit_in_use(report, self.units.of(name))))


def make_outlook(
    preview: Preview,
    foreseen: Foreseen | None,
    reports: Mapping[str, FileReport],
    units: UnitAnswer,
) -> Outlook:
    """Return the outlook, with the files that nobody spoke of and that look like another unit."""
    taken = {file.name for part in preview.plan.parts for file in part.files}
    doubtful: dict[str, LengthUnit] = {}
    if units.batch in (None, LengthUnit.MM):
        for name, report in reports.items():
            asked = name in taken and name not in units.by_file
            unit = suggest_unit(report) if asked else None
            if unit is not None:
                doubtful[name] = unit
    return Outlook(foreseen, reports, units, doubtful)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many parts and products an import would take, and how many rows wait to be fixed."""

    ready: int = 0
    waiting: int = 0


def count_rows(preview: Preview, outlook: Outlook) -> Counts:
    """Count what the import would catalogue, as far as is known by now."""
    waiting = sum(row.state is RowState.REFUSED for row in preview.rows())
    if preview.error is not None:
        return Counts(0, waiting)
    foreseen = outlook.foreseen
    taken = None
    if foreseen is not None:
        taken = foreseen.created | foreseen.updated | foreseen.unchanged
    ready = len(preview.plan.table.products)
    for part in preview.plan.parts:
        if taken is not None and part.key not in taken:
            continue
        broken = part.row is None and all(outlook.refused(file.name) for file in part.files)
        ready += not broken
    return Counts(ready, waiting)


def states_no_unit(name: str) -> bool:
    """Say whether a file's format leaves the unit open."""
    return name.lower().endswith(ASKED_SUFFIXES)


def sides_text(sides: Iterable[float]) -> str:
    """Return such as "42 × 31.2 × 18.4 mm"."""
    shown = " × ".join(figure(side, 1 if side >= 10 else 2) for side in sides)
    return _("{sides} mm").format(sides=shown)


_SETTLED: dict[RowState, tuple[str, Callable[[], str]]] = {
    RowState.SKIPPED: ("none", lambda: _("Skipped")),
    RowState.PRODUCT: ("good", lambda: _("Product")),
    RowState.JOINED: ("none", lambda: _("Joined")),
    RowState.LEFT_OUT: ("none", lambda: _("Left out")),
}


def _fault_word(row: PreviewRow) -> str:
    return _("Fix date") if row.code is ProblemCode.NO_DATE else _("Fix cell")
