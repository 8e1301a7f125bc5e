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
    assert said.endswith(
        f"free some space, also where temporary files are kept ({tempfile.gettempdir()})."
    )
