"""The page of a certificate as it was issued: fitted to the width, or larger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QToolButton, QVBoxLayout, QWidget

from app.base.errors import AppError
from app.base.figures import figure
from app.base.i18n import _
from app.base.progress import Progress
from app.domain.certificates.certificate import Certificate
from app.services.certificates.draw_certificate_page import draw_certificate_page
from app.ui.icons import SMALL, icon
from app.ui.jobs import Job, JobRunner
from app.ui.theme import current_theme
from app.ui.widgets.labels import ElidedLabel, RoleLabel
from app.ui.widgets.panels import Panel, bar, row

if TYPE_CHECKING:
    from app.bootstrap import Services

_A4_WIDTH_PX = 794  # at 100 %: 210 mm at 96 dots per inch
_SHAPE = 297 / 210
_ZOOMS = (0.5, 0.65, 0.8, 1.0, 1.25, 1.5, 2.0)


class PagePanel(Panel):
    """A bar with the zoom over the page, which lies on a darker ground."""

    def __init__(self, jobs: JobRunner, services: Services, parent: QWidget | None = None) -> None:
        super().__init__("pageSurround", parent=parent)
        self._jobs, self._services = jobs, services
        self._job: Job | None = None
        self._shown = ""
        self.sheet = _Sheet()
        self.area = QScrollArea()
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidget(self.sheet)
        self.area.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.area.setAccessibleName(_("First page"))
        self.area.viewport().setAutoFillBackground(False)
        self.sheet.setAutoFillBackground(False)
        self.name = ElidedLabel(color="muted")
        self.zoom = RoleLabel()
        self.fit = QPushButton(_("Fit width"))
        self.fit.clicked.connect(self.fit_width)
        self._zoom = 0.0  # 0: as wide as the panel
        self._lay_out()

    @property
    def trouble(self) -> str:
        """What stands instead of the page; "" while there is one."""
        return self.sheet.text

    @property
    def has_page(self) -> bool:
        return self.sheet.has_page

    def show_certificate(self, certificate: Certificate | None) -> None:
        """Show the page of a certificate; without one the panel goes."""
        self.setVisible(certificate is not None)
        if certificate is None:
            self._stop()
            self._say("")
            return
        if self._shown == certificate.sha256:
            return
        self._stop()
        self._shown = certificate.sha256
        self.name.setText(certificate.file_name)
        self.area.setAccessibleDescription(certificate.number)
        self._say(_("Drawing the page…"))
        services = self._services

        def draw(progress: Progress) -> QImage:
            png = draw_certificate_page(
                services.library, certificate, workers=services.workers, progress=progress
            )
            return QImage.fromData(png)

        def take(image: QImage) -> None:
            self.sheet.show_page(image)
            self._fit()
            self.area.verticalScrollBar().setValue(0)

        def fail(error: AppError) -> None:
            self._shown = ""
            self._say(str(error))

        self._job = self._jobs.start(draw, owner=self, done=take, failed=fail)

    def fit_width(self) -> None:
        """Show the page as wide as the panel."""
        self._zoom = 0.0
        self._fit()

    def step_zoom(self, by: int) -> None:
        """Show the page one step larger or smaller."""
        now = (self.sheet.width() - 2 * current_theme().size("space", "m")) / _A4_WIDTH_PX
        steps = [step for step in _ZOOMS if (step > now + 0.01 if by > 0 else step < now - 0.01)]
        if steps:
            self._zoom = steps[0] if by > 0 else steps[-1]
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _stop(self) -> None:
        self._shown = ""
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _say(self, text: str) -> None:
        self.sheet.say(text)
        self._fit()

    def _fit(self) -> None:
        if not self.sheet.has_page:
            self.sheet.resize(self.area.viewport().size())
            self.zoom.setText("")
            return
        margin = 2 * current_theme().size("space", "m")
        # Room for the bar is always left: a page that made it come would not fit any more.
        room = self.area.width() - self.area.verticalScrollBar().sizeHint().width()
        width = round(self._zoom * _A4_WIDTH_PX) + margin if self._zoom else room
        self.sheet.resize(width, round((width - margin) * _SHAPE) + margin)
        share = round(100 * (width - margin) / _A4_WIDTH_PX)
        self.zoom.setText(_("{share} %").format(share=figure(share)))

    def _tool(self, picture: str, tip: str, by: int) -> QToolButton:
        button = QToolButton()
        button.setIcon(icon(picture))
        button.setIconSize(QSize(SMALL, SMALL))
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.clicked.connect(lambda: self.step_zoom(by))
        return button

    def _lay_out(self) -> None:
        theme = current_theme()
        margin = theme.size("space", "panelMargin")
        tools = bar("toolBar", ground="panel", lines="tb")
        line = row(
            RoleLabel(_("First page"), font="bodyStrong"),
            self.name,
            self._tool("zoom-out", _("Smaller"), -1),
            self.zoom,
            self._tool("zoom-in", _("Larger"), 1),
            self.fit,
            margins=(margin, 0, margin, 0),
            spacing=theme.size("space", "s"),
        )
        line.setStretch(1, 1)
        tools.setLayout(line)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(tools)
        layout.addWidget(self.area, 1)
        self.setMinimumHeight(120)


class _Sheet(QWidget):
    """Paints the page, scaled once for each width, or a sentence."""

    def __init__(self) -> None:
        super().__init__()
        self._image = QImage()
        self._scaled = QPixmap()
        self.text = ""
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    @property
    def has_page(self) -> bool:
        return not self._image.isNull()

    def show_page(self, image: QImage) -> None:
        self._image, self._scaled, self.text = image, QPixmap(), ""
        self.setAccessibleName("")
        self.update()

    def say(self, text: str) -> None:
        self._image, self._scaled, self.text = QImage(), QPixmap(), text
        self.setAccessibleName(text)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        margin = theme.size("space", "m")
        page = self.rect().adjusted(margin, margin, -margin, -margin)
        if not self.has_page:
            painter.setPen(theme.color("muted"))
            painter.setFont(theme.font("body"))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(page, flags, self.text)
            return
        wanted = page.size() * self.devicePixelRatioF()
        if self._scaled.size() != wanted:
            smooth = Qt.TransformationMode.SmoothTransformation
            fitted = self._image.scaled(wanted, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
            self._scaled = QPixmap.fromImage(fitted)
        painter.drawPixmap(page, self._scaled)
        painter.setPen(theme.color("divider"))
        painter.drawRect(page.adjusted(-1, -1, 0, 0))
