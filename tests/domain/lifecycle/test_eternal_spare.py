"""The whole rule: from rows of parts and products to flags with their words."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.catalog.part import ConsequenceClass
from app.domain.lifecycle.eternal_spare import assess_spares
from app.domain.lifecycle.flag import Answer, Flag, Readiness
from app.domain.lifecycle.spare_flags import make_flags, measure_fingerprints
from helpers import spare_strategies
from helpers.spare_cases import TODAY, PartCase, ProductCase, columns_of

MK1 = ProductCase(
    "Stethoscope Mk1",
    introduced=date(2016, 3, 1),
    last_placed=date(2024, 12, 31),
    end_of_service=date(2034, 12, 31),
    installed_base=8200,
    failure_rate=0.03,
)
MK2 = ProductCase(
    "Stethoscope Mk2", introduced=date(2023, 1, 15), installed_base=2100, failure_rate=0.02
)
IN_MK1, IN_MK2 = [(0, 1.0, None)], [(1, 1.0, None)]
CLOSED = date(2025, 6, 30)
THREE_A_MONTH = [3.0] * 36
SPRING = PartCase(stock=15, suppliers=[CLOSED, CLOSED], uses=IN_MK1, history=THREE_A_MONTH)
Y_PIECE = PartCase(stock=0, suppliers=[CLOSED], uses=IN_MK1, history=[1.0] * 36)
EAR_TUBE = PartCase(
    stock=1500, suppliers=[date(2026, 12, 31)], uses=IN_MK1, history=[1.0, 0.0] * 18
)
RING = PartCase(stock=40, suppliers=[None], uses=IN_MK1, history=[0.0] * 30 + [1.0] * 6)
SET = PartCase(stock=4, suppliers=[None, None], uses=IN_MK2, history=THREE_A_MONTH)


def flags_of(*parts: PartCase, today: date = TODAY, horizon_months: int = 24) -> list[Flag]:
    columns = columns_of(parts, [MK1, MK2])
    verdicts = assess_spares(columns, today=today, horizon_months=horizon_months)
    return make_flags(columns, verdicts, range(len(parts)))


def test_parts_that_outlive_their_supply_are_found() -> None:
    answers = [flag.answer for flag in flags_of(RING, Y_PIECE, EAR_TUBE, SPRING, SET)]

    assert answers == [Answer.NO, Answer.YES, Answer.NO, Answer.YES, Answer.NO]


def test_a_yes_says_why_until_when_and_what_next() -> None:
    [flag] = flags_of(SPRING)

    assert flag.reasons == (
        "Supplier orders closed on 2025-06-30; the stock of 15 covers demand of 3 a month "
        "until 2027-04-23.",
        "Stethoscope Mk1 is to be served until 2034-12-31.",
        "Overdue: the last safe start date was 2025-06-15 (last order on 2025-06-30, less 15 "
        "days to judge and approve).",
        "Start by 2026-12-17 to have printed parts before the stock is gone (the stock lasts until "
        "2027-03-12 with a chance of 90 %, less 85 days: 14 to get the file, 42 to qualify, 10 for "
        "the first order, 5 for transport, 14 in reserve).",
        "Stethoscope Mk1 left series on 2024-12-31.",
    )
    assert flag.need_until == date(2034, 12, 31)
    assert flag.need_source == "end of service of Stethoscope Mk1"
    assert flag.supply_until == date(2027, 4, 23)
    assert flag.decide_by == flag.last_safe_start == date(2025, 6, 15)
    assert flag.start_by == date(2026, 12, 17)
    assert flag.next_action.startswith("Clarify who owns the design")
    assert flag.rank == pytest.approx(flag.urgency * flag.exposure)


def test_a_part_that_is_qualified_is_only_to_be_ordered() -> None:
    [flag] = flags_of(replace(SPRING, readiness=Readiness.QUALIFIED))
    [late] = flags_of(replace(Y_PIECE, readiness=Readiness.QUALIFIED))

    assert flag.decide_by is None
    assert flag.last_safe_start == flag.start_by == date(2027, 2, 11)
    assert flag.reasons[2] == (
        "A qualified print definition exists. Order printed parts by 2027-02-11 (the stock lasts "
        "until 2027-03-12 with a chance of 90 %, less 29 days: 10 for the first order, 5 for "
        "transport, 14 in reserve)."
    )
    assert not any("Overdue" in reason for reason in flag.reasons)
    assert late.reasons[3] == (
        "A qualified print definition exists. Overdue: printed parts had to be ordered by "
        "2026-10-24 (supply ended on 2026-11-22, less 29 days: 10 for the first order, 5 for "
        "transport, 14 in reserve)."
    )


def test_a_qualification_that_is_under_way_is_the_decision() -> None:
    under_way = {"readiness": Readiness.UNDER_WAY, "has_file": True}
    flag, late = flags_of(replace(SPRING, **under_way), replace(Y_PIECE, **under_way))

    assert flag.decide_by is None
    assert flag.last_safe_start == flag.start_by == date(2026, 12, 31)
    assert flag.reasons[2].startswith(
        "A qualification is under way; the last safe start date is 2026-12-31 (the stock lasts"
    )
    assert late.reasons[3].startswith(
        "A qualification is under way; it had to start by 2026-09-12 to have printed parts before "
    )
    assert not any("Overdue" in reason for reason in (*flag.reasons, *late.reasons))


def test_a_qualification_that_started_too_late_is_pressed_on() -> None:
    tested = {
        "readiness": Readiness.UNDER_WAY,
        "right": True,
        "export_assessed": True,
        "consequence": ConsequenceClass.LOW,
        "has_file": True,
        "has_definition": True,
        "as_of": TODAY,
    }
    flag, late = flags_of(replace(SPRING, **tested), replace(Y_PIECE, **tested))

    assert flag.next_action == "Finish the qualification that is under way."
    assert late.next_action == (
        "Finish the qualification without delay: it had to start by 2026-09-12."
    )
    [on_the_day] = flags_of(replace(SPRING, **tested), today=flag.start_by)
    [after] = flags_of(replace(SPRING, **tested), today=flag.start_by + timedelta(days=1))
    assert on_the_day.next_action == flag.next_action
    assert after.next_action != flag.next_action
    assert after.fingerprint != on_the_day.fingerprint


def test_orders_that_are_still_taken_set_the_day_to_decide() -> None:
    closing = replace(SPRING, suppliers=[date(2026, 12, 31)])
    [flag] = flags_of(closing)
    [late] = flags_of(closing, today=date(2026, 12, 20))

    assert flag.reasons[0] == (
        "Suppliers take orders until 2026-12-31; from then on the stock of 15 covers demand of 3 "
        "a month until 2027-06-01."
    )
    assert flag.reasons[2] == (
        "The last safe start date is 2026-12-16 (last order on 2026-12-31, less 15 days to judge "
        "and approve)."
    )
    assert late.reasons[2].startswith(
        "Overdue: the last safe start date was 2026-12-16 (last order"
    )
    assert late.reasons[3].startswith("Start by 2027-01-")


def test_a_last_order_is_called_for_where_printed_parts_come_too_late() -> None:
    [flag] = flags_of(replace(Y_PIECE, suppliers=[date(2026, 12, 31)], has_file=True))

    assert flag.reasons[2:4] == (
        "Overdue: the last safe start date was 2026-10-21 (supply ends on 2026-12-31, less 71 "
        "days: 42 to qualify, 10 for the first order, 5 for transport, 14 in reserve).",
        "Decide on a last order by 2026-12-16 (last order on 2026-12-31, less 15 days to judge "
        "and approve).",
    )


def test_a_stock_that_is_gone_lasted() -> None:
    [flag] = flags_of(replace(SPRING, suppliers=[date(2026, 1, 31)], as_of=date(2026, 1, 31)))

    assert flag.reasons[1] == (
        "Supplier orders closed on 2026-01-31; from then on the stock of 15 covered demand of 3 "
        "a month until 2026-07-02."
    )
    assert "(the stock was to last until 2026-05-21 with a chance of 90 %" in flag.reasons[4]


def test_what_a_stock_is_counted_from_is_told() -> None:
    [flag] = flags_of(replace(SPRING, as_of=date(2026, 1, 31), on_order=5.0))

    assert flag.reasons[:2] == (
        "Service is promised and by this reckoning the stock is used up.",
        "Supplier orders closed on 2025-06-30; the stock of 15 with 5 on order, counted on "
        "2026-01-31, covered demand of 3 a month until 2026-08-20.",
    )


def test_demand_that_is_estimated_is_called_so() -> None:
    columns = columns_of(
        [
            PartCase(stock=100, suppliers=[CLOSED], uses=[(0, 1.0, 0.1)]),
            PartCase(stock=100, suppliers=[CLOSED], uses=[(0, 1.0, 0.0)]),
            PartCase(stock=100, suppliers=[CLOSED], uses=IN_MK1, history=[0.0] * 36),
        ],
        [MK1],
    )
    supply = [
        flag.reasons[0].partition("; ")[2]
        for flag in make_flags(columns, assess_spares(columns, today=TODAY), range(3))
    ]

    assert supply == [
        "the stock of 100 covers an estimated demand of 2.1 a month until 2030-12-15.",
        "no failures are expected and the stock of 100 is taken to last for more than 100 years.",
        "the stock of 100 saw no demand in 36 months and is taken to last for more than 100 years.",
    ]


def test_a_broken_promise_comes_first() -> None:
    spring, y_piece = flags_of(SPRING, Y_PIECE)

    assert y_piece.reasons[0] == "Service is promised and nothing is left to deliver."
    assert y_piece.breach and not spring.breach
    assert y_piece.rank > spring.rank


def test_a_supply_that_ends_after_the_horizon_is_told_but_not_flagged() -> None:
    later = replace(SPRING, stock=100)
    [flag], [far] = flags_of(later), flags_of(later, horizon_months=36)

    assert (flag.answer, far.answer) == (Answer.NO, Answer.YES)
    assert flag.reasons[2] == (
        "Supply ends on 2029-09-01, after the horizon of 24 months: no action is due yet."
    )


def test_a_part_of_a_product_in_series_may_be_eternal_too() -> None:
    [flag] = flags_of(replace(SET, suppliers=[CLOSED]))

    assert flag.answer is Answer.YES
    assert flag.need_until == date.max
    assert "Stethoscope Mk2 is in series; no end is announced." in flag.reasons


def test_a_list_with_nothing_but_an_end_of_production_is_unknown() -> None:
    columns = columns_of(
        [PartCase(stock=333, suppliers=[None], part_last_produced=CLOSED, uses=[(0, 1.0, None)])],
        [ProductCase("Laptop 13")],
    )
    [flag] = make_flags(columns, assess_spares(columns, today=TODAY), [0])

    assert flag.answer is Answer.UNKNOWN
    assert flag.missing == (
        "life-cycle dates of Laptop 13",
        "twelve months of demand, or installed base, annual failure rate, share of the part in the "
        "failures of Laptop 13",
    )
    assert flag.reasons[0] == f"Not known: {'; '.join(flag.missing)}."
    assert flag.next_action == "Enter life-cycle dates of Laptop 13."
    assert flag.rank == 0.0


def test_an_open_supplier_is_not_fine_while_nobody_dated_the_need() -> None:
    columns = columns_of(
        [PartCase(stock=44, suppliers=[None], uses=[(0, 1.0, None)])], [ProductCase("Laptop 13")]
    )
    [flag] = make_flags(columns, assess_spares(columns, today=TODAY), [0])

    assert flag.answer is Answer.UNKNOWN
    assert flag.missing == ("life-cycle dates of Laptop 13",)
    assert flag.supply_until == date.max


def test_a_part_of_many_products_is_told_in_few_words() -> None:
    products = [ProductCase(f"Laptop {number}") for number in range(1, 6)]
    columns = columns_of([PartCase(uses=[(row, 1.0, None) for row in range(5)])], products)
    [flag] = make_flags(columns, assess_spares(columns, today=TODAY), [0])

    assert len(flag.missing) == 8
    assert flag.reasons[0] == (
        "Not known: life-cycle dates of Laptop 1; life-cycle dates of Laptop 2; "
        "life-cycle dates of Laptop 3 and 5 more."
    )
    assert "Until when Laptop 1; Laptop 2; Laptop 3 and 2 more is served is not known." in (
        flag.reasons
    )


def test_equal_verdicts_have_equal_fingerprints_and_changed_words_do_not() -> None:
    def fingerprint(part: PartCase, product: ProductCase = MK1) -> int:
        columns = columns_of([part], [product])
        return int(measure_fingerprints(columns, assess_spares(columns, today=TODAY))[0])

    seen = [
        fingerprint(SPRING),
        fingerprint(replace(SPRING, stock=16)),
        fingerprint(replace(SPRING, suppliers=[])),
        fingerprint(replace(SPRING, right=True)),
        fingerprint(SPRING, replace(MK1, name="Stethoscope")),
        fingerprint(SPRING, replace(MK1, last_placed=date(2024, 12, 30))),
    ]
    assert fingerprint(replace(SPRING)) == seen[0]
    assert len(set(seen)) == len(seen)


PARTS = spare_strategies.parts(st.sampled_from(Readiness), st.booleans())
PRODUCTS = spare_strategies.products(st.sampled_from(spare_strategies.PRODUCT_NAMES))
THREE = st.lists(PRODUCTS, min_size=3, max_size=3)


@settings(max_examples=60)
@given(parts=st.lists(PARTS, min_size=1, max_size=8), products=THREE)
def test_a_column_is_judged_and_worded_as_its_rows(
    parts: list[PartCase], products: list[ProductCase]
) -> None:
    columns = columns_of(parts, products)
    together = make_flags(columns, assess_spares(columns, today=TODAY), range(len(parts)))
    for part, flag in zip(parts, together, strict=True):
        alone = columns_of([part], products)
        [single] = make_flags(alone, assess_spares(alone, today=TODAY), [0])
        assert replace(single, part_id=flag.part_id) == flag


def answer_of(part: PartCase, products: list[ProductCase]) -> Answer:
    columns = columns_of([part], products)
    return make_flags(columns, assess_spares(columns, today=TODAY), [0])[0].answer


@settings(max_examples=60)
@given(part=PARTS, products=THREE)
def test_an_answer_always_comes_with_its_grounds(
    part: PartCase, products: list[ProductCase]
) -> None:
    columns = columns_of([part], products)
    [flag] = make_flags(columns, assess_spares(columns, today=TODAY), [0])

    assert all(flag.reasons) and not any("{" in reason for reason in flag.reasons)
    assert bool(flag.missing) == (flag.answer is Answer.UNKNOWN)
    assert bool(flag.next_action) == (flag.answer is not Answer.NO)
    assert (flag.rank > 0) == (flag.answer is Answer.YES)
    if flag.answer is Answer.NO:
        assert flag.need_until is not None
    if flag.answer is Answer.YES:
        assert flag.supply_until is not None
        assert flag.last_safe_start is not None


@settings(max_examples=60)
@given(part=PARTS, products=THREE, years=st.integers(0, 30))
def test_longer_service_never_turns_yes_into_no(
    part: PartCase, products: list[ProductCase], years: int
) -> None:
    longer = [
        replace(product, end_of_service=product.end_of_service + timedelta(days=365 * years))
        if product.end_of_service
        else product
        for product in products
    ]
    if answer_of(part, products) is Answer.YES:
        assert answer_of(part, longer) is Answer.YES


@settings(max_examples=60)
@given(part=PARTS, products=THREE, more=st.integers(0, 5000))
def test_more_stock_never_turns_no_into_yes(
    part: PartCase, products: list[ProductCase], more: int
) -> None:
    if part.stock is not None and answer_of(part, products) is Answer.NO:
        assert answer_of(replace(part, stock=part.stock + more), products) is Answer.NO


@settings(max_examples=60)
@given(part=PARTS, products=THREE, lost=st.sampled_from(["stock", "suppliers", "uses"]))
def test_losing_an_input_never_makes_a_part_fine(
    part: PartCase, products: list[ProductCase], lost: str
) -> None:
    plain = replace(part, part_last_produced=None, part_last_order=None)
    poorer = replace(plain, **{lost: None if lost == "stock" else ()})
    if answer_of(plain, products) is not Answer.NO:
        assert answer_of(poorer, products) is not Answer.NO


@settings(max_examples=60)
@given(part=PARTS, products=THREE)
def test_coming_nearer_to_printed_parts_never_makes_a_start_due_earlier(
    part: PartCase, products: list[ProductCase]
) -> None:
    """One way from nothing to a qualification: each step leaves as much time as before, or more."""
    way = [
        replace(part, readiness=Readiness.UNKNOWN, has_file=False),
        replace(part, readiness=Readiness.PRINTABLE, has_file=True),
        replace(part, readiness=Readiness.UNDER_WAY, has_file=True),
        replace(part, readiness=Readiness.QUALIFIED, has_file=True),
        replace(part, readiness=Readiness.QUALIFIED, has_file=False),
    ]
    columns = columns_of(way, products)
    flags = make_flags(columns, assess_spares(columns, today=TODAY), range(len(way)))
    starts = [flag.last_safe_start or date.max for flag in flags]
    ranks = [flag.rank for flag in flags]

    assert len({flag.answer for flag in flags}) == 1
    assert starts == sorted(starts)
    assert starts[-1] == starts[-2]
    assert ranks == sorted(ranks, reverse=True)
    for flag in flags[2:]:
        assert flag.decide_by is None
        assert flag.last_safe_start == flag.start_by


@settings(max_examples=200)
@given(part=PARTS, products=THREE, days=st.integers(1, 2000))
def test_a_verdict_that_is_left_alone_still_says_what_it_would_say_today(
    part: PartCase, products: list[ProductCase], days: int
) -> None:
    columns = columns_of([part], products)
    [before] = make_flags(columns, assess_spares(columns, today=TODAY), [0])
    later = TODAY + timedelta(days)
    [after] = make_flags(columns, assess_spares(columns, today=later), [0])
    if before.fingerprint == after.fingerprint:
        assert replace(before, assessed_for=later) == after


def test_no_parts_are_judged_without_complaint() -> None:
    columns = columns_of([])

    assert assess_spares(columns, today=TODAY).answer.size == 0
    assert np.array_equal(measure_fingerprints(columns, assess_spares(columns, today=TODAY)), [])
