"""Which records a verdict rests on: a change of one of these kinds calls for judging again.

Names as in `Changes`. A test compares them with the tables that the rule's statements read.
"""

CAUSES = (
    "part",
    "part_revision",
    "geometry",
    "geometry_facts",
    "ignored_finding",
    "product",
    "milestone",
    "where_used",
    "supply_position",
    "supply_source",
    "demand_history",
    "machine",
    "print_definition",
    "qualification",
    "evidence",
    "print_package",
)
