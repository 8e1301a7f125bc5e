"""Thirty people in a room, on this machine: `make bench ARGS=room`.

The server is a process of its own, as in use; the thirty are coroutines of this one, so that on two
cores each side has one.  What is measured is what a phone measures: from handing an answer over to
being told that it is saved.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import random
import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path

import psutil

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from hrkit.answers.store import Slip, open_store
from hrkit.model import engagement_file as engagements
from hrkit.room.assets import FILES, read
from tests.forms import lab
from tests.forms.conftest import make_folder
from tests.room.bots import Bot, Served
from tests.room.returns import WAYS, Phone, behind
from tests.room.slips import join

__all__ = ["returns", "room"]

PEOPLE = 30
#: Mean seconds between two answers of a person.  People take ten; a room of practised ones, two.
PACE = 1.0
#: Seconds for which a browser's phone is gone, each way.
AWAY = (0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 20.0)


def spent(pid: int) -> tuple[float, float]:
    """MiB in memory and processor seconds of a process."""
    process = psutil.Process(pid)
    return process.memory_info().rss / 2**20, sum(process.cpu_times()[:2])


def weight(bot: Bot) -> tuple[int, int]:
    """Bytes that opening the questionnaire costs: files as they are sent, and the first messages."""
    files = [name for name in FILES if name not in ("wall.js", "screen.js", "host.js", "check.js")]
    sent = [
        len(read(name)) if name.endswith(".ttf") else len(gzip.compress(read(name), 6))
        for name in ("phone.html", *files)
    ]
    first: dict[str, int] = {}
    for text in bot.frames:
        first.setdefault(json.loads(text)["type"], len(text))
    return sum(sent), sum(first[kind] for kind in ("welcome", "room", "opened"))


def room() -> None:
    """Thirty people answer everything, each once a second."""
    with tempfile.TemporaryDirectory() as place:
        folder = make_folder(Path(place) / "acme")
        engagement = engagements.load(folder)
        with open_store(engagement) as store:
            codes = store.hand_out(engagement.wave().id, Slip("care-north", "leader"), PEOPLE)
        served = Served(folder, Path(place) / "log")
        ready, starting = served.ready, spent(served.process.pid)[1]
        try:
            bots = [
                Bot(served.base, i, code, ("da", "nl", "en")[i % 3], "words", pause=PACE)
                for i, code in enumerate(codes)
            ]

            async def play() -> float:
                begun = time.perf_counter()
                for bot in bots:
                    bot.start()
                await asyncio.gather(*(asyncio.wait_for(bot.joined.wait(), 60) for bot in bots))
                joined = time.perf_counter() - begun
                await asyncio.gather(*(bot.session() for bot in bots))
                await asyncio.gather(*(bot.settled() for bot in bots))
                for bot in bots:
                    await bot.stop()
                return joined

            before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
            begun = spent(served.process.pid)[1]
            joined = asyncio.run(play())
            own = resource.getrusage(resource.RUSAGE_SELF).ru_utime - before
            memory, worked = spent(served.process.pid)
        finally:
            served.kill()
    times = sorted(1000 * t for bot in bots for t in bot.times)
    p95 = statistics.quantiles(times, n=20)[-1]
    files, frames = weight(bots[0])
    print(
        f"room of {PEOPLE}: ready {'':<40} {ready:8.2f} s   aim 1 s   ({starting:.2f} s of one processor)"
    )
    print(f"room of {PEOPLE}: all joined at once {'':<27} {joined:8.2f} s")
    print(
        f"room of {PEOPLE}: click to saved, {len(times)} answers, median {'':<10} "
        f"{statistics.median(times):8.1f} ms  aim 30 ms"
    )
    print(f"room of {PEOPLE}: click to saved, 95 of 100 {'':<20} {p95:8.1f} ms  aim 100 ms")
    print(
        f"room of {PEOPLE}: the server's work on an answer {'':<18} "
        f"{1000 * (worked - begun) / len(times):8.1f} ms  of one processor, joining included"
    )
    print(f"room of {PEOPLE}: memory of the server {'':<25} {memory:8.0f} MiB aim 100 MiB")
    print(
        f"room of {PEOPLE}: opening the page {'':<29} {(files + frames) / 1000:8.0f} kB  aim 300 kB"
        f"   ({files / 1000:.0f} files, {frames / 1000:.0f} messages)"
    )
    print(f"  (this process, thirty phones: {own:.1f} s)", flush=True)


def _line(what: str, seconds: list[float]) -> None:
    """Median, 95 of 100 and the longest of some times."""
    ordered = sorted(seconds)
    p95 = statistics.quantiles(ordered, n=20, method="inclusive")[-1]
    print(
        f"room, {what:<52} {statistics.median(ordered):8.2f} s   "
        f"(95 of 100 {p95:.2f}, longest {ordered[-1]:.2f}, of {len(ordered)})  aim 3 s",
        flush=True,
    )


def returns() -> None:
    """From a phone's return to its being healed: in a browser, and of thirty at once."""
    with tempfile.TemporaryDirectory() as place:
        folder = make_folder(Path(place) / "acme")
        engagement = engagements.load(folder)
        with open_store(engagement) as store:
            codes = store.hand_out(engagement.wave().id, Slip("care-north", "leader"), PEOPLE)
        served = Served(folder, Path(place) / "log")
        bots = [Bot(served.base, i, code, "da", "words") for i, code in enumerate(codes)]
        after: dict[str, list[float]] = {"room": [], "slept": []}

        async def play() -> None:
            loop = asyncio.get_running_loop()
            for bot in bots:
                bot.start()
            await asyncio.gather(*(asyncio.wait_for(bot.joined.wait(), 60) for bot in bots))
            for _ in range(3):
                for bot in bots:
                    bot.back.clear()
                await loop.run_in_executor(None, served.kill)
                await asyncio.sleep(2)
                await loop.run_in_executor(None, served.start)
                back = time.monotonic()
                while not all(bot.back for bot in bots):
                    await asyncio.sleep(0.05)
                after["room"] += [bot.back[-1] - back for bot in bots]
            for bot in bots:
                bot.back.clear()
            # All look at their phones in the same moment.
            await asyncio.gather(*(bot.sleep(2) for bot in bots))
            back = time.monotonic()
            while not all(bot.back for bot in bots):
                await asyncio.sleep(0.05)
            after["slept"] = [bot.back[-1] - back for bot in bots]
            for bot in bots:
                await bot.stop()

        try:
            asyncio.run(play())
        finally:
            served.kill()
        _line("thirty phones back after a kill", after["room"])
        _line("thirty phones back after a sleep", after["slept"])
    if (program := lab.chromium()) is None:
        return
    with tempfile.TemporaryDirectory() as place:
        found = behind(Path(place))
        if found is None:
            return
        served, network = found
        engagement = engagements.load(served.folder)
        with open_store(engagement) as store:
            (code,) = store.hand_out(engagement.wave().id, Slip("care-north", "leader"), 1)
        try:
            with lab.browser(program, viewport={"width": 390, "height": 844}) as page:
                join(page, served.links["phones"], code)
                page.locator("label.hk-option").first.wait_for()
                phone = Phone(page, served, network)
                order = [(way, away) for way in WAYS for away in AWAY]
                random.Random(1).shuffle(order)
                times: dict[str, list[float]] = {way: [] for way in WAYS}
                for way, away in order:
                    times[way].append(phone.gone_and_back(way, away))
        finally:
            network.stop()
            served.kill()
        for way, said in zip(WAYS, ("slept", "changed its network", "lost the room"), strict=True):
            _line(f"a browser back that {said}", times[way])
        _line("a browser back, all of these", [t for found in times.values() for t in found])
