"""What a row changes in stored records, and what it leaves alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from app.domain.catalog.column_headings import ColumnField
from app.domain.catalog.part import ConsequenceClass, Part, SupplyCriticality, number_key
from app.domain.catalog.part_table import PartRow, ProductRow
from app.domain.lifecycle.product import MilestoneKind, Product, WhereUsed
from app.domain.lifecycle.supply import DemandHistory, SupplyPosition, SupplySource
from app.services.catalog.import_plan import PlannedPart
from app.services.catalog.import_values import (
    Origin,
    demand_from,
    part_from,
    part_milestones,
    position_from,
    product_from,
    product_milestones,
    same_content,
    supplier_from,
    where_used_from,
)

F = ColumnField
ORIGIN = Origin("list.csv", date(2026, 11, 23))
ALL = frozenset(F)


def row(number: str = "1", stated: frozenset[F] = ALL, **more: object) -> PartRow:
    return PartRow(
        sheet="s", row=2, number=number, number_key=number_key(number), stated=stated, **more
    )  # type: ignore[arg-type]


def planned(values: PartRow) -> PlannedPart:
    return PlannedPart(values.number, values.name, values)


STORED = Part(
    id=5, version=2, number="0001", number_key="1", name="Griff", material="ABS",
    consequence_class=ConsequenceClass.HIGH, supply_criticality=SupplyCriticality.VITAL,
    design_owner="us", successor="9", note="n", source="old.csv",
)  # fmt: skip


def test_a_new_part_takes_everything_from_its_row() -> None:
    part = part_from(
        planned(row(name="Ring", material="PLA", successor="7", note="x")), None, ORIGIN
    )
    assert (part.number, part.name, part.material) == ("1", "Ring", "PLA")
    assert (part.successor, part.note, part.source) == ("7", "x", "list.csv")


def test_blank_cells_leave_what_describes_a_part() -> None:
    after = part_from(planned(row()), STORED, ORIGIN)
    assert same_content(STORED, after)
    assert after.number == "0001"


def test_filled_cells_replace_it_and_nothing_else() -> None:
    values = row(name="Neu", consequence_class=ConsequenceClass.LOW)
    after = part_from(planned(values), STORED, ORIGIN)
    assert after == replace(
        STORED, name="Neu", consequence_class=ConsequenceClass.LOW, source="list.csv"
    )


def test_a_file_alone_changes_no_stored_part() -> None:
    assert part_from(PlannedPart("1", "1", None), STORED, ORIGIN) is STORED


def test_blank_figures_are_not_known_any_more() -> None:
    before = SupplyPosition(
        id=3, part_id=5, plant="A", stock=7.0, open_orders=2.0, safety_stock=1.0,
        price_amount="3.5", currency="EUR", as_of=date(2026, 1, 1), source="old.csv",
    )  # fmt: skip
    after = position_from(row(plant="A"), 5, before, ORIGIN)
    assert after == SupplyPosition(id=3, part_id=5, plant="A", as_of=ORIGIN.on, source="list.csv")


def test_figures_without_a_column_stay() -> None:
    before = SupplyPosition(id=3, part_id=5, stock=7.0, price_amount="3.5", currency="EUR")
    after = position_from(row(stated=frozenset({F.STOCK}), stock=8.0), 5, before, ORIGIN)
    assert after is not None
    assert (after.stock, after.price_amount, after.currency) == (8.0, "3.5", "EUR")
    assert position_from(row(stated=frozenset({F.NAME})), 5, None, ORIGIN) is None


def test_a_last_order_date_ends_every_supplier_of_the_row() -> None:
    values = row(suppliers=("A", "B"), last_order_on=date(2025, 6, 30), lead_time_days=60)
    for name in values.suppliers:
        source = supplier_from(values, 5, name, None, ORIGIN)
        assert (source.supplier, source.last_order_on) == (name, date(2025, 6, 30))
        assert source.lead_time_days == 60


def test_supplier_figures_without_a_column_stay() -> None:
    before = SupplySource(id=2, part_id=5, supplier="A", lead_time_days=60, minimum_order=10.0)
    after = supplier_from(row(stated=frozenset({F.SUPPLIER})), 5, "A", before, ORIGIN)
    assert same_content(before, after)


def test_a_persons_classification_of_a_use_stays() -> None:
    before = WhereUsed(id=1, part_id=5, product_id=6, quantity=2.0, legal_part_kind="door gasket")
    assert same_content(before, where_used_from(row(), 5, 6, before, ORIGIN))
    after = where_used_from(row(quantity=4.0), 5, 6, before, ORIGIN)
    assert (after.quantity, after.legal_part_kind) == (4.0, "door gasket")


def test_product_figures_stay_where_cells_are_blank() -> None:
    before = Product(
        id=1, name="Mk1", name_key="mk1", installed_base=8200, annual_failure_rate=0.03
    )
    blank = ProductRow(sheet="s", row=2, name="Mk1", stated=ALL)
    assert same_content(before, product_from(blank, before, ORIGIN))
    changed = product_from(replace(blank, installed_base=0, product_group="toys"), before, ORIGIN)
    assert (changed.installed_base, changed.annual_failure_rate) == (0, 0.03)
    assert changed.product_group == "toys"


def test_only_stated_columns_speak_of_milestones() -> None:
    values = ProductRow(
        sheet="s", row=2, name="Mk1", stated=frozenset({F.LAST_PLACED, F.END_OF_SERVICE}),
        last_placed_on=date(2024, 12, 31),
    )  # fmt: skip
    assert product_milestones(values) == {
        MilestoneKind.LAST_PLACED: date(2024, 12, 31),
        MilestoneKind.END_OF_SERVICE: None,
    }


def test_an_end_of_production_is_the_parts_own_unless_all_its_products_agree() -> None:
    ends = row(production_end_on=date(2025, 6, 30), used_in=("Mk1", "Mk2"))
    own = {MilestoneKind.LAST_PRODUCED: date(2025, 6, 30), MilestoneKind.LAST_ORDER: None}
    assert part_milestones(ends, frozenset()) == own
    assert part_milestones(ends, frozenset({"mk1"})) == own
    assert part_milestones(ends, frozenset({"mk1", "mk2"})) == dict.fromkeys(own)
    assert part_milestones(replace(ends, used_in=()), frozenset({"mk1"})) == own
    assert part_milestones(replace(ends, stated=frozenset()), frozenset()) == {}


def test_sameness_ignores_only_source_and_date() -> None:
    one = SupplyPosition(part_id=1, stock=5.0, as_of=date(2026, 1, 1), source="a")
    assert same_content(one, replace(one, as_of=date(2026, 2, 1), source="b"))
    assert not same_content(one, replace(one, stock=6.0))
    assert not same_content(STORED, replace(STORED, name="x"))


months = st.tuples(
    st.integers(0, 40), st.lists(st.integers(0, 9).map(float), min_size=1, max_size=20)
)


def history(start: int, quantities: list[float]) -> dict[str, object]:
    return {"demand_from": date(2020 + start // 12, start % 12 + 1, 1), "demand": tuple(quantities)}


@given(months, months)
def test_demand_histories_join_where_they_touch(
    old: tuple[int, list[float]], new: tuple[int, list[float]]
) -> None:
    stored = demand_from(row(**history(*old)), 5, None, ORIGIN)
    assert stored is not None
    joined = demand_from(row(**history(*new)), 5, replace(stored, id=9), ORIGIN)
    assert isinstance(joined, DemandHistory)
    assert joined.id == 9
    known = dict(enumerate(old[1], old[0]))
    fresh = dict(enumerate(new[1], new[0]))
    touch = old[0] <= max(fresh) + 1 and new[0] <= max(known) + 1
    expected = {**known, **fresh} if touch else fresh
    start = (joined.first_month.year - 2020) * 12 + joined.first_month.month - 1
    assert dict(enumerate(joined.quantities, start)) == expected
    assert demand_from(row(**history(*new)), 5, joined, ORIGIN) == joined


def test_no_months_leave_the_history() -> None:
    assert demand_from(row(), 5, None, ORIGIN) is None
