"""Ed25519 signatures over typed payloads, in the manner of DSSE.

What is signed is the pre-authentication encoding of a payload type and the payload, so that a
signature over one kind of document can never be presented with another.

Source: DSSE specification, protocol.md (PAE); RFC 8032 (Ed25519).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.base.errors import DocumentError
from app.base.i18n import _
from app.documents.signing.canonical_json import dump_canonical, load_canonical

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

KEY_BYTES = 32
SIGNATURE_BYTES = 64
ALGORITHM = "Ed25519"


def pre_authentication_encoding(payload_type: str, payload: bytes) -> bytes:
    """Return the bytes that are signed (DSSE's PAE, version 1)."""
    kind = payload_type.encode()
    return b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(payload), payload)


def fingerprint_of(public_key: bytes) -> str:
    """Return how people compare keys: SHA256: and the unpadded base64 of the key's hash."""
    digest = hashlib.sha256(public_key).digest()
    return "SHA256:" + base64.b64encode(digest).decode().rstrip("=")


@dataclass(frozen=True, slots=True)
class SigningKey:
    """An unlocked private key. Never stored, logged or shown.

    Attributes:
        name: of the organisation or person that signs.
        demonstration: signs samples; trust in it proves nothing.
    """

    name: str
    private_key: Ed25519PrivateKey
    demonstration: bool = False

    @property
    def public_key(self) -> bytes:
        return self.private_key.public_key().public_bytes_raw()

    @property
    def fingerprint(self) -> str:
        return fingerprint_of(self.public_key)

    def sign(self, payload_type: str, payload: bytes) -> Signature:
        """Sign a payload under its type."""
        signed = self.private_key.sign(pre_authentication_encoding(payload_type, payload))
        return Signature(payload_type, self.public_key, signed)


@dataclass(frozen=True, slots=True)
class Signature:
    """A detached signature with the public key that checks it."""

    payload_type: str
    public_key: bytes
    signature: bytes

    @property
    def fingerprint(self) -> str:
        return fingerprint_of(self.public_key)

    def covers(self, payload: bytes) -> bool:
        """Say whether this signature was made over exactly these bytes."""
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        try:
            Ed25519PublicKey.from_public_bytes(self.public_key).verify(
                self.signature, pre_authentication_encoding(self.payload_type, payload)
            )
        except (InvalidSignature, ValueError):
            return False
        return True

    def to_json(self) -> bytes:
        """Return the canonical JSON of the signature."""
        return dump_canonical(
            {
                "algorithm": ALGORITHM,
                "key": encode_base64(self.public_key),
                "keyid": self.fingerprint,
                "payloadType": self.payload_type,
                "sig": encode_base64(self.signature),
            }
        )


def load_signature(data: bytes, payload_type: str) -> Signature:
    """Read a signature and refuse anything that `to_json` would not have written.

    Raises:
        DocumentError: not a signature of this payload type.
    """
    fields = load_canonical(data, _("The signature"))
    key = decode_base64(fields.get("key"), KEY_BYTES)
    signed = decode_base64(fields.get("sig"), SIGNATURE_BYTES)
    signature = Signature(payload_type, key, signed)
    if signature.to_json() != data:
        raise DocumentError(_("The signature is not in its canonical form."))
    return signature


def encode_base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def decode_base64(text: object, size: int) -> bytes:
    """Return the bytes behind padded base64.

    Raises:
        DocumentError: not base64, or not `size` bytes.
    """
    try:
        data = base64.b64decode(text, validate=True) if isinstance(text, str) else b""
    except (binascii.Error, ValueError) as error:
        raise DocumentError(_("A key or signature is not readable.")) from error
    if len(data) != size:
        raise DocumentError(_("A key or signature has the wrong length."))
    return data
