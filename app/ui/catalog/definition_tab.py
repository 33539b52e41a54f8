"""The print definitions of a revision: every field with what it binds and why; and their proof."""

from __future__ import annotations

from datetime import date

from app.base.i18n import _, ngettext
from app.domain.inventory.part_details import (
    DefinitionDetails,
    QualificationDetails,
    RevisionDetails,
)
from app.domain.qualification.evidence_kind import evidence_kind_word
from app.domain.qualification.print_definition import Binding
from app.domain.qualification.qualification import Evidence
from app.domain.qualification.validity import assess_status
from app.ui.part_words import (
    binding_word,
    consequence_word,
    definition_mark,
    definition_word,
    field_value,
    process_word,
    readable,
    split_field_name,
    status_mark,
    status_word,
)
from app.ui.widgets.fact_sheet import FactSheet
from app.ui.words import moment


class DefinitionTab(FactSheet):
    """The newest definition in full, older ones by version and state."""

    def __init__(self) -> None:
        super().__init__(_("Definition"))

    def show_details(self, revision: RevisionDetails | None, today: date) -> None:
        """Fill the sheet with the definitions of one revision."""
        self.begin()
        definitions = revision.definitions if revision is not None else ()
        if not definitions:
            self.section(_("Print definition"))
            self.sentence(
                _(
                    "No print definition yet. It says how the part is printed, and which of its "
                    "fields bind the provider."
                ),
                color="muted",
            )
        for number, definition in enumerate(definitions):
            self._show_head(definition)
            if number == 0:
                self._show_fields(definition)
            for qualified in definition.qualifications:
                self._show_qualification(qualified, today)
        self.finish()

    def _show_head(self, shown: DefinitionDetails) -> None:
        definition = shown.definition
        self.section(
            _("Print definition {major}.{minor}").format(
                major=definition.major, minor=definition.minor
            )
        )
        self.fact(
            _("State"),
            definition_word(definition.state),
            mark=definition_mark(definition.state),
            note=_("by {who}, {when}").format(
                who=definition.released_by, when=moment(definition.released_at)
            )
            if definition.released_at is not None
            else "",
        )
        self.fact(_("Process"), process_word(definition.process))
        self.fact(_("Material"), definition.material_grade)
        self.fact(_("Machine class"), definition.machine_class)
        self.fact(_("Author"), definition.author)
        if definition.reason:
            self.fact(_("Why"), definition.reason)

    def _show_fields(self, shown: DefinitionDetails) -> None:
        if not shown.fields:
            return
        self.section(_("Fields"), _("key binds, range limits, choice is free"))
        for field in shown.fields:
            name, _unit = split_field_name(field.name)
            value, binding = field_value(field), binding_word(field.binding)
            if not value and field.binding is Binding.CHOICE:
                value, binding = _("Provider's choice"), ""
            self.fact(name, value, note=binding, below=field.why)

    def _show_qualification(self, shown: QualificationDetails, today: date) -> None:
        qualification = shown.qualification
        status = assess_status(qualification, today)
        until = (
            _("until {day}").format(day=qualification.valid_until.isoformat())
            if qualification.valid_until
            else ""
        )
        evidence = ngettext("{count} proof", "{count} proofs", len(shown.evidence))
        self.section(
            _("Qualification {number}").format(number=qualification.id),
            evidence.format(count=len(shown.evidence)),
        )
        self.fact(_("State"), status_word(status), mark=status_mark(status), note=until)
        self.fact(_("Provider"), shown.provider.name, note=shown.provider.code)
        self.fact(_("Machine"), shown.machine.name, note=shown.machine.model)
        self.fact(_("Feedstock"), shown.material.grade, note=shown.material.maker)
        self.fact(_("Consequence class"), consequence_word(qualification.consequence_class))
        self.fact(
            _("Author"),
            qualification.author,
            note=_("started {day}").format(day=qualification.started_on.isoformat()),
        )
        if qualification.approved_at is not None:
            self.fact(
                _("Approved by"), qualification.approver, note=moment(qualification.approved_at)
            )
        if qualification.blocked_reason:
            self.fact(_("Blocked"), qualification.blocked_reason, mark="blocked")
        for item in shown.evidence:
            self._show_evidence(item)

    def _show_evidence(self, item: Evidence) -> None:
        details = [item.title, item.standard, item.result, item.scope, item.file_name]
        if item.valid_until is not None:
            details.append(_("valid until {day}").format(day=item.valid_until.isoformat()))
        self.fact(
            readable(evidence_kind_word(item.kind)),
            _("Passed") if item.passed else _("Failed"),
            mark="good" if item.passed else "danger",
            below=" · ".join(filter(None, details)),
        )
