"""``hrkit batch``: each on its own, nothing twice, nothing half, nothing stale, nobody else's."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pypdfium2
import pytest

from hrkit.commands.batch import batch
from hrkit.commands.batch_warm import first
from hrkit.commands.outcomes import Batch
from hrkit.commands.report import report
from hrkit.errors import HrkitError
from hrkit.model.yamlfile import read_yaml
from hrkit.publish.batch.crew import Crew, Task
from tests.warmed import Warmed, crews

from .conftest import Run
from .portfolio import CLIENTS, FORMATS, build, contents, foreign, found_in, pdf_text, words_of

_STEPS = "hrkit.commands.batch_steps"

pytestmark = pytest.mark.usefixtures("crews_forked")


@pytest.fixture(scope="module")
def portfolio(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Clients of whom nothing was issued: a test that makes reports makes them of a copy.

    A store keeps what was issued and under whose name, so a client that a test renames has to be
    one that no other test has printed, whatever order they run in.
    """
    return build(tmp_path_factory.mktemp("clients"))


@pytest.fixture(scope="module")
def made(
    portfolio: Path, warmed: Warmed, tmp_path_factory: pytest.TempPathFactory
) -> Mapping[int, Path]:
    """What one, two and sixteen processes at once make of them, in every format.

    The first begin with a process that is started, as everywhere else; the others with one that is forked.
    """
    clients = Path(shutil.copytree(portfolio, tmp_path_factory.mktemp("printed") / "clients"))
    places = {workers: tmp_path_factory.mktemp(f"by-{workers}") for workers in (1, 2, 16)}
    for workers, place in places.items():
        how = {"profile": "drawn", "also": FORMATS[1:], "zip": True, "workers": workers}
        with crews(warmed, anew=workers == 1):
            assert not batch(clients, place / "out", **how).failed  # type: ignore[arg-type]
    return {workers: place / "out" for workers, place in places.items()}


@pytest.fixture
def clients(portfolio: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(portfolio, tmp_path / "clients"))


def run_all(clients: Path, output: Path, **how: object) -> Batch:
    return batch(clients, output, **{"profile": "tiny", "workers": 2, **how})  # type: ignore[arg-type]


def pdf_of(name: str) -> str:
    return f"{name}-w1-en-tiny.pdf"


@pytest.mark.parametrize("workers", [1, 2, 16])
def test_nothing_of_one_is_in_anything_of_another(made: Mapping[int, Path], workers: int) -> None:
    for name in CLIENTS:
        for ending in FORMATS:
            path = made[workers] / f"{name}-w1-en-drawn.{ending}"
            assert found_in(path, words_of(name)), path.name
            assert found_in(path, foreign(name)) == [], path.name
        packed = zipfile.ZipFile(made[workers] / f"{name}.zip").namelist()
        assert packed == sorted(f"{name}-w1-en-drawn.{ending}" for ending in FORMATS)
    # How many there are at once is nobody's business either.
    assert contents(made[workers]) == contents(made[1])


def test_nothing_of_one_is_in_the_notebook_of_another(clients: Path, tmp_path: Path) -> None:
    with Crew(2, tmp_path, [first([clients / name for name in CLIENTS], ())]) as crew:
        how = {"languages": ["en"], "profiles": ["drawn"], "wave": "w1", "also": []}
        for name in CLIENTS:
            given = {**how, "folder": str(clients / name), "sheets": False, "trusting": False}
            crew.give(Task(name, f"{_STEPS}:issue", {**given, "jobs": str(tmp_path)}))
        issued = {}
        while crew.busy:
            issued |= {one.id: one.value for one in crew.wait()}
        for name, one in issued.items():
            given = {"job": one["job"], "folder": one["home"], "wave": one["released"]}
            crew.give(Task(name, "tests.cli.portfolio:executed", given))
        seen = set()
        while crew.busy:
            for one in crew.wait():
                path = tmp_path / f"{one.id}.ipynb"
                path.write_text(one.value, "utf-8")
                assert found_in(path, words_of(one.id)) and not found_in(path, foreign(one.id))
                seen.add(one.id)
    assert seen == set(CLIENTS)


def test_a_leak_would_be_found(clients: Path, tmp_path: Path) -> None:
    """Planted in what alpha's consultant writes, a neighbour's name is found in every format."""
    settings = clients / "alpha" / "engagement.yml"
    text = settings.read_text("utf-8")
    assert "Zebrafinksen" in text
    settings.write_text(text.replace("Zebrafinksen", "Quokkadalsen"), "utf-8")
    run_all(clients, tmp_path / "out", only=["alpha"], also=FORMATS[1:])
    for ending in FORMATS:
        assert found_in(tmp_path / "out" / f"alpha-w1-en-tiny.{ending}", foreign("alpha")), ending


def test_a_word_is_found_wherever_a_file_can_hold_it(tmp_path: Path) -> None:
    def packed(name: str, data: bytes) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(name, data)
        return out.getvalue()

    book = packed("xl/sharedStrings.xml", b"<t>Quokkadal</t>")
    (tmp_path / "deck.pptx").write_bytes(packed("ppt/embeddings/book.xlsx", book))
    (tmp_path / "named.docx").write_bytes(packed("word/media/Quokkadal.png", b""))
    for name in ("deck.pptx", "named.docx"):
        assert found_in(tmp_path / name, ["Quokkadal", "Zebrafink"]) == ["Quokkadal"]
    pdf = pypdfium2.PdfDocument.new()
    pdf.new_page(100, 100)
    pdf.new_attachment("list.txt").set_data("Quokkadal".encode("utf-16-be") * 50)
    pdf.save(tmp_path / "attached.pdf")
    assert found_in(tmp_path / "attached.pdf", ["Quokkadal"]) == ["Quokkadal"]


def test_a_second_run_makes_what_is_not_there_and_nothing_else(
    made: Mapping[int, Path], clients: Path, tmp_path: Path
) -> None:
    output = Path(shutil.copytree(made[2], tmp_path / "out"))
    how = {"profile": "drawn", "also": FORMATS[1:], "zip": True}
    before = {p.name: p.read_bytes() for p in output.iterdir() if p.suffix != ".csv"}
    assert not [name for name in before if name.startswith(".")]
    assert {oct(p.stat().st_mode & 0o777) for p in output.glob("*.pdf")} <= {"0o600", "0o666"}

    # What `hrkit report` makes of one is the same file.
    alone = report(clients / "bravo", profile="drawn", output=tmp_path / "alone.pdf")
    assert alone.pdf.read_bytes() == before["bravo-w1-en-drawn.pdf"]

    # A file that is gone, and a setting that is another: these two, and no third.
    (output / "alpha-w1-en-drawn.pdf").unlink()
    settings = clients / "charlie" / "engagement.yml"
    settings.write_text(settings.read_text("utf-8").replace("Joan ", "Jean "), "utf-8")
    again = run_all(clients, output, **{**how, "zip": False})
    assert [one.state for one in again.outcomes] == ["done", "skipped", "done"]
    now = {p.name: p.read_bytes() for p in output.iterdir() if p.suffix != ".csv"}
    assert set(now) == set(before)
    other = {name for name in now if now[name] != before[name]} - {"manifest.sqlite"}
    assert other == {f"charlie-w1-en-drawn.{ending}" for ending in FORMATS}
    rows = list(csv.DictReader((output / "outcomes.csv").read_text("utf-8-sig").splitlines()))
    assert [(row["organisation"], row["state"]) for row in rows] == [
        (name, "done") for name in CLIENTS
    ]


@pytest.mark.parametrize("fork", [True, False])
def test_folders_are_named_from_where_one_stands(
    clients: Path, monkeypatch: pytest.MonkeyPatch, fork: bool
) -> None:
    """As in the documentation; the processes that make the documents stand elsewhere."""
    monkeypatch.chdir(clients.parent)
    found = run_all(Path("clients"), Path("reports/2026"), only=["alpha"], fork=fork)
    assert [(one.state, one.error) for one in found.outcomes] == [("done", "")]
    assert (clients.parent / "reports" / "2026" / pdf_of("alpha")).is_file()


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
    assert sorted(contents(output, "pdf")) == [
        pdf_of("alpha"),
        "bravo-w1-en-tiny.older.pdf",
        pdf_of("charlie"),
    ]
    settings.write_text(good, "utf-8")
    mended = run("batch", clients, "-o", output, "--profile", "tiny", "--failed")
    assert mended.code == 0
    assert mended.text.splitlines()[-1].startswith("1 done, 0 skipped, 0 failed")
    # Made again to the byte: what was named as older is no older, and one of it is enough.
    assert sorted(contents(output, "pdf")) == [pdf_of(name) for name in CLIENTS]
    none = run("batch", clients, "-o", output, "--profile", "tiny", "--failed")
    assert none.text == f"nothing failed in the run before, and nothing is missing in {output}\n"


def test_what_is_not_asked_for_any_more_is_older_once_it_tells_of_something_else(
    clients: Path, tmp_path: Path
) -> None:
    output, settings = tmp_path / "out", clients / "alpha" / "engagement.yml"
    dutch = "alpha-w1-nl-tiny.pdf"
    for language in ("nl", "en"):  # the second asks for another, of the same answers: both are true
        first = run_all(clients, output, only=["alpha"], language=["da", language], also="xlsx")
        assert not first.failed and first.done[0].messages == ()
    assert {"alpha-w1-da-tiny.pdf", dutch, pdf_of("alpha")} == set(contents(output, "pdf"))
    mine = output / "alpha-w1-da-tiny.xlsx"
    mine.write_bytes(b"PK my own remarks")
    settings.write_text(settings.read_text("utf-8").replace("Joan Z", "Jean Z"), "utf-8")
    later = run_all(clients, output, only=["alpha"], also="xlsx").done[0]
    assert [line.partition(" is of other answers")[0] for line in later.messages] == [
        "alpha-w1-da-tiny.pdf",
        dutch,
    ]
    assert set(contents(output)) == {
        pdf_of("alpha"), "alpha-w1-en-tiny.xlsx", mine.name, "alpha-w1-da-tiny.older.pdf",
        "alpha-w1-nl-tiny.older.pdf", "alpha-w1-nl-tiny.older.xlsx",
    }  # fmt: skip
    rows = list(csv.DictReader((output / "outcomes.csv").read_text("utf-8-sig").splitlines()))
    assert [row["language"] for row in rows] == ["en"]
    assert run_all(clients, output, only=["alpha"], also="xlsx").skipped[0].messages == ()


def test_a_frozen_wave_s_report_is_replaced_only_where_the_user_says_so(
    clients: Path, tmp_path: Path
) -> None:
    import hrkit

    output, settings = tmp_path / "out", clients / "alpha" / "engagement.yml"
    hrkit.release(clients / "alpha", wave="w1")
    languages = ["da", "en"]
    assert not run_all(clients, output, only=["alpha"], language=languages).failed
    before = contents(output, "pdf")
    settings.write_text(settings.read_text("utf-8").replace("Joan Z", "Jean Z"), "utf-8")
    for _ in range(2):
        refused = run_all(clients, output, only=["alpha"], language=["en"])
        assert "report of a frozen wave" in refused.failed[0].error
        assert contents(output, "pdf") == before
    assert not run_all(clients, output, only=["alpha"], language=languages, overwrite=True).failed
    now = contents(output, "pdf")
    assert set(now) == set(before) and all(now[name] != before[name] for name in now)


def test_what_somebody_has_worked_in_is_theirs(clients: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    assert not run_all(clients, output, only=["alpha"]).failed
    mine = output / pdf_of("alpha")
    mine.write_bytes(b"%PDF- my own remarks")
    settings = clients / "alpha" / "engagement.yml"
    settings.write_text(
        settings.read_text("utf-8").replace("Joan Zebrafinksen", "Joan Smith"), "utf-8"
    )
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
    result = run_all(clients, tmp_path / "out", only=["alpha"], language=["da"], sheets=True)
    names = result.done[0].files
    sheets = [name for name in names if name.startswith("alpha-w1-da-sheet-")]
    assert sheets and set(names) - set(sheets) == {"alpha-w1-da-tiny.pdf"}
    # Where a platform cannot fork, each is made by a process that is started for it: the same file.
    started = run_all(clients, tmp_path / "anew", only=["alpha"], language=["da"], fork=False)
    assert started.done[0].files == ("alpha-w1-da-tiny.pdf",)
    forked, anew = (contents(tmp_path / name, "pdf") for name in ("out", "anew"))
    assert anew["alpha-w1-da-tiny.pdf"] == forked["alpha-w1-da-tiny.pdf"]


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


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Quokadal BV", "did you mean bravo?"),
        ("alpha, Quokkadal B.V.", "name each by itself: --only 'alpha' --only 'Quokkadal B.V.'"),
        ("qqq", "name its folder or client"),
    ],
)
def test_whoever_nobody_is_called_is_named_with_who_was_meant(
    portfolio: Path, tmp_path: Path, written: str, said: str
) -> None:
    with pytest.raises(HrkitError) as refused:
        run_all(portfolio, tmp_path / "out", only=[" ZEBRAFINK  aps ", written])
    (problem,) = refused.value.problems
    assert problem.where == f"--only {written}" and problem.fix == said
    assert not (tmp_path / "out").exists()


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
    """Six kills: of what prints, of what that was forked from, and of the run itself.

    A hundred of them are in `make soak`.
    """
    output, straight = tmp_path / "out", tmp_path / "straight"
    run_all(clients, straight, also="xlsx")
    command = [sys.executable, "-c", "from hrkit.cli import main; main()", "batch"]
    command += [str(clients), "-o", str(output), "--profile", "tiny", "--also", "xlsx"]

    def begun() -> subprocess.Popen[bytes]:
        shutil.rmtree(output, ignore_errors=True)
        return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    for number in (0, 3):
        going = begun()
        for depth in (2, 1, 0):
            # A quick machine may be done before: then it begins again.
            while (victim := waited_for(going, depth)) is None:
                going = begun()
            time.sleep(0.15 * number)
            with contextlib.suppress(ProcessLookupError):
                os.kill(victim, signal.SIGKILL)
        going.wait()
    last = run_all(clients, output, also="xlsx")
    assert not last.failed
    assert contents(output) == contents(straight)
    left = {p.name for p in output.iterdir()} - {p.name for p in straight.iterdir()}
    assert not left


def waited_for(going: subprocess.Popen[bytes], depth: int) -> int | None:
    """A process so far below a run, as soon as there is one; None where the run is done before."""
    while going.poll() is None:
        found = [going.pid]
        for _ in range(depth):
            found = [below for one in found for below in children(one)]
        if found:
            return found[0]
        time.sleep(0.02)
    return None


def children(pid: int) -> list[int]:
    """The processes that one has started."""
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            found += [int(one) for one in task.read_text().split()]
    return found


def test_a_disk_that_is_full_ends_cleanly_and_what_was_missing_is_made_later(
    clients: Path, tmp_path: Path
) -> None:
    """No file may grow larger than a limit that no report keeps, in any process of the run."""
    output = tmp_path / "out"
    # The version is kept already: what is looked at is what is written of it.
    assert not run_all(clients, tmp_path / "before", only=["alpha"]).failed
    limit = (tmp_path / "before" / pdf_of("alpha")).stat().st_size - 1
    code = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))\n"
    code += "from hrkit.cli import main; main()"
    command = [sys.executable, "-c", code, "batch", str(clients), "-o", str(output)]
    command += ["--profile", "tiny", "--only", "alpha", "--also", "xlsx"]
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    assert done.returncode == 3, done.stderr
    assert "Traceback" not in done.stderr
    assert "free some space" in done.stderr
    assert not contents(output)
    assert {p.name for p in output.iterdir()} == {"manifest.sqlite", "outcomes.csv"}
    assert not list(tmp_path.glob("hrkit-*"))
    assert not run_all(clients, output, only=["alpha"], also="xlsx").failed


def test_a_folder_that_is_moved_while_a_run_is_at_work_ends_it_in_a_sentence(
    clients: Path, tmp_path: Path
) -> None:
    output, elsewhere = tmp_path / "out", tmp_path / "elsewhere"
    with pytest.raises(
        HrkitError, match=r"out is not there any more: it was moved|cannot be used any more"
    ):
        run_all(
            clients, output, workers=1, told=lambda *_: output.exists() and output.rename(elsewhere)
        )
    assert not output.exists() and pdf_of("alpha") in contents(elsewhere)
    elsewhere.rename(output)
    again = run_all(clients, output)
    assert [one.state for one in again.outcomes] == ["skipped", "done", "done"]
    assert {p.name for p in output.iterdir()} == {
        "manifest.sqlite", "outcomes.csv", *map(pdf_of, CLIENTS)
    }  # fmt: skip


def test_files_are_named_safely_and_no_two_by_one_name(
    portfolio: Path, tmp_path: Path, run: Run
) -> None:
    """Ids hold hyphens: ``a`` in wave ``b-c`` and ``a-b`` in wave ``c`` would be one file."""
    clients = tmp_path / "clients"
    named = {"one": ("a", "w1-w1"), "two": ("a-w1", "w1"), "three": ("CON", "w1")}
    for (folder, (id, wave)), (source, _) in zip(named.items(), CLIENTS.items(), strict=True):
        shutil.copytree(portfolio / source, clients / folder)
        rename(clients / folder, source, id, wave)
    output = tmp_path / "out"
    result = run_all(clients, output, workers=1, zip=True)
    assert [(one.organisation, one.state) for one in result.outcomes] == [
        ("one", "done"), ("three", "done"), ("two", "failed"),
    ], [one.error for one in result.failed]  # fmt: skip
    assert "a-w1-w1-en-tiny.pdf is already the name of one's tiny" in result.failed[0].error
    assert "Zebrafink" in pdf_text(output / "a-w1-w1-en-tiny.pdf")
    # Windows takes CON.zip for a device.
    assert {p.name for p in output.glob("*.zip")} == {"a.zip", "CON_.zip"}
    # With an id of its own it is made, and packed with nobody else's.
    shutil.rmtree(clients / "two")
    shutil.copytree(portfolio / "bravo", clients / "two")
    rename(clients / "two", "bravo", "a-w1-b", "w1")
    assert not run_all(clients, output, workers=1, zip=True, only=["two"]).failed
    assert zipfile.ZipFile(output / "a-w1-b.zip").namelist() == ["a-w1-b-w1-en-tiny.pdf"]
    rows = list(csv.DictReader((output / "outcomes.csv").read_text("utf-8-sig").splitlines()))
    assert {row["state"] for row in rows} == {"done"} and len(rows) == 3


def rename(folder: Path, old: str, id: str, wave: str) -> None:
    """Another id and another wave; answers are stored under what the wave was called before."""
    path = folder / "engagement.yml"
    data = dict(read_yaml(path, path.name).data)
    assert data["id"] == old
    data["id"] = id
    if data["waves"][-1]["id"] != wave:
        data["waves"] = [
            *data["waves"][:-1],
            {**data["waves"][-1], "id": wave, "was": data["waves"][-1]["id"]},
        ]
        for row in data.get("invited", ()):
            row["wave"] = wave
    path.write_text(json.dumps(data), "utf-8")
    with sqlite3.connect(folder / "answers.sqlite") as store:
        store.execute("UPDATE meta SET engagement = ?", (id,))


def test_what_a_portfolio_says_is_part_of_what_a_report_is_made_of(
    portfolio: Path, tmp_path: Path
) -> None:
    """And a file of an earlier run that stands beside a new PDF says that it is older."""
    clients, output = tmp_path / "clients", tmp_path / "out"
    shutil.copytree(portfolio / "alpha", clients / "alpha")
    path = clients / "alpha" / "engagement.yml"
    data = dict(read_yaml(path, path.name).data)
    shared = {"hrkit": 1, "consultant": data.pop("consultant")}
    shared |= {
        key: data.pop(key)
        for key in ("language", "languages", "instrument", "waves", "audience")
        if key in data
    }
    path.write_text(json.dumps({**data, "portfolio": ".."}), "utf-8")
    (clients / "portfolio.yml").write_text(json.dumps(shared), "utf-8")
    assert run_all(clients, output, also="xlsx").done
    same = run_all(clients, output)
    # Fewer formats of the same: what is there stays, as it tells the same.
    assert set(same.done[0].files) == {pdf_of("alpha"), "alpha-w1-en-tiny.xlsx"}
    shared["consultant"]["name"] = "Somebody Else"
    (clients / "portfolio.yml").write_text(json.dumps(shared), "utf-8")
    assert run_all(clients, output).done[0].files == (pdf_of("alpha"),)
    assert "Somebody Else" in pdf_text(output / pdf_of("alpha"))
    assert [p.name for p in output.glob("*.xlsx")] == ["alpha-w1-en-tiny.older.xlsx"]
