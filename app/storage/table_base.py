"""What all tables share."""

from __future__ import annotations

from typing import Any, ClassVar

from sqlalchemy import Table
from sqlmodel import Field, SQLModel


class StoredRow(SQLModel):
    """A row of any table. Ids are never used twice, so that the audit trail stays unambiguous."""

    __table_args__: ClassVar[Any] = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)


class DerivedRow(StoredRow):
    """A row that can be rebuilt and stays outside of change sets.

    Attributes:
        digest: SHA-256 over all other columns but the id; `check` recomputes it.
    """

    digest: str = ""


class RecordedRow(StoredRow):
    """A row whose every change is recorded in a change set.

    Attributes:
        version: counts changes, for optimistic locking.
        digest: SHA-256 over all other columns; `check` recomputes it.
    """

    version: int = 1
    digest: str = ""


def table_args(*constraints: Any) -> tuple[Any, ...]:
    """Return `__table_args__` with `constraints` and the options that all tables share."""
    return (*constraints, {"sqlite_autoincrement": True})


def table_of(row: type[StoredRow]) -> Table:
    """Return the table behind a row class."""
    table: Table = row.__table__  # type: ignore[attr-defined]  # set by SQLModel
    return table
