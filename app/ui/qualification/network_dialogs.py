"""Enter who can print: providers, their machines, feedstock grades."""

from __future__ import annotations

import math
from collections.abc import Mapping

from PySide6.QtWidgets import QLineEdit, QWidget

from app.base.errors import RuleViolation
from app.base.i18n import _
from app.base.progress import Progress
from app.domain.changes import Changes
from app.domain.qualification.network import Machine, Material, ProcessCategory, Provider
from app.services.qualification.register_machine import register_machine
from app.services.qualification.register_material import register_material
from app.services.qualification.register_provider import register_provider
from app.ui.context import UiContext
from app.ui.part_words import process_word
from app.ui.widgets.act_dialog import (
    ActDialog,
    Work,
    choice,
    number_text,
    read_number,
    required_field,
    text_field,
)
from app.ui.widgets.check_field import CheckField


class ProviderDialog(ActDialog):
    """Code, name, address; a known code changes the stored provider."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(context.jobs, context.bus, _("Print provider"), _("Save provider"), parent)
        self._context = context
        self.code = required_field(placeholder=_("short, such as NORDLICHT"))
        self.add_row(_("Code"), self.code, _("A known code changes the stored provider."))
        self.name = required_field()
        self.add_row(_("Name"), self.name)
        self.address, self.country, self.contact = text_field(), text_field(), text_field()
        self.add_row(_("Address"), self.address)
        self.add_row(_("Country"), self.country)
        self.add_row(_("Contact"), self.contact)
        self.own_house = CheckField(_("This site belongs to us"))
        self.add_row("", self.own_house)
        self._known: dict[str, Provider] = {}
        self.code.textChanged.connect(self._show_known)
        library = context.services.library

        def fetch(progress: Progress) -> list[Provider]:
            with library.reading() as read:
                return read.fetch(Provider)

        self.read(fetch, self._take_known)

    def prepare(self) -> Work:
        """Read the fields."""
        known = self._known.get(_key(self.code))
        provider = Provider(
            code=self.code.text(),
            name=self.name.text(),
            address=self.address.text().strip(),
            country=self.country.text().strip(),
            contact=self.contact.text().strip(),
            own_house=self.own_house.isChecked(),
            public_key=known.public_key if known is not None else "",
        )
        context = self._context

        def work(progress: Progress) -> Changes:
            return register_provider(context.services.library, provider, who=context.user)

        return work

    def _take_known(self, providers: list[Provider]) -> None:
        self._known = {item.code.casefold(): item for item in providers}
        self._show_known()

    def _show_known(self) -> None:
        known = self._known.get(_key(self.code))
        _fill(
            {
                self.name: known.name if known else "",
                self.address: known.address if known else "",
                self.country: known.country if known else "",
                self.contact: known.contact if known else "",
            }
        )
        if known is not None:
            self.own_house.setChecked(known.own_house)


class MachineDialog(ActDialog):
    """Provider, name, model, process, build space; a known name changes the stored machine."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(context.jobs, context.bus, _("Machine"), _("Save machine"), parent)
        self._context = context
        self.provider = choice([])
        self.add_row(_("Provider"), self.provider)
        self.name = required_field(placeholder=_("or the name of a fleet of like machines"))
        self.add_row(_("Name"), self.name)
        self.model = text_field()
        self.add_row(_("Model"), self.model)
        self.process = choice([(process_word(item), item) for item in ProcessCategory])
        self.add_row(_("Process"), self.process)
        self.space = text_field(placeholder=_("such as 340 x 340 x 600"))
        self.add_row(_("Build space, mm"), self.space)
        self._known: dict[tuple[int, str], Machine] = {}
        self.provider.currentIndexChanged.connect(self._show_known)
        self.name.textChanged.connect(self._show_known)
        library = context.services.library

        def fetch(progress: Progress) -> tuple[list[Provider], list[Machine]]:
            with library.reading() as read:
                return read.fetch(Provider), read.fetch(Machine)

        self.read(fetch, self._show_fetched)

    def prepare(self) -> Work:
        """Read the fields."""
        if self.provider.currentIndex() < 0:
            raise RuleViolation(_("Enter the provider first."))
        code = str(self.provider.currentData().code)
        x_mm, y_mm, z_mm = read_space(self.space)
        machine = Machine(
            provider_id=0,
            name=self.name.text(),
            model=self.model.text().strip(),
            process=ProcessCategory(self.process.currentData()),
            build_x_mm=x_mm,
            build_y_mm=y_mm,
            build_z_mm=z_mm,
        )
        context = self._context

        def work(progress: Progress) -> Changes:
            return register_machine(context.services.library, code, machine, who=context.user)

        return work

    def _show_fetched(self, fetched: tuple[list[Provider], list[Machine]]) -> None:
        providers, machines = fetched
        self._known = {(item.provider_id, item.name.casefold()): item for item in machines}
        for item in providers:
            self.provider.addItem(item.name, item)

    def _show_known(self) -> None:
        provider = self.provider.currentData()
        known = self._known.get((provider.id, _key(self.name))) if provider is not None else None
        _fill(
            {
                self.model: known.model if known else "",
                self.space: space_text(known) if known else "",
            }
        )
        if known is not None:
            self.process.setCurrentIndex(self.process.findData(known.process))


class MaterialDialog(ActDialog):
    """Grade, family, maker, process, density; a known grade changes the stored one."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(context.jobs, context.bus, _("Feedstock"), _("Save feedstock"), parent)
        self._context = context
        self.grade = required_field(placeholder=_("the maker's name of the grade"))
        self.add_row(_("Grade"), self.grade)
        self.family = text_field(placeholder=_("such as PA12"))
        self.add_row(_("Family"), self.family)
        self.maker, self.specification, self.density = text_field(), text_field(), text_field()
        self.add_row(_("Maker"), self.maker)
        self.process = choice([(process_word(item), item) for item in ProcessCategory])
        self.add_row(_("Process"), self.process)
        self.add_row(_("Density, g/cm³"), self.density)
        self.add_row(_("Specification"), self.specification)
        self._known: dict[str, Material] = {}
        self.grade.textChanged.connect(self._show_known)
        library = context.services.library

        def fetch(progress: Progress) -> list[Material]:
            with library.reading() as read:
                return read.fetch(Material)

        self.read(fetch, self._take_known)

    def prepare(self) -> Work:
        """Read the fields."""
        material = Material(
            grade=self.grade.text(),
            family=self.family.text().strip(),
            maker=self.maker.text().strip(),
            process=ProcessCategory(self.process.currentData()),
            density_g_cm3=read_number(self.density.text(), _("Density")),
            specification=self.specification.text().strip(),
        )
        context = self._context

        def work(progress: Progress) -> Changes:
            return register_material(context.services.library, material, who=context.user)

        return work

    def _take_known(self, materials: list[Material]) -> None:
        self._known = {item.grade.casefold(): item for item in materials}
        self._show_known()

    def _show_known(self) -> None:
        known = self._known.get(_key(self.grade))
        _fill(
            {
                self.family: known.family if known else "",
                self.maker: known.maker if known else "",
                self.density: number_text(known.density_g_cm3) if known else "",
                self.specification: known.specification if known else "",
            }
        )
        if known is not None:
            self.process.setCurrentIndex(self.process.findData(known.process))


def _key(editor: QLineEdit) -> str:
    return editor.text().strip().casefold()


def _fill(known: Mapping[QLineEdit, str]) -> None:
    """Show what is stored wherever nobody has typed: an empty field would erase it."""
    for editor, text in known.items():
        if not editor.isModified():
            editor.setText(text)


def space_text(machine: Machine) -> str:
    """Return a build space as `read_space` reads it; "" where it is not known."""
    lengths = (machine.build_x_mm, machine.build_y_mm, machine.build_z_mm)
    return "" if None in lengths else " x ".join(number_text(length) for length in lengths)


def read_space(editor: QLineEdit) -> tuple[float | None, float | None, float | None]:
    """Return a build space typed as three lengths in mm; nothing for an empty field.

    Raises:
        RuleViolation: these are not three lengths.
    """
    typed = editor.text().strip()
    if not typed:
        return None, None, None
    pieces = typed.lower().replace("×", "x").replace("mm", "").split("x")
    try:
        x_mm, y_mm, z_mm = (float(piece.strip().replace(",", ".")) for piece in pieces)
    except ValueError as error:
        raise RuleViolation(
            _(
                "Build space: “{text}” is not three lengths. Expected such as 340 x 340 x 600."
            ).format(text=editor.text())
        ) from error
    if not all(0 < length < math.inf for length in (x_mm, y_mm, z_mm)):
        raise RuleViolation(_("Build space: every length must be above zero."))
    return x_mm, y_mm, z_mm
