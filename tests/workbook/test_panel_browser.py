"""The panel of `2_workshop.ipynb` in a real JupyterLab: a vote is led from it, and its kernel dies."""

from __future__ import annotations

import json
import os
import re
import socket
from pathlib import Path
from typing import Any

import pytest

import hrkit
from hrkit import kit
from hrkit.answers.store import Slip, open_store
from hrkit.model import engagement_file as engagements
from hrkit.room import live
from tests.forms import lab
from tests.forms.conftest import make_folder
from tests.room.bots import phones

PROGRAM = lab.chromium()
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        PROGRAM is None, reason="no Chromium here; install it or set HRKIT_CHROMIUM"
    ),
]
#: Where to leave pictures to look at; nowhere if unset.
SHOTS = os.environ.get("HRKIT_SHOTS")
PEOPLE = 12


def prepared(place: Path, language: str) -> Path:
    """An engagement with the notebook beside it, on a port that is free."""
    folder = make_folder(place / "acme")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    notebook = json.loads((kit.notebooks() / "2_workshop.ipynb").read_text("utf-8"))
    text = json.dumps(notebook, ensure_ascii=False)
    text = text.replace('language = \\"\\"', f'language = \\"{language}\\"')
    text = text.replace("    demo=demo,", f"    demo=demo,\\n    port={port},")
    (folder / "2_workshop.ipynb").write_text(text, "utf-8")
    return folder


def shot(page: Any, name: str) -> None:
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"panel-{name}.png")


def run(page: Any) -> None:
    page.get_by_role("menubar").get_by_text("Run", exact=True).click()
    page.get_by_role("menuitem", name=re.compile("^Run All Cells")).first.click()


@pytest.mark.parametrize(
    ("language", "theme"),
    [("da", ""), ("nl", "JupyterLab Dark"), ("en", "")],
)
def test_a_vote_is_led_from_a_notebook_whose_kernel_dies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, theme: str
) -> None:
    from playwright.sync_api import expect

    state = tmp_path / "state"
    # The room's own note lies where the kernel's would.
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(state / "runtime"))
    folder = prepared(tmp_path, language)
    engagement = engagements.load(folder)
    say = {
        key.rpartition(".")[2]: text
        for key, text in engagement.words(language).entries.items()
        if key.startswith(("workshop.ui.", "workshop.open_room")) and isinstance(text, str)
    }
    with open_store(engagement) as store:
        codes = list(store.hand_out("w2", Slip("care-north", "leader"), PEOPLE))
    expect.set_options(timeout=60_000)
    try:
        with (
            lab.jupyterlab(folder, state, theme=theme) as (base, token),
            lab.browser(PROGRAM, viewport={"width": 1280, "height": 1000}) as page,
        ):
            page.set_default_timeout(60_000)
            errors: list[str] = []
            asked: list[str] = []
            page.on("pageerror", lambda error: errors.append(str(error)))
            page.on("request", lambda request: asked.append(request.url))
            lab.open_notebook(page, base, token, "2_workshop.ipynb")
            run(page)
            panel = page.locator(".room-root")
            panel.get_by_role("button", name=say["open_room"]).click()
            # One laptop in front, nobody has answered: the meeting begins with the grid alone.
            begin = panel.get_by_role("button", name=say["begin_plain"])
            expect(begin).to_be_visible()
            face, ground = page.evaluate(
                """() => { const at = [...document.querySelectorAll('*')].find((n) => n.shadowRoot?.querySelector('.room-root'));
                  const style = getComputedStyle(at.shadowRoot.querySelector('.room-root'));
                  return [[...document.fonts].filter((f) => f.family === 'Lato' && f.status === 'loaded')
                    .map((f) => f.weight).sort().join(), style.backgroundColor]; }"""
            )
            # The room's own typeface, and the notebook's own theme.
            assert face == "400,700"
            assert (ground == "rgb(255, 255, 255)") is (not theme), ground
            shot(page, f"{language}-open")
            running = live.found(folder)
            assert running is not None
            with phones(running.phones.removeprefix("http://").rstrip("/"), codes) as bots:
                expect(panel.locator(".facts dd").first).to_have_text(str(PEOPLE))
                begin.click()
                panel.get_by_role("button", name=say["take_up"]).first.click()
                panel.get_by_role("button", name=say["open_first"]).click()
                expect(panel.locator(".facts dd").nth(0)).to_have_text(str(PEOPLE))
                expect(panel.locator(".facts dd").nth(1)).to_have_text("0")
                shot(page, f"{language}-vote")

                # The kernel dies; the room and its open vote do not.
                pid = running.pid
                page.get_by_role("menubar").get_by_text("Kernel", exact=True).click()
                page.get_by_role("menuitem", name=re.compile("^Restart Kernel…")).first.click()
                page.get_by_role("button", name="Confirm Kernel Restart").click()
                page.wait_for_timeout(1500)
                run(page)
                expect(panel.get_by_role("button", name=say["close_vote"])).to_be_visible()
                assert live.found(folder).pid == pid
                panel.get_by_role("button", name=say["close_vote"]).click()
                reveal = panel.get_by_role("button", name=say["reveal"])
                expect(reveal).to_be_visible()
                reveal.click()
                shot(page, f"{language}-asked")
                panel.locator("dialog").get_by_role("button", name=say["sure"], exact=True).click()
                expect(panel.locator(".small .columns")).to_be_visible()
                shot(page, f"{language}-shown")
                assert {bot.votes[next(iter(bot.votes))] for bot in bots} == {"got"}
                keys = [link.partition("#")[2] for link in (running.host, running.wall)]
                page.keyboard.press("Control+s")
                page.wait_for_timeout(1000)
            # Nothing is loaded from elsewhere, and no key is in the notebook that was saved.
            assert all(url.startswith((base, "data:", "blob:")) for url in asked if "://" in url)
            saved = (folder / "2_workshop.ipynb").read_text("utf-8")
            assert not any(key in saved for key in keys) and len(saved) < 200_000
            assert not errors, errors
    finally:
        if (running := live.found(folder)) is not None and live.answers(running) is not None:
            hrkit.room(folder).stop()
