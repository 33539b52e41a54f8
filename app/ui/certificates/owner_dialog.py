"""Says who owns the library and issues its documents."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.base.i18n import _
from app.base.progress import Progress
from app.domain.certificates.organisation import Organisation
from app.domain.changes import Changes
from app.services.library.set_organisation import set_organisation
from app.ui.context import UiContext
from app.ui.widgets.act_dialog import ActDialog, Work, required_field, text_field


class OwnerDialog(ActDialog):
    """Name and address as certificates print them; filled with what is stored."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(
            context.jobs, context.bus, _("Owner of this library"), _("Save owner"), parent
        )
        self._context = context
        self.add_intro(_("Packages name the owner as sender, certificates as issuer."))
        self.name, self.address = required_field(), required_field()
        self.country, self.contact = text_field(), text_field()
        for label, editor in (
            (_("Name"), self.name),
            (_("Address"), self.address),
            (_("Country"), self.country),
            (_("Contact"), self.contact),
        ):
            self.add_row(label, editor)
        library = context.services.library

        def fetch(progress: Progress) -> Organisation | None:
            with library.reading() as read:
                return read.find(Organisation)

        self.read(fetch, self._show_fetched)

    def prepare(self) -> Work:
        """Read the fields."""
        owner = Organisation(
            name=self.name.text().strip(),
            address=self.address.text().strip(),
            country=self.country.text().strip(),
            contact=self.contact.text().strip(),
        )
        context = self._context

        def work(progress: Progress) -> Changes:
            return set_organisation(context.services.library, owner, who=context.user)

        return work

    def _show_fetched(self, owner: Organisation | None) -> None:
        if owner is not None:
            self.name.setText(owner.name)
            self.address.setText(owner.address)
            self.country.setText(owner.country)
            self.contact.setText(owner.contact)
