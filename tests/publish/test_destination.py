"""Files at their destination: a folder, memory, an S3 server; whole, looked at, and delivered twice as once."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from hrkit.errors import HrkitError
from hrkit.publish.batch.destination import Destination, Remote, destination, digest
from hrkit.publish.batch.receipt import Receipt, deliver, read_receipt, receipt_name
from tests.s3 import s3  # noqa: F401

BOTH = {"a.pdf": b"%PDF- one", "a.xlsx": b"PK two"}
OF_A = Receipt("a.pdf", "k" * 64)


@pytest.fixture(params=["folder", "file", "memory", "s3"])
def at(request: pytest.FixtureRequest, tmp_path: Path) -> Destination:
    name = request.node.name.replace("[", "-").replace("]", "")
    if request.param == "s3":
        return destination(f"{request.getfixturevalue('s3')}/{name}")
    places = {
        "folder": str(tmp_path / "out"),
        "file": (tmp_path / "out").as_uri(),
        "memory": f"memory://{name}",
    }
    return destination(places[request.param])


def test_files_are_put_found_renamed_and_removed(at: Destination) -> None:
    assert at.names() == () and at.read("a.pdf") is None
    for name, data in BOTH.items():
        at.deliver(name, data)
    at.put("a.pdf", b"%PDF- again")
    assert at.names() == ("a.pdf", "a.xlsx")
    at.rename("a.pdf", "a.older.pdf")
    assert at.read("a.pdf") is None and at.read("a.older.pdf") == b"%PDF- again"
    at.remove("a.xlsx")
    at.remove("a.xlsx")
    assert at.names() == ("a.older.pdf",)
    # Whoever is told of the place finds the same.
    assert destination(at.url).read("a.older.pdf") == b"%PDF- again"


def test_what_is_delivered_twice_is_there_once(at: Destination) -> None:
    for _ in range(2):
        receipt = deliver(at, OF_A, BOTH, {})
        assert receipt.state == "done" and receipt.intact(at)
    assert at.names() == (receipt_name("a.pdf"), *BOTH)
    assert read_receipt(at, "a.pdf") == receipt
    at.put("a.xlsx", b"my own remarks")
    assert not receipt.intact(at)
    with pytest.raises(HrkitError, match="a.xlsx: has changed since this was begun"):
        deliver(
            at,
            OF_A,
            {"a.pdf": b"%PDF- new", "a.xlsx": b"PK new"},
            {"a.pdf": [digest(BOTH["a.pdf"])]},
        )
    assert at.read("a.xlsx") == b"my own remarks" and at.read("a.pdf") == BOTH["a.pdf"]


def test_a_file_that_does_not_arrive_whole_is_not_done(monkeypatch: pytest.MonkeyPatch) -> None:
    at = Remote("memory://half")
    put = Remote.put
    monkeypatch.setattr(
        Remote,
        "put",
        lambda self, name, data: put(self, name, data if name[0] == "." else data[:4]),
    )
    with pytest.raises(HrkitError, match="did not arrive whole"):
        deliver(at, OF_A, BOTH, {})
    left = read_receipt(at, "a.pdf")
    # What was begun is known for the kit's own, and done is another thing.
    assert left is not None and left.state == "writing" and not left.intact(at)


def test_where_files_are_not_whole_at_once_they_are_moved_into_place(tmp_path: Path) -> None:
    at = Remote(f"local://{tmp_path}/x")
    for data in (b"one", b"two"):
        at.deliver("a.pdf", data)
    assert [p.name for p in (tmp_path / "x").iterdir()] == ["a.pdf"]
    assert at.read("a.pdf") == b"two"


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("s3://me:secret@bucket/x", "holds no password"),
        ("nothing://x/y", "is no address of files"),
        ("memory://", "names no folder"),
    ],
)
def test_what_is_no_place_is_said_without_repeating_a_secret(place: str, said: str) -> None:
    with pytest.raises(HrkitError, match=said) as error:
        destination(place)
    assert "secret" not in str(error.value)


def test_a_package_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    with pytest.raises(HrkitError, match=r"install hrkit\[dask\]"):
        destination("s3://bucket/x")


@pytest.mark.parametrize(
    "text",
    [b"", b"{", b"[1]", b'{"name": "b.pdf"}', b'{"name": "a.pdf", "odd": 1, "messages": []}'],
)
def test_a_receipt_that_is_none_is_no_receipt(text: bytes, tmp_path: Path) -> None:
    at = destination(tmp_path)
    at.put(receipt_name("a.pdf"), text)
    assert read_receipt(at, "a.pdf") is None


def test_another_machine_is_told_the_whole_address() -> None:
    """A file system's own form of it may lack the host: then the files would go somewhere else."""
    pytest.importorskip("requests")
    at = destination("webhdfs://cluster:9870/reports/")
    assert at.url == at.where == "webhdfs://cluster:9870/reports"
    assert destination(at.url).url == at.url
