"""The private key in a file of its own, encrypted with a passphrase.

scrypt makes guessing slow, AES-256-GCM encrypts the 32 bytes and authenticates everything else in
the file, so that neither name nor public key can be exchanged. The file is made for its owner only.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from app.base.atomic_file import write_atomically
from app.base.errors import DocumentError, StorageError
from app.base.i18n import _
from app.documents.signing.canonical_json import dump_canonical
from app.documents.signing.signature import (
    KEY_BYTES,
    SigningKey,
    decode_base64,
    encode_base64,
    fingerprint_of,
)
from app.domain.packages.verification import TrustedKey

FORMAT = "everspare key 1"
SCRYPT_N = 2**16
_SCRYPT_R, _SCRYPT_P = 8, 1
_SALT_BYTES, _NONCE_BYTES, _TAG_BYTES = 16, 12, 16
MIN_PASSPHRASE = 8
_MAX_FILE_BYTES = 10_000


@dataclass(frozen=True, slots=True)
class KeyFile:
    """A key file as read: who it belongs to is known, the private key is still locked.

    Attributes:
        header: the authenticated, readable part of the file.
        sealed: the encrypted private key.
    """

    path: Path
    header: Mapping[str, Any]
    nonce: bytes
    sealed: bytes
    public_key: bytes

    @property
    def name(self) -> str:
        return str(self.header["name"])

    @property
    def fingerprint(self) -> str:
        return fingerprint_of(self.public_key)

    @property
    def trusted_key(self) -> TrustedKey:
        """This key as an entry of a trust store: own keys are trusted."""
        demonstration = bool(self.header["demonstration"])
        return TrustedKey(self.name, self.fingerprint, self.public_key, demonstration)

    def unlock(self, passphrase: str) -> SigningKey:
        """Return the key, ready to sign.

        Raises:
            DocumentError: wrong passphrase, or the file was changed.
        """
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        secret = _derive(passphrase, decode_base64(self.header["salt"], _SALT_BYTES))
        try:
            raw = AESGCM(secret).decrypt(self.nonce, self.sealed, dump_canonical(self.header))
        except InvalidTag as error:
            raise DocumentError(
                _("The passphrase does not open the key file {path}.").format(path=self.path)
            ) from error
        private_key = Ed25519PrivateKey.from_private_bytes(raw)
        key = SigningKey(self.name, private_key, bool(self.header["demonstration"]))
        if key.public_key != self.public_key:
            raise DocumentError(
                _("Private and public key in {path} do not belong together.").format(path=self.path)
            )
        return key


def create_key_file(
    path: Path,
    *,
    name: str,
    passphrase: str,
    created_at: datetime,
    demonstration: bool = False,
) -> KeyFile:
    """Make a new key pair and keep it encrypted in a new file (0600).

    Raises:
        DocumentError: no name, or a passphrase of fewer than eight characters.
        StorageError: the file exists already or cannot be written.
    """
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if not name.strip():
        raise DocumentError(_("A key needs the name of whoever signs with it."))
    if len(passphrase) < MIN_PASSPHRASE:
        raise DocumentError(
            _("The passphrase is too short: at least {count} characters.").format(
                count=MIN_PASSPHRASE
            )
        )
    private_key = Ed25519PrivateKey.generate()
    salt, nonce = os.urandom(_SALT_BYTES), os.urandom(_NONCE_BYTES)
    header = {
        "format": FORMAT,
        "name": name.strip(),
        "created_at": created_at.isoformat(timespec="seconds"),
        "demonstration": demonstration,
        "public_key": encode_base64(private_key.public_key().public_bytes_raw()),
        "kdf": "scrypt",
        "n": SCRYPT_N,
        "r": _SCRYPT_R,
        "p": _SCRYPT_P,
        "salt": encode_base64(salt),
        "cipher": "AES-256-GCM",
    }
    sealed = AESGCM(_derive(passphrase, salt)).encrypt(
        nonce, private_key.private_bytes_raw(), dump_canonical(header)
    )
    document = {**header, "nonce": encode_base64(nonce), "sealed": encode_base64(sealed)}
    text = json.dumps(document, indent=2, ensure_ascii=False) + "\n"
    write_atomically(path, text.encode(), private=True, overwrite=False)
    return load_key_file(path)


def load_key_file(path: Path) -> KeyFile:
    """Read a key file without unlocking it.

    Raises:
        StorageError: the file is missing or cannot be read.
        DocumentError: it is no key file of ours.
    """
    try:
        with path.open("rb") as handle:
            data = handle.read(_MAX_FILE_BYTES)
    except OSError as error:
        raise StorageError(
            _("The key file {path} cannot be read: {reason}.").format(
                path=path, reason=error.strerror or str(error)
            )
        ) from error
    try:
        document = json.loads(data)
        nonce = decode_base64(document.pop("nonce"), _NONCE_BYTES)
        sealed = decode_base64(document.pop("sealed"), KEY_BYTES + _TAG_BYTES)
        public_key = decode_base64(document["public_key"], KEY_BYTES)
        ours = (document["format"], document["kdf"], document["n"], document["r"], document["p"])
        texts = (document["name"], document["salt"])
        sound = ours == (FORMAT, "scrypt", SCRYPT_N, _SCRYPT_R, _SCRYPT_P) and all(
            isinstance(text, str) for text in texts
        )
        sound = sound and isinstance(document["demonstration"], bool)
    except (ValueError, KeyError, TypeError, AttributeError, DocumentError) as error:
        raise _no_key_file(path) from error
    if not sound:
        raise _no_key_file(path)
    return KeyFile(path, document, nonce, sealed, public_key)


def _no_key_file(path: Path) -> DocumentError:
    return DocumentError(_("{path} is no key file of Everspare.").format(path=path))


def _derive(passphrase: str, salt: bytes) -> bytes:
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    kdf = Scrypt(salt=salt, length=32, n=SCRYPT_N, r=_SCRYPT_R, p=_SCRYPT_P)
    return kdf.derive(passphrase.encode())
