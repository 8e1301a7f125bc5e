"""The form of every tool that asks groups, on a phone and by keyboard alone, from its first question to its end."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from hrkit.answers.store import Slip, open_store
from hrkit.model import engagement_file as engagements
from hrkit.model.tool import available
from tests.forms import lab
from tests.room.slips import join
from tests.room.test_browser import PROGRAM, Served, pytestmark
from tests.tools.played import engaged

__all__ = ["pytestmark"]

ASKING = tuple(one.id for one in available() if one.asks)
#: A language each, in turn.
SPOKEN = tuple(zip(ASKING, ("da", "nl", "en") * 3, strict=False))

#: What has the focus: its kind, of which question it is, whether a digit answers that, whether it turns the page.
_FOCUS = """() => {
  const e = document.activeElement, q = e.closest("[data-question]");
  return { tag: e.tagName, type: e.type || "", question: q && q.dataset.question,
           digits: !!(q && q.querySelector(".hk-digit")), main: e.classList.contains("hk-main") };
}"""


def faultless(page: Any, what: str) -> None:
    """Axe finds nothing at all, and nothing is wider than the phone."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    shown = [(v["id"], v["impact"], [node["html"][:160] for node in v["nodes"]]) for v in found]
    assert not found, (what, shown)
    wide = page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0, (what, wide)


def typed(page: Any, most: int, looked: Any) -> set[str]:
    """Answer whatever comes by keyboard; the questions that were answered, in the order of coming."""
    answered: set[str] = set()
    page.keyboard.press("Tab")
    for _ in range(12 * most + 200):
        at = page.evaluate(_FOCUS)
        question = at["question"]
        if question and question not in answered:
            answered.add(question)
            looked(len(answered))
            if at["tag"] == "TEXTAREA":
                page.keyboard.type("En time om ugen uden møder")
                page.keyboard.press("Tab")
            elif at["type"] == "checkbox":
                page.keyboard.press("Space")
                page.keyboard.press("Tab")
                page.keyboard.press("Space")
            elif at["digits"]:
                page.keyboard.press("3")
            else:
                page.keyboard.press("ArrowDown")
                page.keyboard.press("Space")
            # The next step comes by itself where the last question of one was answered.
            page.wait_for_timeout(60)
        elif at["main"]:
            page.keyboard.press("Enter")
            page.wait_for_timeout(250)
            if not page.locator(".hrkit-form [data-question]").count():
                return answered
            page.keyboard.press("Tab")
        elif not page.locator(".hrkit-form [data-question]").count():
            return answered
        else:
            page.keyboard.press("Tab")
    raise AssertionError(f"the end was not reached: {len(answered)} of {most}, at {at}")


@pytest.mark.parametrize(("tool", "language"), SPOKEN)
def test_a_tool_is_answered_by_keyboard_on_a_phone(
    tool: str, language: str, tmp_path: Path
) -> None:
    from playwright.sync_api import expect

    folder = engaged(tmp_path / "nordby", tool, language=language) / tool
    engagement = engagements.load(folder)
    with open_store(engagement) as store:
        (code,) = store.hand_out("w1", Slip("org", "leader"), 1)
    asked = {question.key for question in engagement.instrument.questions("leader")}
    served = Served(folder)
    try:
        expect.set_options(timeout=20_000)
        with lab.browser(PROGRAM, viewport={"width": 390, "height": 844}, locale=language) as phone:
            phone.set_default_timeout(20_000)
            errors: list[str] = []
            phone.on("pageerror", lambda error: errors.append(str(error)))

            def looked(n: int) -> None:
                if n in (1, len(asked) // 2, len(asked)):
                    faultless(phone, f"{tool}, question {n}")

            join(phone, served.links["phones"], code)
            expect(phone.locator(".hrkit-form [data-question]").first).to_be_visible()
            answered = typed(phone, len(asked), looked)
            assert len(answered) == len(asked), (len(answered), len(asked))
            faultless(phone, f"{tool}, the end")
            with open_store(engagement) as store:
                given = store.read("w1").answers
            assert len(given) == len(asked) and not errors
    finally:
        served.kill()
