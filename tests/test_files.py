"""Sets of files: what is said when one cannot be written."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path
from typing import Any

import pytest

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
