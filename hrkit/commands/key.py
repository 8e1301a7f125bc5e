"""Serve the page on which forms from paper are typed in, to this machine alone."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable
from pathlib import Path

from hrkit import ending
from hrkit.errors import HrkitError
from hrkit.model import engagement_file as engagements
from hrkit.model.engagement import Engagement
from hrkit.model.settings import as_asked

__all__ = ["KeyingPage", "key"]


class KeyingPage:
    """A keying page that is open beside whatever else this program does.

    Attributes
    ----------
    link
        To be opened in a browser of this machine; the key stands behind ``#``.
    """

    def __init__(self, folder: str | Path, *, wave: str = "", port: int = 0) -> None:
        self.link = ""
        self._ready = threading.Event()
        self._stop: Callable[[], object] = lambda: None
        self._error: Exception | None = None
        self._thread = threading.Thread(
            target=self._serve, args=(folder, wave, port), daemon=True, name="hrkit keying"
        )
        self._thread.start()
        self._ready.wait()
        if self._error is not None:
            raise self._error

    def _serve(self, folder: str | Path, wave: str, port: int) -> None:
        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
        stop = asyncio.Event()
        self._stop = lambda: loop.call_soon_threadsafe(stop.set)

        def ready(link: str) -> None:
            self.link = link
            self._ready.set()

        try:
            loop.run_until_complete(_run(folder, wave, port, ready, stop))
        except Exception as error:
            self._error = error
        finally:
            self._ready.set()
            loop.close()

    def close(self) -> None:
        """Give the port back."""
        with contextlib.suppress(RuntimeError):
            self._stop()
        self._thread.join(10)

    def _repr_html_(self) -> str:
        import html

        link = html.escape(self.link, quote=True)
        return f'<a href="{link}" target="_blank" rel="noopener">{link.partition("#")[0]}</a>'


def key(
    folder: str | Path,
    *,
    wave: str = "",
    port: int = 0,
    ready: Callable[[str], None] | None = None,
) -> KeyingPage | None:
    """Serve the keying page.

    Parameters
    ----------
    folder
        The engagement's folder.
    wave
        Id of the wave; the latest if empty.
    port
        0 takes a free one.
    ready
        Told the link once the page can be opened; then this returns when the process is told to
        stop.  Without it the page is open beside what else runs, as in a notebook.

    Returns
    -------
    KeyingPage | None
        The open page, whose ``link`` a browser opens and which ``close`` ends; None with ``ready``.

    Raises
    ------
    HrkitError
        If the engagement, its store or the port cannot be used, or the wave is frozen.
    """
    if ready is None:
        return KeyingPage(folder, wave=wave, port=port)
    asyncio.run(_run(folder, wave, port, ready, None))
    return None


async def _run(
    folder: str | Path,
    wave: str,
    port: int,
    ready: Callable[[str], None],
    stop: asyncio.Event | None,
) -> None:
    from hrkit.answers.store import open_store
    from hrkit.room.keying import Keying
    from hrkit.room.keyport import serve

    engagement = engagements.load(folder)
    _check(engagement)
    round_ = engagement.wave(wave or None)
    with open_store(engagement) as store, store.looking(round_.id) as so_far:
        asked, frozen = so_far.asked, so_far.frozen
    if frozen is not None:
        raise HrkitError(f"The wave {round_.id} was released on {frozen}; nothing can be added.")
    # Who comes late to a round is asked as those before.
    engagement = engagement if asked is None else as_asked(engagement, asked[1])
    with open_store(engagement, held=True) as store:
        keying = Keying(engagement.as_in(round_.id), round_, store)
        try:
            served = serve(keying, port)
        except OSError as error:
            raise HrkitError(
                f"Port {port} cannot be listened on: {error.strerror or type(error).__name__}."
            ) from None
        if stop is None:
            stop = asyncio.Event()
            loop = asyncio.get_running_loop()
            for number in ending.on():
                # Windows has no handlers in the loop; there Ctrl+C ends `asyncio.run` itself.
                with contextlib.suppress(NotImplementedError, ValueError, RuntimeError):
                    loop.add_signal_handler(number, stop.set)
        ready(served.link)
        try:
            await stop.wait()
        finally:
            await served.stop()


def _check(engagement: Engagement) -> None:
    if engagement.synthetic:
        raise HrkitError(
            "This is a demonstration with made-up answers: forms from paper are typed into an "
            "engagement of your own (hrkit new DIR)."
        )
