"""The head of the audit page: how long the trail is, and what can be done with it."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton

from app.base.i18n import _, ngettext
from app.domain.audit.trail import TrailFacts
from app.ui.audit.audit_words import entries_text
from app.ui.icons import icon
from app.ui.theme import current_theme, set_property
from app.ui.widgets.head_bar import HeadBar
from app.ui.widgets.labels import ElidedLabel, RoleLabel
from app.ui.widgets.panels import row


class AuditHead(HeadBar):
    """Title, summary and the three acts of the page."""

    def __init__(self) -> None:
        super().__init__()
        theme = current_theme()
        self.summary = ElidedLabel(color="muted")
        self.export = QPushButton(icon("file-export"), _("Export…"))
        self.check = QPushButton(icon("database"), _("Check library"))
        self.verify = QPushButton(icon("shield-check", "on-accent"), _("Verify chain"))
        self.export.setToolTip(_("Write the listed acts to a table or a signed file"))
        self.check.setToolTip(_("Compare every file and record with what was written"))
        self.verify.setToolTip(_("Compute every link of the chain anew"))
        set_property(self.verify, "primary", True)
        margin = theme.size("space", "l")
        line = row(
            RoleLabel(_("Audit"), font="title"),
            self.summary,
            self.export,
            self.check,
            self.verify,
            margins=(margin, 0, margin, 0),
            spacing=theme.size("space", "m"),
        )
        line.setStretch(1, 1)
        self.setLayout(line)

    def show_facts(self, facts: TrailFacts, people: int) -> None:
        """Say how long the trail is and how many people made it."""
        persons = ngettext("{count} person", "{count} people", people).format(count=people)
        self.summary.setText(
            _("{entries} by {people}").format(entries=entries_text(facts.entries), people=persons)
        )

    def set_checking(self, checking: bool) -> None:
        """Offer no second check while one is under way."""
        self.verify.setEnabled(not checking)
        self.check.setEnabled(not checking)
