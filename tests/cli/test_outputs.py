"""Where a delivery is written, what it may not replace, and whose notebook it runs."""

from __future__ import annotations

import os
import stat
import types
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell

from hrkit import kit, synthetic
from hrkit.commands.outputs import Outputs, report_name, report_place
from hrkit.errors import HrkitError, PublishError
from hrkit.publish import trust
from tests.quick import without_kernel

from .conftest import Run, files


def test_a_name_says_whose_of_which_wave_in_which_language_and_how_long() -> None:
    client: Any = types.SimpleNamespace(id="acme")
    assert report_name(client, "w2", "da", "full") == "acme-w2-da-full.pdf"


@pytest.mark.parametrize(
    ("given", "advice"),
    [
        ("x.docx", "-o x.pdf --also docx"),
        ("x.HTML", "-o x.pdf --also html"),
        ("x.ipynb", "-o x.pdf --keep-notebook"),
        ("x.pdf.part", "-o x.pdf.pdf"),
        ("report", "-o report.pdf"),
    ],
)
def test_a_pdf_is_never_written_under_another_name(given: str, advice: str, tmp_path: Path) -> None:
    with pytest.raises(HrkitError, match="is no name for a PDF") as caught:
        report_place(tmp_path / given, tmp_path, "n.pdf")
    assert str(caught.value).endswith(advice)


def test_a_folder_takes_the_report_under_its_own_name(tmp_path: Path) -> None:
    assert report_place(tmp_path, Path("x"), "n.pdf") == tmp_path / "n.pdf"
    assert report_place(None, Path("x"), "n.pdf") == Path("x/n.pdf")
    assert report_place("", Path("x"), "n.pdf") == Path("x/n.pdf")
    assert report_place(str(tmp_path), Path("x"), "n.pdf") == tmp_path / "n.pdf"
    assert report_place(tmp_path / "r.PDF", Path("x"), "n.pdf") == tmp_path / "r.PDF"


def test_a_draft_is_replaced_and_a_file_that_was_changed_is_not(tmp_path: Path) -> None:
    home, place = tmp_path / "home", tmp_path / "out" / "r.pdf"
    home.mkdir()
    Outputs(home).write({place: b"one"}, final=False)
    Outputs(home).write({place: b"two"}, final=False)
    assert place.read_bytes() == b"two"
    place.write_bytes(b"two, edited")
    for act in (
        lambda: Outputs(home).check([place]),
        lambda: Outputs(home).write({place: b"three"}, final=False),
    ):
        with pytest.raises(HrkitError, match="r.pdf: is there already"):
            act()
    assert place.read_bytes() == b"two, edited"
    Outputs(home, overwrite=True).write({place: b"three"}, final=False)
    assert place.read_bytes() == b"three"


def test_of_a_set_none_is_written_where_one_may_not_be(tmp_path: Path) -> None:
    theirs = tmp_path / "answers.xlsx"
    theirs.write_bytes(b"filled in")
    with pytest.raises(HrkitError, match="answers.xlsx"):
        Outputs(tmp_path).write({tmp_path / "answers.pdf": b"x", theirs: b"y"}, final=False)
    assert files(tmp_path) == {"answers.xlsx": b"filled in"}


def test_a_frozen_wave_s_report_is_replaced_by_the_same_only(tmp_path: Path) -> None:
    place = tmp_path / "r.pdf"
    Outputs(tmp_path).write({place: b"draft"}, final=False)
    Outputs(tmp_path).write({place: b"final"}, final=True)
    Outputs(tmp_path).write({place: b"final"}, final=True)
    with pytest.raises(HrkitError, match="frozen wave"):
        Outputs(tmp_path).write({place: b"other"}, final=True)
    with pytest.raises(HrkitError, match="frozen wave"):
        Outputs(tmp_path).write({place: b"draft of a later wave"}, final=False)
    assert place.read_bytes() == b"final"
    Outputs(tmp_path, overwrite=True).write({place: b"other"}, final=True)


def test_links_and_working_notebooks_are_never_written(tmp_path: Path) -> None:
    victim, link, own = tmp_path / "victim", tmp_path / "r.pdf", tmp_path / "3_report.ipynb"
    victim.write_text("precious")
    link.symlink_to(victim)
    own.write_text("work")
    outputs = Outputs(tmp_path, overwrite=True, working=(own,))
    with pytest.raises(HrkitError) as caught:
        outputs.check([link, own])
    said = str(caught.value)
    assert "r.pdf: is a link" in said
    assert "3_report.ipynb: is the notebook you work in" in said
    (tmp_path / ".r.pdf.part").symlink_to(victim)
    link.unlink()
    Outputs(tmp_path).write({link: b"pdf"}, final=False)
    assert victim.read_text() == "precious"


@pytest.mark.skipif(os.name != "posix", reason="rights of POSIX")
def test_files_and_folders_are_their_owner_s_alone(tmp_path: Path) -> None:
    place = tmp_path / "a" / "b" / "r.pdf"
    Outputs(tmp_path).write({place: b"x"}, final=False)
    seen = [
        tmp_path / "a",
        place.parent,
        place,
        tmp_path / ".hrkit",
        tmp_path / ".hrkit/outputs.json",
    ]
    assert [oct(stat.S_IMODE(p.stat().st_mode)) for p in seen] == [
        "0o700",
        "0o700",
        "0o600",
        "0o700",
        "0o600",
    ]
    assert "r.pdf" not in seen[-1].read_text()


def test_a_folder_that_keeps_no_record_still_gets_its_report(tmp_path: Path) -> None:
    (tmp_path / ".hrkit").write_text("a file in its place")
    Outputs(tmp_path).write({tmp_path / "out" / "r.pdf": b"x"}, final=False)
    assert (tmp_path / "out" / "r.pdf").read_bytes() == b"x"


# ---- whose code


@pytest.fixture
def own(tmp_path: Path) -> Any:
    return nbformat.read(kit.notebooks() / "3_report.ipynb", as_version=4)


def admit(notebook: Any, trusted: bool = False) -> None:
    trust.admit(notebook, kit.known_cells("3_report.ipynb"), "3_report.ipynb", trust=trusted)


def test_the_kit_s_own_cells_are_known_and_may_be_moved_or_left_out(own: Any) -> None:
    admit(own)
    own.cells = [new_markdown_cell("mine"), *own.cells[:4], own.cells[6]]
    admit(own)


def test_other_code_runs_once_somebody_on_this_machine_answers_for_it(own: Any) -> None:
    own.cells.append(new_code_cell("\nimport os\nos.remove('x')"))
    with pytest.raises(PublishError, match="3_report.ipynb, cell 9: “import os”") as caught:
        admit(own)
    assert "--trust" in str(caught.value)
    admit(own, trusted=True)
    admit(own)  # it was signed
    own.cells[-1].source += "\nmore"
    with pytest.raises(PublishError):
        admit(own)


def test_what_jupyterlab_signs_runs(own: Any) -> None:
    own.cells.append(new_code_cell("signed = 1"))
    assert trust.sign(own)
    admit(own)


def test_cells_of_the_kit_that_are_missing_are_named(own: Any) -> None:
    pattern = nbformat.read(kit.notebooks() / "3_report.ipynb", as_version=4)
    own.cells = [cell for cell in own.cells if "dimensions" not in cell.source]
    (said,) = trust.absent(own, pattern, "3_report.ipynb")
    assert 'report.part("dimensions")' in said
    assert trust.absent(pattern, pattern, "x") == ()


def test_a_folder_full_of_traps_makes_the_same_report(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "firm"
    synthetic.build(synthetic.client("firm"), folder)
    with without_kernel():  # with nothing around it, and no kernel that could find any
        clean = run("report", folder, "--profile", "summary", "-o", tmp_path / "clean.pdf")
    assert clean.code == 0, clean.text
    for name in ("hrkit", "numpy", "json", "matplotlib", "sitecustomize", "ipykernel"):
        (folder / f"{name}.py").write_text("raise SystemExit('from the folder')")
    (folder / "matplotlibrc").write_text("axes.grid: True\ntext.usetex: True\n")
    monkeypatch.setenv("MATPLOTLIBRC", str(folder / "matplotlibrc"))
    monkeypatch.setenv("PYTHONPATH", str(folder))
    monkeypatch.setenv("LC_ALL", "da_DK.UTF-8")
    for home in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME"):  # nothing can be kept within a file
        monkeypatch.setenv(home, str(folder / "matplotlibrc" / "home"))
    trapped = run(
        "report", folder, "--profile", "summary", "-o", tmp_path / "trapped.pdf", "--keep-notebook"
    )
    assert trapped.code == 0, trapped.text
    assert "warned" not in trapped.text
    assert (tmp_path / "trapped.pdf").read_bytes() == (tmp_path / "clean.pdf").read_bytes()
    kept = nbformat.read(tmp_path / "trapped.ipynb", as_version=4)
    assert trust.trusted(kept)
    assert "papermill" not in str(kept.metadata)
