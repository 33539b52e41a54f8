"""Rows of numbers straight from SQLite into numpy."""

from __future__ import annotations

import numpy as np
from sqlalchemy import Connection

from app.domain.lifecycle.day_numbers import Codes, Numbers
from app.storage.damage import read_as_written


class NumberRows:
    """The rows of one statement as columns of numbers, without an object for every row.

    Args:
        connection: where to ask.
        statement: selects as many numbers as `kinds` has letters, NULL written as -9e999.
        kinds: i for whole numbers, f for others; one letter a column.
        values: parameters of the statement.
    """

    def __init__(self, connection: Connection, statement: str, kinds: str, *values: object) -> None:
        cursor = connection.connection.cursor()
        try:
            cursor.execute(statement, values)
            layout = [(f"c{n}", f"{kind}8") for n, kind in enumerate(kinds)]
            with read_as_written():
                self._table = np.fromiter(iter(cursor.fetchone, None), dtype=layout)
        finally:
            cursor.close()

    def codes(self, index: int) -> Codes:
        return np.ascontiguousarray(self._table[f"c{index}"], dtype=np.int64)

    def numbers(self, index: int) -> Numbers:
        """Return a column of numbers; NULL becomes nan."""
        column = np.array(self._table[f"c{index}"], dtype=np.float64)
        column[np.isneginf(column)] = np.nan
        return column
