"""Forms on paper, typed in: fast, by digits, taken back, compared; and nobody else's business."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.websocket import websocket_connect

from hrkit.answers.store import Store, open_store
from hrkit.commands.key import KeyingPage, key
from hrkit.errors import HrkitError
from hrkit.model import engagement_file as engagements
from hrkit.model.digits import digits, numbered
from hrkit.model.engagement import Engagement
from hrkit.room.keying import Keying, parsed
from tests.forms import lab
from tests.forms.conftest import BELONGING, make_folder

PROGRAM = lab.chromium()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_folder(tmp_path / "acme")


@pytest.fixture
def engagement(folder: Path) -> Engagement:
    return engagements.load(folder)


@pytest.fixture
def store(engagement: Engagement) -> Iterator[Store]:
    with open_store(engagement) as store:
        yield store


@pytest.fixture
def keying(engagement: Engagement, store: Store) -> Keying:
    return Keying(engagement.as_in("w2"), engagement.wave(), store)


def form(keying: Keying, stamp: int = 1, **changed: Any) -> dict[str, Any]:
    given = {"trust.01": "4", "trust.05": "dk", "open.01": " =1+1 <b>"}
    whole = {"perspective": "leader", "unit": "school", "answers": given, "stamp": stamp}
    reply = keying.handle({"type": "keep", **whole, **changed})
    assert reply is not None
    return reply


def test_a_form_is_one_person_from_paper(keying: Keying, store: Store) -> None:
    assert form(keying) == {"type": "kept", "stamp": 1, "now": 1, "all": 1}
    # The reply got lost and the page says it again: still one.
    assert form(keying)["all"] == 1
    # Two people may answer alike.
    assert form(keying, 2)["all"] == 2
    found = store.read("w2")
    assert set(found.people["perspective"]) == {"leader"} and len(found.people) == 2
    assert sorted(set(found.answers["value"])) == ["4", "=1+1 <b>", "dk"]
    assert len(store.comments("w2")) == 2
    for _ in range(2):  # told again, one click still takes one form back
        assert keying.handle({"type": "undo", "stamp": 3}) == {
            "type": "undone",
            "stamp": 3,
            "now": 1,
            "all": 1,
        }
    # What was typed at another sitting is not taken back here.
    assert keying.handle({"type": "undo"})["now"] == 0  # type: ignore[index]
    assert keying.handle({"type": "undo"})["all"] == 0  # type: ignore[index]


@pytest.mark.parametrize(
    "wrong",
    [
        {"perspective": "king"},
        {"unit": "moon"},
        {"answers": {}},
        {"answers": {"trust.01": "7"}},
        {"answers": {"nothing.01": "1"}},
        {"answers": {"open.01": "x" * 4001}},
        {"answers": {"trust.01": "<script>"}},
    ],
)
def test_what_does_not_fit_is_said_and_nothing_kept(
    keying: Keying, store: Store, wrong: dict
) -> None:
    reply = form(keying, **wrong)
    assert reply["type"] == "refused" and reply["why"]
    assert len(store.read("w2").people) == 0


def test_tier_and_pair_are_asked_here_too(folder: Path) -> None:
    with (folder / "engagement.yml").open("a", encoding="utf-8") as file:
        file.write(BELONGING)
    engagement = engagements.load(folder)
    with open_store(engagement) as store:
        keying = Keying(engagement, engagement.wave(), store)
        assert len(form(keying)["why"]) == 2
        assert form(keying, tier="t1", pair="-")["type"] == "kept"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "7",
        '{"type": 7}',
        '{"type": ["keep"]}',
        '{"type": "keep", "answers": {"trust.01": 4}}',
        '{"type": "keep", "answers": {"trust.01": {"a": "b"}}}',
        '{"type": "keep", "stamp": true}',
        '{"type": "read"}',
        "[" * 100_000,
        '{"type": "hello", "key": "' + "x" * 300_000 + '"}',
    ],
)
def test_other_messages_are_none(text: str) -> None:
    assert parsed(text) is None


def test_digits_on_paper_are_the_digits_that_are_typed(engagement: Engagement) -> None:
    for question in engagement.instrument.questions("leader"):
        scale = question.facet.scale
        values = list(digits(scale).values())
        assert sorted(set(values)) == ([] if scale.kind == "text" else sorted(scale.answers))
        assert scale.kind == "pick" or len(set(values)) == len(values)


def test_what_is_chosen_of_a_list_is_typed_in_any_order(engagement: Engagement) -> None:
    question = engagement.instrument.ballot
    assert question is not None
    keys, numbers = digits(question.facet.scale), numbered(question.facet.scale)
    assert numbers["2"] == "trust" and numbers["8"] == "chain"
    assert keys["258"] == keys["825"] == "trust direction chain"
    assert "22" not in keys and "2581" not in keys and keys["25"] == "trust direction"


def test_the_port_is_this_machines_and_wants_its_key(folder: Path) -> None:
    page = key(folder)
    assert isinstance(page, KeyingPage) and page.link.startswith("http://127.0.0.1:")
    base, _, secret = page.link.partition("#")
    netloc = base.removeprefix("http://").rstrip("/")

    async def try_it() -> None:
        fetch = AsyncHTTPClient().fetch
        for path, code in (("", 200), ("assets/key.js", 200), ("assets/phone.js", 404)):
            found = await fetch(base + path, raise_error=False)
            assert found.code == code
            assert "default-src 'none'" in found.headers["Content-Security-Policy"]
        found = await fetch(HTTPRequest(base, headers={"Host": "evil.example"}), raise_error=False)
        assert found.code == 421
        for origin in ({}, {"Origin": "http://evil.example"}):
            with pytest.raises(Exception, match="403"):
                await websocket_connect(HTTPRequest(f"ws://{netloc}/key/line", headers=origin))
        mine = {"Origin": f"http://{netloc}"}
        line = await websocket_connect(HTTPRequest(f"ws://{netloc}/key/line", headers=mine))

        async def say(**message: Any) -> Any:
            await line.write_message(json.dumps(message))
            return json.loads(await asyncio.wait_for(line.read_message(), 20))  # type: ignore[arg-type]

        for guess in ("", "a", secret[:-1], secret + "a"):
            told = await say(type="hello", key=guess, language="nl")
            assert told["type"] == "refused" and told["said"].startswith(
                "Deze pagina opent met de link"
            )
            assert (await say(type="undo", stamp=1))["type"] == "refused"
        assert (await say(type="hello", key=secret))["type"] == "welcome"

    asyncio.run(try_it())
    page.close()


def test_a_demonstration_and_a_wave_that_is_released_take_no_paper(folder: Path) -> None:
    import datetime as dt

    with open_store(engagements.load(folder)) as store:
        store.freeze("w2", "x", dt.date(2026, 1, 1))
    with pytest.raises(HrkitError, match="released"):
        key(folder)
    path = folder / "engagement.yml"
    path.write_text(path.read_text("utf-8") + "synthetic: true\n", "utf-8")
    with pytest.raises(HrkitError, match="demonstration"):
        key(folder)


@pytest.mark.browser
@pytest.mark.skipif(PROGRAM is None, reason="no Chromium here; install it or set HRKIT_CHROMIUM")
def test_typing_by_keyboard_alone(folder: Path) -> None:
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import expect

    page_ = key(folder)
    assert page_ is not None
    errors: list[str] = []
    expect.set_options(timeout=20_000)
    with lab.browser(PROGRAM, viewport={"width": 1280, "height": 800}) as page:
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(page_.link)
        assert "#" not in page.url
        page.get_by_label("Rolle").select_option("leader")
        page.get_by_label("Enhed").select_option("school")
        cells = page.locator(".sheet input")
        expect(cells.first).to_be_focused()
        found = Axe().run(page).response["violations"]
        assert not found, [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found]
        n = cells.count()
        keep = page.get_by_role("button", name="Gem skemaet")

        # A whole form: every digit goes on by itself, the last one to the button.
        began = time.monotonic()
        for i in range(n):
            page.keyboard.press("0" if i == 3 else str(1 + i % 5))
        # Three of nine are three digits.
        for digit in "89":
            page.keyboard.press(digit)
        expect(keep).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("#told")).to_contain_text("Gemt")
        assert time.monotonic() - began < 30
        expect(page.locator("#total-now")).to_have_text("1")
        expect(cells.first).to_be_focused()

        # A letter does nothing, a digit that is no answer is said and stays there.
        page.keyboard.press("x")
        page.keyboard.press("7")
        expect(page.locator(".sheet tr").first).to_contain_text("7 er ikke et svar her")
        page.keyboard.press("4")
        expect(cells.nth(1)).to_be_focused()
        page.keyboard.press("Enter")
        page.keyboard.press("Backspace")
        expect(cells.nth(1)).to_be_focused()

        # The last form is taken back: its digits stand there again.
        page.get_by_role("button", name="Tag det sidste skema tilbage").press("Enter")
        expect(page.locator("#total-now")).to_have_text("0")
        expect(cells.nth(2)).to_have_value("3")
        expect(cells.nth(3)).to_have_value("0")
        keep.press("Enter")
        expect(page.locator("#total-now")).to_have_text("1")

        # Twice: what differs is shown with both, and typed once more.
        page.get_by_label("Tast hvert skema to gange").press("Space")
        cells.first.focus()
        for digit in ("1", "2", "3"):
            page.keyboard.press(digit)
        keep.press("Enter")
        expect(page.locator("#which")).to_contain_text("anden gang")
        for digit in ("1", "4", "3"):
            page.keyboard.press(digit)
        keep.press("Enter")
        expect(page.locator("tr.differs")).to_contain_text("først 2, så 4")
        expect(cells.nth(1)).to_be_focused()
        found = Axe().run(page).response["violations"]
        assert not found, [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found]
        keep.press("Enter")  # not before it is settled
        expect(page.locator("#total-now")).to_have_text("1")
        page.keyboard.press("2")
        keep.press("Enter")
        expect(page.locator("#total-now")).to_have_text("2")
    page_.close()
    assert not errors, errors
    with open_store(engagements.load(folder)) as store:
        assert store.from_source("w2", "paper") == 2
        answers = store.read("w2").answers
        assert sorted(answers.groupby("respondent").size()) == [3, n]
        few = answers[answers.groupby("respondent")["item"].transform("size") == 3]
        assert sorted(few["value"]) == ["1", "2", "3"]
