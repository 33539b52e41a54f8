"""The worklist as a document and as a CSV table, for other systems and spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from app.domain.lifecycle.worklist import WorklistRow

COLUMNS = (
    "number", "name", "answer", "reason", "need_until", "supply_until", "decide_by",
    "start_by", "last_safe_start", "readiness", "next_action", "rank",
)  # fmt: skip
# A spreadsheet would run these as a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def flag_document(row: WorklistRow) -> dict[str, object]:
    """Return the document that the contract of the command line promises for one part.

    A date of 9999-12-31 means that no end is in sight; None that the date is not known.
    """
    flag = row.flag
    return {
        "number": row.number,
        "name": row.name,
        "answer": flag.answer,
        "reason": " ".join(flag.reasons),
        "reasons": flag.reasons,
        "missing": flag.missing,
        "need_until": flag.need_until,
        "need_source": flag.need_source,
        "supply_until": flag.supply_until,
        "decide_by": flag.decide_by,
        "start_by": flag.start_by,
        "last_safe_start": flag.last_safe_start,
        "readiness": flag.readiness,
        "next_action": flag.next_action,
        "rank": round(flag.rank, 3),
        "urgency": round(flag.urgency, 3),
        "exposure": round(flag.exposure, 3),
        "breach": flag.breach,
        "products": row.products,
    }


def flags_table(rows: Iterable[WorklistRow]) -> str:
    """Return the rows as CSV with a heading; dates are ISO 8601, empty where not known."""
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        document = flag_document(row)
        writer.writerow([_harmless(document[name]) for name in COLUMNS])
    return table.getvalue()


def _harmless(cell: object) -> str:
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
