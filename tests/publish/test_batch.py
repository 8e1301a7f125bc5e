from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from hrkit.errors import Problem, PublishError
from hrkit.publish.batch.run import BatchResult, Done, Failed, Job, run_batch


def jobs(folder: Path, *names: str) -> list[Job]:
    return [Job(name, folder / "reports" / f"{name}.pdf", {"name": name}) for name in names]


def test_a_failing_job_never_stops_the_others(tmp_path: Path) -> None:
    def work(job: Job) -> Path:
        job.output.write_text("half")
        if job.name == "bad":
            raise PublishError("not this one", [Problem("here", "is wrong")])
        if job.name == "worse":
            raise KeyError("x")
        job.output.write_text(str(job.parameters["name"]))
        return job.output

    result = run_batch(jobs(tmp_path, "a", "bad", "worse", "b"), work)
    reports = tmp_path / "reports"
    assert result == BatchResult(
        done=(Done("a", reports / "a.pdf"), Done("b", reports / "b.pdf")),
        failed=(
            Failed("bad", "not this one\n  - here: is wrong"),
            Failed("worse", "KeyError: 'x'"),
        ),
    )
    assert {path.name: path.read_text() for path in reports.iterdir()} == {
        "a.pdf": "a",
        "b.pdf": "b",
    }
    assert pickle.loads(pickle.dumps(result)) == result


def test_a_run_that_was_interrupted_goes_on_where_it_stopped(tmp_path: Path) -> None:
    def work(job: Job) -> Path:
        if job.name == "b":
            raise KeyboardInterrupt
        job.output.write_text("new")
        return job.output

    with pytest.raises(KeyboardInterrupt):
        run_batch(jobs(tmp_path, "a", "b", "c"), work)
    result = run_batch(jobs(tmp_path, "a", "c"), work, resume=True)
    assert [item.name for item in result.skipped] == ["a"]
    assert [item.name for item in result.done] == ["c"]
    assert len(run_batch(jobs(tmp_path, "a"), work).done) == 1


def test_a_job_that_writes_nothing_has_failed(tmp_path: Path) -> None:
    result = run_batch(jobs(tmp_path, "a"), lambda job: job.output)
    assert "nothing was written" in result.failed[0].error


def test_two_jobs_never_write_one_file(tmp_path: Path) -> None:
    def work(job: Job) -> Path:
        raise AssertionError("ran")

    with pytest.raises(PublishError) as caught:
        run_batch(jobs(tmp_path, "a", "b", "A"), work)
    assert len(caught.value.problems) == 2
