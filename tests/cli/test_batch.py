"""``hrkit batch``: each on its own, nothing twice, nothing half, nothing stale, nobody else's."""

from __future__ import annotations

import contextlib
import csv
import io
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from hrkit import synthetic
from hrkit.commands.batch import batch
from hrkit.commands.outcomes import Batch
from hrkit.commands.report import report
from hrkit.errors import HrkitError

from .conftest import Run

TINY = "id: tiny\nparts:\n  front: [cover]\n  picture: []\n  dimensions: []\n  forward: []\n  back: [method]\n"

#: Folder of each organisation, its id and its client's name: words that stand nowhere else.
CLIENTS = {"alpha": "Zebrafink ApS", "bravo": "Quokkadal B.V.", "charlie": "Xylofonby Kommune"}


def pdf_text(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def everything(path: Path) -> str:
    """Whatever can be read in a file: pages, parts of packages and packages in them, data about it."""
    data = path.read_bytes()
    if path.suffix == ".pdf":
        document = pypdfium2.PdfDocument(path)
        return pdf_text(path) + repr(document.get_metadata_dict()) + data.decode("latin-1")
    if path.suffix == ".html":
        return data.decode("utf-8")
    return _unpacked(data)


def _unpacked(data: bytes) -> str:
    found = ""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        for name in packed.namelist():
            inside = packed.read(name)
            embedded = zipfile.is_zipfile(io.BytesIO(inside))
            found += name + (_unpacked(inside) if embedded else inside.decode("utf-8", "replace"))
    return found


@pytest.fixture(scope="module")
def portfolio(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three organisations whose report is short, each with a name of its own."""
    folder = tmp_path_factory.mktemp("clients")
    pattern = synthetic.client("two-missing")
    for number, (name, client) in enumerate(CLIENTS.items()):
        own = replace(pattern, id=name, name=client, seed=pattern.seed + number)
        synthetic.build(own, folder / name)
        (folder / name / "profiles").mkdir()
        (folder / name / "profiles" / "tiny.yml").write_text(TINY, "utf-8")
    return folder


@pytest.fixture
def clients(portfolio: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(portfolio, tmp_path / "clients"))


def contents(folder: Path, ending: str = ".pdf") -> Mapping[str, bytes]:
    return {p.name: p.read_bytes() for p in sorted(folder.iterdir()) if p.suffix == ending}


def run_all(clients: Path, output: Path, **how: object) -> Batch:
    return batch(clients, output, **{"profile": "tiny", "workers": 2, **how})  # type: ignore[arg-type]


def pdf_of(name: str) -> str:
    return f"{name}-w1-en-tiny.pdf"


def test_a_whole_run_a_second_one_and_what_is_made_anew(clients: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    first = run_all(clients, output, also="xlsx,docx,pptx,html", zip=True)
    assert [one.state for one in first.outcomes] == ["done"] * 3
    made = {p.name: p.read_bytes() for p in output.iterdir() if p.suffix != ".csv"}
    assert not [name for name in made if name.startswith(".")]
    assert {oct(p.stat().st_mode & 0o777) for p in output.glob("*.pdf")} <= {"0o600", "0o666"}

    # Whose each file is, in everything that can be read in it.
    for name, client in CLIENTS.items():
        foreign = [word for other, own in CLIENTS.items() if other != name for word in (own,)]
        for ending in ("pdf", "xlsx", "docx", "pptx", "html"):
            text = everything(output / f"{name}-w1-en-tiny.{ending}")
            assert client in text or ending == "pptx", (name, ending)
            assert not [word for word in foreign if word in text], (name, ending)
        packed = zipfile.ZipFile(output / f"{name}.zip").namelist()
        assert packed == sorted(
            f"{name}-w1-en-tiny.{e}" for e in ("docx", "html", "pdf", "pptx", "xlsx")
        )

    # What `hrkit report` makes of one is the same file.
    alone = report(clients / "bravo", profile="tiny", output=tmp_path / "alone.pdf")
    assert alone.pdf.read_bytes() == made[pdf_of("bravo")]

    again = run_all(clients, output, also="xlsx,docx,pptx,html", zip=True)
    assert [one.state for one in again.outcomes] == ["skipped"] * 3
    assert {p.name: p.read_bytes() for p in output.iterdir() if p.suffix != ".csv"} == made | {
        "manifest.sqlite": (output / "manifest.sqlite").read_bytes()
    }

    # A file that is gone, and a setting that is another: these two, and no third.
    (output / pdf_of("alpha")).unlink()
    settings = clients / "charlie" / "engagement.yml"
    settings.write_text(settings.read_text("utf-8").replace("Joan Price", "Joan Smith"), "utf-8")
    third = run_all(clients, output, also="xlsx,docx,pptx,html")
    assert [one.state for one in third.outcomes] == ["done", "skipped", "done"]
    assert (output / pdf_of("alpha")).read_bytes() == made[pdf_of("alpha")]
    assert (output / pdf_of("charlie")).read_bytes() != made[pdf_of("charlie")]
    rows = list(csv.DictReader((output / "outcomes.csv").read_text("utf-8-sig").splitlines()))
    assert [(row["organisation"], row["state"]) for row in rows] == [
        (name, "done") for name in CLIENTS
    ]


def test_a_foreign_name_would_be_found(clients: Path, tmp_path: Path) -> None:
    text = clients / "alpha" / "texts"
    text.mkdir()
    (text / "method.en.md").write_text("As at Quokkadal B.V.\n", "utf-8")
    run_all(clients, tmp_path / "out", only=["alpha"], also="docx")
    assert "Quokkadal" in everything(tmp_path / "out" / pdf_of("alpha"))
    assert "Quokkadal" in everything(tmp_path / "out" / "alpha-w1-en-tiny.docx")


def test_one_broken_stops_no_other_and_leaves_nothing_that_is_stale(
    clients: Path, tmp_path: Path, run: Run
) -> None:
    output = tmp_path / "out"
    settings = clients / "bravo" / "engagement.yml"
    good = settings.read_text("utf-8")
    assert not run_all(clients, output, only=["Quokkadal B.V."]).failed
    settings.write_text(good.replace('"scores": 5', '"scores": 3'), "utf-8")
    done = run("batch", clients, "-o", output, "--profile", "tiny", "--workers", 2)
    assert done.code == 3
    assert "protection.scores: 3 is below 5; use 5 or more" in done.text
    assert (
        done.text.splitlines()[-1] == f"2 done, 0 skipped, 1 failed; see {output / 'outcomes.csv'}"
    )
    assert sorted(contents(output)) == [
        pdf_of("alpha"),
        "bravo-w1-en-tiny.older.pdf",
        pdf_of("charlie"),
    ]
    settings.write_text(good, "utf-8")
    mended = run("batch", clients, "-o", output, "--profile", "tiny", "--failed")
    assert mended.code == 0
    assert mended.text.splitlines()[-1].startswith("1 done, 0 skipped, 0 failed")
    assert pdf_of("bravo") in contents(output)


def test_what_somebody_has_worked_in_is_theirs(clients: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    assert not run_all(clients, output, only=["alpha"]).failed
    mine = output / pdf_of("alpha")
    mine.write_bytes(b"%PDF- my own remarks")
    settings = clients / "alpha" / "engagement.yml"
    settings.write_text(settings.read_text("utf-8").replace("Joan Price", "Joan Smith"), "utf-8")
    refused = run_all(clients, output, only=["alpha"])
    assert "is not as hrkit wrote it" in refused.failed[0].error
    assert mine.read_bytes() == b"%PDF- my own remarks"
    assert not run_all(clients, output, only=["alpha"], overwrite=True).failed
    assert "Zebrafink" in pdf_text(mine)


def test_two_of_one_id_are_refused_by_name_and_the_third_is_made(
    clients: Path, tmp_path: Path
) -> None:
    settings = clients / "bravo" / "engagement.yml"
    settings.write_text(settings.read_text("utf-8").replace('"bravo"', '"ALPHA"'), "utf-8")
    result = run_all(clients, tmp_path / "out")
    assert [one.state for one in result.outcomes] == ["failed", "failed", "done"]
    assert "two engagements have the id" in result.failed[0].error


def test_languages_profiles_and_sheets_are_documents_of_their_own(
    clients: Path, tmp_path: Path
) -> None:
    result = run_all(
        clients, tmp_path / "out", only=["alpha"], language=["da"], sheets=True, fork=False
    )
    names = result.done[0].files
    sheets = [name for name in names if name.startswith("alpha-w1-da-sheet-")]
    assert sheets and set(names) - set(sheets) == {"alpha-w1-da-tiny.pdf"}


def test_what_would_be_made_is_said_and_nothing_is_written(
    clients: Path, tmp_path: Path, run: Run
) -> None:
    before = {p: p.read_bytes() for p in clients.rglob("*") if p.is_file()}
    (clients / "charlie" / "answers.sqlite").rename(tmp_path / "elsewhere")
    done = run("batch", clients, "-o", tmp_path / "out", "--profile", "tiny", "--dry-run")
    assert done.code == 3
    assert f"would make  alpha  {pdf_of('alpha')}" in done.text
    assert "nobody has answered yet" in done.text
    assert not (tmp_path / "out").exists()
    (tmp_path / "elsewhere").rename(clients / "charlie" / "answers.sqlite")
    assert {p: p.read_bytes() for p in clients.rglob("*") if p.is_file()} == before


def test_nothing_begins_where_it_could_not_end(clients: Path, tmp_path: Path) -> None:
    from hrkit.publish.batch.manifest import Manifest

    with pytest.raises(HrkitError, match="no such organisation"):
        run_all(clients, tmp_path / "out", only=["delta"])
    assert not (tmp_path / "out").exists()
    (tmp_path / "out").mkdir()
    with Manifest(tmp_path / "out"), pytest.raises(HrkitError, match="Another run is writing"):
        run_all(clients, tmp_path / "out")
    (tmp_path / "out" / "manifest.sqlite").write_bytes(b"no database at all" * 100)
    with pytest.raises(HrkitError, match="is not a manifest"):
        run_all(clients, tmp_path / "out")


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for processes")
def test_killed_again_and_again_it_ends_as_if_it_never_had_been(
    clients: Path, tmp_path: Path
) -> None:
    """Twelve kills: of what prints, of what that was forked from, and of the run itself."""
    output, straight = tmp_path / "out", tmp_path / "straight"
    run_all(clients, straight, also="xlsx")
    command = [sys.executable, "-c", "from hrkit.cli import main; main()", "batch"]
    command += [str(clients), "-o", str(output), "--profile", "tiny", "--also", "xlsx"]
    for number in range(4):
        shutil.rmtree(output, ignore_errors=True)
        going = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for depth in (2, 1, 0):
            victim = waited_for(going, depth)
            time.sleep(0.15 * number)
            with contextlib.suppress(ProcessLookupError):
                os.kill(victim, signal.SIGKILL)
        going.wait()
    last = run_all(clients, output, also="xlsx")
    assert not last.failed
    for ending in (".pdf", ".xlsx"):
        assert contents(output, ending) == contents(straight, ending)
    left = {p.name for p in output.iterdir()} - {p.name for p in straight.iterdir()}
    assert not left


def waited_for(going: subprocess.Popen[bytes], depth: int) -> int:
    """A process so far below a run, as soon as there is one."""
    while going.poll() is None:
        found = [going.pid]
        for _ in range(depth):
            found = [below for one in found for below in children(one)]
        if found:
            return found[0]
        time.sleep(0.02)
    raise AssertionError("the run was done before anything could be killed")


def children(pid: int) -> list[int]:
    """The processes that one has started."""
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            found += [int(one) for one in task.read_text().split()]
    return found
