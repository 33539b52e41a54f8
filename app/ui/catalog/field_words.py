"""What the columns of a parts list can mean, in the words of the mapping choice."""

from __future__ import annotations

from app.base.i18n import _
from app.domain.catalog.column_headings import PART_FIELDS, PRODUCT_FIELDS, ColumnField
from app.domain.catalog.column_mapping import SheetKind

_F = ColumnField


def field_word(field: ColumnField) -> str:
    """Return the word for a field."""
    return {
        _F.NUMBER: _("Part number"),
        _F.FILE: _("File"),
        _F.NAME: _("Name"),
        _F.USED_IN: _("Product"),
        _F.QUANTITY: _("Quantity per product"),
        _F.MATERIAL: _("Material"),
        _F.CRITICALITY: _("Criticality"),
        _F.CONSEQUENCE_CLASS: _("Consequence class"),
        _F.SUPPLY_CRITICALITY: _("Supply criticality"),
        _F.PRICE: _("Price"),
        _F.PRICE_UNIT: _("Price unit"),
        _F.CURRENCY: _("Currency"),
        _F.MINIMUM_ORDER: _("Minimum order"),
        _F.LEAD_TIME: _("Lead time"),
        _F.STOCK: _("Stock"),
        _F.SAFETY_STOCK: _("Safety stock"),
        _F.OPEN_ORDERS: _("Open orders"),
        _F.LAST_ORDER: _("Last order date"),
        _F.PRODUCTION_END: _("End of production"),
        _F.SUPPLIER: _("Supplier"),
        _F.SUCCESSOR: _("Successor"),
        _F.PLANT: _("Plant"),
        _F.NOTE: _("Note"),
        _F.DEMAND: _("Demand"),
        _F.PRODUCT: _("Product name"),
        _F.PRODUCT_GROUP: _("Product group"),
        _F.INTRODUCTION: _("Introduction"),
        _F.LAST_PRODUCED: _("Last produced"),
        _F.LAST_PLACED: _("Last placed on market"),
        _F.END_OF_SERVICE: _("End of service"),
        _F.INSTALLED_BASE: _("Installed base"),
        _F.FAILURE_RATE: _("Failure rate"),
        _F.IGNORED: _("Leave out"),
    }[field]


def fields_of(kind: SheetKind) -> list[ColumnField]:
    """Return what a column of such a sheet may mean, leaving it out first.

    Demand is not among them: a heading that is a month says so itself.
    """
    allowed = PART_FIELDS if kind is SheetKind.PARTS else PRODUCT_FIELDS
    others = {_F.IGNORED, _F.DEMAND}
    return [_F.IGNORED, *(field for field in ColumnField if field in allowed - others)]
