"""Thirty phones play whole sessions while their server is killed, again and again.

Nothing that was confirmed is lost, everybody heals without a hand, and before the reveal nobody's
answer is in any frame, file or log but that person's own frames and the store.
"""

from __future__ import annotations

import asyncio
import random
import re
import time
from pathlib import Path

import psutil
import pytest

from hrkit.answers.store import Slip, open_store
from hrkit.model import engagement_file as engagements
from tests.forms.conftest import make_folder
from tests.room.bots import Bot, Served, Watcher

LANGUAGES = ("da", "nl", "en")
PEOPLE = 30


def codes_of(folder: Path) -> list[str]:
    engagement = engagements.load(folder)
    wave = engagement.wave().id
    with open_store(engagement) as store:
        return [
            *store.hand_out(wave, Slip("care-north", "leader"), 18),
            *store.hand_out(wave, Slip("school", "leader"), 4),
            *store.hand_out(wave, Slip("all", "hr"), 8),
        ]


def quantile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


@pytest.mark.parametrize("kills", [3, pytest.param(50, marks=pytest.mark.soak)])
def test_whole_sessions_survive_a_server_that_is_killed(
    tmp_path: Path, kills: int, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, log = make_folder(tmp_path / "acme"), tmp_path / "room.log"
    codes = codes_of(folder)
    # Nothing personal stands on a slip; a word of each person's own is easy to look for.
    words = [f"SECRET-{i:02}-{random.Random(i).randrange(10**9)}" for i in range(PEOPLE)]
    served = Served(folder, log)
    bots = [
        Bot(served.base, i, code, LANGUAGES[i % 3], words[i], pause=0.02 if kills < 10 else 4.0)
        for i, code in enumerate(codes)
    ]
    away: list[float] = []
    memory: list[float] = []

    async def play() -> None:
        wall, host = Watcher(served, "screen"), Watcher(served, "host")
        for bot in bots:
            bot.start()
        for bot in bots:
            await asyncio.wait_for(bot.joined.wait(), 60)
        sessions = [asyncio.create_task(bot.session()) for bot in bots]
        unlucky = random.Random(kills)
        for n in range(kills):
            await asyncio.sleep(unlucky.uniform(0.3, 1.2))
            for bot in unlucky.sample(bots, 3):
                bot.cut()
            asleep = unlucky.choice(bots)
            sleeper = asyncio.create_task(asleep.sleep(unlucky.uniform(0.2, 1.5)))
            loop = asyncio.get_running_loop()
            await loop.run_in_executor(None, served.kill)
            if n % 3 == 0:
                await asyncio.sleep(unlucky.uniform(0, 1))
            await loop.run_in_executor(None, served.start)
            back = time.monotonic()
            await sleeper
            for bot in bots:
                await asyncio.wait_for(bot.joined.wait(), 120)
            # Of each phone, from when the room listens again; the one that slept on is not late.
            awake = [bot for bot in bots if bot is not asleep and bot.back]
            away.extend(max(0.0, bot.back[-1] - back) for bot in awake)
        await asyncio.gather(*sessions)
        await asyncio.gather(*(bot.settled(180) for bot in bots))
        await asyncio.sleep(2.5)  # totals are told every other second
        assert host.last["begun"] == PEOPLE
        memory.append(psutil.Process(served.process.pid).memory_info().rss / 2**20)
        assert memory[-1] < 100

        frames = {f"phone {bot.number}": "".join(bot.frames) for bot in bots}
        frames |= {"wall": "".join(wall.frames), "host": "".join(host.frames)}
        for name, text in frames.items():
            for i, word in enumerate(words):
                assert word not in text or name == f"phone {i}", (name, word)
            for i, code in enumerate(codes):
                assert (code in text) is (name == f"phone {i}")
            if not name.startswith("phone"):
                # No group, no unit and no role, of nobody: totals alone.
                assert not re.search(r'"profile": \{|"mean"|care-north|school|leader"', text)
        # Everybody closes, and only then may anything be shown.
        await host.give("close")
        await host.until("closed")
        for bot in bots:
            until = asyncio.get_running_loop().time() + 20
            while bot.room.get("step") != "closed":
                assert asyncio.get_running_loop().time() < until
                await asyncio.sleep(0.05)
        for one in (wall, host):
            await one.stop()
        await asyncio.gather(*(bot.stop() for bot in bots))

    try:
        asyncio.run(play())
    finally:
        served.kill()

    # What was confirmed is what the store holds: of everybody, to the last answer.
    engagement = engagements.load(folder)
    with open_store(engagement) as store:
        assert len(store.read(engagement.wave().id).people) == PEOPLE
        for bot in bots:
            found = store.resume(bot.code, engagement.wave().id)
            assert found is not None
            keys = {
                q.key: found.answers.get((q.item.id, q.facet.id))
                for q in engagement.instrument.questions(found.perspective)
            }
            assert {k: v for k, v in keys.items() if v is not None} == bot.confirmed
            assert len(bot.confirmed) == len(bot.questions())
    assert sum(bot.healed for bot in bots) >= kills * PEOPLE
    # Beside the store no file holds an answer, a code or a person; nor does what was logged.
    for path in (log, *(p for p in tmp_path.rglob("*") if p.is_file() and "sqlite" not in p.name)):
        text = path.read_bytes()
        assert not [w for w in (*words, *codes) if w.encode() in text], path.name
    assert b"127.0.0.1" not in log.read_bytes()
    assert b"Traceback" not in log.read_bytes()
    store_bytes = b"".join(p.read_bytes() for p in folder.glob("answers.sqlite*"))
    assert words[0].encode() in store_bytes, "a word that was never there is found nowhere"
    assert not [code for code in codes if code.encode() in store_bytes]
    with capsys.disabled():
        answers = sum(len(bot.confirmed) for bot in bots)
        print(
            f"\n{kills} kills, {answers} confirmed answers, none lost; back after the room: median "
            f"{quantile(away, 0.5):.2f} s, 95 % {quantile(away, 0.95):.2f} s, all {max(away):.1f} s; "
            f"{memory[-1]:.0f} MiB"
        )
