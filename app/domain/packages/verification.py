"""What a check of a signed file found, and whom its reader trusts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Verdict(StrEnum):
    """Answer to: is this file what it claims to be?"""

    GENUINE = "genuine"  # intact and signed by a trusted key
    NO_LONGER_CURRENT = "no_longer_current"  # genuine, but expired, superseded or withdrawn
    UNKNOWN_SIGNER = "unknown_signer"  # intact, but nobody here trusts the key
    NOT_GENUINE = "not_genuine"  # changed, incomplete or not signed


class SignedKind(StrEnum):
    PACKAGE = "package"
    CERTIFICATE = "certificate"
    TRAIL = "trail"
    OTHER = "other"


class LogRecord(StrEnum):
    """What the log of the library at hand has of a file."""

    NOT_ASKED = "not_asked"
    OF_ANOTHER_LIBRARY = "of_another_library"
    MISSING = "missing"  # although the file names this library
    KNOWN = "known"


@dataclass(frozen=True, slots=True)
class TrustedKey:
    """A public key somebody vouches for.

    Attributes:
        name: whose key it is, as the truster calls it.
        fingerprint: "SHA256:" and the base64 of the key's hash.
        public_key: 32 bytes, Ed25519.
        demonstration: signs samples; proves nothing outside them.
    """

    name: str
    fingerprint: str
    public_key: bytes
    demonstration: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What `verify` says of one file.

    Attributes:
        reason: one translated sentence: why the verdict is what it is.
        number: of the package or certificate; "" unless the file is intact.
        signer: the name under which the key is trusted; "" if it is not.
        fingerprint: of the key that signed; "" if there is no sound signature.
        demonstration: the trusted key signs samples and proves nothing outside them.
        library_id: of the library that issued it; "" unless the file is intact.
        record: what the log of the library at hand has of it.
        ended: why it is no longer current; "" if nothing says so.
        statements: what the intact file says of itself, label to text, in reading order.
    """

    file_name: str
    kind: SignedKind
    verdict: Verdict
    reason: str
    number: str = ""
    signer: str = ""
    fingerprint: str = ""
    demonstration: bool = False
    library_id: str = ""
    record: LogRecord = LogRecord.NOT_ASKED
    ended: str = ""
    statements: Mapping[str, str] = field(default_factory=dict)

    @property
    def exit_status(self) -> int:
        """Exit status of the command line: 0 genuine, 3 no longer current, else 1."""
        return {Verdict.GENUINE: 0, Verdict.NO_LONGER_CURRENT: 3}.get(self.verdict, 1)
