"""A person at the questionnaire in real JupyterLab: fill, reload, resume, finish."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hrkit import kit, load_engagement
from hrkit.answers.store import open_store
from tests.pages import text_of

from . import lab
from .conftest import make_folder

PROGRAM = lab.chromium()
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        PROGRAM is None, reason="no Chromium here; install it or set HRKIT_CHROMIUM"
    ),
]

WORDS = "Svære sager vendes i god tid.\nHelt konkret og uden omsvøb."
NAME = "1_collect.ipynb"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An engagement's folder with the notebook, for all tests here."""
    place = make_folder(tmp_path_factory.mktemp("browser") / "acme")
    shutil.copy(kit.notebooks() / NAME, place)
    return place


@pytest.fixture(scope="module")
def jupyter(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """JupyterLab in that folder: its address and token."""
    with lab.jupyterlab(folder, tmp_path_factory.mktemp("state")) as address:
        yield address


@pytest.fixture
def page() -> Iterator[Any]:
    assert PROGRAM is not None
    with lab.browser(PROGRAM, viewport={"width": 1280, "height": 1000}) as page:
        page.set_default_timeout(20_000)
        yield page


def held(folder: Path) -> dict[str, str]:
    with sqlite3.connect(folder / "answers.sqlite") as connection:
        return dict(connection.execute("SELECT item, value FROM answers"))


def accessible(page: Any, what: str) -> None:
    """No violation of WCAG 2.2 A and AA inside the form that axe calls serious or critical."""
    from axe_playwright_python.sync_playwright import Axe

    # What fades in is measured once it is there.
    page.wait_for_timeout(200)
    found = Axe().run(page, context=".hrkit-form").response["violations"]
    grave = [v for v in found if v["impact"] in ("serious", "critical")]
    shown = [(v["id"], v["impact"], [node["html"][:200] for node in v["nodes"]]) for v in found]
    print(f"axe, {what}: {shown}")
    assert not grave, f"{what}: {shown}"


def question(form: Any, number: int) -> Any:
    return form.locator("fieldset.hk-question").nth(number)


def elsewhere(folder: Path, code: str, item: str, value: str) -> None:
    """The same person answers at another page."""
    with open_store(load_engagement(folder)) as store:
        (key,) = store.find(code)
        store.save(key, item, "agree", value)


def printed(folder: Path) -> str:
    """The words of the report that the command prints."""
    from hrkit.commands.report import report as deliver

    return text_of(deliver(folder, language="da").pdf)


def test_fill_reload_resume(jupyter: tuple[str, str], page: Any, folder: Path) -> None:
    from playwright.sync_api import expect

    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    lab.open_notebook(page, *jupyter, NAME)
    form = lab.run_all(page)

    # The kit's typeface came from Python, by no request of the page.
    page.wait_for_function(
        "[...document.fonts].filter((one) => one.family === 'Lato' && one.status === 'loaded').length === 2"
    )
    loaded = "performance.getEntriesByType('resource').map((one) => one.name)"
    assert not any("lato" in name.lower() for name in page.evaluate(loaded))
    if shots := os.environ.get("HRKIT_SHOTS"):
        page.screenshot(path=Path(shots) / "collect.png")

    # The welcome, without and then with what is asked for.
    assert form.get_attribute("lang") == "da"
    assert form.locator("input:checked").count() == 0
    accessible(page, "welcome")
    form.get_by_role("button", name="Begynd").click()
    expect(form.locator(".hk-error")).to_have_count(2)
    accessible(page, "welcome with what is missing")
    form.get_by_role("radio", name="Personaleleder").check()
    form.get_by_label("Hvor arbejder du?").select_option("care-north")
    form.get_by_role("button", name="Begynd").click()
    form.locator(".hk-code").wait_for()
    code = form.locator(".hk-code").inner_text()
    accessible(page, "code")

    # A page by keyboard: Tab into the group, arrows within it; JupyterLab's own keys are asleep.
    form.get_by_role("button", name="Jeg har skrevet den ned").press("Enter")
    expect(form.locator("h3")).to_be_focused()
    assert form.locator("fieldset input:checked").count() == 0
    page.keyboard.press("Tab")
    expect(question(form, 0).locator("input").first).to_be_focused()
    page.keyboard.press("Space")
    expect(question(form, 0).get_by_role("status")).to_have_text("Gemt")
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    # Counted here: what is scrolled out of sight is not in the page everywhere.
    cells = page.locator(".jp-Cell").count()
    for key in ("d", "d", "x", "a", "b", "z", "m"):
        page.keyboard.press(key)
    assert page.locator(".jp-Cell").count() == cells
    # What the arrows pass is not kept; Enter keeps what they stand on.
    expect(question(form, 0).get_by_role("status")).to_have_text("Valgt – tryk Enter")
    until = time.monotonic() + 20
    while held(folder) != {"roles.01": "1"}:  # taken with the space bar: it is on its way
        assert time.monotonic() < until, held(folder)
        page.wait_for_timeout(50)
    page.keyboard.press("Enter")
    expect(question(form, 0).get_by_role("status")).to_have_text("Gemt")
    page.wait_for_function("document.querySelector('.hk-progress').textContent.includes('4')")
    assert held(folder) == {"roles.01": "4"}

    # And by mouse: change, don't know, clear.
    second = question(form, 1)
    for label in ("Uenig", "Helt enig"):
        second.get_by_text(label, exact=True).click()
        expect(second.get_by_role("status")).to_have_text("Gemt")
    third = question(form, 2)
    third.get_by_text("Ved ikke").click()
    expect(third.get_by_role("status")).to_have_text("Gemt")
    fourth = question(form, 3)
    fourth.get_by_text("Enig", exact=True).click()
    fourth.get_by_role("button", name="Slet svar").click()
    expect(fourth.get_by_role("status")).to_have_text("Slettet")
    assert held(folder) == {"roles.01": "4", "roles.02": "5", "roles.04": "dk"}
    accessible(page, "questions")

    # Somebody else at another page with the same code: neither answer is lost unseen.
    elsewhere(folder, code, "roles.02", "2")
    second.get_by_text("Enig", exact=True).click()
    expect(second.locator(".hk-error")).to_contain_text("Dér står: Uenig. Her: Enig.")
    accessible(page, "changed elsewhere")
    second.get_by_role("button", name="Behold det, der er gemt").click()
    expect(second.get_by_role("radio", name="Uenig", exact=True)).to_be_checked()
    assert held(folder)["roles.02"] == "2"
    elsewhere(folder, code, "roles.02", "3")
    second.get_by_text("Enig", exact=True).click()
    second.get_by_role("button", name="Gem mit svar her").click()
    expect(second.get_by_role("status")).to_have_text("Gemt")
    second.get_by_text("Helt enig", exact=True).click()
    expect(second.get_by_role("status")).to_have_text("Gemt")
    assert held(folder) == {"roles.01": "4", "roles.02": "5", "roles.04": "dk"}

    # Digits answer and move on, from the top of a page too; and leaving takes what arrows stand on.
    form.get_by_role("button", name="Næste").click()
    expect(form.locator("h3")).to_be_focused()
    for key in ("4", "0", "2"):
        page.keyboard.press(key)
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    for number in range(4):
        expect(question(form, number).get_by_role("status")).to_have_text("Gemt")
    given = held(folder)
    items = [question(form, n).get_attribute("data-question").partition(":")[0] for n in range(4)]
    assert [given[item] for item in items] == ["4", "dk", "2", "2"]
    for number in range(4):
        question(form, number).get_by_role("button", name="Slet svar").click()
        expect(question(form, number).get_by_role("status")).to_have_text("Slettet")
    form.get_by_role("button", name="Side 11:").click()
    form.locator("textarea").first.press_sequentially(WORDS)
    expect(form.locator(".hk-writing").first.get_by_role("status")).to_have_text("Gemt")
    assert held(folder)["open.01"] == WORDS
    accessible(page, "own words")

    # The file, saved with the setting that saves widget state too.
    saved = save(page, folder)
    assert saved["metadata"]["widgets"], "the setting is on, so there is state to look at"
    check_clean(saved, code)

    # A reload: nothing of the last visit is shown until the code is given.
    page.reload()
    lab.open_notebook(page, *jupyter, NAME)
    form = lab.run_all(page)
    assert code not in form.inner_text()
    form.get_by_label("Din kode").fill("K7MQ-4XRT-9B")
    form.get_by_role("button", name="Fortsæt").click()
    expect(form.locator(".hk-error")).to_contain_text("Ingen svar i denne måling")
    form.get_by_label("Din kode").fill(code.lower().replace("-", " "))
    form.get_by_label("Din kode").press("Enter")
    expect(form.locator(".hk-again")).to_be_visible()
    expect(question(form, 0).get_by_role("radio", name="Enig", exact=True)).to_be_checked()
    expect(question(form, 1).get_by_role("radio", name="Helt enig")).to_be_checked()
    expect(question(form, 2).get_by_role("radio", name="Ved ikke")).to_be_checked()
    expect(question(form, 3).locator("input:checked")).to_have_count(0)
    question(form, 3).get_by_text("Helt uenig").click()
    expect(question(form, 3).get_by_role("status")).to_have_text("Gemt")

    # Another language on the way keeps the place; a narrow window needs no sideways scrolling.
    form.get_by_label("Sprog").select_option("nl")
    expect(question(form, 3).get_by_role("radio", name="Helemaal mee oneens")).to_be_checked()
    assert form.get_attribute("lang") == "nl"
    narrow(page)
    form.get_by_role("button", name="Pagina 11:").click()
    expect(form.locator("textarea").first).to_have_value(WORDS)
    form.get_by_role("button", name="Afronden").click()
    expect(form.locator(".hk-code")).to_have_text(code)
    expect(form).to_contain_text("Je antwoorden zijn opgeslagen.")
    accessible(page, "thanks")
    check_clean(save(page, folder), code)
    form.get_by_role("button", name="Sluiten en scherm wissen").click()
    expect(form.locator(".hk-points")).to_be_visible()
    assert code not in form.inner_text()
    assert held(folder) == {
        "roles.01": "4", "roles.02": "5", "roles.04": "dk", "roles.06": "1", "open.01": WORDS,
    }  # fmt: skip
    assert not errors, errors

    # And the report of what was just answered: one person, so it shows nothing of it.
    text = printed(folder)
    assert "for få svar" in text
    assert WORDS not in text and "n = 1" not in text


def test_a_kernel_that_dies_is_not_called_saved(
    jupyter: tuple[str, str], page: Any, folder: Path
) -> None:
    from playwright.sync_api import expect

    lab.open_notebook(page, *jupyter, NAME)
    form = lab.run_all(page)
    before = held(folder)
    form.get_by_role("radio", name="HR-partner").check()
    form.get_by_label("Hvor arbejder du?").select_option("care")
    form.get_by_role("button", name="Begynd").click()
    form.get_by_role("button", name="Jeg har skrevet den ned").click()
    page.get_by_role("menubar").get_by_text("Kernel", exact=True).click()
    page.get_by_role("menuitem", name=re.compile("^Shut Down Kernel")).click()
    page.get_by_text("No Kernel").first.wait_for()
    question(form, 0).get_by_text("Enig", exact=True).click()
    alert = question(form, 0).get_by_role("alert")
    expect(alert).to_contain_text("Ikke gemt endnu", timeout=15_000)
    assert question(form, 0).get_by_text("Gemt", exact=True).count() == 0
    described = question(form, 0).locator("input").first.get_attribute("aria-describedby")
    assert described.endswith("-error")
    accessible(page, "not saved")
    assert held(folder) == before


def save(page: Any, folder: Path) -> Any:
    """Save with Ctrl+S from inside the form; the file as it then is.

    A file that is being written has its new time before it has its text: it is read until it is whole.
    """
    path = folder / NAME
    before = path.stat().st_mtime_ns
    page.locator(".hrkit-form .hk-turn button").last.focus()
    page.keyboard.press("Control+s")
    for _ in range(100):
        if path.stat().st_mtime_ns != before:
            with contextlib.suppress(json.JSONDecodeError):
                return json.loads(path.read_text(encoding="utf-8"))
        page.wait_for_timeout(100)
    raise AssertionError(f"{path} was not saved within ten seconds")


def check_clean(notebook: Any, code: str) -> None:
    """The file holds the form, and nothing that was answered in it."""
    text = json.dumps(notebook, ensure_ascii=False)
    assert "hrkit.forms.widget" in text
    for secret in (
        code,
        code.replace("-", ""),
        *WORDS.split("\n"),
        "roles.01",
        "open.01",
        "care-north",
    ):
        assert secret not in text


def narrow(page: Any) -> None:
    """At 320 CSS pixels, and with text twice as large, nothing is cut off or sticks out."""
    form = page.locator(".hrkit-form")
    fits = "node => node.scrollWidth <= node.clientWidth"
    for style in ("width: 320px", "width: 320px; font-size: 32px", "font-size: 32px"):
        form.evaluate("(node, style) => node.setAttribute('style', style)", style)
        assert form.evaluate(fits), style
        inside = form.evaluate(
            "node => [...node.querySelectorAll('*')].filter(each => each.offsetParent"
            " && !each.classList.contains('hk-unseen')"
            " && each.getBoundingClientRect().right > node.getBoundingClientRect().right + 1)"
            ".map(each => each.outerHTML.slice(0, 120))"
        )
        assert inside == [], (style, inside)
    form.evaluate("node => node.removeAttribute('style')")
