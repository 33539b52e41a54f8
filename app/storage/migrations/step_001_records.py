"""Schema 1, continued: what is qualified, exported and issued, and the audit trail."""

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


def build_records(operations: Operations) -> None:
    """Make the tables that refer to the catalog, and those of the trail."""
    _build_qualification(operations)
    _build_packages_and_certificates(operations)
    _build_audit(operations)


def _build_qualification(operations: Operations) -> None:
    make_recorded_table(
        operations,
        "provider",
        text("code"),
        text("name"),
        text("address"),
        text("country"),
        flag("own_house"),
        text("contact"),
        text("public_key"),
        unique("code"),
    )
    make_recorded_table(
        operations,
        "machine",
        number("provider_id", to="provider.id"),
        text("name"),
        text("model"),
        text("process"),
        real("build_x_mm", null=True),
        real("build_y_mm", null=True),
        real("build_z_mm", null=True),
        unique("provider_id", "name"),
    )
    make_recorded_table(
        operations,
        "material",
        text("grade"),
        text("family"),
        text("maker"),
        text("process"),
        real("density_g_cm3", null=True),
        text("specification"),
        unique("grade"),
    )
    make_recorded_table(
        operations,
        "print_definition",
        number("revision_id", to="part_revision.id"),
        number("major"),
        number("minor"),
        text("state"),
        text("process"),
        text("machine_class"),
        text("material_grade"),
        text("reason"),
        text("author"),
        text("released_by"),
        text("released_at", null=True),
        unique("revision_id", "major", "minor"),
    )
    make_recorded_table(
        operations,
        "definition_field",
        number("definition_id", to="print_definition.id"),
        text("name"),
        text("binding"),
        text("value"),
        real("minimum", null=True),
        real("maximum", null=True),
        text("why"),
        unique("definition_id", "name"),
    )
    make_recorded_table(
        operations,
        "qualification",
        number("definition_id", to="print_definition.id"),
        number("machine_id", to="machine.id"),
        number("material_id", to="material.id"),
        number("provider_id", to="provider.id"),
        text("consequence_class"),
        text("state"),
        text("author"),
        day("started_on"),
        text("approver"),
        text("approved_at", null=True),
        day("valid_until", null=True),
        text("blocked_reason"),
    )
    make_recorded_table(
        operations,
        "evidence",
        number("qualification_id", to="qualification.id"),
        text("kind"),
        text("title"),
        text("standard"),
        text("result"),
        flag("passed"),
        text("scope"),
        text("sha256", to="stored_file.sha256"),
        text("file_name"),
        day("valid_until", null=True),
        text("added_by"),
        text("added_at"),
    )
    operations.create_index(
        "ix_qualification_definition_id", "qualification", ["definition_id"], unique=False
    )
    operations.create_index(
        "ix_evidence_qualification_id", "evidence", ["qualification_id"], unique=False
    )


def _build_packages_and_certificates(operations: Operations) -> None:
    make_recorded_table(
        operations,
        "print_package",
        text("number"),
        number("definition_id", to="print_definition.id"),
        number("qualification_id", null=True, to="qualification.id"),
        number("provider_id", to="provider.id"),
        number("quantity"),
        text("licence_id"),
        text("sha256"),
        text("file_name"),
        text("key_fingerprint"),
        flag("trial"),
        text("exported_by"),
        text("exported_at"),
        unique("licence_id"),
        unique("number"),
    )
    make_recorded_table(
        operations,
        "organisation",
        text("name"),
        text("address"),
        text("country"),
        text("contact"),
    )
    make_recorded_table(
        operations,
        "lot",
        text("number"),
        number("definition_id", to="print_definition.id"),
        number("provider_id", to="provider.id"),
        number("package_id", null=True, to="print_package.id"),
        number("quantity"),
        text("serials"),
        text("order_reference"),
        text("purchaser"),
        text("manufacturer"),
        day("delivered_on"),
        unique("number"),
    )
    make_recorded_table(
        operations,
        "certificate",
        text("number"),
        text("type"),
        number("lot_id", to="lot.id"),
        text("state"),
        text("issuer"),
        text("manufacturer"),
        text("record_json"),
        text("record_sha256"),
        text("sha256", to="stored_file.sha256"),
        text("file_name"),
        text("issued_by"),
        text("issued_at"),
        text("supersedes"),
        day("retain_until", null=True),
        unique("number"),
    )
    operations.create_index(
        "ix_print_package_definition_id", "print_package", ["definition_id"], unique=False
    )
    operations.create_index("ix_lot_definition_id", "lot", ["definition_id"], unique=False)
    operations.create_index("ix_lot_package_id", "lot", ["package_id"], unique=False)
    operations.create_index("ix_certificate_lot_id", "certificate", ["lot_id"], unique=False)


def _build_audit(operations: Operations) -> None:
    make_derived_table(
        operations,
        "change_set",
        number("group_id"),
        text("who"),
        text("at"),
        text("act"),
        text("why"),
        flag("undoable"),
        number("undoes", null=True),
        text("previous_hash"),
        text("hash"),
    )
    make_derived_table(
        operations,
        "change_detail",
        number("change_set_id", to="change_set.id"),
        text("table"),
        number("row_id"),
        text("field"),
        text("old"),
        text("new"),
        text("row_digest"),
    )
    operations.create_index("ix_change_set_group_id", "change_set", ["group_id"], unique=False)
    operations.create_index("ix_change_set_undoes", "change_set", ["undoes"], unique=False)
    operations.create_index(
        "ix_change_detail_change_set_id", "change_detail", ["change_set_id"], unique=False
    )
    operations.create_index(
        "ix_change_detail_record", "change_detail", ["table", "row_id"], unique=False
    )
