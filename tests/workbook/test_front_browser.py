"""The front page in a real JupyterLab, in Danish: from an empty folder to a released PDF and a deck, without a terminal."""

from __future__ import annotations

import base64
import io
import os
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from hrkit import kit
from hrkit.commands.release import release
from hrkit.model import engagement_file as engagements
from hrkit.model.language import words
from tests.cli.conftest import sheet, write_csv
from tests.forms import lab

PROGRAM = lab.chromium()
pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(
        PROGRAM is None, reason="no Chromium here; install it or set HRKIT_CHROMIUM"
    ),
]
#: Where to leave pictures to look at; nowhere if unset.
SHOTS = os.environ.get("HRKIT_SHOTS")
NAME = "Åkær Kommune"
SECRET = "Zebra-sentinel"
PASSWORD = "fire gule cykler i regn"


def shot(page: Any, name: str) -> None:
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"front-{name}.png")


def violations(page: Any) -> list[Any]:
    """What axe finds within the page; JupyterLab around it is not ours."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, context=".hrkit-front").response["violations"]
    return [(v["id"], [node["html"][:200] for node in v["nodes"]]) for v in found]


def theme(page: Any, light: bool) -> None:
    """The theme as JupyterLab notes it: what the page looks at."""
    page.evaluate(f"document.body.dataset.jpThemeLight = '{str(light).lower()}'")


def test_from_nothing_to_a_released_report_and_a_deck_in_danish(tmp_path: Path) -> None:
    from playwright.sync_api import expect

    w = words("da")
    root = tmp_path / "Kunder på Ø"
    root.mkdir()
    shutil.copy(kit.notebooks() / "0_start.ipynb", root)
    expect.set_options(timeout=60_000)
    with (
        lab.jupyterlab(root, tmp_path / "state") as (base, token),
        lab.browser(PROGRAM, viewport={"width": 1366, "height": 768}, locale="da-DK") as page,
    ):
        page.set_default_timeout(60_000)
        errors: list[str] = []
        frames: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on(
            "websocket",
            lambda line: line.on("framereceived", lambda data: frames.append(str(data))),
        )
        lab.open_notebook(page, base, token, "0_start.ipynb")
        # The code is hidden, and one click away.
        expect(page.get_by_text("hrkit.start(folder")).to_have_count(0)
        page.get_by_role("menubar").get_by_text("Run", exact=True).click()
        page.get_by_role("menuitem", name=re.compile("^Run All Cells")).first.click()
        front = page.locator(".hrkit-front")
        said = front.locator(".hf-said > p").first
        expect(front.locator(".hf-title")).to_contain_text(w("front.title"))

        def press(key: str) -> None:
            front.get_by_role("button", name=w(key), exact=True).first.click()

        def turn(key: str) -> None:
            front.get_by_role("navigation").get_by_role(
                "button", name=w(f"front.pages.{key}")
            ).click()
            expect(front.locator(".hf-heading")).to_have_text(w(f"front.pages.{key}"))
            for light in (True, False):
                theme(page, light)
                assert violations(page) == [], (key, light)
                shot(page, f"{key}-{'light' if light else 'dark'}")
            theme(page, True)

        # A client is made with the keyboard alone.
        assert violations(page) == []
        front.get_by_label(w("front.clients.name")).focus()
        page.keyboard.type(NAME)
        page.keyboard.press("Tab")
        page.keyboard.type("Kim Holm")
        front.get_by_label(w("front.clients.units")).focus()
        page.keyboard.type("Nord\nSyd")
        front.get_by_role("button", name=w("front.clients.make")).focus()
        page.keyboard.press("Enter")
        expect(said).to_have_text(w("front.clients.made", name=NAME))
        # What was done is where the keyboard is.
        assert page.evaluate("document.activeElement.classList.contains('hf-said')")
        shot(page, "made")
        folder = root / "aakaer-kommune"
        label = page.get_by_label(re.compile(re.escape(w("front.setup.audience"))))
        audience = front.locator(label)
        expect(audience).to_have_attribute("aria-invalid", "true")
        audience.fill("Direktionen og HR-chefen ser rapporten.")
        front.locator("form", has=label).get_by_role("button", name=w("front.ui.save")).click()
        expect(said).to_have_text(w("front.saved"))
        expect(audience).not_to_have_attribute("aria-invalid", "true")

        # A file with a fault is refused in a table, the good one is taken.
        rows = sheet(folder, {"leader": 9, "hr": 8}, codes=True)
        rows = [[cell.replace("Remark", SECRET) for cell in row] for row in rows]
        good = write_csv(tmp_path / "svar.csv", rows)
        rows[4] = [*rows[4][:1], "w9", *rows[4][2:]]
        bad = write_csv(tmp_path / "forkert.csv", rows)
        turn("answers")
        front.get_by_label(w("front.answers.file")).set_input_files(bad)
        press("front.answers.import")
        expect(front.locator(".hf-said table tbody tr")).not_to_have_count(0)
        expect(front.locator(".hf-said")).to_contain_text("forkert.csv række")
        assert violations(page) == []
        shot(page, "faults")
        front.get_by_label(w("front.answers.file")).set_input_files(good)
        press("front.answers.import")
        expect(said).to_have_text(w("front.answers.taken", n=17))

        # The import is taken back by its name, and taken again; a reminder is written.
        undo = front.locator("details.hf-more", has_text=w("front.answers.undo"))
        undo.locator("summary").click()
        undo.get_by_role("button").click()
        expect(said).to_have_text(w("front.answers.undone", n=17))
        front.get_by_label(w("front.answers.file")).set_input_files(good)
        press("front.answers.import")
        expect(said).to_have_text(w("front.answers.taken", n=17))
        press("front.answers.remind")
        expect(said).to_have_text(w("front.made", what=w("front.answers.remind")))
        assert list((folder / "mail").iterdir())
        turn("setup")
        turn("tools")
        turn("ask")
        links = front.locator('.hf-links a[href*="/doc/tree/"]')
        expect(links).to_have_count(2)
        assert "/doc/tree/aakaer-kommune/1_collect.ipynb" in str(links.first.get_attribute("href"))
        # The room is opened from here, in a process of its own, and closed again.
        press("front.ask.begin")
        expect(said).to_have_text(w("front.ask.begun"))
        expect(front).to_contain_text(w("front.ask.open", address="http://127.0.0.1"))
        assert violations(page) == []
        shot(page, "room")
        press("front.ask.stop")
        expect(said).to_have_text(w("front.ask.stopped"))
        turn("advice")
        front.locator("details.hf-more > summary").first.click()
        assert violations(page) == []
        shot(page, "advice-open")
        turn("finish")
        assert not any(SECRET in frame for frame in frames)

        # One person's answers are erased, with the keyboard alone: looked at, and asked twice.
        turn("duties")
        part = front.locator("details.hf-more", has_text=w("front.duties.erase.help"))
        part.locator("summary").focus()
        page.keyboard.press("Enter")
        part.get_by_label(w("front.duties.code")).focus()
        page.keyboard.type("K001")
        page.keyboard.press("Enter")
        expect(said).to_have_text(w("front.duties.erase.asked"))
        assert page.evaluate("document.activeElement.classList.contains('hf-said')")
        part = front.locator("details.hf-more", has_text=w("front.duties.erase.unlinked"))
        for light in (True, False):
            theme(page, light)
            assert violations(page) == []
            shot(page, f"erase-{'light' if light else 'dark'}")
        theme(page, True)
        part.get_by_label(w("front.finish.read")).focus()
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
        page.keyboard.type(NAME)
        part.get_by_role("button", name=w("front.duties.erase.sure_yes")).focus()
        page.keyboard.press("Enter")
        expect(said).to_contain_text(re.compile("^Slettet: "))
        shot(page, "erased")
        front.locator("details.hf-more", has_text=w("front.duties.papers.help")).locator(
            "summary"
        ).click()
        front.get_by_label("Dine svar og dine rettigheder", exact=True).check()
        press("front.duties.papers.write")
        expect(said).to_have_text(w("front.made", what=w("front.duties.papers.title")))
        assert list((folder / "duties").glob("*-notice.pdf"))

        # A release is asked twice; the second time the client's name is typed.
        turn("finish")
        press("front.finish.freeze")
        expect(said).to_have_text(w("front.finish.asked"))
        assert violations(page) == []
        front.get_by_label(w("front.finish.read")).check()
        front.get_by_label(re.compile("^Skriv kundens navn")).fill(NAME)
        shot(page, "sure")
        front.get_by_role("button", name=re.compile("^Ja, frigiv")).click()
        expect(said).to_contain_text("release-w1.json")
        shot(page, "released")

        # The released report and a deck: a bar while they are made, then links that open them.
        turn("printing")
        front.get_by_label(w("front.setup.profile")).select_option("summary")
        front.get_by_label(w("front.formats.pptx")).check()
        press("front.printing.print")
        expect(front.get_by_role("progressbar")).to_be_visible()
        shot(page, "running")
        # The page stays alive meanwhile.
        turn("remarks")
        assert any(SECRET in frame for frame in frames)
        turn("printing")
        link = front.locator('a[data-key="file-0"]')
        expect(link).to_be_visible(timeout=180_000)
        expect(link).to_have_attribute("target", "_blank")
        deck = front.locator('a[data-key="file-1"]')
        expect(deck).to_have_attribute("download", re.compile("[.]pptx$"))
        shot(page, "printed")

        def fetched(at: Any) -> bytes:
            data = page.evaluate(
                """async (address) => { const bytes = new Uint8Array(await (await fetch(address)).arrayBuffer());
                   return btoa(Array.from(bytes, (b) => String.fromCharCode(b)).join("")); }""",
                at.get_attribute("href"),
            )
            return base64.b64decode(data)

        pdf = fetched(link)
        (made,) = folder.glob("aakaer-kommune-w1-da-summary.pdf")
        assert pdf == made.read_bytes() and pdf.startswith(b"%PDF-")
        import pypdfium2
        from pptx import Presentation

        pages = [one.get_textpage().get_text_bounded() for one in pypdfium2.PdfDocument(pdf)]
        assert len(pages) >= 2 and NAME in pages[0]
        # It is the released one: nothing calls it a draft any more.
        assert not any("udkast" in one.casefold() for one in pages)
        assert len(Presentation(io.BytesIO(fetched(deck))).slides) >= 3

        # They are handed on under a password, which no frame brings back.
        turn("duties")
        front.locator("details.hf-more", has_text=w("front.duties.deliver.help")).locator(
            "summary"
        ).click()
        front.get_by_label(w("front.duties.deliver.password"), exact=True).fill(PASSWORD)
        zipped = front.locator(
            "form", has=page.get_by_label(w("front.duties.deliver.password"), exact=True)
        )
        zipped.get_by_label(w("front.duties.again")).fill(PASSWORD)
        press("front.duties.deliver.pack")
        expect(said).to_contain_text(".zip")
        assert (folder / "aakaer-kommune-w1.zip").is_file()
        assert not any(PASSWORD in frame or "K001" in frame for frame in frames)

        # The batch: its queue says of each client what became of it.
        turn("many")
        front.get_by_label(w("front.setup.profile")).select_option("summary")
        press("front.many.start")
        expect(said).to_have_text(w("front.many.done", n=1, failed=0), timeout=240_000)
        expect(front.locator("#queue")).to_contain_text(w("front.many.states.done"))
        assert violations(page) == []
        shot(page, "batch")
        page.keyboard.press("Control+s")
        page.wait_for_timeout(1000)
        # A kernel that is restarted takes the page along: that is to be seen, and no bar goes on.
        trouble = front.locator(".hf-trouble")
        expect(trouble).to_be_hidden()
        page.get_by_role("menubar").get_by_text("Kernel", exact=True).click()
        page.get_by_role("menuitem", name=re.compile("^Restart Kernel(…|[.]{3})")).first.click()
        page.locator(".jp-Dialog .jp-mod-accept").click()
        expect(trouble).to_have_text(w("front.ui.stopped"))
        assert violations(page) == []
        shot(page, "stopped")
        assert not errors, errors
    # Nothing of the client is in the notebook that was saved.
    saved = (root / "0_start.ipynb").read_text("utf-8")
    assert NAME not in saved and SECRET not in saved
    assert engagements.load(folder).consultant.name == "Kim Holm"
    assert (folder / "release-w1.json").is_file()
    with pytest.raises(Exception, match="already"):
        release(folder, "w1")
