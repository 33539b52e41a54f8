"""JSON with exactly one form (RFC 8785): what is signed must not be spelled in two ways."""

from __future__ import annotations

import json
from typing import Any

from app.base.errors import DocumentError
from app.base.i18n import _


def dump_canonical(value: Any) -> bytes:
    """Return the one canonical form of a JSON value.

    Raises:
        ValueError: the value has no JSON form (our bug).
    """
    import rfc8785

    try:
        return rfc8785.dumps(value)
    except rfc8785.CanonicalizationError as error:
        raise ValueError(str(error)) from error


def load_canonical(data: bytes, what: str) -> dict[str, Any]:
    """Read a JSON object and refuse every spelling but the canonical one.

    Args:
        data: UTF-8 bytes.
        what: name of the document, for the message.

    Raises:
        DocumentError: no JSON object, or not in canonical form.
    """
    try:
        value = json.loads(data)
        canonical = dump_canonical(value)
    except (ValueError, RecursionError) as error:
        raise DocumentError(_("{what} is not readable.").format(what=what)) from error
    if not isinstance(value, dict) or canonical != data:
        raise DocumentError(_("{what} is not in its canonical form.").format(what=what))
    return value
