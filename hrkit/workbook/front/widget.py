"""`start`: the front page as an anywidget; it carries messages and keeps nothing.

What goes to the browser travels as messages, which are not state: a notebook that is saved holds nothing
of a client.  The engine works in a thread of its own, so that the kernel stays free for others.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from hrkit.workbook.front.desk import FrontDesk
from hrkit.workbook.front.served import address_of

__all__ = ["FrontWidget", "start"]

_HERE = Path(__file__).parent


class FrontWidget(anywidget.AnyWidget):
    """The page's controls; the desk on the Python side says what is to be seen."""

    _esm = _HERE / "front.js"
    _css = _HERE / "front.css"
    #: What is said until the first message arrives.
    opening = traitlets.Unicode().tag(sync=True)

    def __init__(self, root: Path, language: str = "") -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._desk = FrontDesk(root, language, told=self._tell, served=address_of)
        super().__init__(opening=self._desk.state.say("front.title"))
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="hrkit front page")
        with contextlib.suppress(RuntimeError):
            self._loop = asyncio.get_running_loop()
        self.on_msg(self._received)

    def _received(self, _widget: object, content: Any, buffers: Sequence[Any]) -> None:
        # The buffers are the kernel's own memory, which it takes back.
        copies = [bytes(one) for one in buffers or ()]
        with contextlib.suppress(RuntimeError):
            self._loop = asyncio.get_running_loop()
        self._thread.submit(self._answer, content, copies)

    def _answer(self, content: Any, buffers: list[bytes]) -> None:
        try:
            message, parts = self._desk.handle(content, buffers)
        except Exception as error:  # the page is told, so that it does not wait for ever
            said = self._desk.state.say("front.wrong", kind=type(error).__name__)
            message, parts = {"type": "broken", "said": said}, []
        if message:
            self._tell(message, parts)

    def _tell(self, message: dict[str, Any], parts: Sequence[bytes] = ()) -> None:
        """Send from whatever thread it is: the line to the browser is the kernel's own."""
        if self._loop is None:
            self.send(message, list(parts))
        else:
            self._loop.call_soon_threadsafe(self.send, message, list(parts))

    def close(self) -> None:
        """The page is gone."""
        self._desk.close()
        self._thread.shutdown(wait=False)
        super().close()


def start(folder: str | Path = "", *, language: str = "") -> FrontWidget:
    """The front page: an engagement from client to archive, without a terminal.

    Parameters
    ----------
    folder
        An engagement's folder, or one in which engagements lie; the notebook's own if blank.
    language
        Of the page; the engagement's own, or the browser's, if blank.

    Returns
    -------
    FrontWidget
        The page, to be shown by a notebook's cell.
    """
    from hrkit.model.language import known

    return FrontWidget(Path(folder or "."), known(language) if language else "")
