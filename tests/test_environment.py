"""environment.yml asks for what pyproject.toml asks for, under conda-forge's names."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent

#: Where conda-forge has another name; the rest have the same.
CONDA = {"matplotlib": "matplotlib-base", "nbconvert": "nbconvert-core", "typst": "typst-py"}
#: What conda-forge does not have: it stands under ``pip:``.
PIP_ONLY = {"font-lato"}
#: What stands in environment.yml beside the dependencies.
BESIDE = {"python", "pip"}


def split(requirement: str) -> tuple[str, str]:
    """``Pandas >=2.2`` as ``("pandas", ">=2.2")``."""
    found = re.fullmatch(r"\s*([A-Za-z0-9._-]+)\s*(.*?)\s*", requirement)
    assert found, requirement
    return re.sub(r"[-_.]+", "-", found[1]).lower(), found[2].replace(" ", "")


@pytest.fixture(scope="module")
def wanted() -> dict[str, str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    listed = [split(requirement) for requirement in project["dependencies"]]
    assert len(dict(listed)) == len(listed)
    return dict(listed)


@pytest.fixture(scope="module")
def environment() -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))
    return data


@pytest.fixture(scope="module")
def conda(environment: dict[str, Any]) -> list[tuple[str, str]]:
    return [split(entry) for entry in environment["dependencies"] if isinstance(entry, str)]


@pytest.fixture(scope="module")
def pip(environment: dict[str, Any]) -> list[str]:
    tables = [entry for entry in environment["dependencies"] if isinstance(entry, dict)]
    assert [list(table) for table in tables] in ([], [["pip"]])
    return [entry for table in tables for entry in table["pip"]]


def test_only_conda_forge(environment: dict[str, Any]) -> None:
    assert environment["channels"] == ["conda-forge"]
    assert environment["name"] == "hrkit"


def test_every_dependency_stands_once_and_nothing_more(
    wanted: dict[str, str], conda: list[tuple[str, str]], pip: list[str]
) -> None:
    packages = [split(entry)[0] for entry in pip if not entry.startswith(("-e", "."))]
    found = sorted([name for name, _ in conda if name not in BESIDE] + packages)
    assert found == sorted(CONDA.get(name, name) for name in wanted)


def test_versions_are_the_same(
    wanted: dict[str, str], conda: list[tuple[str, str]], pip: list[str]
) -> None:
    here = dict(conda) | dict(split(entry) for entry in pip if not entry.startswith(("-e", ".")))
    for name, version in wanted.items():
        assert here[CONDA.get(name, name)] == version, name


def test_under_pip_stands_what_conda_forge_lacks_and_the_kit_itself(
    conda: list[tuple[str, str]], pip: list[str]
) -> None:
    packages = {split(entry)[0] for entry in pip if not entry.startswith(("-e", "."))}
    assert packages == PIP_ONLY
    assert [entry for entry in pip if entry.startswith(("-e", "."))] in ([], ["-e ."], ["."])
    assert "pip" in dict(conda)


def test_python_is_the_same(conda: list[tuple[str, str]]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert dict(conda)["python"] == project["project"]["requires-python"]
    least = re.search(r"3\.(\d+)", project["project"]["requires-python"])
    assert least
    assert project["tool"]["mypy"]["python_version"] == f"3.{least[1]}"
    assert project["tool"]["ruff"]["target-version"] == f"py3{least[1]}"


def test_constraints_pin_every_dependency_within_its_bounds(wanted: dict[str, str]) -> None:
    pins = {}
    for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines():
        line = line.split("#")[0].split(";")[0].strip()
        if "==" in line:
            name, version = split(line)
            pins[name] = version.removeprefix("==")
    assert sorted(set(wanted) - set(pins)) == []
    for name, bound in wanted.items():
        least = [int(x) for x in re.findall(r"\d+", bound.removeprefix(">="))]
        pinned = [int(x) for x in re.findall(r"\d+", pins[name])]
        assert pinned >= least, f"{name}: {pins[name]} is older than {bound}"
