"""A phone shows one statement at a time: by thumb, by keyboard, read aloud, large, dark, in few colours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from hrkit.answers.store import Slip, open_store
from hrkit.model import engagement_file as engagements
from tests.forms import lab
from tests.forms.conftest import BELONGING, make_folder
from tests.room.slips import join

from .test_browser import PROGRAM, Served

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        PROGRAM is None, reason="no Chromium here; install it or set HRKIT_CHROMIUM"
    ),
]
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = make_folder(tmp_path_factory.mktemp("room") / "acme")
    with (folder / "engagement.yml").open("a", encoding="utf-8") as file:
        file.write(BELONGING)
    found = Served(folder)
    yield found
    found.kill()


def slip(served: Served) -> tuple[str, str]:
    with open_store(engagements.load(served.folder)) as store:
        (code,) = store.hand_out("w2", Slip("care-north", "leader"), 1)
    return served.links["phones"], code


def nothing_wrong(page: Any, what: str) -> None:
    """No violation, no sideways scrolling, no target too small for a thumb."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    shown = [(v["id"], [node["html"][:160] for node in v["nodes"]]) for v in found]
    assert not found, (what, shown)
    wide, has = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert wide <= has, what
    small = page.evaluate(
        """() => [...document.querySelectorAll(".hk-option, .hk-button:not(.hk-small), .hk-number")]
           .filter((node) => node.offsetParent && node.getBoundingClientRect().height < 44)
           .map((node) => node.textContent)"""
    )
    assert not small, (what, small)


def test_what_a_slip_does_not_say_is_asked_and_one_statement_comes_after_the_other(
    served: Served,
) -> None:
    from playwright.sync_api import expect

    expect.set_options(timeout=20_000)
    errors: list[str] = []
    with lab.browser(PROGRAM, viewport=PHONE, locale="da-DK") as page:
        page.on("pageerror", lambda error: errors.append(str(error)))
        join(page, *slip(served))
        form = page.locator(".hrkit-form")
        begin = form.get_by_role("button", name="Begynd")
        expect(begin).to_be_visible()
        nothing_wrong(page, "what is asked")
        begin.click()
        expect(form).to_contain_text("Vælg dit ledelsesled")
        form.get_by_label("Hvilket ledelsesled").select_option("t2")
        # In another language it is asked again, and what was chosen is kept.
        form.get_by_label("Sprog").select_option("nl")
        expect(form.get_by_label("In welke laag in de lijn")).to_have_value("t2")
        form.get_by_label("Taal").select_option("da")
        form.get_by_label("Hvilket makkerpar").select_option("-")
        begin.click()

        statement, place = form.locator(".hk-statement"), form.locator(".hk-place")
        expect(statement).to_be_focused()
        # What is read first is the statement; its place describes it.
        described = statement.get_attribute("aria-describedby")
        assert page.locator(f"[id='{described}']").inner_text().startswith("1 af ")
        expect(form.locator("fieldset")).to_have_count(1)
        expect(form).not_to_contain_text("Velkommen tilbage")
        nothing_wrong(page, "a statement")
        total = int(re.search(r"af (\d+)", place.inner_text())[1])  # type: ignore[index]

        first = statement.inner_text()
        form.locator("label.hk-option").nth(3).click()
        expect(place).to_contain_text(f"2 af {total}")
        expect(statement).to_be_focused()
        # Digits answer and move on wherever the focus is in the statement.
        page.keyboard.press("5")
        expect(place).to_contain_text(f"3 af {total}")
        page.keyboard.press("0")
        expect(place).to_contain_text(f"4 af {total}")
        # Arrows pass by, Enter takes and moves on.
        page.keyboard.press("Tab")
        page.keyboard.press("ArrowDown")
        expect(form).to_contain_text("tryk Enter")
        page.keyboard.press("Enter")
        expect(place).to_contain_text(f"5 af {total}")
        # Who goes back to change an answer stays to see what became of it.
        for _ in range(4):
            form.get_by_role("button", name="Tilbage").click()
        expect(statement).to_have_text(first)
        form.locator("label.hk-option").nth(0).click()
        expect(form.locator(".hk-status")).to_have_text("Gemt")
        page.wait_for_timeout(500)
        expect(statement).to_have_text(first)

        # In another language it is the same statement.
        form.get_by_label("Sprog").select_option("en")
        expect(place).to_contain_text(f"1 of {total}")

        # At the end: what is left, by number, and each number leads there.
        form.get_by_label("Language").select_option("da")
        while form.get_by_role("button", name="Afslut").count() == 0:
            form.locator(".hk-turn .hk-main").click()
        form.get_by_role("button", name="Afslut").click()
        expect(form.locator("[data-here]")).to_be_focused()
        numbers = form.locator(".hk-number")
        # Four are answered; own words are no blanks.
        assert numbers.first.inner_text() == "5" and total - 10 < numbers.count() < total - 4
        nothing_wrong(page, "overview")
        numbers.first.click()
        expect(place).to_contain_text(f"5 af {total}")
        words = page.evaluate("document.body.innerText").lower()
        assert "kernel" not in words and "notebook" not in words
    assert not errors, errors
    with open_store(engagements.load(served.folder)) as store:
        (person,) = store.read("w2").people.itertuples()
        assert (person.level, person.pair, person.unit) == ("t2", None, "care-north")
        assert len(store.read("w2").answers) == 4


@pytest.mark.parametrize("how", ["dark", "forced", "large", "narrow"])
def test_it_is_fit_for_every_eye(served: Served, how: str) -> None:
    from playwright.sync_api import expect

    asked = {
        "dark": {"color_scheme": "dark"},
        "forced": {"forced_colors": "active"},
        "narrow": {"viewport": {"width": 320, "height": 640}},
    }
    with lab.browser(
        PROGRAM, **({"viewport": PHONE, "locale": "nl-NL"} | asked.get(how, {}))
    ) as page:
        link, code = slip(served)
        page.goto(f"{link}#{code}")
        form = page.locator(".hrkit-form")
        if how == "large":
            page.evaluate("document.documentElement.style.fontSize = '200%'")
        expect(form.get_by_label("Je code")).to_have_value(code)
        nothing_wrong(page, f"what is read first, {how}")
        form.get_by_role("button", name="Beginnen").click()
        form.get_by_label("In welke laag in de lijn").select_option("t1")
        form.get_by_label("Bij welk duo").select_option("p1")
        form.get_by_role("button", name="Beginnen").click()
        expect(form.locator(".hk-statement")).to_be_focused()
        form.locator("label.hk-option").nth(2).click()
        expect(form.locator(".hk-place")).to_contain_text("2 van ")
        form.get_by_role("button", name="Terug").click()
        nothing_wrong(page, how)
        if how == "dark":
            ground = page.evaluate("getComputedStyle(document.querySelector('.hrkit-form')).color")
            assert min(map(int, re.findall(r"\d+", ground)[:3])) > 200
        while form.get_by_role("button", name="Afronden").count() == 0:
            form.locator(".hk-turn .hk-main").click()
        form.get_by_role("button", name="Afronden").click()
        nothing_wrong(page, f"{how}, overview")
