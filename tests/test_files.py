"""Sets of files: what is said when one cannot be written."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest

from hrkit import files
from hrkit.files import of_the_system, write_all


@pytest.mark.parametrize("number", [errno.EROFS, errno.ENOSPC, errno.EACCES])
def test_the_file_that_was_meant_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refuse(*_: Any, dir: Path, prefix: str, suffix: str) -> None:
        raise OSError(number, os.strerror(number), str(dir / f"{prefix}x7{suffix}"))

    monkeypatch.setattr(tempfile, "mkstemp", refuse)
    with pytest.raises(OSError) as caught:
        write_all({tmp_path / "report.pdf": b"new"})
    said = of_the_system(caught.value)
    assert said.startswith("report.pdf cannot be written")
    assert ".part" not in said


def test_where_there_is_no_room_it_says_what_to_do() -> None:
    said = of_the_system(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))
    assert said.startswith("A file cannot be written")
    assert said.endswith(f"free some space, also for temporary files ({tempfile.gettempdir()}).")


def test_a_folder_of_that_name_stops_the_set_before_anything_goes(tmp_path: Path) -> None:
    (tmp_path / "report.pdf").write_bytes(b"old")
    (tmp_path / "report.xlsx").mkdir()
    with pytest.raises(IsADirectoryError) as caught:
        write_all({tmp_path / "report.pdf": b"new", tmp_path / "report.xlsx": b"new"})
    assert of_the_system(caught.value).startswith("report.xlsx cannot be written")
    assert (tmp_path / "report.pdf").read_bytes() == b"old"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["report.pdf", "report.xlsx"]


# ------------------------------------------------------------------ folders of our own


_WORKS = """
import sys, time
from hrkit.files import private_folder
with private_folder("report") as own:
    (own / "content.json").write_text("4.2")
    print(own, flush=True)
    time.sleep(60)
"""


@pytest.mark.skipif(os.name != "posix", reason="locks and rights as POSIX has them")
def test_what_a_killed_run_left_goes_when_the_next_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And not what somebody works in, nor what is another's."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    there = {**os.environ, "TMPDIR": str(tmp_path)}
    working, killed = (
        subprocess.Popen(
            [sys.executable, "-c", _WORKS], stdout=subprocess.PIPE, env=there, text=True
        )
        for _ in range(2)
    )
    try:
        folders = [
            Path((p.stdout.readline() if p.stdout else "").strip()) for p in (working, killed)
        ]
        killed.kill()
        killed.wait()
        outside = tmp_path / "elsewhere"
        outside.mkdir()
        (outside / "kept").write_text("x")
        (tmp_path / "hrkit-link").symlink_to(outside)
        for folder in folders:
            assert folder.stat().st_mode & 0o777 == 0o700
            os.utime(folder, (0, 0))
        files._clear_left.cache_clear()
        with files.private_folder("next") as own:
            assert own.stat().st_mode & 0o777 == 0o700
            assert [folder.exists() for folder in folders] == [True, False]
        assert not own.exists()
        assert (outside / "kept").exists()
    finally:
        for process in (working, killed):
            process.kill()
            process.wait()
            if process.stdout:
                process.stdout.close()
