"""The port itself: what it serves, to whom, and what it refuses; real sockets on loopback."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import ssl
import threading
import time
from collections.abc import Awaitable, Callable
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from hrkit.answers.codes import new_code
from hrkit.answers.store import Slip, open_store
from hrkit.disclosure import release
from hrkit.errors import HrkitError
from hrkit.model import engagement_file as engagements
from hrkit.room import keyport
from hrkit.room import server as served_by
from hrkit.room.assets import read
from hrkit.room.book import Book
from hrkit.room.guard import LARGEST
from hrkit.room.hub import Hub
from tests.forms.conftest import make_folder

Play = Callable[["Port"], Awaitable[None]]


class Port:
    """A room on a free port of loopback."""

    def __init__(self, hub: Hub, port: int) -> None:
        self.hub, self.port = hub, port
        self.base = f"127.0.0.1:{port}"

    async def get(self, path: str, **headers: str) -> Any:
        request = HTTPRequest(f"http://{self.base}{path}", headers=headers, follow_redirects=False)
        return await AsyncHTTPClient().fetch(request, raise_error=False)

    async def line(self, path: str = "/phone/line", **headers: str) -> WebSocketClientConnection:
        headers = {"Origin": f"http://{self.base}", **headers}
        return await websocket_connect(HTTPRequest(f"ws://{self.base}{path}", headers=headers))


async def tell(line: WebSocketClientConnection, **message: Any) -> None:
    await line.write_message(json.dumps(message))


async def hear(line: WebSocketClientConnection, kind: str) -> dict[str, Any]:
    while True:
        text = await asyncio.wait_for(line.read_message(), 20)
        assert text is not None, f"closed before {kind}"
        message = json.loads(text)
        if message["type"] == kind:
            return dict(message)


def play(folder: Path, script: Play, *, coded: bool = True) -> None:
    """Serve a room while a script plays in it."""
    engagement = engagements.load(folder)
    wave = engagement.wave()

    async def run() -> None:
        with open_store(engagement, held=True) as store:
            book = Book.open(folder, engagement.id, wave.id)
            hub = Hub(engagement, wave, store, book, lambda _: {"address": "x"}, coded=coded)
            served = served_by.serve(hub)
            try:
                await asyncio.wait_for(script(Port(hub, served.port)), 60)
            finally:
                await served.stop()

    asyncio.run(run())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_folder(tmp_path / "acme")


def test_pages_files_and_nothing_else(folder: Path) -> None:
    async def script(port: Port) -> None:
        total = 0
        for path in ("/", "/screen", "/host", *(f"/assets/{name}" for name in served_by.FILES)):
            found = await port.get(path, **{"Accept-Encoding": "gzip"})
            assert found.code == 200, path
            policy = found.headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy and "unsafe" not in policy
            assert found.headers["X-Content-Type-Options"] == "nosniff"
            assert "Server" not in found.headers
            assert (
                b"http://" not in found.body.replace(b"http://www.w3.org", b"")
                or "font" in found.headers["Content-Type"]
            )
            total += int(found.headers.get("Content-Length", 0))
        # A page whose line is silent asks this, on a connection that is none of before.
        here = await port.get("/here")
        assert (here.code, here.body, here.headers["Connection"]) == (204, b"", "close")
        assert here.headers["Cache-Control"] == "no-store"
        for path in (
            "/assets/../hub.py", "/assets/hub.py", "/assets/%2e%2e/hub.py", "/assets/", "/api",
            "/answers.sqlite", "/room.json", "/../room.json", "/static/x", "/phone", "//", "/host/",
            "/assets/..%2fhub.py", "/engagement.yml", "/tree", "/lab", "/assets/Lato-Italic.ttf",
        ):  # fmt: skip
            found = await port.get(path)
            assert found.code in (400, 404), (path, found.code)
            assert b"Traceback" not in found.body and len(found.body) < 50
        for path, more in (
            ("/phone/line", {}),
            ("/host/line", {"Host": "evil.example"}),
            ("/nothing", {}),
            ("/screen/line", {"Origin": "http://evil.example"}),
        ):
            found = await port.get(path, **more)
            assert found.code in (400, 403, 404, 421, 426), path
            # Whatever is refused says as little, and as strictly, as what is served.
            assert "default-src 'none'" in found.headers["Content-Security-Policy"], path
            assert found.headers["Cache-Control"] == "no-store", path
            assert found.headers["Content-Type"].startswith("text/plain"), path
            assert "Server" not in found.headers
        for method in ("POST", "PUT", "DELETE"):
            request = HTTPRequest(
                f"http://{port.base}/", method=method, body=None if method == "DELETE" else b"x"
            )
            found = await AsyncHTTPClient().fetch(request, raise_error=False)
            assert found.code in (404, 405)

    play(folder, script)


def test_another_name_of_this_machine_is_not_answered(folder: Path) -> None:
    async def script(port: Port) -> None:
        for host in ("evil.example", f"evil.example:{port.port}", "127.0.0.1", "127.0.0.1:1"):
            assert (await port.get("/", Host=host)).code == 421
            with pytest.raises(HTTPClientError):
                await port.line(Host=host)
        for origin in (
            "http://evil.example",
            "null",
            f"https://{port.base}",
            "http://127.0.0.1:1",
        ):
            with pytest.raises(HTTPClientError):
                await port.line(Origin=origin)

    play(folder, script)


def test_totals_are_told_also_when_the_clock_is_set_back(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A computer that slept, or finds out what time it is, an hour into the round."""
    monkeypatch.setattr(served_by, "COUNTING", 0.2)
    now = time.time

    async def script(port: Port) -> None:
        wall = await port.line("/screen/line")
        await tell(wall, type="hello", key=port.hub.book.new_key("screen"))
        await hear(wall, "show")
        await asyncio.sleep(0.5)
        monkeypatch.setattr(time, "time", lambda: now() - 3600)
        await asyncio.sleep(0.5)
        phone = await port.line()
        await tell(phone, type="hello", view="v")
        await asyncio.wait_for(hear(wall, "show"), 10)
        # What goes wrong once does not end it.
        counts = type(port.hub).counts
        monkeypatch.setattr(type(port.hub), "counts", property(lambda _: 1 / 0))
        await asyncio.sleep(0.5)
        monkeypatch.setattr(type(port.hub), "counts", counts)
        phone.close()
        await asyncio.wait_for(hear(wall, "show"), 10)

    play(folder, script)


def test_a_disk_that_is_full_stops_no_room(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever leads is told, what closes is closed, and it is written down once that can be."""
    monkeypatch.setattr(served_by, "COUNTING", 0.2)
    monkeypatch.setattr(served_by, "CLOSING", 0.5)

    async def script(port: Port) -> None:
        book = port.hub.book
        host = await port.line("/host/line")
        await tell(host, type="hello", key=book.new_key("host"))
        assert (await hear(host, "state"))["unsaved"] is False
        kept = book.path.read_bytes()
        book.path.unlink()
        book.path.mkdir()  # nothing can be written there
        book.patient = True
        await tell(host, type="command", do="close", rev=book.round.rev, stamp="0" * 16)
        assert (await hear(host, "done"))["stamp"] == "0" * 16
        state = await hear(host, "state")
        while state["step"] != "closed":
            assert state["unsaved"] is True
            state = await hear(host, "state")
        book.path.rmdir()
        book.path.write_bytes(kept)
        assert (await hear(host, "state"))["unsaved"] is False
        found = Book.open(folder, port.hub.engagement.id, port.hub.wave.id)
        assert (found.round.step, found.journal[-1]["what"]) == ("closed", "closed")

    play(folder, script)


def test_what_goes_wrong_at_closing_keeps_nothing_closing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(served_by, "CLOSING", 0.3)

    async def script(port: Port) -> None:
        book = port.hub.book
        host = await port.line("/host/line")
        await tell(host, type="hello", key=book.new_key("host"))
        await hear(host, "state")
        book.path.unlink()
        book.path.mkdir()
        # A room that nobody made patient: the line of that command ends, and its round is closed all the same.
        await tell(host, type="command", do="close", rev=book.round.rev, stamp="0" * 16)
        for _ in range(200):  # a machine at work may take its time
            if book.round.step == "closed":
                break
            await asyncio.sleep(0.05)
        assert book.round.step == "closed"

    play(folder, script)


def test_nonsense_ends_the_line_and_nothing_else(folder: Path) -> None:
    async def script(port: Port) -> None:
        good = await port.line()
        await tell(good, type="hello", view="good")
        await hear(good, "welcome")
        for message in (
            "",
            "[]",
            "x" * (LARGEST + 1),
            '{"type": "command", "do": "end"}',
            b"\x00\xff",
        ):
            bad = await port.line()
            await bad.write_message(message, binary=isinstance(message, bytes))
            assert await asyncio.wait_for(bad.read_message(), 20) is None
        await tell(good, type="language", view="good", language="en")
        await tell(good, type="hello", view="good")
        await hear(good, "welcome")
        assert port.hub.book.round.step == "open"

    play(folder, script)


def test_a_participant_is_no_host(folder: Path) -> None:
    async def script(port: Port) -> None:
        for path in ("/host/line", "/screen/line"):
            for key in ("", "x", "../../room.json", "0" * 22):
                line = await port.line(path)
                await tell(line, type="hello", key=key)
                told = await hear(line, "refused")
                assert set(told) == {"type", "said"}
        line = await port.line("/host/line")
        await tell(line, type="command", do="end", rev=0)
        await asyncio.sleep(0.2)
        assert port.hub.book.round.step == "open"

    play(folder, script)


def test_nothing_personal_is_logged(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)

    async def script(port: Port) -> None:
        (code,) = port.hub.store.hand_out(port.hub.wave.id, Slip("care", "leader"), 1)
        line = await port.line()
        await tell(line, type="hello", view="v")
        await tell(line, type="resume", view="v", code=code)
        opened = await hear(line, "opened")
        await tell(
            line, type="answer", view="v", key="open.01", value="SECRET WORDS", was=[None], stamp=1
        )
        await hear(line, "saved")
        await port.get("/nothing-here?SECRET=1")
        line.close()
        await asyncio.sleep(0.2)
        # A secret that is looked for in vain proves nothing if it was never there.
        assert opened["code"] == code

    play(folder, script)
    told = caplog.text
    assert "SECRET" not in told and "127.0.0.1" not in told.replace("asyncio", "")


def test_with_a_certificate_the_line_is_encrypted(folder: Path, tmp_path: Path) -> None:
    certificate = _certificate(tmp_path)
    engagement = engagements.load(folder)

    async def run() -> None:
        with open_store(engagement, held=True) as store:
            wave = engagement.wave()
            book = Book.open(folder, engagement.id, wave.id)
            hub = Hub(engagement, wave, store, book, lambda _: {"address": "x"}, coded=True)
            served = served_by.serve(hub, certificate=certificate)
            trusted = ssl.create_default_context(cafile=str(certificate[0]))
            try:
                base = f"localhost:{served.port}"
                request = HTTPRequest(
                    f"wss://{base}/phone/line",
                    headers={"Origin": f"https://{base}"},
                    ssl_options=trusted,
                )
                line = await websocket_connect(request)
                await tell(line, type="hello", view="v")
                await hear(line, "welcome")
            finally:
                await served.stop()

    asyncio.run(run())


def _certificate(place: Path) -> tuple[Path, Path]:
    import datetime as dt

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    files = place / "cert.pem", place / "key.pem"
    files[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    files[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return files


@pytest.mark.parametrize("fails", ["", "said", "unforeseen"])
def test_while_a_release_is_made_everybody_else_is_answered(
    folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, fails: str
) -> None:
    """It is held up until a phone was answered: done in the port's own time, nothing would go on."""
    answered, begun = threading.Event(), threading.Event()
    issue = release.issue

    def slow(*given: Any) -> Any:
        begun.set()
        assert answered.wait(30), "nobody was answered meanwhile"
        if fails:
            raise HrkitError("Nothing can be written.") if fails == "said" else KeyError("SECRET")
        return issue(*given)

    monkeypatch.setattr(release, "issue", slow)
    engagement = engagements.load(folder)
    with open_store(engagement, held=True) as store:
        for number in range(20):
            side = ("leader", "hr")[number % 2]
            key = store.begin("w2", "care-north", side, code=new_code())
            for question in engagement.instrument.questions(side):
                if question.facet.scale.kind == "rating":
                    store.save(key, question.item.id, question.facet.id, str(number % 4 + 1))

    async def script(port: Port) -> None:
        host = await port.line("/host/line")
        await tell(host, type="hello", key=port.hub.book.new_key("host"), language="en")
        state = await hear(host, "state")
        await tell(host, type="command", do="close", rev=state["rev"])
        while state["step"] != "closing":
            state = await hear(host, "state")
        port.hub.closed()
        while state["step"] != "closed":
            state = await hear(host, "state")
        await tell(host, type="command", do="reveal", rev=state["rev"])
        state = await hear(host, "state")
        assert state["revealing"] and state["allowed"] == []
        await asyncio.to_thread(begun.wait, 30)

        phone = await port.line()
        await tell(phone, type="hello", view="v")
        await hear(phone, "welcome")
        assert (await port.get("/here")).code == 204
        # Nobody opens the round again under a release that is being made, nor ends the room.
        for message in ({"do": "reopen", "reason": "why"}, {"do": "end"}, {"do": "reveal"}):
            await tell(host, type="command", rev=state["rev"], **message)
            refused = await hear(host, "refused")
            assert refused["why"] == "The result is being made. One moment …"
            state = await hear(host, "state")
            assert state["step"] == "closed" and not state["wall"].get("profile")
        answered.set()
        if fails:
            why = {"said": "Nothing can be written.", "unforeseen": "That did not work"}[fails]
            assert (await hear(host, "refused"))["why"].startswith(why)
            state = await hear(host, "state")
            assert not state["revealing"] and "reveal" in state["allowed"]
            assert port.hub.book.round.step == "closed"
        else:
            while state["step"] != "released":
                state = await hear(host, "state")
            assert state["wall"]["profile"]["rows"] and not state["revealing"]

    play(folder, script)
    assert ("KeyError" in caplog.text) is (fails == "unforeseen") and "SECRET" not in caplog.text


def test_every_script_finds_what_it_imports_where_it_is_served() -> None:
    """A page whose script names what another file does not give stays blank, and no server says so."""
    pages = resources.files("hrkit.room") / "page"
    served = {"key.html": keyport._FILES}
    for page in ("phone.html", "wall.html", "host.html", "check.html", "key.html"):
        text = (pages / page).read_text("utf-8")
        queue = re.findall(r'src="/assets/([a-z]+\.js)"', text)
        assert queue, page
        for name in queue:
            files = served.get(page, served_by.FILES)
            assert name in files, (page, name)
            script = read(name).decode("utf-8")
            found = re.findall(r'^import (?:\{([^}]*)\}|\w+) from "\./([a-z]+\.js)";', script, re.M)
            assert len(found) == len(re.findall(r"^import ", script, re.M)), name
            for names, other in found:
                given = read(other).decode("utf-8")
                for one in filter(None, map(str.strip, names.split(","))):
                    assert re.search(rf"^export (?:const|function) {one}\b", given, re.M), (
                        name,
                        one,
                    )
                if other not in queue:
                    queue.append(other)
