"""A date that somebody moves and has not saved yet, and what it would change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import QObject, QTimer, Signal

from app.base.errors import AppError
from app.base.i18n import _
from app.base.progress import Progress
from app.domain.changes import Changes
from app.domain.lifecycle.milestone_preview import MilestonePreview
from app.domain.lifecycle.product import Milestone, MilestoneKind
from app.domain.lifecycle.product_lane import ProductLane, replace_milestone
from app.services.lifecycle.preview_milestone import preview_milestone
from app.services.lifecycle.set_milestone import set_milestone
from app.ui.context import UiContext
from app.ui.jobs import Job

WAIT_MS = 60  # a milestone that is dragged must not start a preview a pixel

Key = tuple[MilestoneKind, str]


def key_of(milestone: Milestone) -> Key:
    """Return what tells a milestone of a product from its others."""
    return (milestone.kind, milestone.market)


class MilestoneMove(QObject):
    """At most one date at a time; nothing is stored before `save`.

    Signals:
        changed: another day, or there is no unsaved date any more.
        previewed: `preview` belongs to the day now.
        saved: (changes: Changes).
        refused: (error: AppError) preview or saving failed; the date stays unsaved.

    Attributes:
        horizon_months: the preview is judged for it.
    """

    changed = Signal()
    previewed = Signal()
    saved = Signal(object)
    refused = Signal(object)

    def __init__(self, context: UiContext, horizon_months: int, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self.horizon_months = horizon_months
        self._lane: ProductLane | None = None
        self._before: Milestone | None = None
        self._after: Milestone | None = None
        self._why = ""
        self._preview: MilestonePreview | None = None
        self._job: Job | None = None
        self._saving = self._settling = False
        self._soon = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._soon.timeout.connect(self.look_again)

    @property
    def active(self) -> bool:
        """Whether there is an unsaved date."""
        return self._after is not None and not self._settling

    @property
    def saving(self) -> bool:
        return self._saving

    @property
    def lane(self) -> ProductLane | None:
        """The product as it is stored."""
        return self._lane

    @property
    def product_id(self) -> int:
        """Whose date it is; 0 for none."""
        return self._lane.id if self._lane is not None else 0

    @property
    def before(self) -> Milestone | None:
        return self._before

    @property
    def after(self) -> Milestone | None:
        return self._after

    @property
    def preview(self) -> MilestonePreview | None:
        """What the date would change; None until that is known."""
        return self._preview

    def set_day(self, lane: ProductLane, key: Key, on: date, why: str = "") -> bool:
        """Give a milestone of a stored product another day; its stored day ends the move.

        Returns:
            False if another date is waiting to be saved; nothing happens then.
        """
        stored = next((m for m in lane.milestones if key_of(m) == key), None)
        if self._settling:
            self._forget()
        if stored is None or self._saving:
            return False
        if self._before is not None and (lane.id, key) != (self.product_id, key_of(self._before)):
            return False
        if on == stored.on:
            self.discard()
            return True
        if self._after is not None and self._after.on == on:
            return True
        source = _("entered by {who}").format(who=self._context.user)
        self._lane, self._before = lane, stored
        self._after = replace(stored, on=on, source=source)
        self._why = why or self._why
        self._preview = None
        self._soon.start()
        self.changed.emit()
        return True

    def shown(self, lane: ProductLane) -> ProductLane:
        """Return a product as it would be."""
        from app.domain.lifecycle.life_cycle_stage import assess_stage

        if self._after is None or lane.id != self.product_id:
            return lane
        milestones = replace_milestone(lane.milestones, self._after)
        stage = assess_stage(milestones, self._context.today())
        return replace(lane, milestones=milestones, stage=stage)

    def discard(self) -> None:
        """Forget the unsaved date."""
        if not self.active or self._saving:
            return
        self._forget()
        self.changed.emit()

    def check(self, lane: ProductLane) -> None:
        """Take note of the product as it is stored now; somebody else may have changed it."""
        if self._before is None or lane.id != self.product_id:
            return
        if self._settling:
            if lane is not self._lane:
                self._forget()
                self.changed.emit()
            return
        stored = next((m for m in lane.milestones if key_of(m) == key_of(self._before)), None)
        if stored is None or stored.on != self._before.on:
            self.discard()
        else:
            self._lane = lane

    def look_again(self) -> None:
        """Ask what the date would change."""
        after = self._after
        if after is None:
            return
        self._soon.stop()
        self._cancel()
        library, today = self._context.services.library, self._context.today()
        months = self.horizon_months

        def look(progress: Progress) -> MilestonePreview:
            progress.check()
            return preview_milestone(library, after, today=today, horizon_months=months)

        def take(preview: MilestonePreview) -> None:
            if self._after is after:
                self._preview = preview
                self.previewed.emit()

        self._job = self._context.jobs.start(look, owner=self, done=take, failed=self.refused.emit)

    def save(self) -> None:
        """Store the date: one act that can be undone."""
        after, lane = self._after, self._lane
        if after is None or lane is None or self._saving:
            return
        self._saving = True
        services, why = self._context.services, self._why

        def store(progress: Progress) -> Changes:
            return set_milestone(services.library, after, who=services.user, why=why)

        job = self._context.jobs.start(
            store,
            owner=self,
            done=self._take_saved,
            failed=self._fail_saving,
            lane="write",
            title=_("Save milestone of {product}").format(product=lane.product.name),
        )
        job.finished.connect(self._end_saving)

    def _take_saved(self, changes: Changes) -> None:
        # Shown until the list holds it, or the mark would jump back for a moment.
        self._saving, self._settling = False, True
        self.changed.emit()
        self.saved.emit(changes)

    def _fail_saving(self, error: AppError) -> None:
        self._saving = False
        self.refused.emit(error)

    def _end_saving(self) -> None:
        self._saving = False

    def _forget(self) -> None:
        self._soon.stop()
        self._cancel()
        self._lane = self._before = self._after = self._preview = None
        self._why, self._settling = "", False

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None
