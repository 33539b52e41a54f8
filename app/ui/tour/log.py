"""The tour in words: each step with its time, and the longest stalls of the window's thread."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.base.i18n import _, ngettext
from app.ui.tour.player import Played
from app.ui.tour.stall_meter import GOAL_S, Stall

_SHOWN = 20


def tour_log(
    played: Sequence[Played], stalls: Sequence[Stall], pictures: Sequence[str], place: str
) -> str:
    """Return what `tour.txt` says.

    Args:
        stalls: those longer than the goal.
        place: where the window was shown.
    """
    lines = [
        _("The guided tour in the window, shown on {place}.").format(place=place),
        "",
        _("Time and longest stall of the window's thread, step by step:"),
        *_steps(played),
        "",
        *_stalls(played, stalls),
        "",
        _("Pictures:"),
        *(f"  {name}" for name in pictures),
    ]
    return "\n".join(lines) + "\n"


def _steps(played: Sequence[Played]) -> Iterator[str]:
    for number, step in enumerate(played, start=1):
        stall = step.stall.elapsed_s * 1000
        yield f"{number:3}. {step.elapsed_s:6.2f} s  {stall:5.0f} ms  {step.name}"
    total = sum(step.elapsed_s for step in played)
    yield _("     {seconds} s in all, without taking pictures").format(seconds=f"{total:6.2f}")


def _stalls(played: Sequence[Played], stalls: Sequence[Stall]) -> Iterator[str]:
    longest = max((step.stall for step in played), key=lambda stall: stall.elapsed_s, default=None)
    if longest is not None:
        yield _("Longest stall: {told}").format(told=_told(longest))
    yield ngettext(
        "{count} stall was longer than {goal} ms:",
        "{count} stalls were longer than {goal} ms:",
        len(stalls),
    ).format(count=len(stalls), goal=round(GOAL_S * 1000))
    ranked = sorted(stalls, key=lambda stall: -stall.elapsed_s)
    yield from (f"  {_told(stall)}" for stall in ranked[:_SHOWN])


def _told(stall: Stall) -> str:
    return _("{elapsed} ms, {worked} ms of it at work, in {where} during “{step}”").format(
        elapsed=round(stall.elapsed_s * 1000),
        worked=round(stall.worked_s * 1000),
        where=stall.where or "?",
        step=stall.during,
    )
