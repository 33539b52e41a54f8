"""What the parts can be filtered by: each criterion with its words and its values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from app.base.figures import figure
from app.base.i18n import _
from app.domain.inventory.part_list import PartFilter, QualificationFilter, StartFilter
from app.domain.lifecycle.product_stage import LifeCycleStage
from app.domain.lifecycle.verdict import Answer
from app.ui.words import answer_mark, stage_mark, stage_word, standing_mark, standing_word


@dataclass(frozen=True, slots=True)
class FilterValue:
    """One value to choose.

    Attributes:
        key: names it in a link, after the name of its criterion.
        chip: the word on the chip.
        text: the word in the menu.
    """

    key: str
    value: Any
    chip: str
    text: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing to filter by.

    Attributes:
        key: the field of `PartFilter`.
        link: names it in a link such as "answer:yes".
        values: to choose from; () where the value is typed or pasted.
        told: the word for a value that is not among them.
        empty: the value that filters nothing.
    """

    key: str
    link: str
    title: Callable[[], str]
    values: Callable[[], tuple[FilterValue, ...]]
    empty: Any = None
    told: Callable[[Any], str] = str

    def value_in(self, part_filter: PartFilter) -> Any:
        return getattr(part_filter, self.key)

    def holds_in(self, part_filter: PartFilter) -> bool:
        """Whether the filter narrows by this."""
        return bool(self.value_in(part_filter) != self.empty)

    def with_value(self, part_filter: PartFilter, value: Any) -> PartFilter:
        """Return the filter with another value here; `empty` takes it away."""
        return replace(part_filter, **{self.key: value})

    def word_in(self, part_filter: PartFilter) -> str:
        """Return the word of the value in force."""
        value = self.value_in(part_filter)
        words = {item.value: item.chip for item in self.values()}
        return words[value] if value in words else self.told(value)


def _answers() -> tuple[FilterValue, ...]:
    return tuple(
        FilterValue(answer.value, answer, word, text, answer_mark(answer))
        for answer, word, text in (
            (Answer.YES, _("yes"), _("Yes")),
            (Answer.UNKNOWN, _("unknown"), _("Unknown")),
            (Answer.NO, _("no"), _("No, covered")),
        )
    )


def _qualifications() -> tuple[FilterValue, ...]:
    found = []
    for item in QualificationFilter:
        if item is QualificationFilter.NOT_QUALIFIED:
            chip, text, mark = _("not qualified"), _("Not qualified"), ""
        elif item is QualificationFilter.NONE:
            chip, text, mark = _("none begun"), _("None begun"), "none"
        else:
            text = standing_word(item.status)
            chip, mark = text, standing_mark(item.status)
        found.append(FilterValue(item.value, item, chip, text, mark))
    return tuple(found)


def _stages() -> tuple[FilterValue, ...]:
    order = (
        LifeCycleStage.ANNOUNCED,
        LifeCycleStage.SERIES,
        LifeCycleStage.PHASE_OUT,
        LifeCycleStage.DISCONTINUED,
        LifeCycleStage.SERVICE_ENDED,
        LifeCycleStage.UNKNOWN,
    )
    return tuple(
        FilterValue(stage.value, stage, stage_word(stage), stage_word(stage), stage_mark(stage))
        for stage in order
    )


def _starts() -> tuple[FilterValue, ...]:
    return (
        FilterValue("past", StartFilter.PAST, _("past"), _("Past"), "past"),
        FilterValue("soon", StartFilter.SOON, _("within 6 months"), _("Within 6 months"), "soon"),
    )


def _no_geometry() -> tuple[FilterValue, ...]:
    return (FilterValue("none", True, _("none"), _("None")),)


ANSWER = Criterion("answer", "answer", lambda: _("Eternal"), _answers)
QUALIFICATION = Criterion(
    "qualification", "qualification", lambda: _("Qualification"), _qualifications
)
STAGE = Criterion("stage", "supply", lambda: _("Supply"), _stages)
PRODUCT = Criterion("product", "product", lambda: _("Product"), tuple, "")
GEOMETRY = Criterion(
    "without_geometry", "geometry", lambda: _("Geometry"), _no_geometry, empty=False
)
START = Criterion("start", "start", lambda: _("Last safe start"), _starts)
NUMBERS = Criterion(
    "numbers", "numbers", lambda: _("Pasted numbers"), tuple, (), lambda value: figure(len(value))
)
CRITERIA = (ANSWER, QUALIFICATION, STAGE, PRODUCT, START, GEOMETRY, NUMBERS)


def filter_of(wanted: str) -> PartFilter:
    """Return the filter that a link names.

    Args:
        wanted: `answer:yes`, `qualification:expired`, `supply:phase_out`, `product:NAME`,
            `start:past`, `geometry:none`, `numbers:` with part numbers apart by blanks or lines;
            anything else is a text to search for.
    """
    link, _colon, value = wanted.partition(":")
    for criterion in CRITERIA:
        if criterion.link != link or not value.strip():
            continue
        if criterion is PRODUCT:
            return PartFilter(product=value.strip())
        if criterion is NUMBERS:
            return PartFilter(numbers=tuple(dict.fromkeys(value.split())))
        for item in criterion.values():
            if item.key == value:
                return criterion.with_value(PartFilter(), item.value)
    return PartFilter(text=wanted.strip())
