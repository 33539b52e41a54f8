"""Edits the fields of a print definition: name, how far it binds, value or limits, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from app.base.errors import RuleViolation
from app.base.i18n import _
from app.domain.qualification.print_definition import Binding, DefinitionField
from app.ui.icons import SMALL, icon
from app.ui.theme import current_theme
from app.ui.widgets.act_dialog import choice, number_text, read_number, text_field
from app.ui.widgets.labels import RoleLabel

_LIMIT_WIDTH = 72
_BINDING_WIDTH = 96


@dataclass(slots=True, eq=False)
class _Row:
    """The editors of one field."""

    name: QLineEdit
    binding: QComboBox
    value: QLineEdit
    minimum: QLineEdit
    maximum: QLineEdit
    why: QLineEdit
    remove: QToolButton

    def widgets(self) -> tuple[QWidget, ...]:
        return (
            self.name,
            self.binding,
            self.value,
            self.minimum,
            self.maximum,
            self.why,
            self.remove,
        )


class FieldEditor(QWidget):
    """A grid of fields; an empty row at the end waits for one more."""

    def __init__(self) -> None:
        super().__init__()
        theme = current_theme()
        self._rows: list[_Row] = []
        self._line = 1
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.size("space", "xs"))
        self._grid.setVerticalSpacing(theme.size("space", "xs"))
        for place, title in enumerate(_titles()):
            self._grid.addWidget(RoleLabel(title, font="caption", color="muted"), 0, place)
        for place, share in enumerate((4, 0, 3, 0, 0, 4, 0)):
            self._grid.setColumnStretch(place, share)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(self._grid)
        self.setAccessibleName(_("Fields"))
        self._add(None)

    def show_fields(self, fields: Sequence[DefinitionField]) -> None:
        """Show fields for editing, in place of those shown."""
        for row in list(self._rows):
            self._drop(row)
        for field in fields:
            self._add(field)
        self._add(None)

    def fields(self) -> tuple[DefinitionField, ...]:
        """Return the fields as they stand; rows without a name are left out.

        Raises:
            RuleViolation: a limit is no number, or a name stands twice; names the field.
        """
        fields = tuple(self._read(row) for row in self._rows if row.name.text().strip())
        for name, count in Counter(field.name for field in fields).items():
            if count > 1:
                words = _("Field {name} is given {count} times.")
                raise RuleViolation(words.format(name=name, count=count))
        return fields

    def _read(self, row: _Row) -> DefinitionField:
        name, binding = row.name.text().strip(), Binding(row.binding.currentData())
        field = DefinitionField(
            definition_id=0,
            name=name,
            binding=binding,
            value=row.value.text().strip() if binding is not Binding.CHOICE else "",
            why=row.why.text().strip(),
        )
        if binding is not Binding.RANGE:
            return field
        return replace(
            field,
            minimum=read_number(row.minimum.text(), name),
            maximum=read_number(row.maximum.text(), name),
        )

    def _add(self, field: DefinitionField | None) -> None:
        row = self._make(field)
        for place, widget in enumerate(row.widgets()):
            self._grid.addWidget(widget, self._line, place)
        self._line += 1
        self._rows.append(row)
        row.binding.currentIndexChanged.connect(lambda _index: _show_limits(row))
        row.remove.clicked.connect(lambda: self._drop(row))
        if field is None:
            row.name.textEdited.connect(lambda text: self._grow(row, text))
        _show_limits(row)

    def _make(self, field: DefinitionField | None) -> _Row:
        binding = choice(
            [(_("Key"), Binding.KEY), (_("Range"), Binding.RANGE), (_("Choice"), Binding.CHOICE)],
            field.binding if field is not None else Binding.KEY,
        )
        binding.setMinimumWidth(_BINDING_WIDTH)
        remove = QToolButton()
        remove.setIcon(icon("x"))
        remove.setIconSize(QSize(SMALL, SMALL))
        remove.setAccessibleName(_("Remove this field"))
        remove.setToolTip(_("Remove this field"))
        remove.setVisible(field is not None)
        row = _Row(
            name=text_field(field.name if field else "", "layer_height_mm"),
            binding=binding,
            value=text_field(field.value if field else ""),
            minimum=text_field(number_text(field.minimum if field else None)),
            maximum=text_field(number_text(field.maximum if field else None)),
            why=text_field(field.why if field else ""),
            remove=remove,
        )
        row.name.textChanged.connect(lambda _text: _name(row))
        _name(row)
        for limit in (row.minimum, row.maximum):
            limit.setFixedWidth(_LIMIT_WIDTH)
            limit.setAlignment(Qt.AlignmentFlag.AlignRight)
        return row

    def _grow(self, row: _Row, text: str) -> None:
        """The empty row is being used: let it be removed, and put another below it."""
        if text and row is self._rows[-1]:
            row.remove.setVisible(True)
            self._add(None)

    def _drop(self, row: _Row) -> None:
        self._rows.remove(row)
        for widget in row.widgets():
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()


def _titles() -> tuple[str, ...]:
    return _("Field"), _("Binds as"), _("Value"), _("From"), _("To"), _("Why")


def _name(row: _Row) -> None:
    """Name the editors for screen readers: which column, and of which field."""
    field = row.name.text().strip()
    for widget, title in zip(row.widgets(), _titles(), strict=False):
        named = _("{column}, {field}").format(column=title, field=field)
        widget.setAccessibleName(named if field else title)
    if field:
        row.remove.setAccessibleName(_("Remove field {field}").format(field=field))


def _show_limits(row: _Row) -> None:
    binding = Binding(row.binding.currentData())
    row.value.setEnabled(binding is not Binding.CHOICE)
    for limit in (row.minimum, row.maximum):
        limit.setEnabled(binding is Binding.RANGE)
