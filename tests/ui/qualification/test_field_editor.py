"""The editor of a print definition's fields, and the dialogs that enter who can print."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.base.errors import RuleViolation
from app.domain.qualification.network import Machine, Material, ProcessCategory, Provider
from app.domain.qualification.print_definition import (
    Binding,
    DefinitionField,
    DefinitionState,
    PrintDefinition,
)
from app.services.catalog.fetch_part import fetch_part
from app.services.qualification.register_machine import register_machine
from app.services.qualification.register_material import register_material
from app.services.qualification.register_provider import register_provider
from app.ui.context import UiContext
from app.ui.qualification.define_dialog import DefineDialog, base_of
from app.ui.qualification.field_editor import FieldEditor
from app.ui.qualification.network_dialogs import (
    MachineDialog,
    MaterialDialog,
    ProviderDialog,
    read_space,
)
from helpers import part_samples as samples
from helpers.chain import NUMBER, Chain


@pytest.fixture
def editor(qtbot: QtBot) -> FieldEditor:
    made = FieldEditor()
    qtbot.addWidget(made)
    made.show()
    return made


def test_fields_come_back_as_they_were_shown(editor: FieldEditor) -> None:
    shown = samples.definition_details().fields
    editor.show_fields(shown)
    assert [(f.name, f.binding, f.value, f.minimum, f.maximum, f.why) for f in editor.fields()] == [
        (f.name, f.binding, f.value, f.minimum, f.maximum, f.why) for f in shown
    ]


def test_the_empty_row_grows_another_when_it_is_used(editor: FieldEditor, qtbot: QtBot) -> None:
    assert len(editor._rows) == 1
    first = editor._rows[0]
    qtbot.keyClicks(first.name, "colour")
    assert len(editor._rows) == 2
    first.binding.setCurrentIndex(first.binding.findData(Binding.CHOICE))
    assert not first.value.isEnabled()
    assert not first.minimum.isEnabled()
    assert [field.binding for field in editor.fields()] == [Binding.CHOICE]
    qtbot.mouseClick(first.remove, Qt.MouseButton.LeftButton)
    assert editor.fields() == ()


def test_a_limit_that_is_no_number_is_named(editor: FieldEditor) -> None:
    editor.show_fields(samples.definition_details().fields)
    row = editor._rows[1]
    row.minimum.setText("30,5")
    assert editor.fields()[1].minimum == 30.5
    row.minimum.setText("thirty")
    with pytest.raises(RuleViolation, match="infill_percent: “thirty” is no number"):
        editor.fields()


def test_a_limit_keeps_every_digit_when_it_is_looked_at(editor: FieldEditor) -> None:
    exact = DefinitionField(
        definition_id=0, name="power_w", binding=Binding.RANGE, minimum=0.1234567, maximum=1234567.0
    )
    editor.show_fields([exact])
    assert editor._rows[0].maximum.text() == "1234567"
    [kept] = editor.fields()
    assert (kept.minimum, kept.maximum) == (0.1234567, 1234567.0)


def test_a_name_that_stands_twice_is_refused_and_not_lost(editor: FieldEditor) -> None:
    editor.show_fields([*samples.definition_details().fields] * 2)
    with pytest.raises(RuleViolation, match="given 2 times"):
        editor.fields()


def test_every_editor_has_a_name(editor: FieldEditor) -> None:
    assert all(widget.accessibleName() for widget in editor._rows[0].widgets())


@pytest.fixture
def chain(context: UiContext, tmp_path: object) -> Chain:
    return Chain(context.services.library, context.services.workers, tmp_path)  # type: ignore[arg-type]


def _define(context: UiContext, qtbot: QtBot, settle: Callable[[], None]) -> DefineDialog:
    revision = fetch_part(context.services.library, NUMBER).newest
    assert revision is not None
    dialog = DefineDialog(context, NUMBER, revision)
    qtbot.addWidget(dialog)
    dialog.open()
    settle()
    return dialog


def test_changing_a_released_definition_tells_only_what_differs(
    context: UiContext, chain: Chain, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    chain.define()
    dialog = _define(context, qtbot, settle)
    assert dialog.material.currentText() == "PETG-X"
    rows = {row.name.text(): row for row in dialog.fields._rows}
    rows["infill_percent"].maximum.setText("70")
    rows["layer_height_mm"].why.setText("seal and stiffness")
    edit = dialog._edit()
    assert [field.name for field in edit.fields] == ["infill_percent"]
    assert edit.notes == (("layer_height_mm", "seal and stiffness"),)
    assert edit.dropped == ()
    dialog.run()
    settle()
    assert "needs a reason" in dialog.strip.text
    dialog.reason.setPlainText("more infill printed as well")
    dialog.run()
    settle()
    with context.services.library.reading() as read:
        drafts = read.fetch(PrintDefinition, state=DefinitionState.DRAFT)
        fields = {f.name: f for f in read.fetch(DefinitionField, definition_id=drafts[0].id)}
    assert [(draft.major, draft.minor) for draft in drafts] == [(1, 1)]
    assert fields["infill_percent"].maximum == 70.0


def test_a_dropped_field_and_the_draft_as_the_base(
    context: UiContext, chain: Chain, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    chain.define()
    dialog = _define(context, qtbot, settle)
    dialog.fields._drop(next(row for row in dialog.fields._rows if row.name.text() == "colour"))
    assert dialog._edit().dropped == ("colour",)
    dialog.reason.setPlainText("colour does not matter")
    dialog.run()
    settle()
    revision = fetch_part(context.services.library, NUMBER).newest
    assert revision is not None
    base = base_of(revision)
    assert base is not None
    assert base.definition.state is DefinitionState.DRAFT


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", (None, None, None)),
        ("340 x 340 x 600", (340.0, 340.0, 600.0)),
        ("340×340×600 mm", (340.0, 340.0, 600.0)),
        ("1,5 X 2 x 3", (1.5, 2.0, 3.0)),
    ],
)
def test_a_build_space_is_read_as_people_write_it(
    qtbot: QtBot, typed: str, expected: tuple[float | None, ...]
) -> None:
    editor = QLineEdit(typed)
    qtbot.addWidget(editor)
    assert read_space(editor) == expected


@pytest.mark.parametrize(
    "typed",
    ["340", "340 x 340", "a x b x c", "0 x 1 x 2", "-1 x 1 x 1", "nan x 1 x 1", "inf x 1 x 1"],
)
def test_an_impossible_build_space_is_refused(qtbot: QtBot, typed: str) -> None:
    editor = QLineEdit(typed)
    qtbot.addWidget(editor)
    with pytest.raises(RuleViolation, match="Build space"):
        read_space(editor)


def test_the_network_is_entered_with_its_refusals(
    context: UiContext, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    library = context.services.library
    orphan = MachineDialog(context)
    qtbot.addWidget(orphan)
    settle()
    orphan.run()
    assert "Enter the provider first" in orphan.strip.text
    provider = ProviderDialog(context)
    qtbot.addWidget(provider)
    provider.code.setText("north")
    provider.run()
    settle()
    assert "needs a short code and a name" in provider.strip.text
    provider.name.setText("North Print")
    provider.own_house.setChecked(True)
    provider.run()
    settle()
    register_provider(library, Provider(code="south", name="South"), who="Anna Tester")
    machine = MachineDialog(context)
    qtbot.addWidget(machine)
    settle()
    machine.provider.setCurrentIndex(1)
    machine.name.setText("M1")
    machine.space.setText("300 x 300 x 400")
    machine.run()
    settle()
    material = MaterialDialog(context)
    qtbot.addWidget(material)
    material.grade.setText("PA12-X")
    material.density.setText("500")
    material.run()
    settle()
    assert "impossible" in material.strip.text
    material.density.setText("1.01")
    material.run()
    settle()
    with library.reading() as read:
        [stored] = read.fetch(Machine)
        south = read.find(Provider, code="south")
        north = read.find(Provider, code="north")
        [grade] = read.fetch(Material)
    assert south is not None and north is not None
    assert (stored.provider_id, stored.build_z_mm) == (south.id, 400.0)
    assert stored.process is ProcessCategory.BINDER_JETTING
    assert north.own_house
    assert grade.density_g_cm3 == 1.01


def test_a_known_record_is_shown_before_it_is_changed(
    context: UiContext, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    library = context.services.library
    north = Provider(
        code="North", name="North Print", address="Kai 1", own_house=True, public_key="age1"
    )
    register_provider(library, north, who="Anna Tester")
    machine = Machine(
        provider_id=0,
        name="M1",
        model="P4",
        process=ProcessCategory.POWDER_BED_FUSION,
        build_x_mm=340.0,
        build_y_mm=340.5,
        build_z_mm=600.0,
    )
    register_machine(library, "North", machine, who="Anna Tester")
    grade = Material(grade="PA12-X", maker="Fein", process=machine.process, density_g_cm3=1.01)
    register_material(library, grade, who="Anna Tester")
    dialogs = ProviderDialog(context), MachineDialog(context), MaterialDialog(context)
    for dialog in dialogs:
        qtbot.addWidget(dialog)
    settle()
    provider_dialog, machine_dialog, material_dialog = dialogs
    qtbot.keyClicks(provider_dialog.contact, "print@north.example")
    qtbot.keyClicks(provider_dialog.code, "NORTH")
    qtbot.keyClicks(machine_dialog.name, "m1")
    qtbot.keyClicks(material_dialog.grade, "pa12-x")
    assert provider_dialog.name.text() == "North Print"
    assert machine_dialog.space.text() == "340 x 340.5 x 600"
    assert material_dialog.density.text() == "1.01"
    for dialog in dialogs:
        dialog.run()
    settle()
    with library.reading() as read:
        [provider] = read.fetch(Provider)
        [stored_machine] = read.fetch(Machine)
        [stored_grade] = read.fetch(Material)
    assert provider.contact == "print@north.example"
    assert (provider.address, provider.own_house, provider.public_key) == ("Kai 1", True, "age1")
    assert stored_machine.model == "P4"
    assert (stored_machine.process, stored_machine.build_y_mm) == (machine.process, 340.5)
    assert (stored_grade.maker, stored_grade.density_g_cm3) == ("Fein", 1.01)


def test_what_was_shown_of_a_known_record_goes_with_its_code(
    context: UiContext, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    known = Provider(code="N", name="North Print", address="Kai 1")
    register_provider(context.services.library, known, who="Anna Tester")
    dialog = ProviderDialog(context)
    qtbot.addWidget(dialog)
    settle()
    qtbot.keyClicks(dialog.code, "N")
    assert dialog.address.text() == "Kai 1"
    qtbot.keyClicks(dialog.code, "ew")
    assert (dialog.name.text(), dialog.address.text()) == ("", "")
