"""Three of nine in a real browser, on a phone: by keyboard and touch, three and no more, saved at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hrkit.answers.store import Slip, open_store
from hrkit.model import engagement_file as engagements
from tests.forms import lab
from tests.forms.conftest import make_folder
from tests.room.slips import join
from tests.room.test_browser import PROGRAM, Served, accessible, pytestmark

__all__ = ["pytestmark"]


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    found = Served(make_folder(tmp_path / "acme"))
    yield found
    found.kill()


def test_three_are_chosen_and_a_fourth_is_not_taken(served: Served) -> None:
    from playwright.sync_api import expect

    engagement = engagements.load(served.folder)
    with open_store(engagement) as store:
        (code,) = store.hand_out("w2", Slip("care-north", "leader"), 1)
        who = store.begin("w2", "care-north", "leader", None, None, code=code, language="da")
        for question in engagement.instrument.questions("leader"):
            if question.facet.scale.kind == "rating":
                store.save(who, question.item.id, question.facet.id, "4")

    def held() -> list[str]:
        with open_store(engagement) as store:
            given = store.read("w2").answers
            return list(given[given["item"] == "matters.01"]["value"])

    expect.set_options(timeout=20_000)
    with lab.browser(PROGRAM, viewport={"width": 390, "height": 844}, locale="da-DK") as phone:
        phone.set_default_timeout(20_000)
        errors: list[str] = []
        phone.on("pageerror", lambda error: errors.append(str(error)))
        join(phone, served.links["phones"], code)
        form = phone.locator(".hrkit-form")
        # Everything else is answered: the page opens at what is left.
        question = form.get_by_role("group", name="Hvilke tre betyder mest")
        boxes = question.get_by_role("checkbox")
        expect(boxes).to_have_count(9)
        told = question.get_by_role("status").filter(has_text="valgt")
        expect(told).to_have_text("0 af 3 valgt")
        # The name is the dimension's alone; what it is about describes it.
        expect(boxes.nth(1)).to_have_accessible_name("Relationer og tillid")
        boxes.nth(1).click()
        expect(told).to_have_text("1 af 3 valgt")
        boxes.nth(1).focus()
        for _ in range(2):
            phone.keyboard.press("Tab")
            phone.keyboard.press("Space")
        expect(told).to_have_text("3 af 3 valgt")
        expect(question).to_contain_text("Gemt")
        assert held() == ["trust presence expertise"]
        accessible(phone, "three are chosen")

        # A fourth is not taken, and why is said; it can be reached all the same.
        phone.keyboard.press("Tab")
        phone.keyboard.press("Space")
        expect(told).to_contain_text("Fravælg en af dem")
        expect(question.locator("input:checked")).to_have_count(3)
        assert held() == ["trust presence expertise"]

        # Changed elsewhere meanwhile: what stands there is not overwritten unseen.
        with open_store(engagement) as store:
            store.save(who, "matters.01", "chosen", "roles across chain")
        boxes.nth(1).click()
        expect(question).to_contain_text("Svaret er ændret et andet sted")
        expect(question).to_contain_text("Roller og forventninger, Samarbejde på tværs")
        accessible(phone, "changed elsewhere")
        question.get_by_role("button", name="Behold det, der er gemt").click()
        expect(told).to_have_text("3 af 3 valgt")
        expect(boxes.nth(0)).to_be_checked()
        assert held() == ["roles across chain"] and not errors


def test_up_to_three_of_a_tools_list_one_is_an_answer_and_a_fourth_is_not_taken(
    tmp_path: Path,
) -> None:
    from playwright.sync_api import expect

    from tests.tools.played import engaged

    folder = engaged(tmp_path / "nordby", "preparation") / "preparation"
    engagement = engagements.load(folder)
    with open_store(engagement) as store:
        (code,) = store.hand_out("w1", Slip("org", "leader"), 1)
        who = store.begin("w1", "org", "leader", None, None, code=code, language="da")
        for question in engagement.instrument.questions("leader"):
            if question.facet.scale.kind in ("rating", "category"):
                value = question.facet.scale.choices[1].value
                store.save(who, question.item.id, question.facet.id, value)

    def held() -> list[str]:
        with open_store(engagement) as store:
            given = store.read("w1").answers
            return list(given[given["item"] == "need.01"]["value"])

    served = Served(folder)
    try:
        expect.set_options(timeout=20_000)
        with lab.browser(PROGRAM, viewport={"width": 390, "height": 844}, locale="da-DK") as phone:
            phone.set_default_timeout(20_000)
            errors: list[str] = []
            phone.on("pageerror", lambda error: errors.append(str(error)))
            join(phone, served.links["phones"], code)
            question = phone.locator(".hrkit-form").get_by_role("group", name="Vælg højst tre")
            boxes = question.get_by_role("checkbox")
            expect(boxes).to_have_count(8)
            told = question.get_by_role("status").filter(has_text="valgt")
            expect(told).to_have_text("0 valgt, højst 3")
            boxes.nth(1).click()
            expect(told).to_have_text("1 valgt, højst 3")
            expect(question).to_contain_text("Gemt")
            assert held() == ["sparring"]
            accessible(phone, "one is chosen")
            for place in (2, 5):
                boxes.nth(place).click()
            boxes.nth(0).focus()
            phone.keyboard.press("Space")
            expect(told).to_contain_text("Fravælg en af dem")
            assert held() == ["sparring tools time"] and not errors
    finally:
        served.kill()
