"""Which key signs what leaves the house, and what is needed to open it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from app.base.clock import Clock
from app.base.errors import DocumentError, NotFound
from app.base.i18n import _
from app.documents.signing.passphrase import find_passphrase, keep_passphrase
from app.documents.signing.signature import SigningKey
from app.services.packages.create_key import create_key
from app.services.packages.open_signing_key import find_key_file, open_signing_key
from app.services.sample.demonstration_key import demonstration_key_path, open_demonstration_key

if TYPE_CHECKING:
    from app.storage.library import Library

OpenKey = Callable[[], SigningKey]


class KeyState(Enum):
    READY = "ready"  # environment or keyring holds the passphrase
    LOCKED = "locked"
    MISSING = "missing"
    DEMONSTRATION = "demonstration"  # the sample's own, whose passphrase everybody knows


@dataclass(frozen=True, slots=True)
class KeyFound:
    state: KeyState
    name: str = ""
    fingerprint: str = ""


def look_for_key(library: Library) -> KeyFound:
    """Find this person's key, else that of a sample library; may ask the system's keyring.

    Raises:
        DocumentError: the key file cannot be read.
    """
    try:
        key_file = find_key_file()
    except NotFound:
        if demonstration_key_path(library).exists():
            return KeyFound(KeyState.DEMONSTRATION)
        return KeyFound(KeyState.MISSING)
    try:
        find_passphrase(key_file.name, key_file.fingerprint)
    except DocumentError:
        return KeyFound(KeyState.LOCKED, key_file.name, key_file.fingerprint)
    return KeyFound(KeyState.READY, key_file.name, key_file.fingerprint)


def open_found_key(
    library: Library, found: KeyFound, passphrase: str, *, keep: bool = False
) -> SigningKey:
    """Return the key unlocked.

    Args:
        keep: store a passphrase that fits in the system's keyring.

    Raises:
        DocumentError: no passphrase, or a wrong one.
        NotFound: the key file went meanwhile.
    """
    if found.state is KeyState.DEMONSTRATION:
        demonstration = open_demonstration_key(library)
        if demonstration is None:
            raise NotFound(_("The demonstration key of this library is gone."))
        return demonstration
    key = open_signing_key(prompt=lambda question: passphrase)
    if keep and passphrase:
        keep_passphrase(key.fingerprint, passphrase)
    return key


def make_key(
    name: str, passphrase: str, again: str, *, clock: Clock, keep: bool, path: Path | None = None
) -> SigningKey:
    """Make this person's key and return it unlocked.

    Raises:
        DocumentError: no name, the passphrase is too short, or was not typed alike twice.
        StorageError: the key file exists already or cannot be written.
    """
    if passphrase != again:
        raise DocumentError(_("The two passphrases differ."))
    key_file = create_key(name=name, passphrase=passphrase, clock=clock, path=path, in_keyring=keep)
    return key_file.unlock(passphrase)
