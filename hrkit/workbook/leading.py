"""`workshop`: leading a room from a notebook.

The room is a process of its own (`hrkit.commands.room`); the notebook's kernel is only a line to it,
so a kernel that is restarted stops nothing, and the same cell finds the room again.  The panel is
the host's page, carried by anywidget: what is typed goes through the kernel over loopback, and no
key is ever in the browser or in the saved notebook.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import anywidget
import traitlets

from hrkit.blocks import Callout
from hrkit.blocks.shown import Shown
from hrkit.errors import HrkitError
from hrkit.room import assets
from hrkit.room.live import Running, found
from hrkit.workbook.here import here

if TYPE_CHECKING:
    from hrkit.commands.room import Room

__all__ = ["PanelWidget", "panel_script", "workshop"]

_PAGES = ("shared.js", "screen.js", "meeting.js", "names.js", "lead.js", "panel.js")
_AGAIN = 1.0
#: The typeface of the room's pages: weight and file.
_FACES = (("400", "Lato-Regular.ttf"), ("700", "Lato-Bold.ttf"))
_RENDER = """
export default {
  render({ model, el }) {
    const root = el.attachShadow({ mode: "open" });
    const style = document.createElement("style");
    style.textContent = model.get("look");
    const main = h("main", {});
    const words = model.get("words");
    root.append(style, h("div", { class: "host room-root" }, main));
    // The notebook's theme where it says one (JupyterLab, Notebook 7), else the machine's.
    const asked = matchMedia("(prefers-color-scheme: dark)");
    const shade = () => {
      const light = document.body.dataset.jpThemeLight;
      el.classList.toggle("dark", light == null ? asked.matches : light === "false");
    };
    const themes = new MutationObserver(shade);
    themes.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light"] });
    asked.addEventListener("change", shade);
    shade();
    let how = null;
    function closed(said) {
      main.replaceChildren(said ? h("p", { class: "note bad", role: "alert" }, said) : "",
        h("button", { type: "button", class: "button main", click: (event) => { event.target.disabled = true; model.send({ type: "begin" }); } }, words.open));
    }
    const heard = (told, parts) => {
      if (told.line === "faces") {
        // The room's own typeface, handed over by the kernel: no request, and nothing in the notebook.
        parts?.forEach((part, i) => document.fonts.add(new FontFace("Lato", part, { weight: told.weights[i] })));
      } else if (told.line === "up") {
        if (!how) panel(main, (mine) => { how = mine; return { send: (message) => model.send({ type: "say", message }), end() {} }; });
        how.up();
      } else if (told.line === "down") how?.down();
      else if (told.line === "closed") { if (!how) closed(told.said); }
      else how?.came(told);
    };
    model.on("msg:custom", heard);
    closed("");
    model.send({ type: "look" });
    return () => {
      model.off("msg:custom", heard);
      themes.disconnect();
      asked.removeEventListener("change", shade);
    };
  },
};
"""


@cache
def panel_script() -> str:
    """The host's page as one module: its files one after another, without their imports."""
    files = [assets.read(name).decode("utf-8") for name in _PAGES]
    plain = [re.sub(r"(?m)^import .*$", "", text) for text in files]
    return "\n".join(re.sub(r"(?m)^export ", "", text) for text in plain) + _RENDER


@cache
def _look() -> str:
    """The room's look, for the panel alone: nothing of it reaches the notebook around it."""
    css = assets.read("room.css").decode("utf-8")
    css = re.sub(r"@font-face \{[^}]*\}\n?", "", css)
    # The first dark form is the page's; which one holds in a notebook is its theme's to say.
    dark = re.compile(r"@media \(prefers-color-scheme: dark\) \{\s*:root (\{[^}]*\})\s*\}")
    css, found = dark.subn(r":host(.dark) \1", css)
    assert found == 1, found
    css = css.replace(":root", ":host").replace("\nbody {", "\n.room-root {")
    return css.replace("color-scheme: light dark;", "color-scheme: light;") + (
        ":host(.dark) { color-scheme: dark; }\n.room-root { padding: 0.1rem; }\n"
    )


class PanelWidget(anywidget.AnyWidget):
    """The host's page in a notebook; it carries messages between page and room, and keeps nothing."""

    _esm = traitlets.Unicode().tag(sync=True)
    look = traitlets.Unicode().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)

    def __init__(self, folder: Path, words: dict[str, str], language: str, **how: Any) -> None:
        super().__init__(_esm=panel_script(), look=_look(), words=words)
        self._folder, self._language, self._how = folder, language, how
        self._line: Any = None
        self._task: asyncio.Task[None] | None = None
        self._opening: asyncio.Task[None] | None = None
        self.on_msg(self._received)

    def _received(self, _widget: object, content: Any, _buffers: object) -> None:
        kind = content.get("type") if isinstance(content, dict) else None
        if kind == "look":
            faces = {"line": "faces", "weights": [weight for weight, _ in _FACES]}
            self.send(faces, [assets.read(name) for _, name in _FACES])
            if (running := found(self._folder)) is not None:
                self._follow(running)
        elif kind == "begin":
            self._opening = asyncio.ensure_future(self._begin())
        elif kind == "say" and self._line is not None:
            self._line.write_message(json.dumps(content.get("message")))

    async def _begin(self) -> None:
        """Open the room, or come back to it; a thread waits, so that the notebook does not."""
        from hrkit.commands.room import room

        try:
            opened: Room = await asyncio.to_thread(room, self._folder, **self._how)
        except HrkitError as error:
            self.send({"line": "closed", "said": error.summary})
            return
        self._follow(opened._running)

    def _follow(self, running: Running) -> None:
        if self._task is None or self._task.done():
            self._task = asyncio.ensure_future(self._followed(running))
        elif self._line is not None:
            # A second view of the same panel: it is told where the room stands.
            self.send({"line": "up"})
            self._hello(running)

    def _hello(self, running: Running) -> None:
        key = urlsplit(running.host).fragment
        hello = {"type": "hello", "key": key, "language": self._language}
        self._line.write_message(json.dumps(hello))

    async def _followed(self, running: Running) -> None:
        """Carry what the room says, and come back to it as long as it is noted as open."""
        from hrkit.room.live import connected

        while True:
            with contextlib.suppress(Exception):
                self._line = await connected(running)
                self.send({"line": "up"})
                self._hello(running)
                while (text := await self._line.read_message()) is not None:
                    self.send(json.loads(text))
            self._line = None
            self.send({"line": "down"})
            self.send({"line": "closed", "said": ""})
            await asyncio.sleep(_AGAIN)
            again = found(self._folder)
            if again is None:
                return
            running = again


def workshop(
    folder: str | Path = "",
    *,
    wave: str = "",
    language: str = "",
    address: str = "127.0.0.1",
    port: int = 0,
    wifi: str = "",
    password: str = "",
    demo: bool = False,
) -> PanelWidget | Shown:
    """The panel from which a room is led; nothing is opened before somebody presses its button.

    Parameters
    ----------
    folder
        The engagement's folder; the notebook's own if blank.
    wave, address, wifi, password, demo
        As of `hrkit.serve`.
    port
        0 takes the usual one.
    language
        Of the panel; the engagement's own if blank.

    Returns
    -------
    PanelWidget or Shown
        The panel; or a sentence that says what to mend.
    """
    from hrkit.commands.serve import PORT
    from hrkit.model import engagement_file as engagements

    try:
        place = here(folder).resolve()
        engagement = engagements.load(place)
        spoken = language or engagement.language
        if spoken not in engagement.languages:
            raise HrkitError(f"{language} is not among languages of engagement.yml.")
        w = engagement.words(spoken)
    except HrkitError as error:
        return Shown((Callout(str(error)),))
    words = {"open": w("workshop.open_room")}
    how = {"wave": wave, "address": address, "port": port or PORT, "wifi": wifi}
    return PanelWidget(place, words, spoken, **how, password=password, demo=demo)
