"""What keys do on the page of products."""

from __future__ import annotations

from app.base.i18n import _


def page_keys() -> tuple[tuple[str, str], ...]:
    """Return each as (what it does, the key)."""
    return (
        (_("Edit the product"), "E"),
        (_("From the table to the timeline"), "→"),
        (_("Choose a date of the product"), "← →"),
        (_("Move the date by a month"), _("Alt+← →")),
        (_("Move the date by a year"), _("Alt+Shift+← →")),
        (_("Type the date"), "F2"),
        (_("Remove the date"), _("Del")),
        (_("Save the moved date"), _("Ctrl+S")),
        (_("Forget the moved date"), _("Esc")),
        (_("Fewer or more years"), "+ -"),
        (_("Shorter horizon"), "["),
        (_("Longer horizon"), "]"),
        (_("Open the part"), _("Enter")),
        (_("Quick look at the part"), _("Space")),
    )
