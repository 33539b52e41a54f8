"""Several lots certified one after the other."""

from dataclasses import dataclass

from app.domain.certificates.certificate import Certificate
from app.domain.changes import Changes


@dataclass(frozen=True, slots=True)
class BatchCase:
    """A lot that is to be certified.

    Attributes:
        refusal: why it cannot be, translated; "" if nothing stands against it.
    """

    lot: str
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class BatchOutcome:
    """What came of a batch.

    Attributes:
        issued: in the order in which they were issued.
        refused: lots without a certificate, each with the reason.
        without_picture: numbers of certificates whose part could not be drawn.
    """

    issued: tuple[Certificate, ...]
    refused: tuple[BatchCase, ...]
    without_picture: tuple[str, ...]
    changes: Changes
