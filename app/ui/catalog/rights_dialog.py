"""Asks on what ground a part may be made, and whether its export is controlled."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.base.errors import RuleViolation
from app.base.i18n import _
from app.base.progress import Progress
from app.domain.catalog.part import Part, RightToMake
from app.domain.changes import Changes
from app.services.catalog.set_rights import set_rights
from app.ui.context import UiContext
from app.ui.part_words import right_word
from app.ui.widgets.act_dialog import ActDialog, Work, choice, text_area, text_field

_NOT_LISTED = "none"
_LISTED = "listed"


class RightsDialog(ActDialog):
    """Right to make, design owner, export control, and the ground of the judgement."""

    def __init__(self, context: UiContext, part: Part, parent: QWidget | None = None) -> None:
        title = _("Rights and export control of {number}").format(number=part.number)
        super().__init__(context.jobs, context.bus, title, _("Save rights"), parent)
        self._context, self._part = context, part
        self.add_intro(
            _(
                "A part whose right to make is unknown, or whose export has not been assessed, "
                "cannot leave the house, not even as a trial."
            )
        )
        self.right = choice(
            [(right_word(right), right) for right in RightToMake], part.right_to_make
        )
        self.add_row(_("Right to make"), self.right)
        self.owner = text_field(part.design_owner, _("Organisation that owns the design"))
        self.add_row(_("Design owner"), self.owner)
        self.export = choice(
            [
                (_("Not assessed"), ""),
                (_("Assessed: not listed"), _NOT_LISTED),
                (_("Assessed: listed under number"), _LISTED),
            ],
            _kind_of(part.export_control),
        )
        self.add_row(_("Export control"), self.export)
        listed = _kind_of(part.export_control) == _LISTED
        self.list_number = text_field(part.export_control if listed else "", _("such as 2B001"))
        self._list_label = self.add_row(_("List number"), self.list_number)
        self.why = text_area(placeholder=_("Contract, licence, assessment of which day"))
        self.add_row(_("Why"), self.why, _("Stays in the history with your name."))
        self.export.currentIndexChanged.connect(self._show_number)
        self._show_number()

    def prepare(self) -> Work:
        """Read the fields."""
        kind = self.export.currentData()
        export = self._stated_number() if kind == _LISTED else kind
        right = RightToMake(self.right.currentData())
        owner, why = self.owner.text(), self.why.toPlainText()
        context, number = self._context, self._part.number

        def work(progress: Progress) -> Changes:
            return set_rights(
                context.services.library,
                number,
                who=context.user,
                why=why,
                right_to_make=right,
                export_control=export,
                design_owner=owner,
            )

        return work

    def _stated_number(self) -> str:
        number = self.list_number.text().strip()
        if _kind_of(number) != _LISTED:
            self.list_number.setFocus()
            raise RuleViolation(
                _("Give the number under which the part is listed, such as 2B001."),
                hint=_("A part that was assessed and is on no list is “not listed”."),
            )
        return number

    def _show_number(self) -> None:
        listed = self.export.currentData() == _LISTED
        self.list_number.setVisible(listed)
        self._list_label.setVisible(listed)


def _kind_of(export_control: str) -> str:
    stated = export_control.strip()
    if not stated or stated.casefold() == _NOT_LISTED:
        return stated.casefold()
    return _LISTED
