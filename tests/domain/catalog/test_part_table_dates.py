"""Dates as they are written in parts lists; the order of day and month is judged per column."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.catalog.column_mapping import DateOrder
from app.domain.catalog.date_text import (
    DateReading,
    DateTrouble,
    expected_form,
    judge_date_order,
    read_date,
)
from app.domain.catalog.heading_text import read_month

DAY, MONTH = DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST


@pytest.mark.parametrize(
    "text",
    ["03.04.2026", "3.4.2026", "3. 4. 2026", "2026-04-03", "2026/04/03", "20260403",
     "2026-04-03 00:00:00", "2026-04-03T10:15:00Z", "03.04.2026 08:30", "3 April 2026",
     "3. April 2026", "April 3, 2026", "3-Apr-2026", "3rd April 2026"],
)  # fmt: skip
def test_clear_dates_need_no_column(text: str) -> None:
    assert read_date(text, None) == DateReading(date(2026, 4, 3))


@pytest.mark.parametrize(
    "text",
    ["31.02.2027", "30.02.2024", "29.02.2025", "00.01.2026", "32.01.2026", "13.13.2026",
     "31/02/2026",
     "2026-02-30", "20261301", "auf Anfrage", "2026", "Q4 2026", "KW 12/2026", "31.12.26", "soon",
     "45657", "1/2/3", "99/99/2026", "13/2026", "31. Februar 2026"],
)  # fmt: skip
def test_impossible_dates_are_none(text: str) -> None:
    for order in (None, DAY, MONTH):
        assert read_date(text, order) is DateTrouble.NO_DATE


def test_exchangeable_day_and_month_are_not_guessed() -> None:
    assert read_date("03/04/2026", None) is DateTrouble.AMBIGUOUS
    assert read_date("03/04/2026", DAY) == DateReading(date(2026, 4, 3))
    assert read_date("03/04/2026", MONTH) == DateReading(date(2026, 3, 4))
    assert read_date("04/04/2026", None) == DateReading(date(2026, 4, 4))
    assert read_date("13/04/2026", MONTH) is DateTrouble.NO_DATE


@pytest.mark.parametrize(
    ("column", "order"),
    [
        (["03/04/2026", "31/12/2026"], DAY), (["03/04/2026", "12/31/2026"], MONTH),
        (["03/04/2026", "05/06/2026"], None), (["31/12/2026", "12/31/2026"], None),
        (["03-04-2026", "31-12-2026"], DAY), (["31.12.2026"], None),
    ],
)  # fmt: skip
def test_clear_dates_decide_for_the_column(column: list[str], order: DateOrder | None) -> None:
    assert judge_date_order(column) is order


def test_words_of_erp_systems_for_nothing_and_for_ever() -> None:
    assert read_date("00.00.0000", None) == DateReading(None)
    assert read_date("31.12.9999", None) == DateReading(None, endless=True)
    assert read_date("12/9999", None) == DateReading(None, endless=True)
    assert read_date("31.12.1026", None) is DateTrouble.IMPLAUSIBLE
    assert read_date("12/1026", None) is DateTrouble.IMPLAUSIBLE
    assert read_date("2026-00", None) is DateTrouble.NO_DATE
    assert read_date("0000-12", None) is DateTrouble.NO_DATE


def test_month_without_day_means_its_end() -> None:
    for text in ("02.2028", "2028-02", "02/2028", "Februar 2028"):
        assert read_date(text, None) == DateReading(date(2028, 2, 29), month_only=True)


def test_complaint_names_the_form_of_the_column() -> None:
    assert expected_form(["31.12.2026", "2026-01-01", "30.06.2026", "x"], None) == "DD.MM.YYYY"
    assert expected_form(["2026-01-01"], None) == "YYYY-MM-DD"
    assert expected_form(["1/2/2026"], MONTH) == "MM/DD/YYYY"
    assert expected_form(["x"], None) == "DD.MM.YYYY / YYYY-MM-DD"


days = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@given(st.lists(days, min_size=1, max_size=10), st.sampled_from(["%d/%m/%Y", "%m/%d/%Y"]))
def test_slashed_column_is_read_right_or_not_at_all(dates: list[date], form: str) -> None:
    texts = [day.strftime(form) for day in dates]
    order = judge_date_order(texts)
    for day, text in zip(dates, texts, strict=True):
        read = read_date(text, order)
        assert read == DateReading(day) or (order is None and read is DateTrouble.AMBIGUOUS)


@given(days, st.sampled_from(["%d.%m.%Y", "%Y-%m-%d", "%Y%m%d", "%d %B %Y", "%B %d, %Y"]))
def test_other_forms_read_back(day: date, form: str) -> None:
    text = day.strftime(form)
    if form == "%Y%m%d" and day.year < 1900:
        return
    assert read_date(text, None) == DateReading(day)


@given(st.text(max_size=30), st.sampled_from([None, DAY, MONTH]))
def test_any_text_is_a_date_or_a_trouble(text: str, order: DateOrder | None) -> None:
    assert isinstance(read_date(text, order), DateReading | DateTrouble)


@pytest.mark.parametrize(
    "heading",
    ["2024-01", "01.2024", "1/2024", "Jan-24", "Jan 2024", "January 2024", "Januar 2024",
     "Jänner 2024", "2024 Jan", "202401", 202401, date(2024, 1, 1), "2024-01-01", "01.01.2024",
     "Verbrauch 01.2024", "Jan. 24", "Demand Jan 2024"],
)  # fmt: skip
def test_month_headings(heading: str | int | date) -> None:
    assert read_month(heading) == date(2024, 1, 1)


def test_centuries_of_short_years() -> None:
    assert read_month("Jan-98") == date(1998, 1, 1)
    assert read_month("Mrz 02") == date(2002, 3, 1)


@pytest.mark.parametrize(
    "heading", ["Stock", "13.2024", "2024", date(2024, 1, 2), 4711, True, None, "Foo 24"]
)
def test_other_headings_are_no_months(heading: object) -> None:
    assert read_month(heading) is None  # type: ignore[arg-type]
