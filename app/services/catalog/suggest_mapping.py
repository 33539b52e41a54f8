"""Use case: recognise a list that came before by its headings."""

from __future__ import annotations

from collections.abc import Sequence

from app.base.errors import AppError
from app.domain.catalog.column_headings import ColumnField
from app.domain.catalog.column_mapping import ColumnMapping, SheetLayout, mapping_of
from app.domain.catalog.table_layout import lay_out_tables
from app.domain.catalog.table_sheet import TableSheet
from app.services.catalog.stored_mappings import load_mapping, mapping_names

SHARE_ALIKE = 0.75


def suggest_mapping(sheets: Sequence[TableSheet]) -> ColumnMapping | None:
    """Return the saved mapping whose headings the list has; None if none fits well.

    A mapping fits if three quarters of all headings, its own and the list's, are the same; months
    do not count, because they move on with every list.
    """
    best: tuple[float, ColumnMapping] | None = None
    for name in mapping_names():
        try:
            mapping = load_mapping(name)
            layouts = lay_out_tables(sheets, mapping)
        except AppError:  # damaged, or it names no column of this list
            continue
        share = _share(mapping, layouts)
        if share >= SHARE_ALIKE and (best is None or share > best[0]):
            best = (share, mapping)
    return best[1] if best is not None else None


def _share(mapping: ColumnMapping, layouts: tuple[SheetLayout, ...]) -> float:
    known = {rule.key for rule in mapping.rules if rule.field is not ColumnField.DEMAND}
    there = {rule.key for rule in mapping_of("", layouts).rules}
    both = known | there
    return len(known & there) / len(both) if both else 0.0
