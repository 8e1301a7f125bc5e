"""Several processes look at an open wave while answers arrive: no two versions tell about one to four.

Real processes on a real store.  One is stopped by an event between deciding and recording, the
worst moment there is; then many go at it in a loop without being led.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from hrkit import synthetic
from hrkit.answers.responses import tables
from hrkit.answers.store import open_store
from hrkit.model.engagement import Engagement

CLIENT = synthetic.client("firm")

SAYS = """
def said(found):
    return [[s.measure, s.unit, s.group, s.n, s.mean] for s in found.scores if s.shown]
"""

#: Issues a version; says when it has decided, and records when it is told to.
STOPPED = (
    SAYS
    + """
import json, sys
from hrkit.disclosure import release
from hrkit.model import engagement_file
real = release.make
def make(*given, **named):
    made = real(*given, **named)
    print("decided", flush=True)
    sys.stdin.readline()
    return made
release.make = make
found = release.issue(engagement_file.load(sys.argv[1]), "w1")
print(json.dumps([found.issued, found.waiting, said(found)]), flush=True)
"""
)

#: Issues versions until it is told to stop.
LOOPING = (
    SAYS
    + """
import json, sys, time
from hrkit.disclosure.release import issue
from hrkit.model import engagement_file
engagement = engagement_file.load(sys.argv[1])
print("ready", flush=True)
for _ in range(int(sys.argv[2])):
    found = issue(engagement, "w1")
    print(json.dumps([found.issued, found.waiting, said(found)]), flush=True)
"""
)

#: Leaders answer, one by one.
ARRIVING = """
import sys, time
from hrkit.answers.store import open_store
from hrkit.model import engagement_file
engagement = engagement_file.load(sys.argv[1])
questions = [q for q in engagement.instrument.questions("leader") if q.facet.scale.kind == "rating"]
print("ready", flush=True)
with open_store(engagement) as store:
    for person in range(int(sys.argv[2])):
        key = store.begin("w1", "montage", "leader")
        for question in questions[:12]:
            store.save(key, question.item.id, question.facet.id, "1")
        time.sleep(0.05)
"""


def start(code: str, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def late(engagement: Engagement, name: str) -> None:
    """One leader more, who answers 1 throughout."""
    questions = engagement.instrument.questions("leader")
    given = [
        (name, q.item.id, q.facet.id, "1") for q in questions if q.facet.scale.kind == "rating"
    ]
    with open_store(engagement) as store:
        store.add(tables([(name, "w1", "montage", "leader", None, None)], given))


def close_pairs(versions: list[list[list[Any]]]) -> list[Any]:
    """Figures shown twice with numbers of people one to four apart, or of equally many and different."""
    seen: dict[tuple[str, ...], set[tuple[int, float]]] = {}
    for rows in versions:
        for measure, unit, group, n, mean in rows:
            seen.setdefault((measure, unit, group), set()).add((n, mean))
    return [
        (where, one, other)
        for where, found in seen.items()
        for one in found
        for other in found
        if one < other and abs(one[0] - other[0]) < 5
    ]


@pytest.fixture
def engagement(tmp_path: Path) -> Engagement:
    return synthetic.build(CLIENT, tmp_path / "firm")


def test_an_answer_between_deciding_and_recording_waits_for_the_version(
    engagement: Engagement,
) -> None:
    first = start(STOPPED, engagement.folder)
    assert first.stdout and first.stdin
    assert first.stdout.readline() == "decided\n"
    # Nobody writes now: an import waits, and so does whoever else asks for a version.
    arriving = start(ARRIVING, engagement.folder, 1)
    second = start(LOOPING, engagement.folder, 1)
    for process in (arriving, second):
        assert process.stdout and process.stdout.readline() == "ready\n"
    time.sleep(4.0)
    assert second.poll() is None and arriving.poll() is None
    first.stdin.write("go on\n")
    first.stdin.flush()
    done, error = first.communicate(timeout=120)
    assert first.returncode == 0, error
    arriving.communicate(timeout=120)
    assert arriving.returncode == 0
    other, error = second.communicate(timeout=120)
    assert second.returncode == 0, error
    versions = [json.loads(out.splitlines()[-1]) for out in (done, other)]
    assert versions[0][0] == 1 <= versions[1][0]
    assert close_pairs([rows for _, _, rows in versions]) == []


def test_many_look_while_answers_arrive(engagement: Engagement) -> None:
    crowd = [start(LOOPING, engagement.folder, 3) for _ in range(3)]
    arriving = [start(ARRIVING, engagement.folder, 7) for _ in range(2)]
    for process in (*crowd, *arriving):
        assert process.stdout and process.stdout.readline() == "ready\n"
    versions = []
    for process in crowd:
        out, error = process.communicate(timeout=300)
        assert process.returncode == 0, error
        versions += [json.loads(line)[2] for line in out.splitlines()]
    for process in arriving:
        _, error = process.communicate(timeout=300)
        assert process.returncode == 0, error
    assert len(versions) == 9
    assert close_pairs(versions) == []


def test_the_same_answers_are_the_same_version_at_once(
    engagement: Engagement, monkeypatch: pytest.MonkeyPatch
) -> None:
    from hrkit.disclosure import release

    first = release.issue(engagement, "w1")
    size = (engagement.folder / "answers.sqlite").stat().st_size

    def never(*_: object, **__: object) -> None:
        raise AssertionError("decided again")

    monkeypatch.setattr(release, "make", never)
    for _ in range(3):
        assert release.issue(engagement, "w1") == first
        assert release.preview(engagement, "w1").scores == first.scores
    with open_store(engagement) as store:
        assert len(store.releases()) == 1
    assert (engagement.folder / "answers.sqlite").stat().st_size == size
    late(engagement, "n1")
    with pytest.raises(AssertionError, match="decided again"):
        release.issue(engagement, "w1")


def test_a_preview_is_recorded_nowhere(engagement: Engagement) -> None:
    from hrkit.disclosure.release import issue, preview

    before = (engagement.folder / "answers.sqlite").read_bytes()
    looked = preview(engagement, "w1")
    late(engagement, "n1")
    assert looked.state == "preview" and looked.issued == 0
    with open_store(engagement) as store:
        assert store.releases() == ()
    # So who was looked at does not wait: only what is issued counts.
    assert before
    found = issue(engagement, "w1")
    assert (found.state, found.issued, found.waiting) == ("draft", 1, 0)
    assert preview(engagement, "w1").scores == found.scores


def test_a_form_that_was_opened_and_not_answered_is_nobody(engagement: Engagement) -> None:
    from hrkit.disclosure.release import preview

    before = preview(engagement, "w1")
    with open_store(engagement) as store:
        for _ in range(6):
            store.begin("w1", "kantoor", "top")
    assert preview(engagement, "w1") == before
