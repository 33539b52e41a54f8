"""Columns of products, milestones, supply, demand and flags."""

from __future__ import annotations

from datetime import date

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from app.domain.lifecycle.flag import Answer, Readiness
from app.domain.lifecycle.product import Confidence, MilestoneKind
from app.storage.column_types import EnumText, JsonTuple, ToldText, ToldTuple
from app.storage.table_base import DerivedRow, RecordedRow, table_args


class ProductRow(RecordedRow, table=True):
    __tablename__ = "product"

    name: str
    name_key: str = Field(unique=True)
    product_group: str
    installed_base: int | None
    annual_failure_rate: float | None
    source: str


class MilestoneRow(RecordedRow, table=True):
    __tablename__ = "milestone"

    product_id: int | None = Field(foreign_key="product.id", index=True)
    part_id: int | None = Field(foreign_key="part.id", index=True)
    kind: MilestoneKind = Field(sa_type=EnumText(MilestoneKind))
    on: date
    market: str
    confidence: Confidence = Field(sa_type=EnumText(Confidence))
    source: str


class WhereUsedRow(RecordedRow, table=True):
    __tablename__ = "where_used"
    __table_args__ = table_args(UniqueConstraint("part_id", "product_id"))

    part_id: int = Field(foreign_key="part.id")
    product_id: int = Field(foreign_key="product.id", index=True)
    quantity: float
    legal_part_kind: str
    failure_share: float | None
    source: str


class SupplyPositionRow(RecordedRow, table=True):
    __tablename__ = "supply_position"
    __table_args__ = table_args(UniqueConstraint("part_id", "plant"))

    part_id: int = Field(foreign_key="part.id")
    plant: str
    stock: float | None
    open_orders: float
    safety_stock: float
    price_amount: str
    price_unit: int
    currency: str
    as_of: date | None
    source: str


class SupplySourceRow(RecordedRow, table=True):
    __tablename__ = "supply_source"
    __table_args__ = table_args(UniqueConstraint("part_id", "supplier"))

    part_id: int = Field(foreign_key="part.id")
    supplier: str
    lead_time_days: int | None
    minimum_order: float | None
    last_order_on: date | None
    as_of: date | None
    source: str


class DemandHistoryRow(RecordedRow, table=True):
    __tablename__ = "demand_history"

    part_id: int = Field(foreign_key="part.id", unique=True)
    first_month: date
    quantities: tuple[float, ...] = Field(sa_type=JsonTuple)
    source: str


class FlagRow(DerivedRow, table=True):
    __tablename__ = "flag"

    part_id: int = Field(foreign_key="part.id", unique=True)
    answer: Answer = Field(sa_type=EnumText(Answer))
    reasons: tuple[str, ...] = Field(sa_type=ToldTuple)
    missing: tuple[str, ...] = Field(sa_type=ToldTuple)
    need_until: date | None
    need_source: str = Field(sa_type=ToldText)
    supply_until: date | None
    decide_by: date | None
    start_by: date | None
    last_safe_start: date | None = Field(index=True)
    readiness: Readiness = Field(sa_type=EnumText(Readiness))
    next_action: str = Field(sa_type=ToldText)
    rank: float = Field(index=True)
    urgency: float
    exposure: float
    breach: bool
    assessed_for: date
    horizon_months: int
    fingerprint: int
