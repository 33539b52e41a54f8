"""Figures of an import in sentences: what would happen, what did."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.base.figures import figure
from app.base.i18n import _, ngettext
from app.domain.catalog.import_report import ImportReport
from app.ui.catalog.import_desk import ImportDesk, Phase


def source_names(paths: Sequence[Path]) -> str:
    """Return what was dropped, in a few words."""
    first, more = paths[0].name, len(paths) - 1
    if not more:
        return first
    return _("{name} and {count} more").format(name=first, count=figure(more))


def phase_texts(desk: ImportDesk) -> tuple[str, str, str]:
    """Return heading, sentence at the foot and verb of the main button."""
    report = desk.report
    return {
        Phase.IDLE: (
            _("Import"),
            _("Drop files, folders or a parts list into the window."),
            _("Show parts"),
        ),
        Phase.READING: (_("Reading…"), "", _("Import")),
        Phase.PREVIEW: (_("Import preview"), promise_text(desk), _("Import {count}")),
        Phase.WRITING: (_("Importing…"), "", _("Import")),
        Phase.DONE: (_("Imported"), outcome_text(report) if report else "", _("Show parts")),
    }[desk.phase]


def promise_text(desk: ImportDesk) -> str:
    """Return what the foot of the preview says."""
    undo = _("One undo takes the whole import back.")
    waiting = desk.counts.waiting
    if not waiting:
        return undo
    text = ngettext(
        "{count} row is not taken until it is fixed.",
        "{count} rows are not taken until they are fixed.",
        waiting,
    )
    return f"{text.format(count=figure(waiting))} {undo}"


def outcome_text(report: ImportReport) -> str:
    """Return what came of an import, in figures."""
    skipped = sum(row.skipped for row in report.refused_rows)
    refused = len(report.refused_rows) + len(report.refused_files) - skipped
    text = _("{new} new, {updated} updated, {same} unchanged, {refused} refused").format(
        new=figure(len(report.created)),
        updated=figure(len(report.updated)),
        same=figure(len(report.unchanged)),
        refused=figure(refused),
    )
    if not skipped:
        return text
    more = _("{count} skipped")
    return f"{text}, {more.format(count=figure(skipped))}"
