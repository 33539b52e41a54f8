"""Short words for columns, so that a step reads like the table it makes."""

from contextlib import AbstractContextManager

import sqlalchemy as sa
from alembic.operations import BatchOperations, Operations


def text(name: str, *, null: bool = False, to: str = "") -> sa.Column[str]:
    keys = [sa.ForeignKey(to)] if to else []
    return sa.Column(name, sa.Text(), *keys, nullable=null)


def number(name: str, *, null: bool = False, to: str = "") -> sa.Column[int]:
    keys = [sa.ForeignKey(to)] if to else []
    return sa.Column(name, sa.Integer(), *keys, nullable=null)


def real(name: str, *, null: bool = False) -> sa.Column[float]:
    return sa.Column(name, sa.Float(), nullable=null)


def flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def day(name: str, *, null: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Date(), nullable=null)


def unique(*names: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*names)


def make_derived_table(operations: Operations, name: str, *items: sa.schema.SchemaItem) -> None:
    """Make a table whose rows are not versioned; ids are never used twice."""
    key: sa.Column[int] = sa.Column("id", sa.Integer(), primary_key=True, nullable=False)
    operations.create_table(name, key, *items, sqlite_autoincrement=True)


def make_recorded_table(operations: Operations, name: str, *items: sa.schema.SchemaItem) -> None:
    """Make a table whose rows carry a version and a digest."""
    make_derived_table(operations, name, number("version"), text("digest"), *items)


def altering(operations: Operations, name: str) -> AbstractContextManager[BatchOperations]:
    """Alter a table by copying it, so that its ids still are never used twice."""
    return operations.batch_alter_table(name, table_kwargs={"sqlite_autoincrement": True})
