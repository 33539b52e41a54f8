"""The sample's files, told for the day on which it is made.

The files under `resources/sample` are written for one reference day. All their dates move by whole
months with the day of making, so that a part whose supply ends "in three weeks" still does.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from app.base.paths import resource_path

TABLES = ("products.csv", "spare_parts.csv", "hinge_revision_b.csv")
_DATE = re.compile(r"\b(\d{4})-(\d{2})(?:-(\d{2}))?\b")
_SAFE_DAY = 28  # every month has it


@dataclass(frozen=True, slots=True)
class SampleStory:
    """What the sample holds.

    Attributes:
        folder: of geometry and evidence files.
        tables: text of the CSV files by name, dates moved.
        records: the rest, as `inventory.toml` has it, dates moved.
    """

    folder: Path
    tables: dict[str, str]
    records: dict[str, Any]

    def geometry(self, *, without: str) -> list[Path]:
        """Return the geometry files by name, without those whose name contains `without`."""
        files = sorted((self.folder / "geometry").iterdir())
        return [file for file in files if without not in file.name]

    def evidence(self, name: str) -> Path:
        return self.folder / "evidence" / name


def tell_story(today: date) -> SampleStory:
    """Read the sample's files and move their dates to `today`."""
    folder = resource_path("sample")
    records = tomllib.loads((folder / "inventory.toml").read_text(encoding="utf-8"))
    reference: date = records["reference_day"]
    months = (today.year - reference.year) * 12 + today.month - reference.month
    return SampleStory(
        folder=folder,
        tables={
            name: move_dates((folder / name).read_text(encoding="utf-8"), months) for name in TABLES
        },
        records=_moved(records, months),
    )


def move_dates(text: str, months: int) -> str:
    """Move every YYYY-MM-DD and YYYY-MM in a text by whole months."""

    def moved(found: re.Match[str]) -> str:
        year, month, day = found.groups()
        later = move_date(date(int(year), int(month), int(day or 1)), months)
        return later.isoformat() if day else later.strftime("%Y-%m")

    return _DATE.sub(moved, text)


def move_date(day: date, months: int) -> date:
    """Move a date by whole months; days after the 28th become the 28th where months differ."""
    if months == 0:
        return day
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, min(day.day, _SAFE_DAY))


def _moved(value: Any, months: int) -> Any:
    if isinstance(value, dict):
        return {key: _moved(item, months) for key, item in value.items()}
    if isinstance(value, list):
        return [_moved(item, months) for item in value]
    if isinstance(value, date):
        return move_date(value, months)
    return value
