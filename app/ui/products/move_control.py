"""Tells of an unsaved date in words, and saves or forgets it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QObject, Signal

from app.base.errors import AppError
from app.base.i18n import _
from app.domain.changes import Changes
from app.domain.lifecycle.product_lane import ProductLane
from app.ui.context import UiContext
from app.ui.products.lane_words import effect_text, move_text
from app.ui.products.milestone_move import Key, MilestoneMove
from app.ui.products.move_strip import MoveStrip
from app.ui.widgets.message_strip import MessageStrip


class MoveControl(QObject):
    """Connects the unsaved date with the strip that tells of it.

    Signals:
        changed: the unsaved date, or what it would change, is another; or there is none any more.
    """

    changed = Signal()

    def __init__(
        self,
        context: UiContext,
        unsaved: MilestoneMove,
        preview: MoveStrip,
        strip: MessageStrip,
    ) -> None:
        super().__init__(preview)
        self._context, self._unsaved = context, unsaved
        self._preview, self._strip = preview, strip
        unsaved.changed.connect(self._show)
        unsaved.previewed.connect(self._show)
        unsaved.saved.connect(self._tell)
        unsaved.refused.connect(self._refuse)
        preview.save_requested.connect(self.save)
        preview.discard_requested.connect(unsaved.discard)

    def take_day(self, lane: ProductLane, key: Key, on: date, why: str = "") -> None:
        """Move a date of a stored product, unless another one waits to be saved."""
        if self._unsaved.set_day(lane, key, on, why):
            return
        waiting = self._unsaved.lane
        if waiting is not None:
            self._strip.say(
                _("Save or discard the date of {product} first.").format(
                    product=waiting.product.name
                ),
                kind="warning",
            )

    def save(self) -> None:
        """Store the unsaved date, if there is one."""
        if self._unsaved.active:
            self._strip.clear()
            self._unsaved.save()
            self._preview.let_save(not self._unsaved.saving)

    def _show(self) -> None:
        unsaved = self._unsaved
        before, after, lane = unsaved.before, unsaved.after, unsaved.lane
        if not unsaved.active or before is None or after is None or lane is None:
            self._preview.clear()
            self.changed.emit()
            return
        found = unsaved.preview
        self._preview.let_save(not unsaved.saving)
        self._preview.say(
            move_text(lane.product.name, before, after.on),
            effect_text(found) if found is not None else "",
            announced=found is not None,
        )
        self.changed.emit()

    def _tell(self, changes: Changes) -> None:
        self._context.bus.publish(changes)

    def _refuse(self, error: AppError) -> None:
        self._preview.let_save(True)
        self._strip.say(str(error), kind="danger", details=f"{type(error).__name__}: {error}")
