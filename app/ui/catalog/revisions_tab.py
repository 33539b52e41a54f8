"""The revisions of a part with their files, newest first."""

from __future__ import annotations

from PySide6.QtCore import Signal

from app.base.i18n import _, ngettext
from app.domain.catalog.geometry import Severity
from app.domain.inventory.part_details import GeometryDetails, PartDetails, RevisionDetails
from app.ui.part_words import readable, role_word, size_text, unit_text
from app.ui.viewer.caption import health_of
from app.ui.widgets.fact_sheet import FactSheet
from app.ui.words import moment, revision_mark, revision_word


class RevisionsTab(FactSheet):
    """States, reasons, signatures and files.

    Signals:
        revision_chosen: (id: int) a revision is to be shown.
    """

    revision_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__(_("Revisions"))

    def show_details(self, details: PartDetails) -> None:
        """Fill the sheet with the revisions of one part."""
        self.begin()
        if not details.revisions:
            self.section(_("Revisions"))
            self.sentence(
                _("No revision yet: importing a file makes the first one."), color="muted"
            )
        for revision in details.revisions:
            self._show_revision(revision)
        self.finish()

    def _show_revision(self, shown: RevisionDetails) -> None:
        revision = shown.revision
        self.section(_("Revision {label}").format(label=revision.label))
        self.fact(_("State"), revision_word(revision.state), mark=revision_mark(revision.state))
        if revision.reason:
            self.fact(_("Why"), revision.reason)
        if revision.released_at is not None:
            self.fact(_("Released by"), revision.released_by, note=moment(revision.released_at))
        for geometry in shown.geometries:
            self._show_file(geometry)
        if not shown.geometries:
            self.sentence(_("This revision has no file."), color="muted")
        count = len(shown.definitions)
        if count:
            self.fact(
                _("Definitions"),
                ngettext("{count} print definition", "{count} print definitions", count).format(
                    count=count
                ),
            )

    def _show_file(self, shown: GeometryDetails) -> None:
        geometry = shown.geometry
        self.fact(role_word(geometry.role), geometry.file_name)
        self.fact(
            _("Format"),
            geometry.format.value.upper(),
            note=", ".join(
                (size_text(geometry.size_bytes), unit_text(geometry.unit, geometry.unit_source))
            ),
        )
        if shown.facts is not None:
            mark = "danger" if shown.facts.in_danger else "good"
            warned = any(item.severity is Severity.WARNING for item in shown.facts.findings)
            if warned and not shown.facts.in_danger:
                mark = "warning"
            self.fact(_("Health"), readable(health_of(shown.facts)), mark=mark)
        self.code("SHA-256", geometry.sha256)
