"""A PostgreSQL server of the tests' own, from the package that the machine has.

It lies in a temporary folder, listens on a socket there and nowhere else, and ends with the tests.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest

__all__ = ["Server", "running"]


@dataclass(frozen=True)
class Server:
    """A server that runs."""

    place: Path

    def url(self, schema: str) -> str:
        """The address of a store in a schema of its own."""
        socket, options = quote(str(self.place), safe=""), quote(f"-csearch_path={schema}")
        return f"postgresql://hrkit@/answers?host={socket}&options={options}"

    def do(self, *statements: str) -> None:
        """Run statements as whoever owns the server."""
        import psycopg

        with psycopg.connect(
            host=str(self.place), user="hrkit", dbname="answers", autocommit=True
        ) as connection:
            for statement in statements:
                connection.execute(statement)

    def tables_hold(self, words: bytes) -> bool:
        """Whether bytes stand in any file of a table, of this database or another."""
        self.do("CHECKPOINT")
        files = [one for one in (self.place / "data/base").rglob("*") if one.is_file()]
        assert files
        return any(words in one.read_bytes() for one in files)


def _binaries() -> Path:
    places = [os.environ.get("HRKIT_TEST_POSTGRESQL"), shutil.which("initdb")]
    for found in [
        *(Path(one) for one in places if one),
        *Path("/usr/lib/postgresql").glob("*/bin/initdb"),
    ]:
        place = found.resolve() if found.is_dir() else found.resolve().parent
        if (place / "postgres").exists():
            return place
    pytest.skip("no PostgreSQL server on this machine (apt-get install postgresql)")


@contextlib.contextmanager
def running() -> Iterator[Server]:
    """A server that has an empty database ``answers``; skips the tests where there is none."""
    pytest.importorskip("psycopg", reason="psycopg is not installed (hrkit[postgresql])")
    binaries = _binaries()
    # A socket's path may be 107 bytes long, those of pytest are longer.
    place = Path(tempfile.mkdtemp(prefix="hrkit-pg-"))
    who: dict[str, int] = {}
    if os.geteuid() == 0:
        # The server refuses to run as root.
        user = next(u for u in pwd.getpwall() if u.pw_name in ("postgres", "nobody"))
        who = {"user": user.pw_uid, "group": user.pw_gid}
        os.chown(place, user.pw_uid, user.pw_gid)
    run = {"cwd": place, "check": True, "capture_output": True, **who}
    data = place / "data"
    process = None
    try:
        subprocess.run(
            [binaries / "initdb", "-D", data, "-U", "hrkit", "-A", "trust", "-E", "UTF8",
             "--locale=C", "--no-sync", "--no-instructions"], **run
        )  # fmt: skip
        settings = {"listen_addresses": "", "unix_socket_directories": str(place), "fsync": "off",
                    "max_connections": "60", "shared_buffers": "16MB", "autovacuum": "off"}  # fmt: skip
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with (place / "log").open("wb") as log:
            process = subprocess.Popen(
                [binaries / "postgres", "-D", data, *options],
                cwd=place,
                stdout=log,
                stderr=log,
                **who,
            )
        made = (
            # A language's own order, in which "aa" comes after "z": nothing may hang on it.
            "CREATE DATABASE answers TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'da'",
            "CREATE DATABASE answers",
        )
        _wait(place, process)
        import psycopg

        with psycopg.connect(
            host=str(place), user="hrkit", dbname="postgres", autocommit=True
        ) as connection:
            try:
                connection.execute(made[0])
            except psycopg.Error:
                connection.execute(made[1])
        yield Server(place)
    finally:
        if process is not None:
            process.terminate()
            process.wait(timeout=30)
        shutil.rmtree(place, ignore_errors=True)


def _wait(place: Path, process: subprocess.Popen[bytes]) -> None:
    import psycopg

    until = time.monotonic() + 60
    while True:
        try:
            psycopg.connect(host=str(place), user="hrkit", dbname="postgres").close()
            return
        except psycopg.OperationalError:
            if process.poll() is not None or time.monotonic() > until:
                pytest.fail((place / "log").read_text(errors="replace"))
            time.sleep(0.1)
