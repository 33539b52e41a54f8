"""The locks pin what pyproject.toml asks for, agree with each other and name no index."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock")


def pinned(name: str) -> dict[str, set[Version]]:
    """Return the versions that a lock allows for each package (more than one: by Python)."""
    versions: dict[str, set[Version]] = {}
    text = (ROOT / "installer" / name).read_text(encoding="utf-8")
    for package, version in re.findall(r"^([\w.-]+)==([^\s;\\]+)", text, re.MULTILINE):
        versions.setdefault(canonicalize_name(package), set()).add(Version(version))
    return versions


def asked(*extras: str) -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = list(project["dependencies"])
    for extra in extras:
        lines += project["optional-dependencies"][extra]
    build = (ROOT / "installer" / "build.in").read_text(encoding="utf-8")
    lines += [line.partition("#")[0] for line in build.splitlines() if line.partition("#")[0]]
    return [Requirement(line.strip()) for line in lines]


@pytest.mark.parametrize(("lock", "extras"), [(LOCKS[0], ()), (LOCKS[1], ("dev",))])
def test_every_requirement_is_pinned_within_its_bounds(lock: str, extras: tuple[str, ...]) -> None:
    versions = pinned(lock)
    for requirement in asked(*extras):
        found = versions[canonicalize_name(requirement.name)]
        assert found
        assert all(requirement.specifier.contains(version) for version in found), requirement


def test_the_developers_lock_only_adds() -> None:
    plain, developers = (pinned(lock) for lock in LOCKS)
    assert {name: developers.get(name) for name in plain} == plain
    assert "pytest" in developers
    assert "pytest" not in plain


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_hashes_and_no_address(lock: str) -> None:
    text = (ROOT / "installer" / lock).read_text(encoding="utf-8")
    blocks = re.split(r"^(?=[\w.-]+==)", text, flags=re.MULTILINE)
    head, pins = blocks[0], blocks[1:]
    assert all(line.startswith("#") for line in head.splitlines())
    assert len(pins) > 50
    assert all("--hash=sha256:" in pin for pin in pins)
    assert not re.search(r"https?:|file:|--index|--find-links|/home/|/tmp/", text)
