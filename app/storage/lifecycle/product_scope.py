"""Narrows the statements of the eternal-spare rule to the parts of one product.

A common table expression hides the table of the same name, so every statement stays as it is and
reads a few rows instead of a million. `main.` names the table itself.
"""

from __future__ import annotations

from app.domain.lifecycle.product import Milestone

_PARTS = "SELECT part_id FROM main.where_used WHERE product_id = {product}"
_OF_PARTS = "SELECT * FROM main.{table} WHERE part_id IN (SELECT id FROM part)"
_OF_REVISIONS = "SELECT * FROM main.{table} WHERE revision_id IN (SELECT id FROM part_revision)"
_OF_DEFINITIONS = (
    "SELECT * FROM main.{table} WHERE definition_id IN (SELECT id FROM print_definition)"
)
# The parts may be used in other products too, whose dates count as much.
_PRODUCTS = """
SELECT * FROM main.product
WHERE id = {product} OR id IN (SELECT product_id FROM where_used)
"""
_MILESTONES = """
SELECT product_id, part_id, kind, "on" FROM main.milestone
WHERE part_id IN (SELECT id FROM part)
UNION ALL
SELECT product_id, part_id, kind, "on" FROM main.milestone
WHERE product_id IN (SELECT id FROM product)
"""
_BUT = " AND NOT (product_id = {product} AND kind = '{kind}' AND market = '{market}')"
_INSTEAD = " UNION ALL SELECT {product}, NULL, '{kind}', '{on}'"


def product_scope(product_id: int, instead: Milestone | None = None) -> str:
    """Return what stands before a statement: the product's parts and whatever belongs to them.

    Args:
        instead: of this product; takes the place of the stored milestone of its kind and market.
    """
    milestones = _MILESTONES.strip()
    if instead is not None:
        values = {
            "product": int(product_id),
            "kind": instead.kind.value,
            "market": instead.market.replace("'", "''"),
            "on": instead.on.isoformat(),
        }
        milestones += _BUT.format(**values) + _INSTEAD.format(**values)
    parts = _PARTS.format(product=int(product_id))
    hidden = {
        "part": f"SELECT * FROM main.part WHERE id IN ({parts})",
        "where_used": _OF_PARTS.format(table="where_used"),
        "product": _PRODUCTS.format(product=int(product_id)),
        "milestone": milestones,
        "supply_position": _OF_PARTS.format(table="supply_position"),
        "supply_source": _OF_PARTS.format(table="supply_source"),
        "demand_history": _OF_PARTS.format(table="demand_history"),
        "part_revision": _OF_PARTS.format(table="part_revision"),
        "geometry": _OF_REVISIONS.format(table="geometry"),
        "print_definition": _OF_REVISIONS.format(table="print_definition"),
        "qualification": _OF_DEFINITIONS.format(table="qualification"),
        "print_package": _OF_DEFINITIONS.format(table="print_package"),
    }
    listed = ", ".join(f"{name} AS ({query})" for name, query in hidden.items())
    return f"WITH {listed} "
