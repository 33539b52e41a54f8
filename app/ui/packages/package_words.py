"""The words for packages, and for what a verification found."""

from __future__ import annotations

from app.base.figures import figure
from app.base.i18n import _, ngettext
from app.domain.packages.package_list import PackageFilter, PackageStanding
from app.domain.packages.verification import Verdict
from app.domain.packages.verification_checks import CheckResult


def packages_text(count: int) -> str:
    return ngettext("{count} package", "{count} packages", count).format(count=figure(count))


def pieces_text(count: int) -> str:
    return ngettext("{count} piece", "{count} pieces", count).format(count=figure(count))


def filter_word(which: PackageFilter) -> str:
    return {
        PackageFilter.ALL: _("All"),
        PackageFilter.AWAITING: _("Awaiting a lot"),
        PackageFilter.TRIAL: _("Trial"),
        PackageFilter.RECALL: _("To call back"),
    }[which]


def standing_word(standing: PackageStanding) -> str:
    return {
        PackageStanding.QUALIFIED: _("Qualified"),
        PackageStanding.TRIAL: _("Trial"),
        PackageStanding.RECALL: _("To call back"),
    }[standing]


def standing_mark(standing: PackageStanding) -> str:
    return {
        PackageStanding.QUALIFIED: "qualified",
        PackageStanding.TRIAL: "under_test",
        PackageStanding.RECALL: "expiring",
    }[standing]


def verdict_word(verdict: Verdict) -> str:
    """Return the answer to the question whether a file is genuine, as a short sentence."""
    return {
        Verdict.GENUINE: _("Genuine and current"),
        Verdict.NO_LONGER_CURRENT: _("Genuine, but no longer current"),
        Verdict.UNKNOWN_SIGNER: _("Intact, but signed by an unknown key"),
        Verdict.NOT_GENUINE: _("Not genuine"),
    }[verdict]


def verdict_mark(verdict: Verdict) -> str:
    return {
        Verdict.GENUINE: "good",
        Verdict.NO_LONGER_CURRENT: "warning",
        Verdict.UNKNOWN_SIGNER: "warning",
        Verdict.NOT_GENUINE: "danger",
    }[verdict]


def check_mark(result: CheckResult) -> str:
    return {
        CheckResult.PASSED: "good",
        CheckResult.DOUBTFUL: "warning",
        CheckResult.FAILED: "danger",
        CheckResult.NOT_MADE: "unknown",
    }[result]
