"""Firefox itself, led through its own remote port (WebDriver BiDi): no driver, nothing fetched."""

from __future__ import annotations

import base64
import contextlib
import json
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from websocket import WebSocket, create_connection

__all__ = ["Firefox", "Tab", "program", "running"]

_LISTENS = re.compile(r"WebDriver BiDi listening on (ws://[0-9.:\[\]a-z]+)")


def program() -> str | None:
    """Firefox, where there is one."""
    return shutil.which("firefox-esr") or shutil.which("firefox")


class Firefox:
    """One browser; its tabs share what pages remember."""

    def __init__(self, line: WebSocket) -> None:
        self._line, self._last = line, 0

    def tell(self, method: str, **params: Any) -> Any:
        self._last += 1
        mine = self._last
        self._line.send(json.dumps({"id": mine, "method": method, "params": params}))
        while True:
            told = json.loads(self._line.recv())
            if told.get("id") == mine:
                assert told["type"] == "success", (method, told)
                return told["result"]

    def tab(self, width: int, height: int, before: str = "") -> Tab:
        found = self.tell("browsingContext.create", type="tab")["context"]
        size = {"width": width, "height": height}
        self.tell("browsingContext.setViewport", context=found, viewport=size)
        if before:
            self.tell(
                "script.addPreloadScript",
                contexts=[found],
                functionDeclaration=f"() => {{ {before} }}",
            )
        return Tab(self, found)


class Tab:
    """One page."""

    def __init__(self, browser: Firefox, context: str) -> None:
        self._browser, self._context = browser, context

    def open(self, link: str) -> None:
        self._browser.tell(
            "browsingContext.navigate", context=self._context, url=link, wait="complete"
        )

    def run(self, code: str) -> Any:
        """What an expression is; a promise is waited for."""
        told = self._browser.tell(
            "script.evaluate",
            expression=f"Promise.resolve({code}).then((x) => JSON.stringify(x ?? null))",
            target={"context": self._context},
            awaitPromise=True,
            userActivation=True,
        )
        assert told["type"] == "success", told
        return json.loads(told["result"]["value"])

    def until(self, code: str, seconds: float = 30) -> None:
        end = time.monotonic() + seconds
        while not self.run(code):
            assert time.monotonic() < end, (code, self.run("document.body.innerText"))
            time.sleep(0.05)

    def text(self, chosen: str) -> str:
        return str(self.run(f"document.querySelector({json.dumps(chosen)})?.innerText ?? ''"))

    def says(self, chosen: str, what: str) -> None:
        where, wanted = json.dumps(chosen), json.dumps(what)
        self.until(f"(document.querySelector({where})?.innerText ?? '').includes({wanted})")

    def click(self, chosen: str, which: int = 0) -> None:
        """A real press of the button of a pointer, where the thing is."""
        self.until(f"document.querySelectorAll({json.dumps(chosen)}).length > {which}")
        x, y = self.run(
            f"(() => {{ const node = document.querySelectorAll({json.dumps(chosen)})[{which}];"
            " node.scrollIntoView({ block: 'center', behavior: 'instant' });"
            " const box = node.getBoundingClientRect();"
            " return [Math.round(box.x + box.width / 2), Math.round(box.y + box.height / 2)]; })()"
        )
        moves = [
            {"type": "pointerMove", "x": x, "y": y},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        self._act({"type": "pointer", "id": "mouse", "actions": moves})

    def press(self, keys: str) -> None:
        actions = [{"type": how, "value": key} for key in keys for how in ("keyDown", "keyUp")]
        self._act({"type": "key", "id": "keys", "actions": actions})

    def _act(self, source: dict[str, Any]) -> None:
        self._browser.tell("input.performActions", context=self._context, actions=[source])

    def front(self) -> None:
        self._browser.tell("browsingContext.activate", context=self._context)

    def shot(self, path: Path) -> None:
        told = self._browser.tell("browsingContext.captureScreenshot", context=self._context)
        path.write_bytes(base64.b64decode(told["data"]))


@contextlib.contextmanager
def running(place: Path, language: str) -> Iterator[Firefox]:
    """A browser with a profile of its own, in a language."""
    found = program()
    assert found is not None
    profile = place / "profile"
    profile.mkdir()
    settings = {
        "intl.accept_languages": language,
        "browser.shell.checkDefaultBrowser": False,
        "datareporting.policy.dataSubmissionEnabled": False,
        "app.update.enabled": False,
        "network.captive-portal-service.enabled": False,
        "network.connectivity-service.enabled": False,
        "toolkit.telemetry.enabled": False,
    }
    lines = [f"user_pref({json.dumps(k)}, {json.dumps(v)});" for k, v in settings.items()]
    (profile / "user.js").write_text("\n".join(lines), encoding="utf-8")
    log = place / "firefox.log"
    with log.open("wb") as to:
        process = subprocess.Popen(
            [found, "--headless", "--no-remote", "--profile", str(profile), "--remote-debugging-port", "0"],
            stdout=to, stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        end = time.monotonic() + 90
        while (at := _LISTENS.search(log.read_text("utf-8", "replace"))) is None:
            assert process.poll() is None and time.monotonic() < end, log.read_text("utf-8")
            time.sleep(0.1)
        line = create_connection(f"{at[1]}/session", timeout=90, suppress_origin=True)
        browser = Firefox(line)
        browser.tell("session.new", capabilities={})
        yield browser
        with contextlib.suppress(Exception):
            browser.tell("browser.close")
        line.close()
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(20)
