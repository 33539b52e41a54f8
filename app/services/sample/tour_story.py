"""Who does what in the guided tour, and the files that come in; window and commands share it."""

from __future__ import annotations

import shutil
from pathlib import Path

from app.base.paths import resource_path

MANAGER, ENGINEER, QUALITY = "Marit Brandt", "Jana Aalto", "Ines Kolb"
PART, LOT, PROVIDER, GRADE = "A003399", "2026-118", "NORDLICHT", "Halden PA12 S black"
ORDER, PURCHASER = "4500187332, item 20", "Gartenhof Lenz KG"
OWNER, REQUIREMENT, PLACE = "Morgenau", "MN-014 issue 3", "Siegen"
ORIENTATION = "opening up, tilted 12°"
WHY_ORIENTATION = "flat on its back the face shows steps"
PIECES = 10

_LIST = """Part no;File;Description;Used in;Qty per product;Stock;Supplier;Last order date
A003399;drain_lid.3mf;Drain lid;Recliner Sola;2;0;Pollmeier Spritzguss;2025-06-30
A003400;;Drain lid, tall;Recliner Sola;2;3;Pollmeier Spritzguss;2025-02-31
"""
_REPORT = "Fit check of 5 pieces on 2 tubes: all seated by hand force, none came off.\n"
SHAPE, LIST, REPORT = "drain_lid.3mf", "parts.csv", "fit_check.txt"


def lay_out_incoming(folder: Path) -> None:
    """Put the file of the new part and its parts list into a folder, which is made."""
    folder.mkdir(parents=True)
    shutil.copyfile(resource_path("sample", "geometry", "A003352_filter_lid.3mf"), folder / SHAPE)
    (folder / LIST).write_text(_LIST, encoding="utf-8")


def write_report(folder: Path) -> Path:
    """Write the report that is the evidence of the qualification; return where it is."""
    report = folder / REPORT
    report.write_text(_REPORT, encoding="utf-8")
    return report
