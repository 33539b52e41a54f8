"""F1: the manual beside the program, open at the page of what is shown."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QSettings, Qt, QUrl
from PySide6.QtGui import QAction, QCloseEvent, QKeyEvent, QKeySequence, QTextCursor
from PySide6.QtWidgets import (
    QFrame,
    QTextBrowser,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from app.base.errors import AppError, NotFound
from app.base.i18n import _, language, ngettext
from app.base.progress import Progress
from app.ui.frame.navigation import Navigation
from app.ui.frame.top_bar import tool_button
from app.ui.help.contents_list import ContentsLine, ContentsList
from app.ui.help.manual import CONTENTS, FIRST, Hit, Manual, ManualPage, load_manual
from app.ui.help.page_style import page_style
from app.ui.icons import icon
from app.ui.jobs import JobRunner
from app.ui.places import Place
from app.ui.theme import current_theme
from app.ui.widgets.labels import ElidedLabel, RoleLabel
from app.ui.widgets.panels import HairlineSplitter, Panel, row
from app.ui.widgets.search_field import SearchField

GEOMETRY, SPLIT = "help/geometry", "help/splitter"
MARGIN = 32
CONTENTS_WIDTH = 280


class HelpWindow(QWidget):
    """Contents and search at the left, the page at the right; never in the way of the work.

    Keys: Esc closes, Alt+Left and Alt+Right walk the pages read, Ctrl+F searches.
    """

    def __init__(
        self, jobs: JobRunner, state: QSettings, parent: QWidget | None = None, *, tongue: str = ""
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._state = state
        self._manual: Manual | None = None
        self._path = Navigation(Place(FIRST))
        self._left_at: dict[Place, int] = {}
        self._read: ManualPage | None = None
        self.setWindowTitle(_("Help – Everspare"))
        self.search = SearchField(_("Search the manual"))
        self.contents = ContentsList()
        self.found = RoleLabel(font="caption", color="muted")
        self.page = QTextBrowser()
        self.trouble = RoleLabel(color="muted", wrap=True)
        self.back = self._action("arrow-left", _("Back"), QKeySequence("Alt+Left"), self._go_back)
        self.forward = self._action(
            "arrow-right", _("Forward"), QKeySequence("Alt+Right"), self._go_forward
        )
        self.finding = self._action("search", _("Search"), QKeySequence("Ctrl+F"), self._find)
        self._title = ElidedLabel(font="bodyStrong")
        self._lay_out()
        self._connect()
        self._restore()
        wanted = tongue or language()

        def load(progress: Progress) -> Manual:
            try:
                return load_manual(wanted)
            except OSError as error:
                raise NotFound(
                    _("The manual cannot be read: {reason}. Install the program again.").format(
                        reason=error.strerror or error
                    )
                ) from error

        jobs.start(load, owner=self, done=self._take, failed=self._say_trouble)

    @property
    def here(self) -> Place:
        """The page that is read, and the heading of it that was asked for."""
        return self._path.here

    def open(self, page: str) -> None:
        """Show the page of the manual about a page of the window, before all other windows."""
        self.go(page if page in CONTENTS else FIRST)
        self.show()
        self.raise_()
        self.activateWindow()
        self.page.setFocus(Qt.FocusReason.ActiveWindowFocusReason)

    def go(self, page: str, anchor: str = "") -> None:
        """Show a page from a heading on; where it was left is one step back."""
        self._leave()
        self._path.visit(Place(page, anchor))
        self._show_here()

    # showing

    def _take(self, manual: Manual) -> None:
        self._manual = manual
        self._list(self.search.text())
        self._show_here()

    def _say_trouble(self, error: AppError) -> None:
        self.trouble.setText(str(error))
        self.trouble.show()
        self.page.hide()

    def _show_here(self, *, scrolled: int = 0) -> None:
        manual, here = self._manual, self.here
        self.back.setEnabled(self._path.can_go_back)
        self.forward.setEnabled(self._path.can_go_forward)
        if manual is None:
            return
        page = manual.pages[here.page]
        if page is not self._read:
            self._read = page
            self._render(page)
        self._title.setText(page.title)
        self.setWindowTitle(_("{title} – Everspare help").format(title=page.title))
        self.page.setAccessibleName(page.title)
        if not self.search.text():
            self.contents.mark(here.page)
        if here.subject and not scrolled:
            self.page.scrollToAnchor(here.subject)
        else:
            self.page.verticalScrollBar().setValue(scrolled)
        self._mark_words()

    def _render(self, page: ManualPage) -> None:
        document = self.page.document()
        document.setDefaultStyleSheet(page_style(current_theme()))
        document.setDocumentMargin(MARGIN)
        self.page.setHtml(f"<body>{page.html}</body>")

    def _follow_theme(self) -> None:
        if self._read is not None:
            scrolled = self.page.verticalScrollBar().value()
            self._render(self._read)
            self.page.verticalScrollBar().setValue(scrolled)
            self._mark_words()

    def _mark_words(self) -> None:
        """Lay a ground behind the words that were searched for."""
        marks = []
        for word in self.search.text().split():
            cursor = QTextCursor(self.page.document())
            while not (cursor := self.page.document().find(word, cursor)).isNull():
                mark = QTextEdit.ExtraSelection()
                mark.cursor = cursor
                mark.format.setBackground(current_theme().color("selected"))
                marks.append(mark)
        self.page.setExtraSelections(marks)

    # searching

    def _list(self, query: str) -> None:
        manual = self._manual
        if manual is None:
            return
        hits = manual.search(query)
        searched = bool(query.strip())
        if searched:
            self.contents.show_lines([_found_line(hit) for hit in hits])
        else:
            self.contents.show_lines(
                [ContentsLine(key, "", page.title) for key, page in manual.pages.items()],
                marked=self.here.page,
            )
        self.contents.setAccessibleName(_("Found") if searched else _("Contents"))
        self.found.setVisible(searched)
        self.found.setText(_found_words(hits, query.strip()))
        self._mark_words()

    def _find(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _enter_list(self) -> None:
        if self.contents.lines:
            self.contents.setFocus(Qt.FocusReason.TabFocusReason)
            if not self.contents.currentIndex().isValid():
                self.contents.setCurrentIndex(self.contents.model().index(0, 0))

    # walking

    def _choose(self, page: str, anchor: str) -> None:
        self.go(page, anchor)
        self.page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _follow(self, url: QUrl) -> None:
        page = url.path().removesuffix(".md") or self.here.page
        self.go(page, url.fragment())

    def _go_back(self) -> None:
        self._leave()
        self._path.back()
        self._show_here(scrolled=self._left_at.get(self.here, 0))

    def _go_forward(self) -> None:
        self._leave()
        self._path.forward()
        self._show_here(scrolled=self._left_at.get(self.here, 0))

    def _leave(self) -> None:
        self._left_at[self.here] = self.page.verticalScrollBar().value()

    # Qt and making

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Not a shortcut: the search field takes Esc for itself while it holds a text.
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._state.setValue(GEOMETRY, self.saveGeometry())
        self._state.setValue(SPLIT, self._splitter.saveState())
        super().closeEvent(event)

    def _action(self, picture: str, text: str, keys: QKeySequence, act: object) -> QAction:
        action = QAction(icon(picture), text, self)
        action.setShortcut(keys)
        shown = keys.toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(_("{verb} ({keys})").format(verb=text, keys=shown))
        action.triggered.connect(act)
        self.addAction(action)
        return action

    def _lay_out(self) -> None:
        theme = current_theme()
        gap, small = theme.size("space", "m"), theme.size("space", "s")
        left = Panel("panel")
        self.found.setContentsMargins(small, 0, 0, 0)
        self.found.hide()
        listing = QVBoxLayout(left)
        listing.setContentsMargins(gap, small, gap, small)
        listing.setSpacing(small)
        for widget in (self.search, self.found, self.contents):
            listing.addWidget(widget)
        bar = Panel("window", lines="b")
        bar.setFixedHeight(theme.size("height", "topBar"))
        line = row(
            tool_button(self.back),
            tool_button(self.forward),
            self._title,
            margins=(small, 0, small, 1),
            spacing=theme.size("space", "xs"),
        )
        line.setStretch(2, 1)
        bar.setLayout(line)
        self.page.setOpenLinks(False)
        self.page.setFrameShape(QFrame.Shape.NoFrame)
        self.page.setFont(theme.font("body"))
        self.trouble.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        self.trouble.hide()
        right = QWidget()
        reading = QVBoxLayout(right)
        reading.setContentsMargins(0, 0, 0, 0)
        reading.setSpacing(0)
        for shown in (bar, self.trouble, self.page):
            reading.addWidget(shown)
        reading.setStretch(2, 1)
        self._splitter = HairlineSplitter()
        self._splitter.addWidget(left)
        self._splitter.addWidget(right)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setSizes([CONTENTS_WIDTH, 720])
        left.setMinimumWidth(200)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._splitter)
        self.setMinimumSize(640, 400)

    def _connect(self) -> None:
        self.search.text_settled.connect(self._list)
        self.search.left_downwards.connect(self._enter_list)
        self.contents.chosen.connect(self._choose)
        self.page.anchorClicked.connect(self._follow)
        current_theme().changed.connect(self._follow_theme)

    def _restore(self) -> None:
        geometry, split = self._state.value(GEOMETRY), self._state.value(SPLIT)
        if not (isinstance(geometry, QByteArray) and self.restoreGeometry(geometry)):
            self.resize(1000, 720)
        if isinstance(split, QByteArray):
            self._splitter.restoreState(split)


def _found_line(hit: Hit) -> ContentsLine:
    title = hit.title if not hit.anchor else f"{hit.title} · {hit.heading}"
    return ContentsLine(hit.page, hit.anchor, title, hit.excerpt or hit.heading)


def _found_words(hits: Sequence[Hit], query: str) -> str:
    if not hits:
        return _("Nothing holds “{text}”.").format(text=query)
    return ngettext("{count} place", "{count} places", len(hits)).format(count=len(hits))
