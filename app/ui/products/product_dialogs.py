"""The dialogs of the page of products."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QLineEdit, QWidget

from app.base.errors import AppError
from app.base.i18n import _
from app.base.progress import Progress
from app.domain.changes import Changes
from app.domain.lifecycle.product import (
    Confidence,
    Milestone,
    MilestoneKind,
    Product,
    WhereUsed,
    name_key,
)
from app.domain.lifecycle.product_lane import ProductLane
from app.services.catalog.find_part import find_part
from app.services.lifecycle.remove_milestone import remove_milestone
from app.services.lifecycle.save_product import save_product
from app.services.lifecycle.set_milestone import set_milestone
from app.services.lifecycle.set_where_used import set_where_used
from app.ui.context import UiContext
from app.ui.part_words import confidence_word
from app.ui.products.date_fields import (
    needed_date,
    read_count,
    read_date,
    read_share,
)
from app.ui.products.lane_words import dated_text, event_text, event_word
from app.ui.widgets.act_dialog import (
    ActDialog,
    Work,
    choice,
    number_text,
    read_number,
    required_field,
    text_field,
)
from app.ui.widgets.confirm_dialog import ConfirmDialog
from app.ui.words import day

_KINDS = (
    MilestoneKind.INTRODUCTION,
    MilestoneKind.LAST_PRODUCED,
    MilestoneKind.LAST_PLACED,
    MilestoneKind.END_OF_SERVICE,
)


class ProductDialog(ActDialog):
    """What is known of a product, with the dates that hold in every market."""

    def __init__(
        self, context: UiContext, lane: ProductLane | None, parent: QWidget | None = None
    ) -> None:
        title = (
            _("New product")
            if lane is None
            else _("Edit {product}").format(product=lane.product.name)
        )
        verb = _("Add product") if lane is None else _("Save product")
        super().__init__(context.jobs, context.bus, title, verb, parent)
        self._context = context
        self._product = lane.product if lane is not None else Product(name="", name_key="")
        self.name = required_field(self._product.name)
        self.add_row(_("Name"), self.name)
        self.group = text_field(self._product.product_group)
        self.add_row(_("Product group"), self.group)
        base, rate = self._product.installed_base, self._product.annual_failure_rate
        self.in_use = text_field("" if base is None else str(base), _("not known"))
        self.add_row(_("In use"), self.in_use)
        percent = None if rate is None else round(rate * 100, 10)
        self.rate = text_field(number_text(percent), _("not known"))
        self.add_row(_("Fail in a year, %"), self.rate)
        self._stored = {m.kind: m.on for m in (lane.milestones if lane else ()) if not m.market}
        self.dates = {kind: self._date_field(kind) for kind in _KINDS}
        self.why = text_field(placeholder=_("optional, stands in the history"))
        self.add_row(_("Why"), self.why)

    def prepare(self) -> Work:
        """Read the fields."""
        name = " ".join(self.name.text().split())
        product = replace(
            self._product,
            name=name,
            name_key=name_key(name),
            product_group=self.group.text().strip(),
            installed_base=read_count(self.in_use.text(), _("In use")),
            annual_failure_rate=read_share(self.rate.text(), _("Fail in a year, %")),
        )
        typed = {
            kind: read_date(field.text(), event_word(kind)) for kind, field in self.dates.items()
        }
        dates = {kind: on for kind, on in typed.items() if on != self._stored.get(kind)}
        services, why = self._context.services, self.why.text().strip()

        def work(progress: Progress) -> Changes:
            return save_product(services.library, product, who=services.user, why=why, dates=dates)

        return work

    def _date_field(self, kind: MilestoneKind) -> QLineEdit:
        field = text_field(day(self._stored.get(kind)), _("YYYY-MM-DD or YYYY-MM"))
        self.add_row(event_word(kind), field)
        return field


class MilestoneDialog(ActDialog):
    """Gives a product a date that it has not yet."""

    def __init__(
        self, context: UiContext, lane: ProductLane, parent: QWidget | None = None
    ) -> None:
        title = _("Add date to {product}").format(product=lane.product.name)
        super().__init__(context.jobs, context.bus, title, _("Add date"), parent)
        self._context, self._lane = context, lane
        known = {m.kind for m in lane.milestones}
        order = (MilestoneKind.LAST_PRODUCED, *_KINDS)
        proposed = next((kind for kind in order if kind not in known), _KINDS[0])
        self.kind = choice([(event_word(kind), kind) for kind in _KINDS], proposed)
        self.add_row(_("Event"), self.kind)
        self.on = required_field(placeholder=_("YYYY-MM-DD or YYYY-MM"))
        self.add_row(_("Date"), self.on)
        self.market = text_field(placeholder=_("empty: everywhere"))
        self.add_row(_("Market"), self.market)
        words = [(_capital(confidence_word(value)), value) for value in Confidence]
        self.confidence = choice(words, Confidence.CONFIRMED)
        self.add_row(_("Confidence"), self.confidence)
        self.source = text_field(_("entered by {who}").format(who=context.user))
        self.add_row(_("Source"), self.source)
        self.kind.currentIndexChanged.connect(self._warn)
        self.market.textChanged.connect(self._warn)
        self._warn()

    def prepare(self) -> Work:
        """Read the fields."""
        milestone = Milestone(
            product_id=self._lane.id,
            kind=MilestoneKind(self.kind.currentData()),
            on=needed_date(self.on.text(), _("Date")),
            market=self.market.text().strip(),
            confidence=Confidence(self.confidence.currentData()),
            source=self.source.text().strip(),
        )
        services = self._context.services

        def work(progress: Progress) -> Changes:
            return set_milestone(services.library, milestone, who=services.user)

        return work

    def _warn(self) -> None:
        """Say which date would be replaced."""
        wanted = (self.kind.currentData(), self.market.text().strip())
        stored = next((m for m in self._lane.milestones if (m.kind, m.market) == wanted), None)
        if stored is None:
            self.strip.clear()
            return
        self.strip.say(_("It takes the place of {date}.").format(date=dated_text(stored)))


class DateDialog(ActDialog):
    """Asks for a day; it is shown as unsaved, with what it would change, before it is stored.

    Attributes:
        day: what was typed; None until the dialog is accepted.
        why: the reason typed.
    """

    def __init__(
        self,
        context: UiContext,
        lane: ProductLane,
        milestone: Milestone,
        *,
        on: date,
        parent: QWidget | None = None,
    ) -> None:
        title = _("Move {event} of {product}").format(
            event=event_text(milestone), product=lane.product.name
        )
        super().__init__(context.jobs, context.bus, title, _("Preview"), parent)
        self.day: date | None = None
        self.why = ""
        self.on = required_field(day(on), _("YYYY-MM-DD or YYYY-MM"))
        self.on.selectAll()
        self.add_row(_("Date"), self.on, _("What would change is shown before you save."))
        self.reason = text_field(placeholder=_("optional, stands in the history"))
        self.add_row(_("Why"), self.reason)

    def run(self) -> None:
        """Read the day; nothing is stored."""
        self.strip.clear()
        try:
            self.day = needed_date(self.on.text(), _("Date"))
        except AppError as error:
            self.refuse(error)
            return
        self.why = self.reason.text().strip()
        self.accept()


class UseDialog(ActDialog):
    """Says that a product uses a part."""

    def __init__(
        self, context: UiContext, lane: ProductLane, parent: QWidget | None = None
    ) -> None:
        title = _("Add part to {product}").format(product=lane.product.name)
        super().__init__(context.jobs, context.bus, title, _("Add part"), parent)
        self._context, self._lane = context, lane
        self.number = required_field(placeholder=_("number of a part in the library"))
        self.add_row(_("Part"), self.number)
        self.quantity = text_field("1")
        self.add_row(_("Pieces in one product"), self.quantity)
        self.share = text_field(placeholder=_("not known"))
        self.add_row(
            _("Share of failures, %"),
            self.share,
            _("How many of the product's failures are due to this part."),
        )

    def prepare(self) -> Work:
        """Read the fields."""
        number = self.number.text().strip()
        quantity = read_number(self.quantity.text(), _("Pieces in one product"))
        share = read_share(self.share.text(), _("Share of failures, %"))
        services, product_id = self._context.services, self._lane.id
        source = _("entered by {who}").format(who=services.user)

        def work(progress: Progress) -> Changes:
            with services.library.reading() as read:
                part = find_part(read, number)
            use = WhereUsed(
                part_id=part.id,
                product_id=product_id,
                quantity=1.0 if quantity is None else quantity,
                failure_share=share,
                source=source,
            )
            return set_where_used(services.library, use, who=services.user)

        return work


def removal_dialog(
    context: UiContext, lane: ProductLane, milestone: Milestone, parent: QWidget
) -> ConfirmDialog:
    """Return the dialog that takes a date back."""
    services = context.services

    def work(progress: Progress) -> Changes:
        return remove_milestone(services.library, milestone.id, who=services.user)

    return ConfirmDialog(
        context.jobs,
        context.bus,
        title=_("Remove a date of {product}").format(product=lane.product.name),
        verb=_("Remove date"),
        sentences=(
            f"{dated_text(milestone)}.",
            _("The stage of the product and the worklist follow. Undo brings the date back."),
        ),
        work=work,
        parent=parent,
    )


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]
