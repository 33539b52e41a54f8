"""Use case: make the key pair that signs what leaves the house."""

from __future__ import annotations

from pathlib import Path

from app.base.clock import Clock
from app.documents.signing.key_file import KeyFile, create_key_file
from app.documents.signing.passphrase import keep_passphrase
from app.services.packages.open_signing_key import own_key_path


def create_key(
    *,
    name: str,
    passphrase: str,
    clock: Clock,
    path: Path | None = None,
    demonstration: bool = False,
    in_keyring: bool = False,
) -> KeyFile:
    """Make a key file; an existing one is never touched.

    Args:
        name: of whoever signs; shown to everyone who verifies.
        path: of the new file; None for this person's own key.
        demonstration: marks the key of a sample; trust in it proves nothing.
        in_keyring: also store the passphrase in the system's keyring, if there is one.

    Raises:
        DocumentError: no name, or the passphrase is too short.
        StorageError: the file exists or cannot be written.
    """
    key_file = create_key_file(
        path or own_key_path(),
        name=name,
        passphrase=passphrase,
        created_at=clock.now(),
        demonstration=demonstration,
    )
    if in_keyring:
        keep_passphrase(key_file.fingerprint, passphrase)
    return key_file
