"""What an import did, refused and noticed: shown by the window, printed as JSON by the command."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.domain.catalog.part_table import RefusedRow, RowNote
from app.domain.changes import Changes


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedPart:
    """A part that was catalogued.

    Attributes:
        row: number of its row in the table; 0 for a draft part named by its file.
        files: names of its geometry files; empty for a part without geometry.
    """

    number: str
    name: str = ""
    sheet: str = ""
    row: int = 0
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedFile:
    """A file that was not catalogued, and why."""

    file: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicateFile:
    """A file with the same bytes as another.

    Attributes:
        same_as: file of this import, or part of the library, that has these bytes already.
        catalogued: whether it was catalogued all the same, because a row asks for it.
    """

    file: str
    same_as: str
    catalogued: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """Everything an import has to tell.

    Attributes:
        cancelled: the user stopped it; what is listed as created and updated is kept.
        held_back: files of refused rows; their rows stand in `refused_rows`.
        files_without_row: draft parts named by their file (also in `created` and so on).
        rows_without_file: parts without geometry (also in `created` and so on).
        group_id: of the change sets written; None if nothing was written.
    """

    table: str = ""
    dry_run: bool = False
    cancelled: bool = False
    created: tuple[ImportedPart, ...] = ()
    updated: tuple[ImportedPart, ...] = ()
    unchanged: tuple[ImportedPart, ...] = ()
    products_created: tuple[str, ...] = ()
    products_updated: tuple[str, ...] = ()
    refused_rows: tuple[RefusedRow, ...] = ()
    refused_files: tuple[RefusedFile, ...] = ()
    held_back: tuple[RefusedFile, ...] = ()
    files_without_row: tuple[ImportedPart, ...] = ()
    rows_without_file: tuple[ImportedPart, ...] = ()
    duplicates: tuple[DuplicateFile, ...] = ()
    notes: tuple[RowNote, ...] = ()
    group_id: int | None = None
    changes: Changes = field(default_factory=Changes)

    @property
    def catalogued(self) -> int:
        """How many parts the library holds from this import."""
        return len(self.created) + len(self.updated) + len(self.unchanged)

    @property
    def refused_everything(self) -> bool:
        """Say whether something was refused and nothing at all was catalogued."""
        products = len(self.products_created) + len(self.products_updated)
        refused = len(self.refused_rows) + len(self.refused_files) + len(self.held_back)
        return refused > 0 and self.catalogued + products == 0
