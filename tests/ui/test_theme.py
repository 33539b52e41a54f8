"""The theme: every token resolves, text stays readable, icons follow, the system is followed."""

import json
import re

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFont, QIcon, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.base.paths import resource_path
from app.ui.icons import ROLES, icon
from app.ui.style_sheet import style_sheet
from app.ui.theme import Theme, current_theme

STATUS = ("draft", "underTest", "inReview", "qualified", "expiring", "blocked")


def contrast(first: QColor, second: QColor) -> float:
    """WCAG 2 contrast ratio of two colours."""

    def luminance(color: QColor) -> float:
        linear = [
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
            for part in (color.redF(), color.greenF(), color.blueF())
        ]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("surface", ["window", "panel", "selected"])
def test_text_is_readable_on_every_surface(theme: Theme, surface: str) -> None:
    ground = theme.color(surface)
    assert contrast(theme.color("text"), ground) >= 4.5
    assert contrast(theme.color("muted"), ground) >= 4.5
    for status in STATUS:
        assert contrast(theme.color(f"status.{status}"), ground) >= 3


def test_disabled_words_can_still_be_read(theme: Theme) -> None:
    assert contrast(theme.color("disabled"), theme.color("window")) >= 2.5


def test_palette_and_tokens_agree(theme: Theme) -> None:
    palette = theme.palette()
    assert palette.color(QPalette.ColorRole.Window) == theme.color("panel")
    assert palette.color(QPalette.ColorRole.Base) == theme.color("window")
    assert palette.color(QPalette.ColorRole.HighlightedText) == theme.color("text")


def test_choosing_tells_once_and_only_if_something_changed(qtbot: QtBot) -> None:
    theme = Theme()
    told: list[str] = []
    theme.changed.connect(lambda: told.append(theme.name))
    theme.set_mode("dark")
    theme.set_mode("dark")
    theme.set_mode("light")
    assert told == ["dark", "light"]
    with pytest.raises(ValueError, match="purple"):
        theme.set_mode("purple")


def test_figures_are_tabular(theme: Theme) -> None:
    names = json.loads(resource_path("tokens.json").read_text(encoding="utf-8"))["type"]
    for role, token in names.items():
        if isinstance(token, dict):
            font = theme.font(role)
            assert font.pixelSize() == token["size"]
            assert font.featureValue(QFont.Tag("tnum")) == 1, role


def test_the_sheet_names_no_view_item(theme: Theme) -> None:
    tokens = json.loads(resource_path("tokens.json").read_text(encoding="utf-8"))
    colors = {name: theme.color(name) for name in tokens["color"]["light"]}
    colors |= {"disabled": theme.color("disabled"), "status.expiring": theme.color("text")}
    sheet = style_sheet(colors, tokens)
    assert "$" not in sheet
    for view in ("QTableView::item", "QListView::item", "QTreeView::item", "QHeaderView"):
        assert view not in sheet


def test_no_widget_holds_a_hex_colour() -> None:
    folder = resource_path("..", "app", "ui")
    probe = folder / "viewer" / "opengl_probe.py"  # reads a colour back, shows none
    for path in set(folder.rglob("*.py")) - {probe}:
        assert not re.search(r"#[0-9A-Fa-f]{6}\b", path.read_text(encoding="utf-8")), path


def test_an_icon_is_drawn_in_the_colour_of_its_role(theme: Theme, qapp: QApplication) -> None:
    for role, token in ROLES.items():
        image = icon("box", role).pixmap(QSize(64, 64)).toImage()
        solid = {
            image.pixelColor(x, y).name()
            for x in range(64)
            for y in range(64)
            if image.pixelColor(x, y).alpha() == 255
        }
        assert solid == {theme.color(token).name()}


def test_an_icon_follows_the_theme_by_itself(qapp: QApplication) -> None:
    theme, drawn = current_theme(), []
    held = icon("box", "text")
    for mode in ("light", "dark"):
        theme.set_mode(mode)
        image = held.pixmap(QSize(32, 32)).toImage()
        drawn.append([image.pixelColor(x, 8).name() for x in range(32)])
    theme.set_mode("system")
    assert drawn[0] != drawn[1]


def test_a_disabled_icon_is_paler(theme: Theme, qapp: QApplication) -> None:
    normal = icon("box", "text").pixmap(QSize(32, 32), QIcon.Mode.Normal)
    disabled = icon("box", "text").pixmap(QSize(32, 32), QIcon.Mode.Disabled)
    assert normal.toImage() != disabled.toImage()


def test_an_unknown_icon_or_role_is_our_bug(qapp: QApplication) -> None:
    with pytest.raises(FileNotFoundError):
        icon("no-such-icon")
    with pytest.raises(KeyError):
        icon("box", "pink")


def test_every_shipped_icon_is_in_use_and_tinted() -> None:
    sources = "\n".join(
        path.read_text(encoding="utf-8") for path in resource_path("..", "app", "ui").rglob("*.py")
    )
    for path in resource_path("icons").glob("*.svg"):
        assert "currentColor" in path.read_text(encoding="utf-8"), path.name
        assert f'"{path.stem}"' in sources, f"{path.name} is not used"


def test_high_contrast_uses_the_systems_colours_and_draws_borders_in_text(
    qapp: QApplication,
) -> None:
    theme = Theme()
    theme.high_contrast = True
    colors = theme._named_colors()
    system = theme._system_palette
    assert colors["text"] == system.color(QPalette.ColorRole.WindowText)
    assert colors["window"] == system.color(QPalette.ColorRole.Base)
    for border in ("controlBorder", "hairline", "divider", "focusRing"):
        assert colors[border] == colors["text"]
