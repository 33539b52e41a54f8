"""A verification told check by check, so that a person sees what each of them found."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from app.base.i18n import _
from app.domain.packages.verification import LogRecord, SignedKind, Verdict, Verification


class CheckResult(StrEnum):
    PASSED = "passed"
    DOUBTFUL = "doubtful"
    FAILED = "failed"
    NOT_MADE = "not_made"


@dataclass(frozen=True, slots=True)
class VerificationCheck:
    """One check; `text` is translated and fit to show."""

    result: CheckResult
    text: str


def explain_verification(answer: Verification) -> tuple[VerificationCheck, ...]:
    """Return what was checked, in order: whole, by whom, on record, still current."""
    return tuple(_checks(answer))


def _checks(answer: Verification) -> Iterator[VerificationCheck]:
    if answer.verdict is Verdict.NOT_GENUINE:
        yield VerificationCheck(CheckResult.FAILED, answer.reason)
        yield VerificationCheck(
            CheckResult.NOT_MADE,
            _("Who signed it and whether it is current cannot be told of such a file."),
        )
        return
    yield VerificationCheck(CheckResult.PASSED, _whole(answer.kind))
    yield _signer(answer)
    if answer.verdict is Verdict.UNKNOWN_SIGNER:
        yield VerificationCheck(
            CheckResult.NOT_MADE,
            _("Whether it is current was not asked, since nobody here vouches for it."),
        )
        return
    yield _record_of_trail(answer) if answer.kind is SignedKind.TRAIL else _record(answer)
    if answer.kind is SignedKind.TRAIL:
        return  # a history never ceases to hold
    if answer.ended:
        yield VerificationCheck(CheckResult.FAILED, answer.ended)
    elif answer.record is LogRecord.KNOWN:
        yield VerificationCheck(CheckResult.PASSED, _current(answer.kind))


def _whole(kind: SignedKind) -> str:
    if kind is SignedKind.PACKAGE:
        return _("Intact: every file in it has the size and hash that its manifest names.")
    if kind is SignedKind.TRAIL:
        return _("Intact: every link of its chain was computed anew and fits.")
    return _("Intact: every byte of the document is as it was signed.")


def _signer(answer: Verification) -> VerificationCheck:
    if not answer.signer:
        return VerificationCheck(
            CheckResult.FAILED,
            _("Signed by a key that nobody here trusts: {fingerprint}.").format(
                fingerprint=answer.fingerprint
            ),
        )
    if answer.demonstration:
        text = _("Signed by {name} with a demonstration key, which proves nothing.")
        return VerificationCheck(CheckResult.DOUBTFUL, text.format(name=answer.signer))
    text = _("Signed by {name}, whose key is trusted here.")
    return VerificationCheck(CheckResult.PASSED, text.format(name=answer.signer))


def _record(answer: Verification) -> VerificationCheck:
    if answer.record is LogRecord.KNOWN:
        text = _("On record: this library issued exactly this file as {number}.")
        return VerificationCheck(CheckResult.PASSED, text.format(number=answer.number))
    if answer.record is LogRecord.MISSING:
        text = _("This library has no record of it, although it names this library.")
        return VerificationCheck(CheckResult.DOUBTFUL, text)
    if answer.record is LogRecord.OF_ANOTHER_LIBRARY:
        text = _("Another library issued it: ask its owner whether it was superseded or withdrawn.")
        return VerificationCheck(CheckResult.NOT_MADE, text)
    return VerificationCheck(
        CheckResult.NOT_MADE, _("No library was asked whether it was superseded or withdrawn.")
    )


def _record_of_trail(answer: Verification) -> VerificationCheck:
    if answer.record is LogRecord.KNOWN:
        text = _("On record: this library still holds its last entry exactly so.")
        return VerificationCheck(CheckResult.PASSED, text)
    if answer.record is LogRecord.MISSING:
        return VerificationCheck(CheckResult.FAILED, answer.reason)
    if answer.record is LogRecord.OF_ANOTHER_LIBRARY:
        text = _("Another library wrote it: only there can its last entry be looked up.")
        return VerificationCheck(CheckResult.NOT_MADE, text)
    return VerificationCheck(
        CheckResult.NOT_MADE, _("No library was asked whether it still holds the last entry.")
    )


def _current(kind: SignedKind) -> str:
    if kind is SignedKind.PACKAGE:
        return _("Current: revision, print definition and qualification still hold.")
    return _("Current: neither superseded nor withdrawn.")
