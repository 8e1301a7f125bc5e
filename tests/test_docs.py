"""The docs name what there is, and nothing that is not there."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

import hrkit
from hrkit import kit
from hrkit.cli import main
from hrkit.model.engagement import protection_of
from hrkit.publish.parameters import parameters_of

ROOT = Path(__file__).resolve().parent.parent
PAGES = [
    *(ROOT / name for name in ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md")),
    *sorted((ROOT / "docs").glob("*.md")),
]
DOCS = {page.name: page.read_text("utf-8") for page in PAGES if page.is_file()}
TEXT = "\n".join(DOCS.values())
NOTEBOOKS = sorted(kit.notebooks().glob("*.ipynb"))


def lines_with(start: str) -> list[str]:
    """The lines of the docs in which a name stands whole."""
    whole = re.compile(rf"{re.escape(start)}(?![\w-])")
    return [line for line in TEXT.splitlines() if whole.search(line)]


def options(command: click.Command) -> list[str]:
    return [
        name
        for parameter in command.params
        if isinstance(parameter, click.Option)
        for name in (*parameter.opts, *parameter.secondary_opts)
    ]


def test_there_are_docs() -> None:
    assert "README.md" in DOCS
    assert any(page.parent.name == "docs" for page in PAGES)


def commands(group: click.Group, before: str = "") -> dict[str, click.Command]:
    """Every command by the words it is called with, groups and what is in them."""
    found: dict[str, click.Command] = {}
    for name, command in group.commands.items():
        found[f"{before}{name}"] = command
        if isinstance(command, click.Group):
            found |= commands(command, f"{before}{name} ")
    return found


COMMANDS = commands(main)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_a_command_and_all_its_options_are_in_the_docs(name: str) -> None:
    lines = lines_with(f"hrkit {name}")
    assert lines, f"no page names hrkit {name}"
    for option in options(COMMANDS[name]):
        whole = re.compile(rf"(?<![\w-]){re.escape(option)}(?![\w-])")
        assert any(whole.search(line) for line in lines), f"no line on hrkit {name} names {option}"


@pytest.mark.parametrize("option", [*options(main), "-h", "--help"])
def test_an_option_of_hrkit_itself_is_in_the_docs(option: str) -> None:
    assert lines_with(option)


def test_no_page_names_a_command_that_is_not_there() -> None:
    blocks = "\n".join(re.findall(r"^```sh\n(.*?)^```", TEXT, re.M | re.S))
    code = re.findall(r"`([^`\n]+)`", TEXT) + blocks.splitlines()
    named = {m for text in code for m in re.findall(r"^\s*hrkit ([a-z][a-z-]*)", text)}
    assert named - set(main.commands) == set()


def test_no_page_names_an_option_that_is_not_there() -> None:
    known = {o for command in COMMANDS.values() for o in options(command)} | {
        "--help",
        "--version",
    }
    unknown = []
    for name, page in DOCS.items():
        for line in page.splitlines():
            if re.search(r"\bhrkit [a-z]+", line) and not re.search(
                r"\b(jupyter|pip|conda|make)\b", line
            ):
                found = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", line))
                unknown += [f"{name}: {option}" for option in found - known]
    assert unknown == []


@pytest.mark.parametrize("name", hrkit.__all__)
def test_a_public_name_is_in_the_docs(name: str) -> None:
    assert re.search(rf"\bhrkit\.{name}\b", TEXT)


def test_no_page_names_what_hrkit_does_not_have() -> None:
    named = set(re.findall(r"(?<![\w./-])hrkit\.([a-z_]+)\(", TEXT))
    assert named - set(hrkit.__all__) == set()


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_and_all_its_parameters_are_in_the_docs(notebook: Path) -> None:
    lines = lines_with(notebook.name)
    assert lines, f"no page names {notebook.name}"
    for parameter in parameters_of(notebook):
        assert any(f"`{parameter.name}`" in line for line in lines), parameter.name


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_parameter_has_a_comment(notebook: Path) -> None:
    for parameter in parameters_of(notebook):
        assert parameter.comment, f"{notebook.name}: {parameter.name}"


def test_no_page_names_a_notebook_that_is_not_there() -> None:
    named = set(re.findall(r"\b\d_[a-z_]+\.ipynb\b", TEXT))
    assert named - {notebook.name for notebook in NOTEBOOKS} == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    assert page.is_file()
    broken = []
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8")):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, heading = target.partition("#")
        place = (page.parent / path) if path else page
        if not place.exists():
            broken.append(target)
        elif heading and place.suffix == ".md":
            titles = re.findall(r"^#+\s+(.*)$", place.read_text("utf-8"), re.M)
            slugs = {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}
            if heading not in slugs:
                broken.append(target)
    assert broken == []


def test_the_readme_stays_short_and_promises_what_holds() -> None:
    """What is more than a beginning stands in docs; the thresholds it promises are those of an engagement that says none."""
    readme = DOCS["README.md"]
    assert len(readme.splitlines()) <= 170
    least = protection_of()
    assert (least.scores, least.details) == (5, 10)
    promised = "no mean below five people, no comments or spread of answers below ten"
    assert promised in " ".join(readme.split())
