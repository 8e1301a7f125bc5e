"""A command that is told to end, by a kill or a closed terminal, leaves no process and no file behind."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from hrkit.workbook.served import NEWS
from tests.quick import at_home

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no telling on Windows")

_RUN = "from hrkit.cli import main; main()"
#: Seconds that a machine at work may take for anything here.
_PATIENCE = 90.0


class Started:
    """A command in a session of its own, with temporary and runtime places that are looked into."""

    def __init__(self, place: Path, *arguments: object, code: str = _RUN, shut: str = "") -> None:
        self.temporary, self.runtime = place / "temporary", place / "runtime"
        config = place / "config"
        for one in (self.temporary, self.runtime, config):
            one.mkdir()
        # Containers run as root, which JupyterLab does not like.
        settings = {"ServerApp": {"allow_root": True}}
        (config / "jupyter_server_config.json").write_text(json.dumps(settings))
        variables = os.environ | {
            "TMPDIR": str(self.temporary),
            "JUPYTER_RUNTIME_DIR": str(self.runtime),
            "JUPYTER_CONFIG_DIR": str(config),
            "IPYTHONDIR": str(place / "ipython"),
        }
        self.log = place / "log"
        with self.log.open("wb") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-P", "-c", code, *map(str, arguments)],
                stdin=subprocess.PIPE,
                stdout=out,
                stderr=subprocess.STDOUT,
                env=variables,
                cwd=place,
                start_new_session=True,
                preexec_fn=lambda: _as_at_a_terminal(shut),
            )
        self.family = [psutil.Process(self.process.pid)]

    def until(self, there: Callable[[], object]) -> None:
        """Wait until something is so, and learn by then which processes belong to the command."""
        end = time.monotonic() + _PATIENCE
        while not there():
            assert self.process.poll() is None and time.monotonic() < end, self.said
            time.sleep(0.02)
        self.family += self.family[0].children(recursive=True)

    @property
    def said(self) -> str:
        return self.log.read_text(errors="replace")

    def ended(self) -> int:
        """The command's exit code, once it and all of its processes are gone."""
        code = self.process.wait(_PATIENCE)
        _, alive = psutil.wait_procs(self.family, timeout=20)
        assert alive == []
        return code

    @property
    def left(self) -> list[str]:
        """Files and folders of ours that lie about; Jupyter keeps the secret of its cookies."""
        found = [*self.temporary.rglob("*"), *self.runtime.iterdir()]
        return [one.name for one in found if one.name != "jupyter_cookie_secret"]


def _as_at_a_terminal(shut: str) -> None:
    """Signals as a terminal gives them, whatever the tests were begun with (``nohup``, in the background)."""
    for one in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM):
        signal.signal(one, signal.SIG_DFL)
    if shut:
        signal.signal(getattr(signal, shut), signal.SIG_IGN)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Started]]:
    begun: list[Started] = []

    def one(*arguments: object, **how: str) -> Started:
        begun.append(Started(tmp_path, *arguments, **how))
        return begun[-1]

    yield one
    for each in begun:
        for process in each.family:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        each.process.wait()


@pytest.mark.parametrize("told", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_a_report_takes_its_kernel_and_its_files_along(
    start: Callable[..., Started], answered: Path, told: str
) -> None:
    run = start("report", answered)
    # The kernel, to which its cells are given: more than one process, and what was released in a file.
    run.until(
        lambda: (
            [*run.temporary.glob("hrkit-kernel-*/kernel.json")]
            and [*run.temporary.glob("hrkit-job-*/job.json")]
            and len(run.family[0].children()) > 0
        )
    )
    run.process.send_signal(getattr(signal, told))
    code = run.ended()
    assert code == (1 if told == "SIGINT" else 128 + getattr(signal, told))
    # Nobody is told of a kernel that ended, or of memory that ran out.
    assert run.said.strip() == ("Aborted!" if told == "SIGINT" else "")
    assert run.left == []
    assert not [*answered.glob("*.pdf")]


@pytest.mark.parametrize("told", ["SIGTERM", "SIGHUP"])
def test_a_batch_takes_its_processes_and_their_files_along(
    start: Callable[..., Started], answered: Path, tmp_path: Path, told: str
) -> None:
    (tmp_path / "clients").mkdir()
    moved = answered.rename(tmp_path / "clients" / "acme")
    at_home(moved)
    run = start("batch", moved.parent, "-o", tmp_path / "out", "--workers", 1)
    # While a document is made: its process works in a place of its own.
    run.until(
        lambda: [*run.temporary.rglob("job-*.json")] and [*run.temporary.rglob("hrkit-kernel-*")]
    )
    os.killpg(run.process.pid, getattr(signal, told))
    assert run.ended() == 128 + getattr(signal, told)
    assert run.left == []
    again = subprocess.run(
        [sys.executable, "-c", _RUN, "batch", moved.parent, "-o", tmp_path / "out"],
        capture_output=True,
        text=True,
    )
    assert again.returncode == 0, again.stderr
    assert len([*(tmp_path / "out").glob("*.pdf")]) == 1


@pytest.mark.parametrize("told", ["SIGTERM", "SIGHUP"])
def test_a_room_takes_back_its_note(
    start: Callable[..., Started], answered: Path, told: str
) -> None:
    run = start("serve", answered, "--port", 0)
    run.until(lambda: "host#" in run.said and [*run.runtime.glob("hrkit-room-*")])
    run.process.send_signal(getattr(signal, told))
    assert run.ended() == 0
    assert run.left == []
    assert not (answered / "room.held.json").exists()


def test_what_was_shut_out_stays_so(start: Callable[..., Started], answered: Path) -> None:
    """With ``nohup`` a terminal that closes is no reason to end."""
    run = start("serve", answered, "--port", 0, shut="SIGHUP")
    run.until(lambda: "host#" in run.said)
    run.process.send_signal(signal.SIGHUP)
    time.sleep(1.0)
    assert run.process.poll() is None
    run.process.send_signal(signal.SIGTERM)
    assert run.ended() == 0


@pytest.mark.parametrize("told", ["SIGTERM", "SIGHUP", "SIGINT", "SIGKILL"])
def test_jupyterlab_ends_with_its_starter_and_takes_its_kernels_along(
    start: Callable[..., Started], tmp_path: Path, told: str
) -> None:
    (tmp_path / "clients").mkdir()
    run = start("lab", tmp_path / "clients", "--no-browser")
    run.until(lambda: [*run.runtime.glob("jpserver-*.json")] and "token=" in run.said)
    (server,) = run.runtime.glob("jpserver-*.json")
    about = json.loads(server.read_text())
    asked = urllib.request.Request(
        f"{about['url']}api/kernels",
        data=b"{}",
        headers={"Authorization": f"token {about['token']}"},
    )

    def a_kernel() -> bool:
        with contextlib.suppress(urllib.error.URLError):
            urllib.request.urlopen(asked, timeout=_PATIENCE).close()
            return True
        return False

    run.until(a_kernel)
    with urllib.request.urlopen(f"{about['url']}lab?token={about['token']}") as page:
        (config,) = re.findall(r'jupyter-config-data" type="application/json">\s*(.+?)</script>', page.read().decode(), re.S)  # fmt: skip
    # No question about Jupyter's news lies over the page.
    assert NEWS in json.loads(config)["disabledExtensions"]
    run.until(lambda: len(run.family[0].children(recursive=True)) > 1)
    assert [*run.runtime.glob("kernel-*.json")]
    run.process.send_signal(getattr(signal, told))
    number = getattr(signal, told)
    ends = {"SIGINT": 0, "SIGKILL": -number}
    assert run.ended() == ends.get(told, 128 + number)
    assert run.left == []


def test_a_job_of_the_page_ends_with_the_page(
    start: Callable[..., Started], answered: Path
) -> None:
    run = start(code="from hrkit.workbook.front.work import serve; serve()")
    assert run.process.stdin is not None
    told = {"job": "report", "args": [str(answered)], "how": {}}
    run.process.stdin.write(json.dumps(told).encode() + b"\n")
    run.process.stdin.flush()
    run.until(
        lambda: (
            [*run.temporary.glob("hrkit-kernel-*/kernel.json")]
            and len(run.family[0].children()) > 0
        )
    )
    run.process.stdin.close()
    assert run.ended() == 128 + signal.SIGTERM
    assert run.left == []


def test_who_is_told_again_after_a_while_ends(start: Callable[..., Started]) -> None:
    """Python drops what is raised in a finaliser: the first signal of this program is lost there."""
    run = start(
        code="import time; from hrkit import ending; ending.AGAIN = 3.0\n"
        "class Slow:\n"
        "    def __del__(self): print('there', flush=True); time.sleep(60)\n"
        "with ending.tidily():\n"
        "    slow = Slow(); del slow\n"
        "    print('on', flush=True); time.sleep(60)"
    )
    run.until(lambda: "there" in run.said)
    run.process.send_signal(signal.SIGTERM)
    run.until(lambda: "on" in run.said.splitlines())
    # At once it is the same word; later it is another.
    run.process.send_signal(signal.SIGHUP)
    time.sleep(3.2)
    assert run.process.poll() is None
    run.process.send_signal(signal.SIGTERM)
    assert run.ended() == 128 + signal.SIGTERM
