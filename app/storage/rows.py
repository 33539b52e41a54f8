"""Values to rows and back, and the digest that makes a changed row show."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import Boolean, Date, Float
from sqlalchemy.dialects.sqlite.base import SQLiteDialect

from app.storage.column_types import (
    EnumText,
    FindingsJson,
    JsonTuple,
    ToldText,
    ToldTuple,
    ZonedDateTime,
)
from app.storage.registry import ROW_OF, field_names, float_fields, plain, table_of

V = TypeVar("V")
_DIALECT = SQLiteDialect()
_OWN_TYPES = (EnumText, FindingsJson, JsonTuple, ToldText, ToldTuple, ZonedDateTime)
# Made once: `json.dumps` builds an encoder for every call that asks for more than the defaults.
_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def canonical_json(value: object) -> str:
    """Return the one JSON form of `value`: sorted keys, no spaces, plain UTF-8."""
    return _encode(plain(value))


def row_of(value: Any) -> dict[str, Any]:
    """Return the columns of `value`, numbers in the type the database gives back."""
    kind = type(value)
    columns = {name: getattr(value, name) for name in field_names(kind)}
    for name in float_fields(kind):
        if columns[name] is not None:
            columns[name] = float(columns[name])
    return columns


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


def stored_digest(kind: type[Any], stored: Mapping[str, Any]) -> str:
    """Return the SHA-256 over a derived row, its id and digest left out, as SQLite holds it."""
    text = canonical_json([table_of(kind).name, dict(stored)])
    return hashlib.sha256(text.encode()).hexdigest()


def stored_of(value: Any) -> dict[str, Any]:
    """Return the columns of `value` as SQLite holds them, in the order of its fields."""
    return {
        name: given if bind is None else bind(given)
        for name, bind in _BINDERS[type(value)].items()
        for given in (getattr(value, name),)
    }


def _binder(column_type: Any) -> Callable[[Any], Any] | None:
    if isinstance(column_type, _OWN_TYPES):
        own = column_type
        return lambda value: own.process_bind_param(value, _DIALECT)
    if isinstance(column_type, Boolean):
        return lambda value: None if value is None else int(value)
    if isinstance(column_type, Float):
        return lambda value: None if value is None else float(value)
    if isinstance(column_type, Date):
        return lambda value: None if value is None else value.isoformat()
    return None


# What turns each field into what SQLite holds; None: it already is.
_BINDERS = {
    kind: {name: _binder(table_of(kind).columns[name].type) for name in field_names(kind)}
    for kind in ROW_OF
}


def plain_from_stored(kind: type[Any], stored: Mapping[str, Any]) -> dict[str, Any]:
    """Turn columns as SQLite holds them into the form they have in JSON.

    Raises:
        ValueError: a column does not hold what was written there.
        TypeError: it holds another kind of value.
    """
    types = table_of(kind).columns
    return {name: _unbound(types[name].type, value) for name, value in stored.items()}


def _unbound(column_type: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(column_type, Boolean):
        if type(value) is not int or value not in (0, 1):
            raise ValueError(f"no truth value: {value!r}")
        return bool(value)
    if isinstance(column_type, JsonTuple):
        items = tuple(json.loads(value))
        if column_type.process_bind_param(items, _DIALECT) != value:
            raise ValueError("the same list in other letters")
        return list(items)
    return value


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
