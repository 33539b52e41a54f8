"""Make the sample's parts list: `python -m sample_parts.make_tables`, run in `tests`.

What an ERP system would export: one row for each part and plant, and sixty months of demand. All
numbers, companies and figures are invented; chance comes from one seed for each part, so that the
same script makes the same list.
"""

from __future__ import annotations

import csv
import io
import math
import random
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "resources" / "sample"
MONTHS = 60
_FIRST = (2021, 11)  # the last one is the month before the reference day

SOLA, DISH, WASH = "Recliner Sola", "Dishwasher D620", "Washing machine W940"
VAC, DOOR, VALVE = "Vacuum cleaner Vento 8", "Sliding door ST2", "Control valve CV40"
HATCH, DENTAL, PUMP = "Deck hatch M12", "Occlusal guard OG", "Garden pump GP4"
POLL, RHEIN, FEDER = "Pollmeier Spritzguss", "Rheintal Kunststofftechnik", "Federwerk Lenne"
GUSS, SEIL, MOTOR = "Gießerei Ostmark", "Seilerei Hansen", "Antriebe Brandt"


@dataclass(frozen=True)
class Demand:
    """How often and how much is needed.

    Attributes:
        chance: that a month has any demand.
        size: mean pieces of a month with demand.
        season: share by which summer is above and winter below the mean.
        growth: factor over the five years.
        pack: pieces come in multiples of this.
        since: first month with figures.
    """

    chance: float
    size: float
    season: float = 0.0
    growth: float = 1.0
    pack: int = 1
    since: int = 0


@dataclass(frozen=True)
class Row:
    number: str
    name: str
    product: str
    quantity: int
    file: str
    material: str
    consequence: str
    criticality: str
    price: str
    supplier: str = ""
    minimum: str = ""
    lead: str = ""
    last_order: str = ""
    plants: tuple[tuple[str, str, str, str], ...] = ()  # plant, stock, safety stock, open orders
    demand: Demand | None = None
    price_unit: int = 1
    note: str = ""


def _at(stock: int, safety: int = 0, orders: str = "") -> tuple[tuple[str, str, str, str], ...]:
    return (("Siegen", str(stock), str(safety), orders),)


def _two(one: int, other: int, safety: int = 0) -> tuple[tuple[str, str, str, str], ...]:
    return (("Siegen", str(one), str(safety), ""), ("Linz", str(other), "0", ""))


ROWS = (
    # Garden chair: out of series, supplier's mould worn; the mould maker closes.
    Row("A004711", "Leg cap, oval tube", SOLA, 4, "A004711_leg_cap.stl", "PA12, black", "low",
        "essential", "0.84", POLL, "100", "21", "2025-06-30", _at(44),
        Demand(1, 8.8, 0.4)),
    Row("A004720", "Hinge, backrest", SOLA, 2, "A004720_hinge_rev_a.stl", "PA12 GF30, black",
        "high", "vital", "6.40", POLL, "50", "35", "2026-12-18", _at(86, 20),
        Demand(1, 3.9, 0.2)),
    Row("A004731", "Armrest clip", SOLA, 4, "A004731_armrest_clip.3mf", "PP, grey", "low",
        "essential", "0.62", POLL, "200", "21", "2025-06-30", _at(22),
        Demand(0.8, 7, 0.4, pack=4)),
    Row("A004745", "Gas spring 200 N", SOLA, 1, "", "steel", "high", "vital", "11.90", FEDER,
        "25", "18", "", _at(64, 20, "25"), Demand(1, 3.3, 0.5)),
    Row("A004752", "Ratchet arm, 7 steps", SOLA, 2, "A004752_ratchet_arm.3mf", "PA6 GF30, black",
        "medium", "essential", "4.15", POLL, "100", "35", "2025-06-30", _two(22, 9),
        Demand(1, 2.6, 0.4)),
    Row("A004758", "Tube connector, T", SOLA, 2, "A004758_tube_connector.3mf", "PP, grey",
        "medium", "vital", "2.30", POLL, "100", "35", "2025-06-30", _at(0), Demand(0.9, 2.4, 0.4)),
    # Rail vehicle door: out of series since years, contract until 2041.
    Row("ST2-0117", "Doorstop", DOOR, 2, "ST2-0117_doorstop.3mf", "PA12 FR, black", "medium",
        "essential", "18.60", "Gummi Wels", "200", "84", "2026-03-31", _at(8, 6),
        Demand(0.45, 6, pack=2)),
    Row("ST2-0204", "Door roller", DOOR, 4, "ST2-0204_door_roller.step", "PA12 CF", "medium",
        "vital", "24.90", "Gummi Wels", "150", "84", "2027-02-26", _at(20, 12),
        Demand(0.6, 4, pack=4)),
    Row("ST2-0212", "Bearing bracket", DOOR, 1, "ST2-0212_bearing_bracket.3mf", "AlSi10Mg",
        "high", "vital", "86.00", GUSS, "40", "120", "2026-09-30", _at(5, 2),
        Demand(0.22, 1.4)),
    Row("ST2-0230", "Emergency release handle", DOOR, 1, "ST2-0230_release_handle.3mf",
        "PA12 FR, red", "high", "vital", "41.50", "Gummi Wels", "60", "84", "2026-06-30",
        _at(14, 4), Demand(0.3, 1.5)),
    Row("ST2-0301", "Cover, door drive", DOOR, 1, "ST2-0301_drive_cover.3mf", "PC/ABS FR", "low",
        "desirable", "32.00", "Gummi Wels", "50", "60", "2026-06-30", _at(240),
        Demand(0.35, 1.6)),
    Row("ST2-0308", "Guide shoe, lower", DOOR, 2, "ST2-0308_guide_shoe.step", "POM, black",
        "medium", "essential", "15.20", "Gummi Wels", "100", "60", "2027-04-30", _at(18, 6),
        Demand(0.5, 3, pack=2)),
    # Vacuum cleaner: just out of series.
    Row("V8-1010", "Fan wheel", VAC, 1, "V8-1010_fan_wheel.3mf", "PA66 GF30", "medium", "vital",
        "3.90", RHEIN, "500", "42", "2027-03-31", _two(310, 120, 40), Demand(1, 38, growth=1.6)),
    Row("V8-1022", "Crevice nozzle", VAC, 1, "V8-1022_crevice_nozzle.3mf", "PP, black", "low",
        "desirable", "1.10", RHEIN, "1000", "28", "", _at(860), Demand(1, 52, growth=1.4)),
    Row("V8-1035", "Belt pulley", VAC, 1, "V8-1035_belt_pulley.step", "POM, natural", "medium",
        "essential", "1.75", RHEIN, "500", "42", "2026-12-31", _at(120, 30),
        Demand(1, 17, growth=1.3)),
    Row("V8-1041", "Bin latch", VAC, 1, "V8-1041_bin_latch.stl", "PETG, grey", "low", "essential",
        "0.95", RHEIN, "1000", "42", "2026-09-30", _at(48), Demand(1, 23, growth=2.0)),
    Row("V8-1057", "Rear wheel", VAC, 2, "V8-1057_rear_wheel.3mf", "PP and TPE", "low",
        "essential", "2.20"),
    # Valve plant: in series, but its foundry closes.
    Row("CV40-01", "Valve body DN 40", VALVE, 1, "CV40-01_valve_body.3mf", "1.4408", "high",
        "vital", "412.00", GUSS, "10", "140", "2027-03-31", _at(6, 2), Demand(0.25, 1.3)),
    Row("CV40-07", "Valve plug, equal percentage", VALVE, 1, "CV40-07_valve_plug.3mf", "1.4404",
        "high", "vital", "128.00", "Dreherei Kolb", "5", "35", "", _at(11, 4),
        Demand(0.4, 1.5)),
    Row("CV40-11", "Gland follower", VALVE, 1, "CV40-11_gland_follower.step", "1.4404", "medium",
        "vital", "37.50", GUSS, "20", "140", "2026-08-31", _at(9, 4), Demand(0.42, 1.6)),
    Row("CV40-15", "Handwheel 120", VALVE, 1, "CV40-15_handwheel.step", "EN-GJS-400", "low",
        "essential", "22.40", GUSS, "50", "140", "2027-01-29", _two(8, 4), Demand(0.35, 1.8)),
    Row("CV40-22", "Adapter flange 2 in", VALVE, 1, "", "1.4404", "medium", "essential", "54.00",
        "Dreherei Kolb", "5", "35", "", _at(7, 2), Demand(0.2, 1.2),
        note="Drawn in inches by the licensor."),
    Row("CV40-30", "Spiral gasket DN 40", VALVE, 2, "", "1.4541 and graphite", "high", "vital",
        "6.80", "Dichtungen Voss", "50", "14", "", _at(140, 40), Demand(1, 7)),
    # Ferry: nobody has said until when the hatches are served.
    Row("M12-001", "Hatch frame 2200", HATCH, 1, "M12-001_hatch_frame.3mf", "AlMg4.5Mn0.7",
        "high", "vital", "3850.00", "Werft Nordhafen", "1", "180", "2014-12-31", _at(0),
        Demand(0.04, 1)),
    Row("M12-014", "Ventilation cowl 300", HATCH, 1, "M12-014_ventilation_cowl.3mf", "GRP",
        "medium", "essential", "610.00", "Werft Nordhafen", "2", "120", "2024-12-31", _at(3),
        Demand(0.06, 1.2)),
    Row("M12-022", "Dog handle", HATCH, 6, "M12-022_hatch_dog.step", "CuAl10Ni5Fe4", "high",
        "vital", "74.00", GUSS, "20", "140", "2026-12-31", _at(16, 6), Demand(0.2, 2, pack=2)),
    Row("M12-030", "Fairlead", HATCH, 2, "M12-030_fairlead.3mf", "PA6, cast", "medium",
        "desirable", "96.00", SEIL, "4", "45", "", _at(4), Demand(0.08, 1.5)),
    # Dental practice: made to order.
    Row("OG-101", "Night guard, upper, size M", DENTAL, 1, "OG-101_night_guard.3mf",
        "resin, clear", "medium", "essential", "64.00", "Zahnwerk Weber", "1", "4", "", _at(2),
        Demand(1, 3.2, since=14)),
    Row("OG-107", "Impression tray, lower", DENTAL, 1, "OG-107_impression_tray.3mf",
        "resin, white", "low", "desirable", "9.50", "Zahnwerk Weber", "5", "4", "", _at(12),
        Demand(0.9, 4, since=14)),
    # Dishwasher: leaves the series within the year.
    Row("A003340", "Spray nozzle, lower arm", DISH, 6, "A003340_spray_nozzle.3mf", "POM, natural",
        "medium", "essential", "38.00", RHEIN, "500", "28", "2027-06-30", _at(5200, 400),
        Demand(1, 38), price_unit=100),
    Row("A003341", "Spray arm, lower", DISH, 1, "A003341_spray_arm.3mf", "PP, grey", "medium",
        "vital", "4.60", RHEIN, "300", "42", "2027-06-30", _two(150, 40, 30), Demand(1, 26)),
    Row("A003352", "Filter lid", DISH, 1, "A003352_filter_lid.3mf", "PP, white", "low",
        "desirable", "2.15"),
    Row("A003360", "Basket roller", DISH, 8, "A003360_basket_roller.3mf", "POM, grey", "low",
        "essential", "29.00", RHEIN, "2000", "28", "2027-06-30", _at(14200, 500),
        Demand(1, 96, pack=4), price_unit=100),
    Row("A003371", "Latch lever", DISH, 1, "A003371_latch_lever.step", "PA12, black", "medium",
        "vital", "3.20", RHEIN, "300", "42", "2027-06-30", _at(112, 40), Demand(1, 16)),
    Row("A003384", "Salt cap", DISH, 1, "A003384_salt_cap.3mf", "PP, white", "low", "essential",
        "1.30", RHEIN, "500", "28", "2027-06-30", _at(96, 60), Demand(1, 21)),
    Row("A003390", "Circulation pump motor", DISH, 1, "", "assembly", "high", "vital", "38.40",
        MOTOR, "50", "60", "2027-05-31", _at(58, 20, "50"), Demand(1, 12, growth=1.5)),
    Row("A006017", "Programme knob", f"{DISH}; {WASH}", 1, "A006017_programme_knob.3mf",
        "ABS, white", "low", "essential", "1.48", RHEIN, "300", "28", "2027-06-30", _at(152, 60),
        Demand(1, 13)),
    # Washing machine: leaves the series in the year after next.
    Row("A006022", "Door hinge, goose neck", WASH, 1, "A006022_hinge_arm.step", "ZnAl4Cu1",
        "high", "vital", "5.90", "Zinkdruck Ebert", "400", "56", "2027-09-30", _at(64, 30),
        Demand(1, 15)),
    Row("A006031", "Front, detergent drawer", WASH, 1, "A006031_drawer_front.3mf", "ABS, white",
        "low", "desirable", "3.45", RHEIN, "300", "42", "", _at(410), Demand(1, 18)),
    Row("A006040", "Impeller, drain pump", WASH, 1, "A006040_pump_impeller.stl", "PP GF30",
        "medium", "vital", "1.95", MOTOR, "500", "60", "2027-07-30", _at(88, 20), Demand(1, 19),
        note="The only file is the supplier's export; it is torn."),
    Row("A006052", "Lock hook, door", WASH, 1, "A006052_door_hook.3mf", "PA12, black", "medium",
        "vital", "2.10", RHEIN, "500", "42", "2027-06-30", _at(130, 50), Demand(1, 24)),
    Row("A006063", "Drum pulley", WASH, 1, "A006063_drum_pulley.3mf", "AlSi9Cu3", "medium",
        "essential", "7.80", "Zinkdruck Ebert", "300", "56", "", _at(140, 20),
        Demand(1, 6)),
    Row("A006070", "Machine foot", WASH, 4, "A006070_machine_foot.3mf", "PA6 and steel", "low",
        "desirable", "0.70", "Zinkdruck Ebert", "1000", "28", "", _at(2200), Demand(1, 44)),
    # Garden pump: bought with another company; nobody knows its dates.
    Row("A005131", "Hose nozzle, 1/2 in", PUMP, 1, "A005131_hose_nozzle.3mf", "PP, black", "low",
        "desirable", "0.90", "", "", "", "", _at(260), Demand(0.8, 9, 0.9)),
    Row("A005203", "Check valve housing", PUMP, 1, "A005203_check_valve_housing.3mf",
        "PA6 GF30", "medium", "vital", "7.20", RHEIN, "200", "42", "2027-05-31", _at(38),
        Demand(0.7, 3, 0.9)),
)  # fmt: skip

HEADINGS = (
    *("Part number", "Description", "Used in", "Qty per product", "File", "Material grade"),
    *("Consequence class", "Supply criticality", "Unit price", "Price unit", "Currency"),
    *("Minimum order", "Lead time (days)", "Plant", "Stock", "Safety stock", "Open orders"),
    *("Supplier", "Last order date", "Note"),
)


def month_headings() -> list[str]:
    year, month = _FIRST
    places = [year * 12 + month - 1 + k for k in range(MONTHS)]
    return [f"{place // 12}-{place % 12 + 1:02d}" for place in places]


def demand_of(row: Row) -> list[str]:
    """Return sixty cells; empty before the part existed."""
    if row.demand is None:
        return [""] * MONTHS
    told, chance = row.demand, random.Random(f"Everspare {row.number}")
    cells = []
    for month in range(MONTHS):
        if month < told.since:
            cells.append("")
            continue
        calendar = (_FIRST[1] - 1 + month) % 12
        wave = 1 + told.season * math.sin((calendar - 3) / 12 * 2 * math.pi)
        mean = told.size * wave * told.growth ** ((month - MONTHS / 2) / MONTHS) / told.pack
        needed = chance.random() < told.chance
        pieces = _poisson(chance, mean) if told.chance == 1 else 1 + _poisson(chance, mean - 1)
        cells.append(str(pieces * told.pack if needed else 0))
    return cells


def _poisson(chance: random.Random, mean: float) -> int:
    limit, count, product = math.exp(-max(mean, 0.0)), 0, chance.random()
    while product > limit:
        count += 1
        product *= chance.random()
    return count


def parts_list() -> str:
    """Return the list as CSV text."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*HEADINGS, *month_headings()])
    for row in ROWS:
        supplied = [row.supplier, row.last_order, row.note]
        for place, (plant, stock, safety, orders) in enumerate(row.plants or (("",) * 4,)):
            head = [row.number, row.name, row.product, row.quantity, row.file, row.material,
                    row.consequence, row.criticality, row.price, row.price_unit, "EUR",
                    row.minimum, row.lead, plant, stock, safety, orders, *supplied]  # fmt: skip
            writer.writerow([*head, *(demand_of(row) if place == 0 else [""] * MONTHS)])
    return out.getvalue()


def main() -> None:
    (FOLDER / "spare_parts.csv").write_text(parts_list(), encoding="utf-8")


if __name__ == "__main__":
    main()
