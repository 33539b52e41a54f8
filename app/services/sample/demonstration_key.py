"""The sample's signing key: everyone knows its passphrase, so trust in it proves nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.documents.signing.key_file import KeyFile, load_key_file
from app.documents.signing.signature import SigningKey
from app.services.packages.create_key import create_key

if TYPE_CHECKING:
    from app.storage.library import Library

KEY_FILE_NAME = "demonstration-key.json"
DEMONSTRATION_PASSPHRASE = "demonstration only"


def demonstration_key_path(library: Library) -> Path:
    """Return where a sample library keeps its key file."""
    return library.path / KEY_FILE_NAME


def create_demonstration_key(library: Library) -> KeyFile:
    """Make the key of a sample library, or return the one it has."""
    path = demonstration_key_path(library)
    if path.exists():
        return load_key_file(path)
    return create_key(
        name="Everspare demonstration",
        passphrase=DEMONSTRATION_PASSPHRASE,
        clock=library.clock,
        path=path,
        demonstration=True,
    )


def open_demonstration_key(library: Library) -> SigningKey | None:
    """Return the unlocked key of a sample library; None if the library is no sample."""
    path = demonstration_key_path(library)
    return load_key_file(path).unlock(DEMONSTRATION_PASSPHRASE) if path.exists() else None
