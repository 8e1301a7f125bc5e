"""Every screen of the meeting on phone, laptop and projector: looked at, read by axe, led by keyboard.

The usual case is played: twelve leaders, and four HR people who are too few to be shown and place
themselves openly.  `HRKIT_SHOTS` names a folder for the pictures.
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from hrkit.answers.codes import new_code
from hrkit.answers.store import open_store
from hrkit.model import engagement_file as engagements
from hrkit.records.store import records_of
from tests.forms import lab
from tests.forms.conftest import make_folder
from tests.room.bots import Served, phones
from tests.room.slips import join
from tests.room.test_screens import LANGUAGES, _smallest, shot, violations

PROGRAM = lab.chromium()
pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(
        PROGRAM is None, reason="no Chromium here; install it or set HRKIT_CHROMIUM"
    ),
]
SIZES = {"phone": (390, 844), "hr": (390, 844), "host": (1280, 800), "wall": (1920, 1080)}  # fmt: skip
LEADERS, HR = 12, 4
#: What is written in the room, as long as people write it: evidence of a side, and of all, and why the votes moved.
WRITTEN = {
    "da": (
        "Vi svarer inden for to dage, men vi hører først om en sag, når den er gået i hårdknude.",
        "Ni af tolv ledere ringer, før de har talt med medarbejderen. I Nord holder HR-partneren kontordag "
        "hver anden onsdag, og der er ingen sager endt i forhandling siden april.",
        "Lederne vidste ikke, at kontordagen i Nord også er åben for dem i Syd og Vest.",
    ),
    "nl": (
        "We antwoorden binnen twee dagen, maar we horen pas van een zaak als die is vastgelopen.",
        "Negen van de twaalf leidinggevenden bellen voordat ze met de medewerker hebben gesproken. In Noord houdt de "
        "HR-partner om de week op woensdag spreekuur, en sinds april is geen zaak op een conflict uitgelopen.",
        "De leidinggevenden wisten niet dat het spreekuur in Noord ook voor Zuid en West open is.",
    ),
    "en": (
        "We answer within two days, but we only hear of a case once it has got stuck.",
        "Nine of twelve leaders call before they have spoken to the employee. In North the HR partner holds an open "
        "day every other Wednesday, and no case has ended in a dispute since April.",
        "Leaders did not know that the open day in North is open to South and West as well.",
    ),
}


def answered(folder: Path) -> dict[str, list[str]]:
    """Codes of people who have answered everything, by side."""
    engagement = engagements.load(folder)
    found: dict[str, list[str]] = {"leader": [], "hr": []}
    with open_store(engagement, held=True) as store:
        for side, count in (("leader", LEADERS), ("hr", HR)):
            for i in range(count):
                code = new_code()
                key = store.begin("w2", "care-north", side, code=code)
                for n, question in enumerate(engagement.instrument.questions(side)):
                    if question.facet.scale.kind == "rating":
                        store.save(key, question.item.id, question.facet.id, str((i + n) % 4 + 1))
                found[side].append(code)
    return found


class Screens:
    """The pages of one room, each in its size, and what is wrong with any of them."""

    def __init__(self, pages: dict[str, Any], language: str, forms: tuple[str, ...]) -> None:
        self.pages, self.language, self.forms = pages, language, forms

    def look(self, state: str, *names: str) -> None:
        for name in names or ("phone", "host", "wall"):
            page, (width, height) = self.pages[name], SIZES[name]
            for form in ("light", "dark", "forced", "large"):
                page.emulate_media(
                    color_scheme="dark" if form == "dark" else "light",
                    forced_colors="active" if form == "forced" else "none",
                    reduced_motion="reduce",
                )
                scale = 2 if form == "large" else 1
                page.set_viewport_size({"width": width // scale, "height": height // scale})
                page.wait_for_timeout(60)
                wide = page.evaluate("document.documentElement.scrollWidth")
                assert wide <= width // scale, (state, name, form, wide)
                if form in self.forms:
                    assert violations(page) == [], (state, name, form)
                shot(page, f"meeting-{state}-{name}-{form}-{self.language}")
            page.set_viewport_size({"width": width, "height": height})
            page.emulate_media(color_scheme="light", forced_colors="none")
        if not names or "wall" in names:
            wall = self.pages["wall"]
            # Read from eight metres, and all of it on one picture.
            assert _smallest(wall, "main *") >= 30, state
            assert wall.evaluate("document.documentElement.scrollHeight") <= 1080, state


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("da", ("light", "large")),
        ("nl", ("dark",)),
        pytest.param("en", ("light",), marks=pytest.mark.soak),
    ],
)
def test_every_screen_of_a_meeting(tmp_path: Path, language: str, forms: tuple[str, ...]) -> None:
    from playwright.sync_api import expect

    folder = make_folder(tmp_path / "acme")
    engagement = engagements.load(folder)
    codes = answered(folder)
    room = Served(folder, tmp_path / "log")
    expect.set_options(timeout=30_000)
    errors: list[str] = []
    others = [*codes["leader"][1:], *codes["hr"][1:]]
    written = WRITTEN[language]
    try:
        with lab.browser(PROGRAM, locale=LANGUAGES[language]) as first:
            pages = {"phone": first} | {
                name: first.context.browser.new_context(locale=LANGUAGES[language]).new_page()
                for name in ("hr", "host", "wall")
            }
            for name, page in pages.items():
                page.set_default_timeout(30_000)
                page.on("pageerror", lambda error: errors.append(str(error)))
                page.set_viewport_size(dict(zip(("width", "height"), SIZES[name], strict=True)))
                side = {"host": "host", "wall": "screen"}.get(name)
                if side:
                    page.add_init_script(f"localStorage['hrkit {side} language']='{language}'")
            screens = Screens(pages, language, forms)
            phone, hr, host, wall = (pages[name] for name in ("phone", "hr", "host", "wall"))
            join(phone, room.links["phones"], codes["leader"][0])
            join(hr, room.links["phones"], codes["hr"][0])
            host.goto(room.links["host"])
            wall.goto(room.links["wall"])

            def press(name: str) -> None:
                """By keyboard, as whoever leads may."""
                target = host.locator(f"[data-name='{name}']")
                expect(target).to_be_enabled()
                target.press("Enter")

            def sure() -> None:
                dialog = host.locator("dialog[open]")
                expect(dialog).to_be_visible()
                assert violations(host) == [], "a question"
                dialog.get_by_role("button").last.focus()
                host.keyboard.press("Enter")

            with phones(room.base, others, language):
                expect(phone.locator("label.hk-option").first).to_be_visible()
                press("close")
                sure()
                expect(host.locator("[data-name='reveal']")).to_be_visible()
                expect(phone.locator("#room button").first).to_be_visible()
                # Own answers are there to be read, and nothing can be chosen any more.
                expect(phone.locator("label.hk-option input:enabled")).to_have_count(0)
                expect(phone.locator("label.hk-option input")).not_to_have_count(0)
                screens.look("closed")
                press("reveal")
                sure()
                expect(wall.locator("table.profile")).to_be_visible()
                screens.look("released")
                press("begin")
                expect(host.locator("[data-name^='topic-']").first).to_be_visible()
                rows = host.locator("[data-name^='pause-']")
                rows.first.fill("10")
                rows.first.press("Tab")
                expect(wall.locator(".agenda .pause")).to_be_visible()
                screens.look("agenda", "host", "wall")
                press("pause")
                expect(wall.locator(".clock")).to_be_visible()
                screens.look("pause", "wall")

                # Four HR people: each says yes on their own phone, unseen, by keyboard.
                press("ask-hr")
                expect(hr.locator("#consent-1")).to_be_visible()
                screens.look("consent", "hr")
                hr.locator("#consent-1").focus()
                hr.keyboard.press("Space")
                hr.keyboard.press("Enter")
                expect(hr.locator("[role=status].note")).not_to_be_empty()
                press("see-hr")

                topic = host.locator("[data-name^='topic-']").first
                press(str(topic.get_attribute("data-name")))
                expect(wall.locator("blockquote").first).to_be_visible()
                screens.look("topic")
                missed = engagement.words(language)("workshop.ui.vote_missed")
                for which in ("first", "second"):
                    if which == "second":
                        kept = "JSON.stringify({vote: 'another first', level: 3, stamp: 1})"
                        phone.evaluate(f"localStorage['hrkit vote vote'] = {kept}")
                    press("open")
                    expect(phone.locator("#level-2")).to_be_visible()
                    if which == "first":
                        screens.look("vote")
                    else:
                        # A vote that was kept for another one is erased, and the phone is told.
                        expect(phone.locator("[role=status].note")).to_contain_text(missed)
                        assert not phone.evaluate("localStorage['hrkit vote vote'] ?? ''")
                        screens.look("second", "phone", "wall")
                    phone.locator("#level-2").focus()
                    phone.keyboard.press("ArrowDown")
                    phone.keyboard.press("Enter")
                    expect(phone.locator("[role=status].note")).not_to_be_empty()
                    press("close")
                    # Five seconds for what is on its way.
                    expect(host.locator("[data-name='reveal']")).to_be_visible()
                    if which == "first":
                        screens.look("talk")
                press("reveal")
                sure()
                expect(wall.locator(".columns, .huge").first).to_be_visible()
                screens.look("votes")

                def agree(who: str, level: int, evidence: str) -> None:
                    for name in (f"who-{who}", f"level-{level}"):
                        target = host.locator(f"[data-name='{name}']")
                        target.focus()
                        host.keyboard.press("Space")
                        expect(target).to_be_checked()
                    host.locator("[data-name='evidence']").fill(evidence)
                    host.locator("[data-name='shift']").fill(written[2])
                    press("lock")

                agree("party:hr", 3, written[0])
                expect(wall.locator(".open-word")).to_be_visible()
                # The group's word beside the other side's figure, and no figure of the group.
                expect(wall.locator(".placed > .card .huge")).to_have_count(1)
                screens.look("placed", "wall")
                agree("room", 2, written[1])
                expect(wall.locator("article.word").first).to_be_visible()
                screens.look("agreed", "host", "wall")
                host.locator("[data-name='library']").select_option(index=1)
                host.locator("[data-name='due']").fill("2027-01-15")
                screens.look("action", "host")
                press("action")
                press("to-actions")
                words = engagement.words(language)
                expect(wall.locator("h1")).to_have_text(words("workshop.ui.actions"))
                expect(phone.locator("#ballot h1")).to_have_text(words("workshop.ui.agreed_list"))
                expect(host.locator("header h1")).to_have_text(words("workshop.ui.actions"))
                expect(host.locator("[data-name^='drop-']")).to_be_visible()
                phone.locator("#room button").first.press("Enter")
                expect(phone.locator("#look")).to_be_visible()
                screens.look("actions")
                press("end")
                sure()
                expect(wall.locator("h1")).to_have_text(words("room.ui.wall_end"))
                expect(host.locator("header h1")).to_have_text(words("room.ui.is_ended"))
                # What a phone reads of the wall has gone on with it, and its code stands there once more.
                expect(phone.locator("#look")).to_contain_text(words("room.ui.wall_end"))
                expect(phone.locator(".hk-code")).to_be_visible()
                expect(phone.locator("label.hk-option")).to_have_count(0)
                screens.look("ended")
        assert not errors, errors
    finally:
        room.kill()
    scopes = {one.scope: one for one in records_of(engagement).agreed}
    assert set(scopes) == {"room", "party:hr"} and all(one.locked for one in scopes.values())
    assert scopes["room"].language == language
    assert threading.active_count() < 20
