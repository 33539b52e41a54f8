"""What the page of products says when it lists nothing, and the one thing to do then."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from app.base.figures import figure
from app.base.i18n import _, ngettext
from app.domain.lifecycle.product_lane import ProductTotals


class Remedy(Enum):
    NONE = "none"
    CLEAR = "clear"
    SHOW_UNDATED = "show_undated"
    SHOW_DATED = "show_dated"
    ADD = "add"


@dataclass(frozen=True, slots=True)
class Nothing:
    """Drawing, words and action of a page without rows."""

    drawing: str
    title: str
    sentence: str
    action: str
    remedy: Remedy
    primary: bool = True


def describe_nothing(totals: ProductTotals, undated: bool, text: str) -> Nothing:
    """Return why there is no row.

    Args:
        totals: over all products.
        undated: whether those without dates were asked for.
        text: what was searched for.
    """
    if text.strip():
        return Nothing(
            "lens",
            _("No product matches"),
            _("No name or group holds “{text}”.").format(text=text.strip()),
            _("Clear the search"),
            Remedy.CLEAR,
            primary=False,
        )
    if not totals.products:
        return Nothing(
            "shelf",
            _("No products yet"),
            _("Import a parts list that names products, or enter the first one."),
            _("New product…"),
            Remedy.ADD,
        )
    if undated:
        return Nothing(
            "tick",
            _("Every product has a date"),
            _("Nothing is left in the tray."),
            _("Back to the dates"),
            Remedy.SHOW_DATED,
            primary=False,
        )
    action = ngettext("Show {count} without dates", "Show {count} without dates", totals.undated)
    return Nothing(
        "shelf",
        _("No product has a date"),
        _("When supply ends is only known where a product has dates."),
        action.format(count=figure(totals.undated)),
        Remedy.SHOW_UNDATED,
    )
