"""What lies in the folder is looked at before anything runs: by check, and by report before a kernel."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from hrkit.cli import main

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def home(client_folder: Callable[[str], Path], tmp_path: Path) -> Path:
    """A made-up client's files without its store."""
    source, home = client_folder("two-missing"), tmp_path / "two-missing"
    home.mkdir()
    shutil.copy(source / "engagement.yml", home)
    return home


def branding(home: Path, logo: str, data: bytes) -> None:
    (home / logo).write_bytes(data)
    path = home / "engagement.yml"
    text = path.read_text("utf-8")
    assert '"branding"' not in text
    path.write_text(f'{text}"branding": {{"logo": "{logo}", "logo_alt": "A sign"}}\n', "utf-8")


def notebook(cells: list[dict[str, object]]) -> bytes:
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


CELL = {"cell_type": "code", "id": "a", "source": "x = 1", "metadata": {}, "outputs": [],
        "execution_count": None}  # fmt: skip

BROKEN: dict[str, tuple[Callable[[Path], object], str]] = {
    "a text of no section": (
        lambda home: ((home / "texts").mkdir(), (home / "texts" / "sumary.md").write_text("x")),
        "texts/sumary.md: names no section; did you mean summary?",
    ),
    "a folder of texts with a capital": (
        lambda home: ((home / "Texts").mkdir(), (home / "Texts" / "summary.md").write_text("x")),
        "Texts/: is not read; name the folder texts",
    ),
    "a folder of profiles for one": (
        lambda home: ((home / "profile").mkdir(), (home / "profile" / "a.yml").write_text("x")),
        "profile/: is not read; name the folder profiles",
    ),
    "a profile with another ending": (
        lambda home: ((home / "profiles").mkdir(), (home / "profiles" / "a.yaml").write_text("x")),
        "profiles/a.yaml: is not read; name it a.yml",
    ),
    "a file in place of the folder": (
        lambda home: (home / "actions.yml").write_text("strike: [trust.a01]"),
        "actions.yml: is not read; put it into a folder actions",
    ),
    "a folder that is a link to nothing": (
        lambda home: (home / "profiles").symlink_to(home / "gone"),
        "profiles: is a link that leads nowhere; take it out",
    ),
    "a text that takes the place and says nothing": (
        lambda home: (
            (home / "texts").mkdir(),
            (home / "texts" / "summary.md").write_text("replace\n\n"),
        ),
        "texts/summary.md: says replace and nothing after it",
    ),
    "a text that is not UTF-8": (
        lambda home: (
            (home / "texts").mkdir(),
            (home / "texts" / "summary.md").write_bytes(b"\xe6\xf8"),
        ),
        "texts/summary.md: is not UTF-8",
    ),
    "a logo that is cut off": (lambda home: branding(home, "logo.png", PNG), "branding.logo"),
    "a logo that is too large": (
        lambda home: branding(home, "logo.png", PNG + bytes(12_000_000)), "branding.logo",
    ),
    "a notebook that is none": (
        lambda home: (home / "3_report.ipynb").write_bytes(b"{not json"), "3_report.ipynb",
    ),
    "a notebook without parameters": (
        lambda home: (home / "3_report.ipynb").write_bytes(notebook([CELL])),
        "has no cells tagged",
    ),
    "a profile that is not there": (
        lambda home: (home / "engagement.yml").write_text(
            (home / "engagement.yml").read_text("utf-8").replace('"full"', '"fuller"'), "utf-8"
        ),
        "fuller",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_it_is_named_by_check_and_refused_by_report_before_a_kernel(
    home: Path, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil, says = BROKEN[case]
    spoil(home)

    def never(*_: object, **__: object) -> None:
        raise AssertionError("a kernel was started")

    monkeypatch.setattr("hrkit.publish.notebook.execute", never)
    checked = CliRunner().invoke(main, ["check", str(home)])
    assert checked.exit_code == 1 and says in checked.output, checked.output
    refused = CliRunner().invoke(main, ["report", str(home)])
    assert refused.exit_code == 1 and says in refused.output, refused.output
    assert not list(home.glob("*.pdf")) and not (home / "answers.sqlite").exists()


def test_a_folder_without_fault_is_good(home: Path) -> None:
    assert "a good engagement" in CliRunner().invoke(main, ["check", str(home)]).output


@pytest.mark.parametrize("number", range(3, 8))
@pytest.mark.parametrize("change", ["deleted", "doubled", "retyped"])
def test_a_part_that_is_gone_or_there_twice_is_noted(home: Path, change: str, number: int) -> None:
    from hrkit import kit

    data = json.loads((kit.notebooks() / "3_report.ipynb").read_text("utf-8"))
    cell = data["cells"][number]
    line = "".join(cell["source"])
    assert line.startswith("report.part(")
    if change == "doubled":
        data["cells"].insert(number, {**cell, "id": "again"})
    elif change == "retyped":
        kept = {key: cell[key] for key in ("id", "metadata", "source")}
        data["cells"][number] = {**kept, "cell_type": "markdown"}
    else:
        del data["cells"][number]
    (home / "3_report.ipynb").write_text(json.dumps(data), "utf-8")
    checked = CliRunner().invoke(main, ["check", str(home)])
    assert checked.exit_code == 0, checked.output
    says = "more than once (cells" if change == "doubled" else "does not have the kit's cell"
    assert says in checked.output and line in checked.output, checked.output


def test_a_notebook_that_nobody_answered_for_is_noted(home: Path) -> None:
    from hrkit import kit

    data = json.loads((kit.notebooks() / "3_report.ipynb").read_text("utf-8"))
    data["cells"].append({**CELL, "id": "own-cell", "source": "print('mine')"})
    (home / "3_report.ipynb").write_text(json.dumps(data), "utf-8")
    checked = CliRunner().invoke(main, ["check", str(home)])
    assert checked.exit_code == 0
    assert "note: 3_report.ipynb" in checked.output and "trust" in checked.output
