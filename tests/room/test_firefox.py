"""The room's three pages in Firefox: join, answer, sleep and come back, another language, lead, show."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from hrkit.answers.store import Slip, open_store
from hrkit.model import engagement_file as engagements
from tests.room import firefox
from tests.room.bots import Network, Served
from tests.room.returns import LIMIT
from tests.room.test_screens import SHOTS

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(firefox.program() is None, reason="no Firefox here"),
]


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[firefox.Firefox]:
    place = tmp_path / "browser"
    place.mkdir()
    with firefox.running(place, "da-DK, da") as found:
        yield found


def shot(tab: firefox.Tab, name: str) -> None:
    if SHOTS:
        tab.front()
        tab.shot(Path(SHOTS) / f"firefox-{name}.png")


def test_a_round_in_firefox(served: tuple[Served, Network], browser: firefox.Firefox) -> None:
    room, network = served
    links = dict(room.links)  # through the network, also once the room was begun again
    engagement = engagements.load(room.folder)
    with open_store(engagement) as store:
        (code,) = store.hand_out("w2", Slip("care-north", "leader"), 1)

    def stored(count: int) -> None:
        end = time.monotonic() + 30
        while True:
            with open_store(engagement) as store:
                found = store.resume(code, "w2")
            if found is not None and len(found.answers) == count:
                return
            assert time.monotonic() < end, found
            time.sleep(0.05)

    host = browser.tab(1280, 800)
    host.open(links["host"])
    wall = browser.tab(1920, 1080)
    wall.open(links["wall"])
    wall.says("h1", "Velkommen")
    host.says("h1", "Åbent for svar")
    # The typeface is the room's own, in both weights.
    assert wall.run("document.fonts.ready.then(() => document.fonts.check('700 20px Lato'))")
    assert wall.run("document.documentElement.scrollHeight <= innerHeight")
    shot(wall, "wall-join")
    shot(host, "host-open")

    phone = browser.tab(390, 844)
    phone.front()
    phone.open(f"{links['phones']}#{code}")
    phone.says(".hk-points", "Hvem får rapporten at se?")
    phone.click(".hk-doors .hk-main", 0)
    phone.until("document.querySelectorAll('label.hk-option').length > 0")
    assert code not in phone.run("location.href")
    phone.click("label.hk-option", 2)
    phone.says(".hk-place", "2 af ")
    # A digit answers and goes on.
    phone.press("4")
    phone.says(".hk-place", "3 af ")
    stored(2)
    phone.says("#net", "Gemt")
    shot(phone, "phone-answering")
    assert phone.run("document.documentElement.scrollWidth <= innerWidth")

    # A page that is loaded again goes on where it was.
    phone.open(links["phones"])
    phone.says(".hk-place", "3 af ")
    assert phone.text("h1")

    # The network goes; what is answered stays here, and is sent when it is back.
    network.go_dark()
    phone.click("label.hk-option", 1)
    phone.says(".hk-place", "4 af ")
    phone.says("#net", "Ingen forbindelse")
    shot(phone, "phone-away")
    network.come_back()
    back = time.monotonic()
    stored(3)
    away = time.monotonic() - back
    phone.says("#net", "Gemt")
    # The room is killed and begun again; the phone heals without a hand.
    room.kill()
    phone.click("label.hk-option", 0)
    phone.says("#net", "Ingen forbindelse")
    room.start()
    back = time.monotonic()
    stored(4)
    killed = time.monotonic() - back
    print(f"\nFirefox: back after a dark network {away:.1f} s, killed {killed:.1f} s")
    assert max(away, killed) < LIMIT

    # Another language, at the same statement.
    place = phone.text(".hk-place").split(" af ")[0]
    phone.run("(() => { const list = document.querySelector('.hk-language select'); list.value = 'nl';"
              " list.dispatchEvent(new Event('change')); })()")  # fmt: skip
    phone.says(".hk-place", f"{place} van ")
    phone.says("#net", "Opgeslagen")
    assert phone.run("document.documentElement.lang") == "nl"
    shot(phone, "phone-dutch")

    host.front()
    host.says(".facts", "1")
    host.click("[data-name=close]")
    host.says("dialog", "Telefonerne får fem sekunder")
    assert host.run("document.querySelector('dialog').contains(document.activeElement)")
    shot(host, "host-dialog")
    host.click("dialog .main")
    host.until("/lukke/i.test(document.querySelector('h1').innerText)")
    # A page that nobody saw meanwhile heals when it is seen again.
    wall.front()
    wall.says("h1", "Lukket for svar")
    phone.front()
    phone.says("#room", "Gesloten")
    host.until("document.querySelector('[data-name=reveal]') != null")
    host.front()
    shot(host, "host-closed")
    host.click("[data-name=reveal]")
    host.click("dialog .main")
    host.says("h1", "Resultatet vises")
    wall.front()
    wall.until("!document.querySelector('h1').innerText.includes('Lukket')")
    shot(wall, "wall-result")
    shot(phone, "phone-result")
    host.front()
    host.click("[data-name=begin]")
    host.until("document.querySelector('[data-name^=topic-]') != null")
    shot(host, "host-agenda")
    host.front()
    host.click("[data-name^=topic-]")
    host.click("[data-name=open]")
    phone.front()
    phone.until("document.querySelectorAll('#ballot input').length >= 5")
    shot(phone, "phone-vote")
    phone.click("#ballot label", 2)
    phone.click("#give")
    host.front()
    host.until("document.querySelector('.facts dd')?.innerText === '1'")
    shot(host, "host-vote")
    shot(wall, "wall-vote")
