"""How long a page waits of its own accord until it is back: every way of being gone, by a clock of its own.

The script is run as it is served, in the browser, in a world whose time passes only where the page
waits (`world.js`): so what is counted is the page's own, on a machine however busy.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hrkit.room.assets import read
from tests.forms import lab

PROGRAM = lab.chromium()
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        PROGRAM is None, reason="no Chromium here; install it or set HRKIT_CHROMIUM"
    ),
]
#: When it goes, over more than one round of what the page looks at; and for how long, in ms.
GOES = list(range(5_000, 6_300, 70))
AWAY = [0, 100, 300, 500, 700, 1_000, 1_300, 1_900, 2_500, 3_000, 3_500, 5_000, 6_100, 9_900,
        15_050, 30_000, 61_300, 300_000]  # fmt: skip
#: To the room and back, in seconds, and how often one goes: knock, line, hello, code, answer.
TRIP, TRIPS = 0.02, 5


def test_no_return_takes_two_seconds_of_the_pages_own_waiting() -> None:
    source = read("line.js").decode("utf-8").replace("export ", "")
    waits = dict(re.findall(r"\b([A-Z]+) = (\d+);", source))
    bound = sum(int(waits[name]) for name in ("ASK", "BEAT", "SOON", "GRACE")) / 1000
    assert bound < 2.0  # three, and a good second for the network and the room
    world = Path(__file__).with_name("world.js").read_text(encoding="utf-8")
    with lab.browser(PROGRAM) as page:
        page.set_default_timeout(240_000)
        page.add_script_tag(content=world)
        told = page.evaluate("given => longest(...given)", [source, GOES, AWAY])
    assert not told["faults"], told["faults"]
    found = told["found"]
    assert set(found) == {"network", "network, told", "slept", "slept, told", "room"}
    for way, one in found.items():
        assert one["seconds"] is not None, (way, one)
        assert one["seconds"] <= bound + TRIPS * TRIP + 0.01, (way, one)
    # Whoever is told that it is back does not wait for the next look.
    assert found["slept, told"]["seconds"] < 0.5, found["slept, told"]
