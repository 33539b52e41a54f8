"""The rows of a list as the preview shows them: what stands there, what becomes of each, and why.

Made off the GUI thread, anew after each decision of the user.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

from app.base.errors import TableError
from app.base.garbage import without_collecting
from app.domain.catalog.column_headings import REPEATABLE, ColumnField
from app.domain.catalog.column_mapping import (
    ColumnMapping,
    ColumnUse,
    SheetKind,
    SheetLayout,
    mapping_of,
)
from app.domain.catalog.heading_text import fold_heading
from app.domain.catalog.part_table import PartRow, ProblemCode, RefusedRow, RowProblem
from app.domain.catalog.table_edits import SheetChoice, TableEdits, correct_sheets
from app.domain.catalog.table_layout import lay_out_tables
from app.domain.catalog.table_sheet import Cell, TableSheet, cell_text
from app.services.catalog.import_plan import ImportPlan, PlannedPart, ReadSources, lay_plan

LINES = 64  # ids that one row of the list may take: itself and its problems
_FREE_FILES = 1 << 29  # beyond the rows of any list, and still an int of Qt
_SEARCHED_ROWS = 20


class RowState(Enum):
    """What becomes of a row."""

    MATCHED = "matched"
    NO_FILE = "rows_without_file"
    FILE_ONLY = "files_without_row"
    REFUSED = "refused_rows"
    SKIPPED = "skipped"
    PRODUCT = "products"
    JOINED = "joined"  # another plant of a part, or the same said twice
    LEFT_OUT = "left_out"  # nothing is asked of it


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """A row of the list, or one problem of the row above.

    Attributes:
        row: number as the spreadsheet shows it; 0 for a file without a row.
        key: of the part it becomes; "" for none.
        files: names in the import.
        corrected: positions of cells that were corrected by hand.
        faulty: positions of cells that are complained about.
        code: what is wrong first of all with a refused row.
        problem: for the line under a faulty row.
    """

    id: int
    sheet: str
    row: int
    state: RowState
    cells: tuple[Cell, ...] = ()
    number: str = ""
    key: str = ""
    files: tuple[str, ...] = ()
    corrected: frozenset[int] = frozenset()
    faulty: frozenset[int] = frozenset()
    code: ProblemCode | None = None
    problem: RowProblem | None = None

    def text(self, column: int) -> str:
        """Return a cell as the user reads it."""
        return cell_text(self.cells[column]) if column < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class SheetView:
    """One sheet with what its columns mean.

    Attributes:
        heading_row: as the spreadsheet shows it.
        understood: whether anything of it is taken.
    """

    name: str
    first_row: int
    heading_row: int
    kind: SheetKind
    understood: bool
    columns: tuple[ColumnUse, ...]
    rows: tuple[PreviewRow, ...]

    @property
    def shape(self) -> tuple[object, ...]:
        """What the columns of its table depend on."""
        return (self.name, self.heading_row, self.kind, tuple(use.heading for use in self.columns))


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything the user has decided so far about what was read.

    Attributes:
        mapping: None guesses.
    """

    read: ReadSources = field(default_factory=ReadSources)
    mapping: ColumnMapping | None = None
    edits: TableEdits = field(default_factory=TableEdits)


@dataclass(frozen=True, slots=True)
class Preview:
    """What importing the draft would do.

    Attributes:
        error: why nothing of the list is understood; None otherwise.
        sheets: those of the list that are not hidden; one without a name for files alone.
    """

    draft: Draft
    plan: ImportPlan
    sheets: tuple[SheetView, ...]
    error: TableError | None = None

    def rows(self) -> Iterator[PreviewRow]:
        """Yield all rows, without the lines of their problems."""
        for sheet in self.sheets:
            yield from (row for row in sheet.rows if row.problem is None)


def make_preview(draft: Draft) -> Preview:
    """Lay the user's decisions over what was read."""
    with without_collecting():
        return _make_preview(draft)


def _make_preview(draft: Draft) -> Preview:
    error = None
    layouts: tuple[SheetLayout, ...] = ()
    sheets = correct_sheets(draft.read.sheets, draft.edits.fixes)
    try:
        plan = lay_plan(draft.read, draft.mapping, draft.edits)
        if sheets:
            layouts = lay_out_tables(sheets, draft.mapping, draft.edits.choices)
    except TableError as caught:
        error, plan = caught, ImportPlan(table_path=draft.read.table_path)
    laid = {layout.sheet.name: layout for layout in layouts}
    rows = _RowMaker(plan, draft.edits)
    views = [
        _view(sheet, laid.get(sheet.name), draft, rows) for sheet in sheets if not sheet.hidden
    ]
    if not views:
        views = [SheetView("", 1, 0, SheetKind.PARTS, True, (), ())]
    free = tuple(rows.free_files())
    home = next((n for n, v in enumerate(views) if v.understood and v.kind is SheetKind.PARTS), 0)
    views[home] = replace(views[home], rows=(*views[home].rows, *free))
    return Preview(draft, plan, tuple(views), error)


def with_field(draft: Draft, view: SheetView, column: int, chosen: ColumnField) -> Draft:
    """Return the draft with another meaning of one column; the row of headings stays the same.

    A meaning that another column of the sheet had before is taken from that one.
    """
    columns = []
    for use in view.columns:
        if use.column == column:
            columns.append(replace(use, field=chosen))
        elif use.field is chosen and chosen not in REPEATABLE:
            columns.append(replace(use, field=ColumnField.IGNORED))
        else:
            columns.append(use)
    sheet = TableSheet(view.name, view.first_row, ())
    layout = SheetLayout(sheet=sheet, kind=view.kind, heading_index=0, columns=tuple(columns))
    name = draft.mapping.name if draft.mapping is not None else ""
    fresh = [replace(rule, kind=view.kind) for rule in mapping_of(name, (layout,)).rules]
    known = {(rule.kind, rule.key) for rule in fresh}
    others = draft.mapping.rules if draft.mapping is not None else ()
    kept = [rule for rule in others if (rule.kind, rule.key) not in known]
    choice = SheetChoice(sheet=view.name, heading_row=view.heading_row, kind=view.kind)
    return replace(
        draft,
        mapping=ColumnMapping(name, (*kept, *fresh)),
        edits=draft.edits.with_choice(choice),
    )


def mapping_in_use(preview: Preview, name: str) -> ColumnMapping:
    """Return the meanings of all columns as they are shown, to be saved by name."""
    layouts = tuple(
        SheetLayout(
            sheet=TableSheet(view.name, view.first_row, ()),
            kind=view.kind,
            heading_index=0,
            columns=view.columns,
        )
        for view in preview.sheets
        if view.understood and view.columns
    )
    return mapping_of(name, layouts)


def _view(
    sheet: TableSheet, layout: SheetLayout | None, draft: Draft, rows: _RowMaker
) -> SheetView:
    if layout is not None:
        return SheetView(
            sheet.name, sheet.first_row, layout.heading_row, layout.kind, True, layout.columns,
            tuple(rows.of_sheet(sheet, layout.heading_index, layout.columns)),
        )  # fmt: skip
    choice = draft.edits.choice_of(sheet.name)
    kind = choice.kind or SheetKind.PARTS
    heading = choice.heading_row or sheet.row_number(_likely_heading(sheet))
    index = heading - sheet.first_row
    cells = sheet.rows[index] if 0 <= index < len(sheet.rows) else ()
    columns = tuple(_chosen_uses(cells, draft.mapping, kind))
    return SheetView(
        sheet.name, sheet.first_row, heading, kind, False, columns,
        tuple(rows.of_sheet(sheet, index, columns)),
    )  # fmt: skip


def _chosen_uses(
    cells: Sequence[Cell], mapping: ColumnMapping | None, kind: SheetKind
) -> Iterator[ColumnUse]:
    """Yield the columns of a sheet that is not understood, with what was said of them so far."""
    rules = mapping.by_key(kind) if mapping is not None else {}
    seen: Counter[str] = Counter()
    for column, cell in enumerate(cells):
        heading = cell_text(cell)
        key = fold_heading(heading)
        rule = rules.get((key, seen[key]))
        seen[key] += 1
        if cell is not None:
            field_ = rule.field if rule is not None else ColumnField.IGNORED
            yield ColumnUse(column=column, heading=heading, field=field_)


def _likely_heading(sheet: TableSheet) -> int:
    """Return the first of the topmost rows with the most words."""
    words = [sum(isinstance(cell, str) for cell in row) for row in sheet.rows[:_SEARCHED_ROWS]]
    return words.index(max(words)) if words else 0


class _RowMaker:
    """Says of each row what the plan makes of it."""

    def __init__(self, plan: ImportPlan, edits: TableEdits) -> None:
        self._plan = plan
        self._parts: dict[tuple[str, int], PlannedPart] = {}
        self._joined: dict[tuple[str, int], PartRow] = {}
        for part in plan.parts:
            if part.row is not None:
                self._parts[part.row.sheet, part.row.row] = part
                for other in part.row.other_plants:
                    self._joined[other.sheet, other.row] = other
        self._products = {(row.sheet, row.row): row.name for row in plan.table.products}
        self._refused: dict[tuple[str, int], RefusedRow] = {
            (row.sheet, row.row): row for row in plan.table.refused
        }
        self._told = {(note.sheet, note.row) for note in plan.table.notes}
        self._fixed: dict[tuple[str, int], set[int]] = defaultdict(set)
        for fix in edits.fixes:
            self._fixed[fix.sheet, fix.row].add(fix.column)

    def of_sheet(
        self, sheet: TableSheet, heading: int, columns: Sequence[ColumnUse]
    ) -> Iterator[PreviewRow]:
        """Yield the rows below the headings, each with a line for every problem."""
        letters = {use.letter: use.column for use in columns}
        for index in range(heading + 1, len(sheet.rows)):
            cells = sheet.rows[index]
            if any(cell is not None for cell in cells):
                yield from self._row(sheet.name, sheet.row_number(index), cells, letters)

    def _row(
        self, sheet: str, row: int, cells: tuple[Cell, ...], letters: Mapping[str, int]
    ) -> Iterator[PreviewRow]:
        place = (sheet, row)
        base = PreviewRow(
            row * LINES, sheet, row, RowState.LEFT_OUT, cells,
            corrected=frozenset(self._fixed.get(place, ())),
        )  # fmt: skip
        refused = self._refused.get(place)
        if refused is not None:
            yield from _refused_lines(base, refused, letters)
        elif place in self._parts:
            part = self._parts[place]
            state = RowState.MATCHED if part.files else RowState.NO_FILE
            files = tuple(file.name for file in part.files)
            yield replace(base, state=state, number=part.number, key=part.key, files=files)
        elif place in self._products:
            yield replace(base, state=RowState.PRODUCT, number=self._products[place])
        elif place in self._joined or place in self._told:
            number = self._joined[place].number if place in self._joined else ""
            yield replace(base, state=RowState.JOINED, number=number)
        else:
            yield base

    def free_files(self) -> Iterator[PreviewRow]:
        """Yield a row for each part that is named by its files."""
        free = (part for part in self._plan.parts if part.row is None)
        for place, part in enumerate(free):
            files = tuple(file.name for file in part.files)
            yield PreviewRow(
                _FREE_FILES + place * LINES, "", 0, RowState.FILE_ONLY,
                number=part.number, key=part.key, files=files,
            )  # fmt: skip


def _refused_lines(
    base: PreviewRow, refused: RefusedRow, letters: Mapping[str, int]
) -> Iterable[PreviewRow]:
    state = RowState.SKIPPED if refused.skipped else RowState.REFUSED
    faulty = frozenset(
        letters[problem.column] for problem in refused.problems if problem.column in letters
    )
    code = refused.problems[0].code
    yield replace(base, state=state, number=refused.number, faulty=faulty, code=code)
    if refused.skipped:
        return
    for place, problem in enumerate(refused.problems[: LINES - 1], start=1):
        column = letters.get(problem.column)
        yield replace(
            base,
            id=base.id + place,
            state=state,
            number=refused.number,
            faulty=frozenset() if column is None else frozenset({column}),
            problem=problem,
        )
