"""Writes or changes the draft of a print definition."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from app.base.i18n import _
from app.base.progress import Progress
from app.domain.changes import Changes
from app.domain.inventory.part_details import DefinitionDetails, RevisionDetails
from app.domain.qualification.network import Material, ProcessCategory
from app.domain.qualification.print_definition import DefinitionField, DefinitionState
from app.services.qualification.define_print import DefinitionDraft, DefinitionEdit, define_print
from app.ui.context import UiContext
from app.ui.part_words import process_word
from app.ui.qualification.field_editor import FieldEditor
from app.ui.widgets.act_dialog import ActDialog, Work, choice, text_area, text_field

_WIDTH = 880


class DefineDialog(ActDialog):
    """Process, material, machine class and fields; a change of a released one needs a reason.

    Args:
        named_revision: NUMBER@REVISION.
    """

    def __init__(
        self,
        context: UiContext,
        named_revision: str,
        revision: RevisionDetails,
        parent: QWidget | None = None,
    ) -> None:
        title = _("Print definition of {number}").format(number=named_revision)
        super().__init__(context.jobs, context.bus, title, _("Save draft"), parent)
        self._context, self._named = context, named_revision
        self._base = base_of(revision)
        base = self._base.definition if self._base is not None else None
        self.setMinimumWidth(_WIDTH)
        self.add_intro(
            _(
                "A key value binds the provider exactly, and changing it voids the qualification; "
                "a range leaves room; a choice is the provider's."
            )
        )
        self.process = choice(
            [(process_word(item), item) for item in ProcessCategory],
            base.process if base else ProcessCategory.POWDER_BED_FUSION,
        )
        self.add_row(_("Process"), self.process)
        self.material = choice([])
        self.material.setEditable(True)
        self.material.setInsertPolicy(self.material.InsertPolicy.NoInsert)
        self.material.setEditText(base.material_grade if base else "")
        self.add_row(_("Feedstock grade"), self.material)
        self.machine_class = text_field(base.machine_class if base else "")
        self.add_row(_("Machine class"), self.machine_class)
        self.fields = FieldEditor()
        self.fields.show_fields(self._base.fields if self._base is not None else ())
        self.add_wide(self.fields)
        self.reason = text_area(lines=2)
        self.add_row(_("Why"), self.reason, _("Needed for a change of a released definition."))
        library = context.services.library

        def fetch(progress: Progress) -> list[Material]:
            with library.reading() as read:
                return read.fetch(Material)

        self.read(fetch, self._take_materials)

    def prepare(self) -> Work:
        """Read the fields and find out what differs."""
        edit = self._edit()
        context, named = self._context, self._named

        def work(progress: Progress) -> DefinitionDraft:
            return define_print(context.services.library, named, edit, who=context.user)

        return work

    def changes_of(self, outcome: Any) -> Changes:
        changes: Changes = outcome.changes
        return changes

    def _edit(self) -> DefinitionEdit:
        before = {item.name: item for item in self._base.fields} if self._base else {}
        after = {item.name: item for item in self.fields.fields()}
        changed = [item for name, item in after.items() if _binds(before.get(name)) != _binds(item)]
        notes = [
            (name, item.why)
            for name, item in after.items()
            if name in before and before[name].why != item.why and item not in changed
        ]
        return DefinitionEdit(
            process=ProcessCategory(self.process.currentData()),
            machine_class=self.machine_class.text(),
            material_grade=self.material.currentText(),
            fields=tuple(changed),
            dropped=tuple(name for name in before if name not in after),
            notes=tuple(notes),
            reason=self.reason.toPlainText().strip(),
        )

    def _take_materials(self, materials: list[Material]) -> None:
        typed = self.material.currentText()
        for item in materials:
            self.material.addItem(item.grade)
        self.material.setEditText(typed)


def base_of(revision: RevisionDetails) -> DefinitionDetails | None:
    """Return the definition that an edit starts from: the draft, else the released one."""
    for state in (DefinitionState.DRAFT, DefinitionState.RELEASED):
        for item in revision.definitions:
            if item.definition.state is state:
                return item
    return None


def _binds(field: DefinitionField | None) -> tuple[object, ...] | None:
    """Return everything of a field but its note and its place in the library."""
    if field is None:
        return None
    return field.binding, field.value, field.minimum, field.maximum
