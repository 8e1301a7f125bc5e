"""How long a phone takes to heal after it has come back: slept, changed its network, lost the room.

A return is the moment from which nothing stands in a phone's way any more: the network carries again,
the screen is on again, the room's program listens again.  Healed is when an answer that was given in
between stands in the room.  Measured in a real browser, for tests and for `make bench ARGS=room`.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.forms.conftest import make_folder
from tests.room.bots import Network, Served

__all__ = ["LIMIT", "WAYS", "Phone", "behind"]

#: The three ways in which a phone is gone.
WAYS = ("slept", "network", "room")
#: Seconds until it is healed: three, and what a machine may add on which a dozen tests run at once.
LIMIT = 3.0 + 15.0


def behind(place: Path) -> tuple[Served, Network] | None:
    """A room whose pages are reached through a network that can go dark; None where none can be had."""
    how = (
        "--address",
        "127.0.0.2",
        "--wifi",
        'Mødelokale "7"; øst',
        "--password",
        "long:and,plain",
    )
    try:
        room = Served(make_folder(place / "acme"), place / "log", *how)
    except (IndexError, KeyError):
        return None  # this machine has no second address of its own
    network = Network(int(room.port), "127.0.0.2")
    room.links = {k: v.replace("127.0.0.2", "127.0.0.1") for k, v in room.links.items()}
    return room, network


class Phone:
    """A browser's page with its form open, behind a network that can go dark."""

    def __init__(self, page: Any, room: Served, network: Network) -> None:
        self.page, self.room, self.network = page, room, network
        self._turn = 0
        self._life = page.context.new_cdp_session(page)

    def gone_and_back(self, way: str, away: float) -> float:
        """Be gone for so many seconds, answer meanwhile, come back: seconds until it is healed."""
        begun = self._go(way)
        self.page.wait_for_timeout(1000 * max(0.0, away - (time.monotonic() - begun)))
        back = self._return(way)
        self._until(lambda: self.state == "saved", 60)
        return time.monotonic() - back

    def _go(self, way: str) -> float:
        begun = time.monotonic()
        if way == "room":
            self.room.kill()
        else:
            self.network.go_dark()
        self._answer()
        if way == "slept":
            # Nothing runs any more, not even what would find out that the line is dead.
            self._life.send("Page.setWebLifecycleState", {"state": "frozen"})
        return begun

    def _return(self, way: str) -> float:
        if way == "room":
            links = self.room.links
            self.room.start()
            self.room.links = links
            return time.monotonic()
        self.network.come_back()
        if way == "slept":
            back = time.monotonic()
            self._life.send("Page.setWebLifecycleState", {"state": "active"})
            return back
        return time.monotonic()

    def _answer(self) -> None:
        """One more answer, given while the phone is alone: a fresh value on the statement it shows."""
        self._turn += 1
        options = self.page.locator("label.hk-option")
        options.nth(self._turn % 5).click()
        self._until(lambda: self.state != "saved", 20)

    @property
    def state(self) -> str:
        """What the page says of what is on it: ``saved``, ``sending`` or ``away``."""
        return str(self.page.evaluate("document.getElementById('net').dataset.state ?? ''"))

    def _until(self, done: Callable[[], bool], seconds: float) -> None:
        until = time.monotonic() + seconds
        while not done():
            assert time.monotonic() < until, self.state
            self.page.wait_for_timeout(25)
