"""A room in real browsers: a phone by its slip, the wall, the host; killed, healed, closed, shown."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hrkit.answers.store import Slip, open_store
from hrkit.model import engagement_file as engagements
from tests.forms import lab
from tests.forms.conftest import make_folder
from tests.room.slips import join

PROGRAM = lab.chromium()
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        PROGRAM is None, reason="no Chromium here; install it or set HRKIT_CHROMIUM"
    ),
]
SERVE = "import sys; from hrkit.cli import main; main(['serve', *sys.argv[1:]])"


class Served:
    """`hrkit serve` as a process that can be killed and begun again."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, "0"
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", SERVE, str(self.folder), "--port", self.port],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        lines = [self.process.stdout.readline().split() for _ in range(3)]
        self.links = dict(lines)
        self.port = re.search(r":(\d+)/", self.links["phones"])[1]  # type: ignore[index]

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(20)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    found = Served(make_folder(tmp_path / "acme"))
    yield found
    found.kill()


def accessible(page: Any, what: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    shown = [(v["id"], v["impact"], [node["html"][:160] for node in v["nodes"]]) for v in found]
    assert not [v for v in found if v["impact"] in ("serious", "critical")], (what, shown)


def test_a_round_from_slip_to_result(served: Served) -> None:
    from playwright.sync_api import expect

    engagement = engagements.load(served.folder)
    with open_store(engagement) as store:
        (code,) = store.hand_out("w2", Slip("care-north", "leader"), 1)
    expect.set_options(timeout=20_000)
    errors: list[str] = []
    with lab.browser(PROGRAM, viewport={"width": 390, "height": 844}, locale="da-DK") as phone:
        context = phone.context
        host, wall = context.new_page(), context.new_page()
        for page in (phone, host, wall):
            page.set_default_timeout(20_000)
            page.on("pageerror", lambda error: errors.append(str(error)))
        host.set_viewport_size({"width": 1200, "height": 900})
        wall.set_viewport_size({"width": 1920, "height": 1080})
        requested: list[str] = []
        context.on("request", lambda request: requested.append(request.url))

        phone.goto(f"{served.links['phones']}#{code}")
        form = phone.locator(".hrkit-form")
        # Whoever comes with a slip reads first what becomes of the answers; the slip's code stands there.
        expect(form.locator(".hk-points dt").nth(1)).to_have_text("Hvem får rapporten at se?")
        expect(form.get_by_label("Din kode")).to_have_value(code)
        accessible(phone, "before anything is answered")
        phone.reload()
        expect(form.get_by_label("Din kode")).to_have_value(code)
        form.locator(".hk-doors .hk-main").click()
        expect(form.locator("fieldset.hk-question").first).to_be_visible()
        # The code is gone from the address, and no server was asked for it.
        assert code not in phone.url
        accessible(phone, "phone")
        wide = phone.evaluate("document.documentElement.scrollWidth")
        assert wide <= 390
        form.locator("label.hk-option").nth(3).click()
        expect(form.locator(".hk-place")).to_contain_text("2 af ")
        expect(phone.locator("#net")).to_have_text("Gemt")

        wall.goto(served.links["wall"])
        expect(wall.locator("h1")).to_have_text("Velkommen")
        accessible(wall, "wall")
        host.goto(served.links["host"])
        expect(host.locator("header h1")).to_have_text("Åbent for svar")
        accessible(host, "host")
        assert "#" not in host.url

        # The server dies; what is answered stays on the phone, visibly, and is sent by itself.
        served.kill()
        form.locator("label.hk-option").nth(2).click()
        expect(form.locator(".hk-place")).to_contain_text("3 af ")
        form.get_by_role("button", name="Tilbage").click()
        expect(form.locator("fieldset.hk-question")).to_contain_text("Kun på telefonen")
        expect(phone.locator("#net")).to_contain_text("Ingen forbindelse")
        expect(wall.locator("#net")).to_contain_text("fra kl.")
        accessible(phone, "away")
        served.start()
        expect(phone.locator("#net")).to_have_text("Gemt")
        expect(form.locator("fieldset.hk-question")).to_contain_text("Gemt")
        with open_store(engagement) as store:
            assert len(store.read("w2").answers) == 2
            assert len(store.read("w2").people) == 1

        # A page that is opened again finds its answers without anybody typing a code.
        phone.reload()
        expect(form.locator(".hk-place")).to_contain_text("3 af ")
        for _ in range(2):
            form.get_by_role("button", name="Tilbage").click()
            expect(form.locator("input:checked")).to_have_count(1)
        for _ in range(2):
            form.get_by_role("button", name="Næste").click()

        def close() -> None:
            host.get_by_role("button", name="Luk for svar").click()
            accessible(host, "closing is asked")
            host.locator("dialog").get_by_role("button", name="Luk for svar").click()
            expect(host.locator("header h1")).to_have_text("Lukket for svar")
            expect(wall.locator("h1")).to_have_text("Lukket for svar")

        # Closing is asked for and told to everybody: own answers are there to be read, no more.
        close()
        expect(phone.locator("#room")).to_contain_text("Lukket for svar")
        options = form.locator("label.hk-option input")
        expect(options.locator("visible=true")).not_to_have_count(0)
        expect(form.locator("label.hk-option input:enabled")).to_have_count(0)
        form.locator(".hk-statement").focus()
        phone.keyboard.press("4")
        form.get_by_role("button", name="Tilbage").click()
        expect(form.locator("input:checked:disabled")).to_have_count(1)
        accessible(phone, "closed")
        form.get_by_role("button", name="Næste").click()
        expect(form.locator("input:checked")).to_have_count(0)

        # Opened again, it takes answers; what a phone kept beyond the next closing is refused, and told.
        host.get_by_role("button", name="Åbn igen").click()
        host.locator("#why").fill("én mangler")
        host.locator("dialog").get_by_role("button", name="Åbn igen").click()
        expect(form.locator("label.hk-option input:enabled")).not_to_have_count(0)
        phone.route("**/here", lambda route: route.abort())  # it finds no way back for now
        served.kill()
        form.locator("label.hk-option").nth(2).click()
        expect(form.locator(".hk-place")).to_contain_text("4 af ")
        served.start()
        expect(host.locator("header h1")).to_have_text("Åbent for svar")
        expect(host.locator(".note.bad")).to_have_count(0)
        close()
        phone.unroute("**/here")
        expect(form.locator(".hk-trouble")).to_contain_text("lukket")
        form.get_by_role("button", name="Vis det").click()
        expect(form.locator("fieldset.hk-question")).to_contain_text("lukket")

        # The result: one person, so nothing; the phone reads exactly the wall.
        host.get_by_role("button", name="Vis resultatet").click()
        host.locator("dialog").get_by_role("button", name="Vis resultatet").click()
        expect(wall.locator(".lead")).to_contain_text("Ingen gruppe har endnu 5 svar")
        phone.get_by_role("button", name="Læs storskærmen her").click()
        expect(phone.locator("#look")).to_contain_text("Ingen gruppe har endnu 5 svar")
        accessible(phone, "the wall on the phone")
        accessible(wall, "result")
        with open_store(engagement) as store:
            assert len(store.releases()) == 1
            assert len(store.read("w2").answers) == 2

        # Whoever clears the phone leaves nothing on it, and is not led back in.
        while form.get_by_role("button", name="Næste").count():
            form.locator(".hk-turn .hk-main").click()
        form.get_by_role("button", name="Afslut").click()
        form.get_by_role("button", name="Luk, og ryd skærmen").click()
        expect(form.locator(".hk-points")).to_be_visible()
        phone.wait_for_timeout(500)
        assert code not in phone.content() + phone.evaluate("JSON.stringify(localStorage)")

        # Nothing was asked of anybody else, and no address ever held a code.
        assert all(
            url.startswith(served.links["phones"]) or url.startswith("data:") for url in requested
        )
        assert not any(code in url for url in requested)
    assert not errors, errors


def test_what_could_not_be_kept_is_sent_again_by_itself(served: Served) -> None:
    """A disk that is full for a moment: nobody has to do anything."""
    from playwright.sync_api import expect

    expect.set_options(timeout=30_000)
    with open_store(engagements.load(served.folder)) as store:
        (code,) = store.hand_out("w2", Slip("care-north", "leader"), 1)
    with lab.browser(PROGRAM, viewport={"width": 390, "height": 844}, locale="da-DK") as page:
        join(page, served.links["phones"], code)
        options, net = page.locator("label.hk-option"), page.locator("#net")
        options.nth(3).click()
        expect(page.locator(".hk-place")).to_contain_text("2 af ")
        expect(net).to_have_text("Gemt")
        store_file = sqlite3.connect(served.folder / "answers.sqlite", isolation_level=None)
        store_file.execute(
            "CREATE TRIGGER full BEFORE INSERT ON answers BEGIN SELECT RAISE(ABORT, 'full'); END"
        )
        options.nth(2).click()
        expect(page.locator(".hrkit-form")).to_contain_text("Ikke gemt")
        expect(net).to_contain_text("Ikke sendt endnu")
        store_file.execute("DROP TRIGGER full")
        store_file.close()
        expect(net).to_have_text("Gemt")
        expect(page.locator(".hrkit-form")).not_to_contain_text("Ikke gemt")


def test_on_a_machine_that_goes_round_the_next_person_finds_nothing(served: Served) -> None:
    from playwright.sync_api import expect

    expect.set_options(timeout=20_000)
    with lab.browser(PROGRAM, viewport={"width": 1000, "height": 900}, locale="da-DK") as page:
        page.goto(served.links["phones"])
        form = page.locator(".hrkit-form")
        form.get_by_role("radio", name="Personaleleder").check()
        form.get_by_label("Hvor arbejder du?").select_option("care-north")
        form.get_by_role("button", name="Begynd").click()
        code = form.locator(".hk-code").inner_text()
        form.get_by_role("button", name="Jeg har skrevet den ned").click()
        form.locator("label.hk-option").nth(3).click()
        expect(form.locator(".hk-place")).to_contain_text("2 af ")
        expect(page.locator("#net")).to_have_text("Gemt")
        kept = page.evaluate("JSON.stringify(localStorage)")
        assert code not in kept and "roles" not in kept
        page.reload()
        expect(form.get_by_role("button", name="Begynd")).to_be_visible()
        assert code not in page.content()
        # Who wrote the code down goes on.
        form.get_by_label("Din kode").fill(code)
        form.get_by_role("button", name="Fortsæt").click()
        expect(form.locator(".hk-place")).to_contain_text("2 af ")
        form.get_by_role("button", name="Tilbage").click()
        expect(form.locator("input:checked")).to_have_count(1)
