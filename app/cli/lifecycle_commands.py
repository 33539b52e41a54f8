"""Commands about products and their dates: product, milestone; and the flags that follow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Annotated, TypeVar

import typer

from app.base import clock
from app.base.errors import NotFound, RuleViolation
from app.base.figures import figure
from app.base.i18n import _, ngettext
from app.bootstrap import Services
from app.cli import flags_command
from app.cli.session import emit, note, progress_on_stderr, session
from app.cli.shared_options import JsonOption, WhyOption, parse_day
from app.domain.catalog.part import Part, number_key
from app.domain.lifecycle.product import (
    Confidence,
    Milestone,
    MilestoneKind,
    Product,
    WhereUsed,
    name_key,
)
from app.domain.lifecycle.product_overview import ProductOverview
from app.services.lifecycle.flag_spares import flag_spares
from app.services.lifecycle.list_products import list_products
from app.services.lifecycle.remove_milestone import remove_milestone
from app.services.lifecycle.save_product import save_product
from app.services.lifecycle.set_milestone import set_milestone
from app.services.lifecycle.set_where_used import set_where_used

T = TypeVar("T")


def register(cli: typer.Typer) -> None:
    """Add the commands of this module."""
    flags_command.register(cli)
    cli.command("product", help=_("List, show, add or change products."))(_product)
    cli.command("milestone", help=_("Date an event of a product, or the end of supply of a part."))(
        _milestone
    )


def _product(
    name: Annotated[str, typer.Argument(help=_("Product; without it all are listed."))] = "",
    group: Annotated[str | None, typer.Option(help=_("Product group."))] = None,
    installed_base: Annotated[int | None, typer.Option(help=_("Units in use."))] = None,
    failure_rate: Annotated[
        float | None, typer.Option(help=_("Share of the units that fail in a year, 0 to 1."))
    ] = None,
    part: Annotated[str, typer.Option(help=_("Number of a part that the product uses."))] = "",
    quantity: Annotated[
        float | None, typer.Option(help=_("Pieces of --part in one product."))
    ] = None,
    failure_share: Annotated[
        float | None, typer.Option(help=_("Share of --part in the failures, 0 to 1."))
    ] = None,
    why: WhyOption = "",
    json_output: JsonOption = False,
) -> None:
    with session(keep_flags=False) as services:  # it judges and tells how many turned
        library = services.library
        changed = False
        if name and not {group, installed_base, failure_rate} <= {None}:
            stored = _find_product(services, name)
            product = stored or Product(name=name.strip(), name_key=name_key(name))
            product = replace(
                product,
                product_group=_chosen(group, product.product_group),
                installed_base=_chosen(installed_base, product.installed_base),
                annual_failure_rate=_chosen(failure_rate, product.annual_failure_rate),
            )
            changed = bool(save_product(library, product, who=services.user, why=why))
        if name and part:
            use = _use(services, name, part)
            use = replace(
                use,
                quantity=_chosen(quantity, use.quantity),
                failure_share=_chosen(failure_share, use.failure_share),
            )
            changed |= bool(set_where_used(library, use, who=services.user, why=why))
        if changed:
            _judge_again(services, _("product {name} changed").format(name=name))
        overviews = list_products(library, today=clock.today(library.clock))
        if name:
            wanted = _the_product(services, name).id
            overviews = [found for found in overviews if found.product.id == wanted]
    emit(overviews, json_output, [line for found in overviews for line in _product_lines(found)])


def _chosen(given: T | None, stored: T) -> T:
    return stored if given is None else given


def _product_lines(overview: ProductOverview) -> Iterator[str]:
    product = overview.product
    yield f"{product.name}  {overview.stage}"
    if product.installed_base is not None:
        yield _("    {count} units in use").format(count=figure(product.installed_base))
    if product.annual_failure_rate is not None:
        yield _("    {share} % of the units fail in a year").format(
            share=figure(100.0 * product.annual_failure_rate)
        )
    for milestone in overview.milestones:
        market = f" ({milestone.market})" if milestone.market else ""
        yield f"    {milestone.kind}{market}  {milestone.on}  {milestone.confidence}"
    yield _("    {count} parts").format(count=figure(overview.parts))


def _milestone(
    owner: Annotated[str, typer.Argument(help=_("Name of a product, or number of a part."))],
    kind: Annotated[MilestoneKind, typer.Argument(help=_("Which event."))],
    day: Annotated[
        date | None, typer.Argument(parser=parse_day, metavar="[YYYY-MM-DD]", help=_("When."))
    ] = None,
    of_part: Annotated[bool, typer.Option("--part", help=_("The owner is a part."))] = False,
    market: Annotated[str, typer.Option(help=_("Region code; empty: everywhere."))] = "",
    confidence: Annotated[
        Confidence, typer.Option(help=_("How sure the date is."))
    ] = Confidence.CONFIRMED,
    remove: Annotated[bool, typer.Option("--remove", help=_("Take the date back."))] = False,
    why: WhyOption = "",
) -> None:
    if (day is None) != remove:
        raise typer.BadParameter(_("Give a date, or --remove without one."))
    with session(keep_flags=False) as services:  # it judges and tells how many turned
        part_id = _the_part(services, owner).id if of_part else None
        product_id = None if of_part else _the_product(services, owner).id
        if day is None:
            milestone_id = _stored_milestone(services, product_id, part_id, kind, market)
            changes = remove_milestone(services.library, milestone_id, who=services.user, why=why)
        else:
            milestone = Milestone(
                product_id=product_id,
                part_id=part_id,
                kind=kind,
                on=day,
                market=market,
                confidence=confidence,
                source=_("entered by {who}").format(who=services.user),
            )
            changes = set_milestone(services.library, milestone, who=services.user, why=why)
        if changes:
            cause = _("{kind} of {owner} changed").format(kind=kind, owner=owner)
            _judge_again(services, cause)


def _judge_again(services: Services, cause: str) -> None:
    report = flag_spares(
        services.library,
        who=services.user,
        today=clock.today(services.library.clock),
        horizon_months=services.settings.horizon_months,
        cause=cause,
        progress=progress_on_stderr(),
    )
    note(
        ngettext(
            "Saved. {count} part has another answer now.",
            "Saved. {count} parts have another answer now.",
            report.turned,
        ).format(count=figure(report.turned))
    )


def _find_product(services: Services, name: str) -> Product | None:
    with services.library.reading() as read:
        return read.find(Product, name_key=name_key(name))


def _the_product(services: Services, name: str) -> Product:
    found = _find_product(services, name)
    if found is None:
        raise NotFound(
            _("The library holds no product {name}. List them with: everspare product").format(
                name=name
            )
        )
    return found


def _the_part(services: Services, number: str) -> Part:
    with services.library.reading() as read:
        found = read.find(Part, number_key=number_key(number))
    if found is None:
        raise NotFound(
            _("The library holds no part {number}. Search with: everspare parts").format(
                number=number
            )
        )
    return found


def _use(services: Services, product: str, part: str) -> WhereUsed:
    part_id, product_id = _the_part(services, part).id, _the_product(services, product).id
    with services.library.reading() as read:
        stored = read.find(WhereUsed, part_id=part_id, product_id=product_id)
    return stored or WhereUsed(part_id=part_id, product_id=product_id)


def _stored_milestone(
    services: Services,
    product_id: int | None,
    part_id: int | None,
    kind: MilestoneKind,
    market: str,
) -> int:
    with services.library.reading() as read:
        dates = read.fetch(Milestone, product_id=product_id, part_id=part_id, market=market)
    found = next((milestone for milestone in dates if milestone.kind is kind), None)
    if found is None:
        raise RuleViolation(_("There is no such date to take back."))
    return found.id
