"""What keys do on the page of a part, in words."""

from app.base.i18n import _


def part_keys() -> tuple[tuple[str, str], ...]:
    """Return what each key does, and the key."""
    return (
        (_("The next step"), _("Ctrl+Enter")),
        (_("Next part of the list"), "J"),
        (_("Previous part of the list"), "K"),
        (_("History"), "H"),
        (_("Back to the list"), _("Esc")),
        (_("Standard views"), "0 … 6"),
        (_("Show the whole part"), "F"),
        (_("Perspective or parallel"), "P"),
        (_("Feature edges"), "E"),
        (_("Turn"), "← ↑ → ↓"),
        (_("Closer, farther"), "+ −"),
    )
