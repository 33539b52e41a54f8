"""What the user decides about an import before it is carried out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from app.domain.catalog.column_headings import ColumnField
from app.domain.catalog.length_unit import LengthUnit
from app.domain.catalog.table_edits import CellFix, SheetChoice, TableEdits
from app.services.catalog.stored_mappings import load_mapping
from app.ui.catalog.import_desk import ImportDesk
from app.ui.catalog.import_preview import Draft, PreviewRow, RowState, SheetView, with_field


class ImportDecisions:
    """Turns each decision into another draft of the import, or another answer on units.

    Attributes:
        desk: the import.

    Args:
        view: gives the sheet that is shown.
    """

    def __init__(self, desk: ImportDesk, view: Callable[[], SheetView | None]) -> None:
        self.desk, self._view = desk, view

    def choose_field(self, column: int, field: ColumnField) -> None:
        """Say what a column means."""
        draft, view = self._draft(), self._view()
        if draft is not None and view is not None:
            self.desk.decide(with_field(draft, view, column, field))

    def choose_mapping(self, name: str) -> None:
        """Take a saved mapping, or with "" the program's own proposal.

        Raises:
            AppError: the mapping cannot be read.
        """
        draft = self._draft()
        if draft is not None:
            mapping = load_mapping(name) if name else None
            edits = replace(draft.edits, choices=())
            self.desk.decide(replace(draft, mapping=mapping, edits=edits))

    def choose_heading(self, row: int) -> None:
        """Say which row of the sheet holds the headings."""
        view = self._view()
        if view is not None:
            choice = SheetChoice(sheet=view.name, heading_row=row)
            self._edit(lambda edits: edits.with_choice(choice))

    def fix(self, row: PreviewRow, text: str) -> None:
        """Read a faulty cell as if `text` stood there."""
        column = next(iter(row.faulty), None)
        if column is not None:
            fix = CellFix(sheet=row.sheet, row=row.row, column=column, text=text)
            self._edit(lambda edits: edits.with_fix(fix))

    def toggle_skip(self, rows: Iterable[PreviewRow]) -> None:
        """Leave rows out, or take them in again if all of them are out."""
        listed = [row for row in rows if row.row]
        skip = any(row.state is not RowState.SKIPPED for row in listed)

        def edit(edits: TableEdits) -> TableEdits:
            for row in listed:
                edits = edits.with_skipped((row.sheet, row.row), skip=skip)
            return edits

        if listed:
            self._edit(edit)

    def restore(self, rows: Iterable[PreviewRow]) -> None:
        """Read rows as they stand in the list again."""

        def edit(edits: TableEdits) -> TableEdits:
            for row in rows:
                edits = edits.without_fixes(row.sheet, row.row)
            return edits

        self._edit(edit)

    def choose_unit(self, unit: LengthUnit) -> None:
        """Answer the question of units for all files."""
        self.desk.choose_units(replace(self.desk.units, batch=unit))

    def choose_file_units(self, files: Iterable[str], unit: LengthUnit | None) -> None:
        """Answer it for single files; None lets them follow the others."""
        self.desk.choose_units(self.desk.units.with_files(list(files), unit))

    def convert_doubtful(self) -> None:
        """Take each doubtful file as what it looks like."""
        units = self.desk.units
        by_unit: dict[LengthUnit, list[str]] = {}
        for name, unit in self.desk.outlook.doubtful.items():
            by_unit.setdefault(unit, []).append(name)
        for unit, names in by_unit.items():
            units = units.with_files(names, unit)
        self.desk.choose_units(units)

    def _draft(self) -> Draft | None:
        return self.desk.draft

    def _edit(self, edit: Callable[[TableEdits], TableEdits]) -> None:
        draft = self._draft()
        if draft is not None:
            self.desk.decide(replace(draft, edits=edit(draft.edits)))
