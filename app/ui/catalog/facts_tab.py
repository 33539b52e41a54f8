"""The overview of a part: verdict with all its terms, file, supply, products, rights."""

from __future__ import annotations

from datetime import date

from app.base.figures import figure, fixed_figure
from app.base.i18n import _, ngettext
from app.domain.catalog.geometry import Finding, Severity
from app.domain.inventory.part_details import GeometryDetails, PartDetails, RevisionDetails
from app.domain.lifecycle.flag import Answer, Flag
from app.domain.lifecycle.life_cycle_stage import assess_stage
from app.domain.lifecycle.product import Milestone
from app.ui.flag_words import rank_terms, start_note
from app.ui.part_words import (
    confidence_word,
    consequence_word,
    criticality_word,
    export_word,
    milestone_word,
    month_text,
    price_text,
    right_word,
    role_word,
    severity_mark,
    severity_word,
    size_text,
    unit_text,
)
from app.ui.widgets.fact_sheet import FactSheet
from app.ui.words import (
    answer_mark,
    answer_word,
    day,
    readiness_mark,
    readiness_word,
    stage_mark,
    stage_word,
    start_mark,
)

WHY = "why"


class FactsTab(FactSheet):
    """Everything known on a part that has no tab of its own."""

    def __init__(self) -> None:
        super().__init__(_("Overview"))

    def show_details(
        self, details: PartDetails, revision: RevisionDetails | None, today: date
    ) -> None:
        """Fill the sheet with one part."""
        self.begin()
        self._show_flag(details.flag, today)
        for geometry in revision.geometries if revision is not None else ():
            self._show_geometry(geometry)
        self._show_supply(details)
        self._show_products(details, today)
        self._show_part(details)
        self.finish()

    def reveal_reasons(self) -> None:
        """Scroll to why the part is an eternal spare, or why not."""
        self.reveal(WHY)

    def _show_flag(self, flag: Flag | None, today: date) -> None:
        if flag is None:
            self.section(_("Eternal spare"), name=WHY)
            self.sentence(_("This part has not been judged yet. The worklist judges all parts."))
            return
        judged = _("judged for {day}, horizon {months} months").format(
            day=flag.assessed_for.isoformat(), months=flag.horizon_months
        )
        self.section(_("Eternal spare"), judged, name=WHY)
        self.fact(_("Answer"), answer_word(flag.answer), mark=answer_mark(flag.answer))
        if flag.reasons:
            self.facts(_("Why"), flag.reasons)
        if flag.missing:
            self.facts(_("Missing"), flag.missing)
        self._show_dates(flag, today)
        self.fact(
            _("Readiness"), readiness_word(flag.readiness), mark=readiness_mark(flag.readiness)
        )
        if flag.next_action:
            self.fact(_("Next step"), flag.next_action)
        if flag.answer is Answer.YES:
            self.fact(_("Rank"), fixed_figure(flag.rank, 1), note=rank_terms(flag))

    def _show_dates(self, flag: Flag, today: date) -> None:
        unknown = _("not known")
        self.fact(_("Needed until"), day(flag.need_until) or unknown, note=flag.need_source)
        self.fact(_("Supply until"), day(flag.supply_until) or unknown)
        for label, on in ((_("Decide by"), flag.decide_by), (_("Start by"), flag.start_by)):
            if on is not None:
                self.fact(label, on.isoformat())
        if flag.last_safe_start is not None:
            self.fact(
                _("Last safe start"),
                flag.last_safe_start.isoformat(),
                mark=start_mark(flag.last_safe_start, today),
                note=start_note(flag.last_safe_start, today),
            )

    def _show_geometry(self, shown: GeometryDetails) -> None:
        geometry, facts = shown.geometry, shown.facts
        self.section(_("Geometry"), role_word(geometry.role))
        self.fact(
            _("File"),
            geometry.file_name,
            note=f"{geometry.format.value.upper()}, {size_text(geometry.size_bytes)}",
        )
        self.fact(_("Unit"), unit_text(geometry.unit, geometry.unit_source))
        if facts is None:
            self.sentence(_("This file has not been measured yet."), mark="unknown")
            return
        self.fact(
            _("Size"), " × ".join(fixed_figure(length, 2) for length in facts.size_mm) + " mm"
        )
        bodies = ngettext("{count} body", "{count} bodies", facts.bodies)
        self.fact(
            _("Triangles"), figure(facts.triangles), note=bodies.format(count=figure(facts.bodies))
        )
        self.fact(
            _("Closed"),
            _("Yes, watertight") if facts.watertight else _("No, the mesh is open"),
            mark="good" if facts.watertight else "warning",
        )
        if facts.watertight:
            self.fact(_("Volume"), f"{fixed_figure(abs(facts.volume_mm3) / 1000, 2)} cm³")
        self.fact(_("Surface"), f"{fixed_figure(facts.area_mm2 / 100, 2)} cm²")
        for finding in facts.findings:
            self._show_finding(finding, shown)

    def _show_finding(self, finding: Finding, shown: GeometryDetails) -> None:
        ignored = [item for item in shown.ignored if item.code is finding.code]
        signature = ""
        if finding.severity is Severity.DANGER and ignored:
            signed = ignored[-1]
            signature = _("Ignored by {who} on {day}: {reason}").format(
                who=signed.who, day=signed.at.date().isoformat(), reason=signed.reason
            )
        self.fact(
            severity_word(finding.severity),
            finding.text,
            mark=severity_mark(finding.severity),
            below=signature,
        )

    def _show_supply(self, details: PartDetails) -> None:
        self.section(_("Supply"))
        if not details.positions and not details.sources:
            self.sentence(_("No stock and no supplier is recorded."), color="muted")
        for position in details.positions:
            stock = _("not known") if position.stock is None else figure(position.stock)
            more = [
                _("{count} on order").format(count=figure(position.open_orders))
                if position.open_orders
                else "",
                _("safety stock {count}").format(count=figure(position.safety_stock))
                if position.safety_stock
                else "",
                price_text(position.price_amount, position.price_unit, position.currency),
                _("as of {day}").format(day=position.as_of.isoformat()) if position.as_of else "",
            ]
            where = _("Stock, {plant}").format(plant=position.plant)
            self.fact(
                where if position.plant else _("Stock"), stock, note=", ".join(filter(None, more))
            )
        for source in details.sources:
            lead = (
                _("lead time {days} days").format(days=source.lead_time_days)
                if source.lead_time_days is not None
                else ""
            )
            orders = (
                _("takes orders until {day}").format(day=source.last_order_on.isoformat())
                if source.last_order_on
                else _("no end of orders announced")
            )
            self.fact(_("Supplier"), source.supplier, note=", ".join(filter(None, (lead, orders))))
        if details.demand is not None:
            months = len(details.demand.quantities)
            total = sum(details.demand.quantities)
            self.fact(
                _("Demand"),
                ngettext("{count} in {months} month", "{count} in {months} months", months).format(
                    count=figure(total), months=months
                ),
                note=_("from {month}").format(month=month_text(details.demand.first_month)),
            )

    def _show_products(self, details: PartDetails, today: date) -> None:
        self.section(_("Used in"))
        if not details.products:
            self.sentence(_("No product is known to use this part."), color="muted")
        for use in details.products:
            stage = assess_stage(use.milestones, today)
            notes = [_("{count} in each").format(count=figure(use.where_used.quantity))]
            if use.product.installed_base is not None:
                notes.append(_("{count} in use").format(count=figure(use.product.installed_base)))
            self.fact(
                use.product.name,
                stage_word(stage),
                mark=stage_mark(stage),
                note=", ".join(notes),
                below="\n".join(_milestone_text(item) for item in use.milestones),
            )
        for milestone in details.milestones:
            self.fact(
                milestone_word(milestone.kind),
                milestone.on.isoformat(),
                note=confidence_word(milestone.confidence),
            )

    def _show_part(self, details: PartDetails) -> None:
        part = details.part
        self.section(_("Rights and requirements"))
        self.fact(_("Right to make"), right_word(part.right_to_make))
        self.fact(_("Design owner"), part.design_owner)
        self.fact(_("Export control"), export_word(part.export_control))
        self.fact(_("Consequence class"), consequence_word(part.consequence_class))
        self.fact(_("Criticality"), criticality_word(part.supply_criticality))
        self.section(_("Part"))
        self.fact(_("Material"), part.material)
        if part.successor:
            self.fact(_("Successor"), part.successor)
        if part.note:
            self.fact(_("Note"), part.note)
        self.fact(_("Source"), part.source)


def _milestone_text(milestone: Milestone) -> str:
    text = f"{milestone_word(milestone.kind)} {milestone.on.isoformat()}"
    return f"{text} ({milestone.market})" if milestone.market else text
