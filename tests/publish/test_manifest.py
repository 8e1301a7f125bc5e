"""A manifest that cannot be read or written any more is said in a sentence, and nothing of it is guessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrkit.errors import PublishError
from hrkit.publish.batch.manifest import FILE, MadeDocument, Manifest


def document(number: int = 0, files: int = 1) -> MadeDocument:
    names = {f"acme-{number}-{n}.pdf": f"{number:032}{n:032}" for n in range(files)}
    return MadeDocument(f"acme-{number}.pdf", "acme", state="done", files=names)


def test_a_full_disk_is_said_and_what_was_kept_before_is_there(tmp_path: Path) -> None:
    with Manifest(tmp_path) as manifest:
        manifest.put(document())
        (pages,) = manifest._base.execute("PRAGMA page_count").fetchone()
        manifest._base.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(PublishError, match="full; free some space and run again"):
            for number in range(1, 9):
                manifest.put(document(number, files=200))
    with Manifest(tmp_path) as manifest:
        assert manifest.entries()[0] == document()


def test_where_nothing_may_be_written_it_says_so(tmp_path: Path) -> None:
    with Manifest(tmp_path) as manifest:
        manifest.put(document())
        manifest._base.execute("PRAGMA query_only = ON")
        for deed in (
            lambda: manifest.put(document(1)),
            lambda: manifest.forget("acme-0.pdf"),
            lambda: manifest.begin_anew("acme"),
        ):
            with pytest.raises(PublishError, match="was the folder moved, or made read-only"):
                deed()


@pytest.mark.parametrize("at", [100, 2000, 4100, 8192, 9000, 12_300])
def test_a_damaged_one_is_found_before_anything_is_made(tmp_path: Path, at: int) -> None:
    with Manifest(tmp_path) as manifest:
        for number in range(4):
            manifest.put(document(number, files=20))
    data = bytearray((tmp_path / FILE).read_bytes())
    assert len(data) > 12_800
    data[at : at + 400] = b"\xa5" * 400
    (tmp_path / FILE).write_bytes(data)
    try:
        with Manifest(tmp_path) as manifest:
            entries = manifest.entries()
    except PublishError as error:
        assert "is damaged" in str(error) or "not a manifest" in str(error)
    else:
        # What was hit is room that nothing uses.
        assert entries == tuple(document(number, files=20) for number in range(4))


def test_an_empty_file_is_a_manifest_of_nothing_and_any_other_is_none(tmp_path: Path) -> None:
    (tmp_path / FILE).touch()
    with Manifest(tmp_path) as manifest:
        assert manifest.entries() == ()
    (tmp_path / FILE).write_text("hello")
    with pytest.raises(PublishError, match="is not a manifest; move it away"):
        Manifest(tmp_path)
