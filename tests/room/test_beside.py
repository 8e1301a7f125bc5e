"""What other commands do beside a room that is open: refused in one sentence, or safe for whoever answers."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from hrkit.answers.store import Slip, open_store
from hrkit.commands.duties.erase import erase
from hrkit.commands.duties.purge import purge
from hrkit.commands.duties.secret import decrypt, encrypt
from hrkit.commands.import_answers import import_answers
from hrkit.commands.imports import imports
from hrkit.commands.release import release
from hrkit.commands.undo import undo
from hrkit.errors import HrkitError
from hrkit.model import engagement_file as engagements
from hrkit.room import holding
from hrkit.storage import cipher
from tests.forms.conftest import make_folder
from tests.room.bots import Served
from tests.room.test_repeats import opened, reply, tell
from tests.room.test_server import hear


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Served]:
    served = Served(make_folder(tmp_path / "acme"), tmp_path / "log")
    yield served
    served.kill()


class Phones:
    """Phones on real lines, whose every reply is heard."""

    def __init__(self, room: Served, count: int) -> None:
        self.room, self.engagement = room, engagements.load(room.folder)
        with open_store(self.engagement) as store:
            self.codes = store.hand_out("w2", Slip("care-north", "leader"), count)
        asked = self.engagement.instrument.questions("leader")
        self.keys = [q.key for q in asked if q.facet.scale.kind == "rating"]

    async def join(self) -> None:
        self.lines = []
        for code in self.codes:
            line = await opened(self.room.base, "/phone/line")
            await tell(line, type="hello", view="v", language="en")
            await hear(line, "welcome")
            await tell(line, type="resume", view="v", language="en", code=code)
            await hear(line, "opened")
            self.lines.append(line)

    async def answer(self, phone: int, item: int, value: str = "3", was: Any = None) -> dict[str, Any]:  # fmt: skip
        given = {"key": self.keys[item], "value": value, "was": [was], "stamp": 1}
        await tell(self.lines[phone], type="answer", view="v", language="en", **given)
        while True:
            text = await asyncio.wait_for(self.lines[phone].read_message(), 20)
            if (message := dict(json.loads(text or "{}")))["type"] != "room":
                return message

    def kept(self) -> int:
        with open_store(self.engagement) as store:
            return len(store.read("w2").answers)


def beside(room: Served, play: Callable[[Phones, Callable[..., Any]], Any]) -> None:
    phones = Phones(room, 6)

    async def run() -> None:
        await phones.join()
        for phone in range(6):
            assert (await phones.answer(phone, 0))["type"] == "saved"
        await play(phones, asyncio.to_thread)
        for line in phones.lines:
            line.close()

    asyncio.run(run())


def encrypts() -> bool:
    """Whether the driver is installed by which a store is encrypted."""
    try:
        cipher.library()
    except HrkitError:
        return False
    return True


def test_what_takes_the_ground_from_under_a_room_is_refused(room: Served) -> None:
    """Undo, purge, freeze, encrypt: nothing has changed, and everybody goes on."""
    name = f"room-{dt.date.today()}"
    folder = room.folder
    whole = (
        (lambda: undo(folder, name), "delete the answers there"),
        (lambda: release(folder, "w2"), "close the round"),
        (lambda: purge(folder, wave="w2"), "end the room"),
        (lambda: purge(folder, older_than="2030-01-01", wave="w2"), "end the room"),
    )

    async def play(phones: Phones, apart: Callable[..., Any]) -> None:
        for number, (act, todo) in enumerate(whole):
            with pytest.raises(HrkitError) as told:
                await apart(act)
            said = told.value.summary
            assert todo in said and room.links["phones"] in said and "\n" not in said
            assert (await phones.answer(number, number + 1))["type"] == "saved"
        sealing = encrypts()
        if sealing:
            with pytest.raises(HrkitError, match="end the room"):
                await apart(lambda: encrypt(folder, key="a long sentence of a key"))
            with pytest.raises(HrkitError, match="end the room"):
                await apart(decrypt, folder)
            with open_store(phones.engagement) as store:
                assert not {"encrypt", "decrypt"} & {one.what for one in store.acts()}
            assert (await phones.answer(5, 5))["type"] == "saved"
        assert phones.kept() == 6 + len(whole) + int(sealing)
        assert [one.here for one in imports(folder).batches] == [6]

    beside(room, play)
    # The room has ended: now each of them is as ever.
    room.kill()
    assert purge(folder, wave="w2", rehearse=True).waves == ("w2",)
    assert undo(folder, name).undone.gone == 6


def test_a_wave_is_frozen_once_its_round_is_closed(room: Served) -> None:
    async def play(phones: Phones, apart: Callable[..., Any]) -> None:
        host = await opened(room.base, "/host/line")
        await tell(host, type="hello", key=room.links["host"].partition("#")[2], language="en")
        state = await hear(host, "state")
        await tell(host, type="command", do="close", rev=state["rev"], stamp="1")
        assert (await reply(host))["type"] == "done"
        with pytest.raises(HrkitError):
            await apart(release, room.folder, "w2")
        while state["step"] != "closed":
            state = await hear(host, "state")
        await apart(release, room.folder, "w2")
        told = await phones.answer(0, 1)
        assert told["type"] == "error" and told["final"]
        # What is shown then is the version that is frozen.
        await tell(host, type="command", do="reveal", rev=state["rev"], stamp="2")
        assert (await reply(host))["type"] == "done"
        host.close()

    beside(room, play)
    with open_store(engagements.load(room.folder)) as store:
        assert len(store.releases()) == 1 and store.frozen("w2")


def test_what_is_done_to_one_person_is_told_to_that_person_alone(
    room: Served, tmp_path: Path
) -> None:
    """Erased, replaced by a file, and settings that are changed meanwhile: the others go on."""

    async def play(phones: Phones, apart: Callable[..., Any]) -> None:
        await apart(erase, room.folder, phones.codes[0])
        told = await phones.answer(0, 1)
        assert told["final"] and "erased" in told["message"]
        rows = tmp_path / "answers.csv"
        head = f"code,wave,unit,perspective,{phones.keys[0]}"
        rows.write_text(f"{head}\n{phones.codes[1]},w2,care-north,leader,5\n", "utf-8")
        await apart(lambda: import_answers(rows, into=room.folder, replace=True))
        told = await phones.answer(1, 0, "4", was="3")
        assert (told["type"], told["value"]) == ("stale", "5")
        assert (await phones.answer(1, 0, "4", was="5"))["type"] == "saved"
        settings = room.folder / "engagement.yml"
        text = settings.read_text("utf-8")
        gone = '  - {id: care-north, name: "Nord", parent: care}\n'
        assert gone in text
        settings.write_text(text.replace(gone, ""), "utf-8")
        for phone in range(2, 6):
            assert (await phones.answer(phone, 1))["type"] == "saved"
        settings.write_text(text, "utf-8")
        assert phones.kept() == 5 + 4

    beside(room, play)


def test_a_room_of_another_computer_is_one_too(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "acme")
    engagement = engagements.load(folder)
    with open_store(engagement) as store:
        (code,) = store.hand_out("w2", Slip("care-north", "leader"), 1)
        batch = store.gather("w2", "room-2026-11-27")
        key = store.begin("w2", "care-north", "leader", code=code, batch=batch)
        store.save(key, "trust.01", "agree", "3", batch=batch)
    now = dt.datetime.now(dt.UTC).replace(microsecond=0).isoformat()
    note = {"host": "their-laptop", "pid": 7, "since": now, "seen": now, "mark": "x"}
    (folder / holding.FILE).write_text(json.dumps(note), "utf-8")
    for act in (
        lambda: undo(folder, "room-2026-11-27"),
        lambda: release(folder, "w2"),
        lambda: purge(folder, wave="w2"),
    ):
        with pytest.raises(HrkitError, match="their-laptop"):
            act()
    note["host"] = socket.gethostname()  # of this computer the truth is known: it is not there
    (folder / holding.FILE).write_text(json.dumps(note), "utf-8")
    assert undo(folder, "room-2026-11-27").undone.gone == 1
