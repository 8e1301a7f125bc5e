"""Phones in a real browser beside bots: a network that goes dark, and every screen in every form."""

from __future__ import annotations

import asyncio
import os
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from hrkit.answers.store import Slip, open_store
from hrkit.model import engagement_file as engagements
from tests.forms import lab
from tests.room.bots import Bot, Network, Served
from tests.room.returns import LIMIT
from tests.room.slips import join

PROGRAM = lab.chromium()
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        PROGRAM is None, reason="no Chromium here; install it or set HRKIT_CHROMIUM"
    ),
]
#: Where to leave pictures to look at; nowhere if unset.
SHOTS = os.environ.get("HRKIT_SHOTS")
LANGUAGES = {"da": "da-DK", "nl": "nl-NL", "en": "en-GB"}


def violations(page: Any) -> list[Any]:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [(v["id"], [node["html"][:160] for node in v["nodes"]]) for v in found]


def shot(page: Any, name: str) -> None:
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page="phone" in name)


class Company:
    """Bots that answer beside the browser, in a thread of their own."""

    def __init__(self, base: str, codes: list[str]) -> None:
        self.bots: list[Bot] = []
        self._codes, self._base = codes, base
        self.failed: list[BaseException] = []
        self.thread = threading.Thread(target=self._run)
        self.thread.start()

    def _run(self) -> None:
        async def play() -> None:
            for i, code in enumerate(self._codes):
                self.bots.append(Bot(self._base, i, code, "nl", f"SECRET-{i}", pause=0.25))
                self.bots[-1].start()
            await asyncio.gather(*(bot.session() for bot in self.bots))
            await asyncio.gather(*(bot.settled(120) for bot in self.bots))
            for bot in self.bots:
                await bot.stop()

        try:
            asyncio.run(play())
        except BaseException as error:
            self.failed.append(error)


def test_phones_beside_bots_through_a_dark_network_and_a_kill(
    served: tuple[Served, Network], capsys: pytest.CaptureFixture[str]
) -> None:
    from playwright.sync_api import expect

    room, network = served
    engagement = engagements.load(room.folder)
    with open_store(engagement) as store:
        mine, *others = store.hand_out("w2", Slip("care-north", "leader"), 9)
    expect.set_options(timeout=30_000)
    with lab.browser(PROGRAM, viewport={"width": 390, "height": 844}, locale="da-DK") as phone:
        phone.set_default_timeout(30_000)
        frames: list[str] = []
        phone.on(
            "websocket",
            lambda line: line.on("framereceived", lambda text: frames.append(str(text))),
        )
        join(phone, room.links["phones"], mine)
        form, net = phone.locator(".hrkit-form"), phone.locator("#net")
        expect(form.locator("label.hk-option").first).to_be_visible()
        company = Company(f"127.0.0.2:{room.port}", others)
        options, place = form.locator("label.hk-option"), form.locator(".hk-place")

        def stored(n: int) -> None:
            until = time.monotonic() + 90
            while True:
                with open_store(engagement) as store:
                    found = store.resume(mine, "w2")
                if found is not None and len(found.answers) == n:
                    return
                assert time.monotonic() < until
                phone.wait_for_timeout(50)

        options.nth(3).click()
        expect(place).to_contain_text("2 af ")
        expect(net).to_have_text("Gemt")
        stored(1)

        # The network changes: no end of the line is told, and the phone finds out by itself.
        network.go_dark()
        options.nth(1).click()
        expect(place).to_contain_text("3 af ")
        expect(net).to_contain_text("Ingen forbindelse")
        network.come_back()
        back = time.monotonic()
        stored(2)
        changed = time.monotonic() - back
        expect(net).to_have_text("Gemt")
        # Another change, of which the phone is told when it is over.
        network.go_dark()
        phone.wait_for_timeout(300)
        options.nth(2).click()
        expect(place).to_contain_text("4 af ")
        network.come_back()
        phone.evaluate("dispatchEvent(new Event('online'))")
        back = time.monotonic()
        stored(3)
        woken = time.monotonic() - back

        room.kill()
        options.nth(0).click()
        expect(place).to_contain_text("5 af ")
        expect(net).to_contain_text("Ingen forbindelse")
        room.start()
        back = time.monotonic()
        expect(net).to_have_text("Gemt")
        stored(4)
        killed = time.monotonic() - back
        company.thread.join(180)
        assert not company.failed, company.failed
        assert len(company.bots) == 8 and not any(bot.waiting for bot in company.bots)
        assert "SECRET" not in "".join(frames) and not any(c in "".join(frames) for c in others)
        with open_store(engagement) as store:
            found = store.resume(mine, "w2")
            assert found is not None and sorted(found.answers.values()) == ["1", "2", "3", "4"]
            assert len(store.read("w2").people) == 9
    # Three seconds on a quiet machine; tests share theirs.
    with capsys.disabled():
        print(
            f"\nback after a dark network {changed:.1f} s, woken {woken:.1f} s, killed {killed:.1f} s"
        )
    assert max(changed, woken, killed) < LIMIT


def test_whether_phones_reach_the_room_is_found_out_by_one(served: tuple[Served, Network]) -> None:
    from playwright.sync_api import expect

    room, _ = served
    expect.set_options(timeout=30_000)
    with lab.browser(PROGRAM, viewport={"width": 1280, "height": 900}, locale="da-DK") as host:
        host.goto(room.links["host"])
        check = host.locator(".reach")
        expect(check).to_contain_text("Det tager ti sekunder")
        check.get_by_role("button").click()
        expect(check.locator(".code")).to_contain_text("/check")
        shot(host, "host-asking")
        # Nobody comes: what to do stands there, and a phone that comes late is still seen.
        expect(check).to_contain_text("Ingen telefon har meldt sig")
        expect(check.locator("li")).to_have_count(5)
        assert violations(host) == []
        shot(host, "host-none")
        phone = host.context.new_page()
        phone.set_viewport_size({"width": 390, "height": 700})
        phone.goto(f"{room.links['phones']}check")
        expect(phone.locator("h1")).to_have_text("Telefonen har forbindelse til rummet.")
        assert violations(phone) == []
        shot(phone, "phone-check")
        expect(check).to_contain_text("En telefon har fået forbindelse")
        # Where pages come through and lines do not, it says so.
        phone.route_web_socket("**/phone/line", lambda line: line.close())
        phone.goto(f"{room.links['phones']}check")
        expect(phone.locator("h1")).to_contain_text("svarene ville ikke nå frem")


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_every_screen_in_every_form(served: tuple[Served, Network], language: str) -> None:
    """Phone, laptop and projector: light, dark, forced colours and at 200 %; axe finds nothing."""
    from playwright.sync_api import expect

    room, _ = served
    expect.set_options(timeout=30_000)
    with open_store(engagements.load(room.folder)) as store:
        (code,) = store.hand_out("w2", Slip("care-north", "leader"), 1)
    with lab.browser(PROGRAM, locale=LANGUAGES[language]) as first:
        first.set_viewport_size({"width": 390, "height": 844})
        context = first.context
        screens = {
            "phone": (first, room.links["phones"], 390, 844),
            "host": (context.new_page(), room.links["host"], 1280, 800),
            "wall": (context.new_page(), room.links["wall"], 1920, 1080),
        }
        for name, (page, link, width, height) in screens.items():
            page.set_default_timeout(30_000)
            page.set_viewport_size({"width": width, "height": height})
            if name != "phone":
                page.add_init_script(f"localStorage['hrkit screen language']='{language}';"
                                     f"localStorage['hrkit host language']='{language}'")  # fmt: skip
            if name == "phone":
                join(page, link, code)
            else:
                page.goto(link)
            expect(
                page.locator("label.hk-option" if name == "phone" else "h1").first
            ).to_be_visible()
            for form in ("light", "dark", "forced", "large"):
                page.emulate_media(
                    color_scheme="dark" if form == "dark" else "light",
                    forced_colors="active" if form == "forced" else "none",
                    reduced_motion="reduce",  # a page that lies behind another never ends a transition
                )
                # At 200 % a page has half the room, in its own pixels.
                scale = 2 if form == "large" else 1
                page.set_viewport_size({"width": width // scale, "height": height // scale})
                page.wait_for_timeout(100)
                wide = page.evaluate("document.documentElement.scrollWidth")
                assert wide <= width // scale, (name, form, wide)
                if form != "forced":  # there the colours are the reader's own
                    assert violations(page) == [], (name, form)
                shot(page, f"{name}-{form}-{language}")
        wall = screens["wall"][0]
        wall.set_viewport_size({"width": 1920, "height": 1080})
        assert _smallest(wall, "main *") >= 30
        # Everything that people have to read stands on one picture.
        assert wall.evaluate("document.documentElement.scrollHeight") <= 1080


def _smallest(page: Any, chosen: str) -> float:
    """The smallest size of anything that is read, in pixels.

    On a picture two metres wide of 1920 points, 30 points are 31 mm high: from eight metres that is
    what 10-point print is at arm's length (13 minutes of arc and more).
    """
    return float(
        page.evaluate(
            """(chosen) => Math.min(...[...document.querySelectorAll(chosen)]
              .filter((node) => [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim()))
              .map((node) => parseFloat(getComputedStyle(node).fontSize)))""",
            chosen,
        )
    )
