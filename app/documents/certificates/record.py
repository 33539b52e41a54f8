"""The machine-readable record of a certificate: everything the page says, in canonical JSON."""

from __future__ import annotations

import dataclasses
import hashlib
from datetime import date, datetime
from enum import Enum
from typing import Any

from app.documents.certificates.fonts import check_text
from app.documents.signing.canonical_json import dump_canonical
from app.domain.certificates.certificate_content import CertificateContent

FORMAT = "everspare certificate 1"


def record_json(content: CertificateContent) -> bytes:
    """Return the record; its SHA-256 is printed on the page.

    Raises:
        DocumentError: a text holds what the page could not show either.
    """
    fields = dataclasses.asdict(content)
    plain = {name: _plain(value) for name, value in fields.items()}
    return dump_canonical({"format": FORMAT, **plain})


def record_sha256(record: bytes) -> str:
    return hashlib.sha256(record).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, str) and not isinstance(value, Enum):
        check_text(value)
        return value
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(inner) for inner in value]
    return value
