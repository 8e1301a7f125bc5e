"""A phone that comes back heals by itself, within three seconds where its machine is quiet."""

from __future__ import annotations

import pytest

from hrkit.answers.store import Slip, open_store
from hrkit.model import engagement_file as engagements
from tests.forms import lab
from tests.room.bots import Network, Served
from tests.room.returns import LIMIT, WAYS, Phone
from tests.room.slips import join

PROGRAM = lab.chromium()
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        PROGRAM is None, reason="no Chromium here; install it or set HRKIT_CHROMIUM"
    ),
]


def test_whoever_was_gone_is_back_by_itself(
    served: tuple[Served, Network], capsys: pytest.CaptureFixture[str]
) -> None:
    """Slept, changed its network, lost the room: shortly, and longer than any pause of the page."""
    room, network = served
    with open_store(engagements.load(room.folder)) as store:
        (code,) = store.hand_out("w2", Slip("care-north", "leader"), 1)
    with lab.browser(PROGRAM, viewport={"width": 390, "height": 844}, locale="da-DK") as page:
        page.set_default_timeout(30_000)
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        lines: list[str] = []
        page.on("websocket", lambda line: lines.append(line.url))
        join(page, room.links["phones"], code)
        page.locator("label.hk-option").first.wait_for()
        phone = Phone(page, room, network)
        healed: dict[str, list[float]] = {}
        for way in WAYS:
            for away in (1.0, 5.0):
                lines.clear()
                healed.setdefault(way, []).append(phone.gone_and_back(way, away))
                # Browsers make a page wait that opened many lines in vain, also when the room is back.
                assert len(lines) <= 5, (way, away, len(lines))
        assert not errors, errors
    with capsys.disabled():
        told = ", ".join(f"{way} {max(found):.1f} s" for way, found in healed.items())
        print(f"\nback by itself after: {told}")
    assert max(max(found) for found in healed.values()) < LIMIT
    with open_store(engagements.load(room.folder)) as store:
        found = store.resume(code, "w2")
        assert found is not None and len(found.answers) == len(WAYS) * 2
