"""Progress, the clock, the errors a user may see, and where things are."""

from __future__ import annotations

import pickle
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from app.base import errors, i18n, paths
from app.base.clock import FixedClock, SystemClock, today
from app.base.errors import AppError, Cancelled
from app.base.progress import Progress

APP_ERRORS = [
    kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, AppError)
]


@pytest.mark.parametrize("kind", APP_ERRORS)
def test_an_error_survives_the_way_out_of_a_worker(kind: type[AppError]) -> None:
    again = pickle.loads(pickle.dumps(kind("What is wrong.", hint="What to do.")))
    assert type(again) is kind
    assert (again.message, again.hint) == ("What is wrong.", "What to do.")
    assert str(again) == "What is wrong. What to do."
    assert str(kind("What is wrong.")) == "What is wrong."


def test_stopping_is_no_error_of_the_user() -> None:
    assert not issubclass(Cancelled, AppError)


def test_shares_of_shares_add_up_to_the_whole() -> None:
    seen: list[float] = []
    whole = Progress(lambda share, _text: seen.append(round(share, 6)))
    half = whole.part(0.0, 0.5)
    half.part(0.5, 1.0).report(0.5)
    whole.part(0.5, 1.0).finish()
    half.report(7.0)
    half.report(-1.0)
    assert seen == [0.375, 1.0, 0.5, 0.0]


def test_a_stop_reaches_every_share() -> None:
    whole = Progress()
    child = whole.part(0.2, 0.4).part(0.0, 0.1)
    taken = []
    with pytest.raises(Cancelled):
        for item in child.track(range(10)):
            taken.append(item)
            if item == 3:
                whole.cancel()
    assert taken == [0, 1, 2, 3]
    assert whole.cancelled
    assert child.cancelled


def test_tracking_nothing_is_fine() -> None:
    assert list(Progress().track(iter(()))) == []


def test_a_clock_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        FixedClock(datetime(2026, 11, 23))  # the point of the test
    assert SystemClock().now().tzinfo is not None


def test_today_is_the_day_where_the_clock_hangs() -> None:
    late = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
    assert today(FixedClock(late)) == date(2026, 11, 23)
    assert today(FixedClock(late.astimezone(timezone(timedelta(hours=2))))) == date(2026, 11, 24)


def test_everything_of_ours_goes_where_the_environment_says(home: Path) -> None:
    for place in (paths.config_dir(), paths.log_dir(), paths.default_library_path()):
        assert place.is_relative_to(home)
    assert paths.resource_path("locale").is_dir()


def test_without_the_environment_the_platform_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EVERSPARE_HOME")
    assert paths.config_dir().is_absolute()
    assert "everspare" in str(paths.data_dir()).lower()


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        ("de_DE.UTF-8", "de"),
        ("de:en", "de"),
        ("fr:de:en", "de"),
        ("en_GB", "en"),
        ("fr_FR", "en"),
        ("C", "en"),
    ],
)
def test_the_language_follows_the_system(
    monkeypatch: pytest.MonkeyPatch, named: str, expected: str
) -> None:
    monkeypatch.setenv("LANGUAGE", named)
    assert i18n.system_language() == expected


@pytest.mark.parametrize("variable", ["LC_ALL", "LC_MESSAGES", "LANG"])
def test_the_language_is_looked_for_where_the_system_keeps_it(
    monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.setenv(variable, "de_AT.UTF-8")
    assert i18n.system_language() == "de"


def test_an_unknown_language_falls_back_and_words_come_through() -> None:
    before = i18n.language()
    try:
        i18n.use_language("xx")
        assert i18n.language() == "en"
        assert i18n._("a sentence nobody wrote") == "a sentence nobody wrote"
        assert i18n.ngettext("{count} thing", "{count} things", 2) == "{count} things"
        assert i18n.pgettext("nowhere", "word") == "word"
    finally:
        i18n.use_language(before)
