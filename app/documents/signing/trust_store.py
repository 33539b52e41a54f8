"""Whom we trust: a TOML file of named public keys, fit to be written and compared by people."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path

from app.base.atomic_file import write_atomically
from app.base.errors import DocumentError, NotFound, StorageError
from app.base.i18n import _
from app.documents.signing.signature import (
    KEY_BYTES,
    decode_base64,
    encode_base64,
    fingerprint_of,
)
from app.domain.packages.verification import TrustedKey


def load_trust_store(path: Path) -> tuple[TrustedKey, ...]:
    """Read the trusted keys of a file; a missing file trusts nobody.

    Raises:
        StorageError: the file cannot be read.
        DocumentError: it is no trust file, or a fingerprint does not belong to its key.
    """
    if not path.exists():
        return ()
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
        entries = document.get("key", [])
        return tuple(_load_entry(entry, path) for entry in entries)
    except OSError as error:
        raise StorageError(
            _("The trust file {path} cannot be read: {reason}.").format(
                path=path, reason=error.strerror or str(error)
            )
        ) from error
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise DocumentError(_("{path} is no trust file of Everspare.").format(path=path)) from error


def save_trust_store(path: Path, keys: Iterable[TrustedKey]) -> None:
    """Write trusted keys, sorted by name; also the form in which a public key is handed over.

    Raises:
        StorageError: the file cannot be written.
    """
    import tomli_w

    entries = [
        {
            "name": key.name,
            "fingerprint": key.fingerprint,
            "public_key": encode_base64(key.public_key),
            "demonstration": key.demonstration,
        }
        for key in sorted(keys, key=lambda key: (key.name.casefold(), key.fingerprint))
    ]
    write_atomically(path, tomli_w.dumps({"key": entries}).encode())


def with_key(keys: Sequence[TrustedKey], new: TrustedKey) -> tuple[TrustedKey, ...]:
    """Return the keys with one more; the same key again takes the new name."""
    others = tuple(key for key in keys if key.fingerprint != new.fingerprint)
    return (*others, new)


def without_key(keys: Sequence[TrustedKey], named: str) -> tuple[TrustedKey, ...]:
    """Return the keys without the one of that name or fingerprint.

    Raises:
        NotFound: no key is called so.
    """
    left = tuple(key for key in keys if named not in (key.name, key.fingerprint))
    if len(left) == len(keys):
        raise NotFound(_("No trusted key is called {name}.").format(name=named))
    return left


def _load_entry(entry: dict[str, object], path: Path) -> TrustedKey:
    public_key = decode_base64(entry["public_key"], KEY_BYTES)
    fingerprint = fingerprint_of(public_key)
    if entry.get("fingerprint", fingerprint) != fingerprint:
        raise DocumentError(
            _("{path}: the fingerprint of “{name}” does not belong to its key.").format(
                path=path, name=entry["name"]
            )
        )
    return TrustedKey(
        str(entry["name"]), fingerprint, public_key, entry.get("demonstration") is True
    )
