"""The kit's own files are found in a checkout and in an installation alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrkit import kit

ROOT = Path(__file__).resolve().parent.parent


def test_in_a_checkout() -> None:
    assert kit.notebooks() == ROOT / "notebooks"
    assert kit.templates() == ROOT / "data" / "templates"


def test_what_is_there() -> None:
    assert (kit.notebooks() / "3_report.ipynb").is_file()
    for folder in ("instruments", "schemas", "texts", "profiles", "engagement", "actions"):
        assert any((kit.templates() / folder).iterdir()), folder


def test_in_an_installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wheel carries both inside the package; `test_wheel` runs a real one."""
    monkeypatch.setattr(kit, "_PACKAGE", tmp_path / "hrkit")
    assert kit.notebooks() == tmp_path / "notebooks"
    for name in ("notebooks", "templates"):
        (tmp_path / "hrkit" / "_kit" / name).mkdir(parents=True)
    assert kit.notebooks() == tmp_path / "hrkit/_kit/notebooks"
    assert kit.templates() == tmp_path / "hrkit/_kit/templates"


@pytest.mark.parametrize("name", [kit.REPORT, kit.BENCHMARK])
def test_every_cell_of_a_notebook_that_is_printed_may_run(name: str) -> None:
    """A cell that is new or changed goes into ``data/templates/notebooks.json``; none leaves it."""
    from hrkit.publish.notebook_file import read_notebook
    from hrkit.publish.trust import code_digest, code_of

    cells = code_of(read_notebook(kit.notebooks() / name))
    missing = [code_digest(source) for _, source in cells]
    assert [digest for digest in missing if digest not in kit.known_cells(name)] == []
