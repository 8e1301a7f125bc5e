"""What strangers on the same network may try: paths, headers, floods, guesses, silence."""

from __future__ import annotations

import asyncio
import json
import socket
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hrkit.answers.store import Slip
from hrkit.room import listening
from hrkit.room import server as served_by
from hrkit.room.guard import LARGEST, Patience, Shares, Tries, known_host, named_host
from hrkit.room.net import wifi
from tests.forms.conftest import make_folder
from tests.room.test_server import Port, hear, play, tell


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_folder(tmp_path / "acme")


async def raw(port: Port, data: bytes, seconds: float = 5.0) -> bytes:
    """What comes back to bytes that no browser would send."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port.port)
    try:
        writer.write(data)
        await writer.drain()
        writer.write_eof()
        return await asyncio.wait_for(reader.read(), seconds)
    except (ConnectionError, OSError):
        return b""
    finally:
        writer.close()


NASTY = st.text(
    st.sampled_from("/.%2eE\\;?#:@~*<>\"'{}|^`abcxyz019 \t\x00\x7fåø☃"), min_size=1, max_size=60
)
HEADERS = st.lists(
    st.tuples(
        st.sampled_from(
            ["Host", "Origin", "Upgrade", "Connection", "Content-Length", "Transfer-Encoding",
             "Range", "X-Forwarded-For", "X-Real-Ip", "Sec-WebSocket-Key", "Cookie", "Expect", "\x00"]
        ),
        st.text(max_size=40),
    ),
    max_size=6,
)  # fmt: skip


@given(data=st.data())
@settings(max_examples=1, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_path_or_header_gets_more_than_four_pages_and_their_files(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """One room, many strange requests: it answers each with a refusal or a page, and lives on."""
    folder = make_folder(tmp_path_factory.mktemp("fuzz") / "acme")
    asked = [(data.draw(NASTY), data.draw(HEADERS)) for _ in range(120)]
    secrets = [b"hrkit: 1", b"SQLite format", b"Traceback", b"Kim Holm", b'"keys"']

    async def script(port: Port) -> None:
        host = f"127.0.0.1:{port.port}"
        for path, headers in asked:
            lines = [f"GET /{path} HTTP/1.1", f"Host: {host}"]
            lines += [f"{name}: {value}" for name, value in headers]
            request = "\r\n".join(lines) + "\r\nConnection: close\r\n\r\n"
            found = await raw(port, request.encode("utf-8", "surrogatepass"))
            head, _, body = found.partition(b"\r\n\r\n")
            status = head.split(b" ")[1] if head.startswith(b"HTTP/1.1 ") else b""
            assert status in (b"", b"200", b"204", b"304", b"400", b"403", b"404", b"405", b"413", b"417",
                              b"421", b"426", b"431"), (path, head)  # fmt: skip
            assert not [s for s in secrets if s in found], path
            if status != b"200":
                assert len(body) < 300
        line = await port.line()
        await tell(line, type="hello", view="v")
        await hear(line, "welcome")

    play(folder, script)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60))
def test_only_a_name_that_was_allowed_is_known(header: str) -> None:
    if known_host(header, {"192.168.8.2"}, 8700):
        assert named_host(header) == ("192.168.8.2", 8700)


def test_frames_of_any_kind_end_that_line_only(folder: Path) -> None:
    """Oversized, binary, unmasked, reserved bits, and a message in endless pieces."""

    async def script(port: Port) -> None:
        good = await port.line()
        await tell(good, type="hello", view="good")
        await hear(good, "welcome")
        ask = (
            f"GET /phone/line HTTP/1.1\r\nHost: 127.0.0.1:{port.port}\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nOrigin: http://127.0.0.1:{port.port}\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
        ).encode()
        mask = b"\x00\x00\x00\x00"
        piece = b"\x01\xfe" + (20_000).to_bytes(2, "big") + mask + b"x" * 20_000
        for frame in (
            b"\x81\xff" + (2**40).to_bytes(8, "big") + mask,
            b"\x81\xfe" + (LARGEST + 1).to_bytes(2, "big") + mask + b"x" * (LARGEST + 1),
            b"\x81\x05hello",
            b"\xf1\x80" + mask,
            b"\x83\x80" + mask,
            b"\x89\xfe" + (60_000).to_bytes(2, "big") + mask + b"x" * 60_000,
            piece + piece.replace(b"\x01", b"\x00", 1) * 3,
        ):
            found = await raw(port, ask + frame)
            # Some end so abruptly that not even the greeting is read.
            assert found[:12] in (b"", b"HTTP/1.1 101")
            assert len(found) < 5000
        await tell(good, type="alive")
        await hear(good, "alive")

    play(folder, script)


def test_who_reads_nothing_stalls_nobody(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(served_by, "_MOST_WAITING", 60_000)

    async def script(port: Port) -> None:
        silent = socket.create_connection(("127.0.0.1", port.port))
        silent.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        silent.sendall(
            (
                f"GET /phone/line HTTP/1.1\r\nHost: 127.0.0.1:{port.port}\r\nUpgrade: websocket\r\n"
                f"Connection: Upgrade\r\nOrigin: http://127.0.0.1:{port.port}\r\n"
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
            ).encode()
        )
        hello = b'{"type": "hello", "view": "v"}'
        frame = b"\x81" + bytes([0x80 | len(hello)]) + b"\x00" * 4 + hello
        await asyncio.sleep(0.1)
        good = await port.line()
        slowest = 0.0
        loop = asyncio.get_running_loop()
        for _ in range(200):
            silent.sendall(frame)
            begun = loop.time()
            await tell(good, type="alive")
            await hear(good, "alive")
            slowest = max(slowest, loop.time() - begun)
            if len(port.hub.phones) == 1:
                break
        # It was let go, and whoever reads was served all the while.
        assert len(port.hub.phones) == 1
        assert slowest < 2
        silent.close()

    play(folder, script)


def test_a_flood_of_messages_ends_its_line(folder: Path) -> None:
    async def script(port: Port) -> None:
        line = await port.line()
        for _ in range(400):
            await tell(line, type="alive")
        heard = 0
        while await asyncio.wait_for(line.read_message(), 20) is not None:
            heard += 1
        assert 250 <= heard < 400

    play(folder, script)


def test_lines_that_are_opened_anew_ask_for_no_more_than_one(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A flood that goes on over another line each time is served at the pace of its address."""
    monkeypatch.setattr(served_by, "_SHARES", (200, 200, 5.0))

    async def script(port: Port) -> None:
        loop = asyncio.get_running_loop()
        begun, heard = loop.time(), 0
        for _ in range(4):
            line = await port.line()
            for _ in range(20):
                await tell(line, type="hello", view="v")
            for _ in range(20):
                await hear(line, "welcome")
                heard += 1
            line.close()
        # 800 were asked for, 200 of them at once: nothing is lost, and the others took their time.
        assert heard == 80 and loop.time() - begun > 2.5

    play(folder, script)


def test_what_is_too_much_waits_by_address_and_not_for_ever() -> None:
    now = [0.0]
    shares = Shares(10, 2, 4.0, lambda: now[0])
    assert [shares.wait("a", 5) for _ in range(4)] == [0, 0, 2.5, 4.0]
    assert shares.wait("b", 5) == 0
    now[0] = 4.0
    assert shares.wait("a", 0) == 0 and shares.wait("a", 1) == 0.5
    for n in range(2000):
        shares.wait(f"other {n}", 1)
    assert len(shares._by) <= 500


def test_connections_are_bounded_and_come_free_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listening, "_MOST_FROM", 10)

    async def script(port: Port) -> None:
        good = await port.line()
        many = [socket.create_connection(("127.0.0.1", port.port)) for _ in range(40)]
        await asyncio.sleep(0.3)
        with pytest.raises(Exception, match="."):
            await asyncio.wait_for(port.line(), 5)
        # Those who are in are not disturbed.
        await tell(good, type="alive")
        await hear(good, "alive")
        for one in many:
            one.close()
        await asyncio.sleep(0.3)
        again = await port.line()
        await tell(again, type="alive")
        await hear(again, "alive")

    play(folder, script)


def test_a_host_key_cannot_be_guessed(folder: Path) -> None:
    async def script(port: Port) -> None:
        key = port.hub.book.new_key("host")

        async def said(guess: str) -> str:
            line = await port.line("/host/line")
            await tell(line, type="hello", key=guess)
            message = json.loads(str(await asyncio.wait_for(line.read_message(), 20)))
            line.close()
            return str(message["type"])

        assert await said(key) == "state"
        asked: list[str] = []
        opens = port.hub.book.opens
        port.hub.book.opens = lambda what, guess: bool(asked.append(guess)) or opens(what, guess)  # type: ignore[method-assign]
        for n in range(40):
            assert await said(f"{key[:-2]}{n:02}") == "refused"
        # Few were looked at; the others waited, and so does the right one for a while.
        assert len(asked) <= 12
        assert await said(key) == "refused"
        assert port.hub.book.round.step == "open"

    play(folder, script)


def test_another_ones_code_is_not_found_and_a_right_one_always_is(folder: Path) -> None:
    async def script(port: Port) -> None:
        mine, other = port.hub.store.hand_out(port.hub.wave.id, Slip("care", "leader"), 2)
        line = await port.line()
        await tell(line, type="hello", view="v")
        for n in range(30):
            await tell(line, type="resume", view="v", code=f"{other[:-2]}{n % 8 + 2}{n % 7 + 2}")
        told = [await hear(line, "refused") for _ in range(30)]
        assert "again" not in told[0] and told[-1]["again"] >= 1
        # Who guessed waits; another phone behind the same router does not.
        neighbour = await port.line()
        await tell(neighbour, type="hello", view="n")
        for _ in range(40):  # however often a phone comes back: only what fails is counted
            await tell(neighbour, type="resume", view="n", code=mine)
            assert (await hear(neighbour, "opened"))["code"] == mine

    play(folder, script)


def test_tries_are_counted_by_address_and_forgotten_in_time() -> None:
    tries = Tries(3, 1000.0)
    for _ in range(3):
        assert tries.wait("a") == 0
        tries.failed("a")
    assert tries.wait("a") > 900 and tries.wait("b") == 0
    for n in range(2000):
        tries.failed(f"other {n}")
    assert len(tries._by) <= 500


def test_a_wait_is_as_long_as_it_says() -> None:
    now = [0.0]
    patience = Patience(1, 5.0, lambda: now[0])
    assert patience.allows() and patience.wait == pytest.approx(5)
    now[0] = 5.01
    assert patience.wait == 0 and patience.allows()


WIFI = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=32)


@given(name=WIFI, password=WIFI)
def test_a_network_of_any_name_is_read_as_it_is(name: str, password: str) -> None:
    """As cameras read it: fields end at a semicolon that no backslash stands before."""
    fields: list[str] = [""]
    text = iter(wifi(name, password).removeprefix("WIFI:"))
    for sign in text:
        if sign == "\\":
            fields[-1] += next(text)
        elif sign == ";":
            fields.append("")
        else:
            fields[-1] += sign
    assert fields == ["T:WPA", f"S:{name}", f"P:{password}", "", ""]


def test_what_goes_wrong_is_logged_without_anybody(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def script(port: Port) -> None:
        def fails(*_: Any) -> None:
            raise ValueError("SECRET ANSWER")

        line = await port.line()
        port.hub.phone = fails  # type: ignore[method-assign]
        await tell(line, type="hello", view="v")
        assert await asyncio.wait_for(line.read_message(), 20) is None
        await raw(port, b"GET /SECRET HTTP/9.9\r\n\r\n")
        await raw(port, b"\x16\x03\x01SECRET\r\n\r\n")

    caplog.set_level("DEBUG")
    play(folder, script)
    assert "ValueError at" in caplog.text
    assert "SECRET" not in caplog.text and "127.0.0.1" not in caplog.text.replace("asyncio", "")
