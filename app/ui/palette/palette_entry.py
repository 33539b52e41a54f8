"""What the palette can list: a page, a command or a record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.base.i18n import _
from app.domain.inventory.found_record import FoundRecord, RecordKind
from app.ui.actions import ACTIONS, MENUS, Actions, shortcut_text
from app.ui.palette.matching import fit
from app.ui.places import CERTIFICATES, PACKAGES, PART, PRODUCTS, Place


class EntryKind(StrEnum):
    COMMAND = "command"
    PART = "part"
    PRODUCT = "product"
    LOT = "lot"
    PACKAGE = "package"
    CERTIFICATE = "certificate"


@dataclass(frozen=True, slots=True)
class PaletteEntry:
    """One line of the palette.

    Attributes:
        key: identifies it among the recent ones.
        title, detail: what is shown; the detail is muted.
        keys: its shortcut, so that users outgrow the palette.
        refusal: why it cannot be done now; "" if it can.
    """

    kind: EntryKind
    key: str
    title: str
    detail: str
    icon: str
    run: Callable[[], object]
    keys: str = ""
    refusal: str = ""


_ICONS = {
    EntryKind.PART: "cube",
    EntryKind.PRODUCT: "box",
    EntryKind.LOT: "list-numbers",
    EntryKind.PACKAGE: "package-export",
    EntryKind.CERTIFICATE: "certificate",
}
_PAGES = {
    RecordKind.PRODUCT: PRODUCTS,
    RecordKind.LOT: CERTIFICATES,
    RecordKind.PACKAGE: PACKAGES,
    RecordKind.CERTIFICATE: CERTIFICATES,
}


def kind_word(kind: EntryKind) -> str:
    """Return what a kind of entry is called."""
    return {
        EntryKind.COMMAND: _("Command"),
        EntryKind.PART: _("Part"),
        EntryKind.PRODUCT: _("Product"),
        EntryKind.LOT: _("Lot"),
        EntryKind.PACKAGE: _("Package"),
        EntryKind.CERTIFICATE: _("Certificate"),
    }[kind]


def command_entries(actions: Actions) -> list[PaletteEntry]:
    """Return every command of the menus, those that cannot be used now with the reason."""
    menus = {name: title().replace("&", "") for name, title in MENUS}
    return [
        PaletteEntry(
            EntryKind.COMMAND,
            spec.key,
            actions[spec.key].text().replace("&", ""),
            menus[spec.menu],
            spec.icon or "chevron-right",
            actions[spec.key].trigger,
            shortcut_text(actions[spec.key]) or next(iter(spec.letters), ""),
            "" if actions[spec.key].isEnabled() else actions[spec.key].toolTip(),
        )
        for spec in ACTIONS
        if spec.key != "find_or_do"
    ]


def record_entry(record: FoundRecord, go: Callable[[Place], object]) -> PaletteEntry:
    """Return the line that leads to a record."""
    kind = EntryKind(record.kind.value)
    if record.kind is RecordKind.PART:
        place = Place(PART, record.name, "parts")
    else:
        place = Place(_PAGES[record.kind], record.name)
    return PaletteEntry(
        kind,
        f"{kind}:{record.name}",
        record.name,
        record.detail,
        _ICONS[kind],
        lambda: go(place),
    )


def fitting(entries: Sequence[PaletteEntry], query: str) -> list[PaletteEntry]:
    """Return the commands that fit, best first; those that can be used before the others."""
    fits = ((fit(query, f"{entry.title} {entry.detail}"), entry) for entry in entries)
    found = [(score, entry) for score, entry in fits if score is not None]
    return [
        entry for _score, entry in sorted(found, key=lambda pair: (bool(pair[1].refusal), pair[0]))
    ]
