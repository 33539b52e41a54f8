"""From columns of verdicts to the flags that are stored and shown."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.domain.lifecycle.day_numbers import Codes, day_number, day_of
from app.domain.lifecycle.eternal_spare import SpareVerdicts
from app.domain.lifecycle.flag import Flag
from app.domain.lifecycle.last_safe_start import READINESS
from app.domain.lifecycle.life_cycle_stage import series_end
from app.domain.lifecycle.spare_columns import SpareColumns
from app.domain.lifecycle.spare_need import ANSWERS
from app.domain.lifecycle.verdict_words import LONG_TIME_DAYS, VerdictWords

# Changed whenever sentences or rules change, so that stored flags are written anew.
WORDING = 4


def make_flags(columns: SpareColumns, verdicts: SpareVerdicts, rows: Iterable[int]) -> list[Flag]:
    """Put the verdicts of the chosen rows into words and dates."""
    return list(word_flags(columns, verdicts, rows, measure_fingerprints(columns, verdicts)))


def word_flags(
    columns: SpareColumns, verdicts: SpareVerdicts, rows: Iterable[int], prints: Codes
) -> Iterator[Flag]:
    """Yield the flags of `make_flags` one by one, for many rows at once.

    Args:
        columns: the inputs that were judged.
        verdicts: what was judged.
        rows: the chosen rows.
        prints: (n,) what `measure_fingerprints` returned.
    """
    words = VerdictWords(columns, verdicts)
    for row in rows:
        yield _flag(columns, verdicts, words, prints, int(row))


def measure_fingerprints(columns: SpareColumns, verdicts: SpareVerdicts) -> Codes:
    """Return one number a part over everything its verdict and its words rest on, (n,) int64.

    Equal numbers mean that a stored flag needs no rewriting, so the costly words are made for the
    parts that differ only.
    """
    supply, demand, need = verdicts.supply, verdicts.demand, verdicts.need
    today = day_number(verdicts.today)
    parts: list[NDArray[Any]] = [
        verdicts.answer,
        verdicts.missing,
        verdicts.next_step,
        columns.steps.readiness,
        columns.supply.stock,
        columns.supply.on_order,
        columns.supply.open_suppliers,
        _name_codes(columns.supply.open_supplier),
        supply.until,
        supply.at_least,
        supply.orders_end,
        supply.orders_end < today,
        supply.order_end_source,
        supply.at_least < today,
        supply.at_least - today > LONG_TIME_DAYS,
        columns.supply.stock_as_of,
        columns.supply.stock_as_of <= today,
        demand.per_month,
        demand.months,
        demand.source,
        need.until,
        need.until < today,
        need.at_least,
        need.source,
        verdicts.deadlines.decide_by,
        verdicts.deadlines.start_by,
        verdicts.deadlines.run_out,
        verdicts.deadlines.run_out < today,
        verdicts.deadlines.decide_by < today,
        _packed(verdicts.deadlines.lead_days),
        verdicts.deadlines.last_safe_start < today,
        verdicts.deadlines.start_by < today,
        verdicts.rank.rank,
        _product_codes(columns, verdicts),
    ]
    frame = f"{WORDING} {verdicts.horizon_months}"
    mixed = np.full(columns.part_ids.size, zlib.crc32(frame.encode()), dtype=np.uint64)
    for column in parts:
        mixed = _mix(mixed, _bits(column))
    return mixed.view(np.int64)


def _flag(
    columns: SpareColumns,
    verdicts: SpareVerdicts,
    words: VerdictWords,
    prints: Codes,
    row: int,
) -> Flag:
    deadlines, rank = verdicts.deadlines, verdicts.rank
    return Flag(
        part_id=int(columns.part_ids[row]),
        answer=ANSWERS[int(verdicts.answer[row])],
        reasons=words.reasons(row),
        missing=words.missing(row),
        need_until=day_of(float(verdicts.need.until[row])),
        need_source=words.need_source(row),
        supply_until=day_of(float(verdicts.supply.until[row])),
        decide_by=day_of(float(deadlines.decide_by[row])),
        start_by=day_of(float(deadlines.start_by[row])),
        last_safe_start=day_of(float(deadlines.last_safe_start[row])),
        readiness=READINESS[int(columns.steps.readiness[row])],
        next_action=words.next_action(row),
        rank=float(rank.rank[row]),
        urgency=float(rank.urgency[row]),
        exposure=float(rank.exposure[row]),
        breach=bool(rank.breach[row]),
        assessed_for=verdicts.today,
        horizon_months=verdicts.horizon_months,
        fingerprint=int(prints[row]),
    )


def _product_codes(columns: SpareColumns, verdicts: SpareVerdicts) -> NDArray[np.uint64]:
    """Return one number a part over the products that its sentences name."""
    products = columns.products
    code = _name_codes(products.names).astype(np.uint64)
    inputs = (products.installed_base, products.annual_failure_rate, products.introduced)
    ends = (products.last_produced, products.last_placed, products.end_of_service)
    left = series_end(products.last_produced, products.last_placed) < day_number(verdicts.today)
    for column in (*inputs, *ends, verdicts.products.stages, left):
        code = _mix(code, _bits(column))
    uses = columns.where_used
    use = _mix(code[uses.product], _bits(uses.failure_share))
    total = np.zeros(columns.part_ids.size, dtype=np.uint64)
    np.add.at(total, uses.part, use)
    return total


def _packed(lead_days: NDArray[np.int16]) -> Codes:
    """Return one number a part over the days of all steps, (n,)."""
    return lead_days.astype(np.int64) @ (1 << (12 * np.arange(lead_days.shape[1])))


def _name_codes(names: Iterable[str]) -> Codes:
    known: dict[str, int] = {}
    codes = [
        known[name] if name in known else known.setdefault(name, zlib.crc32(name.encode()))
        for name in names
    ]
    return np.array(codes, dtype=np.int64)


def _bits(column: NDArray[Any]) -> NDArray[np.uint64]:
    if column.dtype == np.uint64:
        return column.view(np.uint64)
    if column.dtype.kind == "f":
        # + 0.0 makes one zero of two; all nan are one nan.
        clean = np.where(np.isnan(column), np.nan, column.astype(np.float64) + 0.0)
        return clean.view(np.uint64)
    return column.astype(np.int64).view(np.uint64)


def _mix(state: NDArray[np.uint64], column: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Mix a column into the state, (n,); the finalizer of SplitMix64."""
    mixed = (state ^ column) + np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))
