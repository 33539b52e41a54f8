"""The statements behind the columns of the eternal-spare rule; all ordered by id where it matters.

A part's revisions count unless they are obsolete. A qualification holds for all definitions of the
same revision and major version.
"""

PARTS = """
SELECT id, consequence_class, right_to_make <> 'unknown', trim(export_control) <> ''
FROM part ORDER BY id
"""

PRODUCTS = """
SELECT id, name, installed_base, annual_failure_rate FROM product ORDER BY id
"""

# Over several markets a product starts with the first introduction and ends with the last date.
_MILESTONES = """
SELECT {owner}, kind,
       CASE kind WHEN 'introduction' THEN min(julianday("on")) ELSE max(julianday("on")) END
FROM milestone WHERE {owner} IS NOT NULL GROUP BY {owner}, kind
"""
PRODUCT_MILESTONES = _MILESTONES.format(owner="product_id")
PART_MILESTONES = _MILESTONES.format(owner="part_id")

WHERE_USED = """
SELECT part_id, product_id, quantity, failure_share
FROM where_used ORDER BY part_id, product_id
"""

# A stock that is missing at one plant makes the sum unknown; the oldest count dates the sum.
POSITIONS = """
SELECT part_id,
       CASE WHEN count(stock) = count(*) THEN sum(stock) END,
       sum(open_orders),
       min(julianday(as_of))
FROM supply_position GROUP BY part_id
"""

SOURCES = """
SELECT part_id, count(*), sum(last_order_on IS NULL), max(julianday(last_order_on)),
       coalesce(min(CASE WHEN last_order_on IS NULL THEN supplier END), '')
FROM supply_source GROUP BY part_id
"""

HISTORIES = """
SELECT part_id, julianday(first_month), quantities FROM demand_history ORDER BY part_id
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
GEOMETRY = """
SELECT revision.part_id, facts.bounds_mm,
       coalesce(facts.watertight, 0) AND NOT (
           facts.findings LIKE '%"danger"%' AND EXISTS (
               SELECT 1 FROM json_each(facts.findings) AS finding
               WHERE json_extract(finding.value, '$.severity') = 'danger'
               AND NOT EXISTS (
                   SELECT 1 FROM ignored_finding AS ignored
                   WHERE ignored.geometry_sha256 = geometry.sha256
                   AND ignored.code = json_extract(finding.value, '$.code'))))
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
