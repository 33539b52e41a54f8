"""Each import contract fails when it is broken, and the program as it stands breaks none."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RUN_TIME = ".ci/run_time_imports.toml"

DEFERRED = "def later() -> None:\n    import {name}\n"
FOR_TYPES = "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    import {name}\n"


@pytest.fixture(scope="module")
def copied_tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tree = tmp_path_factory.mktemp("contracts")
    shutil.copytree(ROOT / "app", tree / "app", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / ".ci", tree / ".ci")
    shutil.copy(ROOT / "pyproject.toml", tree)
    return tree


@pytest.fixture
def plant(copied_tree: Path):
    """Write modules into the copied tree; they are gone after the test."""
    planted: list[Path] = []

    def write(name: str, text: str) -> None:
        file = copied_tree / "app" / f"{name}.py"
        if not file.parent.exists():
            file.parent.mkdir()
            planted.append(file.parent)
        planted.append(file)
        file.write_text(text, encoding="utf-8")

    yield write
    for path in planted:
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)


@pytest.fixture(scope="module")
def broken_before(copied_tree: Path) -> set[str]:
    """What is broken without our planting, so that each test speaks of its own import only."""
    return broken_contracts(copied_tree)


def broken_contracts(tree: Path, config: str = "pyproject.toml") -> set[str]:
    """Run lint-imports on a tree and return the ids of the contracts it calls broken."""
    done = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--config", config],
        cwd=tree,
        env={**os.environ, "COLUMNS": "300", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        encoding="utf-8",
    )
    contracts = tomllib.loads((tree / config).read_text(encoding="utf-8"))
    names = {c["name"]: c["id"] for c in contracts["tool"]["importlinter"]["contracts"]}
    verdicts = dict(re.findall(r"^(.+) (KEPT|BROKEN)\s*$", done.stdout, re.MULTILINE))
    assert verdicts.keys() == names.keys(), done.stdout + done.stderr
    broken = {names[name] for name, verdict in verdicts.items() if verdict == "BROKEN"}
    assert bool(broken) == (done.returncode != 0)
    return broken


@pytest.mark.parametrize("config", ["pyproject.toml", RUN_TIME])
def test_the_program_keeps_every_contract(copied_tree: Path, config: str) -> None:
    assert broken_contracts(copied_tree, config) == set()


@pytest.mark.parametrize(
    ("contract", "where", "imported"),
    [
        ("layers", "base", "app.domain"),
        ("layers", "domain", "app.geometry"),
        ("layers", "geometry", "app.tables"),
        ("layers", "documents", "app.storage"),
        ("layers", "storage", "app.workers"),
        ("layers", "services", "app.ui"),
        ("layers", "cli", "app.ui"),
        ("storage", "storage", "app.geometry"),
        ("qt", "services", "PySide6.QtCore"),
        ("qt", "preview", "pyvistaqt"),
        ("database", "services", "sqlmodel"),
        ("database", "ui", "sqlalchemy.orm"),
        ("geometry", "services", "trimesh"),
        ("geometry", "workers", "cascadio"),
        ("lib3mf", "services", "lib3mf"),
        ("tables", "services", "openpyxl"),
        ("documents", "services", "reportlab.pdfgen"),
        ("pages", "workers", "pypdfium2"),
        ("domain", "domain", "scipy.sparse"),
    ],
)
def test_a_planted_import_breaks_its_contract(
    copied_tree: Path, plant, broken_before: set[str], contract: str, where: str, imported: str
) -> None:
    plant(f"{where}/planted", DEFERRED.format(name=imported))
    assert contract in broken_contracts(copied_tree) - broken_before


def test_an_import_for_the_type_checker_counts(
    copied_tree: Path, plant, broken_before: set[str]
) -> None:
    plant("domain/planted", FOR_TYPES.format(name="app.services"))
    assert "layers" in broken_contracts(copied_tree) - broken_before


def test_a_folder_outside_the_layers_is_noticed(
    copied_tree: Path, plant, broken_before: set[str]
) -> None:
    plant("planted/__init__", '"""Belongs to no layer."""\n')
    assert broken_contracts(copied_tree) - broken_before == {"layers"}


def test_a_cycle_of_deferred_imports_is_noticed(
    copied_tree: Path, plant, broken_before: set[str]
) -> None:
    # In `cli`, which is free of cycles before.
    plant("cli/planted_one", DEFERRED.format(name="app.cli.planted_two"))
    assert broken_contracts(copied_tree) == broken_before
    plant("cli/planted_two", DEFERRED.format(name="app.cli.planted_one"))
    assert broken_contracts(copied_tree) - broken_before == {"cycles"}


@pytest.mark.parametrize("layer", ["geometry", "tables"])
def test_only_workers_may_import_readers(
    copied_tree: Path, plant, broken_before: set[str], layer: str
) -> None:
    readers = copied_tree / "app" / layer / "readers"
    assert readers.is_dir() or readers.with_suffix(".py").is_file()
    plant("workers/planted", DEFERRED.format(name=f"app.{layer}.readers"))
    assert broken_contracts(copied_tree) == broken_before
    plant("services/planted", DEFERRED.format(name=f"app.{layer}.readers"))
    assert broken_contracts(copied_tree) - broken_before == {"readers"}


def test_services_may_name_storage_only_for_the_type_checker(copied_tree: Path, plant) -> None:
    plant("services/planted", FOR_TYPES.format(name="app.storage"))
    assert broken_contracts(copied_tree, RUN_TIME) == set()
    plant("services/planted", DEFERRED.format(name="app.storage"))
    assert broken_contracts(copied_tree, RUN_TIME) == {"open-library"}


def test_the_domain_contract_names_every_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = {
        re.split(r"[^\w.-]", line, maxsplit=1)[0].lower().replace("_", "-")
        for line in project["project"]["dependencies"]
    }
    modules = {
        module
        for module, owners in packages_distributions().items()
        if wanted & {owner.lower().replace("_", "-") for owner in owners}
        and importlib.util.find_spec(module) is not None
    }
    contracts = {c["id"]: c for c in project["tool"]["importlinter"]["contracts"]}
    named = set(contracts["domain"]["forbidden_modules"])
    assert {"trimesh", "vtkmodules", "sqlmodel"} <= modules
    assert modules - named == {"numpy"}
