"""Values to rows and back, and the digest that makes a changed row show."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import Date, Row

from app.storage.column_types import EnumText, JsonTuple, ZonedDateTime
from app.storage.registry import field_names, float_fields, plain, table_of

V = TypeVar("V")


def canonical_json(value: object) -> str:
    """Return the one JSON form of `value`: sorted keys, no spaces, plain UTF-8."""
    return json.dumps(plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def row_of(value: Any) -> dict[str, Any]:
    """Return the columns of `value`, numbers in the type the database gives back."""
    kind = type(value)
    columns = {name: getattr(value, name) for name in field_names(kind)}
    for name in float_fields(kind):
        if columns[name] is not None:
            columns[name] = float(columns[name])
    return columns


def value_of(kind: type[V], row: Row[Any] | Mapping[str, Any]) -> V:
    """Build the value of `kind` from a row that holds at least its columns."""
    mapping = row._mapping if isinstance(row, Row) else row
    return kind(**{name: mapping[name] for name in field_names(kind)})


def values_of(kind: type[V], rows: Iterable[Sequence[Any]]) -> list[V]:
    """Build values from rows that select exactly the columns of `kind`, in order of its fields."""
    names = field_names(kind)
    return [kind(**dict(zip(names, row, strict=True))) for row in rows]


def plain_row(columns: Mapping[str, Any]) -> dict[str, object]:
    return {name: plain(value) for name, value in columns.items()}


def row_digest(kind: type[Any], columns: Mapping[str, Any]) -> str:
    """Return the SHA-256 over table name and all columns of a row but the digest itself."""
    text = canonical_json([table_of(kind).name, plain_row(columns)])
    return hashlib.sha256(text.encode()).hexdigest()


def from_plain(kind: type[Any], columns: Mapping[str, Any]) -> dict[str, Any]:
    """Undo `plain_row`: give each column back the Python type its table declares."""
    table = table_of(kind)
    result: dict[str, Any] = {}
    for name, value in columns.items():
        result[name] = _typed(table.columns[name].type, value)
    return result


def _typed(column_type: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(column_type, EnumText):
        return column_type.kind(value)
    if isinstance(column_type, ZonedDateTime):
        return datetime.fromisoformat(value)
    if isinstance(column_type, Date):
        return date.fromisoformat(value)
    if isinstance(column_type, JsonTuple):
        return tuple(value)
    return value
