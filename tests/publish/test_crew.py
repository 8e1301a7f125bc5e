"""Tasks in processes of their own: nothing stays, nothing is lost, nobody is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from hrkit.publish.batch.crew import Crew, Ended, Task, forks

HERE = "tests.publish.crew_tasks"
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


@pytest.fixture(params=[True, False], ids=["forked", "anew"])
def crew(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Crew]:
    if request.param and not forks():
        pytest.skip("this platform does not fork")
    first = (HERE,) if request.param else ()
    with Crew(2, tmp_path, first, fork=request.param) as made:
        yield made


def all_of(crew: Crew, *tasks: Task) -> dict[str, Ended]:
    for task in tasks:
        crew.give(task)
    found: dict[str, Ended] = {}
    while crew.busy:
        found |= {one.id: one for one in crew.wait(60)}
    return found


def gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    with open(f"/proc/{pid}/stat") as file:
        return file.read().rpartition(")")[2].split()[0] == "Z"


def until(condition: object, seconds: float = 60) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():  # type: ignore[operator]
            return True
        time.sleep(0.05)
    return False


def test_values_errors_and_the_machine_s_own_words(crew: Crew, tmp_path: Path) -> None:
    found = all_of(
        crew,
        Task("a", f"{HERE}:echo", {"value": {"x": [1, "æ\ud800", None]}}),
        Task("b", f"{HERE}:wrong"),
        Task("c", f"{HERE}:worse"),
        Task("d", f"{HERE}:full"),
        Task("e", "no.such.module:x"),
    )
    assert found["a"].value == {"x": [1, "æ\ud800", None]}
    assert found["b"].error == "No.\n  - here: is wrong; mend it"
    assert found["c"].error == "KeyError: 'x'"
    assert "free some space" in found["d"].error
    assert found["e"].error.startswith("ModuleNotFoundError")
    assert not [one for one in found.values() if one.value is None and not one.error]
    assert not list(tmp_path.glob("result-*"))


@pytest.mark.parametrize("fork", [True, False])
def test_what_does_not_load_is_said_and_not_taken_for_too_little_memory(
    fork: bool, tmp_path: Path
) -> None:
    """A program beside it that is installed halfway, and that papermill loads at once."""
    if fork and not forks():
        pytest.skip("this platform does not fork")
    tasks = [Task(n, f"{HERE}:echo", {"value": n}) for n in ("a", "b", "c")]
    with Crew(2, tmp_path, ("no_such_module_there",), fork=fork) as crew:
        found = all_of(crew, *tasks)
    assert sorted(found) == ["a", "b", "c"]
    for one in found.values():
        assert "No module named 'no_such_module_there'" in one.error
        assert "memory" not in one.error and one.tries == 1


def test_no_process_has_seen_what_another_was_given(crew: Crew) -> None:
    tasks = [Task(name, f"{HERE}:remembers", {"name": name}) for name in "abcd"]
    assert {one: end.value for one, end in all_of(crew, *tasks).items()} == {
        name: [name] for name in "abcd"
    }


def test_what_is_killed_is_made_once_more_and_not_for_ever(crew: Crew, tmp_path: Path) -> None:
    found = all_of(
        crew,
        Task("twice", f"{HERE}:dies_until", {"mark": str(tmp_path / "twice"), "times": 2}),
        Task("always", f"{HERE}:dies_until", {"mark": str(tmp_path / "always"), "times": 99}),
        Task("fine", f"{HERE}:echo", {"value": 1}),
    )
    assert (found["twice"].value, found["twice"].tries) == (3, 3)
    assert "ended by signal 9 3 times" in found["always"].error
    assert found["fine"].value == 1


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks at processes")
def test_what_takes_too_long_ends_with_all_it_started(crew: Crew, tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    given = {"seconds": 600, "mark": str(mark)}
    crew.give(Task("long", f"{HERE}:sleeps", given, timeout=600))
    assert until(lambda: mark.exists() and mark.read_text().count(" "))
    # Only now is it too long: how fast a process starts is not looked at.
    crew._running["long"].since -= 600
    (ended,) = crew.wait(60)
    assert ended.error == "it took longer than 600 seconds"
    pids = [int(one) for one in mark.read_text().split()]
    assert until(lambda: gone(pids[0]))
    if crew._fork:
        assert until(lambda: all(map(gone, pids)))


@pytest.mark.skipif(not forks(), reason="this platform does not fork")
def test_a_killed_parent_of_all_takes_its_children_along_and_the_work_is_done(
    tmp_path: Path,
) -> None:
    mark = tmp_path / "mark"
    with Crew(2, tmp_path, (HERE,)) as crew:
        crew.give(Task("s", f"{HERE}:sleeps", {"seconds": 1.5, "mark": str(mark)}))
        assert until(lambda: mark.exists() and mark.read_text().count(" "))
        first = int(mark.read_text().split()[0])
        mark.unlink()
        os.kill(crew.processes[0], signal.SIGKILL)
        (ended,) = crew.wait(60)
        assert (ended.value, ended.tries) == ("slept", 2)
        assert gone(first)


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks at processes")
def test_nobody_is_left_when_whoever_gave_the_tasks_is_killed(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    code = (
        "import sys\nfrom pathlib import Path\nfrom hrkit.publish.batch.crew import Crew, Task\n"
        f"crew = Crew(1, Path(sys.argv[1]), ({HERE!r},))\n"
        f"crew.give(Task('s', '{HERE}:sleeps', {{'seconds': 600, 'mark': sys.argv[2]}}))\n"
        "crew.wait()"
    )
    giver = subprocess.Popen([sys.executable, "-c", code, tmp_path, mark])
    assert until(lambda: mark.exists() and mark.read_text().count(" "))
    giver.kill()
    giver.wait()
    pids = [int(one) for one in mark.read_text().split()]
    assert until(lambda: all(map(gone, pids)))


@pytest.mark.skipif(not forks(), reason="this platform does not fork")
def test_what_lies_ready_begins_when_another_ends_though_nobody_asks(tmp_path: Path) -> None:
    """Whoever gives the tasks may be busy; what waits is not in the process that others come from."""
    marks, word = [tmp_path / name for name in "abc"], tmp_path / "word"
    with Crew(1, tmp_path, (HERE,)) as crew:
        for mark in marks:
            on = word if mark.name == "a" else tmp_path
            given = {"mark": str(mark), "word": str(on)}
            crew.give(Task(mark.name, f"{HERE}:waits", given, timeout=6000))
        assert crew.idle == -1 and set(crew._running) == {"a", "b"}
        assert until(marks[0].exists)
        # Its time has not begun: however long it lies there, it is not late.
        crew._running["b"].since -= 60_000
        assert crew.wait(0) == () and not marks[1].exists()
        word.touch()
        assert until(marks[1].exists, 20), "it waits for somebody to ask after the other"
        assert not marks[2].exists()
        found = {one.id: one for _ in "abc" for one in crew.wait(60)}
        assert {name: (end.value, end.tries) for name, end in found.items()} == dict.fromkeys(
            "abc", ("waited", 1)
        )
