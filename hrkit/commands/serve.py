"""Serve the questionnaire to the phones in a room, with a wall to look at and a page to lead it from."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hrkit.errors import EngagementError, HrkitError
from hrkit.files import private_folder
from hrkit.model import engagement_file as engagements
from hrkit.model.engagement import Engagement
from hrkit.model.settings import as_asked

__all__ = ["PORT", "Links", "serve"]

#: The port, where none is named.
PORT = 8700


@dataclass(frozen=True)
class Links:
    """Where a room is: for phones, for the wall, and for whoever leads it.

    The keys stand behind ``#``: no server and no log ever gets to see them.
    """

    phones: str
    wall: str
    host: str


def serve(
    folder: str | Path,
    *,
    wave: str = "",
    address: str = "127.0.0.1",
    port: int = PORT,
    wifi: str = "",
    password: str = "",
    certificate: str | Path | None = None,
    key: str | Path | None = None,
    demo: bool = False,
    ready: Callable[[Links], None] = lambda _links: None,
) -> int:
    """Serve a room until the process is told to stop.

    Parameters
    ----------
    folder
        The engagement's folder.
    wave
        Id of the wave that is answered; the latest if empty.
    address
        Address of this machine that phones can reach.  The machine's own, which nobody else
        reaches, needs no codes; any other takes only people with a code from a slip.
    port
        0 takes a free one.
    wifi, password
        Of the network that phones have to join, for the wall.
    certificate, key
        Files for an encrypted connection.
    demo
        Keep what is answered among a demonstration's made-up answers; otherwise the room works on
        a copy that is thrown away.
    ready
        Told where the room is, once it can be reached.

    Returns
    -------
    int
        How many had answered when the room ended.

    Raises
    ------
    HrkitError
        If the engagement, its store, the address or the port cannot be used, or nobody has a code.
    """
    with _place(Path(folder), demo) as place:
        engagement = engagements.load(place)
        _check(engagement)
        return asyncio.run(
            _run(
                engagement,
                wave,
                address=address,
                port=port,
                network=(wifi, password),
                certificate=_certificate(certificate, key),
                ready=ready,
            )
        )


@contextlib.contextmanager
def _place(folder: Path, demo: bool) -> Iterator[Path]:
    """The engagement's folder; of a demonstration that is only tried, a copy."""
    if demo or not engagements.load(folder).synthetic:
        yield folder
        return
    with private_folder("room") as private:
        copy = private / folder.resolve().name
        shutil.copytree(folder, copy, symlinks=True)
        yield copy


def _check(engagement: Engagement) -> None:
    if engagement.undecided:
        raise EngagementError(
            "Nobody has said yet who will see the report, and respondents are told before they "
            f"answer: write it under audience in engagement.yml ({', '.join(engagement.undecided)})."
        )


def _certificate(
    certificate: str | Path | None, key: str | Path | None
) -> tuple[Path, Path] | None:
    if not certificate and not key:
        return None
    if not certificate or not key:
        raise HrkitError("A certificate and its key belong together; name both files.")
    for path in (Path(certificate), Path(key)):
        if not path.is_file():
            raise HrkitError(f"{path} is not there.")
    return Path(certificate), Path(key)


async def _run(
    engagement: Engagement,
    wave: str,
    *,
    address: str,
    port: int,
    network: tuple[str, str],
    certificate: tuple[Path, Path] | None,
    ready: Callable[[Links], None],
) -> int:
    from hrkit.answers.store import open_store
    from hrkit.room.book import Book
    from hrkit.room.guard import is_loopback
    from hrkit.room.hub import Hub
    from hrkit.room.server import serve as serve_at

    round_ = engagement.wave(wave or None)
    coded = not is_loopback(address)
    scheme = "https" if certificate else "http"
    with open_store(engagement) as store, store.looking(round_.id) as so_far:
        asked, frozen = so_far.asked, so_far.frozen
    if frozen is not None:
        raise HrkitError(f"The wave {round_.id} was released on {frozen}; nobody can answer.")
    # Who comes late to a round is asked as those before.
    engagement = engagement if asked is None else as_asked(engagement, asked[1])
    with open_store(engagement, held=True) as store:
        engagement = engagement.as_in(round_.id)
        if coded and not store.handed_out(round_.id):
            raise HrkitError(
                f"Whoever can reach {address} could answer, and nobody has a code yet: print "
                f"slips first, with hrkit codes {engagement.folder}"
            )
        book = Book.open(engagement.folder, engagement.id, round_.id)
        at: dict[str, int] = {}

        def join(language: str) -> dict[str, Any]:
            return _join(_address(scheme, address, at["port"]), network, coded, not certificate)

        hub = Hub(engagement, round_, store, book, join, coded=coded)
        try:
            served = serve_at(
                hub,
                address=address,
                port=port,
                certificate=certificate,
                at_port=lambda found: at.update(port=found),
            )
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise HrkitError(
                f"{address}, port {port} cannot be listened on: {reason}. Choose another address "
                "(--address) or port (--port)."
            ) from None
        base = _address(scheme, address, served.port)
        book.note("server", "start", begun=hub.begun, done=hub.done)
        ready(
            Links(
                f"{base}/",
                f"{base}/screen#{book.new_key('screen')}",
                f"{base}/host#{book.new_key('host')}",
            )
        )
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for name in ("SIGINT", "SIGTERM"):
            # Windows has no handlers in the loop; there Ctrl+C ends `asyncio.run` itself.
            with contextlib.suppress(NotImplementedError, ValueError, RuntimeError):
                loop.add_signal_handler(getattr(signal, name), stop.set)
        try:
            await stop.wait()
        finally:
            await served.stop()
        return hub.begun


def _address(scheme: str, address: str, port: int) -> str:
    host = f"[{address}]" if ":" in address else address
    return f"{scheme}://{host}:{port}"


def _join(base: str, network: tuple[str, str], coded: bool, plain: bool) -> dict[str, Any]:
    """How to join, as the wall shows it."""
    from hrkit.room.net import qr, wifi

    name, password = network
    found: dict[str, Any] = {"address": f"{base}/", "qr": qr(f"{base}/"), "coded": coded}
    if name:
        found["wifi"] = {"name": name, "password": password, "qr": qr(wifi(name, password))}
    return found | {"plain": plain and coded}
