"""The head of the page of packages: how many there are, which are listed, and the search."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton

from app.base.figures import figure
from app.base.i18n import _, ngettext
from app.domain.packages.package_list import PackageFilter
from app.ui.icons import icon
from app.ui.packages.package_words import filter_word, packages_text
from app.ui.theme import current_theme
from app.ui.widgets.head_bar import HeadBar
from app.ui.widgets.labels import ElidedLabel, RoleLabel
from app.ui.widgets.listing import Nothing
from app.ui.widgets.panels import row
from app.ui.widgets.search_field import SearchField
from app.ui.widgets.segments import Segments

_SEARCH_WIDTH = 260


class PackagesHead(HeadBar):
    """Title, count, which packages, search and the way to verify a file.

    Signals:
        filter_changed: other packages are to be listed.
        verify_requested: any file is to be verified.
    """

    filter_changed = Signal()
    verify_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        theme = current_theme()
        self.summary = ElidedLabel(color="muted")
        self.segments = Segments(
            tuple((which.value, partial(filter_word, which)) for which in PackageFilter)
        )
        self.search = SearchField(_("Search number, part or recipient"))
        self.search.setFixedWidth(_SEARCH_WIDTH)
        self.verify = QPushButton(icon("shield-check"), _("Verify a file…"))
        self.verify.setToolTip(_("Ctrl+Shift+V"))
        margin = theme.size("space", "l")
        line = row(
            RoleLabel(_("Packages"), font="title"),
            self.summary,
            self.search,
            self.segments,
            self.verify,
            margins=(margin, 0, margin, 0),
            spacing=theme.size("space", "m"),
        )
        line.setStretch(1, 1)
        self.setLayout(line)
        self.segments.chosen.connect(lambda _key: self.filter_changed.emit())
        self.search.text_settled.connect(lambda _text: self.filter_changed.emit())
        self.verify.clicked.connect(self.verify_requested)

    @property
    def which(self) -> PackageFilter:
        """Which packages are listed."""
        return PackageFilter(self.segments.current)

    @property
    def text(self) -> str:
        """What is searched for; "" for nothing."""
        return self.search.text().strip()

    def show_counts(self, counts: Mapping[PackageFilter, int]) -> None:
        """Show how many packages each choice lists."""
        self.segments.show_counts({which.value: count for which, count in counts.items()})
        left, over = counts[PackageFilter.ALL], counts[PackageFilter.RECALL]
        text = _("{packages} left the house").format(packages=packages_text(left))
        if over:
            back = ngettext(
                "{count} is no longer current", "{count} are no longer current", over
            ).format(count=figure(over))
            text = _("{packages}, {back}").format(packages=text, back=back)
        self.summary.setText(text)

    def show_all(self) -> None:
        """List every package again, without telling."""
        self.segments.choose(PackageFilter.ALL.value)
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)

    def clear_one(self) -> None:
        """Take one filter away: the search first, then the choice."""
        if self.text:
            self.search.clear()
        else:
            self.segments.choose(PackageFilter.ALL.value)
            self.filter_changed.emit()

    def nothing(self) -> Nothing:
        """Return why the list is empty, and how to get out of it."""
        if self.text:
            return Nothing(
                "lens",
                _("No package matches"),
                _("No number, part, recipient or file name holds “{text}”.").format(text=self.text),
                _("Clear the search"),
                self.clear_one,
            )
        if self.which is not PackageFilter.ALL:
            return Nothing(
                "tick",
                _("No package here"),
                _("No package is listed under “{filter}”.").format(filter=filter_word(self.which)),
                _("Show all packages"),
                self.clear_one,
            )
        return Nothing(
            "shelf",
            _("Nothing has left the house yet"),
            _("Export a print package from the page of a qualified part; it is then listed here."),
        )

    def focus_search(self) -> None:
        """Put the cursor into the search field."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()
