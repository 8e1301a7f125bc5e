"""Two processes that deliver at the same time leave one whole delivery, and both remember what they wrote."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from hrkit import files
from hrkit.commands.outputs import Outputs

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="folders are locked where the platform can"
)
KINDS = ("pdf", "xlsx", "html")
ROOT = Path(__file__).parents[2]
#: Delivers a set again and again, each time with other contents of the same origin.
DELIVER = """
import sys
from pathlib import Path
from hrkit.commands.outputs import Outputs
home, out, name, says, times = Path(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:]
for n in range(int(times)):
    made = {out / f"{name}.{kind}": f"{says} {n} {kind}".encode() for kind in ("pdf", "xlsx", "html")}
    Outputs(home, overwrite=True).write(made, final=False)
"""


def at_once(*jobs: tuple[Path, Path, str, str, int]) -> None:
    started = [
        subprocess.Popen([sys.executable, "-c", DELIVER, *map(str, job)], cwd=ROOT) for job in jobs
    ]
    assert [one.wait(120) for one in started] == [0] * len(started)


def test_both_are_remembered(tmp_path: Path) -> None:
    """Each may replace its own draft afterwards without being told that it is somebody else's."""
    home, out = tmp_path / "home", tmp_path / "out"
    home.mkdir()
    out.mkdir()
    at_once((home, out, "da", "danish", 60), (home, out, "nl", "dutch", 60))
    Outputs(home).check(sorted(out.iterdir()))


def test_a_set_is_one_process_s(tmp_path: Path) -> None:
    home, out = tmp_path / "home", tmp_path / "out"
    home.mkdir()
    out.mkdir()
    for _ in range(3):
        at_once((home, out, "r", "first", 20), (home, out, "r", "second", 20))
        whose = {path.read_bytes().split()[0] for path in out.iterdir()}
        assert len(whose) == 1, whose
    assert sorted(path.name for path in out.iterdir()) == sorted(f"r.{kind}" for kind in KINDS)


def test_a_folder_is_asked_for_once_and_one_that_is_not_there_not_at_all(tmp_path: Path) -> None:
    """Else a process would wait for itself."""
    (tmp_path / "link").symlink_to(tmp_path)
    with files.alone((tmp_path, tmp_path / "link", tmp_path / "gone", tmp_path)):
        assert list(tmp_path.iterdir()) == [tmp_path / "link"]
