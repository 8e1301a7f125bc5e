"""The panel that leads a room from a notebook: a line to a process that outlives the notebook."""

from __future__ import annotations

import asyncio
import json
import re
import socket
from pathlib import Path
from typing import Any

import pytest

import hrkit
from hrkit.blocks.shown import Shown
from hrkit.room import live
from hrkit.workbook.leading import PanelWidget, panel_script
from tests.forms.conftest import make_folder


def test_the_panels_script_is_one_module() -> None:
    script = panel_script()
    assert not re.search(r"(?m)^import ", script)
    assert re.findall(r"(?m)^export .*$", script) == ["export default {"]
    # No two of its files call two things by one name.
    names = re.findall(r"(?m)^(?:const|let|function|async function) ([A-Za-z_]+)", script)
    assert len(names) == len(set(names)), sorted(n for n in names if names.count(n) > 1)


def test_nothing_is_opened_before_somebody_presses(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "acme")
    panel = hrkit.workshop(folder)
    assert isinstance(panel, PanelWidget) and panel.words == {"open": "Åbn rummet"}
    assert live.found(folder) is None and not (folder / "room.json").exists()
    assert isinstance(hrkit.workshop(folder, language="fr"), Shown)
    assert isinstance(hrkit.workshop(tmp_path / "nowhere"), Shown)


def test_a_panel_opens_leads_and_finds_the_room_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path / "runtime"))
    folder = make_folder(tmp_path / "acme")

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    async def until(told: list[Any], kind: Any) -> Any:
        for _ in range(600):
            found = [one for one in told if kind(one)]
            if found:
                return found[-1]
            await asyncio.sleep(0.1)
        raise AssertionError(told)

    async def play() -> None:
        told: list[dict[str, Any]] = []
        panel = hrkit.workshop(folder, port=port, language="en")
        panel.send = lambda message, buffers=None: told.append(message)  # type: ignore[method-assign]
        panel._received(panel, {"type": "begin"}, None)
        state = await until(told, lambda one: one.get("type") == "state")
        assert state["step"] == "open" and state["language"] == "en"
        say = {"type": "meeting", "do": "begin", "rev": state["rev"]}
        panel._received(panel, {"type": "say", "message": say}, None)
        await until(told, lambda one: one.get("meeting", {}).get("running"))
        assert live.found(folder).host.partition("#")[2] not in json.dumps(told)
        # Another kernel, the same cell: the room goes on, and is found.
        again: list[dict[str, Any]] = []
        other = hrkit.workshop(folder)
        other.send = lambda message, buffers=None: again.append(message)  # type: ignore[method-assign]
        other._received(other, {"type": "look"}, None)
        await until(again, lambda one: one.get("meeting", {}).get("running"))
        await asyncio.to_thread(hrkit.room(folder).stop)
        await until(told, lambda one: one.get("line") == "closed")

    try:
        asyncio.run(play())
    finally:
        if (running := live.found(folder)) is not None and live.answers(running) is not None:
            hrkit.room(folder).stop()
