"""Use case: say whose signatures count as genuine."""

from __future__ import annotations

from pathlib import Path

from app.base.errors import AppError, DocumentError, NotFound
from app.base.i18n import _
from app.base.paths import config_dir
from app.documents.signing.key_file import load_key_file
from app.documents.signing.trust_store import (
    load_trust_store,
    save_trust_store,
    with_key,
    without_key,
)
from app.domain.packages.verification import TrustedKey
from app.services.packages.open_signing_key import own_key_path


def trust_store_path() -> Path:
    """Return where this person's trusted keys lie."""
    return config_dir() / "trust.toml"


def fetch_trusted_keys(named: Path | None = None) -> tuple[TrustedKey, ...]:
    """Return the trusted keys: those of a named file alone, else the own key and the trust store.

    Raises:
        NotFound: the named file does not exist.
        DocumentError: it is neither trust file nor key file.
    """
    if named is not None:
        return _load_named(named)
    keys = load_trust_store(trust_store_path())
    own = own_key_path()
    return with_key(keys, load_key_file(own).trusted_key) if own.exists() else keys


def trust_keys_of(file: Path, *, name: str = "") -> tuple[TrustedKey, ...]:
    """Add the keys of a handed-over file to the trust store and return them.

    Args:
        name: under which a single key is kept; "" keeps the name in the file.

    Raises:
        NotFound: the file does not exist.
        DocumentError: it holds no keys.
    """
    added = _load_named(file)
    if not added:
        raise DocumentError(_("{path} holds no keys.").format(path=file))
    if name and len(added) == 1:
        [key] = added
        added = (TrustedKey(name, key.fingerprint, key.public_key, key.demonstration),)
    keys = load_trust_store(trust_store_path())
    for key in added:
        keys = with_key(keys, key)
    save_trust_store(trust_store_path(), keys)
    return added


def distrust_key(named: str) -> None:
    """Take a key out of the trust store, by name or fingerprint.

    Raises:
        NotFound: no trusted key is called so.
    """
    save_trust_store(trust_store_path(), without_key(load_trust_store(trust_store_path()), named))


def hand_over_key(key: TrustedKey, file: Path) -> None:
    """Write a public key to a file that others can trust.

    Raises:
        StorageError: the file cannot be written.
    """
    save_trust_store(file, [key])


def _load_named(file: Path) -> tuple[TrustedKey, ...]:
    if not file.exists():
        raise NotFound(_("There is no file {path}.").format(path=file))
    try:
        return load_trust_store(file)
    except DocumentError as error:
        try:
            return (load_key_file(file).trusted_key,)
        except AppError:
            raise error from None
