"""Where the class of each page is: imported late, for start-up, and by the window alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.ui.places import AUDIT, CERTIFICATES, HOME, PACKAGES, PRODUCTS, QUALIFICATION, WORKLIST

if TYPE_CHECKING:
    from app.ui.page import Page


def _load_home() -> type[Page]:
    from app.ui.home.home_page import HomePage

    return HomePage


def _load_products() -> type[Page]:
    from app.ui.products.products_page import ProductsPage

    return ProductsPage


def _load_worklist() -> type[Page]:
    from app.ui.worklist.worklist_page import WorklistPage

    return WorklistPage


def _load_qualification() -> type[Page]:
    from app.ui.board.qualification_page import QualificationPage

    return QualificationPage


def _load_packages() -> type[Page]:
    from app.ui.packages.packages_page import PackagesPage

    return PackagesPage


def _load_audit() -> type[Page]:
    from app.ui.audit.audit_page import AuditPage

    return AuditPage


def _load_certificates() -> type[Page]:
    from app.ui.certificates.certificates_page import CertificatesPage

    return CertificatesPage


# The parts are missing here: their page is made before the library is open.
LOADERS: dict[str, Callable[[], type[Page]]] = {
    HOME: _load_home,
    PRODUCTS: _load_products,
    WORKLIST: _load_worklist,
    QUALIFICATION: _load_qualification,
    PACKAGES: _load_packages,
    CERTIFICATES: _load_certificates,
    AUDIT: _load_audit,
}
