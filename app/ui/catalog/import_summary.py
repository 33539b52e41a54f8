"""Figures of an import in sentences: what would happen, what did."""

from __future__ import annotations

from app.base.figures import figure
from app.base.i18n import _, ngettext
from app.domain.catalog.import_report import ImportReport
from app.ui.catalog.import_desk import ImportDesk
from app.ui.widgets.property_list import PropertyList


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


def show_happening(facts: PropertyList, desk: ImportDesk) -> None:
    """Show below the groups what the import would do."""
    facts.clear()
    foreseen, (read, files) = desk.outlook.foreseen, desk.measured
    if foreseen is not None:
        facts.add(_("New parts"), figure(len(foreseen.created)))
        facts.add(_("Updated parts"), figure(len(foreseen.updated)))
        facts.add(_("Unchanged"), figure(len(foreseen.unchanged)))
    if files:
        text = _("{read} of {all}").format(read=figure(read), all=figure(files))
        facts.add(_("Files read"), figure(files) if read == files else text)
