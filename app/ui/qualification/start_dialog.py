"""Begins the qualification of a print definition at a provider."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from app.base.errors import RuleViolation
from app.base.i18n import _
from app.base.progress import Progress
from app.domain.catalog.part import ConsequenceClass
from app.domain.changes import Changes
from app.domain.qualification.network import Machine, Material, Provider
from app.services.qualification.start_qualification import QualificationOrder, start_qualification
from app.ui.context import UiContext
from app.ui.part_words import consequence_word
from app.ui.widgets.act_dialog import ActDialog, Work, choice

_Network = tuple[list[Provider], list[Machine], list[Material]]


class StartDialog(ActDialog):
    """Provider, machine, feedstock, and what a failure of the part does.

    Args:
        grade: the feedstock that the definition asks for.
        consequence: of the part, as far as it is known.
    """

    def __init__(
        self,
        context: UiContext,
        named_revision: str,
        *,
        grade: str,
        consequence: ConsequenceClass,
        parent: QWidget | None = None,
    ) -> None:
        title = _("Qualify {number}").format(number=named_revision)
        super().__init__(context.jobs, context.bus, title, _("Start qualification"), parent)
        self._context, self._named, self._grade = context, named_revision, grade
        self._machines: list[Machine] = []
        self.add_intro(
            _(
                "What is qualified is this print definition on one machine, from one feedstock, at "
                "one provider. You are its author; another person approves it."
            )
        )
        self.provider, self.machine = choice([]), choice([])
        self.material = choice([])
        self.add_row(_("Provider"), self.provider)
        self.add_row(_("Machine"), self.machine)
        self.add_row(_("Feedstock"), self.material)
        self.consequence = choice(
            [(consequence_word(item), item) for item in ConsequenceClass], consequence
        )
        self.add_row(
            _("A failure is"), self.consequence, _("The consequence class sets the depth of proof.")
        )
        self.provider.currentIndexChanged.connect(self._show_machines)
        library = context.services.library

        def fetch(progress: Progress) -> _Network:
            with library.reading() as read:
                return read.fetch(Provider), read.fetch(Machine), read.fetch(Material)

        self.read(fetch, self._show_fetched)

    def prepare(self) -> Work:
        """Read the fields."""
        if self.provider.currentIndex() < 0:
            raise RuleViolation(
                _("No provider is registered. Enter one from the further acts of the part.")
            )
        provider = self.provider.currentData().code
        consequence = ConsequenceClass(self.consequence.currentData())
        order = QualificationOrder(
            part_number=self._named,
            provider=provider,
            machine=self.machine.currentText(),
            material=self.material.currentText(),
            consequence_class=None if consequence is ConsequenceClass.UNKNOWN else consequence,
        )
        context, today = self._context, self._context.today()

        def work(progress: Progress) -> Changes:
            _started, changes = start_qualification(
                context.services.library, order, who=context.user, today=today
            )
            return changes

        return work

    def _show_fetched(self, network: Any) -> None:
        providers, self._machines, materials = network
        for item in materials:
            self.material.addItem(item.grade)
        self.material.setCurrentIndex(max(self.material.findText(self._grade), 0))
        for item in providers:
            self.provider.addItem(item.name, item)
        self._show_machines()

    def _show_machines(self) -> None:
        provider = self.provider.currentData()
        self.machine.clear()
        for item in self._machines:
            if provider is not None and item.provider_id == provider.id:
                self.machine.addItem(item.name)
