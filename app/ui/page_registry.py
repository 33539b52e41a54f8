"""The pages there are: names, keys, icons, and where each is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.base.i18n import _

if TYPE_CHECKING:
    from app.ui.page import Page

HOME, PARTS, PART, PRODUCTS = "home", "parts", "part", "products"
WORKLIST, QUALIFICATION, PACKAGES = "worklist", "qualification", "packages"
CERTIFICATES, AUDIT, IMPORT = "certificates", "audit", "import"


@dataclass(frozen=True, slots=True)
class PageSpec:
    """A page of the rail and of the View menu.

    Attributes:
        title: as the rail names it.
        entry: as the menu names it, an ampersand before the access key.
        keys: its shortcut.
        load: imports the page's class; None for the parts, which are made before the library is
            open.
    """

    key: str
    title: Callable[[], str]
    entry: Callable[[], str]
    keys: str
    icon: str
    load: Callable[[], type[Page]] | None = None


def _load_home() -> type[Page]:
    from app.ui.home.home_page import HomePage

    return HomePage


def _load_worklist() -> type[Page]:
    from app.ui.worklist.worklist_page import WorklistPage

    return WorklistPage


PAGES: tuple[PageSpec, ...] = (
    PageSpec(HOME, lambda: _("Home"), lambda: _("&Home"), "Ctrl+1", "home", _load_home),
    PageSpec(PARTS, lambda: _("Parts"), lambda: _("&Parts"), "Ctrl+2", "box"),
    PageSpec(
        WORKLIST,
        lambda: _("Worklist"),
        lambda: _("&Worklist"),
        "Ctrl+4",
        "list-numbers",
        _load_worklist,
    ),
)
