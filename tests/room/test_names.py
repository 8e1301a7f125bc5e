"""What looks like a name in what the room writes down is pointed out while it is typed, to whoever types."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hrkit.answers.store import open_store
from hrkit.model import engagement_file as engagements
from hrkit.room.book import Book
from tests.forms import lab
from tests.forms.conftest import make_folder
from tests.room.bots import Served
from tests.room.test_hub import Page, Room
from tests.room.test_screens import LANGUAGES, shot, violations

PROGRAM = lab.chromium()
TEXTS = {
    "da": "Aftalt med Mette Holm, ring 010190-1234",
    "nl": "Afgesproken met mevrouw De Vries, bel 111222333",
    "en": "Agreed with Mr Smith, jo@example.org",
}


def test_only_the_page_that_asks_is_told_and_nothing_is_kept(tmp_path: Path) -> None:
    engagement = engagements.load(make_folder(tmp_path / "acme"))
    with open_store(engagement, held=True) as store:
        room = Room(engagement, store)
        other, stranger = Page(room.hub, "host"), Page(room.hub, "host")
        other.say("hello", key=room.book.new_key("host"))
        before = [len(one.frames) for one in (other, room.wall)]
        rev = room.book.round.rev
        for stamp, (language, text) in enumerate(TEXTS.items()):
            told = room.host.say("names", text=text, stamp=stamp)
            assert told == {"type": "names", "stamp": stamp, "may": told["may"]}, language  # type: ignore[index]
            assert "name" in told["may"], language
        # Words of the kit, the client and its units are nobody's name.
        for text in ("Åkær Kommune, Sundhed og ældre", "The HR partner comes once a month", ""):
            assert room.host.say("names", text=text, stamp=9) == {
                "type": "names", "stamp": 9, "may": []}  # fmt: skip
        assert stranger.say("names", text="Mette Holm", stamp=1) is None
        assert [len(one.frames) for one in (other, room.wall)] == before
        assert room.book.round.rev == rev and not room.book.done and not room.book.journal
        assert "Mette" not in room.book.path.read_text("utf-8") + room.host.text


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    room = Served(make_folder(tmp_path / "acme"), tmp_path / "log")
    yield room
    room.kill()


@pytest.mark.browser
@pytest.mark.skipif(PROGRAM is None, reason="no Chromium here; install it or set HRKIT_CHROMIUM")
def test_a_name_is_pointed_out_beneath_its_field(served: Served) -> None:
    from playwright.sync_api import expect

    expect.set_options(timeout=30_000)
    engagement = engagements.load(served.folder)
    host_link = served.links["host"]
    with lab.browser(PROGRAM, viewport={"width": 1280, "height": 900}, locale="da-DK") as page:
        page.goto(host_link)
        page.locator("[data-name=begin]").click()
        page.locator("ol.plan li [data-name^=topic-]").first.click()
        for language in sorted(LANGUAGES):
            w = engagement.words(language)
            page.evaluate("code => localStorage.setItem('hrkit host language', code)", language)
            page.reload()
            field, line = page.locator("#evidence"), page.locator("#evidence-names")
            field.fill(TEXTS[language])
            expect(line).to_contain_text(w("room.ui.may_name"))
            assert "evidence-names" in (field.get_attribute("aria-describedby") or "")
            # What the room tells meanwhile draws the page anew: what was typed, and the line, stay.
            phone = page.context.new_page()
            phone.goto(served.links["phones"])
            phone.locator("h1").first.wait_for()
            phone.close()
            page.wait_for_timeout(2500)
            expect(field).to_have_value(TEXTS[language])
            expect(line).to_contain_text(w("room.ui.may_name"))
            if language == "da":
                expect(line).to_contain_text(w("room.ui.may_number"))
                for name, how in {"light": {}, "dark": {"color_scheme": "dark"},
                                  "forced": {"forced_colors": "active"}}.items():  # fmt: skip
                    page.emulate_media(**{"color_scheme": "light", "forced_colors": "none", **how})
                    assert not violations(page), name
                    shot(page, f"host-names-{name}")
                page.emulate_media(color_scheme="light", forced_colors="none")
            field.fill("Rollen har ændret sig siden foråret" if language == "da" else "hr")
            expect(line).to_have_text("")
        # The reason of a dialog is kept as it is written, too.
        page.locator("[data-name=open]").click()
        page.locator("[data-name=close]").click()
        page.locator("[data-name=void]").click()
        page.locator("#why").fill("Frk. Hansen kom for sent")
        expect(page.locator("#why-names")).to_contain_text(
            engagement.words("nl")("room.ui.may_name")
        )
        assert not violations(page)
        page.locator("dialog button").first.click()
    kept = Book.open(served.folder, engagement.id, engagement.wave().id)
    assert not any("Mette" in str(one) for one in kept.journal)
