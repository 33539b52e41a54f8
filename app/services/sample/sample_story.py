"""The sample's files, told for the day on which it is made.

The files under `resources/sample` are written for one reference day. All their dates move by whole
months with the day of making, so that a part whose supply ends "in three weeks" still does.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from app.base.paths import resource_path

PRODUCTS, PARTS = "products.csv", "spare_parts.csv"
_RECORDS = ("inventory.toml", "recipes.toml", "qualifications.toml", "deliveries.toml")
_DATE = re.compile(r"\b(\d{4})-(\d{2})(?:-(\d{2}))?\b")
_YEAR = "{year}"
_SAFE_DAY = 28  # every month has it


@dataclass(frozen=True, slots=True)
class SampleStory:
    """What the sample holds.

    Attributes:
        folder: of geometry and evidence files.
        today: the day it is told for.
        tables: text of the CSV files by name, dates moved.
        records: the rest, as the TOML files have it, dates moved.
    """

    folder: Path
    today: date
    tables: dict[str, str]
    records: dict[str, Any]

    def person(self, role: str) -> str:
        name: str = self.records["people"][role]
        return name

    def geometry(self, name: str) -> Path:
        return self.folder / "geometry" / name

    def first_geometry(self) -> list[Path]:
        """Return the files that come with the parts list, by name."""
        later = {entry["file"] for entry in self.records["later_file"]}
        files = sorted((self.folder / "geometry").iterdir())
        return [file for file in files if file.name not in later]

    def evidence(self, name: str) -> Path:
        return self.folder / "evidence" / name

    def ago(self, days: int) -> date:
        return self.today - timedelta(days=days)


def tell_story(today: date) -> SampleStory:
    """Read the sample's files and move their dates to `today`."""
    folder = resource_path("sample")
    records: dict[str, Any] = {}
    for name in _RECORDS:
        records |= tomllib.loads((folder / name).read_text(encoding="utf-8"))
    reference: date = records["reference_day"]
    months = (today.year - reference.year) * 12 + today.month - reference.month
    names = [PRODUCTS, PARTS, *(entry["list"] for entry in records["later_file"])]
    return SampleStory(
        folder=folder,
        today=today,
        tables={
            name: move_dates((folder / name).read_text(encoding="utf-8"), months) for name in names
        },
        records=_moved(records, months, today),
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


def _moved(value: Any, months: int, today: date) -> Any:
    if isinstance(value, dict):
        return {key: _moved(item, months, today) for key, item in value.items()}
    if isinstance(value, list):
        return [_moved(item, months, today) for item in value]
    if isinstance(value, date):
        return move_date(value, months)
    if isinstance(value, str):
        return move_dates(value, months).replace(_YEAR, f"{today.year}")
    return value
