"""What is cut off by a pulled plug: a release is finished by the same command, files are of one set."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from hrkit.answers.store import open_store
from hrkit.files import write_all
from hrkit.model import engagement_file as engagements

from .conftest import Run, sheet, write_csv

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")

RELEASE = """
import os, sys
from pathlib import Path
from hrkit.answers import rounds
from hrkit.answers.store import Store
from hrkit.commands import release
def die(*given, **named):
    os.kill(os.getpid(), 9)
if sys.argv[2] == "before the file":
    release.write_all = die
elif sys.argv[2] == "before the commit":
    rounds.forget = die
elif sys.argv[2] == "before tidying":
    Store.tidy = die
release.release(Path(sys.argv[1]), "w1")
"""

WRITE = """
import os, sys
from pathlib import Path
from hrkit import files
folder, after = Path(sys.argv[1]), int(sys.argv[2])
steps = 0
def counted(real):
    def act(*given, **named):
        global steps
        steps += 1
        if steps > after:
            os.kill(os.getpid(), 9)
        return real(*given, **named)
    return act
os.replace = counted(os.replace)
os.unlink = counted(os.unlink)
Path.unlink = counted(Path.unlink)
files.write_all({folder / name: b"new" for name in ("r.pdf", "r.xlsx", "r.html")})
"""


def killed(code: str, *arguments: object) -> int:
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=False).returncode


@pytest.mark.parametrize("when", ["before the commit", "before tidying", "before the file"])
def test_a_release_that_was_killed_is_finished(run: Run, answered: Path, when: str) -> None:
    assert killed(RELEASE, answered, when) == -signal.SIGKILL
    audit = answered / "release-w1.json"
    assert not audit.exists()
    with open_store(engagements.load(answered), create=False, write=False) as store:
        assert (store.frozen("w1") is None) == (when == "before the commit")
    done = run("release", answered, "--wave", "w1")
    assert done.code == 0, done.text
    assert "what was released stands in release-w1.json" in done.text
    said = json.loads(audit.read_text("utf-8"))
    assert (said["wave"], said["engagement"]) == ("w1", engagements.load(answered).id)
    with open_store(engagements.load(answered)) as store:
        assert store.frozen("w1") is not None
        assert all("people" not in one.audit for one in store.releases())
        with store.looking("w1") as round:
            assert round.audit == said
    again = run("release", answered, "--wave", "w1")
    assert again.code == 1 and "was frozen on" in again.text
    # Half an audit file is none; one that says something else is left alone.
    audit.write_text(audit.read_text("utf-8")[:40], "utf-8")
    assert run("release", answered, "--wave", "w1").code == 0
    assert json.loads(audit.read_text("utf-8")) == said
    audit.write_text('{"mine": 1}', "utf-8")
    refused = run("release", answered, "--wave", "w1")
    assert refused.code == 1 and "move the file away" in refused.text
    assert audit.read_text("utf-8") == '{"mine": 1}'


@pytest.mark.parametrize("after", range(7))
def test_files_of_two_sets_never_stand_together(tmp_path: Path, after: int) -> None:
    names = ("r.pdf", "r.xlsx", "r.html")
    write_all({tmp_path / name: b"old" for name in names})
    code = killed(WRITE, tmp_path, after)
    there = {name: (tmp_path / name).read_bytes() for name in names if (tmp_path / name).exists()}
    assert len(set(there.values())) <= 1
    if "r.pdf" in there:
        assert len(there) == 3 or there["r.pdf"] == b"old"
    assert code in (0, -signal.SIGKILL)
    write_all({tmp_path / name: b"newer" for name in names})
    assert {(tmp_path / name).read_bytes() for name in names} == {b"newer"}


def test_links_and_foreseen_names_are_not_followed(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"precious")
    for link in ("out.pdf", ".out.pdf.part", ".out.pdf.0.part"):
        os.symlink(victim, tmp_path / link)
    write_all({tmp_path / "out.pdf": b"report"})
    assert victim.read_bytes() == b"precious"
    assert not (tmp_path / "out.pdf").is_symlink()
    assert (tmp_path / "out.pdf").read_bytes() == b"report"


def test_a_new_file_is_private_and_an_old_one_keeps_its_rights(tmp_path: Path) -> None:
    path = tmp_path / "r.pdf"
    write_all({path: b"1"})
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o644)
    write_all({path: b"2"})
    assert path.stat().st_mode & 0o777 == 0o644


FULL = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2)
from hrkit.cli import main
main(sys.argv[2:])
"""


@pytest.mark.parametrize("room", [0, 4096, 40_000, 100_000])
def test_a_disk_without_room_is_said_and_the_same_command_goes_later(
    run: Run, ready: Path, room: int
) -> None:
    """From the first byte of the store on: no traceback, and nobody is in it."""
    file = write_csv(ready.parent / "a.csv", sheet(ready, {"leader": 30, "hr": 30}))
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(room), "import", str(file), "--into", str(ready)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1 and not done.stdout, done
    assert "disk" in done.stderr and "full" in done.stderr, done.stderr
    assert "Traceback" not in done.stderr and "Nothing was changed" in done.stderr
    assert " new" not in run("imports", ready).text
    assert "60 new" in run("import", file, "--into", ready).text
