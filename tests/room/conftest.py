"""Rooms of the tests leave no note in the user's own runtime folder; one behind a network that goes dark."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.room.bots import Network, Served
from tests.room.returns import behind


@pytest.fixture(autouse=True)
def _own_runtime(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Served, Network]]:
    """A room whose pages are reached through a network that can go dark."""
    found = behind(tmp_path)
    if found is None:
        pytest.skip("this machine has no second address of its own")
    room, network = found
    yield room, network
    network.stop()
    room.kill()
