"""A round that is taken back, and a lost code that is replaced, on the real pages: host, wall and phone."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from hrkit.answers.store import Slip, open_store
from hrkit.model import engagement_file as engagements
from hrkit.room.net import addresses
from tests.forms import lab
from tests.forms.conftest import make_folder
from tests.room.bots import Network, Served
from tests.room.slips import join
from tests.room.test_screens import LANGUAGES, shot, violations

PROGRAM = lab.chromium()
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        PROGRAM is None, reason="no Chromium here; install it or set HRKIT_CHROMIUM"
    ),
]


@pytest.fixture
def coded(tmp_path: Path) -> Iterator[tuple[Served, tuple[str, str]]]:
    """A room that others could reach, so that one needs a code; and two codes."""
    if not addresses():
        pytest.skip("this machine has no address that others reach")
    folder = make_folder(tmp_path / "acme")
    with open_store(engagements.load(folder)) as store:
        codes = store.hand_out("w2", Slip("care-north", "leader"), 2)
    room = Served(folder, tmp_path / "log", "--address", addresses()[0])
    yield room, (codes[0], codes[1])
    room.kill()


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_a_round_is_taken_back_and_begun_anew(
    coded: tuple[Served, tuple[str, str]], language: str
) -> None:
    from playwright.sync_api import expect

    expect.set_options(timeout=30_000)
    room, (code, spare) = coded
    engagement = engagements.load(room.folder)
    ui = {key.removeprefix("room.ui."): text for key, text in engagement.words(language).entries.items()
          if key.startswith("room.ui.")}  # fmt: skip
    with lab.browser(PROGRAM, viewport={"width": 390, "height": 844},
                     locale=LANGUAGES[language]) as phone:  # fmt: skip
        host, wall = phone.context.new_page(), phone.context.new_page()
        sizes = {host: (1280, 800), wall: (1920, 1080)}
        for page, (width, height) in sizes.items():
            page.set_viewport_size({"width": width, "height": height})
            page.add_init_script(f"localStorage['hrkit screen language']='{language}';"
                                 f"localStorage['hrkit host language']='{language}'")  # fmt: skip
        join(phone, room.links["phones"], code)
        host.goto(room.links["host"])
        wall.goto(room.links["wall"])
        place = phone.locator(".hk-place")
        phone.locator("label.hk-option").nth(2).click()
        expect(place).to_contain_text(re.compile(r"^\D*2 "))
        expect(phone.locator("#net")).to_have_text(ui["saved"])

        def press(name: str, inside: str = "dialog") -> None:
            host.locator(inside).get_by_role("button", name=name, exact=True).click()

        # Somebody lost their code: the host's page alone shows another one, once.
        host.locator("[data-name=lost]").click()
        expect(host.locator("dialog")).to_contain_text(ui["lost_means1"])
        assert violations(host) == []
        shot(host, f"host-lost-{language}")
        host.fill("#lost", spare)
        press(ui["lost_draw"])
        expect(host.locator("dialog h2")).to_have_text(ui["lost_new"])
        assert violations(host) == []
        shot(host, f"host-code-{language}")
        new = host.locator("dialog .code").inner_text()
        assert re.fullmatch(r"\w{4}-\w{4}-\w{2}", new) and new != spare
        press(ui["lost_close"])
        expect(host.locator("dialog")).to_have_count(0)
        assert new not in host.content()

        press(ui["close_do"], "main > .turn")
        press(ui["close_do"])
        expect(host.locator("[data-name=void]")).to_be_visible()
        host.locator("[data-name=void]").click()
        expect(host.locator("dialog")).to_contain_text(ui["void_means1"])
        assert violations(host) == []
        shot(host, f"host-void-{language}")
        host.fill("#why", "Wrong people")
        press(ui["void_go_on"])
        # Asked a second time, of how many.
        expect(host.locator("dialog h2")).to_have_text(ui["void_sure_ask"]["one"])
        assert violations(host) == []
        press(ui["void_sure_do"])
        expect(host.locator("h1").first).to_have_text(ui["is_void"])
        expect(wall.locator("h1")).to_have_text(ui["wall_void"])
        expect(phone.locator("#room")).to_contain_text(ui["is_void"])
        expect(phone.locator(".hrkit-form")).to_be_hidden()
        for name, page in (("host", host), ("wall", wall), ("phone", phone)):
            assert violations(page) == [], name
            shot(page, f"{name}-is-void-{language}")
        with open_store(engagement) as store:
            assert not len(store.read("w2").people)

        # Asleep meanwhile: what a phone kept of the round before is of no later one.
        press(ui["anew_do"], "main > .turn")
        press(ui["anew_do"])
        expect(phone.locator("label.hk-option").first).to_be_visible()
        expect(place).to_contain_text(re.compile(r"^\D*1 "))
        assert phone.locator("input:checked").count() == 0
        phone.locator("label.hk-option").nth(0).click()
        until = time.monotonic() + 30
        while True:
            with open_store(engagement) as store:
                found = store.resume(code, "w2")
            if found is not None and found.answers:
                break
            assert time.monotonic() < until
            phone.wait_for_timeout(50)
        assert list(found.answers.values()) == ["1"]


def test_a_phone_that_slept_sends_nothing_of_a_round_that_was_taken_back(
    served: tuple[Served, Network],
) -> None:
    from playwright.sync_api import expect

    expect.set_options(timeout=30_000)
    room, network = served
    engagement = engagements.load(room.folder)
    with open_store(engagement) as store:
        code, other = store.hand_out("w2", Slip("care-north", "leader"), 2)
    with lab.browser(PROGRAM, viewport={"width": 390, "height": 844}, locale="en-GB") as phone:
        net, place = phone.locator("#net"), phone.locator(".hk-place")
        join(phone, room.links["phones"], code)
        phone.locator("label.hk-option").nth(2).click()
        expect(place).to_contain_text("2 of")
        expect(net).to_have_text("Saved")
        # The line breaks for this phone alone; it answers on, and keeps it.
        network.go_dark()
        phone.locator("label.hk-option").nth(4).click()
        expect(net).to_contain_text("No connection")
        stored = "localStorage['hrkit room waiting']"
        assert phone.evaluate(stored) is not None
        straight = {k: v.replace("127.0.0.1", "127.0.0.2") for k, v in room.links.items()}
        host = phone.context.browser.new_context(locale="en-GB").new_page()
        host.add_init_script("localStorage['hrkit host language']='en'")
        host.goto(straight["host"])
        room_phone = host.context.new_page()
        join(room_phone, straight["phones"], other)
        room_phone.locator("label.hk-option").nth(1).click()
        expect(room_phone.locator("#net")).to_have_text("Saved")

        def press(name: str, inside: str = "dialog") -> None:
            host.locator(inside).get_by_role("button", name=name, exact=True).click()

        press("Close for answers", "main > .turn")
        press("Close for answers")
        host.locator("[data-name=void]").click()
        host.fill("#why", "A rehearsal")
        press("Go on")
        press("Delete")
        press("Open for a new start", "main > .turn")
        press("Open for a new start")
        expect(host.locator("h1").first).to_have_text("Open for answers")
        # What it kept stands on the phone still; back on the line, it goes.
        assert phone.evaluate(stored) is not None
        network.come_back()
        expect(place).to_contain_text("1 of")
        assert phone.locator("input:checked").count() == 0
        assert phone.evaluate(stored) is None
        with open_store(engagement) as store:
            assert store.resume(code, "w2") is None


def test_a_command_that_went_into_a_dead_line_is_given_again(
    served: tuple[Served, Network],
) -> None:
    """Who leads and comes from another window clicks before the page knows that its line is dead."""
    from playwright.sync_api import expect

    expect.set_options(timeout=30_000)
    _, network = served
    links = dict(served[0].links)
    with lab.browser(PROGRAM, viewport={"width": 1280, "height": 800}, locale="da-DK") as host:
        host.goto(links["host"])
        title = host.locator("h1").first
        expect(title).to_have_text("Åbent for svar")
        network.go_dark()
        host.locator("[data-name=close]").click()
        # That the line is down is found out meanwhile; the question stays until it is answered.
        host.wait_for_timeout(5000)
        host.locator("dialog .main").click()
        expect(host.locator(".note.bad").first).to_contain_text("Rummet svarer ikke")
        network.come_back()
        expect(title).to_have_text("Lukket for svar")
