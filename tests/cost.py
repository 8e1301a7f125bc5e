"""What the tests cost, in seconds of processor time: theirs and that of every process they start.

``make test ARGS="-p tests.cost"`` notes each test's setup, call and teardown, and what each fixture
takes beside those it asks for, in ``.pytest_cache/cost/``, a file a worker; ``python tests/cost.py``
ranks them.  Time by the clock says nothing on a machine that does other things too.
"""

from __future__ import annotations

import os
import resource
import shutil
import sys
from collections import Counter
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

PLACE = Path(__file__).resolve().parents[1] / ".pytest_cache" / "cost"


def spent() -> float:
    """Seconds of this process and of those it waited for."""
    times = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in times)


def note(kind: str, seconds: float, name: str) -> None:
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    with (PLACE / worker).open("a", encoding="utf-8") as file:
        file.write(f"{kind}\t{seconds:.3f}\t{name}\n")


def pytest_configure() -> None:
    if "PYTEST_XDIST_WORKER" not in os.environ:
        shutil.rmtree(PLACE, ignore_errors=True)
        PLACE.mkdir(parents=True)


_NOTED = [0.0]


def pytest_collection_finish() -> None:
    note("file", spent(), "starting and collecting, in a worker")
    _NOTED[0] = spent()


@pytest.hookimpl(wrapper=True)
def pytest_unconfigure() -> Generator[None, Any, Any]:
    """What lived beside the tests (servers, processes that others were forked from) ends last."""
    done = yield
    if _NOTED[0]:
        note("file", spent() - _NOTED[0], "beside the tests and after them, in a worker")
    return done


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, Any, Any]:
    before = spent()
    done = yield
    whole = spent() - before
    _NOTED[0] += whole
    note("file", whole, item.nodeid.split("::")[0])
    note("test", whole, item.nodeid)
    return done


_INNER: list[float] = []


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: Any) -> Generator[None, Any, Any]:
    before = spent()
    _INNER.append(0.0)
    try:
        return (yield)
    finally:
        whole, inner = spent() - before, _INNER.pop()
        if _INNER:
            _INNER[-1] += whole
        note("fixture", whole - inner, f"{fixturedef.baseid}::{fixturedef.argname}")


def main(most: int = 40) -> None:
    kinds: dict[str, Counter[str]] = {"file": Counter(), "test": Counter(), "fixture": Counter()}
    for path in PLACE.iterdir():
        for line in path.read_text("utf-8").splitlines():
            kind, seconds, name = line.split("\t", 2)
            kinds[kind][name] += float(seconds)
    print(f"{sum(kinds['file'].values()) / 60:.1f} CPU-minutes")
    for kind, found in kinds.items():
        print(f"\n{kind}s")
        for name, seconds in found.most_common(most):
            print(f"{seconds:8.1f}  {name}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
