"""Documents made elsewhere: real workers of Dask that are killed, and one job by its id; byte for byte as here."""

from __future__ import annotations

import contextlib
import io
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hrkit.commands.batch import batch
from hrkit.commands.batch_inputs import JOB, order_of, unpack, versions, with_order
from hrkit.commands.outcomes import Batch
from hrkit.commands.run_job import carry_out, run_job
from hrkit.errors import HrkitError
from hrkit.publish.batch.destination import destination
from tests.s3 import s3  # noqa: F401
from tests.warmed import Warmed, crews

from .conftest import Run
from .portfolio import CLIENTS, build, contents, foreign, found_in, words_of

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


@pytest.fixture(scope="module")
def clients(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two organisations; nothing here changes them but their stores."""
    two = dict(list(CLIENTS.items())[:2])
    return build(tmp_path_factory.mktemp("clients"), two)


@pytest.fixture(scope="module")
def straight(
    clients: Path, warmed: Warmed, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, bytes]:
    """What is made of them here."""
    place = tmp_path_factory.mktemp("straight")
    with crews(warmed):
        assert not run_all(clients, place).failed
    return contents(place)


def run_all(clients: Path, output: str | Path, **how: object) -> Batch:
    given = {"profile": "tiny", "language": ["da", "en"], "also": "xlsx", "workers": 1}
    return batch(clients, output, **{**given, **how})  # type: ignore[arg-type]


class Dask:
    """A scheduler and workers on loopback, each a process."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address, self.folder = f"tcp://127.0.0.1:{self.port}", folder
        self.scheduler: subprocess.Popen[bytes] | None = None
        self.workers: list[subprocess.Popen[bytes]] = []

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", *arguments, "--no-dashboard"]
        quiet = subprocess.DEVNULL
        return subprocess.Popen(command, stdout=quiet, stderr=quiet, cwd=self.folder)

    def begin(self, workers: int) -> None:
        at = ("--host", "127.0.0.1", "--port", str(self.port), "--no-show")
        self.scheduler = self.start("distributed.cli.dask_scheduler", *at)
        alone = ("--nthreads", "1", "--no-nanny", "--local-directory", str(self.folder))
        self.workers += [
            self.start("distributed.cli.dask_worker", self.address, *alone) for _ in range(workers)
        ]

    def end(self) -> None:
        for one in (*self.workers, self.scheduler):
            if one is not None:
                one.kill()
                one.wait()
        self.workers, self.scheduler = [], None


@pytest.fixture
def dask(tmp_path: Path) -> Iterator[Dask]:
    pytest.importorskip("distributed")
    (tmp_path / "dask").mkdir()
    made = Dask(tmp_path / "dask")
    yield made
    made.end()


def after(condition: Callable[[], bool], then: Callable[[], None]) -> threading.Thread:
    """Does something as soon as something is so."""

    def wait() -> None:
        end = time.monotonic() + 300
        while not condition() and time.monotonic() < end:
            time.sleep(0.02)
        then()

    thread = threading.Thread(target=wait, daemon=True)
    thread.start()
    return thread


def children(pid: int) -> list[int]:
    """The processes that one has started."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            found += [int(one) for one in task.read_text().split()]
    return found


@pytest.mark.usefixtures("crews_forked")
@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for processes")
def test_a_worker_that_is_killed_takes_nothing_along(
    clients: Path, straight: dict[str, bytes], dask: Dask, tmp_path: Path
) -> None:
    dask.begin(2)
    output, victim = tmp_path / "out", dask.workers[0]
    left: list[int] = []

    def kill() -> None:
        left.extend(children(victim.pid))
        victim.send_signal(signal.SIGKILL)

    killed = after(lambda: bool(children(victim.pid)), kill)
    result = run_all(clients, output, dask=dask.address, jobs=tmp_path / "jobs")
    killed.join()
    assert not result.failed and victim.wait() == -signal.SIGKILL
    assert contents(output) == straight
    # No receipt, job, staging or process is left, nor anything of one in what the other got.
    assert {p.name for p in output.iterdir()} - set(straight) == {"manifest.sqlite", "outcomes.csv"}
    assert not list((tmp_path / "jobs").iterdir())
    end = time.monotonic() + 30
    while any(Path(f"/proc/{pid}").exists() for pid in left) and time.monotonic() < end:
        time.sleep(0.05)
    assert not [pid for pid in left if Path(f"/proc/{pid}").exists()]
    again = run_all(clients, output, dask=dask.address)
    assert {one.state for one in again.outcomes} == {"skipped"}


@pytest.mark.usefixtures("crews_forked")
def test_a_scheduler_that_is_started_anew_is_given_the_work_again(
    clients: Path, straight: dict[str, bytes], dask: Dask, tmp_path: Path
) -> None:
    dask.begin(1)
    output = tmp_path / "out"

    def lose() -> None:
        dask.end()
        dask.begin(1)

    lost = after(lambda: output.is_dir() and any(output.glob("*.pdf")), lose)
    result = run_all(clients, output, dask=dask.address)
    lost.join()
    assert not result.failed
    assert contents(output) == straight


def test_a_cluster_that_is_not_there_is_said(clients: Path, tmp_path: Path) -> None:
    from hrkit.commands.batch_cluster import Cluster

    pytest.importorskip("distributed")
    with pytest.raises(HrkitError, match="No scheduler of Dask answers"):
        Cluster("tcp://127.0.0.1:1", 1, tmp_path, (), patience=0)


@pytest.mark.usefixtures("crews_forked")
def test_reports_go_to_an_object_store_and_are_looked_at_there(
    clients: Path,
    straight: dict[str, bytes],
    s3: str,  # noqa: F811
) -> None:
    def run() -> str:
        done = run_all(clients, f"{s3}/out", only=["alpha"], language="da", zip=True)
        return done.outcomes[0].state

    names = {"alpha-w1-da-tiny.pdf", "alpha-w1-da-tiny.xlsx"}
    assert run() == "done"
    at = destination(f"{s3}/out")
    assert set(at.names()) == {*names, "alpha.zip", "outcomes.csv"}
    assert {name: at.read(name) for name in names} == {name: straight[name] for name in names}
    assert run() == "skipped"
    # A file that somebody has worked in is theirs there, too.
    at.put("alpha-w1-da-tiny.pdf", b"%PDF- my own remarks")
    assert run() == "failed"
    assert at.read("alpha-w1-da-tiny.pdf") == b"%PDF- my own remarks"
    assert not list(clients.glob("alpha/*.pdf")) and (clients / ".hrkit").is_dir()


# --------------------------------------------------------------------------- one job by its id


@pytest.fixture(scope="module")
def left(clients: Path, warmed: Warmed, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Jobs and destination of a run that leaves its work to others."""
    place = tmp_path_factory.mktemp("left")
    settings = clients / "alpha" / "engagement.yml"
    text = settings.read_text("utf-8")
    settings.write_text(text.replace("{", '{"store": "answers.sqlite", ', 1), "utf-8")
    try:
        with crews(warmed):
            result = run_all(clients, place / "out", jobs=place / "jobs")
    finally:
        settings.write_text(text, "utf-8")
    assert {one.state for one in result.outcomes} == {"waiting"}
    ids = sorted(p.stem for p in (place / "jobs").iterdir())
    assert sorted(id for one in result.waiting for id in one.files) == ids
    return place


@pytest.fixture
def jobs(left: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(left / "jobs", tmp_path / "jobs"))


def ids_of(jobs: Path) -> list[str]:
    return sorted(p.stem for p in jobs.glob("*.job"))


def test_a_job_holds_one_organisation_s_released_tables_and_no_answer(
    jobs: Path, tmp_path: Path
) -> None:
    for id in ids_of(jobs):
        name = id.partition("-")[0]
        path = jobs / f"{id}.job"
        assert found_in(path, words_of(name)) and not found_in(path, foreign(name))
        names = set(zipfile.ZipFile(path).namelist())
        assert JOB in names and not [one for one in names if "answers" in one or "code" in one]
        _, home = unpack(path.read_bytes(), tmp_path / id)
        assert "store" not in (home / "engagement.yml").read_text("utf-8")
        assert not list(home.rglob("*.sqlite"))


def test_jobs_are_made_by_whoever_and_collected(
    clients: Path, left: Path, straight: dict[str, bytes], jobs: Path, tmp_path: Path, run: Run
) -> None:
    output = Path(shutil.copytree(left / "out", tmp_path / "out"))
    first, second, *_ = ids_of(jobs)
    said = run("run-job", first, "--jobs", jobs, "-o", output)
    assert (said.code, said.text.split()[:2]) == (0, ["done", "alpha"])
    # Delivered again it is passed over; killed half way it is made again.
    assert run("run-job", first, "--jobs", jobs, "-o", output).text.startswith("skipped")
    pdf = next(output.glob("alpha*.pdf"))
    made = pdf.read_bytes()
    pdf.unlink()
    assert run_job(first, jobs, output=output).state == "done" and pdf.read_bytes() == made
    assert {name: straight[name] for name in contents(output)} == contents(output)
    # What could not be made is told by whoever made it and by the next run, and left again.
    with pytest.MonkeyPatch.context() as patch:
        # A process that has imported everything may be done within the second.
        patch.setattr("hrkit.commands.run_job._HERE", threading.local())
        late = run("run-job", second, "--jobs", jobs, "-o", output, "--timeout", "1")
    assert late.code == 3 and "took longer than 1 seconds" in late.text
    command = ["batch", clients, "-o", output, "--jobs", jobs, "--profile", "tiny"]
    command += ["--language", "da,en", "--also", "xlsx", "--workers", 2]
    told = run(*command)
    assert told.code == 3 and "took longer than 1 seconds" in told.text
    assert f"waiting  bravo  {' '.join(ids_of(jobs)[1:])}" in told.text
    assert first not in ids_of(jobs) and not list(output.glob(".*"))
    assert set(contents(output)) == {pdf.name, pdf.with_suffix(".xlsx").name}


def test_a_job_that_cannot_be_used_is_refused(jobs: Path, tmp_path: Path) -> None:
    parcel = (jobs / f"{ids_of(jobs)[0]}.job").read_bytes()
    for wrong in ("../jobs/x", "no-such-job"):
        with pytest.raises(HrkitError, match="no id of a job|There is no job"):
            run_job(wrong, jobs)
    with pytest.raises(HrkitError, match="no job of hrkit"):
        order_of(parcel[:-100])
    with pytest.MonkeyPatch.context() as patch:
        other = dict.fromkeys(versions(), "0")
        patch.setattr("hrkit.commands.batch_inputs.versions", lambda: other)
        with pytest.raises(HrkitError, match=r"was written beside .*typst .* \(here 0\)"):
            carry_out(parcel, output=str(tmp_path / "out"))
    out = tmp_path / "evil.job"
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("../outside", b"")
    with pytest.raises(HrkitError, match="files outside its folder"):
        unpack(out.read_bytes(), tmp_path / "evil")
    assert not (tmp_path / "outside").exists() and not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "name",
    ["../acme.pdf", "reports/acme.pdf", "C:acme.pdf", "..\\acme.pdf", ".acme.pdf", "acme", None],
)
def test_a_job_names_a_file_and_no_way_to_one(name: str | None) -> None:
    empty = io.BytesIO()
    zipfile.ZipFile(empty, "w").close()
    order = {"hrkit": 1, "document": {"name": "acme-w1-en-full.pdf"}}
    assert order_of(with_order(empty.getvalue(), order))["hrkit"] == 1
    order["document"] = {"name": name}
    with pytest.raises(HrkitError, match="names no file of its own"):
        order_of(with_order(empty.getvalue(), order))


def test_a_file_that_somebody_has_worked_in_since_stays_theirs(jobs: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    id = ids_of(jobs)[0]
    output.mkdir()
    (output / f"{id.rpartition('-')[0]}.pdf").write_bytes(b"%PDF- my own remarks")
    refused = run_job(id, jobs, output=output)
    assert refused.state == "failed" and "has changed since this was begun" in refused.error
    assert next(output.glob("*.pdf")).read_bytes() == b"%PDF- my own remarks"
