"""Columns of the audit trail."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from app.storage.column_types import ToldText, ZonedDateTime
from app.storage.table_base import StoredRow, table_args


class ChangeSetRow(StoredRow, table=True):
    __tablename__ = "change_set"

    group_id: int = Field(index=True)
    who: str
    at: datetime = Field(sa_type=ZonedDateTime)
    act: str = Field(sa_type=ToldText)
    why: str = Field(sa_type=ToldText)
    undoable: bool
    undoes: int | None = Field(index=True)
    previous_hash: str
    hash: str


class ChangeDetailRow(StoredRow, table=True):
    __tablename__ = "change_detail"
    __table_args__ = table_args(Index("ix_change_detail_record", "table", "row_id"))

    change_set_id: int = Field(foreign_key="change_set.id", index=True)
    table: str
    row_id: int
    field: str
    old: str
    new: str
    row_digest: str
