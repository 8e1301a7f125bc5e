"""Many people save at once; a power cut in the middle of an import."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

from hrkit.answers.responses import tables
from hrkit.answers.store import Added, open_store

PERSON = """
import sys
from hrkit.model import engagement_file as engagement
from hrkit.answers.store import open_store
e = engagement.load(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
for person in range(2):
    with open_store(e) as store:
        key = store.begin("w1", "north", "hr")
        for i in range(10):
            store.save(key, "trust.02", "agreement", str(1 + i % 5))
            store.save(key, "open.good", "words", f"{i}")
"""

IMPORT = """
import sys, time
from sqlalchemy import event
from hrkit.model import engagement_file as engagement
from hrkit.answers.responses import tables
from hrkit.answers.store import open_store
e = engagement.load(sys.argv[1])
people = [(str(i), "w1", "north", "hr", None, None) for i in range(10_000)]
given = [(str(i), "trust.02", "agreement", "4") for i in range(10_000)]
with open_store(e) as store:
    @event.listens_for(store._engine, "commit")
    def stop(connection):
        print("written, not committed", flush=True)
        time.sleep(60)
    store.add(tables(people, given))
"""


def start(code, folder, **how):
    return subprocess.Popen(
        [sys.executable, "-c", code, str(folder)],
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        **how,
    )


def test_many_people_at_once_in_a_new_store(engagement):
    crowd = [start(PERSON, engagement.folder, stdin=subprocess.PIPE) for _ in range(5)]
    for person in crowd:
        assert person.stdout.readline() == "ready\n"
    for person in crowd:
        person.stdin.write("go\n")
        person.stdin.flush()
    for person in crowd:
        _, error = person.communicate(timeout=60)
        assert person.returncode == 0, error
    with open_store(engagement) as store:
        responses = store.read("w1")
        assert len(responses) == 10
        assert sorted(responses.answers["value"]) == ["5"] * 10 + ["9"] * 10


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this platform")
def test_killed_in_the_middle_of_an_import(engagement):
    with open_store(engagement) as store:
        before = store.begin("w1", "south", "hr")
    process = start(IMPORT, engagement.folder)
    assert process.stdout.readline() == "written, not committed\n"
    process.kill()
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    people = [(str(i), "w1", "north", "hr", None, None) for i in range(10_000)]
    given = [(str(i), "trust.02", "agreement", "4") for i in range(10_000)]
    with open_store(engagement) as store:
        assert store.read().people["respondent"].tolist() == [before]
        assert store.add(tables(people, given)) == Added(10_000, 0, 0)
        assert len(store.read()) == 10_001


def test_a_store_may_cross_a_fork(engagement):
    import os

    if not hasattr(os, "fork"):
        pytest.skip("no fork on this platform")
    with open_store(engagement) as store:
        store.begin("w1", "north", "hr")
        child = os.fork()
        if child == 0:
            try:
                store.begin("w1", "north", "hr")
                os._exit(0)
            finally:
                os._exit(1)
        store.begin("w1", "north", "hr")
        assert os.waitpid(child, 0)[1] == 0
        assert len(store.read()) == 3
