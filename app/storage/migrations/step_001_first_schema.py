"""Schema 1: the tables as they stood at the first release. Never changes; later steps do."""

import sqlalchemy as sa
from alembic.operations import Operations


def _text(name: str, *, null: bool = False, to: str = "") -> sa.Column[str]:
    keys = [sa.ForeignKey(to)] if to else []
    return sa.Column(name, sa.Text(), *keys, nullable=null)


def _number(name: str, *, null: bool = False, to: str = "") -> sa.Column[int]:
    keys = [sa.ForeignKey(to)] if to else []
    return sa.Column(name, sa.Integer(), *keys, nullable=null)


def _real(name: str, *, null: bool = False) -> sa.Column[float]:
    return sa.Column(name, sa.Float(), nullable=null)


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _day(name: str, *, null: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Date(), nullable=null)


def _unique(*names: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*names)


def _derived(operations: Operations, name: str, *items: sa.schema.SchemaItem) -> None:
    """Make a table whose rows are not versioned; ids are never used twice."""
    key: sa.Column[int] = sa.Column("id", sa.Integer(), primary_key=True, nullable=False)
    operations.create_table(name, key, *items, sqlite_autoincrement=True)


def _recorded(operations: Operations, name: str, *items: sa.schema.SchemaItem) -> None:
    """Make a table whose rows carry a version and a digest."""
    _derived(operations, name, _number("version"), _text("digest"), *items)


def build_first_schema(operations: Operations) -> None:
    """Make all tables in an empty database."""
    _build_catalog(operations)
    _build_lifecycle(operations)
    _build_qualification(operations)
    _build_packages_and_certificates(operations)
    _build_audit(operations)


def _build_catalog(operations: Operations) -> None:
    _recorded(
        operations,
        "stored_file",
        _text("sha256"),
        _number("size_bytes"),
        _text("added_at"),
        _unique("sha256"),
    )
    _recorded(
        operations,
        "part",
        _text("number"),
        _text("number_key"),
        _text("name"),
        _text("material"),
        _text("consequence_class"),
        _text("supply_criticality"),
        _text("design_owner"),
        _text("right_to_make"),
        _text("export_control"),
        _text("source"),
        _text("successor"),
        _text("note"),
        _unique("number_key"),
    )
    _recorded(
        operations,
        "part_revision",
        _number("part_id", to="part.id"),
        _text("label"),
        _text("state"),
        _text("reason"),
        _text("released_by"),
        _text("released_at", null=True),
        _unique("part_id", "label"),
    )
    _recorded(
        operations,
        "geometry",
        _number("revision_id", to="part_revision.id"),
        _text("role"),
        _text("sha256", to="stored_file.sha256"),
        _text("file_name"),
        _text("format"),
        _number("size_bytes"),
        _text("unit"),
        _text("unit_source"),
        _unique("revision_id", "sha256", "role"),
    )
    _derived(
        operations,
        "geometry_facts",
        _text("sha256"),
        _text("unit"),
        _number("triangles"),
        _number("bodies"),
        _flag("watertight"),
        _real("volume_mm3"),
        _real("area_mm2"),
        _text("bounds_mm"),
        _text("findings"),
        _unique("sha256", "unit"),
    )
    _recorded(
        operations,
        "ignored_finding",
        _text("geometry_sha256", to="stored_file.sha256"),
        _text("code"),
        _text("reason"),
        _text("who"),
        _text("at"),
        _unique("geometry_sha256", "code"),
    )
    operations.create_index("ix_part_name", "part", ["name"], unique=False)
    operations.create_index("ix_geometry_sha256", "geometry", ["sha256"], unique=False)


def _build_lifecycle(operations: Operations) -> None:
    _recorded(
        operations,
        "product",
        _text("name"),
        _text("name_key"),
        _text("product_group"),
        _number("installed_base", null=True),
        _real("annual_failure_rate", null=True),
        _text("source"),
        _unique("name_key"),
    )
    _recorded(
        operations,
        "milestone",
        _number("product_id", null=True, to="product.id"),
        _number("part_id", null=True, to="part.id"),
        _text("kind"),
        _day("on"),
        _text("market"),
        _text("confidence"),
        _text("source"),
    )
    _recorded(
        operations,
        "where_used",
        _number("part_id", to="part.id"),
        _number("product_id", to="product.id"),
        _real("quantity"),
        _text("legal_part_kind"),
        _real("failure_share", null=True),
        _text("source"),
        _unique("part_id", "product_id"),
    )
    _recorded(
        operations,
        "supply_position",
        _number("part_id", to="part.id"),
        _text("plant"),
        _real("stock", null=True),
        _real("open_orders"),
        _real("safety_stock"),
        _text("price_amount"),
        _number("price_unit"),
        _text("currency"),
        _day("as_of", null=True),
        _text("source"),
        _unique("part_id", "plant"),
    )
    _recorded(
        operations,
        "supply_source",
        _number("part_id", to="part.id"),
        _text("supplier"),
        _number("lead_time_days", null=True),
        _real("minimum_order", null=True),
        _day("last_order_on", null=True),
        _day("as_of", null=True),
        _text("source"),
        _unique("part_id", "supplier"),
    )
    _recorded(
        operations,
        "demand_history",
        _number("part_id", to="part.id"),
        _day("first_month"),
        _text("quantities"),
        _text("source"),
        _unique("part_id"),
    )
    _derived(
        operations,
        "flag",
        _number("part_id", to="part.id"),
        _text("answer"),
        _text("reasons"),
        _text("missing"),
        _day("need_until", null=True),
        _text("need_source"),
        _day("supply_until", null=True),
        _day("decide_by", null=True),
        _day("start_by", null=True),
        _day("last_safe_start", null=True),
        _text("readiness"),
        _text("next_action"),
        _real("rank"),
        _real("urgency"),
        _real("exposure"),
        _flag("breach"),
        _day("assessed_for"),
        _number("horizon_months"),
        _number("fingerprint"),
        _unique("part_id"),
    )
    operations.create_index("ix_milestone_part_id", "milestone", ["part_id"], unique=False)
    operations.create_index("ix_milestone_product_id", "milestone", ["product_id"], unique=False)
    operations.create_index("ix_where_used_product_id", "where_used", ["product_id"], unique=False)
    operations.create_index("ix_flag_last_safe_start", "flag", ["last_safe_start"], unique=False)
    operations.create_index("ix_flag_rank", "flag", ["rank"], unique=False)


def _build_qualification(operations: Operations) -> None:
    _recorded(
        operations,
        "provider",
        _text("code"),
        _text("name"),
        _text("address"),
        _text("country"),
        _flag("own_house"),
        _text("contact"),
        _text("public_key"),
        _unique("code"),
    )
    _recorded(
        operations,
        "machine",
        _number("provider_id", to="provider.id"),
        _text("name"),
        _text("model"),
        _text("process"),
        _real("build_x_mm", null=True),
        _real("build_y_mm", null=True),
        _real("build_z_mm", null=True),
        _unique("provider_id", "name"),
    )
    _recorded(
        operations,
        "material",
        _text("grade"),
        _text("family"),
        _text("maker"),
        _text("process"),
        _real("density_g_cm3", null=True),
        _text("specification"),
        _unique("grade"),
    )
    _recorded(
        operations,
        "print_definition",
        _number("revision_id", to="part_revision.id"),
        _number("major"),
        _number("minor"),
        _text("state"),
        _text("process"),
        _text("machine_class"),
        _text("material_grade"),
        _text("reason"),
        _text("author"),
        _text("released_by"),
        _text("released_at", null=True),
        _unique("revision_id", "major", "minor"),
    )
    _recorded(
        operations,
        "definition_field",
        _number("definition_id", to="print_definition.id"),
        _text("name"),
        _text("binding"),
        _text("value"),
        _real("minimum", null=True),
        _real("maximum", null=True),
        _text("why"),
        _unique("definition_id", "name"),
    )
    _recorded(
        operations,
        "qualification",
        _number("definition_id", to="print_definition.id"),
        _number("machine_id", to="machine.id"),
        _number("material_id", to="material.id"),
        _number("provider_id", to="provider.id"),
        _text("consequence_class"),
        _text("state"),
        _text("author"),
        _day("started_on"),
        _text("approver"),
        _text("approved_at", null=True),
        _day("valid_until", null=True),
        _text("blocked_reason"),
    )
    _recorded(
        operations,
        "evidence",
        _number("qualification_id", to="qualification.id"),
        _text("kind"),
        _text("title"),
        _text("standard"),
        _text("result"),
        _flag("passed"),
        _text("scope"),
        _text("sha256", to="stored_file.sha256"),
        _text("file_name"),
        _day("valid_until", null=True),
        _text("added_by"),
        _text("added_at"),
    )
    operations.create_index(
        "ix_qualification_definition_id", "qualification", ["definition_id"], unique=False
    )
    operations.create_index(
        "ix_evidence_qualification_id", "evidence", ["qualification_id"], unique=False
    )


def _build_packages_and_certificates(operations: Operations) -> None:
    _recorded(
        operations,
        "print_package",
        _text("number"),
        _number("definition_id", to="print_definition.id"),
        _number("qualification_id", null=True, to="qualification.id"),
        _number("provider_id", to="provider.id"),
        _number("quantity"),
        _text("licence_id"),
        _text("sha256"),
        _text("file_name"),
        _text("key_fingerprint"),
        _flag("trial"),
        _text("exported_by"),
        _text("exported_at"),
        _unique("licence_id"),
        _unique("number"),
    )
    _recorded(
        operations,
        "organisation",
        _text("name"),
        _text("address"),
        _text("country"),
        _text("contact"),
    )
    _recorded(
        operations,
        "lot",
        _text("number"),
        _number("definition_id", to="print_definition.id"),
        _number("provider_id", to="provider.id"),
        _number("package_id", null=True, to="print_package.id"),
        _number("quantity"),
        _text("serials"),
        _text("order_reference"),
        _text("purchaser"),
        _text("manufacturer"),
        _day("delivered_on"),
        _unique("number"),
    )
    _recorded(
        operations,
        "certificate",
        _text("number"),
        _text("type"),
        _number("lot_id", to="lot.id"),
        _text("state"),
        _text("issuer"),
        _text("manufacturer"),
        _text("record_json"),
        _text("record_sha256"),
        _text("sha256", to="stored_file.sha256"),
        _text("file_name"),
        _text("issued_by"),
        _text("issued_at"),
        _text("supersedes"),
        _day("retain_until", null=True),
        _unique("number"),
    )
    operations.create_index(
        "ix_print_package_definition_id", "print_package", ["definition_id"], unique=False
    )
    operations.create_index("ix_lot_definition_id", "lot", ["definition_id"], unique=False)
    operations.create_index("ix_lot_package_id", "lot", ["package_id"], unique=False)
    operations.create_index("ix_certificate_lot_id", "certificate", ["lot_id"], unique=False)


def _build_audit(operations: Operations) -> None:
    _derived(
        operations,
        "change_set",
        _number("group_id"),
        _text("who"),
        _text("at"),
        _text("act"),
        _text("why"),
        _flag("undoable"),
        _number("undoes", null=True),
        _text("previous_hash"),
        _text("hash"),
    )
    _derived(
        operations,
        "change_detail",
        _number("change_set_id", to="change_set.id"),
        _text("table"),
        _number("row_id"),
        _text("field"),
        _text("old"),
        _text("new"),
        _text("row_digest"),
    )
    operations.create_index("ix_change_set_group_id", "change_set", ["group_id"], unique=False)
    operations.create_index("ix_change_set_undoes", "change_set", ["undoes"], unique=False)
    operations.create_index(
        "ix_change_detail_change_set_id", "change_detail", ["change_set_id"], unique=False
    )
    operations.create_index(
        "ix_change_detail_record", "change_detail", ["table", "row_id"], unique=False
    )
