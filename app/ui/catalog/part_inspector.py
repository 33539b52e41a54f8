"""The panel beside the parts table: picture, why the part is flagged, and what is known of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.base.figures import figure, fixed_figure
from app.base.i18n import _
from app.domain.lifecycle.verdict import Answer
from app.domain.qualification.validity import QualificationStatus
from app.ui.catalog.part_pictures import Key, PartPictures
from app.ui.theme import current_theme, set_property
from app.ui.viewer.caption import health_of
from app.ui.widgets.glyphs import draw_mark
from app.ui.widgets.labels import ElidedLabel, RoleLabel, StatusLabel
from app.ui.widgets.panels import Panel, scrolled
from app.ui.widgets.property_list import PropertyList
from app.ui.widgets.small_marks import KeyHint
from app.ui.words import (
    day,
    days_from_now,
    month,
    parts_text,
    stage_mark,
    stage_word,
    standing_mark,
    standing_word,
    start_mark,
)

if TYPE_CHECKING:
    from app.domain.catalog.geometry import GeometryFacts
    from app.domain.inventory.part_details import GeometryDetails, PartDetails, RevisionDetails
    from app.domain.lifecycle.flag import Flag

PICTURE_SHARE = 480 / 720


class PartInspector(Panel):
    """What the chosen part is, at a glance.

    Signals:
        open_requested: the primary button was pressed.
    """

    open_requested = Signal()

    def __init__(self, pictures: PartPictures, parent: QWidget | None = None) -> None:
        super().__init__("window", parent=parent)
        theme = current_theme()
        margin = theme.size("space", "panelMargin")
        self.setMinimumWidth(280)
        self.picture = PicturePanel(pictures)
        self._number = ElidedLabel(font="section", elide=Qt.TextElideMode.ElideMiddle)
        self._name = ElidedLabel(font="sectionPlain")
        self._name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._revision = KeyHint("")
        self._supply = StatusLabel()
        self._qualification = StatusLabel()
        self.reasons = ReasonCard()
        self.properties = PropertyList(label_width=112)
        self.open_button = QPushButton(_("Open"))
        set_property(self.open_button, "primary", True)
        self.open_button.clicked.connect(self.open_requested)
        head = QHBoxLayout()
        head.setSpacing(theme.size("space", "s"))
        head.addWidget(self._number)
        head.addWidget(self._name, 1)
        head.addWidget(self._revision)
        states = QHBoxLayout()
        states.setSpacing(theme.size("space", "l"))
        states.addWidget(self._supply)
        states.addWidget(self._qualification)
        states.addStretch(1)
        self._body = QWidget()
        body = QVBoxLayout(self._body)
        body.setContentsMargins(margin, margin - 4, margin, margin)
        body.setSpacing(theme.size("space", "m"))
        body.addLayout(head)
        body.addLayout(states)
        body.addWidget(self.reasons)
        body.addWidget(self.properties)
        body.addStretch(1)
        self._note = RoleLabel(color="muted", wrap=True)
        self._note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._note.setContentsMargins(margin, margin, margin, margin)
        self._foot = self._footer()
        self._scroll = scrolled(self._body)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.picture)
        layout.addWidget(self._scroll, 1)
        layout.addWidget(self._note, 1)
        layout.addWidget(self._foot)
        self.show_nothing()

    def sizeHint(self) -> QSize:
        return QSize(current_theme().size("width", "inspector"), 600)

    def _footer(self) -> Panel:
        theme = current_theme()
        foot = Panel("panel", lines="t")
        foot.setFixedHeight(theme.size("height", "footerBar"))
        layout = QHBoxLayout(foot)
        layout.setContentsMargins(theme.size("space", "panelMargin"), 0, 8, 0)
        layout.addWidget(self.open_button)
        layout.addWidget(KeyHint(_("Enter")))
        layout.addStretch(1)
        return foot

    def show_nothing(self) -> None:
        """No part is chosen."""
        self._show_note(_("Choose a part to see its picture and why it is flagged."))

    def show_many(self, count: int) -> None:
        """Several parts are chosen."""
        self._show_note(
            _("{parts} selected. Ctrl+C copies their rows for a spreadsheet.").format(
                parts=parts_text(count)
            )
        )

    def show_unread(self) -> None:
        """The part that was chosen could not be read; nothing of another one may stay."""
        self._show_note(_("This part could not be read."))

    def show_waiting(self, number: str, name: str, picture: Key | None) -> None:
        """Show what the table knows already, until the rest arrives."""
        self._show_body()
        self.picture.show_key(picture)
        self._number.setText(number)
        self._name.setText(name)

    def show_part(self, details: PartDetails, today: date) -> None:
        """Show everything that fits here."""
        self._show_body()
        part, newest = details.part, details.newest
        master = newest.geometries[0] if newest and newest.geometries else None
        self.picture.show_key((master.geometry.sha256, master.geometry.unit) if master else None)
        self._number.setText(part.number)
        self._name.setText(part.name)
        self._revision.setText(
            _("Rev {label}").format(label=newest.revision.label) if newest else ""
        )
        self._revision.setVisible(newest is not None)
        self._show_supply(details, today)
        self._show_qualification(newest, today)
        self.reasons.show_flag(details.flag)
        self._show_properties(details, master, today)

    def _show_supply(self, details: PartDetails, today: date) -> None:
        from app.domain.inventory.part_standing import assess_standing

        found = assess_standing(details, today)
        word = stage_word(found.stage) if found.stage is not None else _("In no product")
        if found.until is not None:
            word = _("{stage} {month}").format(stage=word, month=month(found.until))
        self._supply.set_status(stage_mark(found.stage) or "none", word)

    def _show_qualification(self, revision: RevisionDetails | None, today: date) -> None:
        from app.domain.inventory.part_standing import qualification_standing

        status = qualification_standing(revision, today) if revision is not None else None
        self._qualification.set_status(standing_mark(status), standing_word(status))

    def _show_properties(
        self, details: PartDetails, master: GeometryDetails | None, today: date
    ) -> None:
        rows, flag = self.properties, details.flag
        rows.clear()
        self._add_proof(details.newest, today)
        if flag is not None:
            if flag.last_safe_start is not None:
                text = f"{day(flag.last_safe_start)}, {days_from_now(flag.last_safe_start, today)}"
                rows.add(_("Last safe start"), text, start_mark(flag.last_safe_start, today))
            rows.add(_("Needed until"), day(flag.need_until))
            rows.add(_("Supply until"), day(flag.supply_until))
            rows.add(_("Next step"), flag.next_action)
        stock = [p.stock for p in details.positions if p.stock is not None]
        rows.add(_("Stock"), figure(sum(stock)) if stock else _("not known"))
        rows.add(_("Material"), details.part.material)
        rows.add(_("Used in"), ", ".join(use.product.name for use in details.products))
        if master is None:
            rows.add(_("File"), _("none yet"))
        elif master.facts is not None:
            rows.add(_("Size"), _size_text(master.facts))
            rows.add(_("File"), master.geometry.file_name)
            rows.add(_("Mesh"), health_of(master.facts))

    def _add_proof(self, revision: RevisionDetails | None, today: date) -> None:
        """Say until when the part is qualified, or why it is blocked."""
        from app.domain.inventory.part_standing import speaking_qualification

        found = speaking_qualification(revision, today) if revision is not None else None
        if found is None:
            return
        status, proof = found
        if status is QualificationStatus.BLOCKED:
            self.properties.add(_("Blocked"), proof.blocked_reason or _("no reason recorded"))
        elif proof.valid_until is not None:
            near = status is not QualificationStatus.QUALIFIED
            name = _("Expired") if status is QualificationStatus.EXPIRED else _("Qualified until")
            text = f"{day(proof.valid_until)}, {days_from_now(proof.valid_until, today)}"
            self.properties.add(name, text, standing_mark(status) if near else "")

    def _show_body(self) -> None:
        self._note.hide()
        for widget in (self.picture, self._scroll, self._foot):
            widget.show()

    def _show_note(self, text: str) -> None:
        for widget in (self.picture, self._scroll, self._foot):
            widget.hide()
        self._note.setText(text)
        self._note.show()


def _size_text(facts: GeometryFacts) -> str:
    return _("{size} mm").format(
        size=" × ".join(fixed_figure(length, 1) for length in facts.size_mm)
    )


class PicturePanel(QWidget):
    """The large picture of a part, from the cache; its ground goes to the edges."""

    def __init__(self, pictures: PartPictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._key: Key | None = None
        self._trouble = ""
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(_("Picture of the part"))
        pictures.arrived.connect(self.update)
        pictures.failed.connect(self._show_trouble)
        current_theme().changed.connect(self.update)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(width * PICTURE_SHARE)

    def sizeHint(self) -> QSize:
        width = current_theme().size("width", "inspector")
        return QSize(width, self.heightForWidth(width))

    def show_key(self, key: Key | None) -> None:
        """Show the picture of this file; None: the part has none."""
        if key != self._key:
            self._key, self._trouble = key, ""
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        # Asked for before painting begins, because asking may start work.
        pixmap = self._pictures.page_picture(self._key) if self._key is not None else None
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), theme.color("viewportBottom"))
        if pixmap is not None:
            painter.drawPixmap(self.rect(), pixmap, _cover(pixmap, self.rect()))
        else:
            text = self._trouble or (_("Drawing the picture…") if self._key else _("No file yet"))
            painter.setPen(theme.color("muted"))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect().adjusted(16, 16, -16, -16), flags, text)
        painter.setPen(theme.color("hairline"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)

    def _show_trouble(self, key: Key, error: Exception) -> None:
        if key == self._key:
            self._trouble = str(error)
            self.update()


def _cover(pixmap: QPixmap, target: QRect) -> QRect:
    """Return the middle part of a picture in the proportions of `target`."""
    source = QRect(0, 0, pixmap.width(), pixmap.height())
    if not target.width() or not target.height():
        return source
    share = target.height() / target.width()
    height = min(source.height(), round(source.width() * share))
    width = min(source.width(), round(height / share))
    place = QRect(0, 0, width, height)
    place.moveCenter(source.center())
    return place


class ReasonCard(Panel):
    """Why a part is an eternal spare, is covered, or cannot be judged."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("panel", card=True, parent=parent)
        theme = current_theme()
        self._title = RoleLabel(font="bodyStrong")
        self._lines = QVBoxLayout()
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(theme.size("space", "xs"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 10)
        layout.setSpacing(theme.size("space", "xs"))
        layout.addWidget(self._title)
        layout.addLayout(self._lines)
        self.sentences: tuple[str, ...] = ()

    def show_flag(self, flag: Flag | None) -> None:
        """Show the verdict and its reasons; hidden while nothing was assessed."""
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.setVisible(flag is not None)
        self.sentences = ()
        if flag is None:
            return
        titles = {
            Answer.YES: _("Eternal spare"),
            Answer.NO: _("Supply covers the need"),
            Answer.UNKNOWN: _("Cannot be judged yet"),
        }
        self._title.setText(titles[flag.answer])
        self.sentences = flag.reasons
        self._add(flag.reasons)

    def _add(self, sentences: Iterable[str]) -> None:
        for sentence in sentences:
            self._lines.addWidget(_Reason(sentence))


class _Reason(QWidget):
    """One sentence behind a short stroke."""

    def __init__(self, sentence: str) -> None:
        super().__init__()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(20, 0, 0, 0)
        label = RoleLabel(sentence, wrap=True).selectable()
        layout.addWidget(label)
        current_theme().changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        draw_mark(QPainter(self), QRectF(0, 3, 14, 14), "none")
