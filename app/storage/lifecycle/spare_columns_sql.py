"""The statements behind the columns of the eternal-spare rule: numbers only, codes for words.

A day is `date.toordinal()`, which is julianday() of midnight minus a constant. -9e999 (minus
infinity) stands for NULL, because an array of numbers has no None. Words become their place in the
list that the domain keeps. A part's revisions count unless they are obsolete. A qualification holds
for all definitions of the same revision and major version.
"""

from collections.abc import Iterable

from app.domain.lifecycle.last_safe_start import CONSEQUENCES
from app.domain.lifecycle.product import MilestoneKind
from app.domain.lifecycle.spare_need import ANSWERS


def _coded(column: str, words: Iterable[str]) -> str:
    cases = " ".join(f"WHEN '{word}' THEN {code}" for code, word in enumerate(words))
    return f"CASE {column} {cases} END"


def _day(expression: str) -> str:
    return f"coalesce({expression} - 1721424.5, -9e999)"


def _side(axis: int) -> str:
    """Return the SQL for one side of the box (xmin, ymin, zmin, xmax, ymax, zmax)."""
    low, high = (f"json_extract(facts.bounds_mm, '$[{place}]')" for place in (axis, axis + 3))
    return f"coalesce({high} - {low}, -9e999)"


PARTS = f"""
SELECT id, {_coded("consequence_class", CONSEQUENCES)},
       right_to_make <> 'unknown', trim(export_control) <> ''
FROM part ORDER BY id
"""

PRODUCTS = """
SELECT id, coalesce(installed_base, -9e999), coalesce(annual_failure_rate, -9e999)
FROM product ORDER BY id
"""
PRODUCT_NAMES = "SELECT name FROM product ORDER BY id"

# Over several markets a product starts with the first introduction and ends with the last date.
_MILESTONES = f"""
SELECT {{owner}}, {_coded("kind", MilestoneKind)},
       CASE kind WHEN 'introduction' THEN {_day('min(julianday("on"))')}
                 ELSE {_day('max(julianday("on"))')} END
FROM milestone WHERE {{owner}} IS NOT NULL GROUP BY {{owner}}, kind
"""
PRODUCT_MILESTONES = _MILESTONES.format(owner="product_id")
PART_MILESTONES = _MILESTONES.format(owner="part_id")

WHERE_USED = """
SELECT part_id, product_id, quantity, coalesce(failure_share, -9e999)
FROM where_used ORDER BY part_id, product_id
"""

# A stock that is missing at one plant makes the sum unknown; the oldest count dates the sum.
POSITIONS = f"""
SELECT part_id,
       CASE WHEN count(stock) = count(*) THEN sum(stock) ELSE -9e999 END,
       sum(open_orders),
       {_day("min(julianday(as_of))")}
FROM supply_position GROUP BY part_id
"""

SOURCES = f"""
SELECT part_id, count(*), sum(last_order_on IS NULL), {_day("max(julianday(last_order_on))")}
FROM supply_source GROUP BY part_id
"""

OPEN_SUPPLIERS = """
SELECT part_id, min(supplier) FROM supply_source WHERE last_order_on IS NULL GROUP BY part_id
"""

# The series as text without the brackets of its JSON list: numbers apart by commas.
HISTORIES = f"""
SELECT part_id, {_day("julianday(first_month)")}, trim(quantities, '[]')
FROM demand_history ORDER BY part_id
"""

WITH_FILE = """
SELECT DISTINCT revision.part_id FROM geometry
JOIN part_revision AS revision ON revision.id = geometry.revision_id
WHERE revision.state <> 'obsolete'
"""

WITH_DEFINITION = """
SELECT DISTINCT revision.part_id FROM print_definition AS definition
JOIN part_revision AS revision ON revision.id = definition.revision_id
WHERE definition.state = 'released' AND revision.state <> 'obsolete'
"""

_QUALIFICATIONS = """
SELECT DISTINCT revision.part_id FROM qualification
JOIN print_definition AS tested ON tested.id = qualification.definition_id
JOIN part_revision AS revision ON revision.id = tested.revision_id
WHERE revision.state <> 'obsolete'
"""

# Two parameters: today, twice.
QUALIFIED = (
    _QUALIFICATIONS
    + """
AND qualification.state = 'qualified'
AND (qualification.valid_until IS NULL OR qualification.valid_until >= ?)
AND NOT EXISTS (SELECT 1 FROM evidence WHERE evidence.qualification_id = qualification.id
                AND evidence.valid_until < ?)
AND EXISTS (SELECT 1 FROM print_definition AS valid
            WHERE valid.revision_id = tested.revision_id AND valid.major = tested.major
            AND valid.state = 'released')
"""
)

UNDER_WAY = _QUALIFICATIONS + "AND qualification.state IN ('draft', 'under_test', 'in_review')"

WITH_PACKAGE = """
SELECT DISTINCT revision.part_id FROM print_package
JOIN print_definition AS definition ON definition.id = print_package.definition_id
JOIN part_revision AS revision ON revision.id = definition.revision_id
WHERE print_package.trial = 0 AND revision.state <> 'obsolete'
"""

# The oldest master of the newest revision; closed and without a danger that nobody signed for.
GEOMETRY = f"""
SELECT revision.part_id,
       coalesce(facts.watertight, 0) AND NOT (
           facts.findings LIKE '%"danger"%' AND EXISTS (
               SELECT 1 FROM json_each(facts.findings) AS finding
               WHERE json_extract(finding.value, '$.severity') = 'danger'
               AND NOT EXISTS (
                   SELECT 1 FROM ignored_finding AS ignored
                   WHERE ignored.geometry_sha256 = geometry.sha256
                   AND ignored.code = json_extract(finding.value, '$.code')))),
       {_side(0)}, {_side(1)}, {_side(2)}
FROM part_revision AS revision
JOIN geometry ON geometry.id = (
    SELECT min(id) FROM geometry WHERE revision_id = revision.id AND role = 'master')
LEFT JOIN geometry_facts AS facts
       ON facts.sha256 = geometry.sha256 AND facts.unit = geometry.unit
WHERE revision.id = (SELECT max(id) FROM part_revision WHERE part_id = revision.part_id)
"""

MACHINES = """
SELECT build_x_mm, build_y_mm, build_z_mm FROM machine
WHERE build_x_mm IS NOT NULL AND build_y_mm IS NOT NULL AND build_z_mm IS NOT NULL
"""

VERDICTS = f"""
SELECT part_id, fingerprint, {_coded("answer", ANSWERS)} FROM flag ORDER BY part_id
"""
