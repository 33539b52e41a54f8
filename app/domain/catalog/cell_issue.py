"""How a bad cell is complained about: shared by the readers of all kinds of columns."""

from __future__ import annotations

import re

from app.base.i18n import _
from app.domain.catalog.part_table import CellIssue, ProblemCode, Reading
from app.domain.catalog.table_sheet import Cell, Formula, cell_text

EMPTY = Reading()
# Control characters, and what a decoder left where a byte could not be read.
UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd\u2028\u2029]")
# What text copied from web pages and file properties carries along: marks without width.
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_SHOWN = 60


def shorten(text: str) -> str:
    """Return text for a complaint: one line, not too long, nothing invisible."""
    visible = UNREADABLE.sub("\N{REPLACEMENT CHARACTER}", " ".join(text.split()))
    return visible if len(visible) <= _SHOWN else f"{visible[: _SHOWN - 1]}…"


def bad_cell(code: ProblemCode, cell: Cell, complaint: str, expected: str) -> Reading:
    """Return the issue; `{found}` in the complaint stands for what the cell shows."""
    found = shorten(cell_text(cell))
    return Reading(
        issue=CellIssue(code, found, complaint.format(found=found), expected),
    )


def formula_cell(cell: Cell, expected: str) -> Reading:
    return bad_cell(
        ProblemCode.FORMULA,
        cell,
        _("'{found}' is a formula; formulas are not evaluated."),
        expected,
    )


def is_formula(cell: Cell) -> bool:
    return isinstance(cell, Formula) or (isinstance(cell, str) and cell.lstrip().startswith("="))
