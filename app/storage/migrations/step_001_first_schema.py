"""Schema 1: the tables as they stood at the first release. Never changes; later steps do."""

from alembic.operations import Operations

from app.storage.migrations.columns import (
    day,
    flag,
    make_derived_table,
    make_recorded_table,
    number,
    real,
    text,
    unique,
)
from app.storage.migrations.step_001_records import build_records


def build_first_schema(operations: Operations) -> None:
    """Make all tables in an empty database."""
    _build_catalog(operations)
    _build_lifecycle(operations)
    build_records(operations)


def _build_catalog(operations: Operations) -> None:
    make_recorded_table(
        operations,
        "stored_file",
        text("sha256"),
        number("size_bytes"),
        text("added_at"),
        unique("sha256"),
    )
    make_recorded_table(
        operations,
        "part",
        text("number"),
        text("number_key"),
        text("name"),
        text("material"),
        text("consequence_class"),
        text("supply_criticality"),
        text("design_owner"),
        text("right_to_make"),
        text("export_control"),
        text("source"),
        text("successor"),
        text("note"),
        unique("number_key"),
    )
    make_recorded_table(
        operations,
        "part_revision",
        number("part_id", to="part.id"),
        text("label"),
        text("state"),
        text("reason"),
        text("released_by"),
        text("released_at", null=True),
        unique("part_id", "label"),
    )
    make_recorded_table(
        operations,
        "geometry",
        number("revision_id", to="part_revision.id"),
        text("role"),
        text("sha256", to="stored_file.sha256"),
        text("file_name"),
        text("format"),
        number("size_bytes"),
        text("unit"),
        text("unit_source"),
        unique("revision_id", "sha256", "role"),
    )
    make_derived_table(
        operations,
        "geometry_facts",
        text("digest"),
        text("sha256"),
        text("unit"),
        number("triangles"),
        number("bodies"),
        flag("watertight"),
        real("volume_mm3"),
        real("area_mm2"),
        text("bounds_mm"),
        text("findings"),
        unique("sha256", "unit"),
    )
    make_recorded_table(
        operations,
        "ignored_finding",
        text("geometry_sha256", to="stored_file.sha256"),
        text("code"),
        text("reason"),
        text("who"),
        text("at"),
        unique("geometry_sha256", "code"),
    )
    operations.create_index("ix_part_name", "part", ["name"], unique=False)
    operations.create_index("ix_geometry_sha256", "geometry", ["sha256"], unique=False)


def _build_lifecycle(operations: Operations) -> None:
    make_recorded_table(
        operations,
        "product",
        text("name"),
        text("name_key"),
        text("product_group"),
        number("installed_base", null=True),
        real("annual_failure_rate", null=True),
        text("source"),
        unique("name_key"),
    )
    make_recorded_table(
        operations,
        "milestone",
        number("product_id", null=True, to="product.id"),
        number("part_id", null=True, to="part.id"),
        text("kind"),
        day("on"),
        text("market"),
        text("confidence"),
        text("source"),
    )
    make_recorded_table(
        operations,
        "where_used",
        number("part_id", to="part.id"),
        number("product_id", to="product.id"),
        real("quantity"),
        text("legal_part_kind"),
        real("failure_share", null=True),
        text("source"),
        unique("part_id", "product_id"),
    )
    make_recorded_table(
        operations,
        "supply_position",
        number("part_id", to="part.id"),
        text("plant"),
        real("stock", null=True),
        real("open_orders"),
        real("safety_stock"),
        text("price_amount"),
        number("price_unit"),
        text("currency"),
        day("as_of", null=True),
        text("source"),
        unique("part_id", "plant"),
    )
    make_recorded_table(
        operations,
        "supply_source",
        number("part_id", to="part.id"),
        text("supplier"),
        number("lead_time_days", null=True),
        real("minimum_order", null=True),
        day("last_order_on", null=True),
        day("as_of", null=True),
        text("source"),
        unique("part_id", "supplier"),
    )
    make_recorded_table(
        operations,
        "demand_history",
        number("part_id", to="part.id"),
        day("first_month"),
        text("quantities"),
        text("source"),
        unique("part_id"),
    )
    make_derived_table(
        operations,
        "flag",
        text("digest"),
        number("part_id", to="part.id"),
        text("answer"),
        text("reasons"),
        text("missing"),
        day("need_until", null=True),
        text("need_source"),
        day("supply_until", null=True),
        day("decide_by", null=True),
        day("start_by", null=True),
        day("last_safe_start", null=True),
        text("readiness"),
        text("next_action"),
        real("rank"),
        real("urgency"),
        real("exposure"),
        flag("breach"),
        day("assessed_for"),
        number("horizon_months"),
        number("fingerprint"),
        unique("part_id"),
    )
    operations.create_index("ix_milestone_part_id", "milestone", ["part_id"], unique=False)
    operations.create_index("ix_milestone_product_id", "milestone", ["product_id"], unique=False)
    operations.create_index("ix_where_used_product_id", "where_used", ["product_id"], unique=False)
    operations.create_index("ix_flag_last_safe_start", "flag", ["last_safe_start"], unique=False)
    operations.create_index("ix_flag_rank", "flag", ["rank"], unique=False)
