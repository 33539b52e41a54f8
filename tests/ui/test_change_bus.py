"""The change bus tells once who changed what, and stays silent when nothing did."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from app.domain.changes import Changes
from app.ui.change_bus import ChangeBus


def test_everybody_hears_what_changed_and_who_did_it(qapp: QApplication) -> None:
    bus, page, heard = ChangeBus(), QObject(), []
    bus.changed.connect(lambda changes, initiator: heard.append((changes, initiator)))
    changes = Changes.of("part", [1, 2])
    bus.publish(changes, page)
    bus.publish(Changes.everything_of("flag"))
    assert heard == [(changes, page), (Changes.everything_of("flag"), None)]


def test_no_change_is_no_news(qapp: QApplication) -> None:
    bus, heard = ChangeBus(), []
    bus.changed.connect(lambda *told: heard.append(told))
    bus.publish(Changes())
    bus.publish(Changes.of("part", []))
    assert heard == []
