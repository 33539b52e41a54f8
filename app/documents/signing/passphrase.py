"""Where the passphrase of a key file comes from: environment, system keyring, or a person."""

from __future__ import annotations

import os
from collections.abc import Callable

from app.base.errors import DocumentError
from app.base.i18n import _

VARIABLE = "EVERSPARE_PASSPHRASE"
_SERVICE = "everspare"

Prompt = Callable[[str], str]


def find_passphrase(key_name: str, fingerprint: str, prompt: Prompt | None = None) -> str:
    """Return the passphrase of a key.

    Args:
        key_name: shown to the person asked.
        fingerprint: under which the keyring keeps it.
        prompt: asks a person the translated question it is given; None: nobody can be asked.

    Raises:
        DocumentError: there is no passphrase anywhere.
    """
    known = os.environ.get(VARIABLE) or _from_keyring(fingerprint)
    if known:
        return known
    answer = prompt(_("Passphrase of the key “{name}”").format(name=key_name)) if prompt else ""
    if not answer:
        raise DocumentError(
            _("The key “{name}” is locked and no passphrase was given.").format(name=key_name),
            hint=_("Set {variable} or store the passphrase in the system's keyring.").format(
                variable=VARIABLE
            ),
        )
    return answer


def keep_passphrase(fingerprint: str, passphrase: str) -> bool:
    """Store a passphrase in the system's keyring; say whether there is one."""
    import keyring
    from keyring.errors import KeyringError

    try:
        keyring.set_password(_SERVICE, fingerprint, passphrase)
    except (KeyringError, RuntimeError, OSError):
        return False
    return True


def _from_keyring(fingerprint: str) -> str:
    import keyring
    from keyring.errors import KeyringError

    # Without a desktop session the backends fail in several ways; each means "not stored here".
    try:
        return keyring.get_password(_SERVICE, fingerprint) or ""
    except (KeyringError, RuntimeError, OSError):
        return ""
