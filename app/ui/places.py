"""The pages there are, by name, key and icon, and what a place in the window is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.base.i18n import _

HOME, PARTS, PART, PRODUCTS = "home", "parts", "part", "products"
WORKLIST, QUALIFICATION, PACKAGES = "worklist", "qualification", "packages"
CERTIFICATES, AUDIT, IMPORT = "certificates", "audit", "import"


@dataclass(frozen=True, slots=True)
class Place:
    """A page, and what of it.

    Attributes:
        subject: on the part page the number of the part, elsewhere the record or the view that a
            link named; "" for the page as it is.
        origin: the list a part was opened from.
    """

    page: str
    subject: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True)
class PageSpec:
    """A page of the rail and of the View menu. What makes it stands in `page_registry`.

    Attributes:
        title: as the rail names it.
        entry: as the menu names it, an ampersand before the access key.
        keys: its shortcut.
    """

    key: str
    title: Callable[[], str]
    entry: Callable[[], str]
    keys: str
    icon: str


PAGES: tuple[PageSpec, ...] = (
    PageSpec(HOME, lambda: _("Home"), lambda: _("&Home"), "Ctrl+1", "home"),
    PageSpec(PARTS, lambda: _("Parts"), lambda: _("&Parts"), "Ctrl+2", "box"),
    PageSpec(PRODUCTS, lambda: _("Products"), lambda: _("P&roducts"), "Ctrl+3", "timeline"),
    PageSpec(WORKLIST, lambda: _("Worklist"), lambda: _("&Worklist"), "Ctrl+4", "list-numbers"),
    PageSpec(
        QUALIFICATION,
        lambda: _("Qualification"),
        lambda: _("&Qualification"),
        "Ctrl+5",
        "columns-3",
    ),
    PageSpec(PACKAGES, lambda: _("Packages"), lambda: _("Pac&kages"), "Ctrl+6", "package-export"),
    PageSpec(
        CERTIFICATES,
        lambda: _("Certificates"),
        lambda: _("&Certificates"),
        "Ctrl+7",
        "certificate",
    ),
    PageSpec(AUDIT, lambda: _("Audit"), lambda: _("&Audit"), "Ctrl+8", "history"),
)
