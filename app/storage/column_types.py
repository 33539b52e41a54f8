"""How values of the domain become columns and come back unchanged."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Text, TypeDecorator
from sqlalchemy.engine import Dialect

from app.base.told import keep_text, keep_told, read_text, retell
from app.domain.catalog.geometry import Finding, FindingCode, Severity

# Made once: `json.dumps` builds an encoder for every call that asks for more than the defaults.
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class EnumText(TypeDecorator[StrEnum]):
    """A `StrEnum` by its value."""

    impl = Text
    cache_ok = True

    def __init__(self, kind: type[StrEnum]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: StrEnum | str | None, dialect: Dialect) -> str | None:
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:
        return None if value is None else self.kind(value)


class ZonedDateTime(TypeDecorator[datetime]):
    """A time with its zone as ISO 8601 text; the offset is evidence and must survive."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored time needs a zone")
        return value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        return None if value is None else datetime.fromisoformat(value)


class JsonTuple(TypeDecorator[tuple[Any, ...]]):
    """A tuple of plain values as a JSON list."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[Any, ...] | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        return _encode(list(value))

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[Any, ...] | None:
        return None if value is None else tuple(json.loads(value))


class ToldText(TypeDecorator[str]):
    """A sentence that is told in the language of its reader, or a text as somebody typed it."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else keep_text(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else read_text(value)


class ToldTuple(TypeDecorator[tuple[str, ...]]):
    """Such sentences as a JSON list."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        return _encode([keep_told(text) for text in value])

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...] | None:
        return None if value is None else tuple(retell(text) for text in json.loads(value))


class FindingsJson(TypeDecorator[tuple[Finding, ...]]):
    """The findings on a geometry file as a JSON list of objects."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[Finding, ...] | None, dialect: Dialect) -> str:
        kept = [{**asdict(finding), "text": keep_told(finding.text)} for finding in value or ()]
        return json.dumps(kept, ensure_ascii=False)

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[Finding, ...]:
        return tuple(
            Finding(FindingCode(item["code"]), Severity(item["severity"]), retell(item["text"]))
            for item in json.loads(value or "[]")
        )
