"""Use case: make ready the key that signs packages and certificates."""

from __future__ import annotations

from pathlib import Path

from app.base.errors import NotFound
from app.base.i18n import _
from app.base.paths import config_dir
from app.documents.signing.key_file import KeyFile, load_key_file
from app.documents.signing.passphrase import Prompt, find_passphrase
from app.documents.signing.signature import SigningKey


def own_key_path() -> Path:
    """Return where this person's key file lies unless another is named."""
    return config_dir() / "signing-key.json"


def open_signing_key(path: Path | None = None, *, prompt: Prompt | None = None) -> SigningKey:
    """Return the unlocked key.

    Args:
        path: key file; None takes this person's own.
        prompt: asks for the passphrase where neither environment nor keyring has it.

    Raises:
        NotFound: there is no key file yet.
        DocumentError: no passphrase, or a wrong one.
    """
    key_file = find_key_file(path)
    return key_file.unlock(find_passphrase(key_file.name, key_file.fingerprint, prompt))


def find_key_file(path: Path | None = None) -> KeyFile:
    """Return the key file without unlocking it; raises as `open_signing_key`."""
    where = path or own_key_path()
    if not where.exists():
        raise NotFound(
            _("There is no key to sign with: {path} does not exist.").format(path=where),
            hint=_("Make one with: everspare key create --name NAME"),
        )
    return load_key_file(where)
