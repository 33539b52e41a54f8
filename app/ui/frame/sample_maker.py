"""Makes the sample inventory at the very first start, and says so."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.base.errors import AppError
from app.base.i18n import _
from app.base.progress import Progress
from app.domain.changes import Changes
from app.ui.widgets.message_strip import MessageStrip

if TYPE_CHECKING:
    from app.ui.context import UiContext


class SampleMaker(QObject):
    """Fills a new library; tells what these parts are and how to get an empty one.

    Args:
        make_own: asks for a folder and makes the user's own library there.
    """

    def __init__(
        self,
        strip: MessageStrip,
        make_own: Callable[[], None],
        failed: Callable[[AppError], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._strip, self._make_own, self._failed = strip, make_own, failed

    def make(self, context: UiContext) -> None:
        """Fill the library of `context` in the background."""
        services = context.services

        def work(progress: Progress) -> Changes:
            from app.services.sample.create_sample import create_sample

            return create_sample(
                services.library, workers=services.workers, who=services.user, progress=progress
            )

        def tell(changes: Changes) -> None:
            context.bus.publish(changes)
            self._strip.say(
                _(
                    "These parts are a sample to look around in. File › New library… makes an "
                    "empty one for your own parts."
                ),
                action=_("New library…"),
                act=self._make_own,
            )

        self._strip.say(_("This is your first start. A sample inventory is being made…"))
        context.jobs.start(
            work,
            owner=self,
            done=tell,
            failed=self._failed,
            lane="write",
            title=_("Make the sample inventory"),
        )
