"""A value of the domain and its table say the same: fields are columns, types agree."""

from __future__ import annotations

import typing
from dataclasses import fields
from datetime import date, datetime
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any

import pytest
from sqlalchemy import Boolean, Date, Float, Integer, String
from sqlmodel.sql.sqltypes import AutoString

from app.storage.column_types import (
    EnumText,
    FindingsJson,
    JsonTuple,
    ToldText,
    ToldTuple,
    ZonedDateTime,
)
from app.storage.registry import DERIVED, RECORDED, ROW_OF, TRAIL, table_of

KINDS = sorted(ROW_OF, key=lambda kind: kind.__name__)
BOOKKEEPING = {"digest"}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_fields_are_columns(kind: type[Any]) -> None:
    columns = {column.name for column in table_of(kind).columns}
    assert columns - {field.name for field in fields(kind)} == (
        BOOKKEEPING if kind not in TRAIL else set()
    )
    assert {field.name for field in fields(kind)} <= columns


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_column_types_hold_the_field_types(kind: type[Any]) -> None:
    for name, hint in typing.get_type_hints(kind).items():
        column = table_of(kind).columns[name]
        options = typing.get_args(hint) if isinstance(hint, UnionType) else (hint,)
        assert column.nullable == (NoneType in options), f"{kind.__name__}.{name}"
        wanted = next(option for option in options if option is not NoneType)
        assert isinstance(column.type, expected_type(wanted)), f"{kind.__name__}.{name}"


def expected_type(hint: Any) -> type | tuple[type, ...]:
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return EnumText
    if typing.get_origin(hint) is tuple:
        return (JsonTuple, FindingsJson, ToldTuple)
    known = {
        bool: Boolean,
        int: Integer,
        float: Float,
        datetime: ZonedDateTime,
        date: Date,
    }
    return known.get(hint, (String, AutoString, ToldText))


def test_every_recorded_value_is_versioned() -> None:
    for kind in RECORDED:
        names = {field.name for field in fields(kind)}
        assert {"id", "version"} <= names, kind.__name__
    for kind in DERIVED:
        assert "version" not in {field.name for field in fields(kind)}
