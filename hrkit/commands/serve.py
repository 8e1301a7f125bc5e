"""Serve the questionnaire to the phones in a room, with a wall to look at and a page to lead it from."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hrkit import ending
from hrkit.errors import EngagementError, HrkitError
from hrkit.files import private_folder
from hrkit.model import engagement_file as engagements
from hrkit.model.engagement import Engagement
from hrkit.model.settings import as_asked
from hrkit.room import holding

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
    take_over: bool = False,
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
    take_over
        Open the room although another computer holds it: that one is gone.
    ready
        Told where the room is, once it can be reached.

    Returns
    -------
    int
        How many had answered when the room ended.

    Raises
    ------
    HrkitError
        If the engagement, its store, the address or the port cannot be used, nobody has a code, or
        another computer holds the room, or took it over.
    """
    with _engagement(Path(folder), demo) as engagement:
        _check(engagement)
        return asyncio.run(
            _run(
                engagement,
                Path(folder).resolve(),
                wave,
                address=address,
                port=port,
                network=(wifi, password),
                certificate=_certificate(certificate, key),
                take_over=take_over,
                ready=ready,
            )
        )


@contextlib.contextmanager
def _engagement(folder: Path, demo: bool) -> Iterator[Engagement]:
    """The engagement; of a demonstration that is only tried, a copy in a folder of its own."""
    engagement = engagements.load(folder)
    if demo or not engagement.synthetic:
        yield engagement
        return
    with private_folder("room") as private:
        copy = private / folder.resolve().name
        # Who holds the room of the demonstration holds none of its copies.
        shutil.copytree(folder, copy, symlinks=True, ignore=shutil.ignore_patterns(holding.FILE))
        yield engagements.load(copy)


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
    folder: Path,
    wave: str,
    *,
    address: str,
    port: int,
    network: tuple[str, str],
    certificate: tuple[Path, Path] | None,
    take_over: bool,
    ready: Callable[[Links], None],
) -> int:
    from hrkit.answers.store import open_store
    from hrkit.room import live
    from hrkit.room.book import Book
    from hrkit.room.guard import is_loopback
    from hrkit.room.hub import Hub
    from hrkit.room.net import addresses
    from hrkit.room.server import serve as serve_at

    before = live.found(folder)
    if before is not None and await live.asked(before) is not None:
        raise HrkitError(
            f"A room of this engagement is open already, at {before.phones} (process "
            f"{before.pid}). Two would not know of each other: end that one first."
        )
    round_ = engagement.wave(wave or None)
    coded = not is_loopback(address)
    scheme = "https" if certificate else "http"
    if address.strip("[]") in ("0.0.0.0", "::", ""):
        own = ", ".join(addresses()) or "none"
        raise HrkitError(
            f"--address has to be the one address that phones open; this machine has: {own}."
        )
    with open_store(engagement) as store, store.looking(round_.id) as so_far:
        asked, frozen = so_far.asked, so_far.frozen
    if frozen is not None:
        raise HrkitError(f"The wave {round_.id} was released on {frozen}; nobody can answer.")
    # Who comes late to a round is asked as those before.
    engagement = engagement if asked is None else as_asked(engagement, asked[1])
    held = holding.holding(engagement.folder, take_over=take_over)
    with held as mine, open_store(engagement, held=True) as store:
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
            own = ", ".join(addresses()) or "none that others reach"
            raise HrkitError(
                f"{address}, port {port} cannot be listened on: {reason}. Choose another address "
                f"(--address; this machine has {own}) or port (--port)."
            ) from None
        if coded:
            # Whoever comes from this machine itself proves nothing about the network.
            hub.reach.own = frozenset({address, *addresses()})
        base = _address(scheme, address, served.port)
        hub.noted_open()
        links = Links(
            f"{base}/",
            f"{base}/screen#{book.new_key('screen')}",
            f"{base}/host#{book.new_key('host')}",
        )
        book.patient = True  # from now on people are there
        own = str(certificate[0].resolve()) if certificate else ""
        pages = (links.phones, links.wall, links.host)
        live.note(live.Running(str(folder), round_.id, os.getpid(), *pages, own))
        ready(links)
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        taken: list[HrkitError] = []

        def renew() -> None:
            try:
                mine.renew()
            except HrkitError as error:
                taken.append(error)
                stop.set()
            else:
                loop.call_later(holding.EVERY, renew)

        loop.call_later(holding.FIRST, renew)
        for number in ending.on():
            # Windows has no handlers in the loop; there Ctrl+C ends `asyncio.run` itself.
            with contextlib.suppress(NotImplementedError, ValueError, RuntimeError):
                loop.add_signal_handler(number, stop.set)
        # The words of the pages are read while nobody has asked yet.
        loop.call_later(0.01, hub.opening)
        try:
            await stop.wait()
        finally:
            await served.stop()
            live.drop(folder, os.getpid())
        if taken:
            raise taken[0]
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
